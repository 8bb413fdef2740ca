"""Court tables: one reader for each published table; levels are filtered, never added up; every fault is said at once."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from etl.core.errors import DataRejected
from etl.definitions.catalogue import SOURCES
from etl.files.table import Reading

Read = Callable[[str, Path], Reading]

TIMELINESS = "moj_crown_timeliness_by_region"
AGE = "moj_crown_open_age_by_region"
CASELOAD = "moj_crown_caseload"
BY_COURT = "moj_crown_open_by_court"
ALL_COURTS = "moj_all_courts_timeliness"
RECORDS = "moj_crown_receipts_disposals_open"


def sample(source_id: str) -> str:
    (path,) = (SOURCES / source_id).glob("sample_*.csv")
    return path.read_text()


def written(folder: Path, text: str) -> Path:
    path = folder / "courts.csv"
    path.write_text(text, newline="")
    return path


def without(text: str, part: str) -> str:
    """The text without every line that holds `part`."""
    assert part in text
    return "".join(line for line in text.splitlines(keepends=True) if part not in line)


def twice(text: str, part: str) -> str:
    (line, *_) = (line for line in text.splitlines(keepends=True) if part in line)
    return text + line


def changed(source_id: str, old: str, new: str) -> str:
    text = sample(source_id)
    assert old in text
    return text.replace(old, new, 1)


@pytest.mark.parametrize(
    ("source_id", "text", "failure"),
    [
        (TIMELINESS, changed(TIMELINESS, "300.5", "oops"), r"F2: offence_to_completion_median: expected a number, found 'oops'"),
        (TIMELINESS, changed(TIMELINESS, "300.5", ""), r"F2: .* expected a number, found an empty cell"),
        (TIMELINESS, changed(TIMELINESS, "300.5", "-300.5"), r"F2: .* expected nought or more, found '-300.5'"),
        (TIMELINESS, changed(TIMELINESS, "Midlands", "Midland"), r"D4: unknown region 'Midland'; the nearest .* 'Midlands'"),
        (TIMELINESS, changed(TIMELINESS, "2030-09-30", "2030-06-30"), r"A2: expected 2030-09-30, .* found '2030-06-30'"),
        (TIMELINESS, changed(TIMELINESS, "Q3", "Q5"), r"C2: expected a quarter such as 2016 and Q1, found '2030' and 'Q5'"),
        (TIMELINESS, without(sample(TIMELINESS), "Wales,region"), r"expected every region, found no row for Wales"),
        (
            TIMELINESS,
            without(sample(TIMELINESS), "2030-12-31,2030,Q4,Midlands"),
            r"offence_to_completion_median: expected a figure for HMCTS-MIDLANDS in 2030-Q4, found no row",
        ),
        (TIMELINESS, twice(sample(TIMELINESS), "Q3,London"), r"F3, F18: expected one figure for .* / E12000007 / 2030-Q3"),
        (
            TIMELINESS,
            sample(TIMELINESS).replace("2030-12-31,2030,Q4", "2031-03-31,2031,Q1"),
            r"expected every period from 2030-Q3 to 2031-Q1; missing 2030-Q4",
        ),
        (TIMELINESS, changed(TIMELINESS, ",300.5,600.0", ",300.5"), r"row 2: expected 7 cells, found 6"),
        (AGE, changed(AGE, ",0.25", ",0.35"), r"H2: expected 0.25 \(G2 over F2\), found 0.35"),
        (AGE, changed(AGE, ",0.25", ",25"), r"H2: share_1yr_plus: expected a share from 0 to 1, found '25'"),
        (AGE, changed(AGE, "1000.0", "1000.5"), r"F2: valid_cases: expected a whole number, found '1000.5'"),
        (AGE, changed(AGE, "8000.0,2000.0", "6000.0,1500.0"), r"no more than England and Wales, found 7,000 and 6,000"),
        (CASELOAD, changed(CASELOAD, "-100.0", "100.0"), r"G2: expected -100 \(F2 less D2\), found 100"),
        (BY_COURT, changed(BY_COURT, "40000.0", "40001.0"), r"expected a change of 10001, found '10000.0'"),
        (BY_COURT, changed(BY_COURT, "40000.0,30000.0", "40001.0,30001.0"), r"80,204 open cases, which is no quarter"),
        (BY_COURT, twice(sample(BY_COURT), "Cardiff"), r"C3, C7: expected one figure for .* / Cardiff / open_latest, found 2"),
        (BY_COURT, changed(BY_COURT, "Snaresbrook", ""), r"B2: expected the name of a court, found an empty cell"),
        (ALL_COURTS, changed(ALL_COURTS, "2030 Q1 (Jan-Mar)", "2031 Q1 (Jan-Mar)"), r"B2: expected a quarter of 2030"),
        (ALL_COURTS, changed(ALL_COURTS, "-,London,-", "England and Wales,London,-"), r"D3: expected one level .*, Region"),
        (ALL_COURTS, changed(ALL_COURTS, ",3000,", ",300,"), r"2030-Q1: expected no more defendants .* found 950 and 300"),
        (ALL_COURTS, changed(ALL_COURTS, ",130\n", ",x\n"), r"P2: Median offence to completion: .* found 'x'"),
        (RECORDS, changed(RECORDS, "1. Receipts", "4. Sittings"), r"G2: expected receipts, .* found '4. Sittings'"),
        (RECORDS, changed(RECORDS, ",63", ",6.3"), r"I2: expected a number of cases, found '6.3'"),
        (RECORDS, twice(sample(RECORDS), "00: All offences"), r"I2, I14: expected one figure"),
        (RECORDS, sample(RECORDS).replace("2030,Q2", "2030,Q3"), r"missing 2030-Q2"),
    ],
)  # fmt: skip
def test_a_fault_is_refused_with_its_cell_what_was_expected_and_what_was_found(
    source_id: str, text: str, failure: str, tmp_path: Path, read_as: Read
) -> None:
    with pytest.raises(DataRejected, match=failure):
        read_as(source_id, written(tmp_path, text))


def test_every_fault_of_a_file_is_said_at_once(tmp_path: Path, read_as: Read) -> None:
    text = sample(TIMELINESS).replace("300.5", "x").replace("Q3,London", "Q3,Londinium").replace("604.0", "-604.0")
    with pytest.raises(DataRejected) as refused:
        read_as(TIMELINESS, written(tmp_path, text))
    failures = " ".join(refused.value.failures)
    assert all(part in failures for part in ("F2", "'Londinium'", "G6"))


def test_one_place_is_read_at_one_level_and_courts_are_left_out_and_said(read_as: Read) -> None:
    reading = read_as(ALL_COURTS, SOURCES / ALL_COURTS / "sample_transparency.csv")
    defendants = reading.observations.query("series == 'all_courts_defendants' and period == '2030-Q1' and breakdown == ''")
    assert dict(zip(defendants["area_code"], defendants["value"], strict=True)) == {
        "K04000001": 3000,
        "E12000007": 700,
        "W92000004": 250,
    }
    assert reading.rejected == (("2 rows", "rows of single courts", "no measure here is of that level or kind"),)


def test_steps_that_do_not_make_the_whole_are_said(tmp_path: Path, read_as: Read) -> None:
    reading = read_as(ALL_COURTS, written(tmp_path, changed(ALL_COURTS, "95,30,35,160", "95,30,160,35")))
    (check,) = [c for c in reading.checks if c[0] == "three steps against the whole"]
    assert check[1:] == ("warned", "L3: expected 285 days, the sum of its three steps, found 35")


def test_a_court_with_no_open_cases_on_record_is_missing_not_nought(read_as: Read) -> None:
    reading = read_as(BY_COURT, SOURCES / BY_COURT / "sample_extract.csv")
    row = reading.observations.query("breakdown == 'Dorchester' and period == '2025-Q4'").iloc[0]
    assert (row["status"], pd.isna(row["value"])) == ("unavailable", True)


def test_london_is_said_to_include_the_city(read_as: Read) -> None:
    reading = read_as(TIMELINESS, SOURCES / TIMELINESS / "sample_extract.csv")
    assert "includes the City of London" in " ".join(reading.notices)


def at(reading: Reading, series: str, area: str, period: str, breakdown: str = "") -> float:
    rows = reading.observations.query(
        "series == @series and area_code == @area and period == @period and breakdown == @breakdown"
    )
    assert len(rows) == 1
    return float(rows["value"].iloc[0])


def test_published_figures_of_the_newest_quarter(published_data: Path, read_as: Read) -> None:
    """Read by eye from the last rows of the published tables."""
    folder = published_data / "moj-criminal-courts/2025Q4"
    timeliness = read_as(TIMELINESS, folder / "gold_timeliness_by_region.csv")
    assert at(timeliness, "offence_to_completion_median", "E12000007", "2025-Q4") == 339.0
    assert at(timeliness, "offence_to_completion_mean", "E12000007", "2025-Q4") == 620.0
    assert at(timeliness, "offence_to_completion_median", "K04000001", "2025-Q4") == 346.0
    assert (timeliness.first_period, timeliness.last_period, timeliness.edition_label) == ("2016-Q1", "2025-Q4", "2026-03")
    caseload = read_as(CASELOAD, folder / "gold_backlog_trajectory.csv")
    assert at(caseload, "open_crown_cases", "K04000001", "2025-Q4") == 80_203
    assert at(caseload, "crown_net_flow", "K04000001", "2025-Q4") == 29_482 - 28_812
    age = read_as(AGE, folder / "gold_oldest_by_region.csv")
    assert at(age, "open_crown_cases_over_1_year", "E12000007", "2025-Q4") == 5_866
    courts = read_as(BY_COURT, folder / "gold_backlog_by_court.csv")
    assert at(courts, "open_crown_cases_by_court", "E12000007", "2025-Q4", "Snaresbrook") == 4_299
    assert at(courts, "open_crown_cases_by_court", "E12000007", "2024-Q4", "Snaresbrook") == 3_798


def test_published_national_figures_agree_between_tables(published_data: Path, read_as: Read) -> None:
    folder = published_data / "moj-criminal-courts/2025Q4"
    by_region = read_as(TIMELINESS, folder / "gold_timeliness_by_region.csv").observations
    national = read_as("moj_crown_timeliness_national", folder / "gold_timeliness_trend.csv").observations
    keys = ["series", "area_code", "period"]
    both = by_region.merge(national, on=keys)
    assert len(both) == 2 * 40
    assert both["value_x"].equals(both["value_y"])


@pytest.mark.parametrize(
    ("source_id", "file", "figures"),
    [
        (TIMELINESS, "2025Q4/gold_timeliness_by_region.csv", 2 * 8 * 40),
        ("moj_crown_timeliness_national", "2025Q4/gold_timeliness_trend.csv", 4 * 40),
        (AGE, "2025Q4/gold_oldest_by_region.csv", 3 * 8 * 40),
        ("moj_crown_open_age_national", "2025Q4/gold_caseload_age_summary.csv", 4 * 40),
        (CASELOAD, "2025Q4/gold_backlog_trajectory.csv", 4 * 40),
        ("moj_crown_waiting_and_hearing", "2025Q4/gold_waiting_hearing.csv", 5 * 40),
        (BY_COURT, "2025Q4/gold_backlog_by_court.csv", 2 * 70),
        (ALL_COURTS, "2018Q2/timeliness-transparency-april-june-2018__first_rows_only.csv", 9 * 12),
        (RECORDS, "2025Q4/cc_rdos_2025Q4__sample_rows.csv", 1),
    ],
)
def test_published_tables_are_read_whole(source_id: str, file: str, figures: int, published_data: Path, read_as: Read) -> None:
    assert len(read_as(source_id, published_data / "moj-criminal-courts" / file).observations) == figures
