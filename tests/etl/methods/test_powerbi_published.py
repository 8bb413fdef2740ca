"""Rules of free length and the limits of nine charts agree with PowerBI-SPC."""

import numpy as np
import pytest

from etl.methods import control_charts as charts
from etl.methods.spc_rules import beyond, net_two_in_three, shift, trend
from tests.etl.methods.published import read_json

RULES = read_json("spc_powerbi_rules.json")
CHARTS = read_json("spc_powerbi_charts.json")["charts"]
NAMES = {1: "upper", -1: "lower", 0: "none"}


def names(flags):
    return [NAMES[int(flag)] for flag in flags]


def by_name(rule):
    return [pytest.param(case, id=case["name"][:60]) for case in RULES[rule]]


@pytest.mark.parametrize("case", by_name("shift"))
def test_shift(case):
    assert names(shift(case["val"], case["targets"], case["n"])) == case["expected"]


@pytest.mark.parametrize("case", by_name("trend"))
def test_trend(case):
    assert names(trend(case["val"], case["n"])) == case["expected"]


@pytest.mark.parametrize("case", by_name("two_in_three"))
def test_two_in_three(case):
    flags = net_two_in_three(case["val"], case["ll95"], case["ul95"], highlight_series=case["highlight_series"])
    assert names(flags) == case["expected"]


@pytest.mark.parametrize("case", by_name("astronomical"))
def test_outside_limits(case):
    assert names(beyond(case["val"], case["ll99"], case["ul99"])) == case["expected"]


def chart_of(name, case):
    counts = np.array(case["numerators"], dtype=float)
    options = {"groups": case.get("groupings"), "multiplier": case["multiplier"]}
    ratio = {"p": charts.p_chart, "u": charts.u_chart, "pprime": charts.laney_p_chart, "uprime": charts.laney_u_chart}
    if name in ratio:
        return ratio[name](counts, case["denominators"], **options)
    if name in {"i", "mr"}:
        chart = charts.i_chart if name == "i" else charts.mr_chart
        return chart(counts / np.array(case["denominators"]), **options)
    if name == "t":
        return charts.t_chart(counts, screen=case["outliers_in_limits"] == "false", **options)
    return {"c": charts.c_chart, "g": charts.g_chart}[name](counts, **options)


@pytest.mark.parametrize("name", CHARTS)
def test_limits(name):
    case = CHARTS[name]
    chart = chart_of(name, case)
    shown = {"ul99": chart.upper, "ul95": chart.near_upper, "ll95": chart.near_lower, "ll99": chart.lower}
    for key, ours in shown.items():
        published = case[key]["constant"] if isinstance(case[key], dict) else case[key]
        # p' and u' are published to four figures after their own rounding of 1.128
        np.testing.assert_allclose(ours, np.broadcast_to(published, ours.shape), atol=0.51 * 10.0 ** -case["decimals"])
