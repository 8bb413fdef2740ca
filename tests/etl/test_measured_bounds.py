"""How far figures have moved is measured on the editions held; where there are no two, it is said that nothing was measured."""

import datetime as dt

import duckdb
import pytest

from etl.commands import measured_bounds
from etl.definitions.revision_bounds import revision_bounds
from etl.release.publish import create_tables

CRIME, COURTS = "mps_recorded_crime_borough", "moj_crown_caseload"
BOROUGHS = [f"E090000{number:02d}" for number in range(2, 18)]


def edition(connection: duckdb.DuckDBPyConnection, name: str, source: str, published: dt.date, factor: float) -> None:
    row = [name, source, "2026-01", "form", "recent", "f", "s", published, "given", "2022-01", "2022-01", 1, 1, 1, None]
    connection.execute(f"INSERT INTO edition VALUES ({', '.join('?' * len(row))})", row)
    for number, code in enumerate(BOROUGHS):
        value = 400 * (factor if number < 4 else 1)
        connection.execute(
            "INSERT INTO observation VALUES (?, 'burglary', ?, '', '2022-01', ?, 'final', 'A', ?)", [name, code, value, number]
        )


@pytest.fixture
def connection() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect(":memory:")
    create_tables(connection)
    edition(connection, "a", CRIME, dt.date(2024, 1, 1), 1.0)
    edition(connection, "b", CRIME, dt.date(2025, 1, 1), 1.05)
    edition(connection, "c", COURTS, dt.date(2025, 1, 1), 1.0)
    return connection


def test_what_moved_is_measured_and_what_cannot_be_is_not(connection: duckdb.DuckDBPyConnection) -> None:
    lines = {(row[0], row[1]): row[2:] for row in measured_bounds.rows(connection)}
    allowed, measured, pairs, basis = lines[CRIME, "moved_all"]
    assert (allowed, measured, pairs, basis) == (revision_bounds()[CRIME].moved_all, 0.25, 1, "measured")
    # 20 more of 400, in square roots of the larger.
    assert lines[CRIME, "far_settled_cell"][1] == pytest.approx(20 / 421**0.5, abs=1e-4)
    assert lines[COURTS, "moved_all"][1:] == (None, 0, "set, not measured")
    assert {source for source, _ in lines} == set(revision_bounds())
