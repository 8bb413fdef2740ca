"""Every edition beside the ones before it and by its newest month: what moved, what moved too far, what is recorded of it."""

from collections.abc import Iterator, Sequence

import duckdb

from etl.checks import cell_by_cell, edition_rules, newest_month, quarterly_points

WORKED_OUT = "London moved little since the edition before"
WORKED_OUT_APART = "Each borough and each measure moved little since the edition before"


def beyond(connection: duckdb.DuckDBPyConnection, added: Sequence[str]) -> list[tuple[str, str]]:
    """(edition, sentence) for each move beyond its bound that touches an edition in `added` and was not accepted before."""
    before = connection.execute("SELECT edition_id FROM edition WHERE accepted_reason IS NOT NULL").fetchall()
    accepted = {edition_id for (edition_id,) in before}
    found = [(c.edition_id, c.other_id, sentence) for c, fine, sentence in _movements(connection) if not fine]
    found += [(s.edition_id, s.other_id, s.sentence) for s in _strays(connection)]
    touched = set(added)
    return [(one, sentence) for one, other, sentence in found if {one, other} & touched and one not in accepted]


def within(connection: duckdb.DuckDBPyConnection, added: Sequence[str], refused: Sequence[tuple[str, str]]) -> Iterator[str]:
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
    return rows + [(s.edition_id, WORKED_OUT_APART, "warned", s.sentence) for s in _strays(connection)]


def _movements(connection: duckdb.DuckDBPyConnection) -> Iterator[tuple[edition_rules.Comparison, bool, str]]:
    for comparison in edition_rules.comparisons(connection):
        fine, sentence = edition_rules.movement(comparison, comparison.edition_id.split("/")[0])
        yield comparison, fine, sentence


def _strays(connection: duckdb.DuckDBPyConnection) -> list[edition_rules.Strayed]:
    return [
        *edition_rules.strays(connection),
        *newest_month.strays(connection),
        *quarterly_points.strays(connection),
        *cell_by_cell.strays(connection, edition_rules.TOTAL),
    ]
