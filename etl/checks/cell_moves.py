"""Check of an edition against the one before, row by row: rows displaced by a month, and measures of which nothing is left."""

from collections.abc import Iterator

import duckdb

from etl.checks.edition_rules import LargeMove
from etl.core.areas import LONDON
from etl.core.sql_text import sql
from etl.definitions import catalogue, reference

FEWEST_MONTHS = 4
SMALLEST_ROW = 5
"""A row of fewer a month moves by as much as it holds; nothing can be told from its shape."""
FEWEST_GONE = 20
"""A measure or an area of fewer offences over the shared months may well have none left after a revision."""
MOST_LISTED = 20


def large_moves(connection: duckdb.DuckDBPyConnection, total: str) -> list[LargeMove]:
    """Each row displaced by a month between two editions of one form, and each measure that is gone.

    Args:
        connection: where `edition_value`, `added_up_measure` and the `cell_beside` of `etl/checks/beside_last.py` are.
        total: id of the measure that counts everything.
    """
    moves: list[LargeMove] = []
    for source in catalogue.sources().values():
        if "displaced_row_bound" in source.checks:
            connection.execute(
                "CREATE OR REPLACE TEMP TABLE shared_cell AS SELECT edition_id, other_id, series, area_code, period, "
                "value, other, coalesce(cell, 'no row') AS cell FROM cell_beside WHERE source_id = ? AND is_same_form",
                [source.id],
            )
            moves += [*_vanished(connection, total), *_displaced(connection, source)]
            connection.execute("DROP TABLE shared_cell")
    return moves


def _displaced(connection: duckdb.DuckDBPyConnection, source: catalogue.Source) -> Iterator[LargeMove]:
    rows = connection.execute(
        sql(__file__, "displaced_rows"),
        {
            "bound": source.checks["displaced_row_bound"],
            "fewest_months": FEWEST_MONTHS,
            "smallest_row": SMALLEST_ROW,
        },
    ).fetchall()
    for edition_id, other_id, cell, area, series in rows[:MOST_LISTED]:
        row = "".join(c for c in cell if c.isdigit())
        sentence = f"row {row}: {_place(area)}, {series}: its figures are those of {_edition(other_id)} one month displaced"
        yield LargeMove(edition_id, other_id, sentence)
    if len(rows) > MOST_LISTED:
        yield LargeMove(rows[-1][0], rows[-1][1], f"and {len(rows) - MOST_LISTED:,} more rows displaced by a month")


def _vanished(connection: duckdb.DuckDBPyConnection, total: str) -> Iterator[LargeMove]:
    bounds = {"total": total, "london": LONDON, "fewest": FEWEST_GONE}
    for edition_id, other_id, measure_id, area, earlier in connection.execute(sql(__file__, "measures_gone"), bounds).fetchall():
        name = measure_id if area == LONDON else _place(area)
        sentence = f"{name}: expected about {earlier:,.0f} offences over the months shared with {_edition(other_id)}, found none"
        yield LargeMove(edition_id, other_id, sentence)


def _edition(edition_id: str) -> str:
    return f"edition {edition_id.split('/')[1]}"


def _place(code: str) -> str:
    return reference.areas()[code].name
