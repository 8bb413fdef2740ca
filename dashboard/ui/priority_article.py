"""One priority in full: what was chosen, who agreed and why, its clock and what may be said, beside its months."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from dashboard.charts.expected import ExpectedMonth
from dashboard.charts.expected import ExpectedRange as DrawnRange
from dashboard.charts.line import HALF, line_set
from dashboard.figures import queries
from dashboard.figures.choices import Choice
from dashboard.figures.records import MeasureSeries
from dashboard.register.follow_up import notice_ends
from dashboard.register.record_parts import ExpectedRange
from dashboard.register.records import BoroughPriorityRecord
from dashboard.register.years import ends_on, starts_on
from dashboard.ui import html
from dashboard.ui.addresses import priority_address
from dashboard.ui.figure import drawn, figure
from dashboard.ui.html import Element
from dashboard.ui.measure_lines import value_cell
from dashboard.ui.notice import empty
from dashboard.ui.passport import pairs, source_line
from dashboard.ui.register_marks import bed_in_clock, example_tag, measure_link, sources, title_of
from dashboard.ui.table import Column, data_table
from dashboard.ui.verdict import mark_of, verdict_mark
from dashboard.words import priorities as words
from dashboard.words.facts import value_sentence
from dashboard.words.moves import ruled_out
from dashboard.words.verdicts import verdict_sentence
from etl.core.period import moved
from etl.core.state import State
from etl.core.written import day, month, rounded, span

MONTHS_BEFORE, NEWEST_MONTHS = 24, 36
"""A choice is drawn with the two years before it; one whose year is not held, with the newest three years."""


def choice_article(choice: Choice) -> html.Article:
    """The words at the left, the months at the right."""
    record = choice.record
    return html.Article(
        [
            html.Div(
                [
                    html.H3([html.A(title_of(record), href=priority_address(record.id)), *example_tag(record)]),
                    *_finding(choice),
                    bed_in_clock(choice.bed_in),
                    *_measure_line(choice),
                    facts(choice),
                ],
                className="flow",
            ),
            _months_figure(choice),
        ],
        className="split even keep",
    )


def facts(choice: Choice) -> html.Dl:
    """Everything recorded about a priority, and what is not."""
    record = choice.record
    links = [html.A(f"Minute {i + 1}", href=link) for i, link in enumerate(words.minute_links(record))]
    minutes = [part for link in links for part in (" ", link)]
    return pairs(
        [
            ("State", f"{words.STATES[record.state]}. {words.mandatory_word(record)}, {record.financial_year}"),
            ("Type", words.sort_word(record)),
            ("New or carried", words.carried_word(record)),
            ("Agreed", [words.agreed_words(record), *minutes]),
            ("Why", words.why_words(record)),
            ("Success", " ".join(words.success_words(record))),
            (words.RESIDENTS, " ".join(words.residents_words(record))),
            ("Notice", words.notice_words(record)),
            ("In force", words.force_words(record)),
            ("Review", day(record.review_on) if record.review_on else words.NOT_RECORDED),
            ("Expected range", " ".join(words.range_words(record))),
            *([("Comments", html.Ul([html.Li(f"{c.said_by}, {c.capacity}: {c.text}") for c in record.comments]))]
              if record.comments else []),
            ("On record at", html.Span(sources(record.sources)) if record.sources else "This register"),
        ]
    )  # fmt: skip


def _finding(choice: Choice) -> list[Element]:
    record, series, verdict = choice.record, choice.series, choice.verdict
    if series is None:
        return [html.P("No published series reads this priority.")]
    if choice.basis == "before":
        began_on = record.in_force_from or starts_on(record.financial_year)
        sentence = words.before_it_began(began_on, queries.release().data_to)
        earlier = [html.P(["Before it began: ", value_sentence(series)], className="small")]
        return [html.P(verdict_mark(State.TOO_EARLY)), html.P(sentence), *earlier]
    months_inside = _months_inside(choice, series)
    if verdict is None:
        return [html.P("This year has not been judged."), *months_inside]
    limits = ruled_out(verdict)
    return [
        html.P(mark_of(verdict)),
        html.P(verdict_sentence(series, verdict)),
        *months_inside,
        *([html.P(limits, className="small quiet")] if limits else []),
    ]


def _months_inside(choice: Choice, series: MeasureSeries) -> list[Element]:
    values_by_month = {p.start: p.value for p in series.known if p.value is not None}
    sentence = words.inside_words(choice.fixed, values_by_month) if choice.fixed else ""
    return [html.P(sentence)] if sentence else []


def _measure_line(choice: Choice) -> list[Element]:
    record = choice.record
    if not record.measure_id or choice.series is None:
        return []
    note = f" {record.measure_note}" if record.measure_note else ""
    return [html.P(["Read by: ", measure_link(record.measure_id, record.area_code), ".", note], className="small quiet")]


def _months_figure(choice: Choice) -> Element:
    series, fixed = choice.series, choice.fixed
    if series is None:
        return empty("No chart can be drawn", "No measure published here reads this priority.")
    first, last = _window(choice, series)
    series_shown = replace(series, points=tuple(p for p in series.points if first <= p.period <= last))
    last_drawn = max(last, _periods(fixed)[-1]) if fixed else last
    pictures = line_set(
        series_shown,
        sizes=HALF,
        first=first,
        until=last_drawn,
        expected=_drawn_range(fixed) if fixed else None,
        verdict=choice.verdict if choice.basis == "so far" else None,
    )
    band_words = f" Band: the range fixed on {day(fixed.fixed_on)}, which 19 months in 20 should fall in." if fixed else ""
    return figure(
        f"{series.measure.title}, {series.area.name}, {month(first)} to {month(last_drawn)}",
        f"{series.measure.unit.capitalize()} a month.{band_words}",
        _months_table(series_shown, fixed),
        drawn(pictures, HALF),
        source_line(series),
        level=4,
    )


def _window(choice: Choice, series: MeasureSeries) -> tuple[str, str]:
    newest = series.known[-1].period if series.known else series.points[-1].period
    if choice.basis != "year" and choice.fixed is None:
        return max(moved(newest, 1 - NEWEST_MONTHS), series.points[0].period), newest
    first = moved(f"{starts_on(choice.record.financial_year):%Y-%m}", -MONTHS_BEFORE)
    return max(first, series.points[0].period), min(f"{ends_on(choice.record.financial_year):%Y-%m}", newest)


def _periods(fixed: ExpectedRange) -> list[str]:
    return [f"{p.period_start:%Y-%m}" for p in fixed.points]


def _drawn_range(fixed: ExpectedRange) -> DrawnRange:
    expected_months = tuple(
        ExpectedMonth(period, p.centre, p.lower_95, p.upper_95) for period, p in zip(_periods(fixed), fixed.points, strict=True)
    )
    return DrawnRange((), expected_months, f"{fixed.fixed_on:%Y-%m}")


def _months_table(series: MeasureSeries, fixed: ExpectedRange | None) -> Element:
    measure = series.measure
    values_by_month = {p.period: value_cell(series, p) for p in series.points}
    columns = [Column("Month"), Column(measure.unit.capitalize(), is_number=True)]
    rows = [[month(period), value] for period, value in values_by_month.items()]
    if fixed:
        columns.append(Column("Range fixed", is_number=True))
        ranges_by_month = {
            period: span(rounded(p.lower_95), rounded(p.upper_95))
            for period, p in zip(_periods(fixed), fixed.points, strict=True)
        }
        rows = [
            [month(p), values_by_month.get(p, "not held"), ranges_by_month.get(p, "")]
            for p in sorted({*values_by_month, *ranges_by_month})
        ]
    return data_table(tuple(columns), rows, label=f"Chosen: {measure.title}, {series.area.name}, by month")


def proposals_list(proposals: Sequence[BoroughPriorityRecord], today: date) -> Element:
    """What is proposed for a borough, each with its page, where anyone may comment while its notice runs."""
    return html.Div(
        [html.H3("Proposed"), html.Ul([html.Li(_proposal(p, today)) for p in proposals], className="list")],
        className="gap flow-s",
    )


def _proposal(priority: BoroughPriorityRecord, today: date) -> list[str | Element]:
    notice_end = notice_ends(priority)
    link = html.A(title_of(priority), href=priority_address(priority.id))
    opening: list[str | Element] = [link, f", {priority.financial_year}", *example_tag(priority), ". "]
    if notice_end is None or notice_end < today:
        return [*opening, "Its notice has run."]
    if priority.is_example:
        return [*opening, f"Notice runs to {day(notice_end)}."]
    comment_link = html.A("Say what you think of it", href=f"{priority_address(priority.id)}/say")
    return [*opening, f"Anyone may comment until {day(notice_end)}: ", comment_link, "."]
