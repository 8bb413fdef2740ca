"""Funnel plots: limits about a common value, which areas lie beyond them, and overdispersion."""

from typing import Literal, NamedTuple

import numpy as np

from etl.methods import checks, special
from etl.methods.arrays import ArrayLike, Floats, Strings, as_floats, normal_quantile, tail
from etl.methods.intervals import exact_poisson

INNER = 0.95
OUTER = 0.998

Scale = Literal["ratio", "proportion"]


class FunnelLimits(NamedTuple):
    """Lower and upper limit at the two usual levels (95% and 99.8%)."""

    inner_lower: Floats
    inner_upper: Floats
    outer_lower: Floats
    outer_upper: Floats


class Overdispersion(NamedTuple):
    """How much more the areas differ than chance within them allows.

    `phi` is the mean squared winsorised z (1 if chance alone), `tau2` the between-area variance on the
    transformed scale, `share_added` how much tau2 widens the median area's limits (0.2 is 20% wider).
    """

    phi: float
    tau2: float
    share_added: float
    areas: int
    z: Floats
    adjusted_z: Floats


def proportion_limits(centre: float, trials: ArrayLike) -> FunnelLimits:
    """Funnel limits of a proportion at each number of trials: where Wilson's interval just holds the centre.

    Args:
        centre: the common proportion, between 0 and 1.
        trials: sizes to draw the funnel at, shape (n,).

    Returns:
        Proportions clipped to 0 and 1.

    Source:
        Spiegelhalter (2005), Statistics in Medicine 24; inverting the score interval gives p +/- z sqrt(p(1-p)/n).
    """
    if not 0 <= centre <= 1:
        raise ValueError(f"the centre must lie between 0 and 1, not {centre}")
    error = np.sqrt(centre * (1 - centre) / checks.sizes(trials, "trials"))
    return FunnelLimits(
        *(np.clip(centre + sign * normal_quantile(level) * error, 0.0, 1.0) for level in (INNER, OUTER) for sign in (-1, 1))
    )


def expected_at_limits(observed: ArrayLike) -> FunnelLimits:
    """The expected counts at which each observed count lies exactly on a limit (exact Poisson).

    A count is on the *lower* limit when its expected number is its own upper confidence limit, so
    `inner_lower` is larger than `inner_upper`. Divide a count by these for the funnel of ratios; divide by
    the baseline rate for the population at which the count sits on the limit.
    """
    inner, outer = exact_poisson(observed, INNER), exact_poisson(observed, OUTER)
    return FunnelLimits(inner.upper, inner.lower, outer.upper, outer.lower)


def ratio_limits(observed: ArrayLike) -> FunnelLimits:
    """Funnel limits of observed / expected for each whole number of observed events: see `expected_at_limits`."""
    count = as_floats(observed)
    with np.errstate(divide="ignore", invalid="ignore"):
        return FunnelLimits(*(count / expected for expected in expected_at_limits(count)))


def rate_limits(observed: ArrayLike, baseline: float, *, per: float, years: float = 1.0) -> tuple[FunnelLimits, FunnelLimits]:
    """Funnel of a rate: population a year at which each count is on a limit, and the rate it then has.

    Args:
        observed: whole numbers of events, shape (n,).
        baseline: the common rate per `per` people.
        per: people the rate is stated for.
        years: years of events behind the counts.

    Returns:
        (populations, rates).
    """
    count = as_floats(observed)
    if not baseline > 0:
        raise ValueError(f"the baseline rate must be above zero, not {baseline}")
    exposure = [expected / baseline * per for expected in expected_at_limits(count)]
    return (
        FunnelLimits(*(people / years for people in exposure)),
        FunnelLimits(*(count / people * per for people in exposure)),
    )


def poisson_significance(observed: ArrayLike, expected: ArrayLike, *, minimum_events: float = 0.0) -> Strings:
    """Where each count lies against its expected number by exact Poisson limits.

    Args:
        observed: events in each area; NaN where missing.
        expected: events it would have at the common rate.
        minimum_events: counts below this are not judged (10 for directly standardised rates).

    Returns:
        "high 99.8", "high 95", "not significant", "low 95", "low 99.8" or "not judged", shape (n,).
    """
    x, e = as_floats(observed), as_floats(expected)
    inner, outer = exact_poisson(x, INNER), exact_poisson(x, OUTER)
    high, low = [outer.lower > e, inner.lower > e], [outer.upper < e, inner.upper < e]
    return _labels(high, low, ~np.isfinite(x + e) | (x < minimum_events))


def proportion_significance(successes: ArrayLike, trials: ArrayLike, centre: float | None = None) -> Strings:
    """Where each proportion lies against the funnel about the pooled proportion (or the centre given)."""
    x, n = checks.counts(successes, "successes"), checks.sizes(trials, "trials")
    if (x > n).any():
        raise ValueError("successes must not exceed trials")
    known = np.isfinite(x + n)
    middle = float(x[known].sum() / n[known].sum()) if centre is None else centre
    limits, value = proportion_limits(middle, n), x / n
    high, low = [value > limits.outer_upper, value > limits.inner_upper], [value < limits.outer_lower, value < limits.inner_lower]
    return _labels(high, low, ~known)


def z_significance(z: ArrayLike) -> Strings:
    """The same five labels from z scores, e.g. those adjusted for overdispersion."""
    score = as_floats(z)
    cuts = [float(special.ndtri(1 - tail(level))) for level in (OUTER, INNER)]
    return _labels([score > cut for cut in cuts], [score < -cut for cut in cuts], ~np.isfinite(score))


def _labels(high: list[np.ndarray], low: list[np.ndarray], unjudged: np.ndarray) -> Strings:
    return np.select(
        [unjudged, *high, *low],
        ["not judged", "high 99.8", "high 95", "low 99.8", "low 95"],
        "not significant",
    ).astype(np.str_)


def transformed_scores(numerators: ArrayLike, denominators: ArrayLike, *, scale: Scale = "ratio") -> tuple[Floats, Floats]:
    """Deviation of each area from the pooled value on a steady scale, and its standard error.

    "ratio" (observed / expected, or events / population) takes square roots with standard error
    1 / (2 sqrt(expected)); "proportion" takes arcsines of square roots with 1 / (2 sqrt(n)).

    Source:
        Spiegelhalter et al. (2012), JRSS A 175; the scales FunnelPlotR uses.
    """
    checks.choice(scale, ("ratio", "proportion"), "scale")
    x, n = checks.counts(numerators, "numerators"), checks.sizes(denominators, "denominators")
    if scale == "proportion" and (x > n).any():
        raise ValueError("a proportion's numerators must not exceed its denominators")
    known = np.isfinite(x + n)
    if not known.any():
        raise ValueError("no area has both a numerator and a denominator")
    pooled = float(x[known].sum() / n[known].sum())
    if scale == "proportion":
        return np.arcsin(np.sqrt(x / n)) - float(np.arcsin(np.sqrt(pooled))), 1 / (2 * np.sqrt(n))
    return np.sqrt(x / n) - float(np.sqrt(pooled)), 1 / (2 * np.sqrt(n))


def winsorised(z: ArrayLike, share: float = 0.1) -> Floats:
    """Z scores with the lowest and highest `share` pulled in to those quantiles; NaN stays NaN."""
    score = as_floats(z)
    known = score[np.isfinite(score)]
    if not known.size:
        return score
    return np.clip(score, np.quantile(known, share), np.quantile(known, 1 - share))


def overdispersion(deviation: ArrayLike, standard_error: ArrayLike, *, share: float = 0.1) -> Overdispersion:
    """Between-area variance from winsorised z scores, and the z scores once it is allowed for.

    Args:
        deviation: each area's value less the common value, on a scale with a known standard error.
        standard_error: of each area, from chance alone.
        share: how much of each end is winsorised.

    Returns:
        tau2 by moments, nil where the areas differ no more than chance. With some 33 areas it is weakly
        determined: print it beside any verdict that uses it.

    Raises:
        ValueError: fewer than three areas are known.

    Source:
        Spiegelhalter (2005), Statistics in Medicine 24; DerSimonian & Laird (1986).
    """
    gap, error = as_floats(deviation), checks.sizes(standard_error, "standard errors")
    z = gap / error
    known = np.isfinite(z)
    number = int(known.sum())
    if number < 3:
        raise ValueError(f"overdispersion needs at least three areas, found {number}")
    phi = float((winsorised(z, share)[known] ** 2).mean())
    weight = 1 / error[known] ** 2
    spread = float(weight.sum() - (weight**2).sum() / weight.sum())
    tau2 = max(0.0, (number * phi - (number - 1)) / spread)
    median_error = float(np.median(error[known]))
    added = float(np.sqrt(median_error**2 + tau2) / median_error - 1)
    return Overdispersion(phi, tau2, added, number, z, gap / np.sqrt(error**2 + tau2))
