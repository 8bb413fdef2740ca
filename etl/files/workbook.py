"""Workbooks as text cells; refused where unpacking would fill the machine's memory, as a file of a few kilobytes can."""

import json
import re
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import cast

from etl.core.errors import SourceChanged
from etl.files import workbook_cells

MOST_CELLS = 5_000_000
"""Rows times columns from A1 to the furthest cell of a sheet. All of them are laid out to read it, empty or not."""
MOST_UNPACKED = 256 * 1024**2
SHEET = re.compile(r"xl/worksheets/.+\.xml")
CELL = re.compile(rb"""<(?:[a-z]+:)?c [^<>]*?\br=["']([A-Z]{1,3})([0-9]{1,7})["']""")
CHUNK = 4 * 1024 * 1024
OVERLAP = 256
"""Bytes looked at again with the next chunk: more than the beginning of any cell takes."""
MOST_SECONDS = 120
"""On a machine that is busy with other things; the reader itself is stopped sooner."""
PROJECT = Path(__file__).parents[2]
SAVE_AS_CSV = "Delete what stands far from the table, or save the sheet as CSV"

Sheet = tuple[str, list[list[str]]]


def sheets(path: Path) -> list[Sheet]:
    """(name, rows of text cells from A1 on) of each sheet of a workbook.

    Raises:
        SourceChanged: it cannot be opened, or laid out it would fill the memory of the machine.
    """
    _refuse_too_large(path)
    with tempfile.TemporaryFile() as written:
        command = [sys.executable, "-m", workbook_cells.__name__, str(path.resolve())]
        try:
            ended = subprocess.run(  # noqa: S603 - this Python, our own module, a file's path as one argument
                command, cwd=PROJECT, stdout=written, stderr=subprocess.PIPE, check=False, timeout=MOST_SECONDS
            )
        except subprocess.TimeoutExpired as error:
            raise SourceChanged(f"{path.name}: the workbook cannot be read in {MOST_SECONDS} seconds. {SAVE_AS_CSV}") from error
        if ended.returncode != 0:
            raise SourceChanged(_refusal(path, ended.returncode, ended.stderr.decode("utf-8", "replace")))
        written.seek(0)
        return [(name, rows) for name, rows in cast(list[Sheet], json.load(written))]


def _refusal(path: Path, code: int, words: str) -> str:
    if code == workbook_cells.CANNOT_OPEN:
        return f"{path.name}: the workbook cannot be opened: {words[:300]}"
    why = f" ({words[:300]})" if code == workbook_cells.TOO_LARGE and words else ""
    memory = workbook_cells.MOST_MEMORY // 1024**2
    return f"{path.name}: the workbook is too large once it is laid out{why}: it does not fit into {memory} MB. {SAVE_AS_CSV}"


def _refuse_too_large(path: Path) -> None:
    if not zipfile.is_zipfile(path):  # an old .xls, whose sheets have 256 columns
        return
    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(member.file_size for member in archive.infolist())
            if unpacked > MOST_UNPACKED:
                size_text, limit_text = (f"{size / 1024**2:,.0f} MB" for size in (unpacked, MOST_UNPACKED))
                raise SourceChanged(f"{path.name}: the workbook unpacks to {size_text}, expected {limit_text} at most")
            for member in archive.namelist():
                if SHEET.fullmatch(member):
                    _refuse_far_cells(path, archive, member)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, OSError) as error:
        # A method of packing nobody uses, a password, a directory that points elsewhere.
        raise SourceChanged(f"{path.name}: the workbook is damaged: {error}") from error


def _refuse_far_cells(path: Path, archive: zipfile.ZipFile, member: str) -> None:
    columns, rows = _furthest_cell(archive, member)
    if columns * rows > MOST_CELLS:
        raise SourceChanged(
            f"{path.name}: {member} reaches to row {rows:,} and column {columns:,}, expected {MOST_CELLS:,} cells at "
            f"most. {SAVE_AS_CSV}"
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
