"""Confidence: every question of the survey with its interval, boroughs against London, and what a sample cannot show."""

from dashboard.features.confidence.blocks import borough_intervals, question_charts, questions_table, samples_figure
from dashboard.features.confidence.download import confidence_file
from dashboard.features.confidence.words import (
    confidence_headline,
    goal_sentences,
    headline_facts,
    runs_sentence,
    then_and_now_sentence,
)
from dashboard.figures import queries
from dashboard.figures.public_record import london_priority, stated
from dashboard.figures.survey import OPTIONS, ConfidenceShown, confidence_shown, newest_period, survey_measures
from dashboard.figures.view import View
from dashboard.ui import html
from dashboard.ui.attributes import attributes
from dashboard.ui.frame import breadcrumb
from dashboard.ui.html import Element
from dashboard.ui.links import download_link
from dashboard.ui.notice import empty, notice
from dashboard.ui.page import Page
from dashboard.ui.passport import passport, source_line
from dashboard.ui.picker import Pick, picker
from dashboard.ui.sections import lead, section
from dashboard.ui.table import Column, data_table
from dashboard.ui.verdict import verdict_mark
from dashboard.words.facts import survey_sentence
from etl.core.written import month, number, percent

ABOVE = [("Home", "/")]
NEWEST_YEAR_THEN = "2016-12"
"""The newest year of the survey that was out when councillors were told of it in January 2017."""
GOAL_OF_2013, GOAL = "2013-2016-2-confidence", 0.75
ROUNDED = "Published as whole percentages, so a change of one point may be rounding."
METHOD = (
    "Shares are as published, for rolling twelve months; only years that share no interview are compared. Intervals are "
    "worked out from "
    "about 12,800 Londoners asked a year, about 400 in each borough, with a design effect of 1.5 for weighting and clustering."
)


def layout(view: View) -> list[Element]:
    """The page for the question and borough the address names."""
    figures = confidence_shown(view)
    return [
        breadcrumb(ABOVE, "Confidence"),
        _opening(view, figures),
        _late(figures),
        _questions(figures),
        _boroughs(view, figures),
        _goal(figures),
        *_statements_of_2017(figures),
        _source(figures),
    ]


def _opening(view: View, figures: ConfidenceShown) -> Element:
    headline = figures.headline
    facts = headline_facts(headline.series, headline.verdict)
    mark = [verdict_mark(headline.verdict.state, big=True), html.Br()] if headline.verdict else []
    return lead(
        confidence_headline(headline.series, headline.verdict),
        standfirst=[*mark, facts],
        actions=[download_link("Figures behind this page", f"/download{view.address}")],
    )


def _late(figures: ConfidenceShown) -> Element:
    london_to = newest_period(figures.headline)
    stopped_questions = [(a.series.measure.title, newest_period(a)) for a in figures.answers if newest_period(a) < london_to]
    case, consequence = runs_sentence(london_to, figures.headline.boroughs_to or "", stopped_questions)
    return notice("late", case, consequence)


def _questions(figures: ConfidenceShown) -> Element:
    return section(
        "questions",
        "What Londoners say of the police",
        [
            html.P(
                "Share of people asked. Dots: separate years, with 95% intervals. Thin line: overlapping years, which share "
                "interviews and are not to be compared with their neighbours.",
                className="unit-line",
            ),
            questions_table(figures.answers),
            html.Div(question_charts(figures.answers), className="gap"),
            html.P(f"{ROUNDED} {source_line(figures.headline.series)}", className="source"),
        ],
    )


def _boroughs(view: View, figures: ConfidenceShown) -> Element:
    question_titles = {m: queries.measure(m).title for m in survey_measures()}
    place_names = {"": "All boroughs", **{b.area.code: b.area.name for b in figures.boroughs}}
    place_sentence = (
        [html.P(survey_sentence(figures.place.series, figures.chosen.series), className="say gap")] if figures.place else []
    )
    borough = figures.samples[3]
    return html.Section(
        [
            html.Div(
                picker(
                    view,
                    (Pick("measure", "Question", question_titles), Pick("area", "In one borough", place_names)),
                    label="Choose a question",
                ),
                className="no-print",
            ),
            *place_sentence,
            html.Div(
                [
                    borough_intervals(figures),
                    html.Div(
                        [
                            samples_figure(figures.samples, figures.design_effect),
                            notice(
                                "quietly",
                                "One borough’s number cannot tell you whether it moved",
                                f"unless it moved by more than about {number(borough.change * 100)} points in a year: some "
                                f"{number(borough.interviews)} people are asked. Ask for two years together, or for the command.",
                            ),
                            html.H2("Gaps between groups", id="groups", className="gap"),
                            empty("Not published", GROUPS),
                        ],
                        className="flow",
                    ),
                ],
                className="split even gap",
            ),
        ],
        **attributes(aria_label="Boroughs"),
    )


GROUPS: list[str | Element] = [
    "The files give no age, sex, ethnic group or area of deprivation, so no gap can be shown. Lewisham’s councillors were "
    "told on 17 January "
    "2017 that people in more deprived areas, and Black and mixed respondents to this survey, report more negative views. "
    "Whether that has "
    "changed cannot be shown here. Ask the Mayor’s Office for Policing and Crime, whose survey it is."
]


def _goal(figures: ConfidenceShown) -> Element:
    """What a plan of long ago wanted, dated, beside what the survey held says."""
    priority = london_priority(GOAL_OF_2013)
    source = priority.sources[0]
    series = figures.headline.series
    points = [p for p in series.known if p.period[5:] in {"03", "12"} and p.period <= "2017-12"]
    rows = [(month(p.period), percent(p.value)) for p in points if p.value is not None]
    return section(
        "goal",
        "The goal of 2013",
        [
            html.Div(
                [
                    html.Div(
                        [
                            html.P(
                                [
                                    f"{source.dated}: ",
                                    html.Q(source.quote or priority.wording or ""),
                                    f" ({source.document}, {source.publisher}). It did not say which question.",
                                ]
                            ),
                            html.P(
                                f"Beside it, on the question “{series.measure.title}”: "
                                + " ".join(
                                    goal_sentences(series, f"{priority.ended_on:%Y-%m}" if priority.ended_on else "2017-03", GOAL)
                                )
                            ),
                            html.P(
                                "The survey held begins after the goal was set, and the words of the goal do not name a "
                                "question: that "
                                "this one reads it is our choice.",
                                className="small quiet",
                            ),
                        ],
                        className="flow",
                    ),
                    data_table(
                        (Column("12 months to"), Column("Share", is_number=True)),
                        rows,
                        caption=f"{series.measure.title}: London at the time",
                    ),
                ],
                className="split even",
            ),
            html.P(source_line(series), className="source"),
        ],
        say="A target is not judged here; it is set beside the figures of its time.",
    )


def _statements_of_2017(figures: ConfidenceShown) -> list[Element]:
    """What councillors were told of trust, dated, beside what the survey said then and says now."""
    series_by_id = {a.series.measure.id: a.series for a in figures.answers}
    facts = [f for f in stated("confidence") if f.measure_id in series_by_id]
    if not facts:
        return []
    paragraphs = [
        html.P(
            [
                f"{f.sources[0].dated}: ",
                html.Q(f.sources[0].quote or f.text),
                f" ({f.sources[0].document}, {f.sources[0].publisher}). ",
                then_and_now_sentence(series_by_id[f.measure_id or ""], NEWEST_YEAR_THEN),
            ]
        )
        for f in facts
    ]
    return [section("said", "What was said in January 2017", [html.Div(paragraphs, className="flow")])]


def _source(figures: ConfidenceShown) -> Element:
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
    order=40,
    layout=layout,
    download=confidence_file,
    options=OPTIONS,
    examples=("/confidence?measure=trust_mps", "/confidence?measure=treat_everyone_fairly&area=E09000006"),
)
