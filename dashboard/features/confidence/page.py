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
SAID_AT = "2016-12"
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
    shown = confidence_shown(view)
    return [
        breadcrumb(ABOVE, "Confidence"),
        _opening(view, shown),
        _late(shown),
        _questions(shown),
        _boroughs(view, shown),
        _goal(shown),
        *_said(shown),
        _source(shown),
    ]


def _opening(view: View, shown: ConfidenceShown) -> Element:
    answer = shown.headline
    facts = headline_facts(answer.series, answer.verdict)
    mark = [verdict_mark(answer.verdict.state, big=True), html.Br()] if answer.verdict else []
    return lead(
        confidence_headline(answer.series, answer.verdict),
        standfirst=[*mark, facts],
        actions=[download_link("Figures behind this page", f"/download{view.address}")],
    )


def _late(shown: ConfidenceShown) -> Element:
    london_to = newest_period(shown.headline)
    ended = [(a.series.measure.title, newest_period(a)) for a in shown.answers if newest_period(a) < london_to]
    strong, text = runs_sentence(london_to, shown.headline.boroughs_to or "", ended)
    return notice("late", strong, text)


def _questions(shown: ConfidenceShown) -> Element:
    return section(
        "questions",
        "What Londoners say of the police",
        [
            html.P(
                "Share of people asked. Dots: separate years, with 95% intervals. Thin line: overlapping years, which share "
                "interviews and are not to be compared with their neighbours.",
                className="unit-line",
            ),
            questions_table(shown.answers),
            html.Div(question_charts(shown.answers), className="gap"),
            html.P(f"{ROUNDED} {source_line(shown.headline.series)}", className="source"),
        ],
    )


def _boroughs(view: View, shown: ConfidenceShown) -> Element:
    measures = {m: queries.measure(m).title for m in survey_measures()}
    places = {"": "All boroughs", **{b.area.code: b.area.name for b in shown.boroughs}}
    place = [html.P(survey_sentence(shown.place.series, shown.chosen.series), className="say gap")] if shown.place else []
    borough = shown.samples[3]
    return html.Section(
        [
            html.Div(
                picker(
                    view,
                    (Pick("measure", "Question", measures), Pick("area", "In one borough", places)),
                    label="Choose a question",
                ),
                className="no-print",
            ),
            *place,
            html.Div(
                [
                    borough_intervals(shown),
                    html.Div(
                        [
                            samples_figure(shown.samples, shown.design_effect),
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


def _goal(shown: ConfidenceShown) -> Element:
    """What a plan of long ago wanted, dated, beside what the survey held says."""
    fact = london_priority(GOAL_OF_2013)
    source = fact.sources[0]
    series = shown.headline.series
    held = [p for p in series.known if p.period[5:] in {"03", "12"} and p.period <= "2017-12"]
    rows = [(month(p.period), percent(p.value)) for p in held if p.value is not None]
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
                                    html.Q(source.quote or fact.wording or ""),
                                    f" ({source.document}, {source.publisher}). It did not say which question.",
                                ]
                            ),
                            html.P(
                                f"Beside it, on the question “{series.measure.title}”: "
                                + " ".join(goal_sentences(series, f"{fact.ended_on:%Y-%m}" if fact.ended_on else "2017-03", GOAL))
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


def _said(shown: ConfidenceShown) -> list[Element]:
    """What councillors were told of trust, dated, beside what the survey said then and says now."""
    by_id = {a.series.measure.id: a.series for a in shown.answers}
    told = [f for f in stated("confidence") if f.measure_id in by_id]
    if not told:
        return []
    said = [
        html.P(
            [
                f"{f.sources[0].dated}: ",
                html.Q(f.sources[0].quote or f.text),
                f" ({f.sources[0].document}, {f.sources[0].publisher}). ",
                then_and_now_sentence(by_id[f.measure_id or ""], SAID_AT),
            ]
        )
        for f in told
    ]
    return [section("said", "What was said in January 2017", [html.Div(said, className="flow")])]


def _source(shown: ConfidenceShown) -> Element:
    every = (*(a.series for a in shown.answers), *(b.series for b in shown.boroughs))
    cited = {c.edition: c for s in every for c in s.citations}
    return html.Section(
        passport(
            sorted(cited.values(), key=lambda c: (c.last_period, c.published_on, c.edition), reverse=True),
            rows="London and each borough, every question",
            method=METHOD,
            caveats=shown.chosen.series.measure.caveats,
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
