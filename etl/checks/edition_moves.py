"""All checks of how editions moved: each beside the one before it, and its newest month beside the year before."""

from collections.abc import Iterator, Sequence

import duckdb

from etl.checks import beside_last, cell_moves, edition_order, edition_rules, newest_month, newest_period, quarterly_moves

WORKED_OUT = "London moved little since the edition before"
WORKED_OUT_APART = "Each borough and each measure moved little since the edition before"


def moves_beyond_bounds(connection: duckdb.DuckDBPyConnection, added: Sequence[str]) -> list[tuple[str, str]]:
    """(edition, sentence) for each move beyond its bound that touches an edition in `added` and was not accepted before."""
    accepted_rows = connection.execute("SELECT edition_id FROM edition WHERE accepted_reason IS NOT NULL").fetchall()
    accepted = {edition_id for (edition_id,) in accepted_rows}
    moves = [(c.edition_id, c.other_id, sentence) for c, fine, sentence in _movements(connection) if not fine]
    moves += [(s.edition_id, s.other_id, s.sentence) for s in _large_moves(connection, added)]
    touched = set(added)
    return [
        (moved_edition, sentence)
        for moved_edition, other, sentence in moves
        if {moved_edition, other} & touched and moved_edition not in accepted
    ]


def moves_within_bounds(
    connection: duckdb.DuckDBPyConnection, added: Sequence[str], refused: Sequence[tuple[str, str]]
) -> Iterator[str]:
    """How London moved in each comparison that touches an edition in `added`, but for those in `refused`."""
    touched = set(added)
    for comparison, _, sentence in _movements(connection):
        if {comparison.edition_id, comparison.other_id} & touched and (comparison.edition_id, sentence) not in refused:
            yield f"{comparison.edition_id}: {sentence}"


def checks(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, str, str, str]]:
    """Rows of `check_result`: each comparison of London, and each borough, measure or cell beyond its bound."""
    rows = [
        (comparison.edition_id, WORKED_OUT, "passed" if fine else "warned", sentence)
        for comparison, fine, sentence in _movements(connection)
    ]
    return rows + [(s.edition_id, WORKED_OUT_APART, "warned", s.sentence) for s in _large_moves(connection)]


def _movements(connection: duckdb.DuckDBPyConnection) -> Iterator[tuple[edition_rules.Comparison, bool, str]]:
    for comparison in edition_rules.comparisons(connection):
        fine, sentence = edition_rules.movement(comparison, comparison.edition_id.split("/")[0])
        yield comparison, fine, sentence


def _large_moves(connection: duckdb.DuckDBPyConnection, touched: Sequence[str] | None = None) -> list[edition_rules.LargeMove]:
    """`touched`: editions of which each pair has one, where others need not be looked at; None for every pair."""
    beside = beside_last.large_moves(connection, touched)
    moves = [
        *edition_rules.large_moves(connection),
        *newest_month.large_moves(connection),
        *quarterly_moves.large_moves(connection),
        *newest_period.large_moves(connection, touched),
        *edition_order.large_moves(connection, touched),
        *beside,
        *cell_moves.large_moves(connection, edition_rules.TOTAL),
    ]
    connection.execute("DROP TABLE cell_beside")
    return moves
