"""Chart of the periods held of each source, the dates of its editions, and the periods missing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dashboard.charts.row_layout import Pitch, draw_columns, lay_out_rows, left_of_scale
from dashboard.charts.scale import Linear
from dashboard.charts.svg import Canvas, hatched, line, rect, text_width
from etl.core.written import MONTHS

WIDTHS = (1160, 860, 560, 340)
PITCH = Pitch(34, 52)
LONGEST_NAME = 0.5
ENDING = 3
"""Words kept at the end of a name that is cut."""
BAR, STROKE = 12.0, 20.0
LEAST_BAR = 2.0

Span = tuple[date, date]


@dataclass(frozen=True)
class CoverageRow:
    """One source: the spans of days held, those known to be published or due and not held, and the editions' days."""

    name: str
    spans: tuple[Span, ...]
    missing: tuple[Span, ...] = ()
    editions: tuple[date, ...] = ()


def coverage(rows: Sequence[CoverageRow], width: int, *, label: str | None = None) -> str:
    """SVG with a bar for the periods held of each source, a stroke for each edition, hatching for missing periods.

    Args:
        rows: sources in catalogue order.
        width: 1160, 860, 560 or 340.
        label: the facts in words, made from the rows unless given.
    """
    plan = lay_out_rows(width, PITCH, [False] * len(rows))
    canvas = Canvas(width, plan.height)
    # Names of sources are long, and their ends tell them apart.
    left = left_of_scale(plan, [r.name for r in rows], share=LONGEST_NAME)
    days = [d for r in rows for span in (*r.spans, *r.missing) for d in span] + [d for r in rows for d in r.editions]
    if not days:
        return canvas.svg(label or "No source is held.")
    first, last = min(days).year, _years(max(days)) + 0.1
    x = Linear((first, last), (left, width - 14))
    draw_columns(canvas, plan, [(x(y), str(y), "grid") for y in _named_years(first, int(last), x)])
    for i, row in enumerate(rows):
        middle = plan.middle(i) + (2 if plan.is_narrow else 0)
        room = (width if plan.is_narrow else left) - 6
        canvas.text(0, plan.baseline(i), _distinct_name(row.name, room), "t halo")
        for start, end in row.spans:
            canvas.add("band", rect(x(_years(start)), middle - BAR / 2, _length(x, start, end), BAR, "bar-quiet"))
        for start, end in row.missing:
            canvas.add("band", hatched(x(_years(start)), middle - BAR / 2, _length(x, start, end), BAR))
        for day in row.editions:
            canvas.add("line", line(x(_years(day)), middle - STROKE / 2, x(_years(day)), middle + STROKE / 2, "raw"))
    return canvas.svg(label or alt_text(rows))


def _distinct_name(name: str, room: float) -> str:
    """The name, or its beginning and its end where it is too long: names of sources differ at their ends."""
    words = name.split()
    if text_width(name, "t") <= room or len(words) <= ENDING:
        return name
    end = " ".join(words[-ENDING:])
    for word_count in range(len(words) - ENDING - 1, 0, -1):
        shortened_name = f"{' '.join(words[:word_count]).rstrip(',')} … {end}"
        if text_width(shortened_name, "t") <= room:
            return shortened_name
    return f"… {end}"


def coverage_set(rows: Sequence[CoverageRow], *, label: str | None = None) -> tuple[str, ...]:
    """The same chart at 1160, 860, 560 and 340 px."""
    return tuple(coverage(rows, width, label=label) for width in WIDTHS)


def alt_text(rows: Sequence[CoverageRow]) -> str:
    """Text alternative: for each source the periods held, the number of editions, and the periods missing."""
    sources = []
    for row in rows:
        spans = " and ".join(f"{_month(a)} to {_month(b)}" for a, b in row.spans) or "nothing held"
        editions = f", {len(row.editions)} {'edition' if len(row.editions) == 1 else 'editions'}" if row.editions else ""
        missing = "".join(f", {_month(a)} to {_month(b)} missing" for a, b in row.missing)
        sources.append(f"{row.name}: {spans}{editions}{missing}")
    return "; ".join(sources) + "."


def _years(when: date) -> float:
    """A day as years and a fraction."""
    start = date(when.year, 1, 1)
    return when.year + (when - start).days / (date(when.year + 1, 1, 1) - start).days


def _length(x: Linear, start: date, end: date) -> float:
    return max(x(_years(end)) - x(_years(start)), LEAST_BAR)


def _month(when: date) -> str:
    return f"{MONTHS[when.month - 1]} {when.year}"


def _named_years(first: int, last: int, x: Linear) -> list[int]:
    """The years to label: every one, or every second, fourth or eighth, so that labels do not touch."""
    across = x(1) - x(0)
    interval = next((n for n in (1, 2, 4, 8) if across * n >= text_width("2008", "t q s") + 14), 8)
    return list(range(first, last + 1, interval))
