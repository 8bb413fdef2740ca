"""Two dates for each court: a ring for then, a disc for now."""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.charts.row_layout import Pitch, draw_columns, lay_out_rows, left_of_scale, name_row, value_at_right
from dashboard.charts.scale import Linear, tick_texts, value_axis
from dashboard.charts.svg import Canvas, circle, line, text_width
from etl.core.written import number, signed

WIDTHS = (560, 340)
PITCH = Pitch(34, 46, foot=10)
BOLD_BEYOND = 0.3
LONGEST_NAME = 0.42


@dataclass(frozen=True)
class BeforeAfterRow:
    """One court's value on two dates; None is written as "not held", not drawn."""

    name: str
    was: float | None
    now: float | None


def before_and_after(rows: Sequence[BeforeAfterRow], dates: tuple[str, str], width: int, *, label: str | None = None) -> str:
    """SVG of each court's two values, a ring and a disc, with the change between them in per cent.

    Args:
        rows: in any order; drawn by size now.
        dates: then and now, short: "Dec 2024", "Dec 2025".
        width: 560 or 340.
        label: the facts in words, made from the rows unless given.
    """
    ordered = sorted(rows, key=lambda r: (-(r.now if r.now is not None else -1), r.name))
    plan = lay_out_rows(width, PITCH, [False] * len(ordered))
    canvas = Canvas(width, plan.height)
    values = [v for r in ordered for v in (r.was, r.now) if v is not None]
    if not values:
        canvas.text(0, 20, "No figure is held", "t q")
        return canvas.svg(label or alt_text(ordered, dates))
    room = max(text_width(_change(r), "t b") for r in ordered) + 14
    left = left_of_scale(plan, [r.name for r in ordered], share=LONGEST_NAME)
    axis = value_axis([0.0, *values], is_whole=True, from_zero=True)
    x = Linear((axis.low, axis.high), (left + 6, width - 24 if plan.is_narrow else width - room))
    ticks = zip(axis.ticks, tick_texts(axis.ticks), strict=True)
    draw_columns(canvas, plan, [(x(v), words, "axis" if v == 0 else "grid") for v, words in ticks])
    for i, row in enumerate(ordered):
        y = plan.middle(i)
        name_row(canvas, plan, i, row.name, "t halo" if plan.is_narrow else "t", width - room if plan.is_narrow else left)
        value_at_right(canvas, plan, i, _change(row), "t b" if _is_large_change(row) else "t")
        if row.was is not None and row.now is not None:
            canvas.add("line", line(x(row.was), y, x(row.now), y, "range-blue"))
        if row.was is not None:
            canvas.add("point", circle(x(row.was), y, 4.5, "dot-hollow-blue"))
        if row.now is not None:
            canvas.add("point", circle(x(row.now), y, 5.5, "dot-blue"))
        if i == 0:
            _write_dates(canvas, row, dates, x, y)
    return canvas.svg(label or alt_text(ordered, dates))


def before_and_after_set(rows: Sequence[BeforeAfterRow], dates: tuple[str, str], *, label: str | None = None) -> tuple[str, ...]:
    """The same chart at 560 and 340 px."""
    return tuple(before_and_after(rows, dates, width, label=label) for width in WIDTHS)


def alt_text(rows: Sequence[BeforeAfterRow], dates: tuple[str, str]) -> str:
    """Text alternative: every court's value on both dates."""
    changes = "; ".join(f"{r.name} {_value_text(r.was)} to {_value_text(r.now)}" for r in rows)
    return f"{dates[0]} to {dates[1]}. {changes}."


def _value_text(value: float | None) -> str:
    return "not held" if value is None else number(value)


def _change(row: BeforeAfterRow) -> str:
    if row.was is None or row.now is None:
        return "not held"
    return f"{signed((row.now / row.was - 1) * 100)}%" if row.was else signed(row.now - row.was)


def _is_large_change(row: BeforeAfterRow) -> bool:
    return bool(row.was and row.now is not None and abs(row.now / row.was - 1) > BOLD_BEYOND)


def _write_dates(canvas: Canvas, row: BeforeAfterRow, dates: tuple[str, str], x: Linear, y: float) -> None:
    """Write the two dates over the first row's marks, where they do not cover each other."""
    if row.was is None or row.now is None:
        return
    then, now = x(row.was), x(row.now)
    first, second = ((dates[0], then, "t q s halo"), (dates[1], now, "t s halo"))[:: 1 if then <= now else -1]
    canvas.place([(first[1] - 2, y - 10, "end"), (first[1] - 2, y + 19, "end")], first[0], first[2])
    canvas.place([(second[1] - 2, y - 10, "start"), (second[1], y + 19, "middle")], second[0], second[2])
