"""Interrupted series: did the level or the slope change when something was done?"""

from dataclasses import dataclass

import numpy as np

from etl.methods.arrays import ArrayLike, Floats, as_floats, normal_quantile
from etl.methods.autocorrelation import PooledAutocorrelation, lag1_pooled
from etl.methods.glm import fit_quasi_poisson, fourier
from etl.methods.intervals import Estimate

LEAST_POINTS = 8


@dataclass(frozen=True)
class InterruptedSeries:
    """What followed an intervention, against what the earlier series (and any comparison) led one to expect.

    Attributes:
        step: rate ratio at the start, 1 for no change.
        slope: ratio by which each later period changes beyond the old slope, 1 for no change.
        ending: rate ratio in the last period, step and slope together.
        difference: events after the start less those expected, with limits (negative: fewer).
        fitted: expected counts with the change, shape (T,).
        counterfactual: expected counts without it, with limits of the mean, shape (T,); NaN before the start.
        dispersion: variance over mean about the fit.
        autocorrelation: of the residuals; limits are widened by its inflation.
        points_before, points_after: how many periods the answer rests on.
    """

    step: Estimate
    slope: Estimate
    ending: Estimate
    difference: Estimate
    fitted: Floats
    counterfactual: Estimate
    dispersion: float
    autocorrelation: PooledAutocorrelation
    points_before: int
    points_after: int


def interrupted_series(
    counts: ArrayLike,
    start: int,
    *,
    exposure: ArrayLike = 1.0,
    comparison: ArrayLike | None = None,
    comparison_exposure: ArrayLike = 1.0,
    phase: ArrayLike | None = None,
    harmonics: int = 2,
    level: float = 0.95,
) -> InterruptedSeries:
    """Quasi-Poisson fit with trend, season, a step and a change of slope at `start`.

    Args:
        counts: shape (T,), evenly spaced; NaN where missing or left out.
        start: position of the first period after the change.
        exposure: days or people behind each count.
        comparison: counts of places where nothing was done; the step and slope are then those beyond theirs.
        comparison_exposure: days or people behind each comparison count.
        phase: place of each period in the year, 0 to 1 (month number / 12); None leaves the season out.
        harmonics: pairs of Fourier terms for the season.
        level: of the limits.

    Returns:
        Limits allow for dispersion and, by sqrt((1 + r) / (1 - r)), for autocorrelation of the residuals.

    Raises:
        ValueError: fewer than 8 known periods, or no events, before or after the start.

    Source:
        Bernal, Cummins & Gasparrini (2017), Int. J. Epidemiology 46; (2018) 47 for comparison series.
    """
    y = as_floats(counts)
    length = y.shape[0]
    time = np.arange(length, dtype=np.float64)
    known = np.isfinite(y)
    before, after = int(known[:start].sum()), int(known[start:].sum())
    if min(before, after) < LEAST_POINTS:
        raise ValueError(f"needs {LEAST_POINTS} known periods on each side, found {before} and {after}")
    if not np.nansum(y[:start]) > 0 or not np.nansum(y[start:]) > 0:
        raise ValueError("needs events on each side: a ratio to nil cannot be fitted")
    if comparison is not None and as_floats(comparison).shape != y.shape:
        raise ValueError(f"expected {length} comparison counts, found {as_floats(comparison).size}")
    changed = np.column_stack([time >= start, np.maximum(time - start, 0.0)]).astype(np.float64)
    common = [np.ones(length), (time - start) / 12]
    season = [] if phase is None else [fourier(phase, harmonics)]
    base = np.column_stack([*common, *season])
    size = np.broadcast_to(as_floats(exposure), y.shape)
    series, sizes, design = y, size, np.column_stack([changed, base])
    if comparison is not None:
        # Treated rows carry every column; comparison rows share season, and the change common to both.
        other = np.broadcast_to(as_floats(comparison_exposure), y.shape)
        treated = np.column_stack([changed, np.column_stack(common), changed, base])
        control = np.column_stack([np.zeros((length, 4)), changed, base])
        design = np.concatenate([treated, control])
        series, sizes = np.concatenate([y, as_floats(comparison)]), np.concatenate([size, other])
    fit = fit_quasi_poisson(series, design, sizes)
    beta, fitted = fit.coefficients[0], fit.fitted[0, :length]
    residuals = np.where(known, (y - fitted) / np.sqrt(fitted), np.nan)
    lag = lag1_pooled(residuals)
    covariance = fit.covariance[0] * lag.inflation**2
    z = normal_quantile(level)

    def ratio(contrast: Floats) -> Estimate:
        middle, error = float(contrast @ beta), float(np.sqrt(contrast @ covariance @ contrast))
        return Estimate(*(np.asarray(np.exp(middle + k * error)) for k in (0.0, -z, z)))

    width = design.shape[1]
    last = np.zeros(width)
    last[:2] = changed[-1]
    without = design[:length].copy()
    without[:, :2] = 0.0
    is_after = time >= start
    log_mean = without @ beta + np.log(size)
    log_error = np.sqrt(np.einsum("tk,kl,tl->t", without, covariance, without))
    counterfactual = Estimate(*(np.where(is_after, np.exp(log_mean + k * log_error), np.nan) for k in (0.0, -z, z)))
    return InterruptedSeries(
        step=ratio(np.eye(width)[0]),
        slope=ratio(np.eye(width)[1]),
        ending=ratio(last),
        difference=_total_difference(
            y, np.exp(log_mean), without, covariance, known & is_after, float(fit.dispersion[0]), lag.inflation, z
        ),
        fitted=fitted,
        counterfactual=counterfactual,
        dispersion=float(fit.dispersion[0]),
        autocorrelation=lag,
        points_before=before,
        points_after=after,
    )


def _total_difference(
    counts: Floats,
    expected: Floats,
    design: Floats,
    covariance: Floats,
    at: np.ndarray,
    dispersion: float,
    inflation: float,
    z: float,
) -> Estimate:
    """Observed less expected over the later periods: model error (delta method) and the counts' own noise."""
    gradient = expected[at] @ design[at]
    model = float(gradient @ covariance @ gradient)
    noise = dispersion * float(expected[at].sum()) * inflation**2
    total = float((counts[at] - expected[at]).sum())
    half = z * float(np.sqrt(model + noise))
    return Estimate(np.asarray(total), np.asarray(total - half), np.asarray(total + half))
