"""Ranges and p values that hold on real windows: scores of what happened, ranked among those of windows like it.

A score is how far a total came out from its expectation on the root scale, in the model's own standard deviations. Whatever the
model believes, the share of past windows whose score lay further out is what decides (conformal prediction; Vovk, Gammerman and
Shafer 2005).
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from etl.methods.arrays import ArrayLike, Bools, Floats, as_floats
from etl.methods.level_path import SHIFT, Ahead

TAILS = (0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001)
"""Shares of windows whose scores lie at or beyond each number of a row of quantiles."""
LEAST_P = 0.0005


class Sum(NamedTuple):
    """A total that is expected: its centre on the root scale and the standard deviation there, any one shape."""

    root: Floats
    deviation: Floats

    @property
    def expected(self) -> Floats:
        """The centre, as a count."""
        return np.asarray(np.maximum(self.root**2 / 4 - SHIFT, 0.0))


def total(models: Sequence[Ahead], months: ArrayLike) -> Sum:
    """The total of some of the months ahead as the mean of several models sees it.

    Args:
        models: expectations of the same N series and H months.
        months: which count, as 1 and 0 (or true and false), shape (N, H).

    Returns:
        Each part of shape (N,); a root of no months is that of nil.
    """
    mask = as_floats(months)
    roots, deviations = [], []
    for model in models:
        rate = (model.rates * mask).sum(axis=1)
        variance = np.einsum("nh,nhk,nk->n", mask, model.covariance, mask)
        roots.append(2 * np.sqrt(rate + SHIFT))
        deviations.append(np.sqrt(variance / np.maximum(rate, 0.1)))
    return Sum(np.mean(roots, axis=0), np.maximum(np.mean(deviations, axis=0), 1e-6))


def score(observed: ArrayLike, expected: Sum) -> Floats:
    """How far a count came out above (below: negative) its expectation, in standard deviations on the root scale."""
    return np.asarray((2 * np.sqrt(as_floats(observed) + SHIFT) - expected.root) / expected.deviation)


def limits(expected: Sum, factor: ArrayLike) -> tuple[Floats, Floats]:
    """The smallest and the largest whole number within so many standard deviations of the expectation."""
    wide = as_floats(factor) * expected.deviation
    lower = np.maximum(expected.root - wide, 2 * np.sqrt(SHIFT)) ** 2 / 4 - SHIFT
    upper = np.maximum(expected.root + wide, 2 * np.sqrt(SHIFT)) ** 2 / 4 - SHIFT
    # The whole numbers about the centre are always inside. Nil is nil: rounding up from below it would print "-0".
    smallest = np.minimum(np.ceil(lower - 1e-9), np.floor(expected.expected)) + 0.0
    return np.asarray(smallest), np.asarray(np.maximum(np.floor(upper + 1e-9), np.ceil(expected.expected)) + 0.0)


def share_limits(observed: ArrayLike, expected: Sum, factor: ArrayLike) -> tuple[Floats, Floats]:
    """The change, as a share of what was expected, that what was observed leaves possible: (lower, upper).

    What was observed over the top and over the bottom of the range of an unchanged series; both lie on one side of nought exactly
    where the count is outside that range. Half an event stands for none.
    """
    wide = as_floats(factor) * expected.deviation
    roots = (expected.root + wide, np.maximum(expected.root - wide, 2 * np.sqrt(SHIFT)))
    seen = as_floats(observed)
    above, below = (np.maximum(root**2 / 4 - SHIFT, 0.5) for root in roots)
    return np.asarray(seen / above - 1), np.asarray(np.maximum(seen, 0.5) / below - 1)


def conformal_quantile(scores: ArrayLike, level: float) -> float:
    """The score that at least so large a share of new ones like these keeps within: the ceil((n + 1) level)-th smallest.

    The largest one where there are too few to promise the level; NaN without any.
    """
    ordered = np.sort(np.abs(as_floats(scores)))
    ordered = ordered[np.isfinite(ordered)]
    if ordered.size == 0:
        return float("nan")
    place = int(np.ceil((ordered.size + 1) * level - 1e-9))
    return float(ordered[min(max(place, 1), ordered.size) - 1])


def tail_quantiles(statistics: ArrayLike) -> tuple[float, ...]:
    """The statistic that each share of `TAILS` of these windows lies at or beyond, rising."""
    return tuple(conformal_quantile(statistics, 1 - tail) for tail in TAILS)


def p_value(statistic: ArrayLike, quantiles: ArrayLike) -> Floats:
    """The share of real windows with a statistic as large, between the quantiles by the logarithm of the share.

    Args:
        statistic: nought or more, shape (N,).
        quantiles: those of `tail_quantiles` for each, shape (N, len(TAILS)).

    Returns:
        From 1 at nought to `LEAST_P`, shape (N,); beyond the last quantile as steeply as before it.
    """
    seen, rows = as_floats(statistic), as_floats(quantiles)
    out = np.ones(seen.shape)
    logs = np.log(np.array([1.0, *TAILS]))
    for i, (value, row) in enumerate(zip(seen, rows, strict=True)):
        knots = np.maximum.accumulate(np.concatenate([[0.0], row]))
        if value <= knots[-1]:
            out[i] = np.exp(np.interp(value, knots, logs))
            continue
        steep = (logs[-1] - logs[-4]) / max(knots[-1] - knots[-4], 1e-6)
        out[i] = np.exp(logs[-1] + steep * (value - knots[-1]))
    return np.asarray(np.clip(out, LEAST_P, 1.0))


def is_outside(observed: ArrayLike, lower: ArrayLike, upper: ArrayLike) -> Bools:
    """Whether a count lies beyond a range; one on a limit lies inside."""
    seen = as_floats(observed)
    return np.asarray((seen < as_floats(lower)) | (seen > as_floats(upper)), dtype=np.bool_)
