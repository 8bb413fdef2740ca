"""Tables as the publishers wrote them: cells of text found by label, and what a source makes of them.

Nothing here knows what the numbers mean.
"""

import csv
import hashlib
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from etl.core.errors import DataRejected, SourceChanged
from etl.files import workbook
from etl.files.labels import column_letters, fold
from etl.files.sniff import column_labels, decoded, header_index, sniff

MOST_BYTES = 64 * 1024**2
"""A text read row by row is laid out whole: it takes several times as much memory. Files of months are read otherwise."""


@dataclass(frozen=True)
class Table:
    """One sheet or text file as text cells, exactly as published but for white space round each."""

    file_name: str
    sheet: str | None
    sha256: str
    delimiter: str | None
    header_row: int  # 1-based row in the file where the header stands
    columns: tuple[str, ...]  # labels as published, trimmed; trailing empty columns dropped
    rows: tuple[tuple[str, ...], ...]  # cells below the header; blank and ragged rows kept so that addresses hold
    first_row: int  # 1-based row of rows[0]

    def cell(self, row: int, column: int) -> str:
        """Spreadsheet address of `rows[row][column]`: "D12", or "Sheet1!D12" in a workbook."""
        address = f"{column_letters(column)}{self.first_row + row}"
        return f"{self.sheet}!{address}" if self.sheet else address

    def column(self, label: str) -> int:
        """Position of the column with this label, case and spacing aside.

        Raises:
            SourceChanged: no column, or more than one, has the label.
        """
        positions = [i for i, column_label in enumerate(self.columns) if fold(column_label) == fold(label)]
        if len(positions) != 1:
            count = "no column is" if not positions else f"{len(positions)} columns are"
            raise SourceChanged(f"{self.file_name}: {count} called {label!r}; found {list(self.columns)}")
        return positions[0]

    def records(self, labels: Sequence[str]) -> Iterator[tuple[int, tuple[str, ...]]]:
        """Each row that is not blank as (its index, its cells under `labels`); a cell the row does not reach is ""."""
        positions = [self.column(label) for label in labels]
        for index, row in enumerate(self.rows):
            if any(row):
                yield index, tuple(row[i] if i < len(row) else "" for i in positions)


@dataclass(frozen=True)
class Reading:
    """What one source made of one table.

    `observations` holds `series`, `area_code`, `breakdown` ("" if none), `period`, `value` (float, NaN where `status` is not
    "final"), `status`, `cell`; key: series, area_code, breakdown, period.
    """

    observations: pd.DataFrame
    first_period: str
    last_period: str
    edition_label: str  # inferred month of publication, 2026-01
    edition_basis: str  # one sentence saying how it was inferred
    part: str
    notices: tuple[str, ...]
    checks: tuple[tuple[str, str, str], ...]  # (check, passed | warned, what was found)
    rejected: tuple[tuple[str, str, str], ...]  # (where, what, reason): parts left out of an accepted file


def file_sha256(path: Path) -> str:
    """Hex SHA-256 of the file's bytes."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def load_tables(path: Path) -> tuple[Table, ...]:
    """Every table of the file: one for a text file, one for each sheet of a workbook that has a header and rows.

    Raises:
        SourceUnavailable, SourceChanged, DataRejected: as `sniff`; SourceChanged also for a workbook that cannot be opened.
    """
    kind = sniff(path)
    sha256 = file_sha256(path)
    if kind.kind == "workbook":
        return _workbook_tables(path, sha256)
    size = path.stat().st_size
    if size > MOST_BYTES:
        raise SourceChanged(f"{path.name}: a text of {size / 1024**2:,.0f} MB, expected {MOST_BYTES / 1024**2:,.0f} MB at most")
    text = decoded(path, path.read_bytes())
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=kind.delimiter or ","))
    except csv.Error as error:  # a quote that never closes swallows the rest of the file
        raise DataRejected(f"{path.name}: rejected", [f"the text cannot be split into cells: {error}"]) from error
    return (_table(path, None, sha256, kind.delimiter, rows, kind.header_row - 1),)


def _workbook_tables(path: Path, sha256: str) -> tuple[Table, ...]:
    sheets = workbook.sheets(path)
    tables = []
    for name, rows in sheets:
        header = header_index(rows)
        if header is not None and any(any(row) for row in rows[header + 1 :]):
            tables.append(_table(path, name, sha256, None, rows, header))
    if not tables:
        raise SourceChanged(f"{path.name}: no sheet holds a table; sheets found: {[name for name, _ in sheets]}")
    return tuple(tables)


def _table(
    path: Path, sheet: str | None, sha256: str, delimiter: str | None, rows: Sequence[Sequence[str]], header: int
) -> Table:
    # A long file repeats its names on every row: one object for each distinct text keeps millions of cells small.
    texts: dict[str, str] = {}
    body = [tuple(texts.setdefault(text, text) for text in map(str.strip, row)) for row in rows[header + 1 :]]
    while body and not any(body[-1]):
        body.pop()
    return Table(path.name, sheet, sha256, delimiter, header + 1, column_labels(rows[header]), tuple(body), header + 2)
