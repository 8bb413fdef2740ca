"""The level of many series month by month, and what it says of the months ahead: one expectation's arithmetic.

Counts are taken to the root scale, 2 sqrt(count + 3/8), where chance alone gives a variance of 1 whatever the level (Anscombe
1948). There the level wanders by a little each month, with or without a slope that fades, and each month scatters about it: the
local level model and its damped trend, followed by the Kalman filter. Months that are missing or left out widen what is not known
and move nothing. How far levels wander is chosen for all series of a panel together, by likelihood. Below `RARE` a month the root
scale is too coarse, and a discounted mean of the counts takes its place.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from etl.methods.arrays import Bools, Floats, Ints, nan_mean

SHIFT = 3 / 8
WANDERS: Floats = np.array([0.0004, 0.001, 0.0025, 0.006, 0.015, 0.035, 0.08, 0.2, 0.5, 1.2])
"""Variances tried of a month's move of the level, as multiples of that of a month about it."""
SLOPE_WANDERS: Floats = np.array([2e-4, 2e-3, 1e-2, 5e-2])
DAMPING = 0.9
UNKNOWN = 1e4
"""Variance of a level before its first month."""
WARM_UP = 6
"""Months a series is followed before its errors count."""
RARE = 5.0
DISCOUNT = 0.975
"""What a month counts for beside the next one, where events are rare: half after 27 months."""
LEAST_RATE = 0.05
LEAST_EVENTS = 0.5


class Level(NamedTuple):
    """Where N levels stand after their last month, on the root scale: each shape (N,), variances in units of `noise`."""

    level: Floats
    slope: Floats
    level_variance: Floats
    shared_variance: Floats
    slope_variance: Floats
    noise: Floats
    wander: Floats
    slope_wander: float


class Ahead(NamedTuple):
    """Counts of H months ahead for N series: `rates` (N, H), and their `covariance` (N, H, H), chance included.

    `noise` is the variance of a month about its level as a multiple of chance's, shape (N,): 1 or more.
    """

    rates: Floats
    covariance: Floats
    noise: Floats


def ahead(
    counts: Floats,
    exposure: Floats,
    futures: Sequence[Floats],
    keep: Bools,
    *,
    has_slope: bool = False,
    kinds: Sequence[str] | None = None,
) -> tuple[Ahead, ...]:
    """What N series lead one to expect of the H months after their last, once for each way those months may weigh.

    Args:
        counts: shape (N, T), NaN where missing.
        exposure: what each month's count is expected to be as a multiple of a mean month, shape (N, T).
        futures: the same for the months ahead, each of shape (N, H).
        keep: false for months that must not enter, shape (N, T).
        has_slope: whether the level may have a slope, which fades.
        kinds: of each series: how far levels wander is chosen for those of a kind together; None for all of one kind.

    Returns:
        Rates no smaller than a trace; those of a series without any month mean nothing.
    """
    known = np.where(keep & (exposure > 0), counts, np.nan)
    scaled = 2 * np.sqrt((known + SHIFT) / np.maximum(exposure, 1e-9))
    groups = np.unique(list(kinds), return_inverse=True)[1] if kinds is not None else np.zeros(counts.shape[0], dtype=np.int64)
    level = _followed_with_slope(scaled) if has_slope else _followed_level(scaled, groups)
    is_rare = ~(nan_mean(known) >= RARE)
    return tuple(_mixed(_looked_ahead(level, future), known, exposure, future, is_rare) for future in futures)


def _mixed(looked: Ahead, known: Floats, exposure: Floats, future: Floats, is_rare: Bools) -> Ahead:
    """The expectation with that of the rare series put in its place."""
    if not is_rare.any():
        return looked
    parts = [part.copy() for part in looked]
    for part, few in zip(parts, _rare_ahead(known[is_rare], exposure[is_rare], future[is_rare]), strict=True):
        part[is_rare] = few
    return Ahead(*parts)


def _followed_level(scaled: Floats, groups: Ints) -> Level:
    """Where levels without a slope stand after the last month, with the wander that suits the series of a group together best."""
    wander = WANDERS.reshape(-1, 1)
    shape = (wander.size, scaled.shape[0])
    level, level_variance = np.zeros(shape), np.full(shape, UNKNOWN)
    squares, logs, number = np.zeros(shape), np.zeros(shape), np.zeros(scaled.shape[0])
    is_here = np.isfinite(scaled)
    values, seen = np.where(is_here, scaled, 0.0), np.cumsum(is_here, axis=1)
    for month in range(scaled.shape[1]):
        level_variance += wander
        error = values[:, month] - level
        total = level_variance + 1
        gain = is_here[:, month] * level_variance / total
        counted = is_here[:, month] & (seen[:, month] > WARM_UP)
        squares += counted * error * error / total
        logs += counted * np.log(total)
        number += counted
        level += gain * error
        level_variance *= 1 - gain
    best, noise = _best(squares, logs, number, groups)
    none, each = np.zeros(scaled.shape[0]), np.arange(scaled.shape[0])
    return Level(level[best, each], none, level_variance[best, each], none, none, noise, WANDERS[best], 0.0)


def _best(squares: Floats, logs: Floats, number: Floats, groups: Ints) -> tuple[Ints, Floats]:
    """(the wander under which the errors of each series' group are likeliest, the noise of each under it), shape (N,)."""
    mean_square = squares / np.maximum(number, 1)
    likelihood = -0.5 * (number * np.log(np.maximum(mean_square, 1e-9)) + logs)
    best = np.zeros(groups.size, dtype=np.int64)
    for group in np.unique(groups):
        best[groups == group] = int(np.argmax(likelihood[:, groups == group].sum(axis=1)))
    # No series is steadier than Poisson: on this scale that is a variance of 1.
    return best, np.maximum(mean_square[best, np.arange(groups.size)], 1.0)


def _followed_with_slope(scaled: Floats) -> Level:
    """The same for levels with a slope that fades, all series of one group."""
    wander, slope_wander = (grid.reshape(-1, 1) for grid in np.meshgrid(WANDERS[::2], SLOPE_WANDERS))
    shape = (wander.size, scaled.shape[0])
    level, slope, shared = (np.zeros(shape) for _ in range(3))
    level_variance = np.full(shape, UNKNOWN)
    slope_variance = np.full(shape, 0.01)
    squares, logs, number = (np.zeros(shape) for _ in range(3))
    seen = np.zeros(scaled.shape[0])
    for month in range(scaled.shape[1]):
        level, slope = level + DAMPING * slope, DAMPING * slope
        level_variance = level_variance + 2 * DAMPING * shared + DAMPING**2 * slope_variance + wander
        shared = DAMPING * (shared + DAMPING * slope_variance)
        slope_variance = DAMPING**2 * slope_variance + slope_wander
        here = np.isfinite(scaled[:, month])
        error = np.where(here, scaled[:, month], 0.0) - level
        total = level_variance + 1
        gain, slope_gain = np.where(here, level_variance / total, 0.0), np.where(here, shared / total, 0.0)
        counted = here & (seen >= WARM_UP)
        squares += np.where(counted, error**2 / total, 0.0)
        logs += np.where(counted, np.log(total), 0.0)
        number += counted
        seen += here
        level, slope = level + gain * error, slope + slope_gain * error
        slope_variance = slope_variance - slope_gain * shared
        level_variance, shared = level_variance * (1 - gain), shared * (1 - gain)
    groups = np.zeros(scaled.shape[0], dtype=np.int64)
    best, noise = _best(squares, logs, number, groups)
    each, one = np.arange(groups.size), int(best[0]) if best.size else 0
    return Level(
        level[best, each], slope[best, each], level_variance[best, each], shared[best, each], slope_variance[best, each],
        noise, wander[best, 0], float(slope_wander[one, 0]),
    )  # fmt: skip


def _looked_ahead(now: Level, future: Floats) -> Ahead:
    """The filter run on without months: rates on the scale of counts, and how they err together."""
    series, horizon = future.shape
    level, slope = now.level, now.slope
    variance, shared, slope_variance = now.level_variance, now.shared_variance, now.slope_variance
    mean, spread = np.zeros((series, horizon)), np.zeros((series, horizon, horizon))
    for month in range(horizon):
        level, slope = level + DAMPING * slope, DAMPING * slope
        variance = variance + 2 * DAMPING * shared + DAMPING**2 * slope_variance + now.wander
        shared = DAMPING * (shared + DAMPING * slope_variance)
        slope_variance = DAMPING**2 * slope_variance + now.slope_wander
        mean[:, month] = level
        # What a slope of today still adds by each later month.
        carried = np.cumsum(np.concatenate([[0.0], DAMPING ** np.arange(1, horizon - month)]))
        together = variance[:, None] + shared[:, None] * carried[None, :]
        spread[:, month, month:] = together
        spread[:, month:, month] = together
    root = np.maximum(mean, LEAST_RATE)
    rates = future * root**2 / 4
    gradient = future * root / 2
    covariance = spread * (now.noise[:, None] * gradient)[:, :, None] * gradient[:, None, :]
    diagonal = np.arange(horizon)
    covariance[:, diagonal, diagonal] += now.noise[:, None] * rates
    return Ahead(rates, covariance, now.noise)


def _rare_ahead(known: Floats, exposure: Floats, future: Floats) -> Ahead:
    """Rare events: a discounted mean, as uncertain as the events behind it, with the scatter of the counts about it."""
    weight = DISCOUNT ** np.arange(known.shape[1] - 1, -1, -1)[None, :]
    seen = np.isfinite(known)
    events = (weight * np.where(seen, known, 0.0)).sum(axis=1) + LEAST_EVENTS / 2
    size = np.maximum((weight * seen * exposure).sum(axis=1), 1e-9)
    level = events / size
    expected = np.maximum(level[:, None] * exposure, 1e-9)
    square = np.where(seen, (np.nan_to_num(known) - expected) ** 2 / expected, 0.0).sum(axis=1)
    scatter = np.clip(square / np.maximum(seen.sum(axis=1) - 1, 1), 1.0, None)
    unsure = scatter * level * (weight**2 * seen * exposure).sum(axis=1) / size**2
    rates = np.maximum(level[:, None] * future, 1e-9)
    covariance = unsure[:, None, None] * future[:, :, None] * future[:, None, :]
    diagonal = np.arange(future.shape[1])
    covariance[:, diagonal, diagonal] += scatter[:, None] * rates
    return Ahead(rates, covariance, scatter)
