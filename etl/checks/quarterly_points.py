"""Quarterly figures beside the quarter before in the same file, and a survey's points beside themselves in the edition before.

Points a quarter apart share three quarters of their interviews, so that none moves far; and a point once published stands.
"""

import duckdb

from etl.checks.edition_rules import Strayed
from etl.core.areas import LONDON
from etl.core.sql_text import sql
from etl.definitions import catalogue, reference

MOST_LISTED = 20
FEWEST = 100
"""A smaller figure may well be several times the one before."""


def strays(connection: duckdb.DuckDBPyConnection) -> list[Strayed]:
    """Each quarterly figure that lies further than any has from the one beside it, with its cell.

    Args:
        connection: where `edition` and `edition_value` are.
    """
    found: list[Strayed] = []
    for source in catalogue.sources().values():
        bounds = source.checks
        if "quarter_factor" in bounds:
            found += _times(connection, source.id, bounds["quarter_factor"])
        if "point_revised" not in bounds:
            continue
        steps = {
            "source": source.id,
            "london_code": LONDON,
            "london": bounds["london_point_step"],
            "borough": bounds["borough_point_step"],
        }
        revised = {"source": source.id, "revised": bounds["point_revised"]}
        for name, parameters in (("points_moved", steps), ("points_revised", revised)):
            rows = connection.execute(sql(__file__, name), parameters).fetchall()
            found += [
                Strayed(
                    edition_id,
                    other_id,
                    f"{cell}: {reference.areas()[area].name}, {measure_id}, {period}: {value:.0%}, where it was {before:.0%} "
                    f"{where}; no point has moved as far",
                )
                for edition_id, other_id, cell, area, measure_id, period, before, value, where in rows[:MOST_LISTED]
            ]
            if len(rows) > MOST_LISTED:
                found.append(Strayed(rows[-1][0], rows[-1][1], f"and {len(rows) - MOST_LISTED:,} more points moved as far"))
    return found


def _times(connection: duckdb.DuckDBPyConnection, source_id: str, factor: float) -> list[Strayed]:
    rows = connection.execute(
        sql(__file__, "points_multiplied"), {"source": source_id, "factor": factor, "fewest": FEWEST}
    ).fetchall()
    found = [
        Strayed(
            edition_id,
            edition_id,
            f"{cell}: {reference.areas()[area].name}, {measure_id}, {period}: {value:,.0f}, where it was {before:,.0f} in "
            f"{period_before} (expected a step of at most {factor:g} times)",
        )
        for edition_id, cell, area, measure_id, period, before, value, period_before in rows[:MOST_LISTED]
    ]
    if len(rows) > MOST_LISTED:
        found.append(Strayed(rows[-1][0], rows[-1][0], f"and {len(rows) - MOST_LISTED:,} more figures stepped as far"))
    return found
