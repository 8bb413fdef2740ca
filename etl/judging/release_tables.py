"""Panels and series read from a release's tables: what the judging works on. The only SQL of it besides `late_revisions`."""

import datetime as dt
from collections.abc import Mapping, Sequence

import duckdb
import numpy as np

from etl.core.areas import LONDON, UNKNOWN
from etl.core.period import every_month, months_between, months_in
from etl.definitions import catalogue, reference
from etl.judging.lateness import Timing
from etl.judging.panel import Break, Panel
from etl.methods.arrays import Floats

KINDS = ("force", "borough", "bcu")
LEAST_PLACED = 0.5
"""A month in which fewer were placed says nothing of boroughs; dividing by less would make much of little."""
WHOLE_MONTH_BY = 7
"""A step in the first week of a month starts the new segment with that month; a later one with the next."""


def panel(
    connection: duckdb.DuckDBPyConnection, values: str, measure: catalogue.Measure, settling: Mapping[str, Sequence[float]]
) -> Panel | None:
    """One measure of recorded crime in London, the boroughs and the commands; None where no value is held."""
    kinds = {code: area.kind for code, area in reference.areas().items()}
    rows_of_measure = connection.execute(
        f"SELECT area_code, period, value FROM {values} WHERE measure_id = ? AND breakdown = '' AND value IS NOT NULL",
        [measure.id],
    ).fetchall()
    rows = [r for r in rows_of_measure if kinds.get(r[0]) in KINDS]
    if not rows:
        return None
    months = tuple(every_month(min(r[1] for r in rows), max(r[1] for r in rows)))
    position = {m: i for i, m in enumerate(months)}
    areas = tuple(sorted({r[0] for r in rows}, key=lambda code: (KINDS.index(kinds[code]), code)))
    row_of = {code: i for i, code in enumerate(areas)}
    table: Floats = np.full((len(areas), len(months)), np.nan)
    for code, period, value in rows:
        table[row_of[code], position[period]] = value
    held_breaks = breaks(connection, measure.id)
    placed = placed_share(rows_of_measure, months)
    return Panel(measure.id, measure.better, areas, tuple(kinds[a] for a in areas), months, table, held_breaks, settling, placed)


def placed_share(rows: Sequence[tuple[str, str, float]], months: Sequence[str]) -> Floats:
    """The share of London's offences of each month that have a borough on record, shape (months,), from (area, month, value).

    1 where none is recorded without one, and where London has no offence or no figure.
    """
    whole = {month: value for area, month, value in rows if area == LONDON}
    unplaced = {month: value for area, month, value in rows if area == UNKNOWN}
    shares = [1 - unplaced.get(month, 0.0) / whole[month] if whole.get(month) else 1.0 for month in months]
    return np.clip(np.array(shares, dtype=np.float64), LEAST_PLACED, 1.0)


def breaks(connection: duckdb.DuckDBPyConnection, measure_id: str) -> dict[str, tuple[Break, ...]]:
    """The breaks that part a measure's months, by area ("*" for every area)."""
    rows = connection.execute(
        'SELECT area_code, start, "end", what, treatment FROM break_in_series '
        "WHERE measure_id = ? AND treatment IN ('restart', 'do_not_compare', 'leave_out') ORDER BY ALL",
        [measure_id],
    ).fetchall()
    by_area: dict[str, list[Break]] = {}
    for area, start, end, what, treatment in rows:
        # A step late in a month spoils that month.
        first = start if start.day <= WHOLE_MONTH_BY else (start.replace(day=28) + dt.timedelta(days=4)).replace(day=1)
        by_area.setdefault(area, []).append(
            Break(f"{first:%Y-%m}", f"{end:%Y-%m}" if end else None, treatment != "leave_out", what, f"{start:%Y-%m}")
        )
    return {area: tuple(items) for area, items in by_area.items()}


def series(connection: duckdb.DuckDBPyConnection, values: str, measure_id: str) -> dict[str, dict[str, float]]:
    """Value by period of a measure, by area; whole areas only."""
    rows = connection.execute(
        f"SELECT area_code, period, value FROM {values} "
        "WHERE measure_id = ? AND breakdown = '' AND value IS NOT NULL ORDER BY 1, 2",
        [measure_id],
    ).fetchall()
    by_area: dict[str, dict[str, float]] = {}
    for area, period, value in rows:
        by_area.setdefault(area, {})[period] = value
    return by_area


def timings(connection: duckdb.DuckDBPyConnection, as_of: dt.date | None) -> dict[str, Timing]:
    """When each source's figures come out, seen from the release's own date: that of its newest edition, or `as_of`."""
    rows = connection.execute(
        "SELECT source_id, arg_max(last_period, (last_period, published_on)), arg_max(label, (last_period, published_on)), "
        "max(max(published_on)) OVER () FROM edition WHERE ?::DATE IS NULL OR published_on <= ? GROUP BY 1",
        [as_of, as_of],
    ).fetchall()
    by_source = {}
    for source_id, last, label, newest in rows:
        step = months_in(catalogue.sources()[source_id].cadence)
        by_source[source_id] = Timing(as_of or newest, step, max(0, months_between(last, label)))
    return by_source
