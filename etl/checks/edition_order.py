"""Check that a later edition says no less than the one before it: an older file sent as a new one, or periods left out."""

from collections.abc import Sequence

import duckdb

from etl.checks.edition_rules import LargeMove
from etl.core.period import month_number
from etl.definitions import catalogue

SHORTER = """
    SELECT a.edition_id, b.edition_id, a.source_id, a.label, a.first_period, a.last_period, b.label, b.first_period, b.last_period
    FROM edition a
    JOIN edition b ON b.source_id = a.source_id AND b.form = a.form AND b.part = a.part AND b.published_on < a.published_on
    QUALIFY row_number() OVER (PARTITION BY a.edition_id ORDER BY b.published_on DESC, b.edition_id DESC) = 1
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
    return moves
