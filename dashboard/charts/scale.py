"""From values to pixels, and which values to name on an axis."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil, floor, log2, log10

from etl.core.written import MINUS

FEWEST_TICKS, MOST_TICKS = 3, 5
START_AT_ZERO_BELOW = 0.3
"""A scale starts at zero when its lowest value is under this share of its highest."""

STRETCH = 0.35
"""The scale is let down to the next round value when that is within this share of a step."""


@dataclass(frozen=True)
class Linear:
    """A straight scale: `domain` in the measure's unit on to `pixels`."""

    domain: tuple[float, float]
    pixels: tuple[float, float]

    def __call__(self, value: float) -> float:
        """The pixel of a value; values outside the domain run on outside it."""
        (low, high), (start, end) = self.domain, self.pixels
        return start + (value - low) / (high - low) * (end - start)


@dataclass(frozen=True)
class Ratio:
    """A logarithmic scale: doubling is everywhere the same distance; values at or below zero are drawn at its foot."""

    domain: tuple[float, float]
    pixels: tuple[float, float]

    def __call__(self, value: float) -> float:
        """The pixel of a value, held within the ends of the scale."""
        (low, high), (start, end) = self.domain, self.pixels
        clamped = min(max(value, low), high)
        return start + log2(clamped / low) / log2(high / low) * (end - start)


@dataclass(frozen=True)
class Axis:
    """Where a scale runs from and to, and the values named on it, lowest first."""

    low: float
    high: float
    ticks: tuple[float, ...]

    @property
    def starts_at_zero(self) -> bool:
        """Whether the base line means zero, and so is drawn solid."""
        return self.low == 0


def value_axis(values: Iterable[float], *, is_whole: bool, from_zero: bool | None = None, tick_count: int = MOST_TICKS) -> Axis:
    """An axis over the values with three to five round ticks.

    Args:
        values: everything that will be drawn on it, bands included.
        is_whole: whether only whole numbers may be named (counts).
        from_zero: True starts at zero; None leaves it to the rule: zero when the lowest is under 30% of the
            highest.
        tick_count: how many ticks to come nearest to, from three to five.
    """
    numbers = tuple(values) or (0.0,)
    lowest, highest = min(numbers), max(numbers)
    if from_zero is None:
        from_zero = lowest >= 0 and lowest < START_AT_ZERO_BELOW * highest or lowest == highest == 0
    if from_zero and lowest >= 0:
        low, high = 0.0, highest * 1.04
    else:
        room = (highest - lowest or abs(highest) or 1) * 0.06
        low, high = lowest - room, highest + room
        low = max(low, 0.0) if lowest > 0 else low
    if is_whole and high - low < FEWEST_TICKS - 1:
        high = low + FEWEST_TICKS - 1
    high = high if high > low else low + 1
    step, ticks = _best_step(low, high, is_whole, tick_count)
    if len(ticks) < FEWEST_TICKS:
        high = (ticks[-1] if ticks else floor(low / step) * step) + step * (FEWEST_TICKS - len(ticks))
        ticks = ticks_between(low, high, step)
    if len(ticks) < MOST_TICKS and low - (ticks[0] - step) < step * STRETCH and (lowest < 0 or ticks[0] > 0):
        low = ticks[0] - step
        ticks = ticks_between(low, high, step)
    return Axis(low, high, ticks)


def ticks_between(low: float, high: float, step: float) -> tuple[float, ...]:
    """The multiples of the step from low to high."""
    slack = step * 1e-9
    first, last = ceil((low - slack) / step), floor((high + slack) / step)
    return tuple(round(i * step, 10) for i in range(first, last + 1))


def tick_texts(ticks: tuple[float, ...], *, is_percentage: bool = False, signed: bool = False) -> tuple[str, ...]:
    """Labels of the ticks: as few decimals as distinguish them, the percent sign on the top one only.

    Args:
        ticks: shares of one when `is_percentage`, else in the unit of the measure.
        is_percentage: write 0.4 as 40.
        signed: put a plus before what is above zero.
    """
    numbers = [t * 100 for t in ticks] if is_percentage else list(ticks)
    decimals = next((d for d in range(4) if all(abs(v - round(v, d)) < 1e-6 for v in numbers)), 4)
    words = [_tick(v, 0 if round(v, decimals) == 0 else decimals, signed) for v in numbers]
    return (*words[:-1], words[-1] + "%") if is_percentage and words else tuple(words)


def _tick(value: float, decimals: int, signed: bool) -> str:
    sign = MINUS if value < 0 else "+" if signed and value > 0 else ""
    digits = f"{abs(value):,.{decimals}f}"
    return sign + (digits.rstrip("0").rstrip(".") if "." in digits else digits)


def _best_step(low: float, high: float, is_whole: bool, tick_count: int) -> tuple[float, tuple[float, ...]]:
    power = floor(log10(high - low))
    steps = [m * 10.0**p for p in range(power - 2, power + 2) for m in (1, 2, 2.5, 5)]
    if is_whole:
        steps = [s for s in steps if s >= 1 and s == int(s)] or [1.0]
    candidates = [(s, ticks_between(low, high, s)) for s in sorted(steps)]
    return min(candidates, key=lambda pair: (_misfit(len(pair[1])), abs(len(pair[1]) - tick_count), pair[0]))


def _misfit(count: int) -> int:
    return 0 if FEWEST_TICKS <= count <= MOST_TICKS else min(abs(count - FEWEST_TICKS), abs(count - MOST_TICKS))
