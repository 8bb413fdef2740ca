"""Has the level of a series changed? The judged months together against a baseline, for many series at once."""

from typing import NamedTuple

import numpy as np
from scipy import special

from etl.methods.arrays import ArrayLike, Floats, Ints, as_floats, nan_mean, nan_variance, tail
from etl.methods.autocorrelation import inflation
from etl.methods.intervals import Estimate
from etl.methods.moderated import DispersionPrior, moderated_variance

RANGE_PER_DEVIATION = 1.128


class PeriodChange(NamedTuple):
    """Judged months against baseline months; each field has the shape of the series without time.

    `ratio` is judged mean over baseline mean, `difference` judged less baseline in counts a month, both with
    limits. `p_value` is two-sided of no change. `spread` is the month-to-month standard deviation used.
    """

    ratio: Estimate
    difference: Estimate
    p_value: Floats
    spread: Floats
    baseline_mean: Floats
    baseline_months: Ints
    judged_months: Ints


def period_change(
    adjusted_counts: ArrayLike,
    in_baseline: ArrayLike,
    judged: ArrayLike,
    *,
    autocorrelation: ArrayLike = 0.0,
    dispersion: ArrayLike = 1.0,
    prior: DispersionPrior | None = None,
    level: float = 0.95,
) -> PeriodChange:
    """Mean of the judged months against the baseline mean, with a spread that crime series earn.

    Args:
        adjusted_counts: counts per mean month with the season taken out, shape (T,) or (N, T); NaN where missing.
        in_baseline: true for the months the expectation rests on, shape (T,).
        judged: true for the months judged, shape (T,); no month may be in both.
        autocorrelation: lag-1, pooled over the measure; negative counts as nil.
        dispersion: variance over mean that months of this measure are known to have; the spread is never less.
        prior: what the areas of the measure together say of its dispersion; see `moderated.dispersion_prior`.
        level: two-sided.

    Returns:
        The spread is the larger of the moving-range and the ordinary standard deviation of the baseline, never
        below Poisson, widened by sqrt((1 + r) / (1 - r)); limits use Student's t with baseline months less one.
        With a prior the spread is the area's own drawn towards the shared one, and t has the freedom of both.
        NaN below three baseline months or without a judged one.

    Raises:
        ValueError: a month is both baseline and judged.
    """
    series = as_floats(adjusted_counts)
    base, later = np.asarray(in_baseline, dtype=np.bool_), np.asarray(judged, dtype=np.bool_)
    if (base & later).any():
        raise ValueError("a month cannot be both baseline and judged")
    before, after = np.where(base, series, np.nan), np.where(later, series, np.nan)
    number_before, number_after = np.isfinite(before).sum(axis=-1), np.isfinite(after).sum(axis=-1)
    mean_before, mean_after = nan_mean(before), nan_mean(after)
    ranged = nan_mean(np.abs(np.diff(before, axis=-1))) / RANGE_PER_DEVIATION
    # A series without events still varies as if it had had half a one.
    least = np.maximum(mean_before, 0.5 / np.maximum(number_before, 1)) * np.maximum(as_floats(dispersion), 1.0)
    spread = np.sqrt(np.fmax(np.fmax(ranged**2, nan_variance(before)), least))
    freedom = number_before - 1.0
    if prior is not None:
        moderated, freedom = moderated_variance(mean_before, nan_variance(before), number_before, prior)
        spread = np.sqrt(np.fmax(moderated, least))
    enough = (number_before >= 3) & (number_after >= 1)
    share = 1 / np.maximum(number_before, 1) + 1 / np.maximum(number_after, 1)
    error = np.where(enough, spread * inflation(autocorrelation) * np.sqrt(share), np.nan)
    gap, freedom = mean_after - mean_before, np.where(enough, freedom, np.nan)
    half = special.stdtrit(freedom, 1 - tail(level)) * error
    p_value = 2 * special.stdtr(freedom, -np.abs(gap / error))
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = Estimate(*(np.maximum(1 + part / mean_before, 0.0) for part in (gap, gap - half, gap + half)))
    return PeriodChange(
        ratio,
        Estimate(gap, gap - half, gap + half),
        np.asarray(p_value),
        spread,
        mean_before,
        number_before.astype(np.int64),
        number_after.astype(np.int64),
    )
