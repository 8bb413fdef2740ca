"""Limits of the other control charts: i, mr, c, u, p, Laney u' and p', t and g, with segments."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from etl.methods import checks
from etl.methods.arrays import ArrayLike, Bools, Floats, Ints, Labels, as_floats, label_codes, nan_mean
from etl.methods.spc_rules import beyond

DEVIATION_PER_RANGE = 1 / 1.128
RANGE_LIMIT_FACTOR = 3.267
SCREEN_FACTOR = 3.267
# Nelson (1994): the power that makes an exponential waiting time nearly normal.
WAIT_POWER = 3.6

# Positions of a segment's points and which of them may be used -> (centre, one standard deviation).
Spread = Callable[[Ints, Bools], tuple[Floats | np.float64, Floats | np.float64]]


@dataclass(frozen=True)
class ControlLimits:
    """A control chart of one series; each field has shape (T,), already times the multiplier.

    `lower` / `upper` lie three standard deviations out, `near_lower` / `near_upper` two.
    """

    value: Floats
    centre: Floats
    lower: Floats
    upper: Floats
    near_lower: Floats
    near_upper: Floats

    @property
    def outside(self) -> Ints:
        """+1 above the upper limit, -1 below the lower, else 0."""
        return beyond(self.value, self.lower, self.upper)


def _chart(
    value: Floats,
    spread: Spread,
    groups: Labels | None,
    include: ArrayLike | None,
    multiplier: float,
    floor: float,
    ceiling: float,
) -> ControlLimits:
    """Limits segment by segment; `spread` returns (centre, one standard deviation) for the points of a segment."""
    codes = label_codes(groups, value.shape[0])
    usable = np.isfinite(value) & (True if include is None else np.asarray(include, dtype=np.bool_))
    centre, deviation = np.full(value.shape, np.nan), np.full(value.shape, np.nan)
    for code in np.unique(codes):
        at = codes == code
        centre[at], deviation[at] = spread(np.flatnonzero(at), usable[at])
    far = [np.clip(centre + k * deviation, floor, ceiling) * multiplier for k in (-3, 3, -2, 2)]
    return ControlLimits(value * multiplier, centre * multiplier, *far)


def _mean_range(values: Floats, screen: bool) -> float:
    ranges = np.abs(np.diff(values))
    ranges = ranges[np.isfinite(ranges)]
    if screen and ranges.size:
        kept = ranges[ranges < SCREEN_FACTOR * ranges.mean()]
        ranges = kept if kept.size else ranges
    return float(ranges.mean()) if ranges.size else float("nan")


def i_chart(
    values: ArrayLike,
    *,
    groups: Labels | None = None,
    include: ArrayLike | None = None,
    screen: bool = True,
    multiplier: float = 1.0,
) -> ControlLimits:
    """Individuals chart: mean and 3 standard deviations of moving range / 1.128 (about 2.66 ranges).

    Args:
        values: shape (T,), NaN where missing; for a ratio divide first.
        groups: label per point; limits start again wherever it changes.
        include: false for points that must not enter the limits (frozen or excluded).
        screen: drop ranges of 3.267 times their mean or more, once.
        multiplier: everything is shown times this.
    """
    series = as_floats(values)

    def spread(at: Ints, usable: Bools) -> tuple[Floats | np.float64, Floats | np.float64]:
        kept = np.where(usable, series[at], np.nan)
        return nan_mean(kept), np.float64(_mean_range(kept, screen) * DEVIATION_PER_RANGE)

    return _chart(series, spread, groups, include, multiplier, -np.inf, np.inf)


def mr_chart(
    values: ArrayLike,
    *,
    groups: Labels | None = None,
    include: ArrayLike | None = None,
    screen: bool = False,
    multiplier: float = 1.0,
) -> ControlLimits:
    """Moving range chart of a series: each |x_t - x_(t-1)|, NaN first; limits 0 to 3.267 mean ranges.

    Args: as `i_chart`. `include` says which points of the series may form a range for the limits.
    """
    series = as_floats(values)
    ranges = np.concatenate([[np.nan], np.abs(np.diff(series))])[: series.shape[0]]
    codes = label_codes(groups, series.shape[0])
    usable = np.isfinite(series) & (True if include is None else np.asarray(include, dtype=np.bool_))
    centre = np.full(series.shape, np.nan)
    for code in np.unique(codes):
        at = codes == code
        centre[at] = _mean_range(np.where(usable[at], series[at], np.nan), screen)
    upper, lower = RANGE_LIMIT_FACTOR * centre * multiplier, 0 * centre
    return ControlLimits(ranges * multiplier, centre * multiplier, lower, upper, lower, upper * 2 / 3)


def c_chart(
    counts: ArrayLike, *, groups: Labels | None = None, include: ArrayLike | None = None, multiplier: float = 1.0
) -> ControlLimits:
    """Count chart: mean count and its square root as the standard deviation, floor 0. Arguments as `i_chart`."""
    series = checks.counts(counts, "counts")

    def spread(at: Ints, usable: Bools) -> tuple[Floats | np.float64, Floats | np.float64]:
        centre = nan_mean(np.where(usable, series[at], np.nan))
        return centre, np.sqrt(centre)

    return _chart(series, spread, groups, include, multiplier, 0.0, np.inf)


def u_chart(
    counts: ArrayLike,
    sizes: ArrayLike,
    *,
    groups: Labels | None = None,
    include: ArrayLike | None = None,
    multiplier: float = 1.0,
) -> ControlLimits:
    """Rate chart: pooled rate and sqrt(rate / size), floor 0. `sizes` is the exposure of each point, or one for all."""
    return _ratio_chart(counts, sizes, groups, include, multiplier, is_proportion=False, laney=False)


def p_chart(
    counts: ArrayLike,
    sizes: ArrayLike,
    *,
    groups: Labels | None = None,
    include: ArrayLike | None = None,
    multiplier: float = 1.0,
) -> ControlLimits:
    """Proportion chart: pooled proportion and sqrt(p (1 - p) / size), clipped to 0 and 1 before the multiplier."""
    return _ratio_chart(counts, sizes, groups, include, multiplier, is_proportion=True, laney=False)


def laney_u_chart(
    counts: ArrayLike,
    sizes: ArrayLike,
    *,
    groups: Labels | None = None,
    include: ArrayLike | None = None,
    multiplier: float = 1.0,
) -> ControlLimits:
    """Laney u' chart: u limits times the moving-range spread of their z scores, for overdispersed rates.

    Source:
        Laney (2002), Quality Engineering 14(4).
    """
    return _ratio_chart(counts, sizes, groups, include, multiplier, is_proportion=False, laney=True)


def laney_p_chart(
    counts: ArrayLike,
    sizes: ArrayLike,
    *,
    groups: Labels | None = None,
    include: ArrayLike | None = None,
    multiplier: float = 1.0,
) -> ControlLimits:
    """Laney p' chart: p limits times the moving-range spread of their z scores. Source: as `laney_u_chart`."""
    return _ratio_chart(counts, sizes, groups, include, multiplier, is_proportion=True, laney=True)


def _ratio_chart(
    counts: ArrayLike,
    sizes: ArrayLike,
    groups: Labels | None,
    include: ArrayLike | None,
    multiplier: float,
    *,
    is_proportion: bool,
    laney: bool,
) -> ControlLimits:
    events = checks.counts(counts, "counts")
    given = checks.sizes(sizes, "sizes")
    if given.shape not in ((), events.shape):
        raise ValueError(f"expected one size or {events.size}, found {given.size}")
    size = np.broadcast_to(given, events.shape)
    if is_proportion and (events > size).any():
        raise ValueError("counts must not exceed their sizes")
    value = events / size

    def spread(at: Ints, usable: Bools) -> tuple[Floats | np.float64, Floats | np.float64]:
        known = at[usable]
        total = size[known].sum()
        centre = np.float64(events[known].sum() / total if total > 0 else np.nan)
        deviation = np.sqrt(centre * (1 - centre) / size[at] if is_proportion else centre / size[at])
        if laney:
            # A rate of nil has no spread of its own; its z is undefined, not large.
            z = np.divide(value[at] - centre, deviation, out=np.full(at.shape, np.nan), where=deviation > 0)
            deviation = deviation * _mean_range(np.where(usable, z, np.nan), screen=False) * DEVIATION_PER_RANGE
        return centre, deviation

    return _chart(value, spread, groups, include, multiplier, 0.0, 1.0 if is_proportion else np.inf)


def t_chart(
    waits: ArrayLike,
    *,
    groups: Labels | None = None,
    include: ArrayLike | None = None,
    screen: bool = False,
    multiplier: float = 1.0,
) -> ControlLimits:
    """Time-between-events chart: an i chart of wait^(1/3.6), transformed back, floor 0.

    Args: as `i_chart`; `waits` in any unit of time, NaN where missing.

    Source:
        Nelson (1994); Montgomery, Introduction to Statistical Quality Control, example 7.6.
    """
    series = checks.counts(waits, "waits")
    chart = i_chart(series ** (1 / WAIT_POWER), groups=groups, include=include, screen=screen)
    back = [
        np.maximum(field, 0.0) ** WAIT_POWER * multiplier
        for field in (chart.centre, chart.lower, chart.upper, chart.near_lower, chart.near_upper)
    ]
    return ControlLimits(series * multiplier, *back)


def g_chart(
    gaps: ArrayLike, *, groups: Labels | None = None, include: ArrayLike | None = None, multiplier: float = 1.0
) -> ControlLimits:
    """Cases-between-events chart: mean g +/- k sqrt(g (g + 1)), floor 0, with the median drawn as the centre."""
    series = checks.counts(gaps, "gaps")

    def spread(at: Ints, usable: Bools) -> tuple[Floats | np.float64, Floats | np.float64]:
        centre = nan_mean(np.where(usable, series[at], np.nan))
        return centre, np.sqrt(centre * (centre + 1))

    def middle(at: Ints, usable: Bools) -> tuple[Floats | np.float64, Floats | np.float64]:
        known = series[at][usable]
        return np.float64(np.median(known) if known.size else np.nan), np.float64(0)

    limits = _chart(series, spread, groups, include, multiplier, 0.0, np.inf)
    centre = _chart(series, middle, groups, include, multiplier, 0.0, np.inf).centre
    return ControlLimits(limits.value, centre, limits.lower, limits.upper, limits.near_lower, limits.near_upper)
