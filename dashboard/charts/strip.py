"""Strip plot of one borough among others, measure by measure, as ratios to the rest of London or to earlier years."""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.charts.row_layout import Pitch, draw_columns, lay_out_rows, left_of_scale, write_name
from dashboard.charts.scale import Ratio
from dashboard.charts.svg import Canvas, circle, line, text_width

WIDTHS = (560, 340)
ALONE = (1160, 560, 340)
"""Where the chart has the whole page: names need not be cut, nor type grow."""
PITCH = Pitch(34, 58, foot=18)


@dataclass(frozen=True)
class Axis:
    """What ratios are taken of. `columns` are (ratio, words, class of the line), the most needed first."""

    columns: tuple[tuple[float, str, str], ...]
    reach: float
    """The furthest ratio drawn; beyond it, and below one over it, a mark stands at the edge."""
    comparison: str
    """What the chart sets beside what: "beside the rest of London"."""


REST_OF_LONDON = Axis(
    ((1.0, "rest of London", "axis"), (0.5, "½", "grid"), (2.0, "2×", "grid"), (0.25, "¼", "grid"), (4.0, "4×", "grid")),
    5.0,
    "beside the rest of London",
)
TWO_YEARS_BEFORE = Axis(
    ((1.0, "0%", "axis"), (0.8, "−20%", "centre"), (0.5, "−50%", "grid"), (2.0, "+100%", "grid")),
    2.5,
    "beside two years before",
)


@dataclass(frozen=True)
class StripRow:
    """One measure: ratios of the subject (None: not held), of the others in its command, and of all the rest."""

    name: str
    subject: float | None
    command: tuple[float, ...]
    others: tuple[float, ...]
    words: str
    """The subject's difference: "22% lower"."""


def strip(rows: Sequence[StripRow], subject: str, width: int, axis: Axis, *, label: str | None = None) -> str:
    """SVG with strokes for the others, rings for the command, a disc for the subject; marks off the scale are at its edge.

    Args:
        rows: measures in catalogue order.
        subject: the borough's name, written over the first disc.
        width: 560 or 340.
        axis: what ratios are taken of.
        label: the facts in words, made from the rows unless given.
    """
    plan = lay_out_rows(width, PITCH, [False] * len(rows))
    canvas = Canvas(width, plan.height)
    room = max((text_width(r.words, "t b") for r in rows), default=0) + 16
    left = left_of_scale(plan, [r.name for r in rows], "t halo")
    x = Ratio((1 / axis.reach, axis.reach), (left + 8, width - 8 if plan.is_narrow else width - room))
    draw_columns(canvas, plan, [(x(at), words, css) for at, words, css in axis.columns])
    is_named = False
    for i, row in enumerate(rows):
        y = plan.middle(i) + (0 if plan.is_narrow else 6)
        baseline = plan.baseline(i) + (0 if plan.is_narrow else 6)
        canvas.add("line", *(line(x(v), y - 6, x(v), y + 6, "other") for v in row.others))
        canvas.add("point", *(circle(x(v), y, 4, "dot-hollow") for v in row.command))
        if plan.is_narrow:
            write_name(canvas, plan, baseline, row.name, "t halo", width - room)
            canvas.text(width, baseline, row.words, "t b", "end")
        else:
            write_name(canvas, plan, baseline, row.name, "t halo", left - 6)
            canvas.text(width - room + 16, baseline, row.words, "t b")
        if row.subject is None:
            continue
        at = x(row.subject)
        canvas.add("point", circle(at, y, 6, "dot-blue"))
        if not is_named:
            is_named = True
            canvas.place(((at, y - 11, "middle"), (at + 9, y - 9, "start"), (at, y + 20, "middle")), subject, "t blue s halo")
    return canvas.svg(label or alt_text(rows, subject, axis))


def strip_set(
    rows: Sequence[StripRow],
    subject: str,
    *,
    label: str | None = None,
    widths: tuple[int, ...] = WIDTHS,
    axis: Axis = REST_OF_LONDON,
) -> tuple[str, ...]:
    """The same chart at 560 and 340 px, or at the widths given."""
    return tuple(strip(rows, subject, width, axis, label=label) for width in widths)


def alt_text(rows: Sequence[StripRow], subject: str, axis: Axis) -> str:
    """Text alternative: the subject's difference in each measure."""
    differences = "; ".join(f"{r.name} {r.words}" for r in rows)
    return f"{subject} among the boroughs, {axis.comparison}: {differences or 'no figure is held'}."
