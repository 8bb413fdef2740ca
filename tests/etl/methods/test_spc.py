"""XmR charts do what the reader is told, and avoid the known faults of the tools they follow."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.methods.spc import Rule, XmrLimits, nhs_rules, xmr, xmr_limits
from etl.methods.spc_rules import run_ends, run_members

SERIES = st.lists(st.floats(-1e6, 1e6, allow_nan=False, width=32), min_size=1, max_size=60)


def test_a_point_on_the_limit_is_inside():
    y = np.array([1.0, 3.0] * 6)
    # mean 2, every range 2, limits 2 +/- 2.66 x 2 = -3.32 and 7.32
    limits = xmr_limits(y)
    assert (float(limits.lower), float(limits.upper)) == pytest.approx((2 - 2.66 * 2, 2 + 2.66 * 2))
    chart = xmr(np.append(y, float(limits.upper)), baseline=12)
    assert chart.rule[-1] == Rule.NONE
    assert xmr(np.append(y, float(limits.upper) + 1e-6), baseline=12).rule[-1] == Rule.OUTSIDE


def test_constant_then_a_step_does_not_make_every_point_special():
    chart = xmr([5.0] * 12 + [9.0] * 12)
    assert chart.is_degenerate.all()
    assert (chart.rule == Rule.NONE).all()


def test_one_spike_in_a_constant_series_is_the_only_special_point():
    chart = xmr([0.0] * 23 + [5.0])
    assert np.flatnonzero(chart.rule).tolist() == [23]


def test_a_step_away_from_a_constant_fixed_baseline_is_seen():
    chart = xmr([5.0] * 12 + [9.0] * 3, baseline=12)
    assert chart.rule.tolist() == [0] * 12 + [Rule.OUTSIDE] * 3


def test_limits_of_counts_can_be_kept_at_nil():
    assert xmr([0.0, 3, 1, 0, 4, 0, 2, 1, 0, 5, 0, 1], floor=0.0).lower.min() == 0.0


def test_rebase_and_fixed_baseline_work_together():
    rng = np.random.default_rng(3)
    y = np.concatenate([rng.normal(10, 1, 20), rng.normal(50, 1, 20)])
    chart = xmr(y, segments=["old"] * 20 + ["new"] * 20, baseline=12)
    assert chart.mean[0] == pytest.approx(y[:12].mean())
    assert chart.mean[-1] == pytest.approx(y[20:32].mean())


def test_a_baseline_below_twelve_points_is_refused():
    with pytest.raises(ValueError, match="at least 12"):
        xmr(np.arange(20.0), baseline=11)


def test_limits_are_called_trial_until_twelve_points():
    assert xmr(np.arange(11.0)).is_trial.all()
    assert not xmr(np.arange(12.0)).is_trial.any()


def test_months_left_out_shape_no_limit_but_are_still_judged():
    y = np.array([10.0, 11, 9, 10, 12, 11, 10, 9, 10, 11, 10, 12, 500, 10])
    include = y < 100
    chart = xmr(y, include=include)
    assert chart.mean[0] == pytest.approx(y[include].mean())
    assert chart.rule[12] == Rule.OUTSIDE


def test_a_missing_month_breaks_a_run_and_is_never_marked():
    y = np.array([5.0, 1, 6, 2, 7, 0, 9, 9.1, 9.2, np.nan, 9.3, 9.4, 9.5])
    chart = xmr(y)
    assert chart.rule[9] == Rule.NONE
    assert chart.kinds[9] == ""
    assert Rule.TREND not in chart.rule


def test_rules_start_again_at_a_rebase():
    rising = np.arange(14.0)
    assert Rule.TREND in xmr(rising).rule
    assert Rule.TREND not in xmr(rising, segments=[0] * 6 + [1] * 6 + [2] * 2).rule


def test_trend_points_take_the_direction_of_the_step_into_them():
    y = np.array([4.0, 9, 3, 8, 9, 1, 2, 3, 4, 5, 6, 7, 2, 9, 3])
    chart = xmr(y, improvement="increase")
    assert chart.rule[5:12].tolist() == [Rule.TREND] * 7
    # the first fell into its place, the other six rose
    assert chart.direction[5:12].tolist() == [-1, 1, 1, 1, 1, 1, 1]
    assert chart.kinds[11] == "improvement_high"


def test_many_series_at_once_agree_with_one_at_a_time():
    rng = np.random.default_rng(1)
    y = rng.poisson(20, (30, 48)).astype(float)
    y[3, 7] = np.nan
    together = xmr(y, improvement="decrease", segments=[0] * 24 + [1] * 24)
    for k in range(30):
        alone = xmr(y[k], improvement="decrease", segments=[0] * 24 + [1] * 24)
        np.testing.assert_array_equal(together.rule[k], alone.rule)
        np.testing.assert_allclose(together.upper[k], alone.upper)
        assert together.kinds[k].tolist() == alone.kinds.tolist()
    assert together.latest("rule").shape == (30,)


def test_a_series_without_points_has_no_verdict():
    chart = xmr([np.nan, np.nan])
    assert chart.variation == ""
    assert np.isnan(chart.latest("mean"))


@given(SERIES)
@settings(max_examples=60, deadline=None)
def test_the_mean_lies_between_its_limits(y):
    limits = xmr_limits(y)
    if np.isfinite(limits.lower):
        assert limits.lower <= limits.near_lower <= limits.mean <= limits.near_upper <= limits.upper


@given(SERIES)
@settings(max_examples=60, deadline=None)
def test_mirroring_a_series_mirrors_its_verdicts(y):
    chart, mirrored = xmr(y), xmr(-np.asarray(y))
    np.testing.assert_array_equal(chart.rule, mirrored.rule)
    np.testing.assert_array_equal(chart.direction, -mirrored.direction)


@given(st.lists(st.sampled_from([-1, 0, 1]), max_size=40), st.integers(1, 9))
def test_marked_runs_are_long_enough_and_never_cross_the_centre(sides, length):
    members = run_members(run_ends(sides, length), length)
    assert not members[np.asarray(sides, dtype=int) == 0].any()
    lengths = [(side, len(list(run))) for side, run in itertools.groupby(sides)]
    expected = [side != 0 and points >= length for side, points in lengths for _ in range(points)]
    assert members.tolist() == expected


def test_a_point_outside_does_not_also_count_as_close_to_the_limit():
    fields = [np.float64(x) for x in (0, -3, 3, -2, 2, 1)]
    limits = XmrLimits(*fields, is_degenerate=np.bool_(False))
    # one point beyond the limit and one near it: the near one is not two of three
    rule, _ = nhs_rules([3.5, 2.5, 1.0], limits)
    assert rule.tolist() == [Rule.OUTSIDE, Rule.NONE, Rule.NONE]
    rule, _ = nhs_rules([2.6, 2.5, 1.0], limits)
    assert rule.tolist() == [Rule.TWO_IN_THREE, Rule.TWO_IN_THREE, Rule.NONE]
