"""Has the mean of the judged months moved from the mean of the baseline months? For many series at once.

Counts are compared on the square-root scale, where the spread of a count hardly depends on its size, so one rule serves a borough
with three offences a month and London with seventy thousand. How far unchanged means stray is worked out from the wander of the
series (see `drift`): months that lie close together share it, and the judged months share it with the baseline months next to
them.
"""

from typing import NamedTuple

import numpy as np

from etl.methods import special
from etl.methods.arrays import ArrayLike, Bools, Floats, as_floats, tail
from etl.methods.drift import Drift, correlation

# 3/8 keeps the square root of small counts nearly symmetric (Anscombe 1948).
SHIFT = 0.375
MOST_COUNTED = 1_000
EXACT_BELOW = 10.0
"""Single months expected to be fewer than this are held to exact limits of a negative binomial."""


class LevelChange(NamedTuple):
    """Judged months against baseline months, each of shape (N,); NaN where there is nothing to compare.

    `level` is a mean month of the baseline; `observed` and `expected` are totals of the judged months; `error` is the standard
    error of their ratio when nothing has changed; `p_value` is two-sided, from Student's t with `freedom`. `size` is how many
    mean months were judged, `root` the root of a mean baseline month, `spread` the standard error of twice the gap of roots.
    """

    level: Floats
    observed: Floats
    expected: Floats
    ratio: Floats
    error: Floats
    z: Floats
    p_value: Floats
    freedom: Floats
    size: Floats
    root: Floats
    spread: Floats


class MonthRange(NamedTuple):
    """What each month was expected to be and the range chance keeps it in, shape (N, T).

    `score` is its distance from expectation in units of the range's half width, so that beyond 1 or below -1 is outside; NaN
    where missing.
    """

    expected: Floats
    lower: Floats
    upper: Floats
    score: Floats


def level_change(counts: ArrayLike, exposure: ArrayLike, baseline: ArrayLike, window: ArrayLike, drift: Drift) -> LevelChange:
    """Compare the judged months with the baseline months.

    Args:
        counts: shape (N, T); NaN where missing.
        exposure: what each month is expected to be as a multiple of a mean month, shape (T,).
        baseline: months the expectation is made from, shape (N, T).
        window: months judged, shape (N, T); none of them in the baseline.
        drift: of these series, from `fit_drift`.

    Raises:
        ValueError: a month is both baseline and judged.
    """
    y, size = np.atleast_2d(as_floats(counts)), as_floats(exposure)
    seen = np.isfinite(y)
    before = np.asarray(baseline, dtype=np.bool_) & seen
    after = np.asarray(window, dtype=np.bool_) & seen
    if (before & after).any():
        raise ValueError("a month cannot be both baseline and judged")
    size_before, size_after = (np.where(part, size, 0.0).sum(axis=1) for part in (before, after))
    events_before, events_after = (np.where(part, y, 0.0).sum(axis=1) for part in (before, after))
    valid = (size_before > 0) & (size_after > 0)
    one_before, one_after = np.where(valid, size_before, 1.0), np.where(valid, size_after, 1.0)
    level = events_before / one_before
    # A series without events still varies as if it had had half a one.
    least = np.maximum(level, 0.5 / one_before)
    weight = np.where(after, size, 0.0) / one_after[:, None] - np.where(before, size, 0.0) / one_before[:, None]
    shared = _quadratic(weight, drift.memory)
    variance = 1 / (least * one_after) + 1 / (least * one_before) + drift.own * shared
    error = np.sqrt(variance)
    root = np.sqrt((events_before + SHIFT) / one_before)
    spread = np.sqrt(least * variance)
    z = np.where(valid, 2 * (np.sqrt((events_after + SHIFT) / one_after) - root) / spread, np.nan)
    expected = np.where(valid, level * one_after, np.nan)
    ratio = np.divide(events_after, expected, out=np.full(level.shape, np.nan), where=valid & (level > 0))
    p_value = 2 * special.stdtr(drift.freedom, -np.abs(z))
    observed = np.where(valid, events_after, np.nan)
    return LevelChange(
        np.where(valid, level, np.nan), observed, expected, ratio, np.where(valid, error, np.nan), z, p_value, drift.freedom,
        np.where(valid, one_after, np.nan), np.where(valid, root, np.nan), np.where(valid, spread, np.nan),
    )  # fmt: skip


def ratio_interval(change: LevelChange, level: float = 0.95) -> tuple[Floats, Floats]:
    """Limits of the ratio of judged to expected, on the square-root scale the test is made on; never below nil."""
    half = special.stdtrit(change.freedom, 1 - tail(level)) * change.error / 2
    root = np.sqrt(change.ratio)
    return np.maximum(root - half, 0.0) ** 2, (root + half) ** 2


def unchanged_range(change: LevelChange, significant: float) -> tuple[Floats, Floats]:
    """The range an unchanged series keeps its judged total in: below or above it, and only there, p is under `significant`.

    Never below nil; a lower limit of nil means that no count is too small.
    """
    half = special.stdtrit(change.freedom, 1 - significant / 2) * change.spread / 2
    low, high = (np.maximum(change.root + sign * half, 0.0) ** 2 * change.size - SHIFT for sign in (-1, 1))
    return np.maximum(low, 0.0), np.maximum(high, 0.0)


def visible_change(change: LevelChange, significant: float) -> Floats:
    """The smallest observed proportional change that would have been called one, by itself, at this significance (0.2 is 20%).

    A real change of just this size is called one half of the time; for four times in five it must be about a third larger.
    """
    return np.asarray(special.stdtrit(change.freedom, 1 - significant / 2) * change.error)


def months_to_see(
    level: ArrayLike,
    drift: Drift,
    change: float,
    *,
    significant: float,
    power: float = 0.8,
    baseline_months: int = 24,
    at_least: int = 3,
    at_most: int = 36,
) -> Floats:
    """How many months must be judged before a change of this size is seen with this power: the first honest review.

    Args:
        level: mean month of each series, shape (N,).
        drift: of these series.
        change: a share of the level, -0.2 for 20% fewer.
        significant: the p value that is asked for.
        power: how often the change is then seen.
        baseline_months: months the expectation rests on, next before those judged.
        at_least: fewest months that are judged at all.
        at_most: longest time looked at.

    Returns:
        NaN where even `at_most` months would not do.
    """
    mean = np.maximum(as_floats(level), 1e-9)
    deviations = special.stdtrit(drift.freedom, 1 - significant / 2) + special.ndtri(power)
    signal = abs(2 * (np.sqrt(1 + change) - 1))
    correlations = correlation(baseline_months + at_most, drift.memory)
    months_needed = np.full(mean.shape, np.nan)
    for months in range(at_most, at_least - 1, -1):
        weight = np.concatenate([np.full(baseline_months, -1 / baseline_months), np.full(months, 1 / months)])
        shared = float(weight @ correlations[: weight.size, : weight.size] @ weight)
        error = np.sqrt((1 / months + 1 / baseline_months) / mean + drift.own * shared)
        months_needed = np.where(signal >= deviations * error, float(months), months_needed)
    return months_needed


def month_range(counts: ArrayLike, exposure: ArrayLike, baseline: ArrayLike, drift: Drift, chance: float) -> MonthRange:
    """The range single months keep within, but for a `chance` (both sides together), about the baseline's mean.

    Args:
        counts: shape (N, T); NaN where missing.
        exposure: what each month is expected to be as a multiple of a mean month, shape (T,).
        baseline: months the expectation is made from, shape (N, T).
        drift: of these series.
        chance: 0.0027 for what three standard deviations leave outside.

    Returns:
        Below ten expected the limits are whole counts that are still inside (negative binomial); NaN without a baseline.
    """
    y, size = np.atleast_2d(as_floats(counts)), as_floats(exposure)
    is_baseline = np.asarray(baseline, dtype=np.bool_) & np.isfinite(y)
    total = np.where(is_baseline, size, 0.0).sum(axis=1)
    size_total = np.where(total > 0, total, np.nan)
    level = np.where(is_baseline, y, 0.0).sum(axis=1) / size_total
    least = np.maximum(level, 0.5 / size_total)
    weight = np.where(is_baseline, size, 0.0) / size_total[:, None]
    reached = np.nan_to_num(weight) @ correlation(y.shape[1], drift.memory)
    shared = 1 - 2 * reached + (reached * np.nan_to_num(weight)).sum(axis=1)[:, None]
    # Relative variance beyond the month's own Poisson: of the wander, and of the mean it is set against.
    beyond = drift.own[:, None] * np.maximum(shared, 0.0) + (1 / (least * size_total))[:, None]
    expected = level[:, None] * size[None, :]
    mean = np.maximum(least[:, None] * size[None, :], 1e-9)
    deviations = special.stdtrit(drift.freedom, 1 - chance / 2)[:, None]
    half = deviations / 2 * np.sqrt(1 + mean * beyond)
    root = np.sqrt(mean + SHIFT)
    lower, upper = np.maximum(np.maximum(root - half, 0.0) ** 2 - SHIFT, 0.0), (root + half) ** 2 - SHIFT
    score = (np.sqrt(y + SHIFT) - root) / half
    few = (mean < EXACT_BELOW) & np.isfinite(mean)
    if few.any():
        lower[few], upper[few] = _exact(mean[few], np.broadcast_to(beyond, mean.shape)[few], chance)
        # Inside the whole-number limits is inside, whatever the square-root scale says.
        outside = np.where(y > upper, 1, np.where(y < lower, -1, 0))
        consistent = np.where(
            outside == 0, np.clip(score, -1.0, 1.0), np.where(outside > 0, np.maximum(score, 1.001), np.minimum(score, -1.001))
        )
        score = np.where(few, np.where(np.isfinite(y), consistent, np.nan), score)
    return MonthRange(np.where(np.isfinite(expected), expected, np.nan), lower, upper, score)


def _quadratic(weight: Floats, memory: float) -> Floats:
    """How much of the wander's variance is left in each row's weighted sum of months."""
    used = np.flatnonzero((weight != 0).any(axis=0))
    if used.size == 0:
        return np.zeros(weight.shape[0])
    part = weight[:, used[0] : used[-1] + 1]
    return np.asarray(np.maximum(((part @ correlation(part.shape[1], memory)) * part).sum(axis=1), 0.0))


def _exact(mean: Floats, beyond: Floats, chance: float) -> tuple[Floats, Floats]:
    """Smallest and largest whole counts that are still inside, negative binomial with that relative variance beyond Poisson.

    Shape of `mean`, one-dimensional.
    """
    size = 1 / np.maximum(beyond, 1e-6)
    success = size / (size + mean)
    lower, upper = np.zeros(mean.shape), np.zeros(mean.shape)
    far_low, far_high = chance / 2, 1 - chance / 2
    left = np.arange(mean.size)
    for count in range(MOST_COUNTED):
        at_most = special.betainc(size[left], count + 1.0, success[left])
        lower[left] += at_most < far_low
        below = at_most < far_high
        upper[left] += below
        left = left[below]
        if left.size == 0:
            break
    return lower, upper


def is_outside(score: Floats) -> Bools:
    """Months beyond their range, shape of the scores; false where missing."""
    return np.asarray(np.abs(np.where(np.isfinite(score), score, 0.0)) > 1, dtype=np.bool_)
