"""The ledger in a release: `check` says what would enter and leave, `add` what did, and why."""

from dataclasses import replace

import duckdb
import pytest

from etl.core.period import every_month
from etl.warehouse import current_release
from tests.etl.commands import done
from tests.etl.made import BOROUGHS, edition

BRENT = "Brent"
REASON = ("--accept", "A made-up revision")


def with_a_rise(last, months, times=6):
    """An edition in which robbery in Brent is six times as many in some months."""
    whole = edition(last=last)
    columns = [whole.header.index(m.replace("-", "")) for m in months]
    rows = [list(row) for row in whole.rows]
    for row in rows:
        if row[2] == BRENT and row[0] == "ROBBERY":
            for column in columns:
                row[column] = str(int(row[column]) * times)
    return replace(whole, rows=rows)


@pytest.fixture(scope="module")
def live(tmp_path_factory):
    """A release in which robbery in Brent rose in October 2024."""
    folder = tmp_path_factory.mktemp("risen")
    file = with_a_rise("2025-05", every_month("2024-10", "2025-05")).write(folder / "risen.csv")
    done("add", file, "--published", "2025-06-10", "--warehouse", folder / "warehouse", *REASON)
    return folder / "warehouse"


def of_brent(warehouse):
    connection = duckdb.connect(str(current_release(warehouse)), read_only=True)
    statement = (
        "SELECT direction, first_seen, status, status_since, cause, detail FROM change_ledger "
        "WHERE measure_id = 'robbery' AND area_code = 'E09000005'"
    )
    rows = connection.execute(statement).fetchall()
    connection.close()
    return rows


def test_brent_is_a_borough_of_the_made_up_files():
    assert BRENT in BOROUGHS


@pytest.mark.slow
def test_a_proven_rise_enters_the_ledger_of_the_release(live):
    assert of_brent(live) == [("up", "2025-05", "new", "2025-05", "", "")]
    rows = done("ledger", "--warehouse", live, "--format", "csv").rows
    assert ("robbery", "E09000005", "new") in {(row["measure"], row["area"], row["status"]) for row in rows}


@pytest.mark.slow
def test_check_says_what_would_leave_and_add_what_left_because_which_month_was_revised(live, tmp_path):
    revised = edition(last="2025-06").write(tmp_path / "revised.csv")
    checked = done("check", revised, "--published", "2025-07-10", "--warehouse", live, *REASON).out
    why = "list of changes: Robbery, Brent: up, withdrawn (May 2025 was revised from "
    assert f"would leave the {why}" in checked
    assert of_brent(live)[0][2] == "new"
    added = done("add", revised, "--published", "2025-07-10", "--warehouse", live, *REASON).out
    assert f"left the {why}" in added
    (row,) = of_brent(live)
    assert row[:5] == ("up", "2025-05", "withdrawn", "2025-06", "revision")
    month, before, now = row[5].split()
    assert (month, int(before)) == ("2025-05", 6 * int(now))


@pytest.mark.slow
def test_the_order_of_adding_makes_no_difference_to_the_ledger(tmp_path):
    first = with_a_rise("2025-05", every_month("2024-10", "2025-05")).write(tmp_path / "first.csv")
    second = with_a_rise("2025-06", every_month("2024-10", "2025-06")).write(tmp_path / "second.csv")
    ledgers = []
    for name, order in (("ab", (first, second)), ("ba", (second, first))):
        for file in order:
            day = "2025-06-10" if file == first else "2025-07-10"
            done("add", file, "--published", day, "--warehouse", tmp_path / name, *REASON)
        ledgers.append(of_brent(tmp_path / name))
    assert ledgers[0] == ledgers[1] == [("up", "2025-05", "standing", "2025-06", "", "")]
