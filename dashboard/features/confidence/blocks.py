"""The survey on its own page: one small chart a question, boroughs with their intervals, and what a sample can show."""

from collections.abc import Sequence

from dashboard.charts.intervals import CLEAR_OF_LONDON, WIDTHS, IntervalRow, intervals_set
from dashboard.charts.survey_line import WIDTH, survey_line
from dashboard.features.confidence.words import apart_headline, cannot_sentence
from dashboard.figures.compare import at, newest
from dashboard.figures.records import MeasureSeries
from dashboard.figures.survey import Answered, ConfidenceShown, Sample, newest_period
from dashboard.ui import html
from dashboard.ui.addresses import measure_address, place_address
from dashboard.ui.attributes import attributes
from dashboard.ui.figure import Drawing, drawn, figure
from dashboard.ui.html import Element
from dashboard.ui.measure_lines import value_cell
from dashboard.ui.notice import empty
from dashboard.ui.passport import source_line
from dashboard.ui.raw import Raw
from dashboard.ui.table import Cell, Column, closed, data_table
from dashboard.ui.verdict import verdict_mark
from dashboard.words.measures import limits_words
from dashboard.words.verdicts import verdict_sentence
from etl.core.periods import year_before
from etl.core.written import any_period, month, number, percent, signed

BESIDE = {"higher": "higher", "lower": "lower", "cannot tell": "cannot tell", None: "not held"}
HALF = 0.5


def question_charts(answers: Sequence[Answered]) -> Element:
    """A card a question, all over the same years, so that one that stops early is seen to."""
    first = min((a.series.points[0].period for a in answers if a.series.points), default="")
    until = max((newest_period(a) for a in answers), default="")
    return html.Ul([html.Li(_card(a, first, until)) for a in answers], className="small-multiples")


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


def borough_intervals(shown: ConfidenceShown) -> Element:
    """Each borough's share against London's, A to Z, never by size."""
    held = [b for b in shown.boroughs if b.point is not None]
    if not held:
        return empty("No borough figure is held", "The survey is published for London and its boroughs.")
    measure = shown.chosen.series.measure
    london = shown.london.value if shown.london else None
    rows = [
        IntervalRow(b.area.name, p.value, p.lower, p.upper, percent(p.value or 0.0, measure.decimals))
        if (p := b.point) is not None
        else IntervalRow(b.area.name, None, None, None, "not held")
        for b in shown.boroughs
    ]
    dashed = f" Dashed: London, {percent(london, measure.decimals)}." if london is not None else ""
    return figure(
        apart_headline([b.beside_london for b in shown.boroughs], shown.period),
        f"{measure.title}: share of people asked, 12 months to {month(shown.period)}, with 95% intervals.{dashed} "
        f"{CLEAR_OF_LONDON}",
        _boroughs_table(shown),
        drawn(intervals_set(rows, london, is_percentage=True), WIDTHS),
        f"{_cannot(shown)} {source_line(held[0].series)}",
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


def _card(answer: Answered, first: str, until: str) -> html.Article:
    series, verdict = answer.series, answer.verdict
    drawing = Drawing(survey_line(series, first=first, until=until), (WIDTH,))
    last = newest(series)
    stops = last is not None and last.period < until
    told = verdict is not None and verdict.state == "L"
    return html.Article(
        [
            html.H3(html.A(series.measure.title, href=measure_address(series.measure.base))),
            *(
                [html.P(verdict_mark(verdict.state)), html.P(verdict_sentence(series, verdict), className="says")]
                if verdict
                else [html.P("Not judged.", className="says")]
            ),
            html.Figure(
                [closed(_years(series)), Raw(drawing.markup, className="plot")],
                className="chart",
                **attributes(data_set=drawing.data_set),
            ),
            *([html.P(f"Held to {month(last.period)} only.", className="caveat")] if stops and last and not told else []),
        ],
        className="card",
    )


def _years(series: MeasureSeries) -> Element:
    """Separate years, back from the newest."""
    last = newest(series)
    ending = last.period[5:] if last else ""
    rows = [
        (month(p.period), value_cell(series, p), limits_words(p, series.measure)) for p in series.known if p.period[5:] == ending
    ]
    columns = (Column("Year ending"), Column("London", is_number=True), Column("Could be", is_number=True))
    return data_table(columns, rows, label=f"{series.measure.title}, London, separate years")


def _row(answer: Answered) -> list[Cell]:
    series, last = answer.series, newest(answer.series)
    before = at(series, year_before(last.period)) if last else None
    return [
        html.A(series.measure.title, href=measure_address(series.measure.base)),
        value_cell(series, before),
        value_cell(series, last),
        limits_words(last, series.measure) if last else "none",
        any_period(last.period) if last else "none held",
        verdict_mark(answer.verdict.state) if answer.verdict else "not judged",
        any_period(answer.boroughs_to) if answer.boroughs_to else "none held",
    ]


def _boroughs_table(shown: ConfidenceShown) -> Element:
    columns = (
        Column("Borough"),
        Column(f"12 months to {month(shown.period)}", is_number=True),
        Column("Could be", is_number=True),
        Column("Beside London"),
        Column("12 months before", is_number=True),
        Column("Change, points", is_number=True),
        Column("Beside the year before"),
    )
    rows = [
        (
            html.A(b.area.name, href=place_address(b.area.code)),
            value_cell(b.series, b.point),
            limits_words(b.point, b.series.measure) if b.point else "none",
            BESIDE[b.beside_london],
            value_cell(b.series, b.before),
            _change(b.point.value if b.point else None, b.before.value if b.before else None),
            BESIDE[b.beside_before],
        )
        for b in shown.boroughs
    ]
    return data_table(columns, rows, label=f"{shown.chosen.series.measure.title}, every borough, A to Z")


def _change(now: float | None, before: float | None) -> str:
    return "cannot be said" if now is None or before is None else signed((now - before) * 100)


def _cannot(shown: ConfidenceShown) -> str:
    every = shown.boroughs
    return cannot_sentence([b.beside_london for b in every], [b.beside_before for b in every], [b.area.name for b in every])
