"""A small file that would fill the machine is refused with a sentence, and never ends the process that reads it."""

import zipfile
from pathlib import Path

import pytest

from etl.core.errors import PipelineError, SourceChanged
from etl.files import table, workbook
from etl.files.table import load_tables
from etl.files.workbook import sheets

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
ROWS = '<row r="1"><c r="A1"><v>1</v></c></row>'
FAR = '<row r="1048576"><c {}r="XFD1048576"><v>1</v></c></row>'
NO_ADDRESS = f'<row r="1048576">{"<c><v>1</v></c>" * 16_000}</row>'
LONG_TEXT = "".join(f'<row r="{i}"><c r="A{i}" t="s"><v>0</v></c></row>' for i in range(1, 9_000))


def a_workbook(path: Path, body: str, shared: str = "", member: str = "sheet1.xml") -> Path:
    """A workbook of one sheet, packed as a spreadsheet packs it."""
    sheet = f'<Relationship Id="rId1" Type="{OFFICE}/worksheet" Target="worksheets/{member}"/>'
    strings = f'<Relationship Id="rId2" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>')
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{RELATIONS}"><Relationship Id="rId1" Type="{OFFICE}/officeDocument" '
            'Target="xl/workbook.xml"/></Relationships>',
        )
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>',
        )
        archive.writestr("xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{RELATIONS}">{sheet}{strings}</Relationships>')
        archive.writestr("xl/sharedStrings.xml", f'<sst xmlns="{MAIN}"><si><t>{shared}</t></si></sst>')
        archive.writestr(f"xl/worksheets/{member}", f'<worksheet xmlns="{MAIN}"><sheetData>{body}</sheetData></worksheet>')
    return path


@pytest.mark.parametrize(
    ("body", "shared", "member", "words"),
    [
        (ROWS + FAR.format(""), "", "sheet1.xml", "reaches to row 1,048,576 and column 16,384"),
        (ROWS + FAR.format("").replace('"', "'"), "", "sheet1.xml", "reaches to row 1,048,576"),
        (ROWS + FAR.format(" " * 2_000), "", "deeper/other.xml", "reaches to row 1,048,576"),
        (ROWS + NO_ADDRESS, "", "sheet1.xml", "does not fit into 450 MB"),
        (LONG_TEXT, "x" * 1_000_000, "sheet1.xml", "does not fit into 450 MB"),
    ],
)
def test_a_workbook_that_would_fill_the_memory_is_refused(
    tmp_path: Path, body: str, shared: str, member: str, words: str
) -> None:
    path = a_workbook(tmp_path / "bomb.xlsx", body, shared, member)
    with pytest.raises(SourceChanged, match=words):
        sheets(path)


def test_what_unpacks_to_more_than_is_taken_is_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MOST_UNPACKED", 1024**2)
    path = a_workbook(tmp_path / "bomb.xlsx", ROWS, "x" * 5_000_000)
    with pytest.raises(SourceChanged, match="unpacks to 5 MB, expected 1 MB at most"):
        sheets(path)


def test_a_text_too_large_to_be_laid_out_is_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table, "MOST_BYTES", 1024**2)
    path = tmp_path / "long.csv"
    path.write_bytes(b"a,b\n" + b"1,2\n" * 900_000)
    with pytest.raises(SourceChanged, match="a text of 3 MB, expected 1 MB at most"):
        load_tables(path)


def test_a_sheet_that_says_it_is_huge_and_is_not_is_read(tmp_path: Path) -> None:
    path = a_workbook(tmp_path / "said.xlsx", ROWS)
    assert sheets(path) == [("S", [["1"]])]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"a," * 100_000, "line 1 is longer than 65,536 bytes"),
        (b"a,b\n1,2\n" + b"x" * 300_000, "cannot be split into cells|cut off"),
        (b'a,b\n1,"' + b"2\n" * 100_000, "cannot be split into cells|cut off"),
        ("a,b\n1,2\n".encode("utf-16"), "UTF-16"),
        (b"\x1f\x8b\x08\x00abc", "a packed file"),
        (bytes(range(256)) * 40, "UTF-16 or binary"),
        (b"a,b\n1,2\n" + b"\x00" * 2_000, "NUL|binary"),
    ],
    ids=["one line", "a long line", "an open quote", "utf-16", "gzip", "binary", "nul"],
)
def test_a_text_that_is_no_table_is_refused(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "bomb.csv"
    path.write_bytes(content)
    with pytest.raises(PipelineError, match=words):
        load_tables(path)
