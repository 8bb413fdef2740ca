"""A release in the making: opened empty or filled from the live one, then derived, judged, defined and published."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import duckdb

from etl.checks import crime_without_borough, edition_moves, edition_rules
from etl.core.errors import WarehouseMissing
from etl.definitions import catalogue, reference
from etl.judging.ledger import Key
from etl.judging.moves import Move
from etl.release import derive, diff, judge, ledger, ledger_moved, publish
from etl.sources import read
from etl.warehouse import attach, current_release


def new_connection() -> duckdb.DuckDBPyConnection:
    """The tables of the warehouse, empty, in memory."""
    connection = duckdb.connect(":memory:")
    publish.create_tables(connection)
    return connection


def load_live(connection: duckdb.DuckDBPyConnection, warehouse_dir: Path) -> Path | None:
    """Copy what the live release holds of the publishers' own into `connection`; None where there is no release yet.

    Raises:
        ReleaseUnusable: it is not as it was published, or another tool has it open.
    """
    try:
        live = current_release(warehouse_dir)
    except WarehouseMissing:
        return None
    attach(connection, live, "live")
    for table in ("edition", "observation", "rejected_row"):
        connection.execute(f"INSERT INTO {table} BY NAME SELECT * FROM live.{table}")
    # The comparison with neighbours is worked out anew each time, since a new neighbour may have come between.
    connection.execute(
        'INSERT INTO check_result SELECT * FROM live.check_result WHERE "check" NOT IN (?, ?)',
        [edition_moves.WORKED_OUT, edition_moves.WORKED_OUT_APART],
    )
    connection.execute("DETACH live")
    return live


def finish(
    connection: duckdb.DuckDBPyConnection, warehouse_dir: Path, say: Callable[[str], None], *, derived: bool = False
) -> Path:
    """Derive what is not yet derived, fill the tables that come from definitions, publish."""
    if not derived:
        derive.load_definitions(connection)
        derive.edition_values(connection)
    derive.current_values(connection, "current_value")
    connection.execute("INSERT INTO measure_value BY NAME SELECT * FROM current_value")
    derive.breaks(connection)
    crime_without_borough.mark(connection, edition_rules.TOTAL)
    say("reaching verdicts")
    judgement = judge.judge(connection)
    judge.store(connection, judgement)
    ledger.store(connection, moves=_moves(judgement))
    _fill_definitions(connection)
    sha256 = publish.contents_sha256(connection)
    name = publish.release_name(connection, sha256)
    row = connection.execute(
        "SELECT max(last_period), (SELECT max(published_on) FROM edition) FROM edition WHERE source_id = ?", [read.RECORDED_CRIME]
    ).fetchone() or (None, None)
    built = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    connection.execute("INSERT INTO release VALUES (?, ?, ?, ?, ?)", [name, built, row[0] or "", row[1], sha256])
    path = publish.publish(connection, warehouse_dir, name)
    say(f"release {name} is live: recorded crime to {row[0] or 'none held'}")
    return path


def _fill_definitions(connection: duckdb.DuckDBPyConnection) -> None:
    # What could be read and never was is no part of a release, unless somebody waits for it.
    with_editions = {source_id for (source_id,) in connection.execute("SELECT DISTINCT source_id FROM edition").fetchall()}
    connection.executemany(
        "INSERT INTO source VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (s.id, s.title, s.publisher, s.landing_page, s.licence, s.attribution, s.cadence, s.note)
            for s in catalogue.sources().values()
            if s.is_awaited or s.id in with_editions
        ],
    )
    connection.executemany(
        "INSERT INTO area VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            (a.code, a.name, a.kind, a.parent or None, a.valid_from, a.valid_to or None, a.note)
            for a in reference.areas().values()
        ],
    )
    if checks := edition_moves.checks(connection):
        connection.executemany("INSERT INTO check_result VALUES (?, ?, ?, ?)", checks)


def moved_since(live: Path | None, new: Path) -> list[diff.Moved]:
    """What `new` says that `live`, the release before it, does not; [] where there was none or they are the same."""
    if live is None or live == new:
        return []
    return diff.moved(live, new)


def ledger_since(live: Path | None, new: Path) -> list[str]:
    """A line for each change that entered or left the ledger between two releases; [] where there was none before."""
    if live is None or live == new:
        return []
    connection = duckdb.connect(":memory:")
    attach(connection, live, "before")
    attach(connection, new, "after")
    return ledger_moved.between(ledger_moved.stands(connection, "before"), ledger_moved.stands(connection, "after"))


def ledger_ahead(connection: duckdb.DuckDBPyConnection, live: Path | None) -> list[str]:
    """The same for a release that is only looked at: which changes would enter or leave, with the editions in `connection`."""
    if live is None:
        return []
    attach(connection, live, "live")
    before = ledger_moved.stands(connection, "live")
    connection.execute("DETACH live")
    if not before:
        return []
    derive.current_values(connection, "current_value")
    derive.breaks(connection)
    ledger.store(connection, "current_value", _moves(judge.judge(connection, "current_value")))
    return ledger_moved.between(before, ledger_moved.stands(connection), would=True)


def _moves(judgement: judge.Judgement) -> dict[Key, Move | None]:
    """What the verdicts say of each (measure, area), once their lists are looked at."""
    return {(finding.measure, finding.area): finding.move for finding in judgement.findings}
