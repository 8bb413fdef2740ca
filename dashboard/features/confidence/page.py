"""Confidence: every question of the survey with its interval, boroughs against London, and what a sample cannot show."""

from dashboard.features.confidence.blocks import boroughs_section, questions_section
from dashboard.features.confidence.download import confidence_file
from dashboard.features.confidence.statements_block import goal_section, statements_section
from dashboard.features.confidence.words import (
    METHOD,
    confidence_headline,
    headline_facts,
    runs_sentence,
)
from dashboard.figures.feeds import gap_of
from dashboard.figures.survey import OPTIONS, ConfidenceFigures, confidence_figures, newest_period
from dashboard.figures.view import View
from dashboard.ui import html
from dashboard.ui.attributes import attributes
from dashboard.ui.frame import breadcrumb
from dashboard.ui.html import Element
from dashboard.ui.links import download_link
from dashboard.ui.notice import notice
from dashboard.ui.page import Page
from dashboard.ui.passport import passport
from dashboard.ui.sections import page_opening
from dashboard.ui.verdict import mark_of

ABOVE = [("Home", "/")]


def layout(view: View) -> list[Element]:
    """The page for the question and borough the address names."""
    figures = confidence_figures(view)
    return [
        breadcrumb(ABOVE, "Confidence"),
        _opening(view, figures),
        _late(figures),
        questions_section(figures),
        boroughs_section(view, figures),
        goal_section(figures),
        *statements_section(figures),
        _source(figures),
    ]


def _opening(view: View, figures: ConfidenceFigures) -> Element:
    headline = figures.headline
    facts = headline_facts(headline.series, headline.verdict)
    mark = [mark_of(headline.verdict, big=True), html.Br()] if headline.verdict else []
    return page_opening(
        confidence_headline(headline.series, headline.verdict, gap_of(headline.series.measure.source, newest_period(headline))),
        standfirst=[*mark, facts],
        actions=[download_link("Figures behind this page", f"/download{view.address}")],
    )


def _late(figures: ConfidenceFigures) -> Element:
    london_to = newest_period(figures.headline)
    stopped_questions = [(a.series.measure.title, newest_period(a)) for a in figures.answers if newest_period(a) < london_to]
    gap = gap_of(figures.headline.series.measure.source, london_to)
    case, consequence = runs_sentence(gap, figures.headline.boroughs_to or "", stopped_questions)
    return notice("late", case, consequence)


def _source(figures: ConfidenceFigures) -> Element:
    all_series = (*(a.series for a in figures.answers), *(b.series for b in figures.boroughs))
    citations = {c.edition: c for s in all_series for c in s.citations}
    return html.Section(
        passport(
            sorted(citations.values(), key=lambda c: (c.last_period, c.published_on, c.edition), reverse=True),
            rows="London and each borough, every question",
            method=METHOD,
            caveats=figures.chosen.series.measure.caveats,
            next_edition="Published each quarter. None after those named above is held.",
        ),
        **attributes(aria_label="Where these numbers come from"),
    )


PAGE = Page(
    path="/confidence",
    title="Confidence",
    description=(
        "What Londoners say of their police, each question with its interval, boroughs against London, and what a "
        "sample cannot show."
    ),
    nav="confidence",
    menu="Confidence",
    order=40,
    layout=layout,
    download=confidence_file,
    options=OPTIONS,
    examples=("/confidence?measure=trust_mps", "/confidence?measure=treat_everyone_fairly&area=E09000006"),
)
