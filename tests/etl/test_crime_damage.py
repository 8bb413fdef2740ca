"""A good file with one thing wrong: the message says where, what was expected and what was found; the old release stays."""

import gzip
import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from etl.definitions import reference
from etl.release import refusals
from tests.etl.commands import Ran, done, run, state
from tests.etl.made import BOROUGHS, MadeFile, Row, edition, offences

CHANGED, REJECTED = 13, 14
NEXT = edition(last="2025-06")
"""The edition a month after the live one, without a fault."""
OFFENCES = [offence.upper() for _, offence in offences("C")]


@pytest.fixture
def refused(live: Path, tmp_path: Path) -> Callable[..., Ran]:
    """Add a file that must be refused with these words, and leave the live release as it was, name and bytes."""

    def add(content: MadeFile | str | bytes, *faults: str, code: int = REJECTED, name: str = "new edition.csv") -> Ran:
        path = tmp_path / name
        text = content.text() if isinstance(content, MadeFile) else content
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        before = state(live)
        ran = run("add", path, "--warehouse", live)
        assert ran.code == code, ran.out + ran.err
        missing = [words for words in (name, *faults) if words not in ran.err]
        assert not missing, f"not said: {missing} in:\n{ran.err}"
        assert "Traceback" not in ran.err
        assert state(live) == before
        return ran

    return add


def test_the_undamaged_file_is_accepted(live: Path, tmp_path: Path) -> None:
    assert "is live" in done("add", NEXT.write(tmp_path / "new edition.csv"), "--warehouse", live).out


# Not the file it is named as.


def test_a_web_page_saved_as_csv_is_refused(refused: Callable[..., Ran]) -> None:
    page = "<!DOCTYPE html>\n<html><head><title>503</title></head><body>Service unavailable</body></html>\n"
    refused(page, "a web page", "'<!DOCTYPE html>'", "expected a row of column labels", code=CHANGED)


def test_an_empty_file_is_refused(refused: Callable[..., Ran]) -> None:
    refused("", "the file is empty", code=CHANGED)


def test_a_file_of_blank_lines_is_refused(refused: Callable[..., Ran]) -> None:
    refused("\r\n\r\n\r\n", "the file is empty", code=CHANGED)


def test_a_header_without_rows_is_refused(refused: Callable[..., Ran]) -> None:
    refused(replace(NEXT, rows=[]), "expected rows below the header in row 1, found none")


def test_rows_without_a_header_are_refused(refused: Callable[..., Ran]) -> None:
    refused(NEXT.text().split("\r\n", 1)[1], "no row looks like a header", code=CHANGED)


def test_utf_16_is_refused(refused: Callable[..., Ran]) -> None:
    refused(NEXT.text().encode("utf-16"), "UTF-16", "expected UTF-8", code=CHANGED)


@pytest.mark.parametrize("row", [2, 400])
def test_a_byte_of_another_encoding_is_refused_with_its_line(refused: Callable[..., Ran], row: int) -> None:
    spoilt = NEXT.with_cell(row, 2, NEXT.rows[row][2] + "é").text().encode("latin-1")
    refused(spoilt, "not UTF-8", f"byte 0xe9 in line {row + 2}", code=CHANGED)


def test_a_workbook_named_csv_is_refused(refused: Callable[..., Ran]) -> None:
    book, content = openpyxl.Workbook(), io.BytesIO()
    book.active.append(NEXT.header)
    book.save(content)
    refused(content.getvalue(), "a workbook (.xlsx or .ods)", "save it as CSV", code=CHANGED)


def test_an_old_workbook_named_csv_is_refused(refused: Callable[..., Ran]) -> None:
    refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), "old Excel workbook (.xls)", code=CHANGED)


def test_a_csv_named_xls_is_refused(refused: Callable[..., Ran]) -> None:
    refused(NEXT, "named .xls but not a workbook", code=CHANGED, name="new edition.xls")


def test_a_file_of_another_police_force_is_refused(refused: Callable[..., Ran]) -> None:
    elsewhere = {
        b: f"{place} {n}" for n, (b, place) in enumerate(zip(BOROUGHS, ["Bolton", "Bury", "Rochdale", "Wigan"] * 8, strict=True))
    }
    refused(
        NEXT.with_rows(lambda rows: [[*r[:2], elsewhere[r[2]], *r[3:]] for r in rows]),
        "another police force",
        "Bolton 0",
        code=CHANGED,
    )


def test_a_file_of_other_offences_is_refused(refused: Callable[..., Ran]) -> None:
    refused(NEXT.with_rows(lambda rows: [[r[0], f"Code {r[1][:9]} {len(r[1])}", *r[2:]] for r in rows]), "offences", code=CHANGED)


def test_a_gzip_named_csv_is_refused_with_what_to_do(refused: Callable[..., Ran]) -> None:
    refused(gzip.compress(NEXT.text().encode()), "a packed file", "unpack it", code=CHANGED)


def test_a_zip_named_csv_is_refused_with_what_to_do(refused: Callable[..., Ran]) -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("new edition.csv", NEXT.text())
    refused(content.getvalue(), "a packed file", "unpack it", code=CHANGED)


def test_an_error_in_json_saved_as_csv_is_refused(refused: Callable[..., Ran]) -> None:
    refused('[{"error": "not found", "code": 404}]\n', "JSON saved under that name", code=CHANGED)


@pytest.mark.parametrize("place", [0.1, 0.5, 1])
def test_a_nul_byte_is_refused_with_its_line(refused: Callable[..., Ran], place: float) -> None:
    content = NEXT.text().encode()
    at = int(len(content) * place)
    refused(content[:at] + b"\0" + content[at:], "line ", "NUL byte", code=CHANGED)


# Cut off.


@pytest.mark.parametrize("share", [0.1, 0.5, 0.97])
def test_a_file_cut_within_a_row_is_refused_with_the_row(refused: Callable[..., Ran], share: float) -> None:
    text = NEXT.text()
    end = text.index(",", int(len(text) * share)) + 2
    ran = refused(text[:end], "cut off", f"expected {len(NEXT.header)} cells and a line end")
    assert repr(text[:end].rsplit("\r\n", 1)[-1][:40])[1:-1] in ran.err


@pytest.mark.parametrize("kept", [0.2, 0.6, 0.9])
def test_a_file_cut_at_a_line_end_is_refused_with_what_it_lost(refused: Callable[..., Ran], kept: float) -> None:
    ran = refused(NEXT.with_rows(lambda rows: rows[: int(len(rows) * kept)]))
    assert "violence without injury" in ran.err


def test_a_file_cut_before_its_last_row_is_refused_with_the_borough(refused: Callable[..., Ran]) -> None:
    refused(NEXT.with_rows(lambda rows: rows[:-1]), "violence without injury: no row for Westminster")


def test_a_file_cut_within_its_last_number_is_refused(refused: Callable[..., Ran]) -> None:
    assert len(NEXT.rows[-1][-1]) == 2
    refused(NEXT.text()[:-3], f"row {len(NEXT.rows) + 1}", "stops without a line end", "its last cell is")


def test_a_file_without_a_last_line_end_is_taken_and_said(live: Path, tmp_path: Path) -> None:
    path = tmp_path / "new.csv"
    path.write_text(NEXT.text().rstrip())
    assert "the last row has no line end" in done("add", path, "--warehouse", live).out


# Cells.


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("-4", "found -4"),
        ("n/a", "found 'n/a'"),
        ("", "found an empty cell"),
        ("-", "found '-'"),
        ("*", "found '*'"),
        ("12.5", "found '12.5'"),
        ("1e3", "found '1e3'"),
        ("0x1F", "found '0x1F'"),
        ("1_000", "found '1_000'"),
        ('"1,23"', "found '1,23'"),
        ('"-1,234"', "found -1,234"),
        ("1 234", "found '1 234'"),
        ("TRUE", "found 'TRUE'"),
        ("#REF!", "found '#REF!'"),
        ("99999999999", "found '99999999999'"),
    ],
)
def test_a_cell_that_is_no_count_is_refused_with_its_address(refused: Callable[..., Ran], text: str, finding: str) -> None:
    # Row 9 of the file, column H: the fifth month.
    refused(NEXT.with_cell(7, 7, text), "H9 (202311)", "expected a", finding)


def test_every_bad_cell_is_named_at_once(refused: Callable[..., Ran]) -> None:
    spoilt = NEXT.with_cell(0, 3, "x").with_cell(1, 4, "").with_cell(2, 5, "3.5").with_cell(300, 26, "-2")
    refused(spoilt, "D2 (202307)", "E3 (202308)", "F4 (202309)", "AA302 (202506)", "4 reasons")


def test_thousands_of_bad_cells_are_counted_not_listed(refused: Callable[..., Ran]) -> None:
    ran = refused(NEXT.with_rows(lambda rows: [[*r[:3], *["none"] * 24] for r in rows]), "more of the same kinds")
    assert ran.err.count("\n") < 250


def test_cells_shifted_by_one_are_refused(refused: Callable[..., Ran]) -> None:
    refused(NEXT.with_rows(lambda rows: [*rows[:5], ["", *rows[5]], *rows[6:]]), "row 7: expected 27 cells, found 28")


def test_a_quote_that_never_closes_is_refused(refused: Callable[..., Ran]) -> None:
    refused(NEXT.with_cell(40, 2, '"Barnet').text() * 5)


def test_a_comma_without_quotes_is_refused_with_its_row(refused: Callable[..., Ran]) -> None:
    refused(NEXT.with_cell(3, 1, "PUBLIC FEAR, ALARM OR DISTRESS"), "row 5: expected 27 cells, found 28")


def test_a_footnote_under_the_table_is_refused_with_its_row(refused: Callable[..., Ran]) -> None:
    refused(NEXT.text() + "Source: Metropolitan Police\r\n", f"row {len(NEXT.rows) + 2}: expected 27 cells, found 1")


# Keys.


def test_a_row_twice_is_refused_with_both_rows(refused: Callable[..., Ran]) -> None:
    refused(NEXT.with_rows(lambda rows: [*rows, rows[9]]), f"rows 11, {len(NEXT.rows) + 2}", "the same twice", NEXT.rows[9][2])


def test_a_row_twice_in_two_spellings_is_refused_with_both(refused: Callable[..., Ran]) -> None:
    row = next(i for i, r in enumerate(NEXT.rows) if r[2] == "Richmond upon Thames")
    same_row = [*NEXT.rows[row][:2], "Richmond Upon  Thames", *NEXT.rows[row][3:]]
    refused(
        NEXT.with_rows(lambda rows: [*rows, same_row]),
        f"rows {row + 2}, {len(NEXT.rows) + 2}",
        "two spellings",
        "Richmond Upon  Thames",
    )


def test_a_whole_file_pasted_twice_is_refused(refused: Callable[..., Ran]) -> None:
    refused(NEXT.with_rows(lambda rows: [*rows, *rows]), "the same twice", "more keys twice")


def test_the_header_again_in_the_middle_is_refused(refused: Callable[..., Ran]) -> None:
    ran = refused(NEXT.with_rows(lambda rows: [*rows[:100], NEXT.header, *rows[100:]]), "C102: unknown area 'BoroughName'")
    assert ran.err.count("the header stands among the rows") == 2
    assert "source.yml" not in ran.err


@pytest.mark.parametrize(
    ("written", "nearest"), [("Croyden", "Croydon"), ("Kensington", "Kensington and Chelsea"), ("Towr Hamlets", "Tower Hamlets")]
)
def test_an_unknown_borough_is_refused_and_the_nearest_named(refused: Callable[..., Ran], written: str, nearest: str) -> None:
    refused(NEXT.with_cell(4, 2, written), f"unknown area {written!r}", f"nearest known is {nearest!r}")


@pytest.mark.parametrize("written", ["Total", "All boroughs", "London", "MPS Total", ""])
def test_a_row_of_totals_is_refused(refused: Callable[..., Ran], written: str) -> None:
    sums = [str(sum(int(r[c]) for r in NEXT.rows)) for c in range(3, 27)]
    refused(NEXT.with_rows(lambda rows: [*rows, [rows[0][0], rows[0][1], written, *sums]]), f"unknown area {written!r}")


def test_an_unknown_category_is_refused_and_the_nearest_named(refused: Callable[..., Ran]) -> None:
    row = NEXT.rows[-1]
    refused(
        NEXT.with_rows(lambda rows: [*rows, [row[0], "VIOLENCE WITH INJURIES", *row[2:]]]),
        "unknown category 'VIOLENCE AGAINST THE PERSON / VIOLENCE WITH INJURIES'",
        "nearest known is 'violence against the person / violence with injury'",
    )


def test_an_unknown_area_is_refused_with_its_cell_and_the_line_that_would_make_it_known(refused: Callable[..., Ran]) -> None:
    abroad = NEXT.with_rows(lambda rows: [*rows, [*rows[0][:2], "Overseas", *["5"] * 24]])
    refused(abroad, f"C{len(NEXT.rows) + 2}: unknown area", "data/reference/area_aliases.csv", "Overseas,UNKNOWN,seen where")


def test_an_unknown_category_is_refused_with_its_cells_and_where_it_would_be_named(refused: Callable[..., Ran]) -> None:
    ran = refused(NEXT.with_rows(lambda rows: [[r[0], r[1].replace("SHOPLIFTING", "RETAIL THEFT"), *r[2:]] for r in rows]))
    first = next(i for i, r in enumerate(NEXT.rows) if r[1] == "SHOPLIFTING") + 2
    assert f"A{first}, B{first} and 31 more rows: unknown category 'THEFT / RETAIL THEFT'" in ran.err
    assert "add 'retail theft' to 'theft' of form C in etl/sources/mps_recorded_crime_borough/source.yml" in ran.err


def test_an_unknown_area_is_suggested_to_be_the_only_borough_without_a_row(refused: Callable[..., Ran]) -> None:
    renamed = NEXT.with_rows(lambda rows: [[*r[:2], r[2].replace("Kensington and Chelsea", "RBKC"), *r[3:]] for r in rows])
    refused(renamed, "unknown area 'RBKC'; 'Kensington and Chelsea' has no row in this file", "RBKC,E09000020,seen where")


def test_an_unknown_category_is_suggested_to_be_the_only_offence_missing_from_its_group(refused: Callable[..., Ran]) -> None:
    renamed = NEXT.with_rows(lambda rows: [[r[0], r[1].replace("SHOPLIFTING", "RETAIL THEFT"), *r[2:]] for r in rows])
    refused(renamed, "'shoplifting' has no row in this file: is this its new name?")


def test_a_new_spelling_of_the_airports_is_offered_their_code_and_not_taken_for_a_total(refused: Callable[..., Ran]) -> None:
    airports = NEXT.with_rows(lambda rows: [*rows, [*rows[0][:2], "London's airports, Heathrow & London City", *["5"] * 24]])
    quoted = replace(airports, rows=[[f'"{c}"' if "," in c else c for c in row] for row in airports.rows])
    ran = refused(quoted, 'unknown area "London\'s airports, Heathrow & London City"', "AIRPORTS,seen where")
    assert "row of totals" not in ran.err


@pytest.mark.parametrize("written", ["Total", "London"])
def test_a_row_of_totals_is_not_offered_a_name(refused: Callable[..., Ran], written: str) -> None:
    ran = refused(NEXT.with_rows(lambda rows: [*rows, [*rows[0][:2], written, *["900"] * 24]]), "looks like a row of totals")
    assert "area_aliases.csv" not in ran.err


def test_a_code_beside_a_name_of_another_place_is_refused_with_both_cells(refused: Callable[..., Ran]) -> None:
    codes = reference.area_codes(("borough",))

    def coded(row: Row) -> Row:
        return [*row[:3], codes[reference.spelling(row[2])], *row[3:]]

    made = replace(NEXT, header=[*NEXT.header[:3], "Code", *NEXT.header[3:]], rows=[coded(r) for r in NEXT.rows])
    refused(made.with_cell(5, 3, "E09000033"), f"C7, D7: expected one place, found {NEXT.rows[5][2]!r} beside 'E09000033'")


def test_a_category_under_another_group_is_refused(refused: Callable[..., Ran]) -> None:
    refused(NEXT.with_cell(0, 0, "BURGLARY"), "unknown category 'BURGLARY / CRIMINAL DAMAGE'")


def test_a_whole_borough_missing_is_refused(refused: Callable[..., Ran]) -> None:
    refused(NEXT.with_rows(lambda rows: [r for r in rows if r[2] != "Haringey"]), "Haringey: no row at all")


def test_an_offence_missing_is_refused(refused: Callable[..., Ran]) -> None:
    refused(NEXT.with_rows(lambda rows: [r for r in rows if r[1] != "SHOPLIFTING"]), "expected the offence 'shoplifting'")


def test_boroughs_and_offences_in_each_others_columns_under_wrong_labels_still_read(live: Path, tmp_path: Path) -> None:
    mixed = NEXT.with_rows(lambda rows: [[r[2], r[0], r[1], *r[3:]] for r in rows])
    ran = done("check", mixed.write(tmp_path / "mixed.csv"), "--warehouse", live)
    assert "column 'MajorText' is read as the area column, whatever its label says: 100%" in ran.out


# Months.


def test_two_months_with_one_and_the_same_column_are_refused(refused: Callable[..., Ran]) -> None:
    pasted = NEXT.with_rows(lambda rows: [[*r[:26], r[25]] for r in rows])
    refused(pasted, "columns Z, AA", "the same figure in every row of 2025-05, 2025-06")


def test_a_month_missing_in_the_middle_is_refused(refused: Callable[..., Ran]) -> None:
    refused(NEXT.without_column(10), "expected every month from 2023-07 to 2025-06; missing 2024-02")


def test_a_month_twice_is_refused(refused: Callable[..., Ran]) -> None:
    refused(
        replace(NEXT, header=[*NEXT.header[:10], NEXT.header[9], *NEXT.header[11:]]), "202401", "stand over more than one column"
    )


def test_a_month_twice_in_two_ways_of_writing_is_refused(refused: Callable[..., Ran]) -> None:
    refused(replace(NEXT, header=[*NEXT.header[:10], "2024-01", *NEXT.header[11:]]), "over more than one column: 2024-01")


def test_a_thirteenth_month_is_refused(refused: Callable[..., Ran]) -> None:
    refused(replace(NEXT, header=[*NEXT.header[:-1], "202513"]), "expected a month such as 202307", "'202513'")


def test_months_written_as_american_days_are_refused_for_what_they_are(refused: Callable[..., Ran]) -> None:
    # Read as British days only the Januaries are firsts of a month, and of those alone many a row is nothing but noughts.
    american = replace(NEXT, header=[*NEXT.header[:3], *(f"{m[4:]}/01/{m[:4]}" for m in NEXT.header[3:])])
    few = [[g, "HOMICIDE", b, *["0", "1"] * 12] for g, b in [("VIOLENCE AGAINST THE PERSON", b) for b in BOROUGHS]]
    ran = refused(american.with_rows(lambda rows: [*rows, *few]), "expected a month such as 01/01/2024", "found '12/01/2023'")
    assert "sanction detections" not in ran.err


def test_a_month_without_a_label_is_refused(refused: Callable[..., Ran]) -> None:
    refused(replace(NEXT, header=[*NEXT.header[:12], "", *NEXT.header[13:]]), "missing 2024-04")


def test_a_borough_month_that_vanishes_is_refused(refused: Callable[..., Ran]) -> None:
    refused(
        NEXT.with_rows(lambda rows: [[*r[:8], "0", *r[9:]] if r[2] == "Camden" else r for r in rows]),
        "2023-12: no offence at all in Camden",
    )


def test_a_month_of_noughts_in_the_middle_is_refused(refused: Callable[..., Ran]) -> None:
    refused(NEXT.with_rows(lambda rows: [[*r[:8], "0", *r[9:]] for r in rows]), "2023-12: no offence at all in any borough")


def test_an_offence_of_noughts_in_a_month_is_refused(refused: Callable[..., Ran]) -> None:
    refused(
        NEXT.with_rows(lambda rows: [[*r[:8], "0", *r[9:]] if r[1] == "BICYCLE THEFT" else r for r in rows]),
        "bicycle theft, 2023-12: none in all London",
    )


@pytest.mark.parametrize("years", [2, 60])
def test_months_that_have_not_come_are_refused(refused: Callable[..., Ran], years: int) -> None:
    ahead = [f"{int(month[:4]) + years}{month[4:]}" for month in NEXT.header[3:]]
    refused(
        replace(NEXT, header=[*NEXT.header[:3], *ahead]), "expected figures for periods that are over", f"found {2025 + years}-06"
    )


def test_faults_of_several_kinds_are_all_listed_at_once(refused: Callable[..., Ran]) -> None:
    def spoil(rows: list[Row]) -> list[Row]:
        rows[0][2] = "Croyden"
        rows[1][1] = "ARSENAL"
        rows[2][5] = "-7"
        rows[3][6] = "none"
        rows[4].pop()
        return [*rows, rows[50]]

    faults = [
        "Croyden",
        "ARSENAL",
        "F4",
        "found -7",
        "G5",
        "'none'",
        "row 6: expected 26 cells",
        "the same twice",
        "missing 2024-04",
    ]
    refused(NEXT.with_rows(spoil).without_column(12), *faults, "7 reasons")


def test_every_file_of_a_folder_says_its_own_reasons(live: Path, tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    NEXT.with_cell(0, 3, "-1").write(folder / "one.csv")
    edition(last="2025-07").with_cell(0, 2, "Croyden").write(folder / "two.csv")
    edition(last="2025-08").write(folder / "sound.csv")
    before = state(live)
    ran = run("add", folder, "--warehouse", live)
    assert ran.code == REJECTED
    assert all(words in ran.err for words in ("2 files refused", "one.csv", "found -1", "two.csv", "Croyden"))
    assert state(live) == before


def test_a_refusal_is_noted_for_the_site_with_its_reasons(live: Path, tmp_path: Path) -> None:
    run("add", NEXT.with_cell(0, 3, "-1").write(tmp_path / "bad.csv"), "--warehouse", live)
    noted = (live / "refusals.jsonl").read_text()
    assert "bad.csv" in noted
    assert "found -1" in noted


def test_a_log_of_refusals_stays_short_whatever_is_refused(tmp_path: Path) -> None:
    log = tmp_path / "refusals.jsonl"
    log.write_text('{"when": "torn', encoding="utf-8")
    for number in range(refusals.MOST_KEPT + 5):
        refusals.note_refusal(tmp_path, [Path("n" * 9_000)] * 90, "m" * 9_000, [f"{number} " + "r" * 9_000] * 900)
    torn, *lines = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    assert torn == {"torn": 1}
    assert len(lines) == refusals.MOST_KEPT
    assert log.stat().st_size < 4 * 1024**2
    assert lines[-1]["reasons"][0].startswith(f"{refusals.MOST_KEPT + 4} r")
    assert lines[-1]["reasons"][-1] == "and 850 more reasons"


def test_check_gives_the_same_reasons_and_records_no_refusal(live: Path, tmp_path: Path) -> None:
    path = NEXT.with_cell(0, 3, "-1").write(tmp_path / "bad.csv")
    checked = run("check", path, "--warehouse", live)
    assert not (live / "refusals.jsonl").exists()
    assert (checked.code, checked.err) == (REJECTED, run("add", path, "--warehouse", live).err)
