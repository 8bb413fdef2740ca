"""A measure over time for one place, with its expected range where there is a verdict to show."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from dashboard.charts.expected import ExpectedRange, Stretch, draw_leader, draw_stretch, expected_headings, stretches
from dashboard.charts.headings import Heading, place_headings, rows_used, write_headings
from dashboard.charts.line_in_words import alt_text, value_words
from dashboard.charts.period_dots import (
    Dot,
    Hole,
    awaiting,
    holes,
    months_per_step,
    newest_dot,
    period_dots,
    period_short,
    unbroken_runs,
)
from dashboard.charts.scale import tick_texts, value_axis
from dashboard.charts.svg import LINE_HEIGHT, Canvas, circle, path
from dashboard.charts.time_axes import (
    LONGEST_UNNAMED_HOLE,
    UNDER,
    Frame,
    break_heading,
    covid_heading,
    covid_span,
    draw_break,
    draw_shade,
    draw_values,
    draw_years,
    end_label,
    end_room,
    hole_heading,
    left_margin,
    line_boxes,
    marked_breaks,
    name_break_where_free,
)
from dashboard.charts.verdict_shapes import shape
from dashboard.figures.records import Break, Measure, MeasureSeries, Verdict
from etl.core.period import month_number, moved, year_of
from etl.core.state import CHANGES, LEANS

FULL: Mapping[int, int] = {1160: 400, 860: 380, 560: 320, 340: 280}
HALF: Mapping[int, int] = {560: 250, 340: 210}
MEETING: Mapping[int, int] = {1160: 316, 560: 290, 340: 250}
NARROW, NARROW_MONTHS = 340, 48
"""At the narrowest width a full chart shows the last four years."""
DOTS_FROM, ROOM_FOR_DOT, ROOM_FOR_DOT_NARROW = 700, 4, 9
CARD = (340, 150)


@dataclass(frozen=True)
class Look:
    """What changes with the size of the drawing: room above and right of the plot, ticks, headings, size of dots."""

    head: float
    least_right: float
    wanted_ticks: int
    has_headings: bool
    dot: float


@dataclass(frozen=True)
class _Parts:
    """The parts of the drawing that are the same at every size."""

    series: MeasureSeries
    dots: tuple[Dot, ...]
    last: Dot
    bands: tuple[Stretch, ...]
    gaps: tuple[Hole, ...]
    breaks: tuple[Break, ...]
    verdict: Verdict | None


TALL, LOW, SMALL = Look(18, 76, 5, True, 1.9), Look(14, 76, 4, True, 2.1), Look(12, 66, 3, False, 0)


def line(
    series: MeasureSeries,
    width: int,
    *,
    height: int | None = None,
    expected: ExpectedRange | None = None,
    verdict: Verdict | None = None,
    first: str | None = None,
    until: str | None = None,
    awaited_until: str | None = None,
    label: str | None = None,
) -> str:
    """SVG of one series over time at one drawn width.

    Args:
        series: what is drawn; missing periods are gaps, those longer than two points shaded and named.
        width: 1160, 860, 560 or 340.
        height: of the drawing; that of a full chart unless given.
        expected: the range to draw behind the line, where the series is judged.
        verdict: its state gives the newest point its shape.
        first: the first period shown; at 340 px the last four years unless given.
        until: the period other series run to, so that a late series shows how late it is.
        awaited_until: the last period that is over and has no figure yet; the range goes on over such periods.
        label: the facts in words for a reader who cannot see the picture; made from the series unless given.
    """
    dots = _dots(series, first, until, awaited_until)
    if width <= NARROW and first is None and dots:
        start = month_number(moved(dots[-1].period, -NARROW_MONTHS))
        dots = tuple(d for d in dots if month_number(d.period) > start)
    tall = height or FULL[width]
    return _line_svg(series, dots, (width, tall), TALL if tall >= 280 else LOW, expected, verdict, label)


def line_set(
    series: MeasureSeries,
    *,
    sizes: Mapping[int, int] = FULL,
    expected: ExpectedRange | None = None,
    verdict: Verdict | None = None,
    first: str | None = None,
    until: str | None = None,
    awaited_until: str | None = None,
    label: str | None = None,
) -> tuple[str, ...]:
    """The same chart at every width of `sizes` (width to height), widest first."""
    return tuple(
        line(
            series,
            w,
            height=h,
            expected=expected,
            verdict=verdict,
            first=first,
            until=until,
            awaited_until=awaited_until,
            label=label,
        )
        for w, h in sizes.items()
    )


def card(
    series: MeasureSeries,
    *,
    expected: ExpectedRange | None = None,
    verdict: Verdict | None = None,
    first: str | None = None,
    until: str | None = None,
    awaited_until: str | None = None,
    label: str | None = None,
) -> str:
    """SVG of a card's small line, 340 by 150: from January of last year but one unless `first` says otherwise."""
    ends = [p.period for p in series.points] + ([until] if until else [])
    if first is None and ends:
        first = f"{year_of(moved(max(ends, key=month_number), 1)) - 2}-01"
    return _line_svg(series, _dots(series, first, until, awaited_until), CARD, SMALL, expected, verdict, label)


def _dots(series: MeasureSeries, first: str | None, until: str | None, awaited_until: str | None) -> tuple[Dot, ...]:
    if awaited_until is None:
        return period_dots(series, first=first, until=until)
    return awaiting(period_dots(series, first=first, until=awaited_until))


def _line_svg(
    series: MeasureSeries,
    dots: tuple[Dot, ...],
    size: tuple[int, int],
    look: Look,
    expected: ExpectedRange | None,
    verdict: Verdict | None,
    label: str | None,
) -> str:
    last = newest_dot(dots)
    aria_label = label or alt_text(series, dots, verdict)
    if last is None:
        canvas = Canvas(*size)
        canvas.text(size[0] / 2, size[1] / 2, "No figure is held", "t q", "middle")
        return canvas.svg(aria_label)
    bands = stretches(expected, series, dots)
    frame = _frame(series, dots, size, look, bands, last)
    gaps = tuple(h for h in holes(dots, months_per_step(series)) if h.count > LONGEST_UNNAMED_HOLE)
    breaks = marked_breaks(series.breaks, frame)
    parts = _Parts(series, dots, last, bands, gaps, breaks, verdict)
    if not look.has_headings:
        return _paint_card(frame, parts, size, look).svg(aria_label)
    placed = place_headings(_headings(frame, gaps, breaks, expected), frame.left, size[0])
    frame = replace(frame, top=frame.head + 4 + rows_used(placed) * LINE_HEIGHT)
    canvas = _paint(frame, parts, size, look)
    draw_leader(canvas, frame, expected)
    write_headings(canvas, placed, frame.head + 8)
    return canvas.svg(aria_label)


def _paint_card(frame: Frame, parts: _Parts, size: tuple[int, int], look: Look) -> Canvas:
    """A card: breaks are named where the line leaves room, else over a lower plot."""
    canvas = _paint(frame, parts, size, look)
    if all([name_break_where_free(canvas, frame, item) for item in parts.breaks]):
        return canvas
    frame = replace(frame, top=frame.head + 2 * LINE_HEIGHT + 4)
    canvas = _paint(frame, parts, size, look)
    for item in parts.breaks:
        name_break_where_free(canvas, frame, item)
    return canvas


def _paint(frame: Frame, parts: _Parts, size: tuple[int, int], look: Look) -> Canvas:
    canvas, measure = Canvas(*size), parts.series.measure
    for start, end in (covid_span(), *((g.start, g.end) for g in parts.gaps)):
        draw_shade(canvas, frame, start, end)
    draw_values(canvas, frame, is_percentage=measure.is_percentage)
    draw_years(canvas, frame)
    for band in parts.bands:
        draw_stretch(canvas, frame, band)
    for item in parts.breaks:
        draw_break(canvas, frame, item)
    _trace(canvas, frame, parts.dots, look)
    _last_point(canvas, frame, measure, parts.last, parts.verdict)
    return canvas


def _frame(
    series: MeasureSeries, dots: tuple[Dot, ...], size: tuple[int, int], look: Look, bands: tuple[Stretch, ...], last: Dot
) -> Frame:
    measure = series.measure
    values = [d.value for d in dots if d.value is not None]
    values += [v for band in bands for _, m in band.months for v in (m.lower, m.upper)]
    is_whole = measure.decimals == 0 and not measure.is_percentage
    axis = value_axis(values, is_whole=is_whole, tick_count=look.wanted_ticks)
    left = left_margin(tick_texts(axis.ticks, is_percentage=measure.is_percentage))
    room = end_room(value_words(measure, last.value or 0), period_short(last.period, measure.period), minimum=look.least_right)
    half = months_per_step(series) / 2
    base = float(size[1] - UNDER)
    return Frame(left, size[0] - room, look.head, look.head, base, dots[0].month - half, dots[-1].month + half, axis)


def _headings(
    frame: Frame, gaps: tuple[Hole, ...], breaks: tuple[Break, ...], expected: ExpectedRange | None
) -> tuple[Heading, ...]:
    covid = covid_heading(frame, is_left_out=expected is not None)
    return (
        *(break_heading(frame, b) for b in breaks),
        *((covid,) if covid else ()),
        *(hole_heading(frame, g) for g in gaps),
        *expected_headings(frame, expected),
    )


def _trace(canvas: Canvas, frame: Frame, dots: tuple[Dot, ...], look: Look) -> None:
    """The line, a dot a period where there is room, and a dot for a period that stands alone between gaps."""
    across = frame.x(dots[0].month + 1) - frame.x(dots[0].month)
    room = ROOM_FOR_DOT if canvas.width >= DOTS_FROM else ROOM_FOR_DOT_NARROW
    for stretch in unbroken_runs(dots):
        spots = [(frame.x(d.month), frame.y(d.value)) for d in stretch if d.value is not None]
        if len(spots) > 1:
            canvas.add("line", path(spots, "raw"))
        if look.dot and across >= room or len(spots) == 1:
            canvas.add("point", *(circle(x, y, look.dot or 1.9, "dot") for x, y in spots))
        if not look.has_headings:
            canvas.take(*line_boxes(spots))


def _last_point(canvas: Canvas, frame: Frame, measure: Measure, last: Dot, verdict: Verdict | None) -> None:
    """The newest point in its verdict's shape, hollow where provisional, with its value and month."""
    value = last.value if last.value is not None else 0.0
    x, y = frame.x(last.month), frame.y(value)
    if verdict and verdict.state in CHANGES:
        canvas.add("point", shape(verdict.state, x, y, 4.6))
    elif last.status == "provisional" or (verdict and verdict.state in LEANS):
        canvas.add("point", circle(x, y, 4.1, "dot-hollow"))
    else:
        canvas.add("point", circle(x, y, 3, "dot"))
    end_label(canvas, x, y, value_words(measure, value), period_short(last.period, measure.period), floor=frame.base)
