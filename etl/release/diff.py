"""What one release says that another did not: editions, months and figures that moved."""

from dataclasses import dataclass

import duckdb

from etl.core.areas import LONDON


@dataclass(frozen=True)
class Moved:
    """One measure, London (or the first area that has it), between two releases."""

    measure_id: str
    new_periods: int
    first_new: str | None
    last_new: str | None
    lost_periods: int
    shared_periods: int
    moved_periods: int
    largest_period: str | None
    largest_from: float | None
    largest_to: float | None
    cells: int
    cells_moved: int


def editions_added(connection: duckdb.DuckDBPyConnection, old: str, new: str) -> list[str]:
    """Ids of the editions the release attached as `new` has and the one attached as `old` has not."""
    rows = connection.execute(
        f"SELECT edition_id FROM {new}.edition WHERE edition_id NOT IN (SELECT edition_id FROM {old}.edition) ORDER BY 1"
    ).fetchall()
    return [row[0] for row in rows]


def moved(connection: duckdb.DuckDBPyConnection, old: str, new: str) -> list[Moved]:
    """Every base measure whose figures differ between two releases; counts are of all areas, the largest move is London's."""
    rows = connection.execute(
        f"""WITH o AS (SELECT measure_id, area_code, breakdown, period, value FROM {old}.measure_value
            WHERE measure_id IN (SELECT DISTINCT measure_id FROM {new}.edition_value)),
                 n AS (SELECT measure_id, area_code, breakdown, period, value FROM {new}.measure_value
                     WHERE measure_id IN (SELECT DISTINCT measure_id FROM {new}.edition_value)),
                 both_sides AS (SELECT coalesce(n.measure_id, o.measure_id) AS measure_id, coalesce(n.area_code,
                     o.area_code) AS area_code,
                                coalesce(n.period, o.period) AS period, o.value AS before, n.value AS after,
                                o.measure_id IS NULL AS is_new, n.measure_id IS NULL AS is_lost
                         FROM o FULL JOIN n USING (measure_id, area_code, breakdown, period)),
                 london AS (SELECT * FROM both_sides WHERE area_code = '{LONDON}')
            SELECT b.measure_id, count(DISTINCT period) FILTER (is_new), min(period) FILTER (is_new),
                max(period) FILTER (is_new),
                   count(DISTINCT period) FILTER (is_lost), count(DISTINCT period) FILTER (NOT is_new AND NOT is_lost),
                   count(DISTINCT period) FILTER (before <> after),
                   (SELECT arg_max(period, (abs(after - before), period)) FROM london l WHERE l.measure_id = b.measure_id
                       AND before <> after),
                   (SELECT arg_max(before, (abs(after - before), period)) FROM london l WHERE l.measure_id = b.measure_id
                       AND before <> after),
                   (SELECT arg_max(after, (abs(after - before), period)) FROM london l WHERE l.measure_id = b.measure_id
                       AND before <> after),
                   count(*) FILTER (NOT is_new AND NOT is_lost), count(*) FILTER (before IS DISTINCT FROM after
                   AND NOT is_new AND NOT is_lost)
            FROM both_sides b GROUP BY 1
            HAVING count(*) FILTER (is_new OR is_lost OR before IS DISTINCT FROM after) > 0 ORDER BY 1"""
    ).fetchall()
    return [Moved(*row) for row in rows]
