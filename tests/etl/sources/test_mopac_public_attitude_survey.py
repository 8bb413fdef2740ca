"""The survey is read in every dialect it is passed on in, and refused for every fault at once."""

import re
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from etl.core.errors import DataRejected
from etl.definitions.catalogue import SOURCES
from etl.files.table import Reading
from etl.sources.mopac_public_attitude_survey.parse import MONTH_FIRST
from etl.sources.mopac_public_attitude_survey.spellings import end_month, measure

ID = "mopac_public_attitude_survey"
SAMPLE = (SOURCES / ID / "sample_borough.csv").read_text()
PERCEPTION = (SOURCES / ID / "sample_public_perception.csv").read_text()

Read = Callable[[str, Path], Reading]


def written(folder: Path, text: str, name: str = "survey.csv") -> Path:
    path = folder / name
    path.write_text(text, newline="")
    return path


def figures(reading: Reading) -> pd.DataFrame:
    return reading.observations.drop(columns="cell")


def commas_and_quotes(text: str) -> str:
    return re.sub(r"\b0,(\d+)", r'"0,\1"', text.replace(";", "\t")).replace("\t", ",")


def decimal_points(text: str) -> str:
    return re.sub(r"\b0,(\d+)", r"0.\1", text).replace(";", ",")


def trailing_columns(text: str) -> str:
    return "\n".join(line + ";;;;" for line in text.splitlines()) + "\n"


def percentages(text: str) -> str:
    return re.sub(r"\b0,(\d+)", r"\1", text)


def percent_signs(text: str) -> str:
    return re.sub(r"\b0,(\d+)", r"\1%", text)


def iso_dates(text: str) -> str:
    return re.sub(r"(\d\d)/(\d\d)/(\d{4})", r"\3-\2-\1", text)


def american_dates(text: str) -> str:
    return re.sub(r"(\d\d)/(\d\d)/(\d{4})", r"\2/\1/\3", text)


def american_dates_with_a_clock(text: str) -> str:
    return re.sub(r"(\d\d)/(\d\d)/(\d{4})", r"\2/\1/\3 0:00", text)


def short_dates(text: str) -> str:
    return text.replace("31/12/2014", "Dec-14").replace("31/03/2015", "Mar-15")


def bare_names(text: str) -> str:
    return text.replace('"""Good Job"" local"', "Good Job local")


def other_capitals(text: str) -> str:
    return text.replace("Richmond upon", "RICHMOND UPON").replace("City of Westminster", "Westminster")


def renamed_columns(text: str) -> str:
    return text.replace("Date;Survey;Borough;Measure;Proportion;MPS", "Quarter;Source;Area;Question;Share;Force")


def title_lines(text: str) -> str:
    return "Public Attitude Survey\n\n" + text


def byte_order_mark(text: str) -> str:
    return "\ufeff" + text


@pytest.mark.parametrize(
    "dialect",
    [
        commas_and_quotes, decimal_points, trailing_columns, percentages, percent_signs, iso_dates, american_dates,
        american_dates_with_a_clock,
        short_dates, bare_names, other_capitals, title_lines, byte_order_mark,
    ],
)  # fmt: skip
def test_the_same_survey_in_another_dialect_gives_the_same_figures(
    dialect: Callable[[str], str], tmp_path: Path, read_as: Read
) -> None:
    plain = read_as(ID, written(tmp_path, SAMPLE))
    other = read_as(ID, written(tmp_path, dialect(SAMPLE), "other.csv"))
    pd.testing.assert_frame_equal(figures(other), figures(plain))
    assert (other.edition_label, other.first_period) == (plain.edition_label, plain.first_period)


def test_dates_read_month_first_are_said_to_be_once(tmp_path: Path, read_as: Read) -> None:
    notices = read_as(ID, written(tmp_path, american_dates(SAMPLE))).notices
    assert [n for n in notices if "month first" in n] == [MONTH_FIRST]
    assert MONTH_FIRST not in read_as(ID, written(tmp_path, SAMPLE, "other.csv")).notices


def test_dates_of_which_only_some_are_month_first_are_refused_by_name(tmp_path: Path, read_as: Read) -> None:
    mixed = SAMPLE.replace("31/03/2015", "03/31/2015")
    with pytest.raises(DataRejected, match=r"expected the end of a quarter .*, found '03/31/2015'"):
        read_as(ID, written(tmp_path, mixed))
    with pytest.raises(DataRejected, match=r"found '14/12/2014'"):
        read_as(ID, written(tmp_path, SAMPLE.replace("31/12/2014", "14/12/2014").replace("31/03/2015", "15/03/2015")))


def test_columns_with_other_names_are_known_by_what_they_hold(tmp_path: Path, read_as: Read) -> None:
    plain = read_as(ID, written(tmp_path, SAMPLE))
    other = read_as(ID, written(tmp_path, renamed_columns(SAMPLE), "other.csv"))
    pd.testing.assert_frame_equal(figures(other), figures(plain))


def test_a_workbook_of_the_survey_gives_the_same_figures(tmp_path: Path, read_as: Read) -> None:
    book = openpyxl.Workbook()
    for line in decimal_points(bare_names(SAMPLE)).splitlines():
        cells = line.split(",")
        book.active.append([float(cell) if re.fullmatch(r"0\.\d+", cell) else cell for cell in cells])
    book.save(tmp_path / "survey.xlsx")
    plain = read_as(ID, written(tmp_path, SAMPLE))
    pd.testing.assert_frame_equal(figures(read_as(ID, tmp_path / "survey.xlsx")), figures(plain))


def damaged(old: str, new: str, count: int = 1) -> str:
    assert old in SAMPLE
    return SAMPLE.replace(old, new, count)


FIRST = '31/12/2014;PAS;Barking and Dagenham;"""Good Job"" local";0,44;0,60\n'


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (SAMPLE + FIRST, r"E2, E130: expected one figure for good_job_local / E09000002 / 2014-12, found 2"),
        (damaged("0,44;", "1,44;"), r"E2: expected a proportion from 0 to 1 like the rest of the file, found '1,44'"),
        (damaged("0,44;", "44;"), r"E2: expected a proportion from 0 to 1 like the rest of the file, found '44'"),
        (damaged("0,44;", "-0,44;"), r"E2: expected a proportion from 0 to 1"),
        (damaged("0,44;", "0.44;"), r"E2: expected one decimal mark throughout, found both"),
        (damaged("0,44;", ";"), r"E2: expected a share of people asked, found an empty cell"),
        (damaged("0,44;", "o,44;"), r"E2: expected a share of people asked, found 'o,44'"),
        (damaged("Barnet", "Barnett"), r"C3: unknown borough 'Barnett'; the nearest known is 'Barnet'"),
        (damaged("Barnet", "Birmingham"), r"C3: unknown borough 'Birmingham'"),
        (damaged("Trust MPS", "Trust in MPS"), r"D66: unknown measure 'Trust in MPS'; the nearest known is 'Trust MPS'"),
        (damaged("31/12/2014", "14/12/2014"), r"A2: expected the end of a quarter .* found '14/12/2014'"),
        (damaged("31/12/2014", "31/13/2014"), r"A2: expected the end of a quarter"),
        (damaged(";PAS;", ";USS;"), r"B2: expected the survey PAS, found 'USS'"),
        (damaged("0,44;0,60", "0,44;0,61"), r"F3: expected London's 0\.61 as in F2, found 0\.60"),
        (damaged(FIRST, ""), r"good_job_local: expected a figure for E09000002 in 2014-12, found no row"),
        (re.sub(r".*;Bromley;.*\n", "", SAMPLE), r"good_job_local: expected all 32 boroughs, found no row for Bromley"),
        (SAMPLE.replace("31/03/2015", "30/06/2015"), r"good_job_local: expected every period .* missing 2015-03"),
        (damaged(FIRST, "31/12/2014;PAS;Barking and Dagenham\n"), r"row 2: expected 6 cells, found 3"),
        ("\n".join(SAMPLE.splitlines()[:100]), r"found no row"),
    ],
)
def test_a_fault_is_refused_with_its_cell_what_was_expected_and_what_was_found(
    text: str, complaint: str, tmp_path: Path, read_as: Read
) -> None:
    with pytest.raises(DataRejected, match=complaint):
        read_as(ID, written(tmp_path, text))


def test_every_fault_of_a_file_is_said_at_once(tmp_path: Path, read_as: Read) -> None:
    text = damaged("0,44;", "x;").replace("Barnet", "Barnett", 1).replace("Trust MPS", "Trust", 1)
    with pytest.raises(DataRejected) as refused:
        read_as(ID, written(tmp_path, text))
    assert len(refused.value.failures) == 3


def test_two_scales_in_one_file_are_refused_cell_by_cell(tmp_path: Path, read_as: Read) -> None:
    text = PERCEPTION.replace(",63", ",0.63")
    with pytest.raises(DataRejected, match=r"C3: expected a percentage from 0 to 100 like the rest of the file, found '0.63'"):
        read_as(ID, written(tmp_path, text))


def test_a_measure_that_stops_is_read_to_where_it_stops_and_said(tmp_path: Path, read_as: Read) -> None:
    text = "\n".join(line for line in SAMPLE.splitlines() if not ("Trust" in line and "2015" in line)) + "\n"
    reading = read_as(ID, written(tmp_path, text))
    assert "trust_mps stops at 2014-12; the file runs to 2015-03" in reading.notices
    assert reading.last_period == "2015-03"


def test_shorthand_is_kept_as_missing_with_its_reason(tmp_path: Path, read_as: Read) -> None:
    reading = read_as(ID, written(tmp_path, damaged("0,44;", "[c];")))
    row = reading.observations.query("cell == 'E2'").iloc[0]
    assert (row["status"], pd.isna(row["value"])) == ("suppressed", True)


def test_a_date_a_spreadsheet_turned_into_a_day_is_not_taken_for_a_quarter() -> None:
    assert end_month("2025-12-14") is None  # Dec-14 read as 14 December of this year
    assert [end_month(text) for text in ("31/12/2014", "Dec-14", "2014-12-31", "31-Dec-14", "December 2014")] == ["2014-12"] * 5


def test_the_name_with_quote_marks_is_the_name_without() -> None:
    assert measure('"Good Job" local') == measure('"""Good Job"" local') == "good_job_local"


def test_published_boroughs_hold_every_figure_once(published_data: Path, read_as: Read) -> None:
    reading = read_as(ID, published_data / "mopac-public-attitude-survey/2024-02/PAS_Borough.csv")
    # 7 measures of 37 quarters and one of 32, for 32 boroughs and London: (7 * 37 + 32) * 33
    assert len(reading.observations) == 9_603
    assert (reading.first_period, reading.last_period, reading.edition_label) == ("2014-12", "2023-12", "2024-02")


def test_published_layouts_agree_where_they_overlap(published_data: Path, read_as: Read) -> None:
    folder = published_data / "mopac-public-attitude-survey"
    keys = ["series", "area_code", "period"]
    old = read_as(ID, folder / "2024-02/PAS_Borough.csv").observations.set_index(keys)["value"]
    new = read_as(ID, folder / "2025-11/public-perception-data.csv").observations.set_index(keys)["value"]
    both = pd.concat([old, new], axis=1, join="inner", keys=["old", "new"])
    assert len(both) == 5 * 37 + 2 * 30
    assert both["old"].equals(both["new"])


def test_published_london_newest_points(published_data: Path, read_as: Read) -> None:
    """Read by eye from the last rows of the published file."""
    reading = read_as(ID, published_data / "mopac-public-attitude-survey/2025-11/public-perception-data.csv")
    newest = reading.observations.query("period == '2025-09'").set_index("series")["value"].to_dict()
    assert newest == {
        "good_job_local": 0.46,
        "listen_to_concerns": 0.54,
        "relied_on_to_be_there": 0.57,
        "treat_everyone_fairly": 0.66,
        "understand_issues": 0.54,
    }
    assert reading.edition_label == "2025-11"
