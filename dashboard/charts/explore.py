"""The same lines as plain Plotly dicts, for the pages where a reader explores: values, shapes and labels as drawn in print."""

from collections.abc import Sequence
from copy import deepcopy
from typing import Any

from dashboard.charts.compared_lines import WHOLES
from dashboard.charts.expected import ExpectedRange
from dashboard.charts.line_in_words import value_words
from dashboard.charts.period_dots import COVID, Dot, newest_dot, period_dots
from dashboard.charts.template import ANNOTATION, CONFIG, HEIGHT, LAYOUT, SHAPE, TRACE
from dashboard.charts.time_axes import CUTTING, break_words
from dashboard.figures.records import Break, MeasureSeries, Verdict
from etl.core.period import bounds
from etl.core.state import CHANGES, State
from etl.core.written import MONTHS, month_short

Figure = dict[str, Any]
SPECIAL = {State.BETTER: "better", State.WORSE: "worse", State.CHANGED: "changed", State.APART: "changed"}
INK, BLUE, PINK = "#16202a", "#12436d", "#801650"


def config() -> Figure:
    """What every graph is configured with: no mode bar, nothing sent anywhere."""
    return deepcopy(CONFIG)


def line_figure(
    series: MeasureSeries, *, expected: ExpectedRange | None = None, verdict: Verdict | None = None, height: str = "full"
) -> Figure:
    """One series as data and layout: gaps as gaps, the band, breaks and Covid, and the newest point in its shape.

    Args:
        series: what is drawn.
        expected: the range behind the line.
        verdict: its state gives the newest point its shape.
        height: card, half, full or presentation.
    """
    dots = period_dots(series)
    traces = _bands(series, expected) + [_trace("raw", series, dots)]
    last = newest_dot(dots)
    annotations = []
    if last is not None and last.value is not None:
        kind = SPECIAL.get(verdict.state, "") if verdict and verdict.state in CHANGES else ""
        if not kind and last.status == "provisional":
            kind = "provisional"
        if kind:
            traces.append({**TRACE[kind], "x": [_day(series, last.period)], "y": [last.value], "hoverinfo": "skip"})
        value = f"<b>{value_words(series.measure, last.value)}</b>"
        annotations.append(_end(series, last, f"{value}<br>{month_short(last.period)}", INK))
    return _figure(series, traces, annotations, height, [d.value for d in dots])


def rolling_figure(subject: MeasureSeries, others: Sequence[MeasureSeries], *, height: str = "full") -> Figure:
    """A place beside others on one scale, each line named at its end."""
    traces, annotations, values = [], [], []
    for series in (*others, subject):
        role = "subject" if series is subject else "comparator" if series.area.code in WHOLES else "other"
        dots = period_dots(series)
        values += [d.value for d in dots]
        traces.append({**_trace(role, series, dots), "name": series.area.name})
        last = newest_dot(dots)
        if last is not None and last.value is not None:
            words = f"{_plain(series.area.name)} {value_words(series.measure, last.value)}"
            annotations.append(_end(series, last, words, BLUE if series is subject else INK))
    return _figure(subject, traces, annotations, height, values)


def _figure(
    series: MeasureSeries, traces: list[Figure], annotations: list[Figure], height: str, values: Sequence[float | None]
) -> Figure:
    numbers = [v for v in values if v is not None]
    from_zero = bool(numbers) and min(numbers) < 0.3 * max(numbers)
    window = [_day(series, p.period) for p in series.points]
    shapes, labels = _marks(series, (min(window), max(window))) if window else ([], [])
    yaxis = {**LAYOUT["yaxis"], "tickformat": ".0%" if series.measure.is_percentage else LAYOUT["yaxis"]["tickformat"]}
    yaxis |= {"rangemode": "tozero"} if from_zero else {}
    layout = {
        **LAYOUT,
        "height": HEIGHT[height],
        "xaxis": {**LAYOUT["xaxis"], "showline": from_zero},
        "yaxis": yaxis,
        "shapes": shapes,
        "annotations": [*labels, *annotations],
    }
    # Copied whole, so that nothing done to one figure reaches the next.
    return deepcopy({"data": traces, "layout": layout})


def _trace(kind: str, series: MeasureSeries, dots: Sequence[Dot]) -> Figure:
    x = [_day(series, d.period) for d in dots]
    return {**TRACE[kind], "x": x, "y": [d.value for d in dots], "name": series.measure.title}


def _bands(series: MeasureSeries, expected: ExpectedRange | None) -> list[Figure]:
    if expected is None:
        return []
    traces = []
    for months, upper in ((expected.earlier, "band_upper_baseline"), (expected.judged, "band_upper")):
        x = [_day(series, m.period) for m in months]
        if x:
            traces.append({**TRACE["band_lower"], "x": x, "y": [m.lower for m in months]})
            traces.append({**TRACE[upper], "x": x, "y": [m.upper for m in months]})
            traces.append({**TRACE["centre"], "x": x, "y": [m.centre for m in months]})
    return traces


def _marks(series: MeasureSeries, window: tuple[str, str]) -> tuple[list[Figure], list[Figure]]:
    shapes, labels = [], []
    start, end = (d.isoformat() for d in COVID)
    if start <= window[1] and end >= window[0]:
        shapes.append({**SHAPE["shade"], "x0": max(start, window[0]), "x1": min(end, window[1])})
        middle = {"x": max(start, window[0]), "y": 1, "yref": "paper", "yanchor": "top", "xshift": 6}
        labels.append({**ANNOTATION["quiet"], **middle, "text": "<b>Covid</b>"})
    for item in _drawn_breaks(series.breaks):
        day = item.start.isoformat()
        if window[0] < day < window[1]:
            shapes.append({**SHAPE["break"], "x0": day, "x1": day})
            when = f"{MONTHS[item.start.month - 1]} {item.start.year}"
            text = f"<b>{when}</b><br>{_plain(break_words(item))}"
            labels.append({**ANNOTATION["break"], "x": day, "y": 1, "yref": "paper", "text": text})
    return shapes, labels


def _drawn_breaks(breaks: Sequence[Break]) -> list[Break]:
    """One break a month, those without an end; where two fall in one month, the one that cuts the series."""
    break_by_month: dict[tuple[int, int], Break] = {}
    for item in breaks:
        at = (item.start.year, item.start.month)
        if item.end is None and (at not in break_by_month or item.treatment in CUTTING):
            break_by_month[at] = item
    return [break_by_month[at] for at in sorted(break_by_month)]


def _end(series: MeasureSeries, last: Dot, text: str, colour: str) -> Figure:
    label = ANNOTATION["label"]
    place = {"x": _day(series, last.period), "y": last.value, "xshift": 10}
    return {**label, **place, "text": text, "font": {**label["font"], "color": colour}}


def _day(series: MeasureSeries, period: str) -> str:
    """The first day of the period; for a rolling year the first of its last month, where the line stands in print."""
    kind = "month" if series.measure.period == "rolling_year" else series.measure.period
    return bounds(period, kind)[0].isoformat()


def _plain(words: str) -> str:
    """Text that Plotly will not read as markup."""
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
