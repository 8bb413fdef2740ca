"""Check of quarterly figures against the quarter before, and of a survey's points against the edition before.

Points a quarter apart share three quarters of their interviews, so that none moves far; and a point once published stands.
"""

import duckdb

from etl.checks.edition_rules import LargeMove
from etl.core.areas import LONDON
from etl.core.sql_text import sql
from etl.definitions import catalogue, reference

MOST_LISTED = 20
FEWEST = 100
"""A smaller figure may well be several times the one before."""


def large_moves(connection: duckdb.DuckDBPyConnection) -> list[LargeMove]:
    """Each quarterly figure that lies further than any has from the one beside it, with its cell.

    Args:
        connection: where `edition` and `edition_value` are.
    """
    moves: list[LargeMove] = []
    for source in catalogue.sources().values():
        bounds = source.checks
        if "quarter_factor" in bounds:
            moves += _large_factors(connection, source.id, bounds["quarter_factor"])
        if "london_point_step" not in bounds:
            continue
        steps = {
            "source": source.id,
            "london_code": LONDON,
            "london": bounds["london_point_step"],
            "borough": bounds["borough_point_step"],
        }
        rows = connection.execute(sql(__file__, "points_moved"), steps).fetchall()
        moves += [
            LargeMove(
                edition_id,
                other_id,
                f"{cell}: {reference.areas()[area].name}, {measure_id}, {period}: {value:.0%}, where it was {earlier:.0%} "
                f"{earlier_period}; no point has moved as far",
            )
            for edition_id, other_id, cell, area, measure_id, period, earlier, value, earlier_period in rows[:MOST_LISTED]
        ]
        if len(rows) > MOST_LISTED:
            moves.append(LargeMove(rows[-1][0], rows[-1][1], f"and {len(rows) - MOST_LISTED:,} more points moved as far"))
    return moves


def _large_factors(connection: duckdb.DuckDBPyConnection, source_id: str, factor: float) -> list[LargeMove]:
    rows = connection.execute(
        sql(__file__, "points_multiplied"), {"source": source_id, "factor": factor, "fewest": FEWEST}
    ).fetchall()
    moves = [
        LargeMove(
            edition_id,
            edition_id,
            f"{cell}: {reference.areas()[area].name}, {measure_id}, {period}: {value:,.0f}, where it was {earlier:,.0f} in "
            f"{period_before} (expected a step of at most {factor:g} times)",
        )
        for edition_id, cell, area, measure_id, period, earlier, value, period_before in rows[:MOST_LISTED]
    ]
    if len(rows) > MOST_LISTED:
        moves.append(LargeMove(rows[-1][0], rows[-1][0], f"and {len(rows) - MOST_LISTED:,} more figures stepped as far"))
    return moves
