"""What must hold whatever the figures: limits hold their rate, years hold their months, and what no edition holds is nowhere."""

import datetime as dt
from collections.abc import Iterator
from itertools import pairwise

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from etl.core.areas import LONDON
from etl.core.period import month_label, month_number
from etl.definitions import reference
from etl.release import derive, publish
from tests.etl.small_catalogue import only

MEASURE, BOROUGH, COMMAND, LONDON = "arson", "E09000006", "BCU-SN", LONDON
SERIES = "arson and criminal damage / arson"
MEMBERS = reference.members(COMMAND)
START = month_number("2020-01")

# An edition: how many months after the start it begins, how many it has, the day it came out, and whether a borough has no row.
Edition = tuple[int, int, int, bool]
editions = st.lists(
    st.tuples(st.integers(0, 30), st.integers(2, 30), st.integers(0, 1500), st.booleans()), min_size=1, max_size=4
)
FEW = settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.fixture(scope="module", autouse=True)
def _few_measures() -> Iterator[None]:
    with only(MEASURE, "homicide", "total_recorded_crime"):
        yield


def derived(editions: list[Edition], population: int = 320_000) -> duckdb.DuckDBPyConnection:
    """A connection with `current_value` worked out from made-up editions; counts are (borough + month + edition) % 23."""
    connection = duckdb.connect(":memory:")
    publish.create_tables(connection)
    first_day = dt.date(2020, 1, 1)
    rows = []
    for n, (begins, length, day, without) in enumerate(editions):
        name, published = f"mps_recorded_crime_borough/e{n}", first_day + dt.timedelta(days=day)
        periods = [month_label(START + begins + i) for i in range(length)]
        connection.execute(
            "INSERT INTO edition VALUES (?, 'mps_recorded_crime_borough', ?, 'C', 'recent', 'f.csv', ?, ?, 'given', ?, ?, 1, "
            "1, 1, NULL)",
            [name, f"{published:%Y-%m}", name, published, periods[0], periods[-1]],
        )
        for b, code in enumerate([*MEMBERS, "UNKNOWN"]):
            # Every borough has a row of some offence; one of them may have none of arson, which the publisher leaves out.
            series = "theft / other theft" if without and code == MEMBERS[0] else SERIES
            rows += [
                (name, series, code, "", period, float((b + m + n) % 23), "final", "D", b + 2) for m, period in enumerate(periods)
            ]
    connection.execute(
        "INSERT INTO edition VALUES ('people', 'ons_mid_year_population', '2020-01', 'components', 'whole', 'p', 'p', "
        "'2020-01-01', 'given', "
        "'2019', '2024', 1, 1, 1, NULL)"
    )
    rows += [
        ("people", "population", code, "", str(y), float(population), "final", "B", 2)
        for code in MEMBERS
        for y in range(2019, 2025)
    ]
    connection.executemany("INSERT INTO observation VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
    derive.load_definitions(connection)
    derive.edition_values(connection)
    derive.current_values(connection, "current_value")
    return connection


def figures(connection: duckdb.DuckDBPyConnection, measure: str, area: str) -> dict[str, float | None]:
    """Period to value."""
    return dict(
        connection.execute(
            "SELECT period, value FROM current_value WHERE measure_id = ? AND area_code = ? ORDER BY period", [measure, area]
        ).fetchall()
    )


@FEW
@given(editions)
def test_a_month_no_edition_holds_is_nowhere_and_every_month_one_holds_is_shown(editions_made: list[Edition]) -> None:
    months = {month_label(START + begins + i) for begins, length, _, _ in editions_made for i in range(length)}
    with derived(editions_made) as connection:
        assert set(figures(connection, MEASURE, BOROUGH)) == months


@FEW
@given(editions)
def test_a_rolling_year_is_its_twelve_months_and_nothing_where_one_is_missing(editions_made: list[Edition]) -> None:
    with derived(editions_made) as connection:
        monthly, yearly = figures(connection, MEASURE, BOROUGH), figures(connection, f"{MEASURE}_rolling_year", BOROUGH)
    for period in monthly:
        window = [monthly.get(month_label(month_number(period) - back)) for back in range(12)]
        whole = [v for v in window if v is not None]
        assert yearly.get(period) == (sum(whole) if len(whole) == 12 else None)
    assert set(yearly) <= set(monthly)


@FEW
@given(editions)
def test_a_command_is_its_boroughs_and_london_is_the_whole_file(editions_made: list[Edition]) -> None:
    with derived(editions_made) as connection:
        boroughs = [figures(connection, MEASURE, code) for code in MEMBERS]
        command, london, unknown = (figures(connection, MEASURE, code) for code in (COMMAND, LONDON, "UNKNOWN"))
    assert london.keys() == command.keys() == unknown.keys()
    for period, value in command.items():
        assert value == sum(b[period] or 0 for b in boroughs)
        assert london[period] == value + (unknown[period] or 0)


@FEW
@given(editions, st.integers(1, 2_000_000))
def test_every_count_and_rate_lies_within_its_limits(editions_made: list[Edition], population: int) -> None:
    with derived(editions_made, population) as connection:
        outside, looked_at = connection.execute(
            "SELECT count(*) FILTER (NOT (lower <= value AND value <= upper) OR lower IS NULL OR upper IS NULL), count(*) "
            "FROM current_value WHERE value IS NOT NULL"
        ).fetchone() or (1, 0)
        below = connection.execute("SELECT count(*) FROM current_value WHERE lower < 0").fetchone()
    assert (outside, below) == (0, (0,))
    assert looked_at > 0


@FEW
@given(editions)
def test_the_figures_do_not_depend_on_the_order_of_rows(editions_made: list[Edition]) -> None:
    # Two editions of one day are told apart by name, which stays with the edition here.
    kept = [e for i, e in enumerate(editions_made) if e[2] not in {o[2] for o in editions_made[:i]}]
    rows = "SELECT * FROM current_value ORDER BY ALL"
    with derived(kept) as connection:
        before = connection.execute(rows).fetchall()
        connection.execute(
            "CREATE TEMP TABLE turned AS SELECT * FROM observation ORDER BY edition_id DESC, sheet_row DESC, period DESC"
        )
        connection.execute("DELETE FROM observation; INSERT INTO observation FROM turned; DELETE FROM edition_value")
        derive.edition_values(connection)
        derive.current_values(connection, "current_value")
        assert connection.execute(rows).fetchall() == before


@FEW
@given(editions)
def test_each_month_is_the_newest_edition_that_holds_it(editions_made: list[Edition]) -> None:
    kept = [e for i, e in enumerate(editions_made) if e[2] not in {o[2] for o in editions_made[:i]}]
    with derived(kept) as connection:
        chosen = dict(
            connection.execute(
                "SELECT period, edition_id FROM current_value WHERE measure_id = ? AND area_code = ?", [MEASURE, BOROUGH]
            ).fetchall()
        )
    for period, edition_id in chosen.items():
        holding = [
            (day, n)
            for n, (begins, length, day, _) in enumerate(kept)
            if begins <= month_number(period) - START < begins + length
        ]
        assert edition_id == f"mps_recorded_crime_borough/e{max(holding)[1]}"


def test_an_offence_without_a_row_is_none_and_a_measure_without_any_is_missing() -> None:
    with derived([(0, 14, 500, True)]) as connection:
        none = figures(connection, MEASURE, MEMBERS[0])
        assert set(none.values()) == {0.0}
        assert figures(connection, "homicide", MEMBERS[0]) == {}
        assert figures(connection, "homicide", LONDON) == {}


def test_a_gap_between_editions_is_a_gap_and_the_years_over_it_are_empty() -> None:
    with derived([(0, 13, 400, False), (16, 13, 900, False)]) as connection:
        monthly, yearly = figures(connection, MEASURE, LONDON), figures(connection, f"{MEASURE}_rolling_year", LONDON)
    month_numbers = [month_number(p) for p in monthly]
    assert [b - a for a, b in pairwise(month_numbers) if b - a > 1] == [4]
    assert [p for p, v in yearly.items() if v is not None] == ["2020-12", "2021-01", "2022-04", "2022-05"]


@pytest.mark.parametrize("code", [*MEMBERS, COMMAND])
def test_a_rate_is_per_thousand_residents_of_the_year(code: str) -> None:
    residents = 320_000 * (len(MEMBERS) if code == COMMAND else 1)
    with derived([(0, 3, 100, False)]) as connection:
        counts, rates = figures(connection, MEASURE, code), figures(connection, f"{MEASURE}_rate", code)
    assert all(rates[p] == pytest.approx((counts[p] or 0) / residents * 1_000) for p in counts)
