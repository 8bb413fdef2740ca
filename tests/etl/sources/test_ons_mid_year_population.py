"""Population: every borough, every year, against a total known from elsewhere; never added up, never guessed."""

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from etl.core.errors import DataRejected
from etl.definitions.catalogue import SOURCES
from etl.files.table import Reading

ID = "ons_mid_year_population"
SAMPLE = (SOURCES / ID / "sample_components.csv").read_text()

Read = Callable[[str, Path], Reading]


def written(folder: Path, text: str) -> Path:
    path = folder / "population.csv"
    path.write_text(text, newline="")
    return path


def damaged(old: str, new: str) -> str:
    assert old in SAMPLE
    return SAMPLE.replace(old, new, 1)


BROMLEY = [line for line in SAMPLE.splitlines(keepends=True) if "Bromley" in line and "population" in line]


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (
            damaged("population,2031,100000", "population,2031,many"),
            r"G2: expected a number of people above nought, found 'many'",
        ),
        (damaged("population,2031,100000", "population,2031,0"), r"G2: expected a number of people above nought, found '0'"),
        (damaged("population,2031,100000", "population,2031,-"), r"G2: expected a number of people above nought, found '-'"),
        (damaged("population,2031,100000", "population,mid,100000"), r"F2: expected a year such as 2024, found 'mid'"),
        (damaged("E09000001,City", "Barnet,City"), r"A2: expected the code of a place such as E09000006, found 'Barnet'"),
        (SAMPLE + BROMLEY[0], r"expected one figure for population / E09000006 / 2031, found 2"),
        (SAMPLE.replace(BROMLEY[0], ""), r"population: expected a figure for E09000006 in 2031, found no row"),
        (SAMPLE.replace("E09000006", "E07000006"), r"expected all 33 boroughs, found no population of Bromley"),
        (SAMPLE.replace(",2032,", ",2033,"), r"expected every period from 2031 to 2033; missing 2032"),
        (
            damaged("population,2032,100050", "population,2032,200050"),
            r"do not add up: E09000001 2032: expected 100,050, found 200,050",
        ),
    ],
)
def test_a_fault_is_refused_with_its_cell_what_was_expected_and_what_was_found(
    text: str, complaint: str, tmp_path: Path, read_as: Read
) -> None:
    with pytest.raises(DataRejected, match=complaint):
        read_as(ID, written(tmp_path, text))


def test_a_total_far_from_the_one_published_elsewhere_is_refused(tmp_path: Path, read_as: Read) -> None:
    with pytest.raises(DataRejected, match=r"expected 9,089,736 in 2024, found 3,828,000"):
        read_as(ID, written(tmp_path, SAMPLE.replace(",2032,", ",2025,").replace(",2031,", ",2024,")))


def test_a_workbook_gives_the_same_people(tmp_path: Path, read_as: Read) -> None:
    book = openpyxl.Workbook()
    for line in SAMPLE.splitlines():
        book.active.append([int(cell) if cell.lstrip("-").isdigit() else cell for cell in line.split(",")])
    book.save(tmp_path / "population.xlsx")
    plain = read_as(ID, written(tmp_path, SAMPLE)).observations
    observations = read_as(ID, tmp_path / "population.xlsx").observations
    pd.testing.assert_frame_equal(observations.drop(columns="cell"), plain.drop(columns="cell"))
    assert observations["cell"].iloc[0] == "Sheet!G2"


def test_the_year_of_the_boundaries_may_change(tmp_path: Path, read_as: Read) -> None:
    assert len(read_as(ID, written(tmp_path, SAMPLE.replace("ladcode23", "ladcode24"))).observations) == 66


def test_what_moved_the_number_is_left_out_and_said(tmp_path: Path, read_as: Read) -> None:
    (left_out,) = read_as(ID, written(tmp_path, SAMPLE)).rejected
    assert left_out[0] == "198 rows"  # six components of 33 boroughs
    assert "births" in left_out[1]


def test_published_london_adds_up_to_its_known_total(published_data: Path, read_as: Read) -> None:
    reading = read_as(ID, published_data / "geography/ons_mye_london_components_2011-2024.xlsx")
    newest = reading.observations.query("period == '2024'")
    assert newest["value"].sum() == 9_089_736
    assert len(reading.observations) == 33 * 14
    assert reading.edition_label == "2025-07"
