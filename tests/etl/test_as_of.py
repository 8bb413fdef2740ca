"""What was said on a day can be worked out again: only the editions published by then are read, with their checks."""

from datetime import date

import duckdb
import pytest
from typer.testing import CliRunner

from etl.commands.command_line import app
from etl.core.errors import SourceUnavailable
from etl.release import publish, snapshot

DAY = date(2025, 7, 31)


@pytest.fixture
def empty():
    connection = duckdb.connect(":memory:")
    publish.create_tables(connection)
    return connection


def count(connection, query):
    return connection.execute(f"SELECT count(*) FROM {query}").fetchone()[0]


def test_only_editions_published_by_the_day_are_read_and_nothing_of_the_later_ones(empty):
    listed = f"read_csv('{snapshot.SERIES / 'edition.csv'}', header=true)"
    wanted = count(empty, f"{listed} WHERE published_on <= DATE '{DAY}'")
    assert 0 < wanted < count(empty, listed)
    assert snapshot.read(empty, snapshot.SERIES, DAY) == wanted
    assert count(empty, f"edition WHERE published_on > DATE '{DAY}'") == 0
    for table in ("observation", "check_result", "rejected_row"):
        assert count(empty, f"{table} WHERE edition_id NOT IN (SELECT edition_id FROM edition)") == 0
    assert count(empty, "observation WHERE edition_id LIKE 'mps_recorded_crime_borough/%' AND period >= '2025-07'") == 0


def test_a_day_before_every_edition_says_so(empty):
    with pytest.raises(SourceUnavailable, match="no edition here was published by 1999-01-01"):
        snapshot.read(empty, snapshot.SERIES, date(1999, 1, 1))


def test_an_earlier_release_never_takes_the_place_of_the_live_one(tmp_path):
    (tmp_path / "current").write_text("2026-03-01-x", encoding="utf-8")
    outcome = CliRunner().invoke(app, ["build", "--warehouse", str(tmp_path), "--as-of", "2025-07-31"])
    assert outcome.exit_code == 2
    assert "needs a folder of its own" in " ".join(outcome.output.split())
    assert (tmp_path / "current").read_text(encoding="utf-8") == "2026-03-01-x"
