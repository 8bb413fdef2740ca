"""The rows of a checked file in a DuckDB table, with its edition, notices, checks and rejected rows."""

from dataclasses import dataclass, replace

import duckdb

from etl.files.table import Reading

COLUMNS = "series, area_code, breakdown, period, value, status, sheet_column, sheet_row"


@dataclass(frozen=True)
class Staged:
    """`table` holds the columns of `COLUMNS`; the rest is the edition as its file gives it."""

    table: str
    form: str
    first_period: str
    last_period: str
    edition_label: str
    edition_basis: str
    part: str
    rows: int
    areas: int
    series: int
    notices: tuple[str, ...] = ()
    checks: tuple[tuple[str, str, str], ...] = ()
    rejected: tuple[tuple[str, str, str], ...] = ()
    needs_acceptance: tuple[str, ...] = ()
    source_id: str = ""

    def of(self, source_id: str) -> "Staged":
        """The same, known to be of this source."""
        return replace(self, source_id=source_id)


def stage(connection: duckdb.DuckDBPyConnection, reading: Reading, form: str, table: str) -> Staged:
    """A reading of a long file put into DuckDB as `table`."""
    texts = ("series", "area_code", "breakdown", "period", "status", "cell")
    frame = reading.observations.astype(dict.fromkeys(texts, str))
    connection.register("reading", frame)
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE {table} AS SELECT series, area_code, breakdown, period, "
        "CASE WHEN status = 'final' THEN value::DOUBLE END AS value, status, "
        "regexp_extract(cell, '^(.*?)[0-9]+$', 1) AS sheet_column, "
        "regexp_extract(cell, '([0-9]+)$', 1)::INTEGER AS sheet_row FROM reading"
    )
    connection.unregister("reading")
    row = connection.execute(
        f"SELECT count(DISTINCT sheet_row), count(DISTINCT area_code), count(DISTINCT series) FROM {table}"
    ).fetchone() or (0, 0, 0)
    return Staged(
        table, form, reading.first_period, reading.last_period, reading.edition_label, reading.edition_basis, reading.part,
        row[0], row[1], row[2], reading.notices, reading.checks, reading.rejected,
    )  # fmt: skip
