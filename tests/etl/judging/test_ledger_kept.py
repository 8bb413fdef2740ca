"""The ledger kept with the project: in step with the judging, whole, and with a line for every change that left the list."""

import csv
from dataclasses import replace

import duckdb
import pytest

from etl.commands.ledger import FIRST_MONTH, carried_over, follow_months
from etl.core.change_status import OPEN, Cause, ChangeStatus
from etl.core.period import every_month
from etl.definitions import catalogue
from etl.judging import fitted, ledger_kept, release_tables
from etl.judging.ledger_sights import Sights
from etl.release import derive
from etl.warehouse import current_release

REBUILD = "the judging or the breaks have changed: run `python -m etl ledger --rebuild`"


@pytest.fixture(scope="module")
def kept():
    return ledger_kept.read()


def test_the_ledger_was_made_with_todays_judging_and_breaks(kept):
    assert kept.is_in_step, REBUILD


def test_no_change_left_the_list_without_a_line_in_any_month_or_edition():
    with (ledger_kept.LEDGER / ledger_kept.EDITIONS).open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert rows[0]["month"] == FIRST_MONTH
    assert {row["figures"] for row in rows} == {"as published", "newest figures cut after the month"}
    assert sum(int(row["left_list"]) for row in rows) > 100
    assert [row for row in rows if row["left_without_entry"] != "0"] == []


def test_whatever_left_says_why_and_whatever_is_followed_has_the_level_before_it(kept):
    assert {entry.status for entry in kept.entries} - set(OPEN)
    for entry in kept.entries:
        assert (entry.cause is None) == (entry.status in OPEN), entry
        assert (len(entry.before) == 12) == (entry.status in OPEN), entry
        assert entry.since <= entry.first_seen <= entry.status_since <= kept.month, entry


def test_none_is_open_twice(kept):
    still = [entry.listed for entry in kept.entries if entry.is_open]
    assert len(still) == len(set(still))


def test_what_the_ledger_before_followed_and_the_one_worked_out_anew_does_not_is_withdrawn_with_the_reason(kept):
    older = replace(kept, methods=0)
    dropped = next(entry for entry in kept.entries if entry.is_open)
    anew = tuple(entry for entry in kept.entries if entry is not dropped)
    (entry,) = set(carried_over(older, anew, "2025-11")) - set(anew)
    assert (entry.listed, entry.status, entry.cause) == (dropped.listed, ChangeStatus.WITHDRAWN, Cause.METHOD)
    (entry,) = set(carried_over(replace(kept, breaks="others"), anew, "2025-11")) - set(anew)
    assert entry.cause == Cause.BREAK
    assert carried_over(kept, anew, "2025-11") == anew


@pytest.mark.slow
def test_two_measures_followed_anew_over_every_month_are_as_kept_and_lose_nothing(kept, warehouse):
    connection = duckdb.connect(":memory:")
    connection.execute(f"ATTACH '{current_release(warehouse)}' AS live (READ_ONLY); USE live")
    derive.load_definitions(connection)
    panels = []
    for measure_id in ("bicycle_theft", "robbery_business"):
        derive.current_values(connection, "as_it_stood", kept.published_on, measure_id)
        panels.append(release_tables.panel(connection, "as_it_stood", catalogue.measures()[measure_id], {}))
    sights = [Sights(panel, fitted.fitted()) for panel in panels]
    entries, rows = follow_months(sights, every_month(FIRST_MONTH, kept.month))
    assert sum(row[4] for row in rows) == 0
    measures = {panel.measure for panel in panels}
    stored = {(*e.listed, e.first_seen, e.status, e.status_since) for e in kept.entries if e.measure in measures}
    assert {(*e.listed, e.first_seen, e.status, e.status_since) for e in entries} == stored
