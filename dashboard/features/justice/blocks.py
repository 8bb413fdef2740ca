"""Courts on their own page: two averages on one scale, open cases and their age, cases in and out, regions."""

from collections.abc import Sequence
from dataclasses import replace

from dashboard.charts.line import HALF, line_set
from dashboard.charts.two_lines import SIZES, two_lines_set
from dashboard.features.justice.view_model import (
    BEFORE_COVID,
    FINISHED,
    KNOWN_AGE,
    MEAN,
    MEDIAN,
    OLD,
    OPEN,
    RECEIVED,
    SHARE,
    JusticeFigures,
)
from dashboard.features.justice.words import (
    court_verdict_sentence,
    flow_headline,
    share_headline,
)
from dashboard.figures.compare import at, newest
from dashboard.figures.records import Area, MeasureSeries, Verdict
from dashboard.ui import html
from dashboard.ui.court_tables import courts_figure
from dashboard.ui.figure import drawn, figure
from dashboard.ui.html import Element
from dashboard.ui.measure_lines import series_table, value_cell
from dashboard.ui.notice import empty
from dashboard.ui.passport import source_line
from dashboard.ui.sections import section
from dashboard.ui.table import Column, data_table
from dashboard.ui.verdict import mark_of
from etl.core.areas import ENGLAND_AND_WALES
from etl.core.written import number, period, rounded

RECEIVED_LABEL, FINISHED_LABEL = Area("received", "Received", "nation"), Area("finished", "Finished", "nation")


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
    received_line, finished_line = replace(received, area=RECEIVED_LABEL), replace(finished, area=FINISHED_LABEL)
    verdict_content: list[Element] = []
    for series, verdict in zip((received_line, finished_line), verdicts, strict=True):
        if verdict is not None:
            words = html.P([html.Strong(f"{series.area.name}. "), court_verdict_sentence(series, verdict)], className="small")
            verdict_content += [html.P(mark_of(verdict)), words]
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


def _verdict_content(series: MeasureSeries, verdict: Verdict | None) -> list[Element]:
    if verdict is None:
        return []
    return [html.P(mark_of(verdict)), html.P(court_verdict_sentence(series, verdict), className="small")]


def _text_alternative(received: MeasureSeries, finished: MeasureSeries) -> str:
    last_received, last_finished = newest(received), newest(finished)
    if last_received is None or last_finished is None:
        return "No figure is held."
    return (
        f"Crown Court cases, England and Wales, {period(last_received.period, 'quarter')}: "
        f"{value_cell(received, last_received)} received, {value_cell(finished, last_finished)} finished."
    )


REGION = "London is the courts service’s London region, which includes the City of London and its courts."
RESTATED = "Each release restates the whole series; figures of two releases are never joined."


def times_section(figures: JusticeFigures) -> Element:
    """Median and mean time from offence to the end of the case, on one scale."""
    median, mean = figures.london[MEDIAN], figures.london[MEAN]
    nation_median, nation_mean = figures.nation.get(MEDIAN), figures.nation.get(MEAN)
    shared_values = [p.value for s in (median, mean, nation_median, nation_mean) if s for p in s.known if p.value is not None]
    return section(
        "times",
        "From offence to the end of the case",
        [
            html.Div(
                [
                    london_beside_nation(
                        f"Half of cases took longer than {_newest(median)} days",
                        "Median days from offence to completion, Crown Court, London, by quarter.",
                        median,
                        nation_median,
                        figures.verdict(MEDIAN),
                        values_on_same_scale=shared_values,
                    ),
                    london_beside_nation(
                        f"The average, pulled up by the longest cases, was {_newest(mean)} days",
                        "Mean days, the same cases, on the same scale.",
                        mean,
                        nation_mean,
                        figures.verdict(MEAN),
                        values_on_same_scale=shared_values,
                    ),
                ],
                className="split even",
            ),
            html.P(f"{REGION} {RESTATED}", className="source"),
        ],
    )


def open_cases_section(figures: JusticeFigures) -> Element:
    """The share of open cases that are old, how many there are, and each court."""
    known_age, share, old = (figures.london.get(m) for m in (KNOWN_AGE, SHARE, OLD))
    charts: list[Element] = []
    if share is not None:
        charts.append(
            london_beside_nation(
                share_headline(share, BEFORE_COVID),
                "Share of open Crown Court cases whose age is known that have been open a year or more, London, by quarter.",
                share,
                figures.nation.get(SHARE),
                figures.verdict(SHARE),
            )
        )
    if old is not None:
        charts.append(
            single_series(
                f"{_newest(old)} London cases have been open a year or more",
                "Cases open a year or more at the end of each quarter, of those whose age is known, London.",
                old,
                figures.verdict(OLD),
            )
        )
    if known_age is not None:
        charts.append(
            single_series(
                f"{_newest(known_age)} cases whose age is known were open in London",
                "Open Crown Court cases at the end of each quarter, London.",
                known_age,
                figures.verdict(KNOWN_AGE),
            )
        )
    courts_content: list[Element] = []
    if figures.courts:
        total = sum(p.value or 0.0 for _, s in figures.courts for p in s.known if p.period == max(q.period for q in s.known))
        courts_content = [
            html.Div(
                [
                    courts_figure(figures.courts),
                    html.P(
                        f"The {len(figures.courts)} courts together: {number(total)} open cases, those whose age is not "
                        "known among them. "
                        "Cases are moved between courts, and a court serves more than its own area.",
                        className="source",
                    ),
                ]
            )
        ]
    return section("waiting", "Cases open, and how old they are", [html.Div([*charts, *courts_content], className="split even")])


def flow_section(figures: JusticeFigures) -> Element:
    """Cases received beside cases finished, and those still open, England and Wales."""
    received, finished, open_cases = (figures.nation.get(m) for m in (RECEIVED, FINISHED, OPEN))
    if received is None or finished is None:
        return section(
            "flow", "Cases in and cases out", [empty("Not held", "No edition of cases received and finished is held.")]
        )
    verdicts = [figures.verdict(m, ENGLAND_AND_WALES) for m in (RECEIVED, FINISHED)]
    content: list[Element] = [flow_figure(flow_headline(received, finished), received, finished, verdicts)]
    if open_cases is not None:
        content.append(
            single_series(
                f"{rounded(_value(open_cases))} cases were open in England and Wales",
                "Open Crown Court cases at the end of each quarter, England and Wales.",
                open_cases,
                figures.verdict(OPEN, ENGLAND_AND_WALES),
            )
        )
    return section("flow", "Cases in and cases out", [html.Div(content, className="split even")])


def source_of(figures: JusticeFigures, measure: str) -> str:
    """The source line of a London series; empty where it is not held."""
    series = figures.london.get(measure)
    return source_line(series) if series else ""


def _newest(series: MeasureSeries) -> str:
    return rounded(_value(series))


def _value(series: MeasureSeries) -> float:
    last = newest(series)
    return last.value if last and last.value is not None else 0.0
