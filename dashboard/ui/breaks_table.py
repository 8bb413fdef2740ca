"""Breaks in series as a table: when, what, what is done about it, and who says so."""

from collections.abc import Sequence

from dashboard.figures.records import Break
from dashboard.ui import html
from dashboard.ui.html import Element
from dashboard.ui.table import Cell, Column, data_table
from dashboard.words.measures import TREATMENTS
from etl.core.written import day, month


def breaks_table(breaks: Sequence[Break], *, caption: str, applies_to: Sequence[str] = ()) -> Element:
    """One row a break, oldest first; or one sentence where there is none.

    Args:
        breaks: as the table of breaks gives them.
        caption: what series they are breaks in.
        applies_to: what each touches, in words, where the table is not about one series.
    """
    if not breaks:
        return html.P("None is on record.")
    columns = [Column("Date"), Column("What changed"), Column("Treatment")]
    if applies_to:
        columns.insert(2, Column("Applies to"))
    rows = []
    for index, series_break in enumerate(breaks):
        what_changed: list[str | Element] = [
            series_break.what,
            html.Br(),
            html.Span(f"Source: {series_break.source}.", className="small quiet"),
        ]
        cells: list[Cell] = [break_dates(series_break), what_changed, TREATMENTS[series_break.treatment]]
        if applies_to:
            cells.insert(2, applies_to[index])
        rows.append(cells)
    return data_table(columns, rows, caption=caption, stack=True)


def break_dates(series_break: Break) -> str:
    """When: "28 February 2024", "April 2017" where it starts a month, "March 2020 to June 2021"."""
    start = month(f"{series_break.start:%Y-%m}") if series_break.start.day == 1 else day(series_break.start)
    if series_break.end is None:
        return start
    end = month(f"{series_break.end:%Y-%m}")
    return start if start == end else f"{start} to {end}"
