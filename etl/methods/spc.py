"""XmR charts with the NHS "Making Data Count" rules: limits, special causes, latest verdict, assurance."""

from dataclasses import dataclass
from enum import IntEnum
from typing import Literal, NamedTuple

import numpy as np

from etl.methods.arrays import (
    ArrayLike,
    Bools,
    Floats,
    Ints,
    Labels,
    Strings,
    as_floats,
    label_codes,
    nan_mean,
    nan_variance,
)
from etl.methods.spc_rules import (
    beyond,
    run_ends,
    run_members,
    side_of,
    step_signs,
    trend_ends,
    two_in_three_members,
)

LIMIT_FACTOR = 2.66
SCREEN_FACTOR = 3.267
RUN_LENGTH = 7
TRIAL_BELOW = 12
# A standard deviation is the mean range of two points divided by this.
RANGE_PER_DEVIATION = 1.128

Improvement = Literal["increase", "decrease", "neutral"]
Assurance = Literal["consistent_pass", "consistent_fail", "inconsistent"]


class Rule(IntEnum):
    """Which rule marks a point; the lower number wins when several hold (0 is no rule)."""

    NONE = 0
    OUTSIDE = 1
    TREND = 2
    TWO_IN_THREE = 3
    SIDE = 4


class XmrLimits(NamedTuple):
    """Mean and limits of one segment; each field has the shape of the series without time."""

    mean: Floats
    lower: Floats
    upper: Floats
    near_lower: Floats
    near_upper: Floats
    average_range: Floats
    is_degenerate: Bools


@dataclass(frozen=True)
class XmrChart:
    """One or many XmR charts; every field has the shape of the values, time last.

    `rule` holds `Rule` codes and `direction` +1 (high) or -1 (low), 0 where `rule` is 0. `is_trial` is true in a
    segment whose limits rest on fewer than 12 points. `is_degenerate` is true in a segment whose ordinary
    month-to-month movement is nil (constant, then a step or a spike): its spread is the plain standard
    deviation and only the outside rule is applied there.
    """

    values: Floats
    mean: Floats
    lower: Floats
    upper: Floats
    near_lower: Floats
    near_upper: Floats
    segment: Ints
    rule: Ints
    direction: Ints
    is_trial: Bools
    is_degenerate: Bools
    improvement: Improvement

    @property
    def kinds(self) -> Strings:
        """The kind of each point: common_cause, improvement_high, concern_low, neutral_high ...; "" if missing."""
        good = {"increase": 1, "decrease": -1, "neutral": 0}[self.improvement]
        verdict = (
            np.where(self.direction == good, "improvement", "concern") if good else np.full_like(self.direction, 0, dtype="<U11")
        )
        if not good:
            verdict[...] = "neutral"
        height = np.where(self.direction > 0, "_high", "_low")
        kind = np.where(self.rule == Rule.NONE, "common_cause", np.char.add(verdict, height))
        return np.where(np.isfinite(self.values), kind, "").astype(np.str_)

    @property
    def latest_position(self) -> Ints:
        """Position of the newest point that is not missing, -1 where there is none; shape without time."""
        seen = np.isfinite(self.values)
        last = seen.shape[-1] - 1 - np.argmax(seen[..., ::-1], axis=-1) if seen.shape[-1] else np.array(-1)
        return np.where(seen.any(axis=-1), last, -1).astype(np.int64)

    def latest(self, field: Literal["rule", "direction", "mean", "lower", "upper", "is_trial"]) -> Floats:
        """A field at the newest point that is not missing, as floats; NaN for a series without points."""
        position = self.latest_position
        taken = np.take_along_axis(as_floats(getattr(self, field)), np.maximum(position, 0)[..., None], axis=-1)[..., 0]
        return np.where(position >= 0, taken, np.nan)

    @property
    def variation(self) -> str:
        """The kind of the newest point of a single series; "" for a series without points."""
        return str(self.kinds[self.latest_position]) if self.latest_position >= 0 else ""

    def assurance(self, target: float) -> Assurance | None:
        """What the newest limits of a single series say about a line; see `assurance`."""
        return assurance(float(self.latest("lower")), float(self.latest("upper")), target, self.improvement)


def xmr_limits(values: ArrayLike, *, screen: bool = True, floor: float | None = None) -> XmrLimits:
    """Mean and 2.66 x average moving range limits of each series.

    Args:
        values: shape (T,) or (N, T); NaN where missing or left out. A range beside a NaN is not formed.
        screen: drop ranges of 3.267 times their mean or more, once, before the limits are made.
        floor: the lowest value a limit may take, e.g. 0 for counts; None leaves limits as they fall.

    Returns:
        Limits with the shape of the values without time; NaN where fewer than two neighbours are known.

    Source:
        NHSRplotthedots (MIT). Where every range left by the screen is nil but the values differ, the spread
        falls back on the standard deviation: otherwise every point of a constant series with one step is special.
    """
    series = as_floats(values)
    ranges = np.abs(np.diff(series, axis=-1))
    average = nan_mean(ranges)
    if screen:
        screened = nan_mean(np.where(ranges >= SCREEN_FACTOR * average[..., None], np.nan, ranges))
        # Ranges all alike are all at the mean; only a mean of nil can put every range at or above the cut.
        average = np.where(np.isfinite(screened), screened, average)
    mean = nan_mean(series)
    is_degenerate = (average == 0) & (nan_variance(series) > 0)
    average = np.where(is_degenerate, np.sqrt(nan_variance(series)) * RANGE_PER_DEVIATION, average)
    width = LIMIT_FACTOR * average
    lower, near_lower = mean - width, mean - width * 2 / 3
    if floor is not None:
        lower, near_lower = np.maximum(lower, floor), np.maximum(near_lower, floor)
    return XmrLimits(mean, lower, mean + width, near_lower, mean + width * 2 / 3, average, is_degenerate)


def xmr(
    values: ArrayLike,
    *,
    improvement: Improvement = "neutral",
    segments: Labels | None = None,
    baseline: int | None = None,
    include: ArrayLike | None = None,
    screen: bool = True,
    floor: float | None = None,
) -> XmrChart:
    """XmR chart of one series (T,) or many that share their segments (N, T), judged by the NHS rules.

    Args:
        values: in time order; NaN where missing. Missing points are not marked and break runs.
        improvement: whether more is better, worse, or neither.
        segments: a label per period, shape (T,); limits and rules start again wherever it changes.
        baseline: make limits from the first n points of each segment only; at least 12.
        include: true for periods that may enter the limits, shape (T,) or that of `values`; the others are
            still judged against them. For months no baseline should hold (Covid, a break).
        screen: see `xmr_limits`.
        floor: see `xmr_limits`.

    Raises:
        ValueError: a baseline below 12 points, or labels of the wrong length.
    """
    series = as_floats(values)
    if baseline is not None and baseline < TRIAL_BELOW:
        raise ValueError(f"a fixed baseline needs at least {TRIAL_BELOW} points, not {baseline}")
    length = series.shape[-1]
    codes = label_codes(segments, length)
    usable = np.isfinite(series) & (True if include is None else np.asarray(include, dtype=np.bool_))
    fields = {name: np.full(series.shape, np.nan) for name in ("mean", "lower", "upper", "near_lower", "near_upper")}
    rule = np.zeros(series.shape, dtype=np.int64)
    direction = np.zeros(series.shape, dtype=np.int64)
    is_trial = np.zeros(series.shape, dtype=np.bool_)
    is_degenerate = np.zeros(series.shape, dtype=np.bool_)
    for code in np.unique(codes):
        at = codes == code
        points, enters = series[..., at], usable[..., at]
        if baseline is not None:
            enters = enters & (np.cumsum(enters, axis=-1) <= baseline)
        limits = xmr_limits(np.where(enters, points, np.nan), screen=screen, floor=floor)
        for name, field in fields.items():
            field[..., at] = getattr(limits, name)[..., None]
        rule[..., at], direction[..., at] = nhs_rules(points, limits)
        is_trial[..., at] = (enters.sum(axis=-1) < TRIAL_BELOW)[..., None]
        is_degenerate[..., at] = limits.is_degenerate[..., None]
    return XmrChart(
        series,
        **fields,
        segment=codes,
        rule=rule,
        direction=direction,
        is_trial=is_trial,
        is_degenerate=is_degenerate,
        improvement=improvement,
    )


def nhs_rules(values: ArrayLike, limits: XmrLimits) -> tuple[Ints, Ints]:
    """The rule that marks each point and its direction, for points of one segment against its limits.

    Outside beats trend beats two-in-three beats one side. A trend point takes the direction of the step into
    it; the first of a segment that of its run; any other point its side of the mean.

    Returns:
        (rule, direction): `Rule` codes and +1 / -1 / 0, each with the shape of the values.
    """
    series = as_floats(values)
    mean, lower, upper, near_lower, near_upper = (field[..., None] for field in limits[:5])
    side = side_of(series, mean)
    outside = beyond(series, lower, upper)
    close = (outside == 0) & (beyond(series, near_lower, near_upper) != 0)
    ends = trend_ends(series, RUN_LENGTH)
    ordinary = ~limits.is_degenerate[..., None]
    in_trend = run_members(ends, RUN_LENGTH) & ordinary
    in_pair = two_in_three_members(close, side) & ordinary
    on_side = run_members(run_ends(side, RUN_LENGTH), RUN_LENGTH) & ordinary & (side != 0)
    step = step_signs(series)
    onward = np.zeros_like(step)
    onward[..., :-1] = step[..., 1:]
    choices = [outside != 0, in_trend, in_pair, on_side]
    rule = np.select(choices, [Rule.OUTSIDE, Rule.TREND, Rule.TWO_IN_THREE, Rule.SIDE], Rule.NONE)
    direction = np.select(choices, [outside, np.where(step != 0, step, onward), side, side], 0)
    return rule.astype(np.int64), direction.astype(np.int64)


def assurance(lower: float, upper: float, target: float, improvement: Improvement) -> Assurance | None:
    """Whether common-cause variation alone always meets a line, always misses it, or hits and misses.

    Returns:
        None for a measure without a direction; "inconsistent" when the line lies within (or on) the limits.
    """
    if improvement == "neutral":
        return None
    above, below = target > upper, target < lower
    if not (above or below):
        return "inconsistent"
    return "consistent_pass" if below == (improvement == "increase") else "consistent_fail"
