"""The survey on its own page: one small chart a question, boroughs with their intervals, and what a sample can show."""

from collections.abc import Sequence

from dashboard.charts.intervals import CLEAR_OF_LONDON, WIDTHS, IntervalRow, intervals_set
from dashboard.charts.survey_line import WIDTH, survey_line
from dashboard.features.confidence.words import (
    GROUP_GAPS,
    ROUNDED,
    apart_headline,
    sample_limits_sentence,
)
from dashboard.figures import queries
from dashboard.figures.compare import at, newest
from dashboard.figures.records import MeasureSeries
from dashboard.figures.survey import Answered, ConfidenceFigures, Sample, newest_period, survey_measures
from dashboard.figures.view import View
from dashboard.ui import html
from dashboard.ui.addresses import measure_address, place_address
from dashboard.ui.attributes import attributes
from dashboard.ui.figure import Drawing, drawn, figure
from dashboard.ui.html import Element
from dashboard.ui.measure_lines import value_alone, value_cell
from dashboard.ui.notice import empty, notice
from dashboard.ui.passport import source_line
from dashboard.ui.picker import Pick, picker
from dashboard.ui.raw import Raw
from dashboard.ui.sections import section
from dashboard.ui.table import Cell, Column, closed, data_table
from dashboard.ui.verdict import mark_of
from dashboard.words.facts import share_words, survey_sentence
from dashboard.words.measures import limits_words
from dashboard.words.verdicts import verdict_sentence
from etl.core.period import year_before
from etl.core.state import State
from etl.core.written import any_period, month, number, percent, signed

BESIDE = {"higher": "higher", "lower": "lower", "cannot tell": "cannot tell", None: "not held"}
HALF = 0.5


def question_charts(answers: Sequence[Answered]) -> Element:
    """A card a question, all over the same years, so that one that stops early is seen to."""
    first_period = min((a.series.points[0].period for a in answers if a.series.points), default="")
    last_period = max((newest_period(a) for a in answers), default="")
    return html.Ul([html.Li(_card(a, first_period, last_period)) for a in answers], className="small-multiples")


def questions_table(answers: Sequence[Answered]) -> Element:
    """A row a question: newest year, its interval, the year before, the verdict, and how far it is held."""
    columns = (
        Column("People asked who say"),
        Column("12 months before", is_number=True),
        Column("Newest 12 months", is_number=True),
        Column("Could be", is_number=True),
        Column("To"),
        Column("Verdict"),
        Column("Boroughs to"),
    )
    return closed(data_table(columns, [_row(a) for a in answers], label="Every question of the survey, London"))


def borough_intervals(figures: ConfidenceFigures) -> Element:
    """Each borough's share against London's, A to Z, never by size."""
    published = [b for b in figures.boroughs if b.point is not None]
    if not published:
        return empty("No borough figure is held", "The survey is published for London and its boroughs.")
    measure = figures.chosen.series.measure
    london = figures.london.value if figures.london else None
    rows = [
        IntervalRow(b.area.name, p.value, p.lower, p.upper, percent(p.value or 0.0, measure.decimals))
        if (p := b.point) is not None
        else IntervalRow(b.area.name, None, None, None, "not held")
        for b in figures.boroughs
    ]
    london_key = f" Dashed: London, {share_words(figures.london, measure)}." if figures.london else ""
    return figure(
        apart_headline([b.beside_london for b in figures.boroughs], figures.period),
        f"{measure.title}: share of people asked, 12 months to {month(figures.period)}, with 95% intervals.{london_key} "
        f"{CLEAR_OF_LONDON}",
        _boroughs_table(figures),
        drawn(intervals_set(rows, london, is_percentage=True), WIDTHS),
        f"{_sample_limits(figures)} {source_line(published[0].series)}",
        level=2,
        large=True,
    )


def samples_figure(samples: Sequence[Sample], design_effect: float) -> Element:
    """How far a figure of so many interviews may lie from the truth, where half agree."""
    rows = [IntervalRow(s.who, HALF, HALF - s.margin, HALF + s.margin, f"±{number(s.margin * 100, 1)} points") for s in samples]
    columns = (
        Column("Who"),
        Column("Interviews", is_number=True),
        Column("Margin, points", is_number=True),
        Column("Least change between two years, points", is_number=True),
    )
    cells = [(s.who, number(s.interviews), f"±{number(s.margin * 100, 1)}", number(s.change * 100, 1)) for s in samples]
    return figure(
        "What a sample can show",
        f"95% interval round a true 50%, design effect {design_effect:g}.",
        data_table(columns, cells, label="What a sample can show"),
        drawn(intervals_set(rows, HALF, is_percentage=True, from_zero=False), WIDTHS),
        "Worked out, not published: the number of interviews behind each figure is not given.",
        level=2,
        large=True,
    )


def _card(answer: Answered, first_period: str, last_period: str) -> html.Article:
    series, verdict = answer.series, answer.verdict
    drawing = Drawing(survey_line(series, first=first_period, until=last_period), (WIDTH,))
    last = newest(series)
    stops_early = last is not None and last.period < last_period
    says_late = verdict is not None and verdict.state == State.LATE
    return html.Article(
        [
            html.H3(html.A(series.measure.title, href=measure_address(series.measure.base))),
            *(
                [html.P(mark_of(verdict)), html.P(verdict_sentence(series, verdict), className="says")]
                if verdict
                else [html.P("Not judged.", className="says")]
            ),
            html.Figure(
                [closed(_years(series)), Raw(drawing.markup, className="plot")],
                className="chart",
                **attributes(data_set=drawing.data_set),
            ),
            *(
                [html.P(f"Held to {month(last.period)} only.", className="caveat")]
                if stops_early and last and not says_late
                else []
            ),
        ],
        className="card",
    )


def _years(series: MeasureSeries) -> Element:
    """Separate years, back from the newest."""
    last = newest(series)
    ending = last.period[5:] if last else ""
    rows = [
        (month(p.period), value_alone(series, p), limits_words(p, series.measure)) for p in series.known if p.period[5:] == ending
    ]
    columns = (Column("Year ending"), Column("London", is_number=True), Column("Could be", is_number=True))
    return data_table(columns, rows, label=f"{series.measure.title}, London, separate years")


def _row(answer: Answered) -> list[Cell]:
    series, last = answer.series, newest(answer.series)
    before = at(series, year_before(last.period)) if last else None
    return [
        html.A(series.measure.title, href=measure_address(series.measure.base)),
        value_cell(series, before),
        value_alone(series, last),
        limits_words(last, series.measure) if last else "none",
        any_period(last.period) if last else "none held",
        mark_of(answer.verdict) if answer.verdict else "not judged",
        any_period(answer.boroughs_to) if answer.boroughs_to else "none held",
    ]


def _boroughs_table(figures: ConfidenceFigures) -> Element:
    columns = (
        Column("Borough"),
        Column(f"12 months to {month(figures.period)}", is_number=True),
        Column("Could be", is_number=True),
        Column("Beside London"),
        Column("12 months before", is_number=True),
        Column("Change, points", is_number=True),
        Column("Beside the year before"),
    )
    rows = [
        (
            html.A(b.area.name, href=place_address(b.area.code)),
            value_alone(b.series, b.point),
            limits_words(b.point, b.series.measure) if b.point else "none",
            BESIDE[b.beside_london],
            value_cell(b.series, b.before),
            _change(b.point.value if b.point else None, b.before.value if b.before else None),
            BESIDE[b.beside_before],
        )
        for b in figures.boroughs
    ]
    return data_table(columns, rows, label=f"{figures.chosen.series.measure.title}, every borough, A to Z")


def _change(share_now: float | None, share_before: float | None) -> str:
    return "cannot be said" if share_now is None or share_before is None else signed((share_now - share_before) * 100)


def _sample_limits(figures: ConfidenceFigures) -> str:
    boroughs = figures.boroughs
    return sample_limits_sentence(
        [b.beside_london for b in boroughs], [b.beside_before for b in boroughs], [b.area.name for b in boroughs]
    )


def questions_section(figures: ConfidenceFigures) -> Element:
    """Every question: its table, then a card each."""
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


def boroughs_section(view: View, figures: ConfidenceFigures) -> Element:
    """The pickers, one borough in words, every borough against London, and what a sample can show."""
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
                            empty("Not published", GROUP_GAPS),
                        ],
                        className="flow",
                    ),
                ],
                className="split even gap",
            ),
        ],
        **attributes(aria_label="Boroughs"),
    )
