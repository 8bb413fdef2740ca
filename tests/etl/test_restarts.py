"""No total lies on both sides of a restart: every sum of a release is worked out again from its months and its breaks."""

import csv
import datetime as dt
from pathlib import Path

import duckdb
import pytest

from etl.commands.lookup import Lookup
from etl.core.areas import HILLINGDON, LONDON
from etl.core.period import every_month
from etl.definitions import catalogue, reference
from etl.release import assemble, derive
from tests.etl.commands import done

BURGLARY = "burglary"
SOURCE = "mps_recorded_crime_borough"
# The same rule in one plain query over the table of breaks a reader sees: a first day after the first month's first day and
# not after the last month's last one.
AGAIN = """
WITH month AS (
    SELECT measure_id, area_code, strptime(period || '-01', '%Y-%m-%d')::DATE AS day, value FROM measure_value
    WHERE breakdown = '' AND measure_id IN (SELECT replace(measure_id, '_rolling_year', '') FROM measure_value
                                            WHERE ends_with(measure_id, '_rolling_year'))
),
again AS (
    SELECT m.measure_id || '_rolling_year' AS measure_id, m.area_code, strftime(m.day, '%Y-%m') AS period,
           sum(e.value) AS total,
           (SELECT count(*) FROM break_in_series b
            WHERE b.measure_id = m.measure_id AND b.area_code IN ('*', m.area_code)
              AND b.treatment IN ('restart', 'do_not_compare')
              AND b.start > m.day - INTERVAL 11 MONTH AND b.start <= last_day(m.day)) AS restarts
    FROM month m JOIN month e ON e.measure_id = m.measure_id AND e.area_code = m.area_code
        AND e.day BETWEEN m.day - INTERVAL 11 MONTH AND m.day
    WHERE m.measure_id = $measure
    GROUP BY m.measure_id, m.area_code, m.day HAVING count(*) = 12
)
SELECT count(*),
       count(*) FILTER (restarts > 0),
       count(*) FILTER (restarts > 0 AND (v.value IS NOT NULL OR v.numerator IS NOT NULL OR v.lower IS NOT NULL
                                          OR v.status <> 'straddles_restart')),
       count(*) FILTER (restarts = 0 AND v.value IS DISTINCT FROM total)
FROM again a LEFT JOIN measure_value v USING (measure_id, area_code, period)
"""


@pytest.fixture(scope="module")
def release(warehouse: Path) -> duckdb.DuckDBPyConnection:
    """The bundled release, attached: a file that the site has open can be opened no other way in one process."""
    return Lookup.live(warehouse).connection


@pytest.mark.slow
def test_every_twelve_months_of_the_release_is_one_way_of_counting_or_missing(release: duckdb.DuckDBPyConnection) -> None:
    totals, parted, wrong, different = 0, 0, 0, 0
    for measure in catalogue.measures():
        counted = release.execute(AGAIN, {"measure": measure}).fetchone() or (0, 0, 0, 0)
        totals, parted = totals + counted[0], parted + counted[1]
        wrong, different = wrong + counted[2], different + counted[3]
    assert (totals > 100_000, parted > 1_000) == (True, True)
    assert (wrong, different) == (0, 0)


def test_rates_are_missing_where_the_totals_are(release: duckdb.DuckDBPyConnection) -> None:
    unlike = """
        SELECT count(*) FROM measure_value t JOIN measure_value r
            ON r.measure_id = t.measure_id || '_rate' AND r.area_code = t.area_code AND r.period = t.period
        WHERE ends_with(t.measure_id, '_rolling_year') AND (t.status = 'straddles_restart') <> (r.status = 'straddles_restart')"""
    valued = """SELECT count(*) FROM measure_value
                WHERE status = 'straddles_restart' AND coalesce(value, numerator, lower, upper) IS NOT NULL"""
    assert [release.execute(statement).fetchone() for statement in (unlike, valued)] == [(0,), (0,)]


def test_no_financial_year_changed_borough_or_comparison_adds_across_a_restart(release: duckdb.DuckDBPyConnection) -> None:
    restart = """SELECT 1 FROM break_in_series b WHERE b.measure_id = t.measure_id AND b.area_code IN ('*', t.area_code)
                 AND b.treatment IN ('restart', 'do_not_compare') AND b.start > (%s || '-01')::DATE
                 AND b.start <= last_day((%s || '-01')::DATE)"""
    year = restart % ("t.window_first", "t.window_last")
    two_years = restart % ("strftime((t.period || '-01')::DATE - INTERVAL 23 MONTH, '%Y-%m')", "t.period")
    one_year = restart % ("strftime((t.period || '-01')::DATE - INTERVAL 11 MONTH, '%Y-%m')", "t.period")
    for table, clause, part in (
        ("year_change", "coalesce(observed, expected, ratio) IS NOT NULL", year),
        ("contribution", "true", two_years),
        ("area_comparison", "true", one_year),
        ("verdict", "ratio IS NOT NULL", year),
    ):
        assert release.execute(f"SELECT count(*) FROM {table} t WHERE {clause} AND EXISTS ({part})").fetchone() == (0,), table
    # The statement does find parted years: those are told as breaks.
    assert release.execute(f"SELECT count(*) > 100 FROM year_change t WHERE EXISTS ({year})").fetchone() == (True,)


def test_a_borough_with_a_restart_of_its_own_has_no_total_across_it(release: duckdb.DuckDBPyConnection) -> None:
    statement = """SELECT period, status FROM measure_value WHERE measure_id = 'total_recorded_crime_rolling_year'
                   AND area_code = ? AND period IN ('2024-02', '2024-03', '2025-01', '2025-02') ORDER BY 1"""
    hillingdon = release.execute(statement, [HILLINGDON]).fetchall()
    assert [status for _, status in hillingdon] == ["final", "straddles_restart", "straddles_restart", "final"]
    assert {status for _, status in release.execute(statement, [LONDON]).fetchall()} == {"final"}


def test_commands_say_that_a_total_is_not_added_up_and_why(warehouse: Path) -> None:
    rows = {r["period"]: r for r in done("series", "shoplifting_rolling_year", "E23000001", "--warehouse", warehouse).rows}
    parted = [r for r in rows.values() if r["status"] == "straddles_restart"]
    first_step, two_steps = every_month("2023-01", "2023-11"), every_month("2024-03", "2025-02")
    assert [r["period"] for r in parted if r["period"] > "2020"] == [*first_step, *two_steps]
    assert {r["value"] + r["numerator"] + r["lower"] + r["upper"] for r in parted} == {""}
    assert rows["2024-08"]["cell"] == "not added up: 12 months on both sides of 2024-04 (second step)"
    assert rows["2023-05"]["cell"] == "not added up: 12 months on both sides of 2023-01 (step in every borough)"
    assert rows["2024-02"]["value"] != rows["2025-03"]["value"] != ""
    passport = done("explain", "shoplifting_rolling_year_rate", "London", "2024-08", "--warehouse", warehouse).out
    assert "no figure" in passport.splitlines()[0]
    assert "2024-04 (second step)" in passport
    assert sum(line.startswith("Month:") for line in passport.splitlines()) == 12


def test_as_published_on_a_day_straddles_no_restart_either(warehouse: Path) -> None:
    rows = done("series", "homicide_rolling_year", "London", "--warehouse", warehouse, "--as-of", "2024-12").rows
    months = {
        r["period"]: float(r["value"])
        for r in done("series", "homicide", "London", "--warehouse", warehouse, "--as-of", "2024-12").rows
    }
    assert any(r["status"] == "straddles_restart" for r in rows)
    for row in rows:
        year, month = (int(part) for part in row["period"].split("-"))
        number = year * 12 + month - 1
        total = sum(months[f"{n // 12}-{n % 12 + 1:02d}"] for n in range(number - 11, number + 1))
        assert (row["value"] == "") == (row["status"] == "straddles_restart")
        assert not row["value"] or float(row["value"]) == total


# toy series: every kind of break, at its edges


def _totals(start: dt.date, treatment: str, monkeypatch: pytest.MonkeyPatch, *, areas: tuple[str, ...]) -> dict[str, set[str]]:
    """Status of burglary's twelve months by last month, 2022-12 to 2024-12, with one break; in Bromley and Camden."""
    row = reference.Break((f"{BURGLARY}*",), areas, start, None, "What is counted changed.", "definition", treatment, "t", "anew")
    monkeypatch.setattr(reference, "breaks", lambda: (row,))
    with assemble.new_connection() as connection:
        connection.execute(
            f"INSERT INTO edition VALUES ('e', '{SOURCE}', '2025-01', 'C', 'whole', 'a.csv', '', DATE '2025-01-20', 'given', "
            "'2022-01', '2024-12', 1, 1, 1, NULL)"
        )
        connection.execute(
            "INSERT INTO edition_value SELECT ?, area, '', strftime(day, '%Y-%m'), 'e', 10, 'final', 'E1' "
            "FROM (SELECT unnest(['E09000006', 'E09000007']) AS area), "
            "(SELECT unnest(generate_series(DATE '2022-01-01', DATE '2024-12-01', INTERVAL 1 MONTH)) AS day)",
            [BURGLARY],
        )
        derive.load_definitions(connection)
        derive.current_values(connection, "value_now")
        rows = connection.execute(
            "SELECT area_code, period FROM value_now WHERE measure_id = ? AND status = 'straddles_restart' AND value IS NULL",
            [f"{BURGLARY}_rolling_year"],
        ).fetchall()
        assert connection.execute("SELECT count(*) FROM value_now WHERE measure_id = ? AND value = 120",
                                  [f"{BURGLARY}_rolling_year"]).fetchone() == (50 - len(rows),)  # fmt: skip
    return {area: {period for code, period in rows if code == area} for area in ("E09000006", "E09000007")}


@pytest.mark.parametrize("treatment", ["restart", "do_not_compare"])
@pytest.mark.parametrize(
    ("start", "first", "last", "number"),
    [
        (dt.date(2023, 4, 1), "2023-04", "2024-02", 11),
        (dt.date(2023, 4, 2), "2023-04", "2024-03", 12),
        (dt.date(2023, 4, 30), "2023-04", "2024-03", 12),
        (dt.date(2024, 12, 31), "2024-12", "2024-12", 1),
        (dt.date(2022, 1, 1), None, None, 0),
        (dt.date(2022, 2, 1), "2022-12", "2022-12", 1),
        (dt.date(2025, 1, 1), None, None, 0),
    ],
)
def test_only_twelve_months_with_days_on_both_sides_are_missing(
    monkeypatch: pytest.MonkeyPatch, treatment: str, start: dt.date, first: str | None, last: str | None, number: int
) -> None:
    parted = _totals(start, treatment, monkeypatch, areas=("*",))
    for periods in parted.values():
        assert (min(periods, default=None), max(periods, default=None), len(periods)) == (first, last, number)


@pytest.mark.parametrize("treatment", ["mark", "leave_out", "recast"])
def test_a_change_in_practice_parts_no_total(monkeypatch: pytest.MonkeyPatch, treatment: str) -> None:
    assert _totals(dt.date(2023, 4, 1), treatment, monkeypatch, areas=("*",)) == {"E09000006": set(), "E09000007": set()}


def test_a_restart_of_one_borough_parts_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    parted = _totals(dt.date(2023, 4, 1), "restart", monkeypatch, areas=("E09000007",))
    assert (len(parted["E09000006"]), len(parted["E09000007"])) == (0, 11)


def test_every_break_says_what_is_done_about_it_and_on_what_evidence() -> None:
    with (reference.REFERENCE / "breaks.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert all(row["treatment"] in reference.TREATMENTS and len(row["source"]) > 10 and row["short"] for row in rows)
    assert set(reference.TREATMENTS) > reference.PARTING
