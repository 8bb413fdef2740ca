"""Justice: how long cases take, how many wait and how old they are, and what London’s courts do not publish."""

from dashboard.features.justice.blocks import alone, beside_nation, flow_figure, regions_table
from dashboard.features.justice.download import justice_file
from dashboard.features.justice.statements_on_record import not_held_section, said_section
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
    JusticeShown,
    justice_shown,
)
from dashboard.features.justice.words import (
    CENSORED,
    course_sentence,
    court_verdict_sentence,
    flow_headline,
    justice_headline,
    open_sentence,
    share_headline,
)
from dashboard.figures.compare import newest
from dashboard.figures.measure_in_place import ENGLAND_AND_WALES
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
    shown = justice_shown()
    return [
        breadcrumb(ABOVE, "Justice"),
        _opening(view, shown),
        notice("quietly", CENSORED[0], f"{CENSORED[1]} When a court clears them these times rise, though nothing got slower."),
        _times(shown),
        _waiting(shown),
        _flow(shown),
        section(
            "regions",
            "London beside the other regions",
            [
                regions_table(shown.places),
                html.P(
                    "Days from offence to completion at the Crown Court, and the share of open cases a year old or more. "
                    f"{REGION} {_source_of(shown, MEDIAN)}",
                    className="source",
                ),
            ],
        ),
        said_section(shown),
        not_held_section(shown),
        _source(shown),
    ]


def _opening(view: View, shown: JusticeShown) -> Element:
    median, mean = shown.london[MEDIAN], shown.london[MEAN]
    found = shown.verdict(MEDIAN)
    last = newest(median)
    when = any_period(last.period) if last else "no quarter"
    waiting = open_sentence(shown.london[KNOWN_AGE], shown.london[SHARE]) if {KNOWN_AGE, SHARE} <= shown.london.keys() else ""
    queue = shown.verdict(KNOWN_AGE)
    # Time taken and cases waiting stand side by side: finished cases alone can look fast while the queue grows.
    judged = f"Finished cases, the middle one: {court_verdict_sentence(median, found)} " if found else f"Figures of {when}. "
    return lead(
        justice_headline(median, mean),
        standfirst=(
            [*_marked(found), f"{judged}{course_sentence(median, before=BEFORE_COVID)}"],
            [*_marked(queue), f"Cases still waiting: {waiting}"] if waiting else "",
        ),
        actions=[download_link("Figures behind this page", f"/download{view.address}")],
    )


def _marked(verdict: Verdict | None) -> list[str | Element]:
    return [verdict_mark(verdict.state, big=True), html.Br()] if verdict else []


def _times(shown: JusticeShown) -> Element:
    median, mean = shown.london[MEDIAN], shown.london[MEAN]
    wide_median, wide_mean = shown.nation.get(MEDIAN), shown.nation.get(MEAN)
    every = [p.value for s in (median, mean, wide_median, wide_mean) if s for p in s.known if p.value is not None]
    return section(
        "times",
        "From offence to the end of the case",
        [
            html.Div(
                [
                    beside_nation(
                        f"Half of cases took longer than {_newest(median)} days",
                        "Median days from offence to completion, Crown Court, London, by quarter.",
                        median,
                        wide_median,
                        shown.verdict(MEDIAN),
                        shared=every,
                    ),
                    beside_nation(
                        f"The average, pulled up by the longest cases, was {_newest(mean)} days",
                        "Mean days, the same cases, on the same scale.",
                        mean,
                        wide_mean,
                        shown.verdict(MEAN),
                        shared=every,
                    ),
                ],
                className="split even",
            ),
            html.P(f"{REGION} {RESTATED}", className="source"),
        ],
    )


def _waiting(shown: JusticeShown) -> Element:
    known, share, old = (shown.london.get(m) for m in (KNOWN_AGE, SHARE, OLD))
    figures: list[Element] = []
    if share is not None:
        figures.append(
            beside_nation(
                share_headline(share, BEFORE_COVID),
                "Share of open Crown Court cases whose age is known that have been open a year or more, London, by quarter.",
                share,
                shown.nation.get(SHARE),
                shown.verdict(SHARE),
            )
        )
    if old is not None:
        figures.append(
            alone(
                f"{_newest(old)} London cases have been open a year or more",
                "Cases open a year or more at the end of each quarter, of those whose age is known, London.",
                old,
                shown.verdict(OLD),
            )
        )
    if known is not None:
        figures.append(
            alone(
                f"{_newest(known)} cases whose age is known were open in London",
                "Open Crown Court cases at the end of each quarter, London.",
                known,
                shown.verdict(KNOWN_AGE),
            )
        )
    courts: list[Element] = []
    if shown.courts:
        total = sum(p.value or 0.0 for _, s in shown.courts for p in s.known if p.period == max(q.period for q in s.known))
        courts = [
            html.Div(
                [
                    courts_figure(shown.courts),
                    html.P(
                        f"The {len(shown.courts)} courts together: {number(total)} open cases, those whose age is not "
                        "known among them. "
                        "Cases are moved between courts, and a court serves more than its own area.",
                        className="source",
                    ),
                ]
            )
        ]
    return section("waiting", "Cases open, and how old they are", [html.Div([*figures, *courts], className="split even")])


def _flow(shown: JusticeShown) -> Element:
    received, finished, waiting = (shown.nation.get(m) for m in (RECEIVED, FINISHED, OPEN))
    if received is None or finished is None:
        return section(
            "flow", "Cases in and cases out", [empty("Not held", "No edition of cases received and finished is held.")]
        )
    judged = [shown.verdict(m, ENGLAND_AND_WALES) for m in (RECEIVED, FINISHED)]
    content: list[Element] = [flow_figure(flow_headline(received, finished), received, finished, judged)]
    if waiting is not None:
        content.append(
            alone(
                f"{rounded(_value(waiting))} cases were open in England and Wales",
                "Open Crown Court cases at the end of each quarter, England and Wales.",
                waiting,
                shown.verdict(OPEN, ENGLAND_AND_WALES),
            )
        )
    return section("flow", "Cases in and cases out", [html.Div(content, className="split even")])


def _source(shown: JusticeShown) -> Element:
    cited: dict[str, Citation] = {c.edition: c for s in shown.every_series for c in s.citations}
    return html.Section(
        passport(
            sorted(cited.values(), key=lambda c: (c.last_period, c.published_on, c.edition), reverse=True),
            rows="London, each other region, England and Wales, and each Crown Court of London",
            method=METHOD,
            caveats=tuple(dict.fromkeys(c for s in shown.london.values() for c in s.measure.caveats)),
            next_edition=f"Published each quarter. None after {any_period(shown.london[MEDIAN].points[-1].period)} is held.",
        ),
        **attributes(aria_label="Where these numbers come from"),
    )


def _source_of(shown: JusticeShown, measure: str) -> str:
    found = shown.london.get(measure)
    return source_line(found) if found else ""


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
