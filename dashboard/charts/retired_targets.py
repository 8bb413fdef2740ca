"""Chart of how far ended targets were met: each year's change since the first, and the crimes without a target."""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.charts.row_layout import Pitch, Rows, draw_columns, lay_out_rows, left_of_scale, name_row, value_at_right
from dashboard.charts.scale import Linear, tick_texts, value_axis
from dashboard.charts.svg import Canvas, circle, line, text_width
from etl.core.written import signed

WIDTHS = (1160, 860, 560, 340)
PITCH = Pitch(36, 54, head=38)


@dataclass(frozen=True)
class TargetRow:
    """One crime: its change since the first year as a share of one, year by year, and whether its target was met.

    `is_met` is None for a crime without a target.
    """

    name: str
    path: tuple[float, ...]
    is_met: bool | None


def retired_targets(
    rows: Sequence[TargetRow], target: float, base_year: str, unchosen: str, width: int, *, label: str | None = None
) -> str:
    """SVG with a path of yearly dots to a disc for each target; below, in ink, the crimes without one.

    Args:
        rows: with and without a target, in the order drawn; those without are moved below.
        target: the change that was to be reached, as a share of one (−0.2).
        base_year: the year changes are counted from: "2011/12".
        unchosen: the heading over the crimes without a target.
        width: 1160, 860, 560 or 340.
        label: the facts in words, made from the rows unless given.
    """
    targeted, untargeted = [r for r in rows if r.is_met is not None], [r for r in rows if r.is_met is None]
    slots: list[TargetRow | str] = [*targeted]
    if untargeted:
        slots += [unchosen, *untargeted]
    plan = lay_out_rows(width, PITCH, [isinstance(s, str) for s in slots])
    canvas = Canvas(width, plan.height)
    room = max((text_width(_change_text(r), "t b") for r in rows), default=0) + 14
    left = left_of_scale(plan, [r.name for r in rows], share=0.3)
    axis = value_axis([0.0, target * 1.1, *(v for r in rows for v in r.path)], is_whole=False, from_zero=False)
    x = Linear((axis.low, axis.high), (left + 6, width - 8 if plan.is_narrow else width - room))
    _columns(canvas, plan, x, axis.ticks, base_year)
    words = f"target {signed(target * 100)}%"
    end = plan.tops[len(targeted) - 1] + (PITCH.narrow if plan.is_narrow else PITCH.wide) if targeted else plan.height
    canvas.add("break", line(x(target), PITCH.head, x(target), end, "break"))
    at = min(max(x(target), text_width(words, "t pink s") / 2), width - text_width(words, "t pink s") / 2)
    canvas.text(at, 12, words, "t pink s", "middle")
    for i, row in enumerate(slots):
        if isinstance(row, str):
            canvas.text(0, plan.tops[i] + 23, row, "t b halo")
            continue
        name_row(canvas, plan, i, row.name, "t halo" if plan.is_narrow else "t", width - room if plan.is_narrow else left)
        value_at_right(canvas, plan, i, _change_text(row), "t b" if row.is_met is not None else "t")
        _path(canvas, row, x, plan.middle(i))
    return canvas.svg(label or alt_text(rows))


def retired_targets_set(
    rows: Sequence[TargetRow], target: float, base_year: str, unchosen: str, *, label: str | None = None
) -> tuple[str, ...]:
    """The same chart at 1160, 860, 560 and 340 px."""
    return tuple(retired_targets(rows, target, base_year, unchosen, width, label=label) for width in WIDTHS)


def alt_text(rows: Sequence[TargetRow]) -> str:
    """Text alternative: every crime's change by the last year, and whether its target was met."""
    return "; ".join(f"{r.name} {_change_text(r)}" for r in rows) + "."


def _change_text(row: TargetRow) -> str:
    if not row.path:
        return "not held"
    change = f"{signed(row.path[-1] * 100)}%"
    return change if row.is_met is None else f"{change}, {'met' if row.is_met else 'missed'}"


def _columns(canvas: Canvas, plan: Rows, x: Linear, ticks: Sequence[float], base_year: str) -> None:
    """The years' scale stands a line under the target's name, so the two never meet."""
    texts = [w.rstrip("%") + "%" for w in tick_texts(tuple(ticks), is_percentage=True, signed=True)]
    columns = [(x(v), base_year if v == 0 else w, "grid" if v else "axis") for v, w in zip(ticks, texts, strict=True)]
    draw_columns(canvas, plan, sorted(columns, key=lambda c: c[1] != base_year))


def _path(canvas: Canvas, row: TargetRow, x: Linear, y: float) -> None:
    if not row.path:
        return
    has_target = row.is_met is not None
    canvas.add("line", line(x(0), y, x(row.path[-1]), y, "range-blue" if has_target else "range"))
    canvas.add("point", *(circle(x(v), y, 2.4, "dot") for v in row.path[:-1]))
    canvas.add("point", circle(x(row.path[-1]), y, 5.5, "dot-blue" if has_target else "dot"))
