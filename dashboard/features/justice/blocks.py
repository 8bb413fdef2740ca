"""Courts on their own page: two averages on one scale, open cases and their age, cases in and out, regions."""

from collections.abc import Sequence
from dataclasses import replace

from dashboard.charts.line import HALF, line_set
from dashboard.charts.two_lines import SIZES, two_lines_set
from dashboard.features.justice.view_model import Place
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
from etl.core.periods import year_before
from etl.core.written import period

RECEIVED, FINISHED = Area("received", "Received", "nation"), Area("finished", "Finished", "nation")


def beside_nation(
    sentence: str,
    unit: str,
    london: MeasureSeries,
    nation: MeasureSeries | None,
    verdict: Verdict | None,
    *,
    shared: Sequence[float] = (),
) -> Element:
    """London and England and Wales over time on one scale, the verdict in words under it.

    Args:
        sentence: the finding.
        unit: what is drawn.
        london: the subject.
        nation: England and Wales; None draws London alone.
        verdict: on London.
        shared: values of the chart beside this one, so that both have one scale.
    """
    if nation is None:
        return empty("Nothing to set beside London", "The figure for England and Wales is not held.")
    return html.Div(
        [
            figure(
                sentence,
                f"{unit} Dotted: England and Wales.",
                series_table(london, nation),
                drawn(two_lines_set(london, nation, shared=shared), SIZES),
                source_line(london),
                level=3,
            ),
            *_judged(london, verdict),
        ],
        className="flow-s",
    )


def alone(sentence: str, unit: str, series: MeasureSeries, verdict: Verdict | None) -> Element:
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
            *_judged(series, verdict),
        ],
        className="flow-s",
    )


def flow_figure(sentence: str, received: MeasureSeries, finished: MeasureSeries, verdicts: Sequence[Verdict | None]) -> Element:
    """Cases received beside cases finished, England and Wales, with the verdict on each."""
    one, other = replace(received, area=RECEIVED), replace(finished, area=FINISHED)
    said: list[Element] = []
    for series, verdict in zip((one, other), verdicts, strict=True):
        if verdict is not None:
            words = html.P([html.Strong(f"{series.area.name}. "), court_verdict_sentence(series, verdict)], className="small")
            said += [html.P(verdict_mark(verdict.state)), words]
    drawing = figure(
        sentence,
        "Crown Court cases a quarter, England and Wales. Solid line: received. Dotted: finished.",
        flow_table(received, finished),
        drawn(two_lines_set(one, other, label=_spoken(received, finished)), SIZES),
        f"London is not published in the table held. {source_line(received)}",
        level=3,
    )
    return html.Div([drawing, *said], className="flow-s")


def flow_table(received: MeasureSeries, finished: MeasureSeries) -> Element:
    """A row a quarter."""
    columns = (Column("Quarter"), Column("Received", is_number=True), Column("Finished", is_number=True))
    rows = [
        (period(p.period, "quarter"), value_cell(received, p), value_cell(finished, at(finished, p.period)))
        for p in received.points
    ]
    return data_table(columns, rows, label="Cases received and finished, England and Wales, every quarter")


def regions_table(places: Sequence[Place]) -> Element:
    """A row a region: median, mean and the share of open cases that are old, newest quarter and a year before."""
    last = max((p.period for place in places if place.median for p in place.median.known), default="")
    if not last:
        return html.P("No region’s figure is held.")
    then, now = year_before(last).replace("-", " "), last.replace("-", " ")
    columns = (
        Column("Place"),
        Column(f"Median, {then}", is_number=True),
        Column(f"Median, {now}", is_number=True),
        Column(f"Mean, {then}", is_number=True),
        Column(f"Mean, {now}", is_number=True),
        Column(f"Open a year, {now}", is_number=True),
    )
    rows = [_region(place, last) for place in places]
    groups = [Group(rows[:1], is_total=True), *(Group([row]) for row in rows[1:])]
    return data_table(columns, groups, label="London beside other court regions", stack=True)


def _judged(series: MeasureSeries, verdict: Verdict | None) -> list[Element]:
    if verdict is None:
        return []
    return [html.P(verdict_mark(verdict.state)), html.P(court_verdict_sentence(series, verdict), className="small")]


def _region(place: Place, last: str) -> list[Cell]:
    before = year_before(last)
    return [
        place.name,
        _cell(place.median, before),
        _cell(place.median, last),
        _cell(place.mean, before),
        _cell(place.mean, last),
        _cell(place.share, last),
    ]


def _cell(series: MeasureSeries | None, when: str) -> str:
    return value_cell(series, at(series, when)) if series else "not held"


def _spoken(received: MeasureSeries, finished: MeasureSeries) -> str:
    one, other = newest(received), newest(finished)
    if one is None or other is None:
        return "No figure is held."
    return (
        f"Crown Court cases, England and Wales, {period(one.period, 'quarter')}: {value_cell(received, one)} received, "
        f"{value_cell(finished, other)} finished."
    )
