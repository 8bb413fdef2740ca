"""The steps of the expectation beside a plain second way of working each out."""

import math

import numpy as np
import pytest

from etl.methods.conformal import (
    TAILS,
    Sum,
    conformal_quantile,
    is_outside,
    limits,
    p_value,
    score,
    share_limits,
    tail_quantiles,
    total,
)
from etl.methods.level_path import Ahead, ahead
from etl.methods.persistence import chance, fit_chance, least_constant, tenths


def plain_quantile(scores, level):
    """The conformal quantile by its definition: the smallest score that enough of n + 1 windows keep within."""
    sizes = sorted(abs(s) for s in scores)
    for value in sizes:
        if sum(s <= value for s in sizes) >= level * (len(sizes) + 1) - 1e-9:
            return value
    return sizes[-1]


@pytest.mark.parametrize("number", [1, 7, 19, 20, 100, 333])
@pytest.mark.parametrize("level", [0.8, 0.95, 0.99])
def test_the_conformal_quantile_is_that_of_its_definition(number, level):
    scores = np.random.default_rng(number).standard_t(4, number)
    assert conformal_quantile(scores, level) == plain_quantile(scores, level)


def test_nineteen_windows_in_twenty_keep_within_a_quantile_fitted_on_others_like_them():
    generator = np.random.default_rng(1)
    inside = [np.abs(generator.standard_t(3)) <= conformal_quantile(generator.standard_t(3, 99), 0.95) for _ in range(3000)]
    assert 0.94 < np.mean(inside) < 0.96


def test_a_p_value_is_the_share_of_windows_beyond():
    windows = np.abs(np.random.default_rng(2).standard_normal(20_000))
    row = np.tile(tail_quantiles(windows), (4, 1))
    seen = np.array([0.0, 1.0, 1.96, 2.8])
    ranks = p_value(seen, row)
    assert ranks[0] == 1
    assert ranks[1:] == pytest.approx([np.mean(windows >= s) for s in seen[1:]], rel=0.12)
    assert p_value(np.array([50.0]), row[:1])[0] == pytest.approx(0.0005)
    assert len(TAILS) == row.shape[1]


def plain_level(counts, wander):
    """One series' level by the textbook's filter, month by month: (level, its variance, both on the root scale of noise 1)."""
    level, variance = 0.0, 1e4
    for value in counts:
        variance += wander
        if not math.isnan(value):
            gain = variance / (variance + 1)
            level += gain * (2 * math.sqrt(value + 0.375) - level)
            variance *= 1 - gain
    return level, variance


def test_the_level_ahead_is_that_of_the_textbook_filter():
    generator = np.random.default_rng(3)
    counts = generator.poisson(80, 60).astype(float)
    counts[20:23] = np.nan
    ones = np.ones((1, 60))
    (model,) = ahead(counts[None, :], ones, [np.ones((1, 3))], ones.astype(bool))
    candidates = [plain_level(counts, w)[0] ** 2 / 4 for w in (0.0004, 0.001, 0.0025, 0.006, 0.015, 0.035, 0.08, 0.2, 0.5, 1.2)]
    assert min(abs(model.rates[0, 0] - c) for c in candidates) < 1e-6
    assert model.rates[0].tolist() == pytest.approx([model.rates[0, 0]] * 3)


def test_months_left_out_change_nothing_but_what_is_not_known():
    generator = np.random.default_rng(4)
    counts = generator.poisson(200, (1, 72)).astype(float)
    keep = np.ones((1, 72), dtype=bool)
    keep[0, 40:56] = False
    spoiled = counts.copy()
    spoiled[0, 40:56] = 5.0
    ones, future = np.ones((1, 72)), [np.ones((1, 9))]
    assert ahead(spoiled, ones, future, keep)[0].rates == pytest.approx(ahead(counts, ones, future, keep)[0].rates)


def test_totals_err_together_and_their_average_of_models_lies_between_them():
    covariance = np.full((1, 3, 3), 4.0) + np.diag([10.0, 10.0, 10.0])
    low, high = (Ahead(np.full((1, 3), rate), covariance, np.ones(1)) for rate in (90.0, 110.0))
    both = total((low, high), np.ones((1, 3)))
    assert 270 < both.expected[0] < 330
    assert both.deviation[0] == pytest.approx((math.sqrt(66 / 270) + math.sqrt(66 / 330)) / 2)


@pytest.mark.parametrize("expected", [0.4, 3.0, 25.0, 4000.0])
def test_a_change_excludes_nought_exactly_where_the_count_is_outside_its_range(expected):
    whole = Sum(np.array([2 * math.sqrt(expected + 0.375)]), np.array([1.3]))
    lower, upper = limits(whole, 2.2)
    for seen in np.arange(0, 3 * expected + 12, max(1, expected // 40)):
        low, high = share_limits(np.array([seen]), whole, 2.2)
        assert bool(is_outside(np.array([seen]), lower, upper)[0]) == bool(low[0] > 0 or high[0] < 0)
        assert low[0] <= high[0]
    assert score(np.array([expected]), whole)[0] == pytest.approx(0, abs=1e-9)


def test_a_chance_fitted_on_what_came_true_is_right_in_every_tenth():
    generator = np.random.default_rng(5)
    distance = np.abs(generator.standard_normal(30_000)) * 1.5
    came = generator.random(30_000) < 1 / (1 + np.exp(-distance))
    beta = fit_chance(distance[:, None], came)
    for tenth in tenths(chance(distance[:, None], beta), came):
        if tenth.number >= 500:
            assert abs(tenth.forecast - tenth.came) < 0.03


def test_the_constant_kept_is_that_of_the_year_in_which_least_lasted():
    generator = np.random.default_rng(6)
    distance = np.abs(generator.standard_normal(4000))
    year = np.repeat([2012, 2013], 2000)
    came = generator.random(4000) < np.where(year == 2012, 0.8, 0.6)
    beta = fit_chance(distance[:, None], came)
    cautious = np.array([least_constant(distance[:, None], came, year, beta), *beta[1:]])
    assert chance(distance[year == 2013][:, None], cautious).mean() == pytest.approx(came[year == 2013].mean(), abs=1e-3)
