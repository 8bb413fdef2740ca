"""One crime measure in one place: what it says, one table, the months, and twelve months at a time beside London."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from dashboard.charts.expected import ExpectedRange
from dashboard.charts.line import HALF, line_set
from dashboard.charts.rolling import rolling_set
from dashboard.charts.verdict_shapes import CHANGED
from dashboard.features.borough.view_model import start_of
from dashboard.figures.compare import newest, parting_breaks
from dashboard.figures.judgement_records import ExpectedMonth
from dashboard.figures.records import MeasureSeries, Point, Verdict
from dashboard.ui import html
from dashboard.ui.addresses import measure_address, place_address
from dashboard.ui.attributes import attributes
from dashboard.ui.explanations import explanation_of
from dashboard.ui.figure import Drawing, drawn
from dashboard.ui.html import Element
from dashboard.ui.judged_blocks import drawn_range
from dashboard.ui.passport import source_line
from dashboard.ui.raw import Raw
from dashboard.ui.register_pieces import lowered
from dashboard.ui.table import Column, closed, data_table, folded
from dashboard.ui.verdict import verdict_mark
from dashboard.ui.why_note import why_note
from dashboard.words.facts import break_reason, break_sentence, rate_sentence, rolling_sentence, value_sentence
from dashboard.words.verdicts import visible_sentence, without_visible
from etl.core.periods import months_between
from etl.core.written import month, value_or_reason

COMPACT: Mapping[int, int] = {340: 210}
"""One small drawing a chart, three to a row: a page of thirty measures must load on a phone."""
LONG = 60
"""From so many months on, the charts are drawn wider, under their words."""


@dataclass(frozen=True)
class PlaceMeasure:
    """The forms of one measure in one place, and the places it is set beside.

    `beside` holds the 12-month rate of the command and of London, nearest first.
    """

    month: MeasureSeries
    rolling: MeasureSeries | None
    rate: MeasureSeries | None
    beside: tuple[MeasureSeries, ...]

    @property
    def anchor(self) -> str:
        """Where the measure stands on its page."""
        return self.month.measure.base.replace("_", "-")


def sentences(shown: PlaceMeasure) -> tuple[str, ...]:
    """The facts of one measure: newest month, twelve months, and the rate beside other places."""
    said = [value_sentence(shown.month)]
    if shown.rolling and newest(shown.rolling):
        said.append(rolling_sentence(shown.rolling))
    if shown.rate and newest(shown.rate):
        said.append(rate_sentence(shown.rate, shown.beside))
    return tuple(said)


def measure_block(
    shown: PlaceMeasure,
    *,
    first: str,
    is_rate: bool,
    verdict: Verdict | None = None,
    expected: Sequence[ExpectedMonth] = (),
) -> html.Article:
    """One measure as words, with its table and two small charts behind them.

    Args:
        shown: its series.
        first: first month shown; a measure that ends before it shows its own last three years.
        is_rate: whether the second chart shows twelve months per 1,000 residents beside the command and London, or the
            twelve-month count alone.
        verdict: what may be concluded, once it has been judged.
        expected: the range of each month; that of the months judged is drawn.
    """
    measure = shown.month.measure
    start, last = start_of(shown.month, first), newest(shown.month)
    judged: list[Element] = []
    if verdict is not None:
        judged = [
            html.P(verdict_mark(verdict.state)),
            html.P(without_visible(shown.month, verdict), className="says"),
            *explanation_of(verdict, chart=f"{place_address(verdict.area)}#{shown.anchor}"),
        ]
    said = sentences(shown)
    visible = visible_sentence(shown.month, verdict) if verdict else ""
    notes = (*_notes(shown, start, said), *([visible] if visible else []))
    words = html.Div(
        [
            html.H3(html.A(measure.title, href=measure_address(measure.base)), id=shown.anchor),
            *judged,
            html.P(" ".join(said), className="facts"),
            *([html.P(" ".join(notes), className="small quiet")] if notes else []),
        ],
        className="flow-s",
    )
    is_long = bool(last) and months_between(start, last.period if last else start) >= LONG
    charts = _charts(_without_marks(shown), start, HALF if is_long else COMPACT, judged_range(expected), is_rate=is_rate)
    asked = [
        *([why_note(shown.month, verdict)] if verdict else []),
        closed(_table(shown, start), f"Table of {lowered(measure.title)}"),
    ]
    rest = [
        html.Div(asked, className="asked"),
        html.Div(charts, className="split even" if is_long else "cols"),
        html.P(source_line(shown.month), className="source"),
    ]
    is_changed = verdict is not None and verdict.state in CHANGED
    behind = folded("Charts, table and reasons", f"of {lowered(measure.title)}", rest, is_open=is_changed)
    return html.Article([words, behind], className="flow" if is_long else "split flip")


def judged_range(expected: Sequence[ExpectedMonth]) -> ExpectedRange | None:
    """The range of the months judged alone, unnamed: thirty charts on a page need neither how it was made nor its name each."""
    found = drawn_range(expected)
    return replace(found, baseline=(), fixed="") if found else None


def _without_marks(shown: PlaceMeasure) -> PlaceMeasure:
    """The same without the breaks that forbid no comparison: told once on the page, not in each of its charts."""
    month, rate, rolling = shown.month, shown.rate, shown.rolling
    return replace(
        shown,
        month=_parting_only(month),
        rate=_parting_only(rate) if rate else None,
        rolling=_parting_only(rolling) if rolling else None,
    )


def _parting_only(series: MeasureSeries) -> MeasureSeries:
    return replace(series, breaks=tuple(b for b in series.breaks if b.treatment != "mark"))


def _charts(
    shown: PlaceMeasure, start: str, sizes: Mapping[int, int], expected: ExpectedRange | None, *, is_rate: bool
) -> list[html.Figure]:
    """The months, and twelve months at a time; only what is held."""
    unit = shown.month.measure.unit
    band = ". Pale band: expected" if expected else ""
    pictures = line_set(shown.month, sizes=sizes, first=start, expected=expected)
    charts = [_chart(f"{unit.capitalize()} a month{band}", drawn(pictures, sizes))]
    if is_rate and shown.rate and newest(shown.rate):
        pictures = rolling_set(shown.rate, shown.beside, sizes=sizes, first=start)
        charts.append(_chart("12 months to each month, per 1,000 residents", drawn(pictures, sizes)))
    elif shown.rolling and newest(shown.rolling):
        pictures = line_set(shown.rolling, sizes=sizes, first=start)
        charts.append(_chart(f"12 months to each month, {unit}", drawn(pictures, sizes)))
    return charts


def _chart(unit: str, drawing: Drawing) -> html.Figure:
    content = [html.Figcaption(html.P(unit, className="unit")), Raw(drawing.markup, className="plot")]
    return html.Figure(content, className="chart", **attributes(data_set=drawing.data_set))


def _table(shown: PlaceMeasure, start: str) -> Element:
    """A row a month: offences, twelve months to then, and the rate here and beside."""
    compared = [s for s in (shown.rolling, shown.rate, *shown.beside) if s is not None]
    heads = [Column("Month"), Column(shown.month.measure.unit.capitalize(), is_number=True)]
    if shown.rolling:
        heads.append(Column("12 months to then", is_number=True))
    if shown.rate:
        heads.append(Column("Per 1,000 residents", is_number=True))
    heads += [Column(other.area.name, is_number=True) for other in shown.beside]
    by_period = [{point.period: point for point in series.points} for series in compared]
    rows = []
    for point in shown.month.points:
        if point.period < start:
            continue
        others = [_cell(found.get(point.period), series) for found, series in zip(by_period, compared, strict=True)]
        rows.append((_row_head(point), _cell(point, shown.month), *others))
    return data_table(heads, rows, label=f"{shown.month.measure.title}, {shown.month.area.name}, by month")


def _row_head(point: Point) -> str:
    return f"{month(point.period)}, provisional" if point.status == "provisional" else month(point.period)


def _cell(point: Point | None, series: MeasureSeries) -> str:
    if point is None:
        return "not held"
    measure = series.measure
    return value_or_reason(point.value, point.status, decimals=measure.decimals, is_percentage=measure.is_percentage)


def _notes(shown: PlaceMeasure, start: str, said: tuple[str, ...]) -> tuple[str, ...]:
    """Breaks inside the months drawn, unless a sentence has told of them already."""
    reasons = [(found, break_sentence(found)) for found in parting_breaks(shown.month) if f"{found.start:%Y-%m}" >= start]
    return tuple(note for found, note in reasons if not any(break_reason(found) in sentence for sentence in said))
