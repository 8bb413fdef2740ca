"""Wide recorded-crime files (one row per area and offence, one column per month) as rows in DuckDB, each knowing its cell.

Columns are known by what they hold: a column of borough names, a column of offence groups, a column of offences, months as YYYYMM.
A label only settles what the contents leave open. The reading and the checks run in DuckDB, so a file of 17 million cells takes
little longer than DuckDB's own reading of it; only a file that fails is read again row by row, to list every fault with its cell.
"""

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from etl.errors import DataRejected, SourceChanged
from etl.table import Sniff, column_letters

MONTH = re.compile(r"^((?:19|20)\d{2})[-/_ ]?(0[1-9]|1[0-2])$")
FEWEST_MONTHS = 2
MOST_LISTED = 200
"""Faults listed one by one; a file with more is broken as a whole and the rest are counted."""


@dataclass(frozen=True)
class WideFile:
    """A text file with month columns: what its header says, before any row is read."""

    path: Path
    delimiter: str
    header_row: int
    columns: tuple[str, ...]
    months: dict[str, str]
    """Column label to period: 202506 to 2025-06, in file order."""

    @property
    def keys(self) -> tuple[str, ...]:
        """Labels of the columns that are not months, in file order."""
        return tuple(c for c in self.columns if c not in self.months)


def wide_file(path: Path, sniff: Sniff) -> WideFile | None:
    """The file as a wide one, or None where it has no two month columns."""
    months = {}
    for label in sniff.columns:
        match = MONTH.match(label)
        if match:
            months[label] = f"{match[1]}-{match[2]}"
    if len(months) < FEWEST_MONTHS:
        return None
    return WideFile(path, sniff.delimiter or ",", sniff.header_row, sniff.columns, months)


def load(connection: duckdb.DuckDBPyConnection, wide: WideFile, table: str) -> None:
    """Make `table` from the file: `sheet_row` (1-based row in the file) and its columns, months as whole numbers.

    Raises:
        DataRejected: a row has too few or too many cells, or a month cell is not a whole number; every such row and cell is named.
    """
    kinds = {c: "BIGINT" if c in wide.months else "VARCHAR" for c in wide.columns}
    try:
        # header=false with skip: the sniffer of 1.5 loses the header of a wide month file.
        connection.execute(
            f"CREATE OR REPLACE TEMP TABLE {table} AS SELECT row_number() OVER () + {wide.header_row} AS sheet_row, * "
            "FROM read_csv(?, delim=?, quote='\"', escape='\"', header=false, skip=?, auto_detect=false, columns=?, nullstr='', "
            "strict_mode=true, max_line_size=4000000)",
            [str(wide.path), wide.delimiter, wide.header_row, kinds],
        )
    except duckdb.Error as error:
        failures = faults(wide)
        raise DataRejected(f"{wide.path.name}: rejected", failures or [str(error).splitlines()[0]]) from error


def faults(wide: WideFile) -> list[str]:
    """Every row of the wrong length and every month cell that is not a whole number, each with its address."""
    said: list[str] = []
    more = 0
    positions = [i for i, c in enumerate(wide.columns) if c in wide.months]
    with wide.path.open(encoding="utf-8-sig", newline="") as stream:
        for number, row in enumerate(csv.reader(stream, delimiter=wide.delimiter), start=1):
            if number <= wide.header_row or not any(row):
                continue
            found = []
            if len(row) != len(wide.columns):
                found.append(f"row {number}: expected {len(wide.columns)} cells, found {len(row)}: {','.join(row)[:60]!r}")
            found += [
                f"{column_letters(i)}{number} ({wide.columns[i]}): expected a whole number, found {row[i]!r}"
                for i in positions
                if i < len(row) and not re.fullmatch(r"\s*-?\d+\s*", row[i])
            ]
            room = MOST_LISTED - len(said)
            said += found[:room]
            more += max(0, len(found) - room)
    return [*said, f"and {more:,} more of the same kinds"] if more else said


def distinct(connection: duckdb.DuckDBPyConnection, table: str, columns: Sequence[str]) -> list[tuple[str, ...]]:
    """The distinct values of some columns of `table`, as text, "" for an empty cell, in order."""
    listed = ", ".join(f"coalesce({quoted(c)}, '')" for c in columns)
    return sorted(tuple(row) for row in connection.execute(f"SELECT DISTINCT {listed} FROM {table}").fetchall())


def duplicates(connection: duckdb.DuckDBPyConnection, table: str, keys: Sequence[str]) -> list[str]:
    """One sentence for each key that stands on more than one row of `table`."""
    listed = ", ".join(quoted(k) for k in keys)
    rows = connection.execute(
        f"SELECT string_agg(sheet_row, ', ' ORDER BY sheet_row), {listed} FROM {table} GROUP BY {listed} HAVING count(*) > 1 ORDER BY 1 LIMIT {MOST_LISTED}"
    ).fetchall()
    return [f"rows {row[0]}: the same key twice: {' / '.join(str(v) for v in row[1:])}" for row in rows]


def unpivot(connection: duckdb.DuckDBPyConnection, wide: WideFile, table: str, staged: str, keys: Sequence[str]) -> list[str]:
    """Make `staged` from `table`: the key columns, `period`, `value`, `sheet_column`, `sheet_row`; returns the faulty cells.

    A fault is an empty cell or a negative count; each is named with its address.
    """
    listed = ", ".join(quoted(k) for k in keys)
    months = ", ".join(quoted(m) for m in wide.months)
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE month_of_column (label VARCHAR, period VARCHAR, sheet_column VARCHAR)"
    )
    connection.executemany(
        "INSERT INTO month_of_column VALUES (?, ?, ?)",
        [(label, period, column_letters(wide.columns.index(label))) for label, period in wide.months.items()],
    )
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE {staged} AS SELECT sheet_row, {listed}, label, value "
        f"FROM (SELECT sheet_row, {listed}, {months} FROM {table}) UNPIVOT INCLUDE NULLS (value FOR label IN ({months}))"
    )
    bad = connection.execute(
        f"SELECT m.sheet_column, s.sheet_row, s.label, s.value FROM {staged} s JOIN month_of_column m USING (label) "
        f"WHERE s.value IS NULL OR s.value < 0 ORDER BY s.sheet_row, s.label LIMIT {MOST_LISTED}"
    ).fetchall()
    return [
        f"{column}{row} ({label}): expected a count of nought or more, found {'an empty cell' if value is None else value}"
        for column, row, label, value in bad
    ]


def missing_months(wide: WideFile) -> list[str]:
    """Months that ought to stand between the first and the last and do not, and months out of order, in words."""
    periods = list(wide.months.values())
    held = set(periods)
    said = []
    if len(held) != len(periods):
        said.append(f"a month stands in more than one column: {', '.join(sorted({p for p in periods if periods.count(p) > 1}))}")
    gaps = [p for p in months_between(min(periods), max(periods)) if p not in held]
    if gaps:
        said.append(f"expected every month from {min(periods)} to {max(periods)}; missing {', '.join(gaps)}")
    return said


def months_between(first: str, last: str) -> list[str]:
    """Every month from `first` to `last`, both included, as 2025-06."""
    start, end = month_number(first), month_number(last)
    return [month_label(n) for n in range(start, end + 1)]


def month_number(period: str) -> int:
    """Months since the year nought: a number to add to and subtract from."""
    return int(period[:4]) * 12 + int(period[5:7]) - 1


def month_label(number: int) -> str:
    """The month with that number, as 2025-06."""
    return f"{number // 12}-{number % 12 + 1:02d}"


def quoted(name: str) -> str:
    """A column name as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def require_text_file(sniff: Sniff, path: Path) -> None:
    """Raise SourceChanged where the file is a workbook: the wide layouts have only ever been CSV."""
    if sniff.kind != "text":
        raise SourceChanged(f"{path.name}: a workbook with month columns; expected CSV")
