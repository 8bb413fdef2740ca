"""The NHS rules and limits agree with NHSRplotthedots, point by point."""

import numpy as np
import pytest

from etl.methods.spc import Rule, assurance, xmr, xmr_limits
from etl.methods.spc_rules import run_ends, run_members, trend_ends, two_in_three, two_in_three_members
from tests.etl.methods.published import read_json

RULES = read_json("spc_nhsr_rules.json")
LIMITS = read_json("spc_nhsr_limits.json")


@pytest.mark.parametrize("case", RULES["seven_points_one_side_of_mean"])
def test_seven_on_one_side_end_where_published(case):
    assert (run_ends(case["relative_to_mean"]) != 0).astype(int).tolist() == case["flag"]


@pytest.mark.parametrize("case", RULES["part_of_seven"])
def test_every_member_of_seven_is_marked(case):
    assert run_members(case["signal"]).astype(int).tolist() == case["flag"]


@pytest.mark.parametrize("case", RULES["seven_point_trend"])
def test_seven_point_trend_ends_where_published(case):
    assert trend_ends(case["y"]).tolist() == case["signal"]


@pytest.mark.parametrize("case", RULES["two_in_three"])
def test_two_in_three_needs_all_three_on_one_side(case):
    assert two_in_three(case["close_to_limits"], case["relative_to_mean"]).astype(int).tolist() == case["flag"]


@pytest.mark.parametrize("case", RULES["part_of_two_in_three_end_to_end"])
def test_only_the_close_points_of_two_in_three_are_marked(case):
    assert two_in_three_members(case["close_to_limits"], case["relative_to_mean"]).astype(int).tolist() == case["flag"]


@pytest.mark.parametrize("case", RULES["assurance"])
def test_assurance_against_a_line(case):
    assert assurance(case["lpl"], case["upl"], case["target"], case["improvement"]) == case["assurance"]


def test_labels_win_in_the_published_order():
    published = ["outside limits", "7-point trend", "2 in 3", "7 points one side of mean"]
    assert RULES["priority_of_labels"] == published
    assert sorted(set(Rule) - {Rule.NONE}) == [Rule.OUTSIDE, Rule.TREND, Rule.TWO_IN_THREE, Rule.SIDE]


def test_two_extremes_on_opposite_sides_are_common_cause():
    case = RULES["opposite_side_regression"]
    assert xmr(case["y"], improvement="increase").kinds[-2:].tolist() == case["last_two_point_types"]


@pytest.mark.parametrize("case", LIMITS["limits"])
def test_limits_with_and_without_the_screen(case):
    limits = xmr_limits(case["y"], screen=case["screen_outliers"])
    expected = (case["mean"], case["lpl"], case["upl"])
    tolerance = {"rel": case["rel_tol"]} if "rel_tol" in case else {"abs": 5.1 * 10.0 ** -(case["decimals"] + 1)}
    assert (limits.mean, limits.lower, limits.upper) == pytest.approx(expected, **tolerance)
    if "common_cause_points" in case:
        assert (xmr(case["y"]).rule == Rule.NONE).sum() == case["common_cause_points"]


@pytest.mark.parametrize("case", LIMITS["icons"])
def test_verdict_and_assurance_end_to_end(case):
    chart = xmr(case["y"], improvement=case["improvement"])
    assert (chart.variation, chart.assurance(case["target"])) == (case["variation"], case["assurance"])


def test_assurance_after_a_rebase_uses_the_latest_limits_only():
    assert RULES["assurance_after_rebase"].startswith("uses the limits of the LAST row")
    y = np.concatenate([np.tile([1.0, 3.0], 8), np.tile([21.0, 23.0], 8)])
    chart = xmr(y, improvement="increase", segments=[0] * 16 + [1] * 16)
    assert chart.assurance(10.0) == "consistent_pass"
    assert xmr(y[:16], improvement="increase").assurance(10.0) == "consistent_fail"
