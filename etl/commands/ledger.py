"""Works the ledger of changes out anew over every month since 2019, and keeps it: `python -m etl ledger --rebuild`.

Few editions are held, so the months of the edition before the newest stand in for the editions of their day: its figures, cut
after each month, judged as they would have been. What was revised since does not show in those. The editions that are held are
followed by themselves as they were published, and how many changes left the list without an entry is counted for both.
"""

from collections import Counter
from collections.abc import Callable, Sequence, Set
from dataclasses import replace
from pathlib import Path

import duckdb

from etl.core.change_status import Cause, ChangeStatus
from etl.core.errors import NoSuchThing
from etl.core.period import every_month
from etl.core.versions import METHODS_VERSION
from etl.judging import ledger_kept
from etl.judging.ledger import ChangeEntry, Edition, Key, Listed, Sight, left_unrecorded, listed, step
from etl.judging.ledger_kept import Kept
from etl.judging.ledger_sights import Sights
from etl.release import derive
from etl.release import ledger as release_ledger
from etl.release.ledger import Carried, Held

FIRST_MONTH = "2018-12"
"""The newest month of the first edition held."""
CUT, PUBLISHED = "newest figures cut after the month", "as published"
COLUMNS = ("figures", "month", "listed", "left_list", "left_without_entry", *(status.value for status in ChangeStatus))
LEAST_EDITIONS = 2
STATEMENT = (
    "SELECT measure_id AS measure, area_code AS area, direction, since, first_seen, status, status_since, "
    "round(size, 3) AS size, round(size_now, 3) AS size_now, cause, detail FROM change_ledger "
    "WHERE status IN ('new', 'standing', 'fading') OR status_since = (SELECT max(status_since) FROM change_ledger) ORDER BY ALL"
)
Row = tuple[object, ...]


def rebuild(connection: duckdb.DuckDBPyConnection, folder: Path, say: Callable[[str], None]) -> str:
    """Write the ledger up to the edition before the newest into `folder`; returns what was counted, in a sentence.

    Raises:
        NoSuchThing: fewer than two editions are held.
    """
    derive.load_definitions(connection)
    every = release_ledger.editions(connection)
    if len(every) < LEAST_EDITIONS:
        raise NoSuchThing("a ledger needs two editions of recorded crime")
    base = every[-2]
    panels = release_ledger.seen(connection, release_ledger.as_published(connection, base))
    say(f"{len(panels)} measures; following every change from {FIRST_MONTH} to {base.month}")
    entries, rows = follow_months(panels, every_month(FIRST_MONTH, base.month))
    entries = carried_over(ledger_kept.read(folder), entries, base.month)
    say(f"following {len(every)} editions as they were published")
    rows += follow_editions(connection, every)
    ledger_kept.write(folder, entries, base.edition, base.month, base.published_on)
    ledger_kept.write_rows(folder / ledger_kept.EDITIONS, COLUMNS, rows)
    unrecorded = sum(int(str(row[4])) for row in rows)
    left = sum(int(str(row[3])) for row in rows)
    return f"{len(entries)} changes; {left} left the list, {unrecorded} of them without an entry. Written to {folder}"


def follow_months(panels: Sequence[Sights], months: Sequence[str]) -> tuple[tuple[ChangeEntry, ...], list[Row]]:
    """The ledger after the last of the months, each judged as the newest, and a row with `COLUMNS` for each."""
    entries: tuple[ChangeEntry, ...] = ()
    before: frozenset[Listed] = frozenset()
    rows = []
    for month in months:
        sights_now: dict[Key, Sight] = {}
        for sights in panels:
            sights_now |= sights.at(month)
        entries = step(entries, sights_now, {}, Edition(month))
        now = frozenset(listed(sights_now))
        rows.append(_row(CUT, month, before, now, entries))
        before = now
    return entries, rows


def follow_editions(connection: duckdb.DuckDBPyConnection, every: Sequence[Held]) -> list[Row]:
    """A row with `COLUMNS` for each edition as it was published, followed from the first one."""
    carried, before = Carried((), frozenset()), None
    rows = []
    for edition in every:
        list_before = carried.listed
        carried = release_ledger.carried_on(
            connection, release_ledger.as_published(connection, edition), carried.entries, before, edition
        )
        rows.append(_row(PUBLISHED, edition.month, list_before, carried.listed, carried.entries))
        before = edition
    return rows


def carried_over(kept: Kept | None, entries: tuple[ChangeEntry, ...], month: str) -> tuple[ChangeEntry, ...]:
    """The ledger worked out anew, with what the one before it held open and it does not: withdrawn, and why."""
    if kept is None or kept.is_in_step:
        return entries
    cause = Cause.METHOD if kept.methods != METHODS_VERSION else Cause.BREAK
    there = {(*entry.listed, entry.first_seen) for entry in entries} | {entry.listed for entry in entries if entry.is_open}
    lost = [
        replace(entry, status=ChangeStatus.WITHDRAWN, status_since=month, cause=cause, detail="", before=())
        for entry in kept.entries
        if entry.is_open and entry.listed not in there and (*entry.listed, entry.first_seen) not in there
    ]
    return (*entries, *lost)


def _row(figures: str, month: str, before: Set[Listed], now: Set[Listed], entries: Sequence[ChangeEntry]) -> Row:
    statuses = Counter(entry.status for entry in entries if entry.is_open or entry.status_since == month)
    unrecorded = left_unrecorded(before, now, entries, month)
    return figures, month, len(now), len(before - now), len(unrecorded), *(statuses[status] for status in ChangeStatus)
