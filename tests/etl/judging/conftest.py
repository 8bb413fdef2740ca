"""Real series to plant changes in: the panels of one release, built as a fresh clone builds it."""

import duckdb
import pytest

from etl.definitions import catalogue
from etl.judging import release_tables
from etl.warehouse import current_release


@pytest.fixture(scope="session")
def release(warehouse):
    connection = duckdb.connect(":memory:")
    connection.execute(f"ATTACH '{current_release(warehouse)}' AS live (READ_ONLY); USE live")
    return connection


@pytest.fixture(scope="session")
def panels(release):
    crime = [m for m in catalogue.measures().values() if m.kind == "recorded_crime" and m.theme != "retired"]
    return {m.id: release_tables.panel(release, "measure_value", m, {}) for m in crime}


@pytest.fixture(scope="session")
def timing(release):
    return release_tables.timings(release, None)["mps_recorded_crime_borough"]
