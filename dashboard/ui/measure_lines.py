"""The long charts of a measure's page: each period, and twelve months at a time, each with its table."""

from collections.abc import Mapping, Sequence

from dashboard.charts.expected import ExpectedRange
from dashboard.charts.line import FULL, line_set
from dashboard.charts.rolling import rolling_set
from dashboard.charts.two_lines import SIZES as TWO_LINES
from dashboard.charts.two_lines import two_lines_set
from dashboard.figures.blind_months import BlindMonths
from dashboard.figures.compare import newest, point_at
from dashboard.figures.judgement_records import RangeMonth
from dashboard.figures.measure_in_place import MeasureInPlace
from dashboard.figures.records import MeasureSeries, Point, Verdict
from dashboard.kinds.telling import Beside
from dashboard.ui import html
from dashboard.ui.figure import drawn, figure
from dashboard.ui.html import Element
from dashboard.ui.notice import empty
from dashboard.ui.passport import source_line
from dashboard.ui.table import Cell, Column, data_table
from dashboard.words.facts import in_brackets, provisional_sentence
from dashboard.words.measures import extent_sentence, limits_words, mixed_years_sentence
from dashboard.words.measures import in_place as words_in_place
from etl.core.written import month, number, period, span, value_or_reason

LOWER: Mapping[int, int] = {1160: 320, 860: 300, 560: 260, 340: 210}
"""Twelve months at a time: as wide as the chart above it, and lower."""
HEADS = {"month": "Month", "quarter": "Quarter", "year": "Year", "rolling_year": "12 months to"}
EACH = {"month": "a month", "quarter": "a quarter", "year": "a year", "rolling_year": "in the 12 months to each month"}


def main_figure(in_place: MeasureInPlace, expected: ExpectedRange | None = None, blind: BlindMonths | None = None) -> Element:
    """Every period shown, with its breaks and the range its months were held to; the newest point has its verdict's shape."""
    series = in_place.series
    if series is None or newest(series) is None:
        return empty(f"No figure can be shown {words_in_place(in_place.area)}", _why(in_place))
    if in_place.kind.beside is Beside.SECOND_LINE and in_place.beside is not None:
        pictures = two_lines_set(series, in_place.beside, first=in_place.first)
        return _figure(series, drawn(pictures, TWO_LINES).markup, TWO_LINES, beside=in_place.beside)
    verdict = in_place.verdict if in_place.measure.form != "count" or not in_place.is_rate else None
    lines = _lines(in_place, series, FULL, verdict, expected, blind)
    return _figure(series, lines, FULL, beside=_dotted(in_place), has_range=expected is not None, blind=blind)


def _dotted(in_place: MeasureInPlace) -> MeasureSeries | None:
    return in_place.beside if in_place.kind.beside is Beside.DOTTED else None


def rolling_figure(in_place: MeasureInPlace) -> list[Element]:
    """Twelve months at a time, beside London where it is a rate; nothing for surveys and courts."""
    series = in_place.rolling
    if series is None or not series.known:
        return []
    if in_place.beside is not None:
        pictures = rolling_set(
            series, (in_place.beside,), sizes=LOWER, first=in_place.first if in_place.is_first_chosen else None
        )
        return [_figure(series, "".join(pictures), LOWER, beside=in_place.beside)]
    return [_figure(series, _lines(in_place, series, LOWER, None), LOWER, beside=None)]


def series_table(series: MeasureSeries, beside: MeasureSeries | None = None, blind: BlindMonths | None = None) -> Element:
    """One row a period, oldest first: the exact figure, its limits where it has them, and the place beside it.

    Then a row for each month that has no figure yet, with the range expected of it.
    """
    has_limits = any(p.lower is not None for p in series.points)
    unit = series.measure.unit
    columns = [Column(HEADS[series.measure.period]), Column(unit[:1].upper() + unit[1:], is_number=True)]
    columns += [Column("95% limits", is_number=True)] if has_limits else []
    columns += [Column(beside.area.name, is_number=True)] if beside else []
    rows: list[Sequence[Cell]] = []
    for point in series.points:
        cells: list[Cell] = [_when(point, series), value_alone(series, point)]
        cells += [limits_words(point, series.measure) if point.value is not None else "none"] if has_limits else []
        cells += [value_cell(beside, point_at(beside, point.period))] if beside else []
        rows.append(cells)
    rows += [[month(m.period), _awaited(m), *[""] * (len(columns) - 2)] for m in (blind.ranges if blind else ())]
    return data_table(columns, rows, label=f"{series.measure.title}, {series.area.name}, every period shown")


def blind_words(blind: BlindMonths | None, *, has_range: bool) -> str:
    """What the end of a chart shows where months have no figure yet, as a further sentence; empty where none is."""
    if blind is None:
        return ""
    band = ", and the band what they may have brought in nineteen of twenty futures" if has_range and blind.ranges else ""
    return f" To {month(blind.until)} there is no figure yet{band}."


def _awaited(item: RangeMonth) -> str:
    return f"no figure yet; {span(number(item.lower95), number(item.upper95))} expected"


def value_cell(series: MeasureSeries, point: Point | None) -> str:
    """An exact value, a surveyed share with its interval; or why there is none."""
    return "not held" if point is None else f"{value_alone(series, point)}{in_brackets(point, series.measure)}"


def value_alone(series: MeasureSeries, point: Point | None) -> str:
    """An exact value whose interval stands in the next cell; or why there is none."""
    if point is None:
        return "not held"
    measure = series.measure
    return value_or_reason(point.value, point.status, decimals=measure.decimals, is_percentage=measure.is_percentage)


def _lines(
    in_place: MeasureInPlace,
    series: MeasureSeries,
    sizes: Mapping[int, int],
    verdict: Verdict | None,
    expected: ExpectedRange | None = None,
    blind: BlindMonths | None = None,
) -> str:
    # Without a first period of the reader's own, the narrow drawing keeps to its last four years.
    first = in_place.first if in_place.is_first_chosen else None
    until = blind.until if blind else None
    pictures = line_set(series, sizes=sizes, first=first, verdict=verdict, expected=expected, awaited_until=until)
    return "".join(pictures)


def _figure(
    series: MeasureSeries,
    markup: str,
    sizes: Mapping[int, int],
    *,
    beside: MeasureSeries | None,
    has_range: bool = False,
    blind: BlindMonths | None = None,
) -> html.Figure:
    measure = series.measure
    unit = f"{measure.unit[:1].upper()}{measure.unit[1:]} {EACH[measure.period]}, {series.area.name}."
    dotted = f" Dotted: {beside.area.name}." if beside is not None and measure.form != "count" else ""
    notes = [n for n in (provisional_sentence(series), mixed_years_sentence(series)) if n]
    banded = " Pale band: the range single months would stay in, for the time of year." if has_range else ""
    hollow = " Hollow: provisional." if provisional_sentence(series) and not dotted else ""
    return figure(
        extent_sentence(series),
        unit + banded + blind_words(blind, has_range=has_range) + dotted + hollow,
        series_table(series, beside, blind),
        drawn((markup,), sizes),
        " ".join([*notes, source_line(series)]),
        level=2,
        large=True,
    )


def _when(point: Point, series: MeasureSeries) -> str:
    words = period(point.period, "month" if series.measure.period == "rolling_year" else series.measure.period)
    return f"{words}, provisional" if point.status == "provisional" else words


def _why(in_place: MeasureInPlace) -> str:
    if in_place.breakdowns:
        return "The file gives each court and no total. The courts are below."
    if in_place.is_rate:
        return "A rate needs the number of residents, and no population estimate is held."
    return "None is held."
