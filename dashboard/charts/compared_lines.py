"""Several places over time on one scale: the subject heavy, each line named at its end."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from dashboard.charts.headings import place_headings, rows_used, write_headings
from dashboard.charts.line_in_words import value_words
from dashboard.charts.period_dots import Dot, holes, months_per_step, newest_dot, period_dots, unbroken_runs
from dashboard.charts.scale import tick_texts, value_axis
from dashboard.charts.svg import LINE_HEIGHT, MIDDLE, Canvas, circle, path, text_width, wrapped
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
    hole_heading,
    left_margin,
    marked_breaks,
    spread_labels,
)
from dashboard.figures.records import MeasureSeries
from etl.core.areas import ENGLAND_AND_WALES, LONDON
from etl.core.period import month_number
from etl.core.written import in_period

WHOLES = (LONDON, ENGLAND_AND_WALES)
"""Areas that contain the subject or stand against it: their line is dotted."""
WIDEST_NAME: Mapping[int, float] = {1160: 170, 860: 150, 560: 110, 340: 92}
HEAD = 18.0
LINE_CLASSES = {"subject": ("subject", "t blue"), "third": ("third", "t"), "other": ("other", "t q")}


@dataclass(frozen=True)
class _ComparedLine:
    """One line: its dots, the class it is drawn in, and the lines of the label at its end."""

    series: MeasureSeries
    dots: tuple[Dot, ...]
    last: Dot
    role: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class LineOptions:
    """What differs between charts of this kind.

    `from_zero` as for any axis; `shared` are values of a chart beside this one that must have the same scale;
    `values_highest` writes the subject's highest value at its point; `names` are shorter names for areas, by code.
    """

    from_zero: bool | None = None
    shared: tuple[float, ...] = ()
    values_highest: bool = False
    names: Mapping[str, str] = field(default_factory=dict)


def compared_lines(
    subject: MeasureSeries,
    others: Sequence[MeasureSeries],
    size: tuple[int, int],
    *,
    first: str | None,
    options: LineOptions,
    aria_label: str,
) -> str:
    """SVG of the subject's line among others at one size, from the first period on; `aria_label` is its description."""
    lines = _lines_to_draw(subject, others, size[0], first, options)
    if not lines:
        canvas = Canvas(*size)
        canvas.text(size[0] / 2, size[1] / 2, "No figure is held", "t q", "middle")
        return canvas.svg(aria_label)
    frame = _frame(lines, size, months_per_step(subject), options)
    subject_dots = next((s.dots for s in lines if s.role == "subject"), ())
    gaps = tuple(h for h in holes(subject_dots, months_per_step(subject)) if h.count > LONGEST_UNNAMED_HOLE)
    breaks = marked_breaks(subject.breaks, frame)
    covid = covid_heading(frame, is_left_out=False)
    headings = [*(break_heading(frame, b) for b in breaks), *((covid,) if covid else ()), *(hole_heading(frame, g) for g in gaps)]
    placed = place_headings(headings, frame.left, size[0])
    frame = replace(frame, top=frame.head + 4 + rows_used(placed) * LINE_HEIGHT)
    canvas = Canvas(*size)
    for since, until in (covid_span(), *((g.start, g.end) for g in gaps)):
        draw_shade(canvas, frame, since, until)
    draw_values(canvas, frame, is_percentage=subject.measure.is_percentage)
    draw_years(canvas, frame)
    for item in breaks:
        draw_break(canvas, frame, item)
    for line in sorted(lines, key=lambda s: s.role == "subject"):
        _trace(canvas, frame, line)
    _name_ends(canvas, frame, lines)
    write_headings(canvas, placed, frame.head + 8)
    if options.values_highest:
        _label_highest(canvas, frame, next(s for s in lines if s.role == "subject"))
    return canvas.svg(aria_label)


def alt_text(subject: MeasureSeries, others: Sequence[MeasureSeries]) -> str:
    """Text alternative: the newest value of every line, the subject first."""
    newest_values = []
    for series in (subject, *others):
        points = sorted(series.known, key=lambda p: month_number(p.period))
        if points and points[-1].value is not None:
            when = in_period(points[-1].period, series.measure.period)
            newest_values.append(f"{series.area.name} {value_words(series.measure, points[-1].value)} {when}")
        else:
            newest_values.append(f"{series.area.name}: no figure is held")
    return f"{subject.measure.title}, {subject.measure.unit}: {'; '.join(newest_values)}."


def _lines_to_draw(
    subject: MeasureSeries, others: Sequence[MeasureSeries], width: int, first: str | None, options: LineOptions
) -> tuple[_ComparedLine, ...]:
    lines = []
    for series in (*others, subject):
        role = "subject" if series is subject else "third" if series.area.code in WHOLES else "other"
        dots = period_dots(series, first=first)
        last = newest_dot(dots)
        if last is not None and last.value is not None:
            value, css = value_words(series.measure, last.value), LINE_CLASSES[role][1]
            name = options.names.get(series.area.code, series.area.name)
            words = wrapped(f"{name} {value}", WIDEST_NAME.get(width, 110), css)
            lines.append(_ComparedLine(series, dots, last, role, words))
    return tuple(lines)


def _frame(lines: Sequence[_ComparedLine], size: tuple[int, int], step: int, options: LineOptions) -> Frame:
    measure = lines[0].series.measure
    values = [*options.shared, *(d.value for s in lines for d in s.dots if d.value is not None)]
    is_whole = measure.decimals == 0 and not measure.is_percentage
    axis = value_axis(values, is_whole=is_whole, from_zero=options.from_zero, tick_count=5 if size[1] >= 300 else 4)
    left = left_margin(tick_texts(axis.ticks, is_percentage=measure.is_percentage))
    room = 14 + max(text_width(w, LINE_CLASSES[s.role][1]) for s in lines for w in s.words)
    start, end = min(s.dots[0].month for s in lines) - step / 2, max(s.dots[-1].month for s in lines) + step / 2
    return Frame(left, size[0] - room, HEAD, HEAD, float(size[1] - UNDER), start, end, axis)


def _trace(canvas: Canvas, frame: Frame, line: _ComparedLine) -> None:
    for stretch in unbroken_runs(line.dots):
        spots = [(frame.x(d.month), frame.y(d.value)) for d in stretch if d.value is not None]
        if len(spots) > 1:
            canvas.add("line", path(spots, LINE_CLASSES[line.role][0]))
        else:
            canvas.add("point", circle(*spots[0], 1.9, "dot-blue" if line.role == "subject" else "dot-other"))
    if line.role == "subject" and line.last.value is not None:
        x, y = frame.x(line.last.month), frame.y(line.last.value)
        is_provisional = line.last.status == "provisional"
        canvas.add("point", circle(x, y, 3.6, "dot-hollow-blue") if is_provisional else circle(x, y, 3.6, "dot-blue"))


def _name_ends(canvas: Canvas, frame: Frame, lines: Sequence[_ComparedLine]) -> None:
    """Place and value to the right of each line, none covering another."""
    ordered = sorted(lines, key=lambda s: frame.y(s.last.value or 0))
    line_ends = [frame.y(s.last.value or 0) for s in ordered]
    heights = [len(s.words) * LINE_HEIGHT + 2 for s in ordered]
    middles = spread_labels(line_ends, heights, frame.top - 8, frame.base + 10)
    for line, middle in zip(ordered, middles, strict=True):
        top = middle - (len(line.words) - 1) * LINE_HEIGHT / 2 + MIDDLE
        for i, words in enumerate(line.words):
            canvas.text(frame.right + 9, top + i * LINE_HEIGHT, words, LINE_CLASSES[line.role][1])


def _label_highest(canvas: Canvas, frame: Frame, line: _ComparedLine) -> None:
    """The subject's highest value over its point, unless that is its last."""
    numbers = [(d.value, d.month) for d in line.dots if d.value is not None]
    value, month = max(numbers)
    if month != line.last.month:
        x, y = frame.x(month), frame.y(value)
        places = [(x, y - 8, "middle"), (x + 6, y - 6, "start"), (x - 6, y - 6, "end"), (x, y - 20, "middle")]
        canvas.place(places, value_words(line.series.measure, value), "t q halo")
