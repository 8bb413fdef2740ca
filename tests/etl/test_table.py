"""A file is a table of text cells or it is refused with what was expected and what was found."""

from pathlib import Path

import openpyxl
import pytest

from etl.core.errors import DataRejected, SourceChanged, SourceUnavailable
from etl.files.labels import column_letters
from etl.files.sniff import sniff
from etl.files.table import load_tables

GOOD = "Area,Offence,202501,202502\r\nBarnet,Robbery,12,15\r\nBexley,Robbery,3,4\r\n"


def written(folder: Path, content: str | bytes, name: str = "figures.csv") -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_a_plain_file_is_read_as_it_stands(tmp_path: Path) -> None:
    (table,) = load_tables(written(tmp_path, GOOD))
    assert table.columns == ("Area", "Offence", "202501", "202502")
    assert table.rows == (("Barnet", "Robbery", "12", "15"), ("Bexley", "Robbery", "3", "4"))
    assert table.cell(1, 3) == "D3"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_any_usual_separator_gives_the_same_cells(tmp_path: Path, delimiter: str) -> None:
    (table,) = load_tables(written(tmp_path, GOOD.replace(",", delimiter)))
    assert table.delimiter == delimiter
    assert table.rows[0] == ("Barnet", "Robbery", "12", "15")


def test_decimal_commas_are_not_taken_for_separators(tmp_path: Path) -> None:
    (table,) = load_tables(written(tmp_path, "Date;Area;Share;All\n1;Barnet;0,56;0,67\n1;Bexley;0,60;0,67\n"))
    assert table.rows[0] == ("1", "Barnet", "0,56", "0,67")


def test_two_more_title_lines_change_nothing_but_the_addresses(tmp_path: Path) -> None:
    plain = load_tables(written(tmp_path, GOOD))[0]
    titled = load_tables(written(tmp_path, "Recorded crime, by area\r\n\r\n" + GOOD, "titled.csv"))[0]
    assert (titled.columns, titled.rows) == (plain.columns, plain.rows)
    assert (plain.cell(0, 2), titled.cell(0, 2)) == ("C2", "C4")
    assert titled.header_row == 3


def test_title_lines_padded_by_a_spreadsheet_are_not_the_header(tmp_path: Path) -> None:
    assert sniff(written(tmp_path, "Recorded crime,,,\nNotes,see below,,\n" + GOOD)).header_row == 3


def test_a_byte_order_mark_changes_nothing(tmp_path: Path) -> None:
    path = written(tmp_path, b"\xef\xbb\xbf" + GOOD.encode())
    assert load_tables(path)[0].columns[0] == "Area"
    assert sniff(path).encoding == "utf-8-sig"


def test_trailing_empty_columns_are_dropped_from_the_header(tmp_path: Path) -> None:
    (table,) = load_tables(written(tmp_path, "Area,Share,,,,\nBarnet,0.5,,,,\n"))
    assert table.columns == ("Area", "Share")


def test_a_last_line_without_a_line_end_is_whole_if_its_cells_are(tmp_path: Path) -> None:
    assert len(load_tables(written(tmp_path, GOOD.rstrip()))[0].rows) == 2


def test_blank_rows_keep_their_place_so_addresses_hold(tmp_path: Path) -> None:
    (table,) = load_tables(written(tmp_path, "Area,Share\nBarnet,1\n\nBexley,2\n\n\n"))
    assert [(table.cell(i, 1), cells) for i, cells in table.records(["Share"])] == [("B2", ("1",)), ("B4", ("2",))]


def test_every_sheet_with_a_table_is_read_and_addressed_by_name(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "Notes"
    book.active["A1"] = "Read me"
    sheet = book.create_sheet("Figures")
    for row in (["A title"], [], ["Area", "Count", "Rate"], ["Barnet", 12, 0.25]):
        sheet.append(row)
    book.save(tmp_path / "book.xlsx")
    (table,) = load_tables(tmp_path / "book.xlsx")
    assert table.rows == (("Barnet", "12", "0.25"),)
    assert table.cell(0, 2) == "Figures!C4"


def test_a_file_that_is_not_there_may_be_tried_again(tmp_path: Path) -> None:
    with pytest.raises(SourceUnavailable, match=r"nowhere\.csv: cannot be opened"):
        sniff(tmp_path / "nowhere.csv")


@pytest.mark.parametrize(
    ("name", "content", "complaint"),
    [
        ("a.csv", b"", "empty"),
        ("a.csv", b"\r\n\r\n", "empty"),
        ("a.csv", b"<!DOCTYPE html>\n<html><body>404</body></html>", "line 1 begins '<!DOCTYPE html>'"),
        ("a.csv", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "old Excel workbook"),
        ("a.csv", b"PK\x03\x04" + b"\x00" * 600, "a workbook"),
        ("a.csv", GOOD.encode("utf-16"), "UTF-16"),
        ("a.csv", GOOD.encode("utf-16-le"), "UTF-16"),
        ("a.csv", GOOD.replace("Bexley", "Béxley").encode("latin-1"), "byte 0xe9 in line 3"),
        ("a.csv", b'{"error": "not found"}', "JSON"),
        ("a.csv", b"one column\nonly\n", "one column only"),
        ("a.csv", b"version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n", "git lfs pull"),
        ("a.pdf", b"%PDF-1.7", "a PDF"),
        ("a.parquet", b"PAR1....", "is not one we read"),
        ("a.xlsx", GOOD.encode(), "named .xlsx but not a workbook"),
        ("a.xlsx", b"PK\x03\x04 nonsense", "cannot be opened"),
    ],
)
def test_what_is_not_a_table_is_refused_with_what_was_found(tmp_path: Path, name: str, content: bytes, complaint: str) -> None:
    with pytest.raises(SourceChanged, match=complaint.replace("(", r"\(")):
        load_tables(written(tmp_path, content, name))


def test_a_small_workbook_of_countless_cells_is_refused_before_they_are_laid_out(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Borough", "Offences"])
    sheet.append(["Bexley", 12])
    sheet["XFD1048576"] = " "
    book.save(tmp_path / "a.xlsx")
    with pytest.raises(SourceChanged, match=r"sheet1.xml reaches to row 1,048,576 and column 16,384"):
        load_tables(tmp_path / "a.xlsx")


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (GOOD[:-4], "expected 4 cells and a line end in the last row, found 3"),
        (GOOD + '"Brent,Robb', "cut off"),
        (GOOD.splitlines()[0] + "\r\n", "found none"),
        (GOOD.replace("202502", "202501"), "more than one column"),
    ],
)
def test_a_broken_table_is_rejected_with_what_was_found(tmp_path: Path, content: str, complaint: str) -> None:
    with pytest.raises(DataRejected, match=complaint):
        sniff(written(tmp_path, content))


def test_columns_are_lettered_as_in_a_spreadsheet() -> None:
    assert [column_letters(i) for i in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
