"""How far counts stray from independent Poisson: dispersion and month-to-month autocorrelation."""

from typing import NamedTuple

import numpy as np

from etl.methods.arrays import ArrayLike, Floats, Labels, as_floats, label_codes


class PooledAutocorrelation(NamedTuple):
    """Lag-1 autocorrelation pooled over series, how many neighbouring pairs it rests on, and the widening it asks."""

    r: float
    pairs: int
    inflation: float


def inflation(r: ArrayLike) -> Floats:
    """How much the standard error of a mean grows with lag-1 autocorrelation: sqrt((1 + r) / (1 - r)).

    Negative r gives 1: limits are never narrowed. r is held below 0.95.
    """
    held = np.clip(as_floats(r), 0.0, 0.95)
    return np.asarray(np.sqrt((1 + held) / (1 - held)))


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


def negative_binomial_size(mean: ArrayLike, dispersion: ArrayLike) -> Floats:
    """The size k of a negative binomial with this mean and variance = dispersion x mean; infinite if Poisson."""
    m, phi = as_floats(mean), as_floats(dispersion)
    return np.asarray(np.divide(m, phi - 1, out=np.full(np.broadcast(m, phi).shape, np.inf), where=phi > 1))
