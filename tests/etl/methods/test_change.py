"""Displacement agrees with ptools; interrupted series and regression to the mean find what was planted."""

import numpy as np
import pytest

from etl.methods import change
from etl.methods.glm import fit_quasi_poisson
from etl.methods.interrupted import interrupted_series
from tests.etl.methods.published import read_json

PUBLISHED = read_json("crime_poisson_wdd.json")


@pytest.mark.parametrize("case", PUBLISHED["wdd"])
def test_weighted_displacement(case):
    names = {"disp_control": "displacement_control", "disp_treated": "displacement_treated"}
    names |= {"time_weights": "time_weights", "area_weights": "area_weights"}
    options = {names[key]: value for key, value in case.items() if key in names}
    displacement = change.weighted_displacement(case["control"], case["treated"], **options)
    expected = {
        "est_local": displacement.local,
        "est_total": displacement.total,
        "se_total": displacement.total_error,
        "z": displacement.z,
    }
    expected["se_total_squared"] = displacement.total_error**2
    for key, ours in expected.items():
        if key in case:
            assert ours == pytest.approx(case[key], abs=0.005 if key == "z" else 1e-6, rel=1e-6)
    if "ci" in case:
        # one case is published in whole crimes
        whole = all(isinstance(limit, int) for limit in case["ci"])
        assert (displacement.lower, displacement.upper) == pytest.approx(
            case["ci"], abs=0.5 if whole else 1e-6, rel=0 if whole else 1e-6
        )


def months(number):
    return np.arange(number) % 12 / 12


def planted(rng, step=1.0, slope=1.0, number=72, start=48, mean=200.0):
    time = np.arange(number)
    expected = mean * np.exp(-0.003 * time + 0.15 * np.sin(2 * np.pi * months(number)))
    expected = expected * np.where(time >= start, step * slope ** np.maximum(time - start, 0), 1.0)
    return rng.poisson(expected).astype(float)


def test_a_planted_step_is_found_and_measured():
    fit = interrupted_series(planted(np.random.default_rng(1), step=0.75), 48, phase=months(72))
    assert fit.step.lower < 0.75 < fit.step.upper < 1
    assert fit.difference.upper < 0
    assert np.isnan(fit.counterfactual.value[:48]).all()
    assert (fit.counterfactual.value[48:] > fit.fitted[48:]).all()


def test_a_planted_change_of_slope_is_found_at_the_end():
    fit = interrupted_series(planted(np.random.default_rng(2), slope=0.97), 48, phase=months(72))
    assert fit.slope.upper < 1
    assert fit.ending.lower < 0.97**23 < fit.ending.upper


def test_unchanged_series_are_called_changed_no_more_often_than_promised():
    rng = np.random.default_rng(3)
    steps = [interrupted_series(planted(rng), 48, phase=months(72)).step for _ in range(150)]
    alarms = np.mean([not (step.lower <= 1 <= step.upper) for step in steps])
    assert alarms <= 0.10


def test_a_fall_everywhere_is_not_credited_to_the_treated_place():
    rng = np.random.default_rng(4)
    treated, other = planted(rng, step=0.7), planted(rng, step=0.7, mean=2000)
    assert interrupted_series(treated, 48, phase=months(72)).step.upper < 1
    compared = interrupted_series(treated, 48, phase=months(72), comparison=other)
    assert compared.step.lower < 1 < compared.step.upper
    better = interrupted_series(planted(rng, step=0.5), 48, phase=months(72), comparison=other)
    assert better.step.lower < 0.5 / 0.7 < better.step.upper < 1


def test_fewer_than_eight_periods_on_a_side_are_refused():
    with pytest.raises(ValueError, match="8 known periods"):
        interrupted_series(np.full(30, 10.0), 25)


def test_a_missing_month_is_not_an_event_free_one():
    y = planted(np.random.default_rng(5), step=0.75)
    y[50] = np.nan
    fit = interrupted_series(y, 48, phase=months(72))
    assert fit.points_after == 23
    assert fit.step.lower < 0.75 < fit.step.upper


def test_areas_chosen_for_being_high_fall_without_help():
    rng = np.random.default_rng(7)
    truth = rng.normal(100, 5, 60)
    before, after = truth + rng.normal(0, 10, 60), truth + rng.normal(0, 10, 60)
    chosen = np.zeros(60, dtype=bool)
    # every other one of the twenty highest was made a priority; nothing was done anywhere
    chosen[np.argsort(-before)[:20:2]] = True
    regression = change.regression_to_mean(before, after, chosen)
    assert regression.observed_change < -5
    assert regression.expected_change < -5
    assert abs(regression.excess) < 2.5 * regression.excess_error
    # only 5^2 of the variance of 5^2 + 10^2 lasts: one fifth
    assert regression.slope == pytest.approx(0.2, abs=0.25)


def test_regression_to_the_mean_needs_someone_to_compare_with():
    with pytest.raises(ValueError, match="at least four"):
        change.regression_to_mean([1.0, 2, 3, 4], [1.0, 2, 3, 4], [True, True, False, False])


def test_autocorrelated_months_widen_an_interrupted_series():
    rng = np.random.default_rng(21)
    drift = rng.standard_normal(96)
    for t in range(1, 96):
        drift[t] = 0.7 * drift[t - 1] + 0.7 * drift[t]
    counts = rng.poisson(400 * np.exp(0.08 * drift)).astype(float)
    fit = interrupted_series(counts, 60)
    assert fit.autocorrelation.r > 0.3
    # the plain quasi-Poisson interval of the same fit, from its own covariance
    time = np.arange(96.0)
    design = np.column_stack([time >= 60, np.maximum(time - 60, 0), np.ones(96), (time - 60) / 12])
    plain = fit_quasi_poisson(counts, design)
    width = np.log(float(fit.step.upper / fit.step.lower)) / (2 * 1.959964)
    assert width / np.sqrt(plain.covariance[0, 0, 0]) == pytest.approx(fit.autocorrelation.inflation, rel=1e-4)


@pytest.mark.slow
def test_unchanged_series_that_remember_are_within_their_limits_as_often_as_promised():
    rng = np.random.default_rng(11)
    inside = []
    for memory in (0.5, 0.7, 0.85):
        for _ in range(50):
            counts = remembering(rng, memory)
            fit = interrupted_series(counts, 48, phase=months(72))
            inside.append([fit.step.lower <= 1 <= fit.step.upper, fit.difference.lower <= 0 <= fit.difference.upper])
    # 95% of 150 series, give or take two standard errors of 1.8 points
    assert (np.mean(inside, axis=0) > 0.91).all()


def remembering(rng, memory, number=72):
    noise = rng.standard_normal(number + 40)
    for t in range(1, number + 40):
        noise[t] = memory * noise[t - 1] + np.sqrt(1 - memory**2) * noise[t]
    return rng.poisson(200 * np.exp(0.1 * noise[40:] + 0.15 * np.sin(2 * np.pi * months(number)))).astype(float)
