"""Wide recorded-crime files (one row per area and offence, one column per month) as rows in DuckDB, each knowing its cell.

The reading and the checks run in DuckDB, so a file of 17 million cells takes little longer than DuckDB's own reading of it;
only a file
that fails is read again row by row, to list every fault with its cell. In the tables made here a column of the file is `c0`,
`c1`, ... by its position, since a label may be anything, and a row is known by its `row_id`.
"""

import csv
from collections.abc import Sequence

import duckdb
import pandas as pd

from etl.core.errors import DataRejected
from etl.files import wide_text
from etl.files.wide_faults import COUNT, check, faults
from etl.files.wide_file import WideFile


def load(connection: duckdb.DuckDBPyConnection, wide: WideFile, table: str) -> list[str]:
    """Make `table` from the file, months as whole numbers, and `<table>_row`; returns what could not be read.

    `<table>_row` holds `row_id` and `sheet_row`, the row's number in the file.
    A row without any text is not a row. Returns every row of the wrong length (left out) and every month cell that is no count
    (left empty), each with its address, so that the rest can still be checked; [] for a file that can be read whole.

    Raises:
        SourceChanged: the text is not UTF-8.
        DataRejected: the text cannot be split into cells.
    """
    text = wide_text.scan(wide.path)
    if text.may_hold_other_numerals:  # DuckDB would round 12.5 and take 1e3 for a thousand
        failures = faults(wide)
        if failures:
            _load_readable_rows(connection, wide, table)
            return failures
    kinds = {f"c{i}": "INTEGER" if c in wide.months else "VARCHAR" for i, c in enumerate(wide.columns)}
    spare = {f"spare{i}": "VARCHAR" for i in range(wide.spare)}
    try:
        # header=false with skip: the sniffer of 1.5 loses the header of a wide month file.
        connection.execute(
            f"CREATE OR REPLACE TEMP TABLE {table} AS SELECT {', '.join(kinds)} "
            "FROM read_csv(?, delim=?, quote='\"', escape='\"', header=false, skip=?, auto_detect=false, columns=?, nullstr='', "
            "strict_mode=true, max_line_size=4000000)",
            [str(wide.path), wide.delimiter, wide.header_row, kinds | spare],
        )
    except duckdb.Error as error:
        failures = faults(wide)
        is_dressed = _load_readable_rows(connection, wide, table)
        if not failures and not is_dressed:
            raise DataRejected(f"{wide.path.name}: rejected", [str(error).splitlines()[0]]) from error
        return failures
    _number_rows(connection, wide, table, has_blank_lines=text.has_blank_lines)
    connection.execute(f"DELETE FROM {table} WHERE coalesce({', '.join(f'{c}::VARCHAR' for c in kinds)}) IS NULL")
    return []


def _load_readable_rows(connection: duckdb.DuckDBPyConnection, wide: WideFile, table: str) -> bool:
    """`table` and `<table>_row` from the rows of the right length, a cell that is no count left empty.

    Returns whether any count was written in a way that DuckDB does not take for a whole number: 1,234 or 12.0.
    """
    width = len(wide.columns)
    readable_rows = [
        (number, row[:width])
        for number, row in wide_text.rows(wide.path, wide.delimiter)
        if number > wide.header_row and any(row) and len(row) == width + wide.spare
    ]
    positions = {i for i, c in enumerate(wide.columns) if c in wide.months}
    columns: dict[str, list[object]] = {"sheet_row": [number for number, _ in readable_rows]}
    for i in range(width):
        texts = [row[i] for _, row in readable_rows]
        columns[f"c{i}"] = (
            [int(t.replace(",", "").partition(".")[0]) if COUNT.fullmatch(t) else None for t in texts]
            if i in positions
            else [t or None for t in texts]
        )
    # "object" keeps whole numbers whole where a cell is empty.
    connection.register("readable", pd.DataFrame(columns, dtype=object))
    named = [f"c{i}::{'INTEGER' if i in positions else 'VARCHAR'} AS c{i}" for i in range(width)]
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {table} AS SELECT {', '.join(named)} FROM readable")
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE {table}_row AS "
        "SELECT (row_number() OVER () - 1)::INTEGER AS row_id, sheet_row::INTEGER AS sheet_row FROM readable"
    )
    connection.unregister("readable")
    return any("," in row[i] or "." in row[i] for _, row in readable_rows for i in positions)


def _number_rows(connection: duckdb.DuckDBPyConnection, wide: WideFile, table: str, *, has_blank_lines: bool) -> None:
    # A fresh table's rowid counts its rows in the order of the file; it is free where row_number() over () is not.
    if not has_blank_lines:
        connection.execute(
            f"CREATE OR REPLACE TEMP TABLE {table}_row AS "
            f"SELECT rowid::INTEGER AS row_id, (rowid + {wide.header_row} + 1)::INTEGER AS sheet_row FROM {table}"
        )
        return
    with wide.path.open(encoding="utf-8-sig", newline="") as stream:
        numbers = [
            n for n, row in enumerate(csv.reader(stream, delimiter=wide.delimiter), start=1) if n > wide.header_row and row
        ]
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE {table}_row AS "
        "SELECT (i - 1)::INTEGER AS row_id, n::INTEGER AS sheet_row FROM (SELECT unnest(?) AS n, generate_subscripts(?, 1) AS i)",
        [numbers, numbers],
    )


def distinct(connection: duckdb.DuckDBPyConnection, wide: WideFile, table: str, labels: Sequence[str]) -> list[tuple[str, ...]]:
    """The distinct values of some columns of `table`, as text, "" for an empty cell, in order."""
    listed = ", ".join(f"coalesce({wide.column(label)}, '')" for label in labels)
    return sorted(tuple(row) for row in connection.execute(f"SELECT DISTINCT {listed} FROM {table}").fetchall())


def cells_holding(
    connection: duckdb.DuckDBPyConnection, wide: WideFile, table: str, labels: Sequence[str], values: Sequence[str]
) -> str:
    """Where columns of `table` hold these values: "C12" for one row, "C12 and 30 more rows" for many."""
    condition = " AND ".join(f"coalesce({wide.column(label)}, '') = ?" for label in labels)
    first, count = connection.execute(
        f"SELECT min(sheet_row), count(*) FROM {table} t JOIN {table}_row r ON r.row_id = t.rowid WHERE {condition}", list(values)
    ).fetchone() or (0, 0)
    cells = ", ".join(f"{wide.letters(wide.columns.index(label))}{first}" for label in labels)
    return cells if count == 1 else f"{cells} and {count - 1:,} more {'row' if count == 2 else 'rows'}"


def unpivot(connection: duckdb.DuckDBPyConnection, wide: WideFile, table: str, long: str) -> None:
    """Make the view `long` of `table`, one row a cell: `row_id`, `month_id`, `value`; and the table `month_of_column`.

    `month_of_column` holds `month_id`, `period`, `sheet_column`. Keys stay on the wide side, joined by `row_id`: the long side
    holds
    small whole numbers only, and is laid out when it is asked for, which costs less than writing it down.
    """
    connection.execute("CREATE OR REPLACE TEMP TABLE month_of_column (month_id USMALLINT, period VARCHAR, sheet_column VARCHAR)")
    connection.executemany(
        "INSERT INTO month_of_column VALUES (?, ?, ?)",
        [(i, period, wide.letters(wide.columns.index(label))) for i, (label, period) in enumerate(wide.months.items())],
    )
    # One branch a column, not UNPIVOT: it needs no label text on every row, and the branches run beside each other.
    branches = [
        f"SELECT rowid::INTEGER AS row_id, {i}::USMALLINT AS month_id, {name} AS value FROM {table}"
        for i, name in enumerate(wide.month_columns())
    ]
    connection.execute(f"CREATE OR REPLACE TEMP VIEW {long} AS {' UNION ALL '.join(branches)}")


def read_checked(
    connection: duckdb.DuckDBPyConnection, wide: WideFile, labels: Sequence[str], table: str, long: str
) -> list[str]:
    """Load the file, check it by itself and lay it out long; returns every fault: of its months, its keys and its counts.

    What reading a wide file costs, whole: the promise of speed is kept for this.

    Args:
        connection: where `table` (a row of the file each) and the view `long` (a cell each) are made.
        wide: the file.
        labels: labels of the columns that together may stand once.
        table: name of the wide table.
        long: name of the long view.

    Raises:
        SourceChanged, DataRejected: as `load`.
    """
    failures = check(connection, wide, labels, table, load(connection, wide, table))
    unpivot(connection, wide, table, long)
    return failures
