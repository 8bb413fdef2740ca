"""What courts publish in place of boroughs: each court of a region at two dates, and regions beside each other."""

from collections.abc import Sequence

from dashboard.charts.before_after import WIDTHS, BeforeAfterRow, before_and_after_set
from dashboard.figures.compare import at
from dashboard.figures.records import MeasureSeries
from dashboard.ui import html
from dashboard.ui.figure import drawn, figure
from dashboard.ui.html import Element
from dashboard.ui.measure_lines import value_cell
from dashboard.ui.passport import source_line
from dashboard.ui.table import Column, data_table
from dashboard.words.measures import in_place
from etl.core.period import last_month, year_before
from etl.core.written import count_word, period, signed


def courts_figure(courts: Sequence[tuple[str, MeasureSeries]]) -> Element:
    """Each court then and now; a table alone where one date is held."""
    last = max((p.period for _, s in courts for p in s.known), default="")
    if not last:
        return html.P("No court’s figure is held.")
    earlier = year_before(last)
    table = _table(courts, last, earlier)
    rows = [BeforeAfterRow(name, _value(s, earlier), _value(s, last)) for name, s in courts]
    at_both_dates = [r for r in rows if r.was is not None and r.now is not None]
    if not at_both_dates:
        return table
    risen_count = sum(1 for r in at_both_dates if (r.now or 0) > (r.was or 0))
    measure, area = courts[0][1].measure, courts[0][1].area
    courts_words = f"{count_word(risen_count)} of {count_word(len(at_both_dates))} courts {in_place(area)}"
    return figure(
        f"{courts_words[:1].upper()}{courts_words[1:]} had more {measure.noun} than a year before",
        f"{measure.title}, {period(earlier, 'quarter')} (ring) and {period(last, 'quarter')} (disc).",
        table,
        drawn(before_and_after_set(rows, (_quarter_end(earlier), _quarter_end(last))), WIDTHS),
        source_line(courts[0][1]),
        level=3,
    )


def _table(courts: Sequence[tuple[str, MeasureSeries]], last: str, earlier: str) -> Element:
    columns = (
        Column("Court"),
        Column(period(earlier, "quarter"), is_number=True),
        Column(period(last, "quarter"), is_number=True),
        Column("Change", is_number=True),
    )
    rows = []
    for name, series in courts:
        value_before, value_now = _value(series, earlier), _value(series, last)
        change = signed(value_now - value_before) if value_before is not None and value_now is not None else "cannot be said"
        rows.append((name, value_cell(series, at(series, earlier)), value_cell(series, at(series, last)), change))
    return data_table(columns, rows, label="Every court")


def _value(series: MeasureSeries, quarter: str) -> float | None:
    point = at(series, quarter)
    return point.value if point else None


def _quarter_end(quarter: str) -> str:
    year, month = last_month(quarter)
    return f"{('Mar', 'Jun', 'Sep', 'Dec')[month // 3 - 1]} {year}"
