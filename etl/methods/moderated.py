"""Dispersion borrowed across the areas of a measure: a dozen months tell one area little, 32 areas tell a lot."""

from typing import NamedTuple

import numpy as np
from scipy import optimize, special

from etl.methods.arrays import ArrayLike, Floats, as_floats, nan_mean, nan_variance

# Beyond this the areas are as good as alike, and the normal distribution does as well.
MOST_FREEDOM = 1_000.0


class DispersionPrior(NamedTuple):
    """What the areas together say of one: a dispersion (variance over mean) worth so many degrees of freedom."""

    dispersion: float
    freedom: float


def dispersion_prior(adjusted_counts: ArrayLike, in_baseline: ArrayLike) -> DispersionPrior:
    """The dispersion areas of a measure share, and how far they agree on it.

    Args:
        adjusted_counts: counts per mean month with the season taken out, shape (N, T); NaN where missing.
        in_baseline: true for the months it rests on, shape (T,).

    Returns:
        Dispersion 1 on 0 degrees of freedom (no help) with fewer than three areas of mean 1 or more.

    Source:
        Smyth (2004), Statistical Applications in Genetics and Molecular Biology 3: moments of log variances.
    """
    series = np.where(np.asarray(in_baseline, dtype=np.bool_), np.atleast_2d(as_floats(adjusted_counts)), np.nan)
    mean, variance = nan_mean(series), nan_variance(series)
    number = np.isfinite(series).sum(axis=-1)
    used = (number >= 3) & (mean >= 1) & (variance > 0)
    if used.sum() < 3:
        return DispersionPrior(1.0, 0.0)
    half = (number[used] - 1) / 2
    logs = np.log(variance[used] / mean[used]) - special.digamma(half) + np.log(half)
    excess = float(logs.var(ddof=1) - special.polygamma(1, half).mean())
    freedom = MOST_FREEDOM if excess <= 0 else min(2 * _trigamma_inverse(excess), MOST_FREEDOM)
    # The plain mean, not Smyth's mean of logs: counts are skewed, and logs would promise too narrow a spread.
    centre = float((variance[used] / mean[used]).mean())
    return DispersionPrior(max(centre, 1.0), freedom)


def moderated_variance(mean: ArrayLike, variance: ArrayLike, months: ArrayLike, prior: DispersionPrior) -> tuple[Floats, Floats]:
    """Each area's variance drawn towards what its mean and the shared dispersion imply, never below Poisson.

    Args:
        mean: of each area's baseline months.
        variance: sample variance of the same months.
        months: how many they are.
        prior: from `dispersion_prior`.

    Returns:
        (variance, degrees of freedom), one per area.
    """
    own = np.maximum(as_floats(months) - 1.0, 0.0)
    level = as_floats(mean)
    total = own + prior.freedom
    blended = (own * as_floats(variance) + prior.freedom * prior.dispersion * level) / np.where(total > 0, total, np.nan)
    return np.maximum(blended, level), total


def _trigamma_inverse(value: float) -> float:
    """The x with trigamma(x) equal to a value above zero."""
    return float(optimize.brentq(lambda x: float(special.polygamma(1, x)) - value, 1e-3, 1e6))
