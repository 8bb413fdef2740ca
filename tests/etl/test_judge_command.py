"""The command that judges counts somebody brings: what it takes, what it refuses and why, and what it prints."""

import csv
import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from etl.commands import own_counts
from etl.commands.judge import COLUMNS
from etl.core.period import every_month
from etl.definitions import reference
from tests.etl.commands import done, run

ROOT = Path(__file__).parents[2]
MONTHS = every_month("2016-01", "2025-12")


def rows(areas=8, level=60.0, months=MONTHS, seed=1, force=True):
    """Lines of unchanging counts, and of their sum."""
    counts = np.random.default_rng(seed).poisson(level, (areas, len(months)))
    lines = [[f"Area {i}", "borough", month, int(counts[i, j])] for i in range(areas) for j, month in enumerate(months)]
    return lines + [["All", "force", month, int(counts[:, j].sum())] for j, month in enumerate(months) if force]


def write(path, lines, header=("area", "kind", "month", "count")):
    with path.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([header, *lines])
    return path


def changed(lines, area, first, factor):
    return [[a, k, m, round(c * factor) if a == area and m >= first else c] for a, k, m, c in lines]


@pytest.fixture
def file(tmp_path):
    return lambda lines, **options: write(tmp_path / "counts.csv", lines, **options)


def test_one_row_an_area_with_the_columns_in_their_order(file):
    ran = done("judge", file(rows()))
    assert ran.out.splitlines()[0] == ",".join(COLUMNS)
    assert [row["area"] for row in ran.rows] == ["All", *(f"Area {i}" for i in range(8))]
    assert {row["letter"] for row in ran.rows} <= {"N", "M", "E"}
    quiet = next(row for row in ran.rows if row["letter"] == "N")
    assert float(quiet["change_lower"]) < 0 < float(quiet["change_upper"])
    assert (quiet["ruled_out_below"], quiet["ruled_out_above"]) == (quiet["change_lower"], quiet["change_upper"])


@pytest.mark.parametrize(("factor", "state", "letter"), [(0.5, "fell", "B"), (1.7, "rose", "W")])
def test_a_large_change_is_found_dated_and_measured(file, factor, state, letter):
    lines = changed(rows(), "Area 3", "2025-04", factor)
    by_area = {row["area"]: row for row in done("judge", file(lines), "--better", "lower").rows}
    row = by_area["Area 3"]
    assert (row["state"], row["letter"], row["since"]) == (state, letter, "2025-04")
    assert float(row["change_lower"]) < factor - 1 < float(row["change_upper"])
    assert row["against_force"] in ("more", "against")
    assert row["grade"] in ("almost certain", "highly likely")


def test_as_of_looks_at_nothing_later(file):
    lines = rows()
    early = [line for line in lines if line[2] <= "2024-12"]
    later = changed(lines, "Area 1", "2025-01", 9)
    assert done("judge", file(later), "--as-of", "2024-12").out == done("judge", file(early)).out


def test_order_of_lines_and_columns_does_not_matter(file):
    lines = rows()
    plain = done("judge", file(lines)).out
    shuffled = [lines[i] for i in np.random.default_rng(1).permutation(len(lines))]
    assert done("judge", file([[c, m, a, k] for a, k, m, c in shuffled], header=("count", "month", "area", "kind"))).out == plain


def test_json_says_the_same_as_csv(file):
    path = file(rows())
    as_json = json.loads(done("judge", path, "--format", "json").out)
    assert [row["sentence"] for row in as_json] == [row["sentence"] for row in done("judge", path).rows]
    assert as_json[0]["against_force"] is None


def test_without_a_force_the_sum_of_the_boroughs_stands_in_and_says_so(file):
    assert all(
        row["sentence"].endswith("The boroughs' sum stands in for the force.")
        for row in done("judge", file(rows(force=False))).rows
    )
    with_a_gap = [line for line in rows(force=False) if line[:3] != ["Area 2", "borough", "2019-05"]]
    assert all(row["against_force"] == "" for row in done("judge", file(with_a_gap)).rows)


def test_one_area_alone_is_judged_by_itself(file):
    (row,) = done("judge", file(rows(areas=1, force=False))).rows
    assert row["against_force"] == ""
    assert row["expected"]


def test_rising_with_its_residents_is_no_rise(file):
    people = {month: 1000 * 1.6 ** (max(0, i - 100) / 19) for i, month in enumerate(MONTHS)}
    lines = [[f"Area {i}", "borough", m, round(0.06 * people[m]), round(people[m])] for i in range(3) for m in MONTHS]
    header = ("area", "kind", "month", "count", "population")
    with_people = done("judge", file(lines, header=header)).rows
    assert all(abs(float(row["change"])) < 0.05 for row in with_people)


@pytest.mark.parametrize("missing", ["2025-08", "2019-08"])
def test_a_month_missing_with_its_residents_leaves_the_others_judged(file, missing):
    lines = [["A", "borough", month, 60, 1000] for month in MONTHS if month != missing]
    (row,) = done("judge", file(lines, header=("area", "kind", "month", "count", "population"))).rows
    assert abs(float(row["change"])) < 0.1


@pytest.mark.parametrize(("before", "now"), [(0, 30), (100, 0), (1, 400), (10**9, 10**11)])
def test_the_change_lies_within_its_limits_however_large(file, before, now):
    lines = [["A", "borough", month, now if month >= "2025-04" else before] for month in MONTHS]
    (row,) = done("judge", file(lines)).rows
    assert float(row["change_lower"]) <= float(row["change"]) <= float(row["change_upper"])
    assert row["letter"] == "C"


SOUND = [["A", "borough", "2025-01", "4"], ["A", "borough", "2025-02", "5"]]
FAULTS = [
    ([["A", "borough", "2025-13", "4"]], "line 2: month '2025-13' is not a month"),
    ([["A", "borough", "01/2025", "4"]], "line 2: month '01/2025' is not a month"),
    ([["A", "borough", "2025-01", "-4"]], "line 2: count '-4' is negative"),
    ([["A", "borough", "2025-01", "4.5"]], "line 2: count '4.5' is not a whole number"),
    ([["A", "borough", "2025-01", "1,204"]], "line 2: count '1,204' is not a whole number; write it without commas"),
    ([["A", "borough", "2025-01", ""]], "line 2: no count; leave the line out where a month is not known"),
    ([["A", "borough", "2025-01", "nan"]], "line 2: count 'nan' is not a whole number"),
    ([["A", "borough", "2025-01", "٤"]], "line 2: count '٤' is not a whole number"),
    ([["A", "ward", "2025-01", "4"]], "line 2: kind 'ward' is neither borough nor force"),
    ([["", "borough", "2025-01", "4"]], "line 2: no area"),
    ([*SOUND, ["A", "borough", "2025-01", "4"]], "line 4: A 2025-01 stands in line 2 already"),
    ([*SOUND, ["A", "force", "2025-03", "4"]], "line 4: A is a force here and a borough in line 2"),
    ([["A", "force", "2025-01", "4"], ["B", "force", "2025-01", "4"]], "line 3: B is a second force; A is one in line 2"),
    ([["A", "borough", "2025-01"]], "line 2: 3 cells where the header has 4"),
    ([], "no line below the header"),
]


@pytest.mark.parametrize(("lines", "reason"), FAULTS)
def test_a_fault_is_refused_with_its_line_and_what_is_wrong(file, lines, reason):
    ran = run("judge", file(lines))
    assert ran.code == 14
    assert reason in ran.err
    assert ran.out == ""


def test_every_fault_is_named_and_not_only_the_first(file):
    ran = run("judge", file([["A", "ward", "2025-00", "-1"], *SOUND, ["B", "borough", "2025-01", "x"]]))
    assert "(4 reasons)" in ran.err
    assert "line 5: count 'x'" in ran.err


@pytest.mark.parametrize(
    ("header", "reason"),
    [
        (("area", "kind", "month"), "no column 'count'"),
        (("area", "kind", "month", "number"), "column 'number' is not one of"),
        (("area", "kind", "month", "count", "count"), "column 'count' stands 2 times"),
    ],
)
def test_a_header_that_is_another_is_refused(file, header, reason):
    ran = run("judge", file(SOUND, header=header))
    assert ran.code == 14
    assert reason in ran.err


@pytest.mark.parametrize("people", ["", "0", "-3", "many"])
def test_residents_that_are_none_are_refused(file, people):
    ran = run("judge", file([[*SOUND[0], people]], header=("area", "kind", "month", "count", "population")))
    assert (ran.code, "is not a number above 0" in ran.err) == (14, True)


@pytest.mark.parametrize("as_of", ["2015-12", "2026-01", "2025", "2025-13", "December"])
def test_a_month_the_file_cannot_be_judged_at_is_refused(file, as_of):
    ran = run("judge", file(rows(areas=1)), "--as-of", as_of)
    assert ran.code == 17
    assert "--as-of" in ran.err


@pytest.mark.parametrize(("options", "code"), [(["--format", "xml"], 17), (["--better", "up"], 17)])
def test_an_unknown_choice_is_refused(file, options, code):
    assert run("judge", file(rows(areas=1)), *options).code == code


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"area;kind;month;count\n", b'area,kind,month,count\n"A,borough'])
def test_what_is_no_such_file_is_refused_in_words(tmp_path, content):
    path = tmp_path / "counts.csv"
    path.write_bytes(content)
    ran = run("judge", path)
    assert ran.code == 14
    assert "Traceback" not in ran.err


def test_a_file_that_is_not_there_is_refused(tmp_path):
    assert run("judge", tmp_path / "nowhere.csv").code == 12
    assert run("judge", tmp_path).code == 12


@pytest.mark.parametrize(
    ("lines", "state"),
    [
        (rows(areas=1, months=MONTHS[-18:], force=False), "too early"),
        (rows(areas=1, level=0, force=False), "cannot tell"),
        (rows(areas=1, level=0.2, force=False), "cannot tell"),
        (rows(areas=1, months=MONTHS[:1], force=False), "too early"),
        (rows(areas=1, months=every_month("2016-01", "2020-12"), force=False), "cannot tell"),
    ],
)
def test_what_cannot_be_judged_says_so_instead_of_guessing(file, lines, state):
    (row,) = done("judge", file(lines)).rows
    assert row["state"] == state
    assert row["sentence"].lower().startswith(state)
    assert not row["grade"]


def test_an_area_whose_newest_month_is_not_there_is_late_and_the_others_are_judged(file):
    lines = [line for line in rows() if not (line[0] == "Area 4" and line[2] > "2025-10")]
    by_area = {row["area"]: row for row in done("judge", file(lines)).rows}
    assert by_area["Area 4"]["letter"] == "L"
    assert by_area["Area 5"]["expected"]


def test_months_missing_in_the_window_are_left_out_on_both_sides(file):
    lines = [line for line in rows(areas=1, force=False) if line[2] != "2025-08"]
    (row,) = done("judge", file(lines)).rows
    assert "One month of these not counted" in row["sentence"] or "1 month of these not counted" in row["sentence"]
    assert abs(float(row["change"])) < 0.3


@pytest.mark.slow
def test_a_thousand_areas_are_judged(file):
    ran = done("judge", file(rows(areas=1000, months=MONTHS[-48:])))
    assert len(ran.rows) == 1001


def test_covid_is_the_row_of_the_table_of_breaks():
    with (reference.REFERENCE / "breaks.csv").open(encoding="utf-8", newline="") as lines:
        row = next(row for row in csv.DictReader(lines) if row["treatment"] == "leave_out")
    assert (row["start"][:7], row["end"][:7]) == (own_counts.COVID.first, own_counts.COVID.last)


@pytest.mark.slow
def test_the_command_starts_alone_without_the_release_and_is_done_in_seconds(tmp_path):
    path = write(tmp_path / "counts.csv", rows(areas=32))
    command = [sys.executable, "-X", "importtime", "-m", "etl", "judge", str(path)]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert ran.stdout.count("\n") == 34
    assert not [name for name in ("duckdb", "pandas", "scipy", "sqlalchemy") if f" {name}\n" in ran.stderr]
