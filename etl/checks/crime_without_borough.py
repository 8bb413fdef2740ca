"""Marks the months in which so much of London's crime has no borough that every borough's figure is too low."""

import duckdb
import pandas as pd

from etl.core.areas import LONDON
from etl.definitions import catalogue, reference

SHARE = "without_a_borough_said"
UNKNOWN = "UNKNOWN"


def mark(connection: duckdb.DuckDBPyConnection, total: str) -> None:
    """Add a break to `break_in_series` for each such month that no reference table tells of, for every borough and command.

    Args:
        connection: where `measure_value`, `edition` and `break_in_series` are.
        total: id of the measure that counts everything.
    """
    source = catalogue.sources()[catalogue.measures()[total].source]
    bound = source.checks[SHARE]
    months = connection.execute(
        """SELECT u.period, u.value / l.value AS share, e.label
           FROM measure_value u JOIN measure_value l USING (measure_id, breakdown, period)
           JOIN edition e ON e.edition_id = u.edition_id
           WHERE u.measure_id = ? AND u.area_code = ? AND l.area_code = ? AND share >= ? ORDER BY 1""",
        [total, UNKNOWN, LONDON, bound],
    ).fetchall()
    areas = [a.code for a in reference.areas().values() if a.kind in ("borough", "bcu")]
    forms = [f.id for m in catalogue.measures().values() if m.source == source.id for f in catalogue.measure_forms(m)]
    rows = [
        (form, area, period, _break_sentence(period, share, label), f"{share:.0%} without a borough", _source(label))
        for period, share, label in months
        if not _is_told(total, period)
        for form in forms
        for area in areas
    ]
    if not rows:
        return
    frame = pd.DataFrame(rows, columns=["measure_id", "area_code", "period", "what", "short", "source"])
    connection.register("unplaced", frame)
    connection.execute(
        """INSERT INTO break_in_series
           SELECT measure_id, area_code, (period || '-01')::DATE, last_day((period || '-01')::DATE), what, 'system', 'mark',
                  source, short FROM unplaced"""
    )
    connection.unregister("unplaced")


def _is_told(total: str, period: str) -> bool:
    """Whether the reference table has a span that ends, about how crime was recorded, over that month of every borough."""
    first_borough = reference.members(LONDON)[0]
    return any(
        b.kind == "system" and b.end is not None and f"{b.start:%Y-%m}" <= period <= f"{b.end:%Y-%m}"
        for b in reference.breaks_for(total, first_borough)
    )


def _break_sentence(period: str, share: float, label: str) -> str:
    return (
        f"In the edition of {label}, {share:.1%} of London crime in {period} has no borough. Borough figures for that month are "
        "understated by about as much."
    )


def _source(label: str) -> str:
    return f"Seen in MPS Recorded Crime: Geographic Breakdown, edition of {label}; cause not documented by the publisher"
