"""Chart of observed over expected, measure by measure, on one ratio scale."""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.charts.row_layout import Pitch, draw_columns, lay_out_rows, left_of_scale, name_row, value_at_right
from dashboard.charts.scale import Ratio
from dashboard.charts.svg import Canvas, circle, line, text_width
from dashboard.charts.verdict_shapes import shape
from etl.core.state import CHANGES, State

WIDTHS = (1160, 860, 560, 340)
PITCH = Pitch(30, 46)
COLUMNS = (
    (1.0, "as expected"), (0.5, "half"), (2.0, "twice"), (1.5, "half as much again"),
    (0.75, "a quarter fewer"), (4.0, "four times"), (0.25, "a quarter"),
)  # fmt: skip
LOW, HIGH = 0.2, 6.0


@dataclass(frozen=True)
class ForestRow:
    """One measure: observed over expected with its limits, the verdict's state, and the value in words.

    A `ratio` of None is a measure that is not judged: its words stand where the mark would.
    """

    name: str
    ratio: float | None
    lower: float | None
    upper: float | None
    state: State
    words: str


@dataclass(frozen=True)
class ForestGroup:
    """Rows under one heading: chosen; not chosen, high harm; not chosen, volume."""

    name: str
    rows: tuple[ForestRow, ...]


def forest(groups: Sequence[ForestGroup], width: int, *, label: str | None = None) -> str:
    """SVG of ratios with intervals in groups; the mark is a ring, or the verdict's shape where the measure changed.

    Args:
        groups: in the order drawn; empty groups are left out.
        width: 1160, 860, 560 or 340.
        label: the facts in words, made from the rows unless given.
    """
    slots: list[ForestRow | str] = []
    for group in (g for g in groups if g.rows):
        slots += [group.name, *group.rows]
    rows = [r for r in slots if isinstance(r, ForestRow)]
    plan = lay_out_rows(width, PITCH, [isinstance(s, str) for s in slots])
    canvas = Canvas(width, plan.height)
    words_room = max((text_width(r.words, "t q") for r in rows), default=0) + 14
    left = left_of_scale(plan, [r.name for r in rows], "t halo")
    x = Ratio(_domain(rows), (left + 8, width - 8 if plan.is_narrow else width - words_room - 6))
    low, high = x.domain
    columns = [(x(at), words, "axis" if at == 1 else "grid") for at, words in COLUMNS if low <= at <= high]
    draw_columns(canvas, plan, columns)
    for i, row in enumerate(slots):
        if isinstance(row, str):
            canvas.text(0, plan.tops[i] + 27, row, "t b halo")
            continue
        name_row(canvas, plan, i, row.name, "t halo", width - words_room if plan.is_narrow else left)
        if plan.is_narrow:
            value_at_right(canvas, plan, i, row.words, "t q")
        else:
            canvas.text(width - words_room + 8, plan.baseline(i), row.words, "t q")
        if row.ratio is not None:
            _mark(canvas, x, row, plan.middle(i))
    return canvas.svg(label or alt_text(rows))


def forest_set(groups: Sequence[ForestGroup], *, label: str | None = None) -> tuple[str, ...]:
    """The same chart at 1160, 860, 560 and 340 px."""
    return tuple(forest(groups, width, label=label) for width in WIDTHS)


def alt_text(rows: Sequence[ForestRow]) -> str:
    """Text alternative: each measure with its ratio and limits, "Burglary 0.88 (0.64 to 1.10)"."""
    measures = []
    for r in rows:
        limits = f" ({r.lower:.2f} to {r.upper:.2f})" if r.lower is not None and r.upper is not None else ""
        measures.append(f"{r.name}: {r.words}" if r.ratio is None else f"{r.name} {r.ratio:.2f}{limits}")
    return "; ".join(measures) or "No measure is judged."


def _domain(rows: Sequence[ForestRow]) -> tuple[float, float]:
    values = [v for r in rows for v in (r.ratio, r.lower, r.upper) if v is not None and v > 0]
    return max(min((*values, 0.5)), LOW), min(max((*values, 2.0)), HIGH)


def _mark(canvas: Canvas, x: Ratio, row: ForestRow, y: float) -> None:
    if row.ratio is None:
        return
    if row.lower is not None and row.upper is not None:
        canvas.add("line", line(x(row.lower), y, x(row.upper), y, "range"))
    at = x(row.ratio)
    canvas.add("point", shape(row.state, at, y, 5.5) if row.state in CHANGES else circle(at, y, 5, "dot-hollow"))
