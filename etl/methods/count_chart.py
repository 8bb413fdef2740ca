"""Exact limits for small counts: what a Poisson month may bring, where three standard deviations mislead."""

import numpy as np
from scipy import special

from etl.methods import checks
from etl.methods.arrays import ArrayLike, Floats, Labels, as_floats, label_codes, tail
from etl.methods.control_charts import ControlLimits

# The two-sided chances that three and two standard deviations leave inside under a normal distribution.
FAR = 0.9973
NEAR = 0.9545


def poisson_quantile(probability: float, mean: ArrayLike) -> Floats:
    """The smallest whole count k with P(X <= k) at least `probability`, for X Poisson; NaN where the mean is."""
    expected = as_floats(mean)
    above = np.where(expected > 0, expected, 1.0)
    count = np.maximum(np.ceil(special.pdtrik(probability, above) - 1e-9), 0.0)
    return np.where(np.isfinite(expected), np.where(expected > 0, count, 0.0), np.nan)


def exact_count_chart(
    counts: ArrayLike, exposure: ArrayLike = 1.0, *, groups: Labels | None = None, include: ArrayLike | None = None
) -> ControlLimits:
    """Count chart with exact Poisson limits, for series with a mean below about 10.

    Args:
        counts: shape (T,), NaN where missing.
        exposure: what each count is expected to be in proportion to (season index x days), one number or (T,).
        groups: label per point; the mean starts again wherever it changes.
        include: false for points that must not enter the mean.

    Returns:
        Limits are whole counts that are still inside; a count beyond them had a chance below 0.135% that side.
        The lower limit is nil, and nothing lies below it, unless a month without events would itself be rarer.
    """
    series = checks.counts(counts, "counts")
    size = np.broadcast_to(as_floats(exposure), series.shape)
    codes = label_codes(groups, series.shape[0])
    usable = np.isfinite(series * size) & (True if include is None else np.asarray(include, dtype=np.bool_))
    centre = np.full(series.shape, np.nan)
    for code in np.unique(codes):
        at = codes == code
        known = at & usable
        if known.any():
            centre[at] = series[known].sum() / size[known].sum() * size[at]
    far, near = tail(FAR), tail(NEAR)
    limits = [poisson_quantile(chance, centre) for chance in (far, 1 - far, near, 1 - near)]
    return ControlLimits(series, centre, *limits)
