"""The ledger of a release: the one kept with the project carried on through every edition since, and written to its table.

It is worked out from the editions held and what is kept with the project alone, so the order in which files were added makes no
difference. Where the edition that the kept ledger reaches is not held (another city's warehouse, or one as of an earlier day),
it begins with the edition before the newest.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import duckdb
import pandas as pd

from etl.core.change_status import Cause, ChangeStatus
from etl.core.grade import MoveState
from etl.definitions import catalogue
from etl.judging import fitted, ledger_kept, release_tables
from etl.judging.ledger import ChangeEntry, Edition, Key, Listed, Sight, listed, step
from etl.judging.ledger_sights import Sights
from etl.judging.moves import Move
from etl.kinds.kind import Judging
from etl.release import derive

SOURCE = "mps_recorded_crime_borough"
THEN = "ledger_value"
COLUMNS = (
    "measure_id", "area_code", "direction", "since", "first_seen", "entered_by", "status", "status_since", "last_seen", "size",
    "size_now", "probability", "cause", "detail", "after_6", "after_12",
)  # fmt: skip


@dataclass(frozen=True)
class Held:
    """One edition of recorded crime held: the day it came out, and the newest month known by then."""

    published_on: dt.date
    month: str
    edition: str


@dataclass(frozen=True)
class Carried:
    """The ledger after an edition, and the list of what moved in it."""

    entries: tuple[ChangeEntry, ...]
    listed: frozenset[Listed]


def store(
    connection: duckdb.DuckDBPyConnection, values: str = "measure_value", moves: Mapping[Key, Move | None] | None = None
) -> None:
    """Fill `change_ledger` of the release being made.

    Args:
        connection: of the release.
        values: the table that holds the newest figures.
        moves: what the release says of each (measure, area) at its newest edition, once its lists are looked at; None of one that
            it says nothing of. Without them they are judged here, measure by measure.
    """
    entries = worked_out(connection, values, moves or {})
    if entries:
        connection.register("incoming", pd.DataFrame([_row(entry) for entry in entries], columns=list(COLUMNS)))
        connection.execute("INSERT INTO change_ledger BY NAME SELECT * FROM incoming")
        connection.unregister("incoming")


def worked_out(connection: duckdb.DuckDBPyConnection, values: str, moves: Mapping[Key, Move | None]) -> tuple[ChangeEntry, ...]:
    """The ledger as of the newest edition, whose figures are in the table `values`; the others are as in `store`."""
    every = editions(connection)
    kept = ledger_kept.read()
    if kept is not None and any(e.edition == kept.edition for e in every):
        entries, since = kept.entries, [e for e in every if e.published_on > kept.published_on]
        before: Held | None = Held(kept.published_on, kept.month, kept.edition)
    else:
        entries, since, before = (), every[-2:], None
    for edition in since:
        is_newest = edition == every[-1]
        figures = values if is_newest else as_published(connection, edition)
        entries = carried_on(connection, figures, entries, before, edition, moves if is_newest else {}).entries
        before = edition
    return entries


def editions(connection: duckdb.DuckDBPyConnection) -> list[Held]:
    """The editions of recorded crime held, one a day of publication, oldest first; the month is the newest held by then."""
    rows = connection.execute(
        "SELECT published_on, max(max(last_period)) OVER (ORDER BY published_on), arg_max(edition_id, (last_period, edition_id)) "
        "FROM edition WHERE source_id = ? GROUP BY 1 ORDER BY 1",
        [SOURCE],
    ).fetchall()
    return [Held(*row) for row in rows]


def as_published(connection: duckdb.DuckDBPyConnection, edition: Held) -> str:
    """The name of a table with the figures as they stood when an edition came out."""
    derive.current_values(connection, THEN, edition.published_on)
    return THEN


def seen(connection: duckdb.DuckDBPyConnection, values: str) -> list[Sights]:
    """What a table of values can show: one for each measure of recorded crime that is judged."""
    tables = fitted.fitted()
    measures = [m for m in catalogue.judged_by(Judging.MONTHLY_COUNTS) if m.theme != "retired"]
    panels = [release_tables.panel(connection, values, measure, {}) for measure in measures]
    return [Sights(panel, tables) for panel in panels if panel is not None]


def carried_on(
    connection: duckdb.DuckDBPyConnection,
    values: str,
    entries: Sequence[ChangeEntry],
    before: Held | None,
    edition: Held,
    moves: Mapping[Key, Move | None] | None = None,
) -> Carried:
    """The ledger after one more edition, whose figures are in the table `values`; `before` is the edition it reached so far."""
    every = {sights.panel.measure: sights for sights in seen(connection, values)}
    newest_sights: dict[Key, Sight] = {}
    for sights in every.values():
        newest_sights |= sights.at(edition.month)
    newest_sights = with_moves(newest_sights, moves or {})
    ledger, now = step(entries, newest_sights, {}, Edition(edition.month)), frozenset(listed(newest_sights))
    if before is None:
        return Carried(ledger, now)
    # Only what enters or leaves asks what these figures say of the edition before.
    moved = {e.measure for e in ledger if e.status_since == edition.month and e.status in (ChangeStatus.NEW, ChangeStatus.ENDED)}
    as_before: dict[Key, Sight] = {}
    for measure in moved & every.keys():
        as_before |= every[measure].at(before.month)
    ledger = step(entries, newest_sights, as_before, Edition(edition.month))
    return Carried(tuple(_with_revision(connection, values, entry, before, edition) for entry in ledger), now)


def with_moves(sights: Mapping[Key, Sight], moves: Mapping[Key, Move | None]) -> dict[Key, Sight]:
    """The sights with what the release says in place of what each panel says by itself; None is a series it says nothing of."""
    return {
        key: replace(sight, move=_of_release(sight.move, moves[key])) if key in moves else sight for key, sight in sights.items()
    }


def _of_release(own: Move, move: Move | None) -> Move:
    return move or replace(own, state=MoveState.CANNOT_TELL, p_value=None)


def _with_revision(
    connection: duckdb.DuckDBPyConnection, values: str, entry: ChangeEntry, before: Held, edition: Held
) -> ChangeEntry:
    """An entry withdrawn at this edition because months were revised, with the month that moved most: "2025-05 120 98"."""
    if entry.cause != Cause.REVISION or entry.status_since != edition.month:
        return entry
    derive.current_values(connection, "ledger_before", before.published_on, entry.measure)
    row = connection.execute(
        f"SELECT n.period, b.value, n.value FROM {values} n "
        "JOIN ledger_before b USING (measure_id, area_code, breakdown, period) "
        "WHERE n.measure_id = ? AND n.area_code = ? AND n.breakdown = '' AND n.period BETWEEN ? AND ? AND n.value <> b.value "
        "ORDER BY abs(n.value - b.value) DESC, n.period DESC LIMIT 1",
        [entry.measure, entry.area, min(entry.window_first, entry.since), before.month],
    ).fetchone()
    return entry if row is None else replace(entry, detail=f"{row[0]} {row[1]:.0f} {row[2]:.0f}")


def _row(entry: ChangeEntry) -> tuple[object, ...]:
    return (
        entry.measure, entry.area, entry.direction.value, entry.since, entry.first_seen, entry.entered_by.value,
        entry.status.value, entry.status_since, entry.last_seen, entry.size, entry.size_now, entry.probability,
        entry.cause.value if entry.cause else "", entry.detail, *(state.value if state else "" for state in entry.after),
    )  # fmt: skip
