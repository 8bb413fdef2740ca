"""Figures as text in columns: the columns of `python -m etl series`, safe to open in a spreadsheet."""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import fields
from datetime import date
from io import StringIO
from typing import TYPE_CHECKING

from dashboard.figures.records import LongRun, MeasureSeries, Revision
from etl.core.reason_words import in_sentences

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Value = str | float | date | None
SERIES_COLUMNS = (
    "measure", "area", "breakdown", "period", "value", "numerator", "denominator", "lower", "upper", "status", "edition", "cell",
)  # fmt: skip
EDITION_COLUMNS = ("measure", "area", "period", "edition", "published_on", "value")
IN_SENTENCES = ("reason", "would_change", "caveat")
"""Fields of a verdict that are written out in sentences."""
YEARS_BACK = (1, 2, 5)
OF_A_YEAR = ("count", "change", "change_lower", "change_upper")
OF_A_RECORD = ("record", "record_since", "known_from")
IN_PARTS = {
    "window": ("window_first", "window_last"),
    "long_run": (*(f"{what}_{years}_years_before" for years in YEARS_BACK for what in OF_A_YEAR), *OF_A_RECORD),
}
"""Fields that fill several columns."""
OPENS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_text(columns: Sequence[str], rows: Iterable[Sequence[Value]]) -> str:
    """The table as comma-separated text, one line a row, each ended by a line feed.

    A number is written in full; a missing one is empty (its reason is in `status`). Text that a spreadsheet would run as a
    formula gets an apostrophe in front.
    """
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return text.getvalue()


def series_rows(labelled_series: Iterable[tuple[str, MeasureSeries]]) -> Iterable[tuple[Value, ...]]:
    """Rows with `SERIES_COLUMNS`: (breakdown, series) pairs in the order given, oldest period first."""
    for breakdown, series in labelled_series:
        for p in series.points:
            yield (
                series.measure.id, series.area.code, breakdown, p.period, p.value, p.numerator, p.denominator, p.lower, p.upper,
                p.status, p.edition, p.cell,
            )  # fmt: skip


def edition_rows(measure_id: str, area_code: str, revisions: Iterable[Revision]) -> Iterable[tuple[Value, ...]]:
    """Rows with `EDITION_COLUMNS`: what each edition said."""
    for r in revisions:
        yield measure_id, area_code, r.period, r.edition, r.published_on, r.value


def record_columns(kind: "type[DataclassInstance]") -> tuple[str, ...]:
    """The columns of a table with a row for each record of a kind: its fields, a pair of periods as two."""
    return tuple(name for f in fields(kind) for name in IN_PARTS.get(f.name, (f.name,)))


def record_row(record: "DataclassInstance") -> tuple[Value, ...]:
    """One record as a row with those columns."""
    cells: list[Value] = []
    for f in fields(record):
        value = getattr(record, f.name)
        if f.name == "long_run":
            cells += _longer_view(value)
        elif f.name == "window":
            cells += value or ("", "")
        else:
            cells.append(in_sentences(value) if f.name in IN_SENTENCES else value)
    return tuple(cells)


def _longer_view(view: LongRun | None) -> list[Value]:
    """The change on each year looked back on with its limits, and the record; empty where it is not known."""
    back = {one.years: one for one in view.back} if view else {}
    cells: list[Value] = []
    for years in YEARS_BACK:
        one = back.get(years)
        cells += (one.before, one.change, one.change_lower, one.change_upper) if one else (None,) * len(OF_A_YEAR)
    return [*cells, *((view.record, view.record_since, view.known_from) if view else (None,) * len(OF_A_RECORD))]


def _cell(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float):
        return f"{value:.0f}" if float(value).is_integer() else f"{value:.10g}"
    # A line break inside a cell is one row to some readers and two to others.
    line = value.replace("\r", " ").replace("\n", " ")
    return f"'{line}" if value.startswith(OPENS_A_FORMULA) else line
