"""Courts on their own page: two averages on one scale, open cases and their age, cases in and out, regions."""

from collections.abc import Sequence
from dataclasses import replace

from dashboard.charts.line import HALF, line_set
from dashboard.charts.two_lines import SIZES, two_lines_set
from dashboard.features.justice.view_model import Region
from dashboard.features.justice.words import court_verdict_sentence
from dashboard.figures.compare import at, newest
from dashboard.figures.records import Area, MeasureSeries, Verdict
from dashboard.ui import html
from dashboard.ui.figure import drawn, figure
from dashboard.ui.html import Element
from dashboard.ui.measure_lines import series_table, value_cell
from dashboard.ui.notice import empty
from dashboard.ui.passport import source_line
from dashboard.ui.table import Cell, Column, Group, data_table
from dashboard.ui.verdict import verdict_mark
from etl.core.period import year_before
from etl.core.written import period

RECEIVED, FINISHED = Area("received", "Received", "nation"), Area("finished", "Finished", "nation")


def london_beside_nation(
    sentence: str,
    unit: str,
    london: MeasureSeries,
    nation: MeasureSeries | None,
    verdict: Verdict | None,
    *,
    values_on_same_scale: Sequence[float] = (),
) -> Element:
    """London and England and Wales over time on one scale, the verdict in words under it.

    Args:
        sentence: the finding.
        unit: what is drawn.
        london: the subject.
        nation: England and Wales; None draws London alone.
        verdict: on London.
        values_on_same_scale: values of the chart beside this one, so that both have one scale.
    """
    if nation is None:
        return empty("Nothing to set beside London", "The figure for England and Wales is not held.")
    return html.Div(
        [
            figure(
                sentence,
                f"{unit} Dotted: England and Wales.",
                series_table(london, nation),
                drawn(two_lines_set(london, nation, shared=values_on_same_scale), SIZES),
                source_line(london),
                level=3,
            ),
            *_verdict_content(london, verdict),
        ],
        className="flow-s",
    )


def single_series(sentence: str, unit: str, series: MeasureSeries, verdict: Verdict | None) -> Element:
    """One series over time by itself, its newest point in the shape of its verdict."""
    return html.Div(
        [
            figure(
                sentence,
                unit,
                series_table(series),
                drawn(line_set(series, sizes=HALF, verdict=verdict), HALF),
                source_line(series),
                level=3,
            ),
            *_verdict_content(series, verdict),
        ],
        className="flow-s",
    )


def flow_figure(sentence: str, received: MeasureSeries, finished: MeasureSeries, verdicts: Sequence[Verdict | None]) -> Element:
    """Cases received beside cases finished, England and Wales, with the verdict on each."""
    received_line, finished_line = replace(received, area=RECEIVED), replace(finished, area=FINISHED)
    verdict_content: list[Element] = []
    for series, verdict in zip((received_line, finished_line), verdicts, strict=True):
        if verdict is not None:
            words = html.P([html.Strong(f"{series.area.name}. "), court_verdict_sentence(series, verdict)], className="small")
            verdict_content += [html.P(verdict_mark(verdict.state)), words]
    cases_figure = figure(
        sentence,
        "Crown Court cases a quarter, England and Wales. Solid line: received. Dotted: finished.",
        flow_table(received, finished),
        drawn(two_lines_set(received_line, finished_line, label=_text_alternative(received, finished)), SIZES),
        f"London is not published in the table held. {source_line(received)}",
        level=3,
    )
    return html.Div([cases_figure, *verdict_content], className="flow-s")


def flow_table(received: MeasureSeries, finished: MeasureSeries) -> Element:
    """A row a quarter."""
    columns = (Column("Quarter"), Column("Received", is_number=True), Column("Finished", is_number=True))
    rows = [
        (period(p.period, "quarter"), value_cell(received, p), value_cell(finished, at(finished, p.period)))
        for p in received.points
    ]
    return data_table(columns, rows, label="Cases received and finished, England and Wales, every quarter")


def regions_table(regions: Sequence[Region]) -> Element:
    """A row a region: median, mean and the share of open cases that are old, newest quarter and a year before."""
    last = max((p.period for region in regions if region.median for p in region.median.known), default="")
    if not last:
        return html.P("No region’s figure is held.")
    quarter_before, newest_quarter = year_before(last).replace("-", " "), last.replace("-", " ")
    columns = (
        Column("Place"),
        Column(f"Median, {quarter_before}", is_number=True),
        Column(f"Median, {newest_quarter}", is_number=True),
        Column(f"Mean, {quarter_before}", is_number=True),
        Column(f"Mean, {newest_quarter}", is_number=True),
        Column(f"Open a year, {newest_quarter}", is_number=True),
    )
    rows = [_region(region, last) for region in regions]
    groups = [Group(rows[:1], is_total=True), *(Group([row]) for row in rows[1:])]
    return data_table(columns, groups, label="London beside other court regions", stack=True)


def _verdict_content(series: MeasureSeries, verdict: Verdict | None) -> list[Element]:
    if verdict is None:
        return []
    return [html.P(verdict_mark(verdict.state)), html.P(court_verdict_sentence(series, verdict), className="small")]


def _region(region: Region, last: str) -> list[Cell]:
    before = year_before(last)
    return [
        region.name,
        _cell(region.median, before),
        _cell(region.median, last),
        _cell(region.mean, before),
        _cell(region.mean, last),
        _cell(region.share, last),
    ]


def _cell(series: MeasureSeries | None, quarter: str) -> str:
    return value_cell(series, at(series, quarter)) if series else "not held"


def _text_alternative(received: MeasureSeries, finished: MeasureSeries) -> str:
    last_received, last_finished = newest(received), newest(finished)
    if last_received is None or last_finished is None:
        return "No figure is held."
    return (
        f"Crown Court cases, England and Wales, {period(last_received.period, 'quarter')}: "
        f"{value_cell(received, last_received)} received, {value_cell(finished, last_finished)} finished."
    )
