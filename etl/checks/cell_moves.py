"""Check of an edition against the one before, cell by cell: displaced rows, exchanged months and slips that totals hide.

London may not move at all while two of its boroughs stand in each other's place. How far a count moved is told in square
roots of it, as chance would move it: |new - old| / sqrt(larger + 1).
"""

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
PLACELESS = 2
"""Crime without a borough is placed later, so places that are no borough may move this much further."""
MOST_LISTED = 20

_CELL = """
    SELECT edition_id, other_id, cell, area_code, series, period, other, value FROM shared_cell
    WHERE moved > ? * allowed ORDER BY edition_id, other_id, moved DESC, period, area_code, series"""

_MONTH = """
    SELECT edition_id, other_id, period, avg(moved * moved) AS spread FROM shared_cell
    WHERE counts AND area_code LIKE 'E09%' GROUP BY ALL HAVING spread > ? ORDER BY ALL"""

_AREA = """
    SELECT edition_id, other_id, area_code, avg(moved * moved) AS spread FROM shared_cell
    WHERE counts GROUP BY ALL HAVING spread > ? * max(allowed) AND sum(value) > 0 ORDER BY ALL"""

_CATEGORY = """
    SELECT edition_id, other_id, series, avg(moved * moved) AS spread FROM shared_cell
    WHERE counts AND area_code LIKE 'E09%' GROUP BY ALL HAVING spread > ? AND count(DISTINCT area_code) > 1 ORDER BY ALL"""


def large_moves(connection: duckdb.DuckDBPyConnection, total: str) -> list[LargeMove]:
    """Each cell, row, month or category that moved further between two editions of one form than any revision has.

    Args:
        connection: where `edition`, `observation`, `edition_value` and `added_up_measure` are.
        total: id of the measure that counts everything.
    """
    moves: list[LargeMove] = []
    for source in catalogue.sources().values():
        if "cell_moved_bound" in source.checks:
            sizes = {"smallest_row": SMALLEST_ROW, "placeless": PLACELESS}
            connection.execute(sql(__file__, "shared_cells"), {"source": source.id} | sizes)
            moves += _vanished(connection, total)
            for search in (_displaced, _spreads, _cells):
                moves += search(connection, source)
            connection.execute("DROP TABLE shared_cell")
    return moves


def _cells(connection: duckdb.DuckDBPyConnection, source: catalogue.Source) -> Iterator[LargeMove]:
    rows = connection.execute(_CELL, [source.checks["cell_moved_bound"]]).fetchall()
    listed: dict[tuple[str, str], int] = {}
    for edition_id, other_id, cell, area, series, period, earlier, value in rows:
        listed[edition_id, other_id] = listed.get((edition_id, other_id), 0) + 1
        if listed[edition_id, other_id] <= MOST_LISTED:
            sentence = f"{cell}: {_place(area)}, {series}, {period}: {earlier:,.0f} in {_edition(other_id)}, {value:,.0f} now"
            yield LargeMove(edition_id, other_id, f"{sentence}; no revision has moved a cell so far")
    for (edition_id, other_id), count in listed.items():
        if count > MOST_LISTED:
            yield LargeMove(
                edition_id, other_id, f"and {count - MOST_LISTED:,} more cells moved as far since {_edition(other_id)}"
            )


def _spreads(connection: duckdb.DuckDBPyConnection, source: catalogue.Source) -> Iterator[LargeMove]:
    bounds = source.checks
    spread_checks = (
        (_MONTH, "month_spread_bound", "is this another month's column?"),
        (_AREA, "area_spread_bound", "are these another area's rows?"),
        (_CATEGORY, "category_spread_bound", "are these another offence's rows?"),
    )
    for statement, bound, question in spread_checks:
        for edition_id, other_id, key, spread in connection.execute(statement, [bounds[bound]]).fetchall():
            name = _place(key) if statement is _AREA else key
            movement = f"moved {spread:.1f} since {_edition(other_id)} (mean square; bound {bounds[bound]:g})"
            yield LargeMove(edition_id, other_id, f"{name}: its cells {movement}: {question}")


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
