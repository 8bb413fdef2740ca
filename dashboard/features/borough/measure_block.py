"""One crime measure in one place: what it says, one table, the months, and twelve months at a time beside London."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from dashboard.charts.expected import ExpectedRange
from dashboard.charts.line import HALF, line_set
from dashboard.charts.rolling import rolling_set
from dashboard.features.borough.view_model import PlaceMeasure, start_of
from dashboard.figures.blind_months import BlindMonths, blind_months
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
from dashboard.ui.longer_view import longer_view
from dashboard.ui.passport import source_line
from dashboard.ui.raw import Raw
from dashboard.ui.recorded_or_happened import recorded_or_happened
from dashboard.ui.table import Column, closed, data_table, folded
from dashboard.ui.verdict import mark_of
from dashboard.ui.why_verdict import why_verdict
from dashboard.words.facts import break_reason, break_sentence, lowered, rate_sentence, rolling_sentence, value_sentence
from dashboard.words.moves import ruled_out
from dashboard.words.verdicts import verdict_sentence
from etl.core.period import months_between
from etl.core.state import CHANGES
from etl.core.written import month, value_or_reason

COMPACT: Mapping[int, int] = {340: 210}
"""One small drawing a chart, three to a row: a page of thirty measures must load on a phone."""
LONG = 60
"""From so many months on, the charts are drawn wider, under their words."""


def sentences(place_measure: PlaceMeasure) -> tuple[str, ...]:
    """The facts of one measure: newest month, twelve months, and the rate beside other places."""
    facts = [value_sentence(place_measure.month)]
    if place_measure.rolling and place_measure.rolling.known:
        facts.append(rolling_sentence(place_measure.rolling))
    if place_measure.rate and newest(place_measure.rate):
        facts.append(rate_sentence(place_measure.rate, place_measure.beside))
    return tuple(facts)


def measure_block(
    place_measure: PlaceMeasure,
    *,
    first_month: str,
    is_rate: bool,
    verdict: Verdict | None = None,
    expected: Sequence[ExpectedMonth] = (),
) -> html.Article:
    """One measure as words, with its table and two small charts behind them.

    Args:
        place_measure: its series.
        first_month: first month shown; a measure that ends before it shows its own last three years.
        is_rate: whether the second chart shows twelve months per 1,000 residents beside the command and London, or the
            twelve-month count alone.
        verdict: what may be concluded, once it has been judged.
        expected: the range of each month; that of the months judged is drawn.
    """
    measure = place_measure.month.measure
    start, last = start_of(place_measure.month, first_month), newest(place_measure.month)
    verdict_content: list[Element] = []
    if verdict is not None:
        verdict_content = [
            html.P(mark_of(verdict)),
            html.P(verdict_sentence(place_measure.month, verdict), className="says"),
            *explanation_of(verdict, chart=f"{place_address(verdict.area)}#{place_measure.anchor}"),
        ]
    facts = sentences(place_measure)
    notes = (*_notes(place_measure, start, facts), *([ruled_out(verdict)] if verdict and ruled_out(verdict) else []))
    words_block = html.Div(
        [
            html.H3(html.A(measure.title, href=measure_address(measure.base)), id=place_measure.anchor),
            *verdict_content,
            html.P(" ".join(facts), className="facts"),
            *([html.P(" ".join(notes), className="small quiet")] if notes else []),
        ],
        className="flow-s",
    )
    is_long = bool(last) and months_between(start, last.period if last else start) >= LONG
    sizes = HALF if is_long else COMPACT
    blind = blind_months(place_measure.month)
    charts = _charts(_without_marks(place_measure), start, sizes, judged_range(expected, blind), blind, is_rate=is_rate)
    details = [
        *([why_verdict(place_measure.month, verdict)] if verdict else []),
        *longer_view(place_measure.month, verdict),
        closed(_table(place_measure, start), f"Table of {lowered(measure.title)}"),
    ]
    folded_content = [
        *recorded_or_happened(verdict, level=4),
        html.Div(details, className="asked"),
        html.Div(charts, className="split even" if is_long else "cols"),
        html.P(source_line(place_measure.month), className="source"),
    ]
    is_changed = verdict is not None and verdict.state in CHANGES
    evidence = folded("Charts, table and reasons", f"of {lowered(measure.title)}", folded_content, is_open=is_changed)
    return html.Article([words_block, evidence], className="flow" if is_long else "split flip")


def judged_range(expected: Sequence[ExpectedMonth], blind: BlindMonths | None = None) -> ExpectedRange | None:
    """The range of the months judged alone, unnamed: thirty charts on a page need neither how it was made nor its name each."""
    expected_range = drawn_range(expected, blind)
    return replace(expected_range, earlier=(), fixed="") if expected_range else None


def _without_marks(place_measure: PlaceMeasure) -> PlaceMeasure:
    """The same without the breaks that forbid no comparison: told once on the page, not in each of its charts."""
    month, rate, rolling = place_measure.month, place_measure.rate, place_measure.rolling
    return replace(
        place_measure,
        month=_parting_only(month),
        rate=_parting_only(rate) if rate else None,
        rolling=_parting_only(rolling) if rolling else None,
    )


def _parting_only(series: MeasureSeries) -> MeasureSeries:
    return replace(series, breaks=tuple(b for b in series.breaks if b.treatment != "mark"))


def _charts(
    place_measure: PlaceMeasure,
    start: str,
    sizes: Mapping[int, int],
    expected: ExpectedRange | None,
    blind: BlindMonths | None,
    *,
    is_rate: bool,
) -> list[html.Figure]:
    """The months, and twelve months at a time; only what is held."""
    unit = place_measure.month.measure.unit
    band = ". Pale band: expected" if expected else ""
    until = blind.until if blind else None
    pictures = line_set(place_measure.month, sizes=sizes, first=start, expected=expected, awaited_until=until)
    charts = [_chart(f"{unit.capitalize()} a month{band}", drawn(pictures, sizes))]
    if is_rate and place_measure.rate and place_measure.rate.known:
        pictures = rolling_set(place_measure.rate, place_measure.beside, sizes=sizes, first=start)
        charts.append(_chart("12 months to each month, per 1,000 residents", drawn(pictures, sizes)))
    elif place_measure.rolling and place_measure.rolling.known:
        pictures = line_set(place_measure.rolling, sizes=sizes, first=start)
        charts.append(_chart(f"12 months to each month, {unit}", drawn(pictures, sizes)))
    return charts


def _chart(unit: str, drawing: Drawing) -> html.Figure:
    content = [html.Figcaption(html.P(unit, className="unit")), Raw(drawing.markup, className="plot")]
    return html.Figure(content, className="chart", **attributes(data_set=drawing.data_set))


def _table(place_measure: PlaceMeasure, start: str) -> Element:
    """A row a month: offences, twelve months to then, and the rate here and beside."""
    compared = [s for s in (place_measure.rolling, place_measure.rate, *place_measure.beside) if s is not None]
    columns = [Column("Month"), Column(place_measure.month.measure.unit.capitalize(), is_number=True)]
    if place_measure.rolling:
        columns.append(Column("12 months to then", is_number=True))
    if place_measure.rate:
        columns.append(Column("Per 1,000 residents", is_number=True))
    columns += [Column(other.area.name, is_number=True) for other in place_measure.beside]
    by_period = [{point.period: point for point in series.points} for series in compared]
    rows = []
    for point in place_measure.month.points:
        if point.period < start:
            continue
        other_cells = [_cell(points.get(point.period), series) for points, series in zip(by_period, compared, strict=True)]
        rows.append((_row_head(point), _cell(point, place_measure.month), *other_cells))
    return data_table(columns, rows, label=f"{place_measure.month.measure.title}, {place_measure.month.area.name}, by month")


def _row_head(point: Point) -> str:
    return f"{month(point.period)}, provisional" if point.status == "provisional" else month(point.period)


def _cell(point: Point | None, series: MeasureSeries) -> str:
    if point is None:
        return "not held"
    measure = series.measure
    return value_or_reason(point.value, point.status, decimals=measure.decimals, is_percentage=measure.is_percentage)


def _notes(place_measure: PlaceMeasure, start: str, facts: tuple[str, ...]) -> tuple[str, ...]:
    """Breaks inside the months drawn, unless a sentence has told of them already."""
    reasons = [
        (parting, break_sentence(parting)) for parting in parting_breaks(place_measure.month) if f"{parting.start:%Y-%m}" >= start
    ]
    return tuple(note for parting, note in reasons if not any(break_reason(parting) in sentence for sentence in facts))
