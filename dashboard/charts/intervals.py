"""Estimates with their intervals against one comparator: wards, boroughs of a survey."""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.charts.row_layout import Pitch, draw_columns, lay_out_rows, left_of_scale, name_row
from dashboard.charts.scale import Linear, tick_texts, value_axis
from dashboard.charts.svg import Canvas, circle, line, shortened, text_width

WIDTHS = (560, 340)
PITCH = Pitch(21, 21, head=22, foot=8)
CLEAR_OF_LONDON = "Disc on a thick line: the whole interval lies to one side of London. Ring: it does not."
"""What the marks mean where London is the comparator, by shape: grey print keeps it."""


@dataclass(frozen=True)
class IntervalRow:
    """One place: estimate and limits in the measure's unit; None where `words` says why (fewer than 5)."""

    name: str
    value: float | None
    lower: float | None
    upper: float | None
    words: str
    """The value as shown at the right, or what stands in place of the mark."""


def intervals(
    rows: Sequence[IntervalRow],
    comparator: float | None,
    width: int,
    *,
    is_percentage: bool = False,
    from_zero: bool | None = None,
    label: str | None = None,
) -> str:
    """SVG of rows of intervals: a ring on a thin line, a disc on a thick one where clear of the dashed comparator.

    Args:
        rows: A to Z, never by size.
        comparator: London, or the mean of the places, in the same unit; None draws no line.
        width: 560 or 340, with the names on the left of both.
        is_percentage: values are shares of one.
        from_zero: True starts the scale at zero; None leaves it to the rule of all scales.
        label: the facts in words, made from the rows unless given.
    """
    # Names stay beside the marks at 340 px: above them, thirty places would be two screens.
    plan = lay_out_rows(width, PITCH, [False] * len(rows), always_beside=True)
    canvas = Canvas(width, plan.height)
    left = left_of_scale(plan, [r.name for r in rows], "t s", share=0.45) + 2
    right = width - max((text_width(r.words, "t s b") for r in rows if r.value is not None), default=0) - 10
    values = [v for r in rows for v in (r.value, r.lower, r.upper) if v is not None]
    is_whole = not is_percentage and all(float(r.value).is_integer() for r in rows if r.value is not None)
    axis = value_axis([*values, *([comparator] if comparator is not None else [])], is_whole=is_whole, from_zero=from_zero)
    x = Linear((axis.low, axis.high), (left, right))
    ticks = zip(axis.ticks, tick_texts(axis.ticks, is_percentage=is_percentage), strict=True)
    named = [(x(v), words, "axis" if v == 0 else "grid") for v, words in ticks]
    draw_columns(canvas, plan, [named[-1], *named[:-1]] if named else [])
    if comparator is not None:
        canvas.add("centre", line(x(comparator), PITCH.head, x(comparator), plan.height, "centre"))
    for i, row in enumerate(rows):
        name_row(canvas, plan, i, row.name, "t s", left)
        _row(canvas, row, x, (plan.middle(i), plan.baseline(i)), comparator)
    return canvas.svg(label or alt_text(rows))


def intervals_set(
    rows: Sequence[IntervalRow],
    comparator: float | None,
    *,
    is_percentage: bool = False,
    from_zero: bool | None = None,
    label: str | None = None,
) -> tuple[str, ...]:
    """The same chart at 560 and 340 px."""
    return tuple(intervals(rows, comparator, w, is_percentage=is_percentage, from_zero=from_zero, label=label) for w in WIDTHS)


def is_clear(row: IntervalRow, comparator: float | None) -> bool:
    """Whether the whole interval lies to one side of the comparator."""
    if comparator is None or row.lower is None or row.upper is None:
        return False
    return row.lower > comparator or row.upper < comparator


def alt_text(rows: Sequence[IntervalRow]) -> str:
    """Text alternative: every place with its value, or why it has none."""
    return "; ".join(f"{r.name} {r.words}" for r in rows) or "No figure is held."


def _row(canvas: Canvas, row: IntervalRow, x: Linear, at: tuple[float, float], comparator: float | None) -> None:
    middle, baseline = at
    if row.value is None:
        start = x.pixels[0] + 6
        canvas.text(start, baseline, shortened(row.words, canvas.width - start, "t q s"), "t q s")
        return
    clear = is_clear(row, comparator)
    if row.lower is not None and row.upper is not None:
        canvas.add("line", line(x(row.lower), middle, x(row.upper), middle, "range-blue" if clear else "range"))
    canvas.add("point", circle(x(row.value), middle, 4.2, "dot-blue" if clear else "dot-hollow"))
    canvas.text(canvas.width, baseline, row.words, "t s b" if clear else "t s q", "end")
