"""One number's passport holds what that number rests on, and nothing that it does not."""

import re
from pathlib import Path

import pytest

from tests.etl.commands import done, run


def lines(warehouse: Path, label: str, measure: str, area: str, period: str) -> list[str]:
    """The texts of a passport's lines with this label."""
    output = done("explain", measure, area, period, "--warehouse", warehouse).out
    return [line.partition(":")[2].strip() for line in output.splitlines() if line.startswith(f"{label}:")]


@pytest.mark.parametrize(
    ("measure", "area", "period"),
    [
        ("mopac7", "Bromley", "2012-03"),
        ("mopac7_rolling_year", "BCU-WA", "2012-03"),
        ("homicide", "London", "2015-06"),
        ("shoplifting", "Hillingdon", "2024-02"),
        ("shoplifting", "Hillingdon", "2024-03"),
        ("burglary_residential", "London", "2017-03"),
        ("open_crown_cases", "England and Wales", "2019-Q4"),
        ("open_crown_cases", "England and Wales", "2020-Q1"),
    ],
)
def test_a_passport_tells_of_no_break_after_its_period(warehouse: Path, measure: str, area: str, period: str) -> None:
    last = period[:4] + {"Q1": "-03", "Q4": "-12"}.get(period[5:], period[4:])
    begun = [line[:7] for line in lines(warehouse, "Break", measure, area, period)]
    assert [month for month in begun if month > last] == []


def test_a_passport_tells_of_the_break_its_own_month_begins_with(warehouse: Path) -> None:
    assert lines(warehouse, "Break", "mopac7", "Bromley", "2012-03") == []
    before, after = (lines(warehouse, "Break", "shoplifting", "London", month) for month in ("2024-02", "2024-03"))
    assert [line[:7] for line in after if line not in before] == ["2024-03"]


def test_each_court_shows_the_one_row_that_is_its_number(warehouse: Path) -> None:
    output = done("explain", "open_crown_cases_by_court", "London", "2025-Q4", "--warehouse", warehouse).out
    courts = output.split("Number:")[1:]
    assert len(courts) > 1
    for court in courts:
        number = re.search(r": ([\d,.]+)$", court.splitlines()[0])
        rows = [line.rpartition("= ")[2] for line in court.splitlines() if line.startswith("Row:")]
        assert number is not None
        assert rows == [number[1]], court


def test_a_borough_and_london_still_show_every_row_behind_them(warehouse: Path) -> None:
    assert len(lines(warehouse, "Row", "burglary", "Bromley", "2025-05")) == 3
    assert all("rows of column" in row for row in lines(warehouse, "Row", "burglary", "London", "2025-05"))


@pytest.mark.parametrize("code", ["E23000001", "e23000001", " E23000001 ", "E61000001", "E12000007"])
@pytest.mark.parametrize("command", ["series", "verdict", "expected"])
def test_the_mets_own_code_is_london(small_warehouse: Path, command: str, code: str) -> None:
    by_name = done(command, "burglary", "London", "--warehouse", small_warehouse)
    by_code = done(command, "burglary", code, "--warehouse", small_warehouse)
    assert by_code.out == by_name.out
    assert ("City of London" in by_code.err) == (code in ("E61000001", "E12000007"))
    assert by_name.err == ""


def test_explain_takes_the_mets_own_code(small_warehouse: Path) -> None:
    by_code = done("explain", "burglary", "E23000001", "2025-05", "--warehouse", small_warehouse)
    assert by_code.out == done("explain", "burglary", "London", "2025-05", "--warehouse", small_warehouse).out


def test_the_list_of_areas_names_the_mets_own_code_and_says_which_codes_include_the_city() -> None:
    note = next(row["note"] for row in done("areas", "--format", "csv").rows if row["area"] == "E12000007")
    assert all(word in note for word in ("E23000001", "E61000001", "E12000007", "include"))


@pytest.mark.parametrize("code", ["E23000002", "E61000002", "E2300001"])
def test_other_codes_of_forces_are_still_unknown(small_warehouse: Path, code: str) -> None:
    ran = run("series", "burglary", code, "--warehouse", small_warehouse)
    assert (ran.code, "no area" in ran.err) == (17, True)
