"""Groups as dots on one scale of shares, stacked where they are alike; those short of the aim are solid and named."""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.charts.scale import Linear, tick_texts, ticks_between
from dashboard.charts.svg import MIDDLE, Box, Canvas, circle, line, text_width

WIDTHS = (860, 560, 340)
RADIUS = 4.5
STACKED = 11.0
"""From the middle of a dot up to the one that stands on it."""
TOP, UNDER, NAME_ROW, BETWEEN = 24.0, 26.0, 18.0, 12.0
LEAST_OVER, NARROW_OVER = 58.0, 76.0
"""Room over the lowest dots of a row that has names to write."""
NARROW_UNDER = 500
STEP, NARROW_STEP = 0.05, 0.1
RISES = (26.0, 41.0, 56.0, 71.0)
"""How far above its dot a name may stand, in pixels."""


@dataclass(frozen=True)
class ShareDot:
    """One group: its name, its share, and whether the share reaches the aim."""

    name: str
    share: float
    is_reached: bool


@dataclass(frozen=True)
class DotRow:
    """The groups of one kind, under their heading."""

    name: str
    dots: tuple[ShareDot, ...]


def share_dots(rows: Sequence[DotRow], aim: float, width: int, *, label: str | None = None) -> str:
    """SVG of rows of dots: a ring where the aim is reached, a solid disc with its name where it is not.

    Args:
        rows: in the order drawn; empty ones are left out.
        aim: the least share aimed at, drawn as an upright line.
        width: 860, 560 or 340.
        label: the facts in words, made from the rows unless given.
    """
    filled = [row for row in rows if row.dots]
    shares = [dot.share for row in filled for dot in row.dots]
    step = STEP if width >= NARROW_UNDER else NARROW_STEP
    low = max(0.0, (min((*shares, aim)) - step / 4) // step * step)
    x = Linear((low, 1.0), (RADIUS + 4, width - 24))
    stacks = [_stacked(row.dots, x) for row in filled]
    heights = [_height(stack, width) for stack in stacks]
    height = TOP + sum(heights) + UNDER
    canvas = Canvas(width, height)
    _scale(canvas, x, step, aim, height - UNDER)
    top = TOP
    for row, stack, room in zip(filled, stacks, heights, strict=True):
        canvas.text(0, top + 14, row.name, "t b halo")
        _dots(canvas, stack, x, top + room - NAME_ROW)
        top += room
    return canvas.svg(label or alt_text(rows, aim))


def share_dots_set(rows: Sequence[DotRow], aim: float, *, label: str | None = None) -> tuple[str, ...]:
    """The same chart at 860, 560 and 340 px."""
    return tuple(share_dots(rows, aim, width, label=label) for width in WIDTHS)


def alt_text(rows: Sequence[DotRow], aim: float) -> str:
    """Text alternative: of each row how many groups reach the aim, and which do not, "Robbery 68.8%"."""
    parts = []
    for row in rows:
        short = [f"{dot.name} {dot.share:.1%}" for dot in sorted(row.dots, key=lambda dot: dot.share) if not dot.is_reached]
        reached = sum(dot.is_reached for dot in row.dots)
        parts.append(f"{row.name}: {reached} of {len(row.dots)} reach {aim:.0%}" + (f"; not {', '.join(short)}" if short else ""))
    return ". ".join(parts) or "No share is held."


def _stacked(dots: Sequence[ShareDot], x: Linear) -> list[tuple[ShareDot, int]]:
    """Each dot with the level it stands on, from the left: the lowest on which none before it is in its way."""
    ends: list[float] = []
    placed = []
    for dot in sorted(dots, key=lambda dot: (dot.share, dot.name)):
        at = x(dot.share)
        level = next((i for i, end in enumerate(ends) if at - end >= STACKED), len(ends))
        ends[level : level + 1] = [at]
        placed.append((dot, level))
    return placed


def _height(stack: Sequence[tuple[ShareDot, int]], width: int) -> float:
    over = max(level for _, level in stack) * STACKED + BETWEEN
    named = LEAST_OVER if width >= NARROW_UNDER else NARROW_OVER
    has_names = any(not dot.is_reached for dot, _ in stack)
    return NAME_ROW + max(over, named if has_names else 0.0) + NAME_ROW


def _scale(canvas: Canvas, x: Linear, step: float, aim: float, base: float) -> None:
    ticks = ticks_between(*x.domain, step)
    for tick, words in zip(ticks, tick_texts(ticks, is_percentage=True), strict=True):
        canvas.add("grid", line(x(tick), TOP, x(tick), base, "grid"))
        canvas.text(x(tick), base + 18, words, "t q", "middle" if x(tick) > text_width(words, "t q") / 2 else "start")
    canvas.add("grid", line(x.pixels[0], base, x.pixels[1], base, "axis"))
    canvas.add("centre", line(x(aim), TOP, x(aim), base, "centre"))
    canvas.text(x(aim), TOP - 8, f"at least {aim:.0%}", "t q s", "middle")


def _dots(canvas: Canvas, stack: Sequence[tuple[ShareDot, int]], x: Linear, floor: float) -> None:
    places = [(dot, x(dot.share), floor - level * STACKED) for dot, level in stack]
    for dot, at, y in places:
        canvas.take(Box(at - RADIUS - 1, y - RADIUS - 1, at + RADIUS + 1, y + RADIUS + 1))
        canvas.add("point", circle(at, y, RADIUS, "dot-hollow" if dot.is_reached else "dot"))
    for dot, at, y in reversed(places):
        if not dot.is_reached:
            _name(canvas, f"{dot.name} {dot.share:.0%}", at, y)


def _name(canvas: Canvas, words: str, x: float, y: float) -> None:
    """The name over its dot or beside it; where others are in the way, higher up at the end of a line."""
    if canvas.place([(x, y - 11, "middle"), (x - 9, y + MIDDLE, "end"), (x + 9, y + MIDDLE, "start")], words, "t s halo"):
        return
    for rise in RISES:
        if canvas.place([(x - RADIUS, y - rise, "start"), (x + RADIUS, y - rise, "end")], words, "t s halo"):
            canvas.add("line", line(x, y - RADIUS - 1, x, y - rise + 4, "leader"))
            return
