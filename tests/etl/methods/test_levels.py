"""How far levels wander, lent from area to area, and the regression behind the season."""

import numpy as np
import pytest

from etl.methods.drift import fit_drift
from etl.methods.glm import fit_quasi_poisson
from etl.methods.moderated import shared_freedom, steadied


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


def test_areas_that_differ_are_left_more_to_themselves():
    rng = np.random.default_rng(7)
    alike = steadied(rng.chisquare(80, 60) / 80, np.full(60, 80.0), np.ones(60, dtype=bool))
    mixed = steadied(rng.chisquare(80, 60) / 80 * np.exp(rng.normal(0, 0.8, 60)), np.full(60, 80.0), np.ones(60, dtype=bool))
    assert alike[1].min() > 300
    assert mixed[1].max() < 95


def test_too_few_areas_lend_nothing():
    assert shared_freedom([1.2, 0.8], [20.0, 20.0]) == 0.0


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
