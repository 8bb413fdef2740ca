"""What must be true of an edition beside the ones already held, before anyone may see it."""

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb

from etl import catalogue

TOTAL = "total_recorded_crime"
MOST_LISTED = 40


@dataclass(frozen=True)
class Comparison:
    """London over the months two editions share."""

    edition_id: str
    other_id: str
    months: int
    change: float
    worst_month: str
    worst_change: float
    cells: int
    cells_moved: int


def contradictions(connection: duckdb.DuckDBPyConnection, new: Sequence[str]) -> list[str]:
    """One sentence for each cell that two editions of one source and one date of publication give differently.

    Args:
        connection: where `observation` and `edition` hold old and new editions alike.
        new: ids of the editions being added; at least one of each pair is among them.
    """
    rows = connection.execute(
        """SELECT a.file_name, oa.sheet_column || oa.sheet_row, oa.value, b.file_name, ob.sheet_column || ob.sheet_row, ob.value,
                  oa.series, oa.area_code, oa.period
           FROM edition a JOIN edition b ON a.source_id = b.source_id AND a.published_on = b.published_on AND a.edition_id < b.edition_id
           JOIN observation oa ON oa.edition_id = a.edition_id
           JOIN observation ob ON ob.edition_id = b.edition_id AND ob.series = oa.series AND ob.area_code = oa.area_code
                AND ob.breakdown = oa.breakdown AND ob.period = oa.period
           WHERE oa.value IS DISTINCT FROM ob.value AND (list_contains(?, a.edition_id) OR list_contains(?, b.edition_id))
           ORDER BY oa.period, oa.area_code, oa.series""",
        [list(new), list(new)],
    ).fetchall()
    said = [
        f"{series}, {area}, {period}: {one} {cell} says {value}, {other} {other_cell} says {other_value}; both are editions of one date. "
        "If one is a later correction, add it with the day it came out (--published)"
        for one, cell, value, other, other_cell, other_value, series, area, period in rows[:MOST_LISTED]
    ]
    return [*said, f"and {len(rows) - MOST_LISTED:,} more cells"] if len(rows) > MOST_LISTED else said


def comparisons(connection: duckdb.DuckDBPyConnection) -> list[Comparison]:
    """Each edition of recorded crime beside the one published before it, over the months both hold, where their totals may be joined.

    The same whatever the order of adding, since it looks only at what is held. Reads `edition`, `edition_value` and `concordance`.
    """
    rows = connection.execute(
        """WITH joined AS (SELECT DISTINCT source_id, form, link FROM concordance WHERE measure_id = ?),
                total AS (SELECT v.edition_id, v.area_code, v.period, v.value, e.published_on, e.source_id, j.link
                          FROM edition_value v JOIN edition e USING (edition_id)
                          JOIN joined j ON j.source_id = e.source_id AND j.form = e.form WHERE v.measure_id = ?),
                pair AS (SELECT a.edition_id, a.area_code, a.period, a.value, b.edition_id AS other_id, b.value AS other_value,
                                row_number() OVER (PARTITION BY a.edition_id, a.area_code, a.period ORDER BY b.published_on DESC, b.edition_id DESC) AS nearest
                         FROM total a JOIN total b ON b.source_id = a.source_id AND b.area_code = a.area_code AND b.period = a.period
                              AND b.link = a.link AND b.published_on < a.published_on),
                chosen AS (SELECT * FROM pair WHERE nearest = 1),
                london AS (SELECT edition_id, other_id, period, value, other_value FROM chosen WHERE area_code = 'E12000007'),
                cell AS (SELECT edition_id, other_id, count(*) AS cells, count(*) FILTER (value <> other_value) AS moved
                         FROM chosen WHERE area_code LIKE 'E09%' GROUP BY ALL)
           SELECT l.edition_id, l.other_id, count(*), sum(l.value) / sum(l.other_value) - 1,
                  arg_max(l.period, abs(l.value / l.other_value - 1)), arg_max(l.value / l.other_value - 1, abs(l.value / l.other_value - 1)),
                  any_value(c.cells), any_value(c.moved)
           FROM london l JOIN cell c USING (edition_id, other_id) GROUP BY 1, 2 ORDER BY 1, 2""",
        [TOTAL, TOTAL],
    ).fetchall()
    return [Comparison(*row) for row in rows]


def movement(comparison: Comparison, source_id: str) -> tuple[bool, str]:
    """Whether London moved by no more than the source's stated bounds, and the sentence that says how much it moved."""
    bounds = catalogue.sources()[source_id].checks
    whole, month = bounds["london_shared_months_bound"], bounds["london_one_month_bound"]
    fine = abs(comparison.change) <= whole and abs(comparison.worst_change) <= month
    sentence = (
        f"London moved {_signed(comparison.change)} over {comparison.months} months shared with {comparison.other_id} (bound {whole:.0%}); "
        f"most in {comparison.worst_month}, {_signed(comparison.worst_change)} (bound {month:.0%}); "
        f"{comparison.cells_moved:,} of {comparison.cells:,} borough-months moved"
    )
    return fine, sentence


def _signed(share: float) -> str:
    return f"{share:+.2%}".replace("-", "−")
