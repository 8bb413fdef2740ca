"""Season, expected range and its scores find what was planted and use nothing they should not know."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.methods.expectation import MODELS, expected_range, outturn, ranges, simulate_paths
from etl.methods.scoring import beats_naive, coverage, interval_score, replay, score_ranges
from etl.methods.season import season_exposure, seasonal_index

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


@pytest.mark.parametrize("model", MODELS)
def test_the_same_seed_gives_the_same_range(model):
    counts, month, days = simulated(np.random.default_rng(8), areas=3)
    exposure = season_exposure(np.ones(12), month, days)
    first = expected_range(counts, exposure, exposure[:12], model=model, seed=4)
    second = expected_range(counts, exposure, exposure[:12], model=model, seed=4)
    np.testing.assert_array_equal(first.upper95, second.upper95)


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("mean", [0.7, 8.0, 150.0])
def test_ranges_hold_about_what_they_promise_on_steady_series(model, mean):
    rng = np.random.default_rng(9)
    counts, month, days = simulated(rng, years=7, areas=80, mean=mean, dispersion=1.3)
    exposure = season_exposure(SHAPE / SHAPE.mean(), month, days)
    expected = expected_range(counts[:, :72], exposure[:72], exposure[72:], model=model)
    assert coverage(expected.lower95, expected.upper95, counts[:, 72:]) > 0.92
    assert 0.75 < coverage(expected.lower80, expected.upper80, counts[:, 72:]) < (0.97 if mean < 1 else 0.93)


def test_history_left_out_does_not_enter():
    counts, month, days = simulated(np.random.default_rng(10), areas=4)
    exposure = season_exposure(np.ones(12), month, days)
    keep = np.ones(72, dtype=bool)
    keep[20:30] = False
    spoiled = counts.copy()
    spoiled[:, 20:30] = 9999
    first = expected_range(counts, exposure, exposure[:6], model="level", keep=keep)
    second = expected_range(spoiled, exposure, exposure[:6], model="level", keep=keep)
    np.testing.assert_array_equal(first.median, second.median)


def test_too_little_history_gives_no_range():
    expected = expected_range(np.full((1, 8), 20.0), np.ones(8), np.ones(3), model="level")
    assert np.isnan(expected.upper95).all()


def test_an_unknown_model_is_refused():
    with pytest.raises(ValueError, match="no model called"):
        simulate_paths(np.ones(24), np.ones(24), np.ones(3), model="guess")


def test_the_outturn_is_what_is_counted_plus_the_simulated_rest():
    paths = np.arange(200.0).reshape(100, 1, 2)
    outcome = outturn([1000.0], paths)
    assert outcome.median[0] == pytest.approx(1000 + np.median(paths.sum(axis=-1)))


def test_interval_score_is_width_plus_the_penalty_for_missing():
    # 95%: a miss by 3 costs 3 x 2/0.05 = 120 on top of the width of 10
    scores = interval_score([0.0, 0.0], [10.0, 10.0], [5.0, 13.0], 0.95)
    np.testing.assert_allclose(scores, [10.0, 130.0])


def test_replay_scores_models_on_months_they_have_not_seen():
    rng = np.random.default_rng(11)
    counts, month, days = simulated(rng, years=7, areas=32)
    scores = replay(counts, month, days, origins=[60, 72], draws=300)
    assert scores["level"].months == 32 * 24
    assert beats_naive(scores, "level")
    assert 0.9 < scores["level"].coverage95 <= 1
    altered = counts.copy()
    altered[:, 72:] *= 3
    assert replay(altered, month, days, origins=[60], draws=100) == replay(counts, month, days, origins=[60], draws=100)


def test_scores_without_outcomes_are_unknown():
    score = score_ranges(ranges(np.ones((10, 1, 2))), [[np.nan, np.nan]])
    assert score.months == 0
    assert np.isnan(score.score95)


@given(st.lists(st.integers(0, 3000), min_size=30, max_size=60), st.sampled_from(MODELS))
@settings(max_examples=30, deadline=None)
def test_ranges_are_nested_and_never_below_nil(counts, model):
    expected = expected_range(counts, np.ones(len(counts)), np.ones(14), model=model, draws=60)
    assert (expected.lower95 >= 0).all()
    for inner, outer in ((expected.lower80, expected.lower95), (expected.upper95, expected.upper80)):
        assert (outer <= inner).all()
    assert (expected.lower80 <= expected.median).all()
    assert (expected.median <= expected.upper80).all()
