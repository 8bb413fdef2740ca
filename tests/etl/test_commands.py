"""The commands: each teaches, lists, names the nearest of what it does not know, and ends with a code that says what it was."""

import csv
import datetime as dt
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from etl.commands import lookup
from etl.core import clock
from etl.definitions import catalogue, reference
from etl.release import snapshot
from tests.etl.commands import done, release, run
from tests.etl.made import edition

ROOT = Path(__file__).parents[2]
COMMANDS = (
    "add",
    "check",
    "build",
    "snapshot",
    "diff",
    "sources",
    "measures",
    "areas",
    "series",
    "explain",
    "verdict",
    "expected",
    "refresh",
)


def test_help_names_every_command_and_where_to_start() -> None:
    ran = done("--help")
    assert all(command in ran.out for command in COMMANDS)
    assert "python -m etl build" in ran.out
    assert "known by what is in it" in " ".join(ran.out.replace("│", "").split())


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_that_says_what_it_does(command: str) -> None:
    words = done(command, "--help").out.replace("│", " ").split()
    assert f"etl {command}" in " ".join(words)
    assert len(words) > 15
    if command not in ("measures", "areas"):
        assert "--warehouse" in words


def test_without_a_command_the_help_is_printed() -> None:
    ran = run()
    assert "Usage" in ran.out + ran.err


def test_a_warehouse_without_a_release_says_how_to_make_one(tmp_path: Path) -> None:
    ran = run("series", "burglary", "Bromley", "--warehouse", tmp_path)
    assert (ran.code, "python -m etl build" in ran.err) == (16, True)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    ran = run("add", tmp_path / "nowhere.csv", "--warehouse", tmp_path / "w")
    assert (ran.code, "nowhere.csv: no such file or folder" in ran.err) == (12, True)


def test_building_from_a_folder_without_figures_is_refused(tmp_path: Path) -> None:
    ran = run("build", "--warehouse", tmp_path / "w", "--series", tmp_path / "nothing")
    assert (ran.code, "no figures here" in ran.err) == (12, True)


def test_the_warehouse_may_be_named_in_the_environment(small_warehouse: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAREHOUSE_DIR", str(small_warehouse))
    assert (
        done("series", "burglary", "Bromley").rows == done("series", "burglary", "Bromley", "--warehouse", small_warehouse).rows
    )


def test_measures_and_areas_list_every_id_that_series_takes() -> None:
    listed = {row["measure"] for row in done("measures", "--format", "csv").rows}
    assert listed == set(catalogue.forms_by_id())
    assert {"total_recorded_crime", "burglary_rate", "mopac7", "trust_mps"} <= listed
    places = {row["area"]: row for row in done("areas", "--format", "csv").rows}
    assert places.keys() == set(reference.areas())
    assert "not included" in places["E12000007"]["note"]


# series


def test_series_prints_the_columns_promised(small_warehouse: Path) -> None:
    ran = done("series", "burglary", "Bromley", "--warehouse", small_warehouse)
    header = "measure,area,breakdown,period,value,numerator,denominator,lower,upper,status,edition,cell"
    assert ran.out.splitlines()[0] == header
    assert [row["period"] for row in ran.rows] == sorted(row["period"] for row in ran.rows)
    assert (len(ran.rows), ran.rows[0]["period"], ran.rows[-1]["period"]) == (24, "2023-06", "2025-05")
    assert {row["area"] for row in ran.rows} == {"E09000006"}
    assert [row["status"] for row in ran.rows] == [*["final"] * 23, "provisional"]


def test_series_says_the_same_as_json_and_as_a_table(small_warehouse: Path) -> None:
    command = ("series", "burglary", "Bromley", "--warehouse", small_warehouse)
    rows = done(*command).rows
    listed = json.loads(done(*command, "--format", "json").out)
    assert [(r["period"], r["value"]) for r in listed] == [(r["period"], float(r["value"])) for r in rows]
    table = done(*command, "--format", "table").out.splitlines()
    assert len(table) == len(rows) + 1
    assert table[0].split()[:4] == ["measure", "area", "breakdown", "period"]


def test_a_missing_value_is_empty_with_its_reason_never_nought(small_warehouse: Path) -> None:
    # No population is held, so there is no rate.
    rows = done("series", "burglary_rate", "Bromley", "--warehouse", small_warehouse).rows
    assert {(row["value"], row["status"]) for row in rows} == {("", "unavailable")}
    listed = json.loads(done("series", "burglary_rate", "Bromley", "--warehouse", small_warehouse, "--format", "json").out)
    assert {row["value"] for row in listed} == {None}


def test_an_unknown_output_format_is_refused(small_warehouse: Path) -> None:
    ran = run("series", "burglary", "Bromley", "--warehouse", small_warehouse, "--format", "xml")
    assert (ran.code, "csv, json or table" in ran.err) == (17, True)


@pytest.mark.parametrize(
    "area", ["E09000027", "e09000027", "Richmond upon Thames", "richmond UPON  thames", "Richmond-upon-Thames", "Richmond"]
)
def test_an_area_may_be_named_by_code_or_by_any_spelling(small_warehouse: Path, area: str) -> None:
    assert {row["area"] for row in done("series", "burglary", area, "--warehouse", small_warehouse).rows} == {"E09000027"}


@pytest.mark.parametrize(
    ("area", "code"), [("London", "E12000007"), ("BCU-SN", "BCU-SN"), ("bcu-sn", "BCU-SN"), ("South Area", "BCU-SN")]
)
def test_london_and_commands_are_areas_too(small_warehouse: Path, area: str, code: str) -> None:
    assert {row["area"] for row in done("series", "burglary", area, "--warehouse", small_warehouse).rows} == {code}


@pytest.mark.parametrize(
    ("measure", "area", "hint"),
    [
        ("burglery", "Bromley", "no measure 'burglery'; nearest: burglary"),
        ("theft_person", "Bromley", "theft_from_person"),
        ("burglary", "Bromly", "no area 'Bromly'; nearest: Bromley"),
        ("burglary", "Croyden", "Croydon"),
        ("burglary", "E09000099", "E0900009"[:7]),
    ],
)
def test_an_unknown_measure_or_area_names_the_nearest(small_warehouse: Path, measure: str, area: str, hint: str) -> None:
    ran = run("series", measure, area, "--warehouse", small_warehouse)
    assert (ran.code, hint in ran.err, ran.out) == (17, True, ""), ran.err


def test_the_city_is_known_and_said_to_be_another_forces(small_warehouse: Path) -> None:
    ran = run("series", "burglary", "City of London", "--warehouse", small_warehouse)
    assert (ran.code, "City of London Police, not by the Met" in ran.err) == (17, True)


@pytest.mark.parametrize("as_of", ["yesterday", "2024-13", "24-01-01"])
def test_an_impossible_date_is_refused_with_its_reason(small_warehouse: Path, as_of: str) -> None:
    ran = run("series", "burglary", "Bromley", "--warehouse", small_warehouse, "--as-of", as_of)
    assert (ran.code, "is not a day" in ran.err) == (17, True)


def test_as_of_before_the_first_edition_there_is_nothing(small_warehouse: Path) -> None:
    ran = run("series", "burglary", "Bromley", "--warehouse", small_warehouse, "--as-of", "2001-01")
    assert (ran.code, "as published by 2001-01-31" in ran.err) == (17, True)


def test_a_day_still_to_come_is_said_to_be(small_warehouse: Path) -> None:
    ran = run("verdict", "burglary", "Bromley", "--warehouse", small_warehouse, "--as-of", "9998-01")
    assert (ran.code, "is still to come" in ran.err) == (17, True)


def test_a_retired_measure_has_figures_and_no_verdict() -> None:
    form = catalogue.forms_by_id()["mopac7_robbery"]
    assert "its targets ended" in lookup.no_verdict_sentence(form, "E12000007", None, ["E12000007"])
    assert "has no figures for Wales" in lookup.no_verdict_sentence(form, "W92000004", None, ["E12000007"])


def test_of_two_areas_with_one_name_the_one_with_figures_is_taken() -> None:
    assert lookup.area_code("South West") == "BCU-SW"
    assert lookup.area_code("South West", ["K04000001", "HMCTS-SOUTH-WEST"]) == "HMCTS-SOUTH-WEST"
    assert lookup.area_code("South West", ["E12000007", "BCU-SW"]) == "BCU-SW"


def test_a_measure_that_an_area_lacks_names_areas_that_have_it(small_warehouse: Path) -> None:
    ran = run("series", "burglary", "England and Wales", "--warehouse", small_warehouse)
    assert (ran.code, "It is held for London, " in ran.err, "and others" in ran.err) == (17, True, True)


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_reader_that_stops_listening_is_no_error(small_warehouse: Path, unbuffered: str) -> None:
    read, write = os.pipe()
    os.close(read)
    ran = subprocess.run(
        [sys.executable, "-m", "etl", "series", "burglary", "Bromley", "--warehouse", str(small_warehouse)],
        cwd=ROOT, stdout=write, stderr=subprocess.PIPE, text=True, check=False, env=os.environ | {"PYTHONUNBUFFERED": unbuffered},
    )  # fmt: skip
    os.close(write)
    assert (ran.returncode, ran.stderr) == (0, "")


def test_series_may_be_read_back_by_any_program(small_warehouse: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "etl", "series", "burglary", "London", "--warehouse", str(small_warehouse)],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert len(list(csv.DictReader(io.StringIO(ran.stdout)))) == 24


# expected


@pytest.mark.slow
def test_a_range_comes_out_again_as_it_was_made_on_a_day(small_warehouse: Path, live: Path, tmp_path: Path) -> None:
    made = done("expected", "burglary", "Bromley", "--warehouse", small_warehouse).rows
    assert [row["period"] for row in made] == [f"{2025 + (4 + n) // 12}-{(4 + n) % 12 + 1:02d}" for n in range(1, 25)]
    done("add", edition(last="2025-08", revision=1).write(tmp_path / "newer.csv"), "--warehouse", live)
    now = done("expected", "burglary", "Bromley", "--warehouse", live).rows
    assert now[0]["period"] == "2025-09"
    again = done("expected", "burglary", "Bromley", "--warehouse", live, "--as-of", "2025-06").rows
    assert again == made


@pytest.mark.parametrize("measure", ["trust_mps", "receipts"])
def test_no_range_is_made_of_what_is_not_counted_month_by_month(small_warehouse: Path, measure: str) -> None:
    assert run("expected", measure, "Bromley", "--warehouse", small_warehouse).code == 17


# explain, sources, diff


def test_explain_is_the_whole_passport_of_a_number(live: Path, tmp_path: Path) -> None:
    newer = edition(last="2025-06", revision=1).write(tmp_path / "newer.csv")
    done("add", newer, "--warehouse", live)
    output = done("explain", "burglary_rolling_year", "Bromley", "2025-05", "--warehouse", live).out
    number = done("explain", "burglary", "Bromley", "2025-05", "--warehouse", live).out
    definition = catalogue.measures()["burglary"]
    for words in ("newer.csv", "Metropolitan Police Service", "Open Government Licence", definition.leaves_out, "Method"):
        assert words in number, number
    assert "made.csv" in number + output or "2025-06" in number  # what the edition before said
    rows = {r["period"]: r for r in done("series", "burglary", "Bromley", "--warehouse", live).rows}
    assert rows["2025-05"]["cell"] in number
    with newer.open("rb") as stream:
        import hashlib

        assert hashlib.sha256(stream.read()).hexdigest() in number
    assert "twelve months to" in output


def test_explain_tells_every_caveat(warehouse: Path) -> None:
    output = done("explain", "burglary_residential", "Bromley", "2025-05", "--warehouse", warehouse).out
    assert all(caveat in output for caveat in catalogue.measures()["burglary_residential"].caveats)


def test_explain_of_a_month_that_is_not_held_says_which_are(small_warehouse: Path) -> None:
    ran = run("explain", "burglary", "Bromley", "1999-01", "--warehouse", small_warehouse)
    assert (ran.code, "runs from 2023-06 to 2025-05" in ran.err) == (17, True)


def test_sources_lists_every_source_that_is_loaded_or_awaited_and_its_editions(warehouse: Path) -> None:
    rows = done("sources", "--warehouse", warehouse, "--format", "csv").rows
    loaded = {folder.name for folder in snapshot.SERIES.iterdir() if folder.is_dir()}
    assert {row["source"] for row in rows} == loaded | {s.id for s in catalogue.sources().values() if s.is_awaited}
    crime = [row for row in rows if row["source"] == "mps_recorded_crime_borough"]
    assert {"2019-01", "2023-11", "2024-02", "2024-07", "2025-06", "2025-12", "2026-01"} <= {row["edition"] for row in crime}
    assert {row["form"] for row in crime} == {"A", "B", "C", "C2"}
    assert all(row["sha256"] and row["published"] for row in crime)


def test_sources_late_ends_with_its_own_code_while_something_is_late_and_with_nought_else(
    warehouse: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: dt.datetime(2026, 11, 30, tzinfo=dt.UTC))
    late = run("sources", "--late", "--warehouse", warehouse, "--format", "csv")
    assert (late.code, "late on 30 November 2026" in late.err) == (20, True)
    crime = next(row for row in late.rows if row["source"] == "mps_recorded_crime_borough")
    assert (crime["held_to"], crime["due_to"], crime["months_unknown"]) == ("2025-12", "2026-09", "10")
    monkeypatch.setattr(clock, "now", lambda: dt.datetime(2010, 7, 1, tzinfo=dt.UTC))
    in_time = done("sources", "--late", "--warehouse", warehouse)
    assert (in_time.out, in_time.err) == ("", "")


def test_diff_says_what_the_newest_release_added_and_moved(live: Path, tmp_path: Path) -> None:
    before = release(live)
    done("add", edition(last="2025-06", revision=1).write(tmp_path / "newer.csv"), "--warehouse", live)
    output = done("diff", "--warehouse", live).out
    assert f"{before} to {release(live)}" in output
    assert "burglary: 1 new (2025-06 to 2025-06)" in output
    assert "figures moved" in output
    assert done("diff", before, "--warehouse", live).out == output


def test_diff_with_a_release_that_is_not_there_lists_those_that_are(live: Path) -> None:
    ran = run("diff", "2001-01-01-nothing", "--warehouse", live)
    assert (ran.code, release(live) in ran.err) == (17, True)


def test_diff_of_the_only_release_says_there_is_no_other(live: Path) -> None:
    assert run("diff", "--warehouse", live).code == 17


def test_check_publishes_nothing(live: Path, tmp_path: Path) -> None:
    before = release(live)
    ran = done("check", edition(last="2025-06").write(tmp_path / "newer.csv"), "--warehouse", live)
    assert "nothing was published" in ran.out
    assert release(live) == before
