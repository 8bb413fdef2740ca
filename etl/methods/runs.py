"""Anhoej's runs analysis: unusually long runs or unusually few crossings of the centre line."""

from typing import NamedTuple

import numpy as np
from scipy import special

from etl.methods.arrays import ArrayLike, as_floats


class Runs(NamedTuple):
    """Runs analysis of one series. `useful` counts the points not on the centre line and not missing."""

    useful: int
    longest_run: int
    longest_run_limit: float
    crossings: int
    crossings_limit: float
    has_signal: bool


def runs(values: ArrayLike, centre: ArrayLike, *, include: ArrayLike | None = None) -> Runs:
    """Longest run and crossings of a series about its centre line, with their limits.

    Args:
        values: shape (T,), NaN where missing.
        centre: the line, one number or one per point.
        include: false for points left out of the analysis, shape (T,).

    Returns:
        Limits are NaN, and there is no signal, when no point is useful. A signal is a longest run above
        round(log2 n) + 3 or fewer crossings than the 5th percentile of a fair coin's n - 1 tosses.

    Source:
        Anhoej & Olesen (2014), PLoS ONE 9(11); published expectations of qicharts2.
    """
    difference = as_floats(values) - as_floats(centre)
    if include is not None:
        difference = np.where(np.asarray(include, dtype=np.bool_), difference, np.nan)
    sides = np.sign(difference[np.isfinite(difference)])
    sides = sides[sides != 0]
    number = int(sides.size)
    if number == 0:
        return Runs(0, 0, float("nan"), 0, float("nan"), has_signal=False)
    changes = np.flatnonzero(sides[1:] != sides[:-1])
    edges = np.concatenate([[-1], changes, [number - 1]])
    longest, crossings = int(np.diff(edges).max()), int(changes.size)
    run_limit = float(np.rint(np.log2(number)) + 3)
    crossing_limit = float(binomial_quantile(0.05, number - 1, 0.5))
    return Runs(
        number,
        longest,
        run_limit,
        crossings,
        crossing_limit,
        has_signal=longest > run_limit or crossings < crossing_limit,
    )


def binomial_quantile(probability: float, trials: int, chance: float) -> int:
    """The smallest k with P(X <= k) at least `probability`, for X binomial."""
    successes = np.arange(trials + 1, dtype=np.float64)
    cumulative = np.asarray(special.bdtr(successes, trials, chance))
    return int(np.searchsorted(cumulative, probability * (1 - 1e-12)))
