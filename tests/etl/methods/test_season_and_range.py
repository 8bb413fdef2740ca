"""The season finds what was planted and uses nothing it should not know; a range is scored by its width and its misses."""

import numpy as np
import pytest

from etl.methods.scoring import interval_score
from etl.methods.season import seasonal_index

DAYS_OF_MONTH = np.array([31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31], dtype=float)
SHAPE = 1 + 0.2 * np.sin(2 * np.pi * (np.arange(12) - 3) / 12)


def calendar(years):
    month = np.tile(np.arange(1, 13), years)
    return month, DAYS_OF_MONTH[month - 1]


def simulated(rng, years=6, areas=32, mean=60.0, shape=SHAPE, drift=0.0, dispersion=1.0):
    month, days = calendar(years)
    level = rng.uniform(0.3, 2, areas)[:, None] * mean
    expected = level * (shape / shape.mean())[month - 1] * days / 30.4375 * np.exp(drift * np.arange(month.size) / 12)
    if dispersion > 1:
        expected = rng.gamma(expected / (dispersion - 1)) * (dispersion - 1)
    return rng.poisson(expected).astype(float), month, days


def test_a_planted_season_is_recovered_in_spite_of_a_trend():
    counts, month, days = simulated(np.random.default_rng(1), drift=-0.15)
    season = seasonal_index(counts, month, days)
    np.testing.assert_allclose(season.index, SHAPE / SHAPE.mean(), atol=0.03)
    assert season.is_usable
    assert season.p_value < 1e-6
    assert season.index.mean() == pytest.approx(1)


def test_calendar_days_are_exposure_not_season():
    counts, month, days = simulated(np.random.default_rng(2), shape=np.ones(12), mean=2000)
    season = seasonal_index(counts, month, days)
    # February holds 8% fewer days; its index must not say so
    assert season.raw_index[1] == pytest.approx(1, abs=0.01)


def test_a_measure_without_season_is_hardly_adjusted():
    strengths = []
    for seed in range(20):
        counts, month, days = simulated(np.random.default_rng(seed), shape=np.ones(12), areas=5, mean=10)
        strengths.append(seasonal_index(counts, month, days).strength)
    assert np.mean(strengths) < 0.35


def test_months_left_out_and_breaks_do_not_bend_the_season():
    rng = np.random.default_rng(3)
    counts, month, days = simulated(rng, years=7)
    broken = counts.copy()
    broken[:, 38:54] = np.rint(broken[:, 38:54] * 0.4)
    broken[:, 60:] = np.rint(broken[:, 60:] * 1.5)
    keep = np.ones(84, dtype=bool)
    keep[38:54] = False
    segments = [0] * 60 + [1] * 24
    season = seasonal_index(broken, month, days, keep=keep, segments=segments)
    np.testing.assert_allclose(season.index, SHAPE / SHAPE.mean(), atol=0.035)
    assert season.months_used == 68


def test_an_area_missing_for_a_time_does_not_bend_the_season():
    counts, month, days = simulated(np.random.default_rng(4), mean=300)
    whole = seasonal_index(counts, month, days).index
    counts[np.argmax(counts.mean(axis=1)), 5:9] = np.nan
    np.testing.assert_allclose(seasonal_index(counts, month, days).index, whole, atol=0.01)


def test_less_than_two_years_give_no_season():
    counts, month, days = simulated(np.random.default_rng(5), years=2)
    season = seasonal_index(counts[:, :23], month[:23], days[:23])
    assert not season.is_usable
    assert season.index.tolist() == [1.0] * 12


def test_interval_score_is_width_plus_the_penalty_for_missing():
    # 95%: a miss by 3 costs 3 x 2/0.05 = 120 on top of the width of 10
    scores = interval_score([0.0, 0.0], [10.0, 10.0], [5.0, 13.0], 0.95)
    np.testing.assert_allclose(scores, [10.0, 130.0])
