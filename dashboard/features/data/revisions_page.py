"""Revisions: how far every edition moved every measure, and one measure's months in every edition."""

from collections.abc import Sequence

from dashboard.features.data.edition_tables import NO_MATCH_MEANS, by_edition_table
from dashboard.figures import queries
from dashboard.figures.queries_editions import EditionFigure, Movement, edition_figures, movements
from dashboard.figures.records import Measure
from dashboard.figures.view import Option, View
from dashboard.ui import html
from dashboard.ui.frame import breadcrumb
from dashboard.ui.html import Element
from dashboard.ui.page import Page
from dashboard.ui.picker import Pick, picker
from dashboard.ui.sections import page_opening, section
from dashboard.ui.table import Cell, Column, data_table
from dashboard.words.data import edition_phrase
from etl.core.written import any_period, month, number, percent, signed

CRIME, TOTAL = "mps_recorded_crime_borough", "total_recorded_crime"
ABOVE = [("Home", "/"), ("Data and methods", "/data")]


def revised_measures() -> tuple[str, ...]:
    """The measures of recorded crime, by base id."""
    return tuple(m.id for m in queries.crimes())


def layout(view: View) -> list[Element]:
    """How far each edition moved each measure, then the months of one."""
    movements_of_crime = movements(CRIME)
    measure = queries.measure(view.choice("measure"))
    names = {m.id: m.title for m in queries.crimes()}
    return [
        breadcrumb(ABOVE, "Every revision"),
        page_opening(
            _headline(movements_of_crime),
            standfirst="Each edition restates the months it holds. A figure is set against the one the edition before gave "
            "for the same month.",
        ),
        section(
            "editions",
            "How far each edition moved London",
            [
                by_edition_table(tuple(m for m in movements_of_crime if m.measure.theme != "retired")),
                html.P(NO_MATCH_MEANS, className="source"),
            ],
            say="The change in London’s total over the months an edition shares with those before it, newest edition first.",
        ),
        section(
            "months",
            f"{measure.title}: every month that moved",
            [html.Div(picker(view, (Pick("measure", "Measure", names),))), _months(measure, edition_figures(measure.id))],
        ),
    ]


def _headline(movements: Sequence[Movement]) -> str:
    total = [m for m in movements if m.measure.id == TOTAL and m.largest_old]
    if not total:
        return "One edition is held, so no figure can have been revised"
    largest = max(total, key=lambda m: abs(m.largest_new / m.largest_old - 1))
    share = largest.largest_new / largest.largest_old - 1
    verb = "raised" if share > 0 else "lowered"
    return (
        f"No revision of London’s total for a month has been larger than that of {month(largest.largest_period)}: "
        f"{edition_phrase(largest.label)} {verb} it by {percent(abs(share), 1)}"
    )


def _months(measure: Measure, figures: Sequence[EditionFigure]) -> Element:
    """One row a month whose figure changed: the first figure held and the newest, each with its edition."""
    by_period: dict[str, list[EditionFigure]] = {}
    for figure in figures:
        if figure.value is not None:
            by_period.setdefault(figure.period, []).append(figure)
    figures_by_month = {period: figures for period, figures in by_period.items() if len({f.value for f in figures}) > 1}
    if not figures_by_month:
        return html.P(f"No month of {measure.title.lower()} has been revised in the editions held.")
    columns = (
        Column("Month"),
        Column("First figure held", is_number=True),
        Column("Edition"),
        Column("Newest figure", is_number=True),
        Column("Edition"),
        Column("Change", is_number=True),
        Column("Per cent", is_number=True),
        Column("Editions", is_number=True),
    )
    rows = [_row(figures) for _, figures in sorted(figures_by_month.items(), reverse=True)]
    table = data_table(columns, rows, label=f"{measure.title}, London, months that moved, newest first")
    words = f"{number(len(figures_by_month))} of {number(len(by_period))} months have moved, newest first."
    return html.Div([html.P(words, className="gap"), table])


def _row(figures: Sequence[EditionFigure]) -> list[Cell]:
    first, last = figures[0], figures[-1]
    first_value, last_value = first.value or 0.0, last.value or 0.0
    share = f"{'+' if last_value > first_value else ''}{percent(last_value / first_value - 1, 2)}" if first_value else "from none"
    change = signed(last_value - first_value)
    return [
        any_period(first.period),
        number(first_value),
        first.label,
        number(last_value),
        last.label,
        change,
        share,
        number(len(figures)),
    ]


PAGE = Page(
    path="/data/revisions",
    title="Every revision",
    description="How far each edition of recorded crime moved each measure and month in London.",
    nav="data",
    order=82,
    layout=layout,
    options=(Option("measure", revised_measures, default=TOTAL),),
    examples=("/data/revisions?measure=violence_with_injury",),
)
