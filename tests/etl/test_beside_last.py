"""Every source's edition is judged beside the last one: what no real revision did is held back and named in plain words."""

import csv
import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pytest

from etl import pipeline
from etl.checks import edition_moves
from etl.files.table import file_sha256
from etl.release import assemble, derive
from etl.sources import read
from tests.etl import damages
from tests.etl.damages import (
    Damage,
    Rows,
    cells_exchanged,
    changed,
    copied,
    displaced,
    exchanged,
    labels_exchanged,
    noise,
    times,
)

pytestmark = pytest.mark.slow

COURTS = "moj-criminal-courts/2025Q4/"
BY_REGION, WAITING = COURTS + "gold_timeliness_by_region.csv", COURTS + "gold_waiting_hearing.csv"
OPEN_BY_REGION, CASELOAD = COURTS + "gold_oldest_by_region.csv", COURTS + "gold_backlog_trajectory.csv"
BY_COURT, NATIONAL = COURTS + "gold_backlog_by_court.csv", COURTS + "gold_timeliness_trend.csv"
BOROUGHS = "mopac-public-attitude-survey/2024-02/PAS_Borough.csv"
LONDON_SURVEY = "mopac-public-attitude-survey/2025-11/public-perception-data.csv"
YOUTH = "dfe-youth-justice/derived_london_youth_rows.csv"
TODAY = dt.date(2026, 11, 30)
MEDIAN, MEAN = "offence_to_completion_median", "offence_to_completion_mean"


def rows_of(path: Path) -> tuple[Rows, str]:
    """The file's rows and its delimiter."""
    text = path.read_text(encoding="utf-8-sig")
    delimiter = ";" if ";" in text.splitlines()[0] else ","
    return list(csv.reader(text.splitlines(), delimiter=delimiter)), delimiter


Question = Callable[[str, Damage], list[str]]


@pytest.fixture
def held_back(published_data: Path, tmp_path: Path) -> Iterator[Question]:
    """Why a published file, damaged and sent as the next edition, would be held back beside the file itself."""
    connections = []

    def beside(name: str, damage: Damage) -> list[str]:
        connection = assemble.new_connection()
        connections.append(connection)
        path = published_data / name
        rows, delimiter = rows_of(path)
        damaged = tmp_path / "next.csv"
        with damaged.open("w", newline="", encoding="utf-8") as stream:
            csv.writer(stream, delimiter=delimiter, lineterminator="\n").writerows(damage(rows))
        insert(connection, path, None)
        added = insert(connection, damaged, dt.date(2026, 9, 24))
        derive.load_definitions(connection)
        derive.edition_values(connection)
        return [sentence for _, sentence in edition_moves.moves_beyond_bounds(connection, added)]

    yield beside
    for connection in connections:
        connection.close()


def insert(connection: duckdb.DuckDBPyConnection, path: Path, published: dt.date | None) -> list[str]:
    terms = pipeline.Terms(published, None, TODAY)
    return [
        pipeline.insert_edition(connection, path, file_sha256(path), staged, lambda _: None, terms)
        for staged in read.read(connection, path)
    ]


def is_quarter(year: str, quarter: str) -> Callable[[list[str]], bool]:
    return lambda row: year in row and quarter in row


def next_quarter(change: Damage = lambda rows: rows) -> Damage:
    """The file with a quarter more, a little up on the same quarter a year before, which is then damaged."""

    def damage(rows: Rows) -> Rows:
        header = rows[0]
        quarter, year, end = (header.index(label) for label in ("quarter", "year", "quarter_end"))
        newest = []
        for row in [r for r in rows[1:] if (r[year], r[quarter]) == ("2025", "Q4")]:
            cells = [
                text if i in (quarter, year, end) or not text.replace(".", "").isdigit() else slightly_more(text)
                for i, text in enumerate(row)
            ]
            cells[year], cells[quarter], cells[end] = "2026", "Q1", "2026-03-31"
            newest.append(cells)
        return [*rows, *change([header, *newest])[1:]]

    return damage


def slightly_more(text: str) -> str:
    if 0 < damages.figure(text) < 1:
        return text
    return damages.written(damages.figure(text) * 1.01, text) if "." in text else str(round(int(text) * 1.01))


def dates_moved(rows: Rows) -> Rows:
    """The survey's quarters each called the one after."""
    place = 0
    periods = sorted({row[place] for row in rows[1:]}, key=lambda text: (text[6:], text[3:5]))
    after = dict(zip(periods, [*periods[1:], "31/03/2024"], strict=True))
    return [rows[0], *([after[row[place]], *row[1:]] for row in rows[1:])]


@pytest.mark.parametrize(
    ("name", "damage", "sentence"),
    [
        (BY_REGION, exchanged("region", "London", "Wales"), "London and Wales are exchanged"),
        (BY_REGION, exchanged("region", "Midlands", "North West"), "Midlands and North West are exchanged"),
        (BY_REGION, labels_exchanged(MEDIAN, MEAN), "offence to completion mean and offence to completion median are exchanged"),
        (BY_REGION, times(MEDIAN, 1 / 7), "every figure of offence to completion median is one 7"),
        (BY_REGION, times(MEAN, 24), "24 times what it was in edition 2026-03: days become hours?"),
        (BY_REGION, noise(MEDIAN, 0.03), "older figures"),
        (BY_REGION, copied(MEAN, MEDIAN), "offence to completion median has the figures that offence to completion mean had"),
        (BY_REGION, times(MEAN, 1.12, lambda row: "Wales" in row), "Wales"),
        (BY_REGION, displaced([MEDIAN, MEAN], 8), "older figures"),
        (BY_REGION, displaced([MEDIAN, MEAN], 1), "older figures"),
        (BY_REGION, changed(MEAN, lambda text, _: f"{round(float(text), -1)}"), "rounded to tens"),
        (BY_REGION, changed(MEDIAN, lambda _, __: "0.0"), "offence to completion median: nought throughout"),
        (WAITING, labels_exchanged("hearing_mean_hours", "hearing_median_hours"), "are exchanged"),
        (WAITING, times("hearing_mean_hours", 60), "hours become minutes?"),
        (WAITING, times("waiting_mean_weeks", 7), "weeks become days?"),
        (WAITING, noise("waiting_median_weeks", 0.03), "waiting median weeks"),
        (NATIONAL, labels_exchanged("charge_to_completion_at_the_crown_court_mean", MEAN), "are exchanged"),
        (NATIONAL, lambda rows: [rows[0], *rows[9:]], "begins with 2018-Q1"),
        (NATIONAL, lambda rows: rows[:-2], "ends with 2025-Q2"),
        (CASELOAD, times("open", 1.1), "open crown cases"),
        (OPEN_BY_REGION, exchanged("region", "London", "South East"), "London and South East are exchanged"),
        (BY_COURT, exchanged("court", "Snaresbrook", "Croydon"), ""),
        (BOROUGHS, exchanged("Borough", "Camden", "Croydon"), "Camden and Croydon are exchanged"),
        (BOROUGHS, exchanged("Measure", "Trust MPS", "Treat everyone fairly"), "are exchanged"),
        (BOROUGHS, noise("Proportion", 0.03), "older figures"),
        (BOROUGHS, changed("Proportion", lambda text, n: "0,21" if n == 4000 else text), "no revision has moved a cell so far"),
        (BOROUGHS, times("Proportion", 0.8, lambda row: "Barnet" in row), "every figure of Barnet is 80% of"),
        (BOROUGHS, dates_moved, "each period has the figures that edition 2024-02 gave for the one before"),
        (BOROUGHS, changed("Proportion", lambda t, _: f"{1 - damages.figure(t):.2f}".replace(".", ",")), "older figures"),
        (LONDON_SURVEY, noise("proportion", 0.05), "older figures"),
        (YOUTH, exchanged("LA and Regions", "Barnet", "Brent"), "Barnet and Brent are exchanged"),
        (YOUTH, times("Values", 0.5, lambda row: row[0] == "FirstYJS"), "every figure of first time entrants is"),
    ],
)
def test_an_edition_unlike_any_revision_is_held_back_and_named(
    held_back: Question, name: str, damage: Damage, sentence: str
) -> None:
    sentences = held_back(name, damage)
    assert any(sentence in line for line in sentences), sentences


@pytest.mark.parametrize(
    ("name", "damage", "sentence"),
    [
        (BY_REGION, exchanged("region", "London", "Wales"), "London and Wales look exchanged"),
        (BY_REGION, cells_exchanged(MEDIAN, MEAN), "look exchanged"),
        (BY_REGION, times(MEDIAN, 1 / 7), "where it was"),
        (BY_REGION, times(MEAN, 2, lambda row: "Midlands" in row), "Midlands, offence to completion mean, 2026-Q1"),
        (WAITING, times("hearing_mean_hours", 60), "hearing mean hours, 2026-Q1"),
        (WAITING, times("waiting_mean_weeks", 7), "waiting mean weeks, 2026-Q1"),
        (NATIONAL, changed(MEAN, lambda _, __: "50.0"), "offence to completion mean, 2026-Q1"),
    ],
)
def test_a_newest_quarter_out_of_line_is_held_back_and_named(
    held_back: Question, name: str, damage: Damage, sentence: str
) -> None:
    sentences = held_back(name, next_quarter(lambda rows: damage(rows)))
    assert any(sentence in line for line in sentences), sentences


def test_a_newest_quarter_that_repeats_the_one_before_is_held_back(held_back: Question) -> None:
    def again(rows: Rows) -> Rows:
        newest = [row for row in rows[1:] if row[1:3] == ["2025", "Q4"]]
        return [*rows, *(["2026-03-31", "2026", "Q1", *row[3:]] for row in newest)]

    assert any("figures are those of 2025-Q4" in sentence for sentence in held_back(BY_REGION, again))


@pytest.mark.parametrize("name", [BY_REGION, WAITING, NATIONAL, OPEN_BY_REGION])
def test_an_ordinary_next_quarter_is_held_back_by_nothing(held_back: Question, name: str) -> None:
    # The records of the last year are corrected a little, as they are.
    def corrected(rows: Rows) -> Rows:
        return rows

    assert held_back(name, next_quarter(corrected)) == []
