"""Has the mean of the judged months moved from the mean of the baseline months? The arithmetic, for many series at once.

Counts are compared on the square-root scale, where the spread of a count hardly depends on its size, so one rule serves a borough with
three offences a month and London with seventy thousand. The spread is never below Poisson; it grows with the overdispersion and
the month-to-month drift seen in the baseline. A borough's own overdispersion is steadied by that of all boroughs for the measure.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from scipy import special

from etl.methods.arrays import Bools, Floats
from etl.methods.autocorrelation import inflation, lag1_pooled

PRIOR_MONTHS = 12.0
"""How many months of a borough's own evidence the other boroughs' overdispersion counts for."""
MOST_DRIFT = 0.6
LEAST_DRIFT = 0.15
"""Lag-1 autocorrelation taken at least: pooled over the recorded-crime measures it is about this (see the calibration table)."""


@dataclass(frozen=True)
class Spread:
    """How a measure's counts scatter: `excess` c in variance = mean + c mean^2 pooled over areas, and the lag-1 autocorrelation."""

    excess: float
    drift: float


class Change(NamedTuple):
    """Judged months against baseline, each shape (N,); NaN where there is nothing to compare.

    `ratio` is observed over expected; `error` its standard error on the log scale; `dispersion` variance over mean of one month.
    """

    level: Floats
    observed: Floats
    expected: Floats
    z: Floats
    p_value: Floats
    ratio: Floats
    error: Floats
    dispersion: Floats
    freedom: Floats


def spread_of(counts: Floats, exposure: Floats, baseline: Bools) -> Spread:
    """The scatter of a measure's areas about their own baseline means.

    Args:
        counts: shape (N, T); NaN where missing.
        exposure: expected share of a mean month, shape (T,).
        baseline: months that enter, shape (N, T).
    """
    level = baseline_level(counts, exposure, baseline)
    scaled, freedom = _scaled_residuals(counts, exposure, baseline, level)
    usable = (freedom > 0) & (level > 0)
    if not usable.any():
        return Spread(0.0, LEAST_DRIFT)
    # Each area's variance over mean is 1 + c x mean; c by least squares on the mean, so that large areas settle it.
    over = np.nansum(scaled[usable] ** 2, axis=1) / freedom[usable] - 1
    excess = max(0.0, float((over * level[usable]).sum() / (level[usable] ** 2).sum()))
    drift = lag1_pooled(scaled[usable]).r
    return Spread(excess, float(np.clip(drift if np.isfinite(drift) else LEAST_DRIFT, LEAST_DRIFT, MOST_DRIFT)))


def _scaled_residuals(counts: Floats, exposure: Floats, baseline: Bools, level: Floats) -> tuple[Floats, Floats]:
    """(baseline residuals over the root of the expectation, a straight line taken out; their degrees of freedom).

    A baseline that rises or falls steadily is not a noisy one: left in, its slope would hide the very change it leads to.
    """
    expected = level[:, None] * exposure[None, :]
    used = baseline & np.isfinite(counts) & (expected > 0)
    scaled = np.where(used, (counts - expected) / np.sqrt(np.where(used, expected, 1.0)), np.nan)
    time = np.broadcast_to(np.arange(counts.shape[1], dtype=np.float64), counts.shape)
    number = used.sum(axis=1)
    safe = np.maximum(number, 1)
    centre = np.where(used, time, 0.0).sum(axis=1) / safe
    mean = np.where(used, scaled, 0.0).sum(axis=1) / safe
    away = np.where(used, time - centre[:, None], 0.0)
    square = (away**2).sum(axis=1)
    slope = np.divide((away * np.where(used, scaled - mean[:, None], 0.0)).sum(axis=1), square, out=np.zeros_like(square), where=square > 0)
    residuals = np.where(used, scaled - mean[:, None] - slope[:, None] * away, np.nan)
    return residuals, np.maximum(number - 2.0, 0.0)


def baseline_level(counts: Floats, exposure: Floats, baseline: Bools) -> Floats:
    """Mean month of the baseline, season taken out, shape (N,); NaN without one."""
    used = baseline & np.isfinite(counts)
    total = np.where(used, counts, 0.0).sum(axis=1)
    share = np.where(used, exposure[None, :], 0.0).sum(axis=1)
    return np.divide(total, share, out=np.full(total.shape, np.nan), where=share > 0)


def dispersion_of(counts: Floats, exposure: Floats, baseline: Bools, level: Floats, spread: Spread) -> tuple[Floats, Floats]:
    """(variance over mean of one month, its degrees of freedom) of each series: its own, steadied by the other areas'; at least 1."""
    scaled, own = _scaled_residuals(counts, exposure, baseline, level)
    score = np.nansum(scaled**2, axis=1)
    prior = 1.0 + spread.excess * np.nan_to_num(level, nan=0.0)
    steadied = (score + PRIOR_MONTHS * prior) / (own + PRIOR_MONTHS)
    return np.maximum(1.0, steadied), own + PRIOR_MONTHS


def change(counts: Floats, exposure: Floats, baseline: Bools, window: Bools, spread: Spread) -> Change:
    """Compare the judged months with the baseline months.

    Args:
        counts: shape (N, T); NaN where missing.
        exposure: expected share of a mean month, shape (T,).
        baseline: months the expectation is made from, shape (N, T).
        window: months judged, shape (N, T).
        spread: of the measure, from `spread_of`.
    """
    level = baseline_level(counts, exposure, baseline)
    dispersion, freedom = dispersion_of(counts, exposure, baseline, level, spread)
    seen = window & np.isfinite(counts)
    observed = np.where(seen, counts, 0.0).sum(axis=1)
    share = np.where(seen, exposure[None, :], 0.0).sum(axis=1)
    base_share = np.where(baseline & np.isfinite(counts), exposure[None, :], 0.0).sum(axis=1)
    valid = (share > 0) & (base_share > 0)
    one = np.where(valid, share, 1.0)
    base_one = np.where(valid, base_share, 1.0)
    widening = float(inflation(spread.drift))
    spread_of_difference = np.sqrt(dispersion * (1 / one + 1 / base_one)) * widening
    # 3/8 (Anscombe) keeps the square root of small counts nearly symmetric.
    now = np.sqrt((observed + 0.375) / one)
    before = np.sqrt((np.nan_to_num(level) * base_one + 0.375) / base_one)
    z = np.where(valid, 2 * (now - before) / spread_of_difference, np.nan)
    p_value = 2 * special.stdtr(freedom, -np.abs(z))
    expected = np.where(valid, level * share, np.nan)
    ratio = np.divide(observed, expected, out=np.full(observed.shape, np.nan), where=valid & (expected > 0))
    safe = np.where(np.isfinite(expected) & (expected > 0), expected, np.nan)
    error = np.sqrt(dispersion / safe * (1 + one / base_one)) * widening
    return Change(level, np.where(valid, observed, np.nan), expected, z, p_value, ratio, error, dispersion, freedom)


def month_scores(counts: Floats, exposure: Floats, change_found: Change, baseline: Bools) -> Floats:
    """Each month's distance from its expectation in standard errors on the square-root scale, shape (N, T); NaN where missing."""
    expected = change_found.level[:, None] * exposure[None, :]
    base = np.where(baseline & np.isfinite(counts), exposure[None, :], 0.0).sum(axis=1)
    extra = 1 + np.divide(exposure[None, :], base[:, None], out=np.zeros(expected.shape), where=base[:, None] > 0)
    with np.errstate(invalid="ignore"):
        return np.asarray(
            2 * (np.sqrt(counts + 0.375) - np.sqrt(expected + 0.375)) / np.sqrt(change_found.dispersion[:, None] * extra)
        )


def month_range(exposure: Floats, change_found: Change, sigmas: float) -> tuple[Floats, Floats, Floats]:
    """(expected, lower, upper) of each month, shape (N, T): the range one month keeps within `sigmas` standard errors."""
    expected = change_found.level[:, None] * exposure[None, :]
    root = np.sqrt(np.maximum(expected, 0.0) + 0.375)
    half = sigmas / 2 * np.sqrt(change_found.dispersion[:, None])
    lower = np.maximum(root - half, 0.0) ** 2 - 0.375
    upper = (root + half) ** 2 - 0.375
    return expected, np.maximum(lower, 0.0), upper


def visible_change(change_found: Change, level: float = 0.01, power: float = 0.8) -> Floats:
    """The smallest proportional change this volume would show, with that power, at that significance; NaN where nothing is compared."""
    needed = special.stdtrit(change_found.freedom, 1 - level / 2) + special.ndtri(power)
    return np.asarray(np.expm1(needed * change_found.error))
