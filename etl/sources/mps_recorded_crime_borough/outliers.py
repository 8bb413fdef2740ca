"""Checks for unusual figures: a newest month cut short, a cell far from its row, many offences without a borough."""

import duckdb

from etl.core.period import days_in_month
from etl.core.sql_text import sql
from etl.definitions import reference
from etl.definitions.catalogue import Source
from etl.sources.mps_recorded_crime_borough.edition_checks import Months

TOTAL = "total_recorded_crime"
YEAR = 12
MOST_LISTED = 20
FEWEST_IN_A_CELL = 25
"""A newest cell of fewer may well be several times its row: a demonstration made 18 of what had been 2."""


def low_newest_month(source: Source, months: Months) -> list[str]:
    """One sentence where the newest month has fewer offences a day than a whole month could.

    A month that is left out of baselines (a lockdown) may be as low as it is.
    """
    *earlier_months, newest = months.periods
    year = earlier_months[-YEAR:]
    if not year or reference.is_left_out(TOTAL, newest):
        return []
    usual = sum(months.totals[m] for m in year) / sum(days_in_month(m) for m in year)
    share = months.totals[newest] / days_in_month(newest) / usual
    bound = source.checks["newest_month_low"]
    if share >= bound:
        return []
    return [
        f"{newest}: {months.totals[newest]:,.0f} offences in all London, {share:.0%} of the daily average of the {len(year)} "
        f"months before (expected {bound:.0%} or more): the newest month looks like a part of one"
    ]


def cells_out_of_line(connection: duckdb.DuckDBPyConnection, source: Source, months: Months) -> list[str]:
    """One sentence for each cell of a borough far above all others of its row, or, in the newest month, far below them all."""
    bounds = source.checks
    rows = connection.execute(
        sql(__file__, "cells_out_of_line"),
        {
            "newest": months.periods[-1],
            "fewest_months": YEAR,
            "newest_high": bounds["newest_cell_above_row"],
            "high": bounds["cell_above_row"],
            "newest_low": bounds["newest_cell_below_row"],
            "newest_times": bounds["newest_cell_times_row"],
            "newest_fewest": FEWEST_IN_A_CELL,
        },
    ).fetchall()
    sentences = [
        f"{cell}: {reference.areas()[area].name}, {series}, {period}: {value:,.0f} offences, where every other month of the row "
        f"has {'at most' if above else 'at least'} {limit:,.0f}"
        for cell, area, series, period, value, limit, above in rows[:MOST_LISTED]
    ]
    return (
        [*sentences, f"and {len(rows) - MOST_LISTED:,} more cells out of line with their rows"]
        if len(rows) > MOST_LISTED
        else sentences
    )


def months_without_a_borough(connection: duckdb.DuckDBPyConnection, source: Source, table: str) -> list[str]:
    """One sentence for each month in which so many offences have no borough that the boroughs are understated."""
    rows = connection.execute(
        f"SELECT period, sum(value) FILTER (area_code = 'UNKNOWN') / sum(value) AS share FROM {table} GROUP BY 1 "
        "HAVING share >= ? ORDER BY 1",
        [source.checks["without_a_borough_said"]],
    ).fetchall()
    return [
        f"{period}: {share:.1%} of London's offences have no borough; the boroughs are understated by about as much"
        for period, share in rows
    ]
