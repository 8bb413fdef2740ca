"""How far counts stray from independent Poisson: dispersion and month-to-month autocorrelation."""

from typing import NamedTuple

import numpy as np

from etl.methods.arrays import ArrayLike, Floats, Labels, as_floats, label_codes, nan_mean

TRIED: Floats = np.linspace(0.0, 0.95, 39)
"""Correlations tried in `lag1_about_lines`."""
LEAST_ON_A_LINE = 5


class PooledAutocorrelation(NamedTuple):
    """Lag-1 autocorrelation pooled over series, how many neighbouring pairs it rests on, and the widening it asks."""

    r: float
    pairs: int
    inflation: float


def inflation(r: ArrayLike) -> Floats:
    """How much the standard error of a mean grows with lag-1 autocorrelation: sqrt((1 + r) / (1 - r)).

    Negative r gives 1: limits are never narrowed. r is held below 0.95.
    """
    bounded = np.clip(as_floats(r), 0.0, 0.95)
    return np.asarray(np.sqrt((1 + bounded) / (1 - bounded)))


def lag1_pooled(residuals: ArrayLike, *, segments: Labels | None = None) -> PooledAutocorrelation:
    """Lag-1 autocorrelation of residuals, pooled over series of one measure.

    Args:
        residuals: shape (T,) or (N, T), about their own mean in each segment; NaN where missing or left out.
        segments: label per period; no pair is formed across a change.

    Returns:
        r corrected for the mean having been estimated from the same points, about -(1 + 3r) / n. NaN with
        fewer than 3 pairs.
    """
    table = np.atleast_2d(as_floats(residuals))
    codes = label_codes(segments, table.shape[1])
    product, square, pairs, known, means = 0.0, 0.0, 0, 0, 0
    for code in np.unique(codes):
        part = table[:, codes == code]
        seen = np.isfinite(part)
        number = seen.sum(axis=1)
        used = number >= 3
        part, seen, number = part[used], seen[used], number[used]
        centred = np.where(seen, part, 0.0)
        centred = np.where(seen, part - (centred.sum(axis=1) / number)[:, None], 0.0)
        # Series on unlike scales count alike.
        deviation = np.sqrt((centred**2).sum(axis=1) / number)
        centred = centred / np.where(deviation > 0, deviation, 1.0)[:, None]
        both = seen[:, 1:] & seen[:, :-1]
        product += float((centred[:, 1:] * centred[:, :-1])[both].sum())
        square += float((centred**2).sum())
        pairs += int(both.sum())
        known += int(number.sum())
        means += int(used.sum())
    if pairs < 3 or square == 0:
        return PooledAutocorrelation(float("nan"), pairs, 1.0)
    raw = (product / pairs) / (square / known)
    length = known / means
    r = float(np.clip((raw + 1 / length) / (1 - 3 / length) if length > 3 else raw, -0.99, 0.99))
    return PooledAutocorrelation(r, pairs, float(inflation(r)))


def lag1_about_lines(values: ArrayLike, segments: Labels) -> PooledAutocorrelation:
    """Lag-1 autocorrelation of series about a straight line in each segment, pooled over series of one measure.

    A line fitted to few points takes part of their likeness with it, so what the residuals show is set against what residuals of
    such lines would show at each correlation from 0 to 0.95.

    Args:
        values: shape (T,) or (N, T); a segment in which a series lacks a point is left out for that series.
        segments: label per period, shape (T,); no line or pair reaches across a change.

    Returns:
        r between 0 and 0.95. NaN where no segment of five points or more is whole.

    Source:
        Moments of residuals under a linear smoother, as in `drift`.
    """
    table = np.atleast_2d(as_floats(values))
    codes = label_codes(segments, table.shape[1])
    # Series on unlike scales count alike. Their own residuals must not be the scale: divided by them, few points look less alike.
    level = np.abs(nan_mean(table))
    table = table / np.where(level > 0, level, 1.0)[:, None]
    product, square, pairs = 0.0, 0.0, 0
    expected, base = np.zeros(TRIED.size), np.zeros(TRIED.size)
    for code in np.unique(codes):
        part = table[:, codes == code]
        part = part[np.isfinite(part).all(axis=1)]
        number = part.shape[1]
        if number < LEAST_ON_A_LINE or part.shape[0] == 0:
            continue
        design = np.column_stack([np.ones(number), np.arange(number)])
        left = np.eye(number) - design @ np.linalg.pinv(design)
        residual = part @ left.T
        product += float((residual[:, 1:] * residual[:, :-1]).sum())
        square += float((residual**2).sum())
        pairs += part.shape[0] * (number - 1)
        apart = np.abs(np.arange(number)[:, None] - np.arange(number)[None, :])
        for place, r in enumerate(TRIED):
            covariance = left @ r**apart @ left.T
            expected[place] += part.shape[0] * float(np.diagonal(covariance, 1).sum())
            base[place] += part.shape[0] * float(covariance.trace())
    if square == 0:
        return PooledAutocorrelation(float("nan"), pairs, 1.0)
    r = float(np.interp(product / square, expected / base, TRIED))
    return PooledAutocorrelation(r, pairs, float(inflation(r)))


def pearson_dispersion(counts: ArrayLike, expected: ArrayLike, parameters: int = 1) -> Floats:
    """Variance over mean of counts about their expected values, over the last axis; 1 if Poisson.

    Args:
        counts: shape (T,) or (N, T); NaN where missing.
        expected: what they were expected to be, same shape.
        parameters: how many each series' expected values were fitted with.

    Returns:
        NaN where too few points are left.
    """
    x, e = as_floats(counts), as_floats(expected)
    seen = np.isfinite(x + e) & (e > 0)
    score = np.where(seen, (x - e) ** 2 / np.where(seen, e, 1.0), 0.0).sum(axis=-1)
    freedom = seen.sum(axis=-1) - parameters
    return np.asarray(np.divide(score, freedom, out=np.full(np.shape(freedom), np.nan), where=freedom > 0))
