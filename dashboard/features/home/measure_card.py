"""A card made from one measure in London: its sentences, its last two years, and what to know before quoting it."""

from dashboard.charts.line import CARD
from dashboard.charts.line import card as card_chart
from dashboard.charts.survey_line import WIDTH, survey_line
from dashboard.features.home.card import card
from dashboard.figures.blind_months import blind_months
from dashboard.figures.compare import newest, parting_breaks
from dashboard.figures.judgement_records import ExpectedMonth
from dashboard.figures.records import MeasureSeries, Verdict
from dashboard.ui import html
from dashboard.ui.addresses import measure_address
from dashboard.ui.figure import Drawing
from dashboard.ui.html import Element
from dashboard.ui.judged_blocks import drawn_range
from dashboard.ui.measure_lines import value_cell
from dashboard.ui.table import Column, data_table
from dashboard.ui.why_verdict import why_verdict
from dashboard.words.facts import break_sentence, provisional_sentence, rolling_sentence, value_sentence, year_before_sentence
from dashboard.words.themes import reading_theme, theme_name
from dashboard.words.verdicts import verdict_sentence
from etl import kinds
from etl.core.period import last_month
from etl.core.state import REFUSED
from etl.core.written import period
from etl.kinds.kind import Judging

YEARS_DRAWN = 2
"""The small chart runs from January of last year but one."""


def measure_card(
    series: MeasureSeries, rolling: MeasureSeries | None, verdict: Verdict | None, expected: tuple[ExpectedMonth, ...] = ()
) -> html.Article:
    """One measure on Home.

    Args:
        series: by month, quarter or rolling year, as published.
        rolling: twelve months at a time, for a monthly count.
        verdict: what may be concluded, once it has been judged; its sentence then comes first.
        expected: the range of each month, drawn behind the line.
    """
    measure = series.measure
    is_survey = kinds.of(measure).judged is Judging.SURVEY_YEARS
    facts = [*_newest_sentences(series, verdict, is_survey=is_survey), *([rolling_sentence(rolling)] if rolling else [])]
    is_drawn = newest(series) is not None
    return card(
        theme=theme_name(reading_theme(measure)),
        title=measure.title,
        href=measure_address(measure.base),
        sentences=[verdict_sentence(series, verdict), *facts] if verdict else facts,
        drawing=_drawing(series, verdict, expected, is_survey=is_survey) if is_drawn else None,
        table=_table(series) if is_drawn else None,
        caveat=_caveat(series, " ".join(facts)),
        verdict=verdict,
        reasons=why_verdict(series, verdict) if verdict else None,
    )


def _newest_sentences(series: MeasureSeries, verdict: Verdict | None, *, is_survey: bool) -> list[str]:
    """The newest number and the year before, less what the verdict's own sentence has said already."""
    if verdict is None or verdict.state in REFUSED or series.measure.period == "month":
        return [value_sentence(series)]
    return [] if is_survey else [year_before_sentence(series)]


def _drawing(series: MeasureSeries, verdict: Verdict | None, expected: tuple[ExpectedMonth, ...], *, is_survey: bool) -> Drawing:
    if is_survey:
        return Drawing(survey_line(series), (WIDTH,))
    blind = blind_months(series)
    until = blind.until if blind else None
    picture = card_chart(series, verdict=verdict, expected=drawn_range(expected, blind), awaited_until=until)
    return Drawing(picture, CARD[:1])


def _caveat(series: MeasureSeries, facts: str) -> str:
    """The newest break where the facts have not told of it, else the measure's first caveat; and whether it is provisional."""
    breaks = [break_sentence(parting) for parting in parting_breaks(series) if f"{parting.start:%Y-%m}" >= _first_drawn(series)]
    caveats = [breaks[-1]] if breaks and "cannot be compared" not in facts else list(series.measure.caveats[:1])
    provisional = provisional_sentence(series)
    return " ".join([*caveats, *([provisional] if provisional else [])])


def _table(series: MeasureSeries) -> Element:
    measure, first_period = series.measure, _first_drawn(series)
    rows = [
        (
            period(point.period, measure.period),
            value_cell(series, point),
        )
        for point in series.points
        if point.period >= first_period
    ]
    columns = (Column("Period"), Column(measure.unit.capitalize(), is_number=True))
    return data_table(columns, rows, label=f"{measure.title}, {series.area.name}")


def _first_drawn(series: MeasureSeries) -> str:
    last = newest(series)
    return f"{last_month(last.period)[0] - YEARS_DRAWN + 1}" if last else ""
