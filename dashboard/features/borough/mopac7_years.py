"""The crimes of the retired MOPAC 7 list in one place: whole police years side by side, as the targets counted them."""

from collections.abc import Sequence

from dashboard.features.borough.view_model import PlaceMeasure
from dashboard.figures.records import MeasureSeries
from dashboard.ui import html
from dashboard.ui.addresses import measure_address
from dashboard.ui.html import Element
from dashboard.ui.table import Cell, Column, data_table, folded
from dashboard.words.facts import rolling_sentence
from etl.core.period import last_month, written_year, year_of
from etl.core.written import number, reason

MARCH = 3


def retired_list(measures: Sequence[PlaceMeasure]) -> Element:
    """Each crime of the list as a sentence, and all of them by police year, April to March."""
    named_series = [(_name(m), m.rolling) for m in measures if m.rolling and m.rolling.known]
    if not named_series:
        return html.P("No figure on the old classification is held here.")
    sentence_list = html.Ul([html.Li(f"{name}: {rolling_sentence(s)}") for name, s in named_series], className="list")
    year_table = html.Div(_years(named_series), className="gap")
    details = folded("In words and by police year", "for each crime of the list", [sentence_list, year_table])
    return html.Div([html.H3("Each crime of the list"), details], className="flow-s")


def _name(place_measure: PlaceMeasure) -> str:
    """The crime alone: the heading has said which list it was on."""
    name = place_measure.month.measure.title.removeprefix("MOPAC 7: ")
    return name[:1].upper() + name[1:]


def _years(named_series: Sequence[tuple[str, MeasureSeries]]) -> Element:
    years = sorted({p.period for _, s in named_series for p in s.points if last_month(p.period)[1] == MARCH})
    columns = (Column("Police year, April to March"), *(Column(_span(year), is_number=True) for year in years))
    return data_table(
        columns, [_row(name, s, years) for name, s in named_series], label=f"The retired list in {named_series[0][1].area.name}"
    )


def _row(name: str, series: MeasureSeries, years: Sequence[str]) -> list[Cell]:
    by_period = {point.period: point for point in series.points}
    cells: list[Cell] = [html.A(name, href=measure_address(series.measure.base), className="row-name")]
    for year in years:
        point = by_period.get(year)
        if point is None:
            cells.append("not held")
        else:
            cells.append(reason(point.status) if point.value is None else number(point.value))
    return cells


def _span(year_to_march: str) -> str:
    return written_year(year_of(year_to_march) - 1)
