"""Every crime measure of one place in one table: the newest month, twelve months, and the rate beside other places."""

from collections.abc import Mapping, Sequence

from dashboard.features.borough.view_model import PlaceMeasure
from dashboard.figures.compare import break_between, point_at
from dashboard.figures.records import MeasureSeries, Verdict
from dashboard.ui import html
from dashboard.ui.html import Element
from dashboard.ui.table import Cell, Column, Group, data_table
from dashboard.ui.verdict import mark_of
from dashboard.words.themes import reading_theme, theme_name
from etl.core.period import year_before
from etl.core.state import QUIET
from etl.core.written import month, month_short, value_or_reason

NOT_COMPARABLE = "break"


def crimes_table(
    measures: Sequence[PlaceMeasure], newest_month: str, compared_names: Sequence[str], verdicts: Mapping[str, Verdict]
) -> Element:
    """One row a measure, grouped by theme, each leading to where the measure is told in full.

    Args:
        measures: in the order of the page, one theme after another.
        newest_month: the month the file runs to.
        compared_names: names of the places compared with, nearest first.
        verdicts: what may be concluded, by measure id; the column is left out where nothing has been judged.
    """
    earlier = year_before(newest_month)
    columns = (
        Column("Offences recorded"),
        *([Column("Verdict")] if verdicts else []),
        Column(month_short(newest_month), is_number=True),
        Column(month_short(earlier), is_number=True),
        Column("12 months", is_number=True),
        Column("12 before", is_number=True),
        Column("Per 1,000", is_number=True),
        *(Column(name, is_number=True) for name in compared_names),
    )
    themes = tuple(dict.fromkeys(reading_theme(place_measure.month.measure) for place_measure in measures))
    rows = {theme: [m for m in measures if reading_theme(m.month.measure) == theme] for theme in themes}
    groups = [Group([_row(m, newest_month, earlier, verdicts) for m in rows[theme]], theme_name(theme)) for theme in themes]
    caption = (
        f"{month(newest_month)} and {month(earlier)}; the 12 months to {month(newest_month)}, the 12 months before, "
        "and the rate of the first per 1,000 residents"
    )
    # Outside the table: inside, on a phone, it would be as wide as the table and run out of sight.
    return html.Div([html.P(f"{caption}.", className="unit-line"), data_table(columns, groups, label=caption)])


def _row(place_measure: PlaceMeasure, period: str, earlier: str, verdicts: Mapping[str, Verdict]) -> list[Cell]:
    verdict_here = verdicts.get(place_measure.month.measure.id)
    verdict_cell: list[Cell] = (
        [mark_of(verdict_here, is_quiet=verdict_here.state in QUIET) if verdict_here else "not judged"] if verdicts else []
    )
    return [
        html.A(place_measure.month.measure.title, href=f"#{place_measure.anchor}", className="row-name"),
        *verdict_cell,
        _cell(place_measure.month, period),
        _earlier(place_measure.month, period, earlier),
        _cell(place_measure.rolling, period),
        _earlier(place_measure.rolling, period, earlier),
        _cell(place_measure.rate, period),
        *(_cell(other, period) for other in place_measure.beside),
    ]


def _cell(series: MeasureSeries | None, period: str) -> str:
    point = point_at(series, period) if series else None
    if series is None or point is None:
        return "not held"
    measure = series.measure
    return value_or_reason(point.value, point.status, decimals=measure.decimals, is_percentage=measure.is_percentage)


def _earlier(series: MeasureSeries | None, period: str, earlier: str) -> str:
    if series is not None and break_between(series, earlier, period):
        return NOT_COMPARABLE
    return _cell(series, earlier)
