"""A changed level is found at the promised rate of false alarms."""

import numpy as np
import pytest

from etl.methods.discovery import benjamini_hochberg
from etl.methods.drift import Drift, fit_drift
from etl.methods.glm import fit_quasi_poisson
from etl.methods.level_change import level_change, month_range, ratio_interval
from etl.methods.moderated import shared_freedom, steadied

BASELINE, JUDGED = np.arange(36) < 24, np.arange(36) >= 30


def each(months, counts):
    """The same months for every series."""
    return np.broadcast_to(months, counts.shape)


def steady(counts):
    """No wander: months scatter by chance alone."""
    return Drift(0.0, 0.0, np.zeros(counts.shape[0]), np.full(counts.shape[0], 1_000.0))


@pytest.mark.parametrize("mean", [3.0, 20.0, 300.0])
def test_unchanged_levels_are_called_changed_as_often_as_promised(mean):
    rng = np.random.default_rng(2)
    counts = rng.poisson(mean, (4000, 36)).astype(float)
    levels = level_change(counts, np.ones(36), each(BASELINE, counts), each(JUDGED, counts), steady(counts))
    assert (levels.p_value < 0.05).mean() <= 0.056
    assert (levels.p_value < 0.05).mean() >= 0.02
    lower, upper = ratio_interval(levels)
    # the small shift that makes square roots of counts symmetric is all that parts the interval from the test
    assert (((lower > 1) | (upper < 1)) == (levels.p_value < 0.05)).mean() > 0.99


def test_a_fall_of_a_fifth_is_found_and_its_range_holds_it():
    rng = np.random.default_rng(3)
    counts = rng.poisson(np.where(JUDGED, 80.0, 100.0), (1000, 36)).astype(float)
    levels = level_change(counts, np.ones(36), each(BASELINE, counts), each(JUDGED, counts), steady(counts))
    assert (levels.p_value < 0.05).mean() > 0.9
    lower, upper = ratio_interval(levels)
    assert ((lower < 0.8) & (upper > 0.8)).mean() > 0.93
    assert benjamini_hochberg(levels.p_value).discoveries > 900


def test_missing_months_are_left_out_and_none_left_says_nothing():
    counts = np.full((1, 36), 50.0)
    counts[0, :20] = np.nan
    drift = steady(counts)
    assert level_change(counts, np.ones(36), each(BASELINE, counts), each(JUDGED, counts), drift).level == [50.0]
    counts[0, :24] = np.nan
    assert np.isnan(level_change(counts, np.ones(36), each(BASELINE, counts), each(JUDGED, counts), drift).p_value).all()


def test_a_month_cannot_be_its_own_baseline():
    counts = np.ones((1, 36))
    with pytest.raises(ValueError, match="both baseline and judged"):
        level_change(counts, np.ones(36), each(BASELINE, counts), each(BASELINE, counts), steady(counts))


def wandering(rng, mean, excess, memory, areas, months=132):
    """Counts whose rate wanders: a lognormal multiplier about 1, first-order autoregressive."""
    wander = rng.standard_normal((areas, months))
    for t in range(1, months):
        wander[:, t] = memory * wander[:, t - 1] + np.sqrt(1 - memory**2) * wander[:, t]
    spread = np.sqrt(np.log1p(np.broadcast_to(excess, areas)))[:, None]
    return rng.poisson(mean * np.exp(spread * wander - spread**2 / 2)).astype(float)


@pytest.mark.parametrize(("excess", "memory"), [(0.01, 0.2), (0.02, 0.6), (0.04, 0.75)])
def test_the_wander_that_was_put_in_is_found_though_a_bending_line_swallows_part_of_it(excess, memory):
    rng = np.random.default_rng(4)
    levels = [fit_drift(wandering(rng, 90.0, excess, memory, 32), np.ones(132), np.ones(132, dtype=bool)) for _ in range(20)]
    assert np.mean([f.memory for f in levels]) == pytest.approx(memory, abs=0.05)
    assert np.mean([f.excess for f in levels]) == pytest.approx(excess, rel=0.08)


@pytest.mark.parametrize(("mean", "excess", "memory"), [(60.0, 0.02, 0.6), (150.0, 0.03, 0.75), (15.0, 0.02, 0.3)])
def test_a_wander_is_not_taken_for_a_change(mean, excess, memory):
    rng = np.random.default_rng(5)
    alarms = []
    for _ in range(60):
        counts = wandering(rng, mean, excess, memory, 32)
        alarms.append(last_nine(counts).p_value)
    assert np.mean(np.concatenate(alarms) < 0.01) <= 0.02
    assert np.mean(np.concatenate(alarms) < 0.05) <= 0.075


def last_nine(counts):
    """The last nine months against the 24 before, with the drift of all months before them."""
    place = np.arange(counts.shape[1])
    judged, before = place >= place.size - 9, (place >= place.size - 33) & (place < place.size - 9)
    drift = fit_drift(counts, np.ones(place.size), ~judged)
    return level_change(counts, np.ones(place.size), each(before, counts), each(judged, counts), drift)


def test_areas_that_wander_alike_lend_each_other_and_find_more():
    rng = np.random.default_rng(6)
    together, alone = [], []
    for _ in range(30):
        counts = wandering(rng, 80.0, 0.02, 0.5, 32)
        counts[:, -9:] *= 0.72
        together.append(last_nine(counts).p_value < 0.01)
        alone.append(np.concatenate([last_nine(counts[[row]]).p_value < 0.01 for row in range(0, 32, 8)]))
    assert np.mean(together) > np.mean(alone)


def test_areas_that_differ_are_left_more_to_themselves():
    rng = np.random.default_rng(7)
    alike = steadied(rng.chisquare(80, 60) / 80, np.full(60, 80.0), np.ones(60, dtype=bool))
    mixed = steadied(rng.chisquare(80, 60) / 80 * np.exp(rng.normal(0, 0.8, 60)), np.full(60, 80.0), np.ones(60, dtype=bool))
    assert alike[1].min() > 300
    assert mixed[1].max() < 95


def test_too_few_areas_lend_nothing():
    assert shared_freedom([1.2, 0.8], [20.0, 20.0]) == 0.0


def test_small_months_are_held_to_whole_counts_of_the_poisson_table():
    counts = np.full((1, 24), 2.5)
    drift = Drift(0.0, 0.0, np.zeros(1), np.full(1, 1000.0))
    levels = month_range(counts, np.ones(24), np.ones((1, 24), dtype=bool), drift, 0.0027)
    # Poisson tables for a mean of 2.5: P(X <= 8) = 0.9989; the mean itself, from 24 months, makes it a little wider
    assert levels.upper[0, 0] in (8.0, 9.0)
    assert levels.lower[0, 0] == 0.0


def test_regression_of_one_group_is_its_own_rate():
    fit = fit_quasi_poisson([[10.0, 20.0, np.nan, 30.0]], np.ones((4, 1)), [1.0, 2.0, 3.0, 3.0])
    # 60 events over an exposure of 6, the missing month aside
    np.testing.assert_allclose(fit.fitted[0], [10.0, 20.0, 30.0, 30.0])
    assert fit.dispersion[0] == 1.0


def test_many_regressions_at_once_agree_with_one_at_a_time():
    rng = np.random.default_rng(5)
    design = np.column_stack([np.ones(40), np.arange(40) / 12, np.arange(40) >= 20])
    counts = rng.poisson(rng.uniform(0.5, 200, (12, 1)), (12, 40)).astype(float)
    together = fit_quasi_poisson(counts, design)
    for k in range(12):
        alone = fit_quasi_poisson(counts[k], design)
        np.testing.assert_allclose(together.coefficients[k], alone.coefficients[0], rtol=1e-6, atol=1e-8)
