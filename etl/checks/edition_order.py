"""Check of editions in order: an older file sent as a new one, periods left out, a date nobody gave that does not fit."""

from collections.abc import Sequence

import duckdb

from etl.checks.edition_rules import LargeMove
from etl.core.period import month_number
from etl.definitions import catalogue

LATE = 6
"""Months after the last edition of a form by which one more is no surprise."""
SHORTER = """
    SELECT a.edition_id, b.edition_id, a.source_id, a.label, a.first_period, a.last_period, b.label, b.first_period, b.last_period
    FROM edition a
    JOIN edition b ON b.source_id = a.source_id AND b.form = a.form AND b.part = a.part AND b.published_on < a.published_on
    QUALIFY row_number() OVER (PARTITION BY a.edition_id ORDER BY b.published_on DESC, b.edition_id DESC) = 1
    ORDER BY ALL"""

INFERRED = """
    SELECT a.edition_id, a.source_id, a.form, a.label, a.last_period,
        a.part = 'historical' AND NOT EXISTS (
            FROM edition b
            WHERE b.source_id = a.source_id AND b.part = 'recent' AND b.published_on = a.published_on
              AND try_cast(b.first_period || '-01' AS DATE) <= try_cast(a.last_period || '-01' AS DATE) + INTERVAL 1 MONTH
        )
    FROM edition a
    WHERE a.published_basis = 'inferred'
    ORDER BY ALL"""


def large_moves(connection: duckdb.DuckDBPyConnection, touched: Sequence[str] | None = None) -> list[LargeMove]:
    """One sentence for each edition that ends before the one published before it did, or leaves out where its series began.

    Args:
        connection: where `edition` is.
        touched: editions of which each pair has one; None for every pair.
    """
    moves = []
    for edition_id, other_id, source_id, label, first, last, other_label, other_first, other_last in connection.execute(
        SHORTER
    ).fetchall():
        source = catalogue.sources()[source_id]
        if source.layout == "records" or (touched is not None and not {edition_id, other_id} & set(touched)):
            continue
        if month_number(last) < month_number(other_last):
            sentence = (
                f"it ends with {last}, and the edition of {other_label} before it with {other_last}: is this an older edition? "
                f"Then give the day it came out (--published); it is taken as one of {label}"
            )
            moves.append(LargeMove(edition_id, other_id, sentence))
        elif source.restates_whole_series and month_number(first) > month_number(other_first):
            sentence = (
                f"it begins with {first}, and the edition of {other_label} before it with {other_first}: what came before would "
                "no longer be shown"
            )
            moves.append(LargeMove(edition_id, other_id, sentence))
    return moves + _doubtful_dates(connection, touched)


def _doubtful_dates(connection: duckdb.DuckDBPyConnection, touched: Sequence[str] | None) -> list[LargeMove]:
    """Inferred dates that rest on nothing: a long file without the rest of its edition, or a form no longer in use by then."""
    moves = []
    for edition_id, source_id, form, label, last, is_alone in connection.execute(INFERRED).fetchall():
        if touched is not None and edition_id not in touched:
            continue
        ended = catalogue.sources()[source_id].forms[form].in_use_to
        why = (
            f"its form {form} was in use to {ended}"
            if ended and month_number(label) > month_number(ended) + LATE
            else "the rest of that edition, the months after, is not held"
            if is_alone
            else ""
        )
        if why:
            sentence = (
                f"its months end with {last} and it would be dated {label}, which nobody gave; {why}. If somebody joined two "
                "files, or it came out on another day, give the day it came out (--published)"
            )
            moves.append(LargeMove(edition_id, edition_id, sentence))
    return moves
