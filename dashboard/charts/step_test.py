"""Whether counts stepped where a system changed: one line a crime, from zero to its step."""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.charts.row_layout import Pitch, draw_columns, lay_out_rows, left_of_scale, name_row, value_at_right
from dashboard.charts.scale import Linear, tick_texts, value_axis
from dashboard.charts.svg import Canvas, circle, line, text_width
from dashboard.charts.verdict_shapes import square
from etl.core.written import signed

WIDTHS = (560, 340)
PITCH = Pitch(26, 40, head=20)


@dataclass(frozen=True)
class StepRow:
    """One crime: its step as a share of one, and whether that is beyond three times its usual movement."""

    name: str
    step: float
    is_beyond: bool


def step_test(rows: Sequence[StepRow], width: int, *, label: str | None = None) -> str:
    """SVG of lines from "no step" to each step; a pink square on those beyond three times the usual movement.

    Args:
        rows: in any order; drawn from the largest fall to the largest rise.
        width: 560 or 340.
        label: the facts in words, made from the rows unless given.
    """
    ordered = sorted(rows, key=lambda r: (r.step, r.name))
    plan = lay_out_rows(width, PITCH, [False] * len(ordered))
    canvas = Canvas(width, plan.height)
    room = max((text_width(_step_text(r), "t b") for r in ordered), default=0) + 14
    left = left_of_scale(plan, [r.name for r in ordered], "t halo")
    axis = value_axis([-0.05, 0.05, *(r.step for r in ordered)], is_whole=False, from_zero=False)
    x = Linear((axis.low, axis.high), (left + 6, width - 8 if plan.is_narrow else width - room))
    texts = [w.rstrip("%") + "%" for w in tick_texts(axis.ticks, is_percentage=True, signed=True)]
    columns = [(x(v), "no step" if v == 0 else w, "grid" if v else "axis") for v, w in zip(axis.ticks, texts, strict=True)]
    draw_columns(canvas, plan, sorted(columns, key=lambda c: c[1] != "no step"))
    for i, row in enumerate(ordered):
        y = plan.middle(i)
        name_row(canvas, plan, i, row.name, "t halo", width - room if plan.is_narrow else left)
        value_at_right(canvas, plan, i, _step_text(row), "t b" if row.is_beyond else "t q")
        canvas.add("line", line(x(0), y, x(row.step), y, "range-blue" if row.is_beyond else "range"))
        canvas.add("point", square(x(row.step), y, 4.95) if row.is_beyond else circle(x(row.step), y, 4, "dot-other"))
    return canvas.svg(label or alt_text(ordered))


def step_test_set(rows: Sequence[StepRow], *, label: str | None = None) -> tuple[str, ...]:
    """The same chart at 560 and 340 px."""
    return tuple(step_test(rows, width, label=label) for width in WIDTHS)


def alt_text(rows: Sequence[StepRow]) -> str:
    """Text alternative: every step, and which are beyond the usual movement."""
    steps = [f"{r.name} {_step_text(r)}{', beyond the usual' if r.is_beyond else ''}" for r in rows]
    return f"Steps: {'; '.join(steps) or 'no figure is held'}."


def _step_text(row: StepRow) -> str:
    return f"{signed(row.step * 100)}%"
