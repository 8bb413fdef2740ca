"""The faults of one wide file: of its months, its keys and its counts, each with its cell."""

import re
from collections.abc import Sequence

import duckdb

from etl.core.period import every_month
from etl.files import wide_text
from etl.files.wide_file import WideFile

_DIGITS = r"(?:[0-9]{1,9}|[0-9]{1,3}(?:,[0-9]{3}){1,2})(?:\.0{1,6})?"
WHOLE = re.compile(rf"\s*[-+]?{_DIGITS}\s*")
COUNT = re.compile(rf"\s*(?:\+?{_DIGITS}|-0+)\s*")
"""A count as it may be written: 1234, 1,234 as a spreadsheet shows it, 1234.0 as a program does that knows of gaps."""

NO_MONTH = re.compile(r"\d{4,8}|\d{1,4}([-/.])\d{1,2}\1\d{1,4}")
"""A label that was meant for a month and is none: a thirteenth, or a day such as 02/01/2024."""

MOST_LISTED = 200
"""Faults listed one by one; a file with more is broken as a whole and the rest are counted."""


def faults(wide: WideFile) -> list[str]:
    """Every row of the wrong length and every month cell that is no count, each with its address."""
    sentences: list[str] = []
    more = 0
    positions = [i for i, c in enumerate(wide.columns) if c in wide.months]
    for number, row in wide_text.rows(wide.path, wide.delimiter):
        if number <= wide.header_row or not any(row):
            continue
        row_faults = []
        if len(row) != len(wide.columns) + wide.spare:
            row_faults.append(f"row {number}: expected {len(wide.columns)} cells, found {len(row)}: {','.join(row)[:60]!r}")
        else:
            row_faults += [
                f"{wide.letters(i)}{number} ({wide.columns[i]}): {_no_count(row[i])}"
                for i in positions
                if not COUNT.fullmatch(row[i])
            ]
        room = MOST_LISTED - len(sentences)
        sentences += row_faults[:room]
        more += max(0, len(row_faults) - room)
    return [*sentences, f"and {more:,} more of the same kinds"] if more else sentences


def _no_count(text: str) -> str:
    if WHOLE.fullmatch(text):
        return f"expected a count of nought or more, found {text.strip()}"
    return f"expected a whole number, found {repr(text) if text else 'an empty cell'}"


def duplicates(connection: duckdb.DuckDBPyConnection, wide: WideFile, table: str, labels: Sequence[str]) -> list[str]:
    """One sentence for each key that stands on more than one row of `table`."""
    listed = ", ".join(f"coalesce({wide.column(label)}, '')" for label in labels)
    rows = connection.execute(
        f"SELECT string_agg(sheet_row, ', ' ORDER BY sheet_row), {listed} FROM {table} t JOIN {table}_row r ON r.row_id = "
        "t.rowid "
        f"GROUP BY ALL HAVING count(*) > 1 ORDER BY min(sheet_row)"
    ).fetchall()
    sentences = [
        f"rows {row[0]}: expected each key once, found the same twice: {' / '.join(row[1:])}" for row in rows[:MOST_LISTED]
    ]
    return [*sentences, f"and {len(rows) - MOST_LISTED:,} more keys twice"] if len(rows) > MOST_LISTED else sentences


def bad_counts(connection: duckdb.DuckDBPyConnection, wide: WideFile, table: str) -> list[str]:
    """One sentence for each empty cell and each negative count of `table`, with its address."""
    # All columns in one pass; only where something is wrong are the cells looked for.
    column_checks = [f"count({c}), min({c})" for c in wide.month_columns()]
    rows, *counts_and_lowest = connection.execute(f"SELECT count(*), {', '.join(column_checks)} FROM {table}").fetchone() or (0,)
    if not rows:
        return ["expected rows below the header, found none"]
    bad = [
        label
        for i, label in enumerate(wide.months)
        if counts_and_lowest[2 * i] != rows or (counts_and_lowest[2 * i + 1] or 0) < 0
    ]
    cell_faults: list[tuple[int, int, str]] = []
    for label in bad:
        name, position = wide.column(label), wide.columns.index(label)
        cells = connection.execute(
            f"SELECT sheet_row, {name} FROM {table} t JOIN {table}_row r ON r.row_id = t.rowid WHERE {name} IS NULL OR {name} < 0"
        ).fetchall()
        for row, value in cells:
            content = "an empty cell" if value is None else value
            cell_faults.append(
                (row, position, f"{wide.letters(position)}{row} ({label}): expected a count of nought or more, found {content}")
            )
    listed = [sentence for _, _, sentence in sorted(cell_faults)[:MOST_LISTED]]
    return [*listed, f"and {len(cell_faults) - MOST_LISTED:,} more such cells"] if len(cell_faults) > MOST_LISTED else listed


def check(
    connection: duckdb.DuckDBPyConnection, wide: WideFile, labels: Sequence[str], table: str, unreadable: Sequence[str]
) -> list[str]:
    """Every fault of the file's months, keys and counts, one sentence each.

    Args:
        connection: where `load` made `table`.
        wide: the file.
        labels: labels of the columns that together may stand once.
        table: name of the wide table.
        unreadable: what `load` returned. Where it found anything it has looked at every cell, so they are not looked at again.
    """
    cells = list(unreadable) or bad_counts(connection, wide, table)
    return month_faults(wide) + duplicates(connection, wide, table, labels) + cells


def no_months(wide: WideFile) -> list[str]:
    """Labels that were meant for months and are none, in file order."""
    return [c for c in wide.keys if NO_MONTH.fullmatch(c)]


def month_faults(wide: WideFile) -> list[str]:
    """The faults of the header's months: one twice, one missing between others, a label that is no month."""
    periods = list(wide.months.values())
    months = set(periods)
    sentences = [f"expected a month such as {min(wide.months)} over a column, found {c!r}" for c in no_months(wide)]
    if len(months) != len(periods):
        sentences.append(
            f"a month stands over more than one column: {', '.join(sorted({p for p in periods if periods.count(p) > 1}))}"
        )
    gaps = [p for p in every_month(min(periods), max(periods)) if p not in months]
    if gaps:
        sentences.append(f"expected every month from {min(periods)} to {max(periods)}; missing {', '.join(gaps)}")
    return sentences
