"""Confidence intervals of counts, rates, proportions, means and ratios, vectorised over areas."""

from typing import NamedTuple

import numpy as np

from etl.methods import checks, special
from etl.methods.arrays import ArrayLike, Floats, as_floats, normal_quantile, tail

EXACT_BELOW = 10


class Interval(NamedTuple):
    """Lower and upper confidence limits, in the shape of the input; NaN where the input is NaN."""

    lower: Floats
    upper: Floats


class Estimate(NamedTuple):
    """A value with its lower and upper confidence limits, in the shape of the input; NaN where missing."""

    value: Floats
    lower: Floats
    upper: Floats


def byars(events: ArrayLike, level: float = 0.95) -> Interval:
    """Byar's limits of a Poisson count: close to exact from 10 events up.

    Source:
        Breslow & Day (1987), Statistical Methods in Cancer Research II. A lower limit below nil is nil.
    """
    x, z = checks.counts(events), normal_quantile(level)
    above = np.where(x > 0, x, 1.0)
    lower = np.maximum(x * (1 - 1 / (9 * above) - z / (3 * np.sqrt(above))) ** 3, 0.0)
    upper = (x + 1) * (1 - 1 / (9 * (x + 1)) + z / (3 * np.sqrt(x + 1))) ** 3
    return Interval(lower, upper)


def exact_poisson(events: ArrayLike, level: float = 0.95) -> Interval:
    """Exact limits of a Poisson count (half the chi-squared quantiles of 2x and 2x + 2); 0 below for no events.

    Source:
        Armitage & Berry (2002), Statistical Methods in Medical Research, 4th ed.
    """
    x, left = checks.counts(events), tail(level)
    lower = np.where(x > 0, special.gammaincinv(np.where(x > 0, x, 1.0), left), 0.0)
    lower = np.where(np.isnan(x), np.nan, lower)
    upper = np.asarray(special.gammaincinv(x + 1, 1 - left), dtype=np.float64)
    return Interval(lower, upper)


def poisson_interval(events: ArrayLike, level: float = 0.95) -> Interval:
    """Limits of a count: exact below 10 events, Byar's from 10 (the PHEindicatormethods convention)."""
    x = as_floats(events)
    exact, approximate = exact_poisson(x, level), byars(x, level)
    few = x < EXACT_BELOW
    return Interval(np.where(few, exact.lower, approximate.lower), np.where(few, exact.upper, approximate.upper))


def wilson(successes: ArrayLike, trials: ArrayLike, level: float = 0.95) -> Interval:
    """Wilson score limits of a proportion, between 0 and 1.

    Source:
        Wilson (1927), JASA 22; Newcombe & Altman (2000).
    """
    x, n, z = checks.counts(successes), checks.sizes(trials, "trials"), normal_quantile(level)
    if (x > n).any():
        raise ValueError("successes must not exceed trials")
    half = z * np.sqrt(z**2 + 4 * x * (1 - x / n))
    middle, whole = 2 * x + z**2, 2 * (n + z**2)
    # Rounding may leave the limits of nil and of all a hair outside 0 and 1.
    return Interval(np.clip((middle - half) / whole, 0.0, x / n), np.clip((middle + half) / whole, x / n, 1.0))


def rate(events: ArrayLike, population: ArrayLike, per: float, level: float = 0.95) -> Estimate:
    """Events per `per` people with Poisson limits, exact below 10 events and Byar's from 10.

    Args:
        events: counts, NaN where suppressed.
        population: people exposed over the same period.
        per: people the rate is stated for, e.g. 1_000.
        level: two-sided.

    Raises:
        ValueError: a count is negative or a population is not above zero.
    """
    x, scale = as_floats(events), per / checks.sizes(population, "population")
    limits = poisson_interval(x, level)
    known = np.isfinite(x * scale)
    return Estimate(x * scale, np.where(known, limits.lower * scale, np.nan), np.where(known, limits.upper * scale, np.nan))


def proportion(successes: ArrayLike, trials: ArrayLike, per: float = 1.0, level: float = 0.95) -> Estimate:
    """Share of trials, times `per` (100 for percent), with Wilson limits."""
    x, n = as_floats(successes), as_floats(trials)
    limits = wilson(x, n, level)
    return Estimate(x / n * per, limits.lower * per, limits.upper * per)


def rate_ratio(
    events: ArrayLike,
    exposure: ArrayLike,
    events_before: ArrayLike,
    exposure_before: ArrayLike,
    *,
    level: float = 0.95,
    dispersion: ArrayLike = 1.0,
) -> Estimate:
    """Ratio of two Poisson rates with limits by the conditional (Clopper-Pearson) argument.

    Args:
        events: counts of the period or area judged.
        exposure: days or people behind them.
        events_before: counts it is compared with.
        exposure_before: days or people behind those.
        level: two-sided.
        dispersion: variance / mean of the counts where they vary more than Poisson; counts are divided by it
            before the limits are made, so limits widen by about its square root.

    Returns:
        Value infinite when only the earlier count is nil, NaN when both are; limits 0 and infinity there.

    Source:
        Przyborowski & Wilenski (1940); Clopper & Pearson (1934).
    """
    now, before = checks.counts(events), checks.counts(events_before)
    scale = checks.sizes(exposure_before, "exposure_before") / checks.sizes(exposure, "exposure")
    spread = np.maximum(as_floats(dispersion), 1.0)
    a, b, left = now / spread, before / spread, tail(level)
    low_share = np.where(a > 0, special.betaincinv(np.where(a > 0, a, 1.0), b + 1, left), 0.0)
    high_share = np.where(b > 0, special.betaincinv(a + 1, np.where(b > 0, b, 1.0), 1 - left), 1.0)
    known = np.isfinite(now + before + scale)
    with np.errstate(divide="ignore", invalid="ignore"):
        value = np.where(known, now / before * scale, np.nan)
        lower, upper = low_share / (1 - low_share) * scale, high_share / (1 - high_share) * scale
    return Estimate(value, np.where(known, lower, np.nan), np.where(known, upper, np.nan))


def difference(value: Estimate, other: Estimate) -> Estimate:
    """One estimate minus another with limits that join theirs (MOVER): each side keeps its own skew.

    Both must be independent and at one level.

    Source:
        Zou & Donner (2008), Statistics in Medicine 27; for proportions this is Newcombe's method 10.
    """
    gap = value.value - other.value
    lower = gap - np.sqrt((value.value - value.lower) ** 2 + (other.upper - other.value) ** 2)
    upper = gap + np.sqrt((value.upper - value.value) ** 2 + (other.value - other.lower) ** 2)
    return Estimate(gap, lower, upper)
