"""One borough among all others, measure by measure, as a ratio to the rest of London."""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.charts.rows import Pitch, draw_columns, laid_out, left_of_scale, write_name
from dashboard.charts.scale import Ratio
from dashboard.charts.svg import Canvas, circle, line, text_width

WIDTHS = (560, 340)
ALONE = (1160, 560, 340)
"""Where the chart has the whole page: names need not be cut, nor type grow."""
PITCH = Pitch(34, 58, foot=18)
COLUMNS = ((1.0, "rest of London"), (0.5, "½"), (2.0, "2×"), (0.25, "¼"), (4.0, "4×"))
REACH = 5.0


@dataclass(frozen=True)
class StripRow:
    """One measure: ratios to the rest of London of the subject, of the others in its command, and of all the rest."""

    name: str
    subject: float
    command: tuple[float, ...]
    others: tuple[float, ...]
    words: str
    """The subject's difference: "22% lower"."""


def strip(rows: Sequence[StripRow], subject: str, width: int, *, label: str | None = None) -> str:
    """Strokes for the others, rings for the command, a disc for the subject; what lies off the scale stands at its edge.

    Args:
        rows: measures in catalogue order.
        subject: the borough's name, written over the first disc.
        width: 560 or 340.
        label: the facts in words, made from the rows unless given.
    """
    plan = laid_out(width, PITCH, [False] * len(rows))
    canvas = Canvas(width, plan.height)
    room = max((text_width(r.words, "t b") for r in rows), default=0) + 16
    left = left_of_scale(plan, [r.name for r in rows], "t halo")
    x = Ratio((1 / REACH, REACH), (left + 8, width - 8 if plan.is_narrow else width - room))
    draw_columns(canvas, plan, [(x(at), words, "axis" if at == 1 else "grid") for at, words in COLUMNS])
    for i, row in enumerate(rows):
        y = plan.middle(i) + (0 if plan.is_narrow else 6)
        baseline = plan.baseline(i) + (0 if plan.is_narrow else 6)
        canvas.add("line", *(line(x(v), y - 6, x(v), y + 6, "other") for v in row.others))
        canvas.add("point", *(circle(x(v), y, 4, "dot-hollow") for v in row.command), circle(x(row.subject), y, 6, "dot-blue"))
        if plan.is_narrow:
            write_name(canvas, plan, baseline, row.name, "t halo", width - room)
            canvas.text(width, baseline, row.words, "t b", "end")
        else:
            write_name(canvas, plan, baseline, row.name, "t halo", left - 6)
            canvas.text(width - room + 16, baseline, row.words, "t b")
        if i == 0:
            at = x(row.subject)
            canvas.place(((at, y - 11, "middle"), (at + 9, y - 9, "start"), (at, y + 20, "middle")), subject, "t blue s halo")
    return canvas.svg(label or described(rows, subject))


def strip_set(
    rows: Sequence[StripRow], subject: str, *, label: str | None = None, widths: tuple[int, ...] = WIDTHS
) -> tuple[str, ...]:
    """The same chart at 560 and 340 px, or at the widths given."""
    return tuple(strip(rows, subject, width, label=label) for width in widths)


def described(rows: Sequence[StripRow], subject: str) -> str:
    """The subject's difference from the rest of London in each measure."""
    told = "; ".join(f"{r.name} {r.words}" for r in rows)
    return f"{subject} among the boroughs, beside the rest of London: {told or 'no figure is held'}."
