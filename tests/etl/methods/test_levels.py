"""Small counts get exact limits, and a changed level is found at the promised rate of false alarms."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.methods.count_chart import exact_count_chart, poisson_quantile
from etl.methods.discovery import benjamini_hochberg
from etl.methods.glm import fit_quasi_poisson
from etl.methods.moderated import dispersion_prior, moderated_variance
from etl.methods.period_change import period_change

BASELINE, JUDGED = np.arange(36) < 24, np.arange(36) >= 30


def test_exact_limits_are_those_of_the_poisson_table():
    # Poisson tables for a mean of 2.5: P(X <= 7) = 0.9958, P(X <= 8) = 0.9989
    assert float(poisson_quantile(0.99865, 2.5)) == 8
    assert float(poisson_quantile(0.9957, 2.5)) == 7


@given(st.floats(0.01, 200), st.floats(0.001, 0.999))
def test_a_quantile_is_reached_and_the_count_below_it_is_not(mean, probability):
    k = float(poisson_quantile(probability, mean))
    counts = np.arange(1000)
    chance = np.cumsum(np.exp(counts * np.log(mean) - mean - np.concatenate([[0.0], np.cumsum(np.log(counts[1:]))])))
    assert chance[int(k)] >= probability - 1e-7
    assert k == 0 or chance[int(k) - 1] < probability + 1e-7


def test_small_counts_raise_few_false_alarms():
    rng = np.random.default_rng(1)
    outside = [exact_count_chart(rng.poisson(0.7, 36)).outside[-1] for _ in range(3000)]
    assert np.mean(np.asarray(outside) != 0) < 0.004


def test_the_expected_count_follows_its_exposure():
    chart = exact_count_chart([4.0, 2.0, 4.0, 2.0], [2.0, 1.0, 2.0, 1.0])
    assert chart.centre.tolist() == [4.0, 2.0, 4.0, 2.0]
    assert chart.upper[0] > chart.upper[1]


def test_no_month_lies_below_nil():
    assert not exact_count_chart(np.concatenate([np.full(20, 4.0), np.zeros(1)])).outside.any()


@pytest.mark.parametrize("mean", [3.0, 20.0, 300.0])
def test_unchanged_levels_are_called_changed_as_often_as_promised(mean):
    rng = np.random.default_rng(2)
    found = period_change(rng.poisson(mean, (4000, 36)).astype(float), BASELINE, JUDGED)
    assert (found.p_value < 0.05).mean() <= 0.055
    assert (found.p_value < 0.05).mean() >= 0.02
    outside = (found.ratio.lower > 1) | (found.ratio.upper < 1)
    np.testing.assert_array_equal(outside, found.p_value < 0.05)


def test_a_fall_of_a_fifth_is_found_and_its_range_holds_it():
    rng = np.random.default_rng(3)
    counts = rng.poisson(np.where(JUDGED, 80.0, 100.0), (1000, 36)).astype(float)
    found = period_change(counts, BASELINE, JUDGED)
    assert (found.p_value < 0.05).mean() > 0.9
    assert ((found.ratio.lower < 0.8) & (found.ratio.upper > 0.8)).mean() > 0.93
    assert benjamini_hochberg(found.p_value).found > 900


def test_autocorrelation_and_dispersion_only_make_it_more_careful():
    counts = np.random.default_rng(4).poisson(50, (50, 36)).astype(float)
    plain = period_change(counts, BASELINE, JUDGED)
    lagged = period_change(counts, BASELINE, JUDGED, autocorrelation=0.3)
    widening = (lagged.difference.upper - lagged.difference.lower) / (plain.difference.upper - plain.difference.lower)
    np.testing.assert_allclose(widening, np.sqrt(1.3 / 0.7))
    assert (lagged.p_value > plain.p_value).all()
    assert (period_change(counts, BASELINE, JUDGED, dispersion=4.0).p_value > plain.p_value).all()


def test_missing_months_are_left_out_and_too_few_say_nothing():
    counts = np.full(36, 50.0)
    counts[:22] = np.nan
    found = period_change(counts, BASELINE, JUDGED)
    assert found.baseline_months == 2
    assert np.isnan(found.p_value)


def test_a_month_cannot_be_its_own_baseline():
    with pytest.raises(ValueError, match="both baseline and judged"):
        period_change(np.ones(36), BASELINE, BASELINE)


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


def overdispersed(rng, mean, dispersion, areas=32):
    excess = np.broadcast_to(dispersion, areas)[:, None] - 1
    return rng.poisson(rng.gamma(mean / excess, 1.0, (areas, 36)) * excess).astype(float)


def test_areas_that_share_a_dispersion_lend_it_to_each_other():
    counts = overdispersed(np.random.default_rng(6), 60.0, 3.0, areas=200)
    prior = dispersion_prior(counts, BASELINE)
    assert prior.dispersion == pytest.approx(3.0, rel=0.1)
    assert prior.freedom > 60
    variance, freedom = moderated_variance(60.0, 60.0, 24, prior)
    # an area that happened to look Poisson is not taken at its word
    assert variance > 60 * 2
    assert freedom == 23 + prior.freedom


def test_areas_that_differ_in_dispersion_are_left_more_to_themselves():
    rng = np.random.default_rng(7)
    mixed = overdispersed(rng, 60.0, np.exp(rng.normal(1.2, 0.8, 200)) + 1, areas=200)
    assert dispersion_prior(mixed, BASELINE).freedom < 15


@pytest.mark.parametrize("spread", [0.01, 0.6])
def test_lent_dispersion_keeps_the_promised_rate_and_finds_more(spread):
    rng = np.random.default_rng(8)
    alarms, found, alone = [], [], []
    # 600 sets of 32 areas put the standard error of the 5% rate at 0.15 points; 60 left it at 0.5
    for _ in range(600):
        counts = overdispersed(rng, 80.0, np.exp(rng.normal(0.7, spread, 32)) + 1)
        prior = dispersion_prior(counts, BASELINE)
        alarms.append(period_change(counts, BASELINE, JUDGED, prior=prior).p_value)
        fallen = np.where(JUDGED, counts * 0.75, counts)
        found.append(period_change(fallen, BASELINE, JUDGED, prior=prior).p_value < 0.001)
        alone.append(period_change(fallen, BASELINE, JUDGED).p_value < 0.001)
    assert np.mean(np.concatenate(alarms) < 0.05) <= 0.055
    assert np.mean(np.concatenate(alarms) < 0.001) <= 0.003
    assert np.mean(found) > np.mean(alone)


def test_too_few_areas_lend_nothing():
    prior = dispersion_prior(np.full((2, 36), 9.0), BASELINE)
    assert prior == (1.0, 0.0)


def test_regression_agrees_with_statsmodels_on_overdispersed_counts():
    from statsmodels.genmod.families import Poisson
    from statsmodels.genmod.generalized_linear_model import GLM

    rng = np.random.default_rng(9)
    design = np.column_stack([np.ones(60), rng.normal(size=(60, 3))])
    exposure = rng.uniform(20, 40, 60)
    mean = np.exp(design @ [0.3, 0.2, -0.1, 0.4]) * exposure
    counts = rng.poisson(rng.gamma(mean / 4) * 4).astype(float)
    ours = fit_quasi_poisson(counts, design, exposure)
    theirs = GLM(counts, design, family=Poisson(), offset=np.log(exposure)).fit(scale="X2")
    assert theirs.scale > 2
    np.testing.assert_allclose(ours.coefficients[0], theirs.params, rtol=1e-8)
    np.testing.assert_allclose(ours.covariance[0], theirs.cov_params(), rtol=1e-6)
    assert ours.dispersion[0] == pytest.approx(theirs.scale)
