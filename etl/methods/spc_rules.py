"""The single rules of a control chart, point by point: the NHS set.

Every function takes arrays whose last axis is time, so one series (T,) and a stack of series (N, T) work alike.
A NaN breaks a run. Flags are integers: +1 high, -1 low, 0 nothing.
"""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from etl.methods.arrays import ArrayLike, Bools, Ints, as_floats


def side_of(values: ArrayLike, centre: ArrayLike) -> Ints:
    """+1 above the centre, -1 below, 0 on it or missing."""
    difference = as_floats(values) - as_floats(centre)
    return np.where(np.isfinite(difference), np.sign(difference), 0).astype(np.int64)


def run_ends(sign: ArrayLike, length: int = 7) -> Ints:
    """The sign at every point that ends a run of `length` equal non-zero signs, else 0.

    Source:
        NHSRplotthedots (MIT): seven points on one side of the mean; a point on the mean breaks the run.
    """
    signs = np.asarray(sign, dtype=np.int64)
    ends = np.zeros_like(signs)
    if length < 1:
        raise ValueError("a run needs a length of at least 1")
    if signs.shape[-1] < length:
        return ends
    windows = sliding_window_view(signs, length, axis=-1)
    total = windows.sum(axis=-1)
    ends[..., length - 1 :] = np.where(np.abs(total) == length, np.sign(total), 0)
    return ends


def run_members(ends: ArrayLike, length: int = 7) -> Bools:
    """True for each of the `length` points of any run that ends where `ends` is not zero."""
    flags: Bools = np.asarray(ends) != 0
    members: Bools = flags.copy()
    for back in range(1, min(length, flags.shape[-1])):
        members[..., :-back] |= flags[..., back:]
    return members


def trend_ends(values: ArrayLike, length: int = 7) -> Ints:
    """+1 or -1 at every point that ends `length` points strictly rising or falling (`length` - 1 steps)."""
    return run_ends(step_signs(values), length - 1)


def step_signs(values: ArrayLike) -> Ints:
    """The sign of the step into each point; 0 for the first, for no change and beside a missing value."""
    series = as_floats(values)
    step = np.zeros(series.shape, dtype=np.int64)
    difference = np.diff(series, axis=-1)
    step[..., 1:] = np.where(np.isfinite(difference), np.sign(difference), 0)
    return step


def two_in_three(close_to_limits: ArrayLike, relative_to_mean: ArrayLike) -> Bools:
    """True for all points of any three in a row, same side of the mean, with two or more close to a limit.

    Args:
        close_to_limits: true where a point lies between the near limit and the limit (not beyond it).
        relative_to_mean: +1, -1 or 0 for each point.

    Source:
        NHSRplotthedots (MIT). The same-side clause is part of the rule: two close points on opposite sides do not count.
    """
    close = np.asarray(close_to_limits).astype(np.int64) != 0
    side = np.asarray(relative_to_mean, dtype=np.int64)
    flags = np.zeros(close.shape, dtype=np.bool_)
    if close.shape[-1] < 3:
        return flags
    near = sliding_window_view(close.astype(np.int64), 3, axis=-1).sum(axis=-1) >= 2
    same = np.abs(sliding_window_view(side, 3, axis=-1).sum(axis=-1)) == 3
    hit = near & same
    for offset in range(3):
        flags[..., offset : offset + hit.shape[-1]] |= hit
    return flags


def two_in_three_members(close_to_limits: ArrayLike, relative_to_mean: ArrayLike) -> Bools:
    """True only for the close points of `two_in_three`: those that are marked on the chart."""
    close = np.asarray(close_to_limits).astype(np.int64) != 0
    return np.asarray(two_in_three(close, relative_to_mean) & close, dtype=np.bool_)


def beyond(values: ArrayLike, lower: ArrayLike, upper: ArrayLike) -> Ints:
    """+1 above the upper limit, -1 below the lower, 0 inside, on a limit or missing (tests are strict)."""
    series = as_floats(values)
    high = series > as_floats(upper)
    low = series < as_floats(lower)
    return high.astype(np.int64) - low.astype(np.int64)


# ── The PowerBI-SPC variants: lengths are free, and the later of two overlapping signals wins. ──────────────
