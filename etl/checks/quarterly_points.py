"""Quarterly figures beside the quarter before in the same file, and a survey's points beside themselves in the edition before.

Points a quarter apart share three quarters of their interviews, so that none moves far; and a point once published stands.
"""

import duckdb

from etl.checks.edition_rules import Strayed
from etl.core.areas import LONDON
from etl.definitions import catalogue, reference

MOST_LISTED = 20
FEWEST = 100
"""A smaller figure may well be several times the one before."""

_STEPS = f"""
    WITH stepped AS (SELECT v.*, lag(v.value) OVER w AS before, lag(v.period) OVER w AS period_before
                     FROM edition_value v JOIN edition e USING (edition_id) WHERE e.source_id = $source
                     WINDOW w AS (PARTITION BY v.edition_id, v.measure_id, v.area_code, v.breakdown ORDER BY v.period))
    SELECT edition_id, edition_id, cells, area_code, measure_id, period, before, value, 'in ' || period_before FROM stepped
    WHERE abs(value - before) > CASE WHEN area_code = '{LONDON}' THEN $london ELSE $borough END
    ORDER BY edition_id, period, area_code, measure_id"""

_REVISED = """
    WITH pair AS (SELECT a.*, b.edition_id AS other_id, b.value AS before, f.label
                  FROM edition_value a JOIN edition e ON e.edition_id = a.edition_id AND e.source_id = $source
                  JOIN edition_value b USING (measure_id, area_code, breakdown, period)
                  JOIN edition f ON f.edition_id = b.edition_id AND f.published_on < e.published_on
                  QUALIFY row_number() OVER (PARTITION BY a.edition_id, a.measure_id, a.area_code, a.breakdown, a.period
                                             ORDER BY f.published_on DESC, b.edition_id DESC) = 1)
    SELECT edition_id, other_id, cells, area_code, measure_id, period, before, value, 'in edition ' || label FROM pair
    WHERE abs(value - before) > $revised ORDER BY edition_id, period, area_code, measure_id"""


_FACTOR = f"""
    WITH stepped AS (SELECT v.*, lag(v.value) OVER w AS before, lag(v.period) OVER w AS period_before,
                            min(v.value) OVER every AS least
                     FROM edition_value v JOIN edition e USING (edition_id) WHERE e.source_id = $source
                     WINDOW w AS (PARTITION BY v.edition_id, v.measure_id, v.area_code, v.breakdown ORDER BY v.period),
                            every AS (PARTITION BY v.edition_id, v.measure_id))
    SELECT edition_id, cells, area_code, measure_id, period, before, value, period_before FROM stepped
    WHERE least >= 0 AND greatest(value, before) >= {FEWEST} AND (value > $factor * before OR before > $factor * value)
    ORDER BY edition_id, period, area_code, measure_id"""
"""A measure that may be negative (a balance) has no factor."""


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
        steps = {"source": source.id, "london": bounds["london_point_step"], "borough": bounds["borough_point_step"]}
        revised = {"source": source.id, "revised": bounds["point_revised"]}
        for statement, asked in ((_STEPS, steps), (_REVISED, revised)):
            rows = connection.execute(statement, asked).fetchall()
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
    rows = connection.execute(_FACTOR, {"source": source_id, "factor": factor}).fetchall()
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
