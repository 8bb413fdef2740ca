"""Justice: how long cases take, how many wait and how old they are, and what London’s courts do not publish."""

from dashboard.features.justice.blocks import REGION, flow_section, open_cases_section, source_of, times_section
from dashboard.features.justice.download import justice_file
from dashboard.features.justice.regions_table import regions_table
from dashboard.features.justice.statements_on_record import not_held_section, statements_section
from dashboard.features.justice.view_model import (
    BEFORE_COVID,
    KNOWN_AGE,
    MEAN,
    MEDIAN,
    SHARE,
    JusticeFigures,
    justice_figures,
)
from dashboard.features.justice.words import (
    ONLY_FINISHED_CASES,
    course_sentence,
    court_verdict_sentence,
    justice_headline,
    open_sentence,
)
from dashboard.figures.compare import newest
from dashboard.figures.feeds import gap_of
from dashboard.figures.records import Citation, Verdict
from dashboard.figures.view import View
from dashboard.ui import html
from dashboard.ui.attributes import attributes
from dashboard.ui.frame import breadcrumb
from dashboard.ui.html import Element
from dashboard.ui.lateness import runs_notice
from dashboard.ui.links import download_link
from dashboard.ui.notice import notice
from dashboard.ui.page import Page
from dashboard.ui.passport import passport
from dashboard.ui.sections import page_opening, section
from dashboard.ui.verdict import mark_of
from etl.core.written import any_period

ABOVE = [("Home", "/")]
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
        *_runs(figures),
        times_section(figures),
        open_cases_section(figures),
        flow_section(figures),
        section(
            "regions",
            "London beside the other regions",
            [
                regions_table(figures.regions),
                html.P(
                    "Days from offence to completion at the Crown Court, and the share of open cases a year old or more. "
                    f"{REGION} {source_of(figures, MEDIAN)}",
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
    return page_opening(
        justice_headline(median, mean, gap_of(median.measure.source, last.period) if last else None),
        standfirst=(
            [*_large_mark(median_verdict), f"{finished_sentence}{course_sentence(median, before=BEFORE_COVID)}"],
            [*_large_mark(open_verdict), f"Cases still waiting: {waiting_sentence}"] if waiting_sentence else "",
        ),
        actions=[download_link("Figures behind this page", f"/download{view.address}")],
    )


def _runs(figures: JusticeFigures) -> list[Element]:
    """How far the courts' figures run, and what of them is not known today."""
    last = newest(figures.london[MEDIAN])
    return [runs_notice("court figures", gap_of(figures.london[MEDIAN].measure.source, last.period))] if last else []


def _large_mark(verdict: Verdict | None) -> list[str | Element]:
    return [mark_of(verdict, big=True), html.Br()] if verdict else []


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


PAGE = Page(
    path="/justice",
    title="Justice",
    description=(
        "How long London’s Crown Court cases take beside England and Wales, how many are open and how old, and what is not held."
    ),
    nav="justice",
    menu="Justice",
    order=50,
    layout=layout,
    download=justice_file,
)
