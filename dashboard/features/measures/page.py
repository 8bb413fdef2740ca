"""Measures: every measure by theme, each with its newest figures and its own page."""

from collections.abc import Sequence

from dashboard.figures import queries
from dashboard.figures.compare import break_between, newest, point_at
from dashboard.figures.records import Measure, MeasureSeries
from dashboard.figures.view import View
from dashboard.kinds import of
from dashboard.ui import html
from dashboard.ui.addresses import measure_address
from dashboard.ui.frame import breadcrumb
from dashboard.ui.html import Element
from dashboard.ui.links import contents
from dashboard.ui.measure_lines import value_cell
from dashboard.ui.page import Page
from dashboard.ui.sections import page_opening, section
from dashboard.ui.table import Cell, Column, data_table
from dashboard.ui.verdict import mark_of
from dashboard.words.themes import SAY, reading_theme, theme_name, theme_order
from etl.core.areas import ENGLAND_AND_WALES, LONDON
from etl.core.period import year_before
from etl.core.state import QUIET
from etl.core.written import any_period, count_word

NOT_COMPARABLE = "not comparable"


def layout(_view: View) -> list[Element]:
    """Every measure held for London, or for England and Wales where courts publish no less."""
    measures = [m for m in queries.measures() if m.id == m.base]
    london_series = {s.measure.id: s for s in queries.area_series(LONDON, tuple(m.id for m in measures))}
    wider_series = {
        s.measure.id: s
        for s in queries.area_series(ENGLAND_AND_WALES, tuple(m.id for m in measures if m.id not in london_series))
    }
    series_by_id = wider_series | london_series
    crimes = queries.crimes()
    rolling = tuple(f"{m.id}_rolling_year" for m in measures if m.form == "count")
    year_series = {s.measure.base: s for s in queries.area_series(LONDON, rolling)}
    ordered = sorted(measures, key=lambda m: theme_order(_theme(m)))
    themes = tuple(dict.fromkeys(_theme(m) for m in ordered))
    return [
        breadcrumb([("Home", "/")], "Measures"),
        page_opening(
            f"{len(measures)} measures in {count_word(len(themes))} themes, each with its definition and how it could be gamed",
            standfirst=f"{len(crimes)} count recorded crime. A measure’s page shows every place it is published for, what changed"
            " in how it is counted, and how its figures were revised.",
        ),
        contents([(theme_name(t), f"#{t}") for t in themes]),
        *(_section(t, [m for m in ordered if _theme(m) == t], series_by_id, year_series) for t in themes),
    ]


def _section(
    theme: str, measures: Sequence[Measure], series_by_id: dict[str, MeasureSeries], year_series: dict[str, MeasureSeries]
) -> Element:
    columns: tuple[Column, ...] = (
        Column("Measure"),
        Column("What it is"),
        Column("Verdict"),
        Column("Newest period"),
        Column("Figure", is_number=True),
        Column("A year before", is_number=True),
        Column("12 months", is_number=True),
        Column("12 months before", is_number=True),
    )
    if all(m.form != "count" for m in measures):
        columns = columns[:6]
    rows = [_row(m, series_by_id.get(m.id), year_series.get(m.id), len(columns)) for m in measures]
    table = data_table(columns, rows, caption="Newest figures, London unless another place is named", stack=True)
    return section(theme, theme_name(theme), [table], say=SAY.get(theme))


def _row(measure: Measure, series: MeasureSeries | None, rolling_year: MeasureSeries | None, width: int) -> list[Cell]:
    name = html.A(measure.title, href=measure_address(measure.base))
    last = newest(series) if series else None
    if series is None or last is None:
        return [name, measure.definition, "not judged", "None is held", *["not held"] * (width - 4)]
    place = f", {series.area.name}" if series.area.code != LONDON else ""
    verdict = queries.verdict(measure.id, series.area.code)
    cells: list[Cell] = [
        name,
        measure.definition,
        mark_of(verdict, is_quiet=verdict.state in QUIET) if verdict else "not judged",
        html.Span([html.Span(any_period(last.period), className="nowrap"), place]),
        value_cell(series, last),
        _earlier(series, last.period),
    ]
    if width > len(cells):
        cells += (
            [value_cell(rolling_year, point_at(rolling_year, last.period)), _earlier(rolling_year, last.period)]
            if rolling_year
            else ["not held", "not held"]
        )
    return cells


def _earlier(series: MeasureSeries, last: str) -> str:
    earlier = year_before(last)
    return NOT_COMPARABLE if break_between(series, earlier, last) else value_cell(series, point_at(series, earlier))


def _theme(measure: Measure) -> str:
    return of(measure).theme or reading_theme(measure)


PAGE = Page(
    path="/measure",
    title="Measures",
    description="Every measure on the site by theme: what it counts, its newest figures for London, and its own page.",
    nav="london",
    order=11,
    layout=layout,
)
