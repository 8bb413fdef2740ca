"""Workbooks as text cells; refused first if unpacking would fill the machine's memory, as a file of a few kilobytes can."""

import datetime as dt
import re
import zipfile
from pathlib import Path

import python_calamine

from etl.core.errors import SourceChanged

MOST_CELLS = 20_000_000
"""Rows times columns from A1 to the furthest cell of a sheet. All of them are laid out to read it, empty or not."""
MOST_UNPACKED = 1024**3
SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
CELL = re.compile(rb'<c [^<>]*?\br="([A-Z]{1,3})([0-9]{1,7})"')
CHUNK = 4 * 1024 * 1024
OVERLAP = 256
"""Bytes looked at again with the next chunk: more than the beginning of any cell takes."""


def sheets(path: Path) -> list[tuple[str, list[list[str]]]]:
    """(name, rows of text cells from A1 on) of each sheet of a workbook.

    Raises:
        SourceChanged: it cannot be opened, or laid out it would fill the memory of the machine.
    """
    _refuse_too_large(path)
    try:
        workbook = python_calamine.CalamineWorkbook.from_path(path)
        values_by_sheet = [
            (name, workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)) for name in workbook.sheet_names
        ]
    except python_calamine.CalamineError as error:
        raise SourceChanged(f"{path.name}: the workbook cannot be opened: {error}") from error
    return [(name, [[_as_text(value) for value in row] for row in values]) for name, values in values_by_sheet]


def _refuse_too_large(path: Path) -> None:
    if not zipfile.is_zipfile(path):  # an old .xls, whose sheets have 256 columns
        return
    with zipfile.ZipFile(path) as archive:
        unpacked = sum(member.file_size for member in archive.infolist())
        if unpacked > MOST_UNPACKED:
            size_text, limit_text = (f"{size / 1024**2:,.0f} MB" for size in (unpacked, MOST_UNPACKED))
            raise SourceChanged(f"{path.name}: the workbook unpacks to {size_text}, expected {limit_text} at most")
        for member in archive.namelist():
            if SHEET.fullmatch(member):
                try:
                    columns, rows = _furthest_cell(archive, member)
                except (zipfile.BadZipFile, EOFError) as error:
                    raise SourceChanged(f"{path.name}: the workbook is damaged: {error}") from error
                if columns * rows > MOST_CELLS:
                    raise SourceChanged(
                        f"{path.name}: {member} reaches to row {rows:,} and column {columns:,}, expected {MOST_CELLS:,} cells at "
                        "most. Delete what stands far from the table, or save the sheet as CSV"
                    )


def _furthest_cell(archive: zipfile.ZipFile, member: str) -> tuple[int, int]:
    columns = rows = 0
    overlap = b""
    with archive.open(member) as stream:
        while chunk := stream.read(CHUNK):
            last_row_by_column: dict[bytes, int] = {}
            for letters, number in CELL.findall(overlap + chunk):
                last_row_by_column[letters] = max(last_row_by_column.get(letters, 0), int(number))
            rows = max([rows, *last_row_by_column.values()])
            columns = max([columns, *map(_column_number, last_row_by_column)])
            overlap = chunk[-OVERLAP:]
    return columns, rows


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number


def _as_text(value: object) -> str:
    """The cell as a person would read it: 12 for 12.0, an ISO date for a date at midnight."""
    if value is None:
        return ""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(sep=" ")
    if isinstance(value, dt.date):
        return value.isoformat()
    return str(value).strip()
