"""Lists of exceptions, surveys and autocorrelation."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.methods import survey
from etl.methods.autocorrelation import inflation, lag1_about_lines, lag1_pooled, pearson_dispersion
from etl.methods.discovery import benjamini_hochberg

P_VALUES = st.lists(st.floats(0, 1), min_size=1, max_size=60)


def test_benjamini_hochberg_on_the_authors_example():
    # Benjamini & Hochberg (1995), section 3.1: 15 tests, four rejected at 0.05
    p = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0]
    tests = benjamini_hochberg(p)
    assert (tests.tested, tests.discoveries) == (15, 4)
    assert tests.adjusted[3] == pytest.approx(0.0095 * 15 / 4)
    assert tests.expected_false == pytest.approx(0.2)


@given(P_VALUES)
def test_adjusted_p_values_keep_their_order_and_never_fall(p):
    tests = benjamini_hochberg(p)
    order = np.argsort(p)
    assert (np.diff(tests.adjusted[order]) >= -1e-12).all()
    assert (tests.adjusted >= np.asarray(p) - 1e-12).all()
    assert tests.adjusted.max() <= 1


@given(P_VALUES, st.floats(0.001, 0.5), st.floats(0.001, 0.5))
def test_a_stricter_rate_never_finds_more(p, first, second):
    strict, loose = sorted((first, second))
    assert benjamini_hochberg(p, strict).discoveries <= benjamini_hochberg(p, loose).discoveries


def test_what_was_not_tested_is_neither_counted_nor_found():
    tests = benjamini_hochberg([0.001, np.nan, 0.9])
    assert tests.tested == 2
    assert tests.is_discovery.tolist() == [True, False, False]


@pytest.mark.parametrize(
    ("interviews", "effect", "margin", "change"),
    [(400, 1.0, 0.048, 0.067), (400, 1.5, 0.058, 0.082), (12_800, 1.0, 0.008, None), (12_800, 1.5, 0.010, None)],
)
def test_what_the_survey_can_show(interviews, effect, margin, change):
    assert survey.margin(0.62, interviews, design_effect=effect) == pytest.approx(margin, abs=0.0006)
    if change:
        smallest = survey.smallest_visible_change(0.62, interviews, design_effect=effect)
        assert smallest == pytest.approx(change, abs=0.0006)


def test_figures_that_share_interviews_are_not_compared():
    with pytest.raises(ValueError, match="separate years"):
        survey.change_interval(0.6, 400, 0.65, 400, shared_interviews=0.75)


def test_a_change_just_visible_has_a_limit_on_nil():
    step = float(survey.smallest_visible_change(0.5, 400))
    interval = survey.change_interval(0.5 + step / 2, 400, 0.5 - step / 2, 400)
    assert interval.lower == pytest.approx(0, abs=0.001)
    assert survey.change_p_value(interval) == pytest.approx(0.05, abs=0.002)


def test_interviews_needed_make_the_change_visible():
    number = survey.interviews_needed(0.62, 0.03, design_effect=1.5)
    assert survey.smallest_visible_change(0.62, number, design_effect=1.5) <= 0.03
    assert survey.smallest_visible_change(0.62, number - 1, design_effect=1.5) > 0.03


def test_equal_weights_cost_nothing_and_unequal_ones_do():
    assert survey.design_effect([2.0] * 50) == pytest.approx(1)
    # half the people count three times as much: 4 x (1 + 9) x 2 / 8^2 = 1.25
    assert survey.design_effect([1.0, 1.0, 3.0, 3.0]) == pytest.approx(1.25)


@given(st.floats(0, 1), st.integers(2, 20_000), st.floats(1.0, 3.0))
def test_a_share_lies_within_its_limits(share, interviews, effect):
    interval = survey.share_interval(share, interviews, design_effect=effect)
    assert 0 <= interval.lower <= share <= interval.upper <= 1


@pytest.mark.parametrize("true_r", [0.0, 0.15, 0.4])
def test_pooled_autocorrelation_is_unbiased_on_short_series(true_r):
    rng = np.random.default_rng(8)
    noise = rng.standard_normal((600, 24))
    series = np.empty_like(noise)
    series[:, 0] = noise[:, 0] / np.sqrt(1 - true_r**2)
    for t in range(1, 24):
        series[:, t] = true_r * series[:, t - 1] + noise[:, t]
    assert lag1_pooled(series).r == pytest.approx(true_r, abs=0.03)


@pytest.mark.parametrize("true_r", [0.0, 0.4, 0.7])
def test_autocorrelation_about_lines_gives_back_what_the_lines_took(true_r):
    rng = np.random.default_rng(18)
    noise = rng.standard_normal((400, 32))
    series = noise.copy()
    for t in range(1, 32):
        series[:, t] = true_r * series[:, t - 1] + np.sqrt(1 - true_r**2) * noise[:, t]
    # each side of a break has its own level and slope
    series += np.where(np.arange(32) < 16, 100 + 0.3 * np.arange(32), 140 - 0.2 * np.arange(32))
    sides = [0] * 16 + [1] * 16
    assert lag1_about_lines(series, sides).r == pytest.approx(true_r, abs=0.05)
    # a missing point leaves out that segment of that series, and nothing else
    series[0, 3] = np.nan
    assert lag1_about_lines(series, sides).r == pytest.approx(true_r, abs=0.05)
    assert np.isnan(lag1_about_lines(series[:1, :4], [0] * 4).r)


def test_no_pair_is_formed_across_a_break():
    series = np.concatenate([np.tile([0.0, 1.0], 10), np.tile([0.0, 1.0], 10) + 50])
    assert lag1_pooled(series).r > 0.5
    assert lag1_pooled(series, segments=[0] * 20 + [1] * 20).r < -0.5


def test_inflation_never_narrows():
    assert inflation([-0.5, 0.0]).tolist() == [1.0, 1.0]
    assert inflation(0.15) == pytest.approx(np.sqrt(1.15 / 0.85))


def test_dispersion_of_poisson_is_one_and_of_a_mixture_more():
    rng = np.random.default_rng(9)
    mean = np.full((50, 100), 40.0)
    assert pearson_dispersion(rng.poisson(mean), mean).mean() == pytest.approx(1, abs=0.05)
    # a negative binomial of size 20 about 40 has variance 40 + 40 x 40 / 20 = 3 x 40
    mixed = rng.negative_binomial(20, 20 / 60, (50, 100))
    assert pearson_dispersion(mixed, mean).mean() == pytest.approx(3, abs=0.2)
