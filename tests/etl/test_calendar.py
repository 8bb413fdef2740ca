"""What should be held by a day: counted from that day and the publisher's calendar, never from the release."""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest

from etl.commands.late_feeds import COLUMNS, late_rows
from etl.definitions import catalogue
from etl.definitions.calendar import Cadence, Calendar, gap, newest_due

SOURCES = catalogue.sources()
CRIME, SURVEY = SOURCES["mps_recorded_crime_borough"], SOURCES["mopac_public_attitude_survey"]
COURTS, RESIDENTS = SOURCES["moj_crown_caseload"], SOURCES["ons_mid_year_population"]


@dataclass(frozen=True)
class Publisher:
    """A source with a calendar of the test's own."""

    cadence: Cadence
    calendar: Calendar | None


@pytest.mark.parametrize("source", SOURCES.values(), ids=lambda s: s.id)
def test_every_source_has_its_publishers_calendar_and_says_how_it_is_known(source: catalogue.Source) -> None:
    assert source.calendar is not None
    assert source.calendar.basis.endswith(".")


@pytest.mark.parametrize(
    ("today", "late", "unknown"),
    [
        (dt.date(2025, 12, 31), 0, 0),
        (dt.date(2026, 1, 31), 0, 0),
        (dt.date(2026, 2, 1), 0, 1),
        (dt.date(2026, 2, 28), 0, 1),
        (dt.date(2026, 3, 1), 1, 2),
        (dt.date(2026, 11, 30), 9, 10),
        (dt.date(2026, 12, 1), 10, 11),
        (dt.date(2027, 11, 30), 21, 22),
    ],
)
def test_months_of_crime_are_counted_to_the_day_they_are_read(today: dt.date, late: int, unknown: int) -> None:
    to_december = gap(CRIME, "2025-12", today)
    assert (to_december.periods_late, to_december.months_unknown) == (late, unknown)
    assert to_december.late_since == (dt.date(2026, 3, 1) if late else None)


@pytest.mark.parametrize(
    ("source", "last", "today", "late", "due"),
    [
        (SURVEY, "2025-09", dt.date(2026, 2, 28), 0, "2025-09"),
        (SURVEY, "2025-09", dt.date(2026, 3, 1), 1, "2025-12"),
        (COURTS, "2025-Q4", dt.date(2026, 6, 30), 0, "2025-12"),
        (COURTS, "2025-Q4", dt.date(2026, 7, 1), 1, "2026-03"),
        (COURTS, "2025-Q4", dt.date(2027, 11, 30), 6, "2027-06"),
        (RESIDENTS, "2024", dt.date(2026, 7, 31), 0, "2024-12"),
        (RESIDENTS, "2024", dt.date(2026, 8, 1), 1, "2025-12"),
    ],
)
def test_each_source_is_late_by_its_own_calendar(
    source: catalogue.Source, last: str, today: dt.date, late: int, due: str
) -> None:
    assert (gap(source, last, today).periods_late, newest_due(source, today)) == (late, due)


def test_a_promised_day_and_its_usual_delay_are_waited_for() -> None:
    promised = Publisher("month", Calendar(months_after=1, day=12, usual_delay_days=3, basis="stated."))
    assert newest_due(promised, dt.date(2026, 3, 15)) == "2026-01"
    assert newest_due(promised, dt.date(2026, 3, 16)) == "2026-02"
    thirtieth = Publisher("month", Calendar(months_after=1, day=30, basis="stated."))
    assert newest_due(thirtieth, dt.date(2026, 2, 28)) == "2025-12"
    assert newest_due(thirtieth, dt.date(2026, 3, 1)) == "2026-01"


def test_a_source_without_a_calendar_comes_out_as_its_like_usually_do() -> None:
    assert [newest_due(Publisher(c, None), dt.date(2026, 5, 1)) for c in ("month", "quarter", "year")] == [
        "2026-03",
        "2025-12",
        "2024-12",
    ]


def test_a_file_newer_than_the_day_is_not_late_and_leaves_nothing_unknown() -> None:
    ahead = gap(CRIME, "2026-12", dt.date(2026, 11, 30))
    assert (ahead.periods_late, ahead.months_unknown, ahead.is_late) == (0, 0, False)


def test_files_of_one_area_and_of_several_are_late_each_for_itself(tmp_path: Path) -> None:
    connection = duckdb.connect()
    connection.execute("CREATE TABLE edition (source_id VARCHAR, areas INTEGER, last_period VARCHAR)")
    holdings = [(CRIME.id, 34, "2025-12"), (SURVEY.id, 33, "2023-12"), (SURVEY.id, 1, "2025-09"), ("unheard_of", 1, "1999-01")]
    connection.executemany("INSERT INTO edition VALUES (?, ?, ?)", holdings)
    late = [dict(zip(COLUMNS, row, strict=True)) for row in late_rows(connection, dt.date(2026, 2, 20))]
    assert [(row["source"], row["areas"], row["periods_late"]) for row in late] == [(SURVEY.id, "several", 7)]
    late = [dict(zip(COLUMNS, row, strict=True)) for row in late_rows(connection, dt.date(2026, 11, 30))]
    assert [row["months_unknown"] for row in late] == [34, 13, 10]
