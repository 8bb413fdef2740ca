"""What must be true of an edition beside the ones already held, before anyone may see it."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import duckdb

from etl.core.areas import LONDON
from etl.core.period import days_of, first_day, kind_of
from etl.core.sql_text import sql
from etl.definitions import catalogue, reference

TOTAL = "total_recorded_crime"
MOST_LISTED = 40
FEWEST_TO_COMPARE = 1_000
"""A sum smaller than this moves by more than any bound for no reason."""


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


def dates(last_period: str, published: dt.date, today: dt.date) -> list[str]:
    """One sentence for each impossible date of an edition.

    Args:
        last_period: the last it holds: 2025-06, 2025-Q2 or 2024 (a mid-year estimate, over by July).
        published: the day it came out, as given or inferred.
        today: the day it is.
    """
    first_day_after = _day_after(last_period)
    sentences = []
    if first_day_after > today:
        sentences.append(f"expected figures for periods that are over; found {last_period}, and today is {today.isoformat()}")
    if published > today:
        sentences.append(
            f"expected a day of publication that has come; found {published.isoformat()}, and today is {today.isoformat()}"
        )
    elif published < first_day_after:
        sentences.append(f"expected a day of publication after the last period, {last_period}; found {published.isoformat()}")
    return sentences


def _day_after(period: str) -> dt.date:
    """The first day on which the period is over."""
    # The year of a population estimate is over at mid-year.
    return first_day(f"{period}-07") if kind_of(period) == "year" else days_of(period)[1] + dt.timedelta(days=1)


def contradictions(connection: duckdb.DuckDBPyConnection, added: Sequence[str]) -> list[str]:
    """One sentence for each cell that two editions of one source and one date of publication give differently.

    Where a source leaves out rows of noughts, a row that only one of two editions has is compared with nought.

    Args:
        connection: where `observation` and `edition` hold old and new editions alike.
        added: ids of the editions being added; at least one of each pair is among them.
    """
    zeros = [s.id for s in catalogue.sources().values() if s.missing_row_is_zero]
    rows = connection.execute(
        sql(__file__, "contradictions"),
        {"zeros": zeros, "new": list(added)},
    ).fetchall()
    sentences = [
        f"{first_file} and {second_file} are editions of one date and differ in {count:,} {'cell' if count == 1 else 'cells'}. "
        "If one is a later correction, add it with the day it came out (--published)"
        for (first_file, second_file), count in Counter((row[0], row[3]) for row in rows).items()
    ]
    sentences += [
        f"{reference.areas()[area].name}, {series}, {period}: {first_file} {cell or 'has no row:'} says {_value_text(value)}, "
        f"{second_file} {other_cell or 'has no row:'} says {_value_text(other_value)}"
        for first_file, cell, value, second_file, other_cell, other_value, series, area, period in rows[:MOST_LISTED]
    ]
    return [*sentences, f"and {len(rows) - MOST_LISTED:,} more cells"] if len(rows) > MOST_LISTED else sentences


def same_figures(connection: duckdb.DuckDBPyConnection, source_id: str, table: str) -> str | None:
    """The file and edition that hold exactly the figures staged in `table` (one file saved again); None if none does."""
    figures = "t.series, t.area_code, t.breakdown, t.period, t.value, t.status"
    row = connection.execute(
        f"""WITH staged AS (SELECT count(*) AS n, bit_xor(hash({figures})) AS figures FROM {table} t),
                 held AS (SELECT t.edition_id, count(*) AS n, bit_xor(hash({figures})) AS figures
                          FROM observation t JOIN edition e USING (edition_id) WHERE e.source_id = ? GROUP BY 1)
            SELECT e.file_name || ' of edition ' || e.label FROM held h JOIN staged s USING (n, figures)
            JOIN edition e USING (edition_id) ORDER BY e.edition_id LIMIT 1""",
        [source_id],
    ).fetchone()
    return str(row[0]) if row else None


def comparisons(connection: duckdb.DuckDBPyConnection) -> list[Comparison]:
    """Each edition of recorded crime beside the one before it, over the months both hold, where totals may be joined.

    The same whatever the order of adding, since it looks only at what is held. Reads `edition`,
    `edition_value` and `concordance`.
    """
    rows = connection.execute(
        sql(__file__, "london_moved"),
        {"total": TOTAL, "london": LONDON},
    ).fetchall()
    return [Comparison(*row) for row in rows]


def movement(comparison: Comparison, source_id: str) -> tuple[bool, str]:
    """Whether London moved by no more than the source's stated bounds, and the sentence that says how much it moved."""
    bounds = catalogue.sources()[source_id].checks
    month = bounds["london_one_month_bound"]
    # The newest months move most: where few months are shared they weigh more, so the bound is wider.
    whole = bounds["london_shared_months_bound"] + month / comparison.months
    fine = abs(comparison.change) <= whole and abs(comparison.worst_change) <= month
    sentence = (
        f"London moved {_signed(comparison.change)} over {comparison.months} months shared with {comparison.other_id} (bound "
        f"{whole:.1%}); "
        f"most in {comparison.worst_month}, {_signed(comparison.worst_change)} (bound {month:.0%}); "
        f"{comparison.cells_moved:,} of {comparison.cells:,} borough-months moved"
    )
    return fine, sentence


@dataclass(frozen=True)
class LargeMove:
    """One figure or total that moved between two editions, or from month to month, by more than its bound."""

    edition_id: str
    other_id: str
    sentence: str


def large_moves(connection: duckdb.DuckDBPyConnection) -> list[LargeMove]:
    """Boroughs and measures that moved beyond their bounds where London may not have: labels exchanged, a column shifted."""
    rows = connection.execute(
        sql(__file__, "totals_moved"),
        {"total": TOTAL, "london": LONDON, "fewest": FEWEST_TO_COMPARE},
    ).fetchall()
    moves = []
    for edition_id, other_id, source_id, measure_id, area, months, value, earlier in rows:
        name = "borough_shared_months_bound" if measure_id == TOTAL else "measure_shared_months_bound"
        bound = catalogue.sources()[source_id].checks.get(name)
        if bound is not None and abs(value / earlier - 1) > bound:
            subject = reference.areas()[area].name if measure_id == TOTAL else f"{measure_id} in London"
            sentence = (
                f"{subject} moved {_signed(value / earlier - 1)} over {months} months shared with {other_id} "
                f"(bound {bound:.0%}): {earlier:,.0f} to {value:,.0f}"
            )
            moves.append(LargeMove(edition_id, other_id, sentence))
    return moves


def _value_text(value: float | None) -> str:
    return "no figure" if value is None else f"{value:,.0f}" if value.is_integer() else f"{value:g}"


def _signed(share: float) -> str:
    return f"{share:+.2%}".replace("-", "−")
