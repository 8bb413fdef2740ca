"""Several places over time on one scale: the subject heavy, each line named at its end."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from dashboard.charts.headings import arranged, rows_used, write
from dashboard.charts.plot import (
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
    spread,
)
from dashboard.charts.scale import tick_texts, value_axis
from dashboard.charts.spoken import shown
from dashboard.charts.svg import LINE_HEIGHT, MIDDLE, Canvas, circle, path, text_width, wrapped
from dashboard.charts.track import Dot, holes, month_number, newest, runs, step_of, track
from dashboard.figures.records import LONDON, MeasureSeries
from etl.core.written import in_period

ENGLAND_AND_WALES = "K04000001"
WHOLES = (LONDON, ENGLAND_AND_WALES)
"""Areas that contain the subject or stand against it: their line is dotted."""
WIDEST_NAME: Mapping[int, float] = {1160: 170, 860: 150, 560: 110, 340: 92}
HEAD = 18.0
LINE_CLASSES = {"subject": ("subject", "t blue"), "third": ("third", "t"), "other": ("other", "t q")}


@dataclass(frozen=True)
class _Strand:
    """One line: its dots, the class it is drawn in, and the lines of the label at its end."""

    series: MeasureSeries
    dots: tuple[Dot, ...]
    last: Dot
    role: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class Manner:
    """What differs between charts of this kind.

    `from_zero` as for any axis; `shared` are values of a chart beside this one that must have the same scale;
    `values_highest` writes the subject's highest value at its point; `names` are shorter names for areas, by code.
    """

    from_zero: bool | None = None
    shared: tuple[float, ...] = ()
    values_highest: bool = False
    names: Mapping[str, str] = field(default_factory=dict)


def drawn(
    subject: MeasureSeries,
    others: Sequence[MeasureSeries],
    size: tuple[int, int],
    *,
    first: str | None,
    manner: Manner,
    spoken: str,
) -> str:
    """The subject among others at one size, from the first period on, described by `spoken`."""
    strands = _strands(subject, others, size[0], first, manner)
    if not strands:
        canvas = Canvas(*size)
        canvas.text(size[0] / 2, size[1] / 2, "No figure is held", "t q", "middle")
        return canvas.svg(spoken)
    frame = _frame(strands, size, step_of(subject), manner)
    own = next((s.dots for s in strands if s.role == "subject"), ())
    gaps = tuple(h for h in holes(own, step_of(subject)) if h.count > LONGEST_UNNAMED_HOLE)
    breaks = marked_breaks(subject.breaks, frame)
    covid = covid_heading(frame, is_left_out=False)
    headings = [*(break_heading(frame, b) for b in breaks), *((covid,) if covid else ()), *(hole_heading(frame, g) for g in gaps)]
    placed = arranged(headings, frame.left, size[0])
    frame = replace(frame, top=frame.head + 4 + rows_used(placed) * LINE_HEIGHT)
    canvas = Canvas(*size)
    for since, until in (covid_span(), *((g.start, g.end) for g in gaps)):
        draw_shade(canvas, frame, since, until)
    draw_values(canvas, frame, is_percentage=subject.measure.is_percentage)
    draw_years(canvas, frame)
    for item in breaks:
        draw_break(canvas, frame, item)
    for strand in sorted(strands, key=lambda s: s.role == "subject"):
        _trace(canvas, frame, strand)
    _name_ends(canvas, frame, strands)
    write(canvas, placed, frame.head + 8)
    if manner.values_highest:
        _value_highest(canvas, frame, next(s for s in strands if s.role == "subject"))
    return canvas.svg(spoken)


def described(subject: MeasureSeries, others: Sequence[MeasureSeries]) -> str:
    """The newest value of every line, the place itself first."""
    said = []
    for series in (subject, *others):
        known = sorted(series.known, key=lambda p: month_number(p.period))
        if known and known[-1].value is not None:
            when = in_period(known[-1].period, series.measure.period)
            said.append(f"{series.area.name} {shown(series.measure, known[-1].value)} {when}")
        else:
            said.append(f"{series.area.name}: no figure is held")
    return f"{subject.measure.title}, {subject.measure.unit}: {'; '.join(said)}."


def _strands(
    subject: MeasureSeries, others: Sequence[MeasureSeries], width: int, first: str | None, manner: Manner
) -> tuple[_Strand, ...]:
    found = []
    for series in (*others, subject):
        role = "subject" if series is subject else "third" if series.area.code in WHOLES else "other"
        dots = track(series, first=first)
        last = newest(dots)
        if last is not None and last.value is not None:
            value, css = shown(series.measure, last.value), LINE_CLASSES[role][1]
            name = manner.names.get(series.area.code, series.area.name)
            words = wrapped(f"{name} {value}", WIDEST_NAME.get(width, 110), css)
            found.append(_Strand(series, dots, last, role, words))
    return tuple(found)


def _frame(strands: Sequence[_Strand], size: tuple[int, int], step: int, manner: Manner) -> Frame:
    measure = strands[0].series.measure
    values = [*manner.shared, *(d.value for s in strands for d in s.dots if d.value is not None)]
    is_whole = measure.decimals == 0 and not measure.is_percentage
    axis = value_axis(values, is_whole=is_whole, from_zero=manner.from_zero, wanted=5 if size[1] >= 300 else 4)
    left = left_margin(tick_texts(axis.ticks, is_percentage=measure.is_percentage))
    room = 14 + max(text_width(w, LINE_CLASSES[s.role][1]) for s in strands for w in s.words)
    start, end = min(s.dots[0].month for s in strands) - step / 2, max(s.dots[-1].month for s in strands) + step / 2
    return Frame(left, size[0] - room, HEAD, HEAD, float(size[1] - UNDER), start, end, axis)


def _trace(canvas: Canvas, frame: Frame, strand: _Strand) -> None:
    for stretch in runs(strand.dots):
        spots = [(frame.x(d.month), frame.y(d.value)) for d in stretch if d.value is not None]
        if len(spots) > 1:
            canvas.add("line", path(spots, LINE_CLASSES[strand.role][0]))
        else:
            canvas.add("point", circle(*spots[0], 1.9, "dot-blue" if strand.role == "subject" else "dot-other"))
    if strand.role == "subject" and strand.last.value is not None:
        x, y = frame.x(strand.last.month), frame.y(strand.last.value)
        is_provisional = strand.last.status == "provisional"
        canvas.add("point", circle(x, y, 3.6, "dot-hollow-blue") if is_provisional else circle(x, y, 3.6, "dot-blue"))


def _name_ends(canvas: Canvas, frame: Frame, strands: Sequence[_Strand]) -> None:
    """Place and value to the right of each line, none covering another."""
    ordered = sorted(strands, key=lambda s: frame.y(s.last.value or 0))
    wanted = [frame.y(s.last.value or 0) for s in ordered]
    heights = [len(s.words) * LINE_HEIGHT + 2 for s in ordered]
    middles = spread(wanted, heights, frame.top - 8, frame.base + 10)
    for strand, middle in zip(ordered, middles, strict=True):
        top = middle - (len(strand.words) - 1) * LINE_HEIGHT / 2 + MIDDLE
        for i, words in enumerate(strand.words):
            canvas.text(frame.right + 9, top + i * LINE_HEIGHT, words, LINE_CLASSES[strand.role][1])


def _value_highest(canvas: Canvas, frame: Frame, strand: _Strand) -> None:
    """The subject's highest value over its point, unless that is its last."""
    known = [(d.value, d.month) for d in strand.dots if d.value is not None]
    value, month = max(known)
    if month != strand.last.month:
        x, y = frame.x(month), frame.y(value)
        places = [(x, y - 8, "middle"), (x + 6, y - 6, "start"), (x - 6, y - 6, "end"), (x, y - 20, "middle")]
        canvas.place(places, shown(strand.series.measure, value), "t q halo")
