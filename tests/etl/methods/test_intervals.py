"""Intervals agree with PHEindicatormethods and hold what they must hold for any count."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.methods import intervals
from tests.etl.methods.published import read_csv

LEVELS = {"95%": 0.95, "99.8%": 0.998}
COUNTS = st.integers(0, 10**6)
LEVEL = st.sampled_from([0.8, 0.95, 0.998])


@pytest.mark.parametrize("row", read_csv("phe_byars_wilson.csv").to_dict("records"))
def test_byars_and_wilson(row):
    level = LEVELS[row["confidence"]]
    limits = intervals.byars(row["x"], level) if row["method"] == "Byars" else intervals.wilson(row["x"], row["n"], level)
    assert limits.upper == pytest.approx(row["uppercl"], rel=1e-9)
    # the publisher leaves the lower limit blank where the formula falls below nil; ours is nil
    assert limits.lower == pytest.approx(0.0 if np.isnan(row["lowercl"]) else row["lowercl"], rel=1e-9)


@pytest.mark.parametrize("name", ["phe_rate.csv", "phe_rate_grouped.csv", "phe_proportion.csv", "phe_proportion_grouped.csv"])
def test_rates_and_proportions(name):
    table = read_csv(name)
    columns = {0.95: ("lower95_0cl", "upper95_0cl"), 0.998: ("lower99_8cl", "upper99_8cl")}
    if "confidence" in table:
        columns = {0.95: ("lowercl", "uppercl")}
    for level, (lower, upper) in columns.items():
        for row in table.to_dict("records"):
            method = intervals.rate if "rate" in name else intervals.proportion
            interval = method(row["Numerator"], row["Denominator"], row["multiplier"], level)
            for ours, published in ((interval.value, "value"), (interval.lower, lower), (interval.upper, upper)):
                np.testing.assert_allclose(ours, row[published], rtol=1e-9)


def test_no_events_have_a_lower_limit_of_nil_and_an_upper_one_above():
    interval = intervals.exact_poisson(0)
    # 3.689 = -ln(0.025)
    assert (float(interval.lower), float(interval.upper)) == pytest.approx((0.0, -np.log(0.025)))


def test_suppressed_stays_suppressed():
    interval = intervals.rate([np.nan, 5.0], [100.0, 100.0], 1000)
    assert np.isnan(interval.value[0])
    assert np.isnan(interval.lower[0])
    assert np.isfinite(interval.upper[1])


@pytest.mark.parametrize("bad", [lambda: intervals.byars(-1), lambda: intervals.rate(1, 0, 100), lambda: intervals.wilson(3, 2)])
def test_impossible_input_is_refused(bad):
    with pytest.raises(ValueError, match=r"must|above"):
        bad()


@given(COUNTS, LEVEL)
def test_a_count_lies_within_its_limits(x, level):
    for method in (intervals.byars, intervals.exact_poisson, intervals.poisson_interval):
        low, high = method(x, level)
        assert 0 <= low <= x <= high


@given(st.integers(0, 1000), st.integers(1, 1000), LEVEL)
def test_a_proportion_lies_within_its_limits_and_they_within_0_and_1(x, extra, level):
    n = x + extra
    low, high = intervals.wilson(x, n, level)
    assert 0 <= low <= x / n <= high <= 1


@given(COUNTS)
def test_a_wider_level_holds_a_narrower_one(x):
    narrow, wide = intervals.poisson_interval(x, 0.95), intervals.poisson_interval(x, 0.998)
    assert wide.lower <= narrow.lower
    assert narrow.upper <= wide.upper


@given(st.integers(0, 5000), st.integers(0, 5000), st.floats(1.0, 5.0))
def test_a_rate_ratio_lies_within_limits_that_dispersion_only_widens(now, before, dispersion):
    plain = intervals.rate_ratio(now, 30.0, before, 31.0)
    wide = intervals.rate_ratio(now, 30.0, before, 31.0, dispersion=dispersion)
    if now or before:
        assert plain.lower <= plain.value <= plain.upper
        assert wide.lower <= plain.lower * (1 + 1e-9)
        assert wide.upper >= plain.upper * (1 - 1e-9)
    else:
        assert np.isnan(plain.value)


def test_rate_ratio_limits_are_the_exact_conditional_ones():
    # 7 against 3 events: Clopper-Pearson for 7 of 10 is 0.3475 to 0.9333 (Newcombe 1998, and R's binom.test)
    interval = intervals.rate_ratio(7, 1, 3, 1)
    assert float(interval.lower) == pytest.approx(0.3475471 / (1 - 0.3475471), rel=1e-5)
    assert float(interval.upper) == pytest.approx(0.9332605 / (1 - 0.9332605), rel=1e-5)


def test_difference_of_two_proportions_matches_newcombe():
    # Newcombe (1998) method 10, example (a): 56/70 - 48/80 = 0.2, limits 0.0524 to 0.3339
    gap = intervals.difference(intervals.proportion(56, 70), intervals.proportion(48, 80))
    assert [float(x) for x in gap] == pytest.approx([0.2, 0.0524, 0.3339], abs=5e-5)
