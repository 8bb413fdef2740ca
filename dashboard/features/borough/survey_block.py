"""What the attitude survey says of one place: a sentence with its interval, separate years, and London beside it."""

from collections.abc import Mapping, Sequence

from dashboard.charts.survey_line import WIDTH, survey_line
from dashboard.figures.compare import at, newest
from dashboard.figures.records import MeasureSeries, Point, Verdict
from dashboard.ui import html
from dashboard.ui.addresses import measure_address
from dashboard.ui.attributes import attributes
from dashboard.ui.figure import Drawing
from dashboard.ui.html import Element
from dashboard.ui.measure_lines import value_alone, value_cell
from dashboard.ui.notice import empty
from dashboard.ui.passport import source_line
from dashboard.ui.raw import Raw
from dashboard.ui.table import Column, closed, data_table, folded
from dashboard.ui.verdict import mark_of
from dashboard.words.facts import beside_london_sentence, interval_words, lowered, survey_sentence
from dashboard.words.verdicts import verdict_sentence
from etl.core.period import last_month
from etl.core.state import CHANGES
from etl.core.written import month


def survey_blocks(
    place: Sequence[MeasureSeries], london: Mapping[str, MeasureSeries], verdicts: Mapping[str, Verdict], *, place_name: str
) -> list[Element]:
    """Each survey measure of a place as a small article; or why there is none.

    Args:
        place: survey series of the place.
        london: London's series by measure id.
        verdicts: what may be concluded of the place, by measure id.
        place_name: name of the place, for when nothing is held.
    """
    published_series = [series for series in place if newest(series)]
    if not published_series:
        return [empty(f"No survey figure is held for {place_name}", "The survey is published for London and its boroughs.")]
    items = [
        html.Li(_block(series, london.get(series.measure.id), verdicts.get(series.measure.id))) for series in published_series
    ]
    return [html.Ul(items, className="small-multiples"), html.P(source_line(published_series[0]), className="source")]


def newest_survey_period(place: Sequence[MeasureSeries]) -> str | None:
    """The last period any of the series has a number for."""
    ends = [point.period for series in place if (point := newest(series))]
    return max(ends) if ends else None


def _block(series: MeasureSeries, london: MeasureSeries | None, verdict: Verdict | None) -> html.Article:
    measure = series.measure
    sentences: list[Element] = [html.P(survey_sentence(series, london), className="says")]
    if verdict is not None:
        beside_london = beside_london_sentence(series, london)
        sentences = [
            html.P(mark_of(verdict)),
            html.P(verdict_sentence(series, verdict), className="says"),
            *([html.P(beside_london, className="says")] if beside_london else []),
        ]
    is_changed = verdict is not None and verdict.state in CHANGES
    drawing = Drawing(survey_line(series), (WIDTH,))
    picture = html.Figure(
        [closed(_years(series, london)), Raw(drawing.markup, className="plot")],
        className="chart",
        **attributes(data_set=drawing.data_set),
    )
    return html.Article(
        [
            html.H3(html.A(measure.title, href=measure_address(measure.base))),
            *sentences,
            folded("Chart and table", f"of {lowered(measure.title)}", [picture], is_open=is_changed),
        ],
        className="card",
    )


def _years(series: MeasureSeries, london: MeasureSeries | None) -> Element:
    """Separate years, back from the newest: years that overlap are not set in one table."""
    last = newest(series)
    ending = last_month(last.period)[1] if last else 12
    points = [point for point in series.points if last_month(point.period)[1] == ending]
    london_column = [Column("London", is_number=True)] if london and series.area.kind != "force" else []
    columns = (
        Column("Year ending"),
        Column(series.area.name, is_number=True),
        Column("Could be", is_number=True),
        *london_column,
    )
    rows = [
        (
            month(p.period),
            value_alone(series, p),
            interval_words(p, series.measure),
            *_london(p, london, bool(london_column)),
        )
        for p in points
    ]
    return data_table(columns, rows, label=f"{series.measure.title}, {series.area.name}, separate years")


def _london(point: Point, london: MeasureSeries | None, has_column: bool) -> tuple[str, ...]:
    if not has_column or london is None:
        return ()
    london_point = at(london, point.period)
    return (value_cell(london, london_point),)
