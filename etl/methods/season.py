"""The yearly pattern of a measure, pooled over areas."""

from dataclasses import dataclass

import numpy as np

from etl.methods import special
from etl.methods.arrays import ArrayLike, Bools, Floats, Labels, as_floats, label_codes
from etl.methods.glm import fit_quasi_poisson, month_contrasts

# Fewer months than two years cannot part season from trend.
LEAST_MONTHS = 24
MEAN_DAYS = 30.4375


@dataclass(frozen=True)
class SeasonIndex:
    """Twelve monthly factors, January first, whose mean is 1.

    Attributes:
        index: factors after shrinkage, shape (12,); all 1 where the pattern cannot be told from noise.
        raw_index: factors before shrinkage.
        standard_error: of the log of each raw factor.
        strength: share of the raw pattern kept, 0 to 1.
        f_statistic: of no season, on 11 and `freedom` degrees of freedom.
        freedom: residual degrees of freedom.
        dispersion: variance over mean of the pooled counts about the fit.
        months_used: months that entered.
        is_usable: false below 24 months, or where a month of the year was never seen.
    """

    index: Floats
    raw_index: Floats
    standard_error: Floats
    strength: float
    f_statistic: float
    freedom: float
    dispersion: float
    months_used: int
    is_usable: bool

    @property
    def p_value(self) -> float:
        """Of no season; NaN where nothing could be fitted."""
        return float(special.fdtrc(11, self.freedom, self.f_statistic))


def seasonal_index(
    counts: ArrayLike,
    months: ArrayLike,
    days: ArrayLike,
    *,
    keep: ArrayLike | None = None,
    segments: Labels | None = None,
) -> SeasonIndex:
    """Monthly index pooled over the areas of one measure, per calendar day, trend and breaks taken out.

    Args:
        counts: shape (T,) or (N, T), one row per area; NaN where missing. A month some areas lack is scaled by
            the share of events the others usually hold.
        months: month of the year of each period, 1 to 12, shape (T,).
        days: calendar days in each period, shape (T,).
        keep: false for months to leave out (Covid, months around a break), shape (T,).
        segments: label per period; the level may step wherever it changes.

    Returns:
        The quasi-Poisson month effects about a trend of straight pieces, one knot a year, shrunk towards 1 by
        how far they stand out from noise: 1 - (9/11)/F, nil when F is below that.
    """
    table = np.atleast_2d(as_floats(counts))
    month = np.asarray(months, dtype=np.int64)
    total, share = _pooled(table)
    used = np.isfinite(total) & (share > 0.5)
    if keep is not None:
        used &= np.asarray(keep, dtype=np.bool_)
    number = int(used.sum())
    if number < LEAST_MONTHS or np.unique(month[used]).size < 12 or total[used].sum() == 0:
        return _flat_index(number)
    trend = _trend_columns(used, label_codes(segments, month.shape[0]))
    design = np.column_stack([month_contrasts(month), trend])
    pooled = np.where(used, total, np.nan)
    fit = fit_quasi_poisson(pooled, design, as_floats(days) * np.where(share > 0, share, np.nan))
    beta, covariance = fit.coefficients[0, :11], fit.covariance[0, :11, :11]
    freedom = float(fit.freedom[0])
    if freedom < 1:
        return _flat_index(number)
    f_statistic = float(beta @ np.linalg.pinv(covariance, hermitian=True) @ beta / 11)
    strength = max(0.0, 1 - (9 / 11) / f_statistic) if f_statistic > 0 else 0.0
    expand = np.vstack([np.eye(11), -np.ones(11)])
    effect = expand @ beta
    error = np.sqrt(np.einsum("mk,kl,ml->m", expand, covariance, expand))
    return SeasonIndex(
        _unit_mean(np.exp(strength * effect)),
        _unit_mean(np.exp(effect)),
        error,
        strength,
        f_statistic,
        freedom,
        float(fit.dispersion[0]),
        number,
        is_usable=True,
    )


def season_exposure(index: ArrayLike, months: ArrayLike, days: ArrayLike) -> Floats:
    """What each month's count is expected to be, as a multiple of a mean month: index x days / 30.4375.

    Divide counts by it to adjust them; use it as the exposure of a model to keep counts as they are.
    """
    month = np.asarray(months, dtype=np.int64)
    return np.asarray(as_floats(index)[month - 1] * as_floats(days) / MEAN_DAYS)


def _pooled(table: Floats) -> tuple[Floats, Floats]:
    """Sum over areas of each period, and the share of a usual month's events held by the areas present."""
    seen = np.isfinite(table)
    known = seen.sum(axis=1)
    level = np.divide(np.where(seen, table, 0.0).sum(axis=1), known, out=np.zeros(table.shape[0]), where=known > 0)
    total = np.where(seen, table, 0.0).sum(axis=0)
    whole = level.sum()
    share = (seen * level[:, None]).sum(axis=0) / whole if whole > 0 else np.zeros(table.shape[1])
    return np.where(seen.any(axis=0), total, np.nan), share


def _trend_columns(used: Bools, codes: np.ndarray) -> Floats:
    """A level per segment and a line with a knot every twelve used months."""
    time = np.arange(used.size, dtype=np.float64)
    at = time[used]
    knots = at[np.arange(12, at.size - 11, 12)] if at.size > 35 else np.array([])
    levels = [codes == code for code in np.unique(codes[used])]
    bends = [np.maximum(time - knot, 0.0) / 12 for knot in knots]
    return np.column_stack([*levels, (time - at.mean()) / 12, *bends]).astype(np.float64)


def _unit_mean(factors: Floats) -> Floats:
    return np.asarray(factors / factors.mean())


def _flat_index(months_used: int) -> SeasonIndex:
    nan = float("nan")
    return SeasonIndex(np.ones(12), np.ones(12), np.full(12, np.nan), 0.0, nan, nan, nan, months_used, is_usable=False)
