"""What a plan of long ago wanted and what councillors were told of trust, beside what the survey says."""

from dashboard.features.confidence.words import (
    goal_sentences,
    then_and_now_sentence,
)
from dashboard.figures.public_record import london_priority, stated
from dashboard.figures.survey import ConfidenceFigures
from dashboard.ui import html
from dashboard.ui.html import Element
from dashboard.ui.passport import source_line
from dashboard.ui.sections import section
from dashboard.ui.table import Column, data_table
from dashboard.words.facts import share_words
from etl.core.written import month

NEWEST_YEAR_THEN = "2016-12"
"""The newest year of the survey that was out when councillors were told of it in January 2017."""
GOAL_OF_2013, GOAL = "2013-2016-2-confidence", 0.75


def goal_section(figures: ConfidenceFigures) -> Element:
    """What a plan of long ago wanted, dated, beside what the survey held says."""
    priority = london_priority(GOAL_OF_2013)
    source = priority.sources[0]
    series = figures.headline.series
    points = [p for p in series.known if p.period[5:] in {"03", "12"} and p.period <= "2017-12"]
    rows = [(month(p.period), share_words(p, series.measure)) for p in points]
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


def statements_section(figures: ConfidenceFigures) -> list[Element]:
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
