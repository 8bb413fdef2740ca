"""Justice: how long cases take, how many wait and how old they are, and what London’s courts do not publish."""

from dashboard.features.justice.blocks import flow_figure, london_beside_nation, regions_table, single_series
from dashboard.features.justice.download import justice_file
from dashboard.features.justice.statements_on_record import not_held_section, statements_section
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
    justice_figures,
)
from dashboard.features.justice.words import (
    ONLY_FINISHED_CASES,
    course_sentence,
    court_verdict_sentence,
    flow_headline,
    justice_headline,
    open_sentence,
    share_headline,
)
from dashboard.figures.compare import newest
from dashboard.figures.records import Citation, MeasureSeries, Verdict
from dashboard.figures.view import View
from dashboard.ui import html
from dashboard.ui.attributes import attributes
from dashboard.ui.court_tables import courts_figure
from dashboard.ui.frame import breadcrumb
from dashboard.ui.html import Element
from dashboard.ui.links import download_link
from dashboard.ui.notice import empty, notice
from dashboard.ui.page import Page
from dashboard.ui.passport import passport, source_line
from dashboard.ui.sections import lead, section
from dashboard.ui.verdict import verdict_mark
from etl.core.areas import ENGLAND_AND_WALES
from etl.core.written import any_period, number, rounded

ABOVE = [("Home", "/")]
REGION = "London is the courts service’s London region, which includes the City of London and its courts."
RESTATED = "Each release restates the whole series; figures of two releases are never joined."
METHOD = (
    "As published. Verdicts hold the newest four quarters against the natural limits of the twelve before, the quarters "
    "of Covid left out. "
    "With so few quarters nothing finer can be said."
)


def layout(view: View) -> list[Element]:
    """The page."""
    figures = justice_figures()
    return [
        breadcrumb(ABOVE, "Justice"),
        _opening(view, figures),
        notice(
            "quietly",
            ONLY_FINISHED_CASES[0],
            f"{ONLY_FINISHED_CASES[1]} When a court clears them these times rise, though nothing got slower.",
        ),
        _times(figures),
        _open_cases(figures),
        _flow(figures),
        section(
            "regions",
            "London beside the other regions",
            [
                regions_table(figures.regions),
                html.P(
                    "Days from offence to completion at the Crown Court, and the share of open cases a year old or more. "
                    f"{REGION} {_source_of(figures, MEDIAN)}",
                    className="source",
                ),
            ],
        ),
        statements_section(figures),
        not_held_section(figures),
        _source(figures),
    ]


def _opening(view: View, figures: JusticeFigures) -> Element:
    median, mean = figures.london[MEDIAN], figures.london[MEAN]
    median_verdict = figures.verdict(MEDIAN)
    last = newest(median)
    quarter = any_period(last.period) if last else "no quarter"
    waiting_sentence = (
        open_sentence(figures.london[KNOWN_AGE], figures.london[SHARE]) if {KNOWN_AGE, SHARE} <= figures.london.keys() else ""
    )
    open_verdict = figures.verdict(KNOWN_AGE)
    # Time taken and cases waiting stand side by side: finished cases alone can look fast while the queue grows.
    finished_sentence = (
        f"Finished cases, the middle one: {court_verdict_sentence(median, median_verdict)} "
        if median_verdict
        else f"Figures of {quarter}. "
    )
    return lead(
        justice_headline(median, mean),
        standfirst=(
            [*_large_mark(median_verdict), f"{finished_sentence}{course_sentence(median, before=BEFORE_COVID)}"],
            [*_large_mark(open_verdict), f"Cases still waiting: {waiting_sentence}"] if waiting_sentence else "",
        ),
        actions=[download_link("Figures behind this page", f"/download{view.address}")],
    )


def _large_mark(verdict: Verdict | None) -> list[str | Element]:
    return [verdict_mark(verdict.state, big=True), html.Br()] if verdict else []


def _times(figures: JusticeFigures) -> Element:
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


def _open_cases(figures: JusticeFigures) -> Element:
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


def _flow(figures: JusticeFigures) -> Element:
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


def _source(figures: JusticeFigures) -> Element:
    citations: dict[str, Citation] = {c.edition: c for s in figures.every_series for c in s.citations}
    return html.Section(
        passport(
            sorted(citations.values(), key=lambda c: (c.last_period, c.published_on, c.edition), reverse=True),
            rows="London, each other region, England and Wales, and each Crown Court of London",
            method=METHOD,
            caveats=tuple(dict.fromkeys(c for s in figures.london.values() for c in s.measure.caveats)),
            next_edition=f"Published each quarter. None after {any_period(figures.london[MEDIAN].points[-1].period)} is held.",
        ),
        **attributes(aria_label="Where these numbers come from"),
    )


def _source_of(figures: JusticeFigures, measure: str) -> str:
    series = figures.london.get(measure)
    return source_line(series) if series else ""


def _newest(series: MeasureSeries) -> str:
    return rounded(_value(series))


def _value(series: MeasureSeries) -> float:
    last = newest(series)
    return last.value if last and last.value is not None else 0.0


PAGE = Page(
    path="/justice",
    title="Justice",
    description=(
        "How long London’s Crown Court cases take beside England and Wales, how many are open and how old, and what is not held."
    ),
    nav="justice",
    order=50,
    layout=layout,
    download=justice_file,
)
