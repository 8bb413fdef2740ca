"""Tables as the publishers wrote them: cells of text found by label, and what a source makes of them.

Nothing here knows what the numbers mean. A file that is not a table of a kind we read is refused before any source sees it.
"""

import csv
import datetime as dt
import hashlib
import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import python_calamine

from etl import month_labels
from etl.errors import DataRejected, SourceChanged, SourceUnavailable

DELIMITERS = (",", ";", "\t", "|")
TEXT_SUFFIXES = (".csv", ".txt", ".tsv")
WORKBOOK_SUFFIXES = (".xlsx", ".xls", ".ods")
PACKED_SUFFIXES = (".zip", ".gz", ".7z", ".rar", ".bz2", ".xz", ".tar", ".tgz")
SAMPLE_BYTES = 64 * 1024
SAMPLE_ROWS = 200
# A header has at least this share of the cells an ordinary row has: a title line above it has one or two.
HEADER_SHARE = 0.75
OLD_EXCEL = b"\xd0\xcf\x11\xe0"
ZIP = b"PK\x03\x04"
GZIP = b"\x1f\x8b"


@dataclass(frozen=True)
class Sniff:
    """What a file is, from its first 64 KB and its last: enough to open it with another reader."""

    kind: str  # text | workbook
    encoding: str | None  # utf-8 | utf-8-sig; None for a workbook
    delimiter: str | None
    header_row: int  # 1-based; 0 for a workbook, whose sheets are found by load_tables
    columns: tuple[str, ...]


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
        found = [i for i, known in enumerate(self.columns) if fold(known) == fold(label)]
        if len(found) != 1:
            count = "no column is" if not found else f"{len(found)} columns are"
            raise SourceChanged(f"{self.file_name}: {count} called {label!r}; found {list(self.columns)}")
        return found[0]

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


def fold(label: str) -> str:
    """The label without case or doubled white space, for comparing."""
    return " ".join(label.split()).casefold()


def column_letters(column: int) -> str:
    """Spreadsheet letters of a 0-based column: 0 is A, 26 is AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def file_sha256(path: Path) -> str:
    """Hex SHA-256 of the file's bytes."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def sniff(path: Path) -> Sniff:
    """What the file is, from its two ends only: cheap for a file of any size.

    Raises:
        SourceUnavailable: the file cannot be opened.
        SourceChanged: it is empty, a web page, a workbook named .csv, not UTF-8, or of no kind we read.
        DataRejected: it stops in the middle of a row, holds no rows, or has two columns of one name.
    """
    head, tail = _ends(path)
    _refuse_other_kinds(path, head)
    if path.suffix.lower() in WORKBOOK_SUFFIXES:
        return Sniff("workbook", None, None, 0, ())
    whole = len(head) < SAMPLE_BYTES
    if not whole:
        head = head[: head.rfind(b"\n") + 1] or head
    text = _decoded(path, head)
    delimiter, rows = _best_delimiter(path, text)
    header = _header_index(rows)
    if header is None:
        raise SourceChanged(f"{path.name}: no row looks like a header; line 1 begins {_beginning(text)}")
    columns = _labels(rows[header])
    _refuse_twins(path, columns)
    if whole and not any(any(row) for row in rows[header + 1 :]):
        raise DataRejected(f"{path.name}: rejected", [f"expected rows below the header in row {header + 1}, found none"])
    _refuse_truncated(path, tail, delimiter, columns)
    encoding = "utf-8-sig" if head.startswith(b"\xef\xbb\xbf") else "utf-8"
    return Sniff("text", encoding, delimiter, header + 1, columns)


def load_tables(path: Path) -> tuple[Table, ...]:
    """Every table of the file: one for a text file, one for each sheet of a workbook that has a header and rows.

    Raises:
        SourceUnavailable, SourceChanged, DataRejected: as `sniff`; SourceChanged also for a workbook that cannot be opened.
    """
    kind = sniff(path)
    sha256 = file_sha256(path)
    if kind.kind == "workbook":
        return _workbook_tables(path, sha256)
    text = _decoded(path, path.read_bytes())
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=kind.delimiter or ","))
    except csv.Error as error:  # a quote that never closes swallows the rest of the file
        raise DataRejected(f"{path.name}: rejected", [f"the text cannot be split into cells: {error}"]) from error
    return (_table(path, None, sha256, kind.delimiter, rows, kind.header_row - 1),)


def _workbook_tables(path: Path, sha256: str) -> tuple[Table, ...]:
    try:
        workbook = python_calamine.CalamineWorkbook.from_path(path)
        sheets = [(name, workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)) for name in workbook.sheet_names]
    except python_calamine.CalamineError as error:
        raise SourceChanged(f"{path.name}: the workbook cannot be opened: {error}") from error
    tables = []
    for name, values in sheets:
        rows = [[_as_text(value) for value in row] for row in values]
        header = _header_index(rows)
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
    return Table(path.name, sheet, sha256, delimiter, header + 1, _labels(rows[header]), tuple(body), header + 2)


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


def _ends(path: Path) -> tuple[bytes, bytes]:
    try:
        with path.open("rb") as stream:
            head = stream.read(SAMPLE_BYTES)
            size = stream.seek(0, io.SEEK_END)
            stream.seek(max(0, size - SAMPLE_BYTES))
            return head, stream.read()
    except OSError as error:
        raise SourceUnavailable(f"{path}: cannot be opened: {error.strerror}") from error


def _refuse_other_kinds(path: Path, head: bytes) -> None:
    suffix = path.suffix.lower()
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:200]
    begins = _beginning(start.decode("utf-8", "replace"))
    if not head.strip():
        raise SourceChanged(f"{path.name}: the file is empty")
    if start.startswith((b"<", b"{", b"%PDF")) or re.match(rb"\[\s*[\[{]", start):
        kind = {b"<": "a web page or XML", b"{": "JSON", b"[": "JSON", b"%": "a PDF"}[start[:1]]
        raise SourceChanged(f"{path.name}: {kind} saved under that name; line 1 begins {begins}, expected a row of column labels")
    if head.startswith(GZIP) or suffix in PACKED_SUFFIXES or (suffix in TEXT_SUFFIXES and _is_archive(path, head)):
        raise SourceChanged(f"{path.name}: a packed file (zip, gzip or the like); unpack it and add what is in it")
    is_workbook = head.startswith((OLD_EXCEL, ZIP))
    if suffix in TEXT_SUFFIXES and is_workbook:
        kind = "an old Excel workbook (.xls)" if head.startswith(OLD_EXCEL) else "a workbook (.xlsx or .ods)"
        raise SourceChanged(f"{path.name}: {kind} saved under a {suffix} name; save it as CSV, or give it its own ending")
    if suffix in WORKBOOK_SUFFIXES and not is_workbook:
        raise SourceChanged(f"{path.name}: named {suffix} but not a workbook; it begins {begins}")
    if suffix not in TEXT_SUFFIXES + WORKBOOK_SUFFIXES:
        known = ", ".join(TEXT_SUFFIXES + WORKBOOK_SUFFIXES)
        raise SourceChanged(f"{path.name}: a file ending {suffix or 'in nothing'} is not one we read; expected one of {known}")


def _is_archive(path: Path, head: bytes) -> bool:
    """Whether a zip file is no workbook. One that cannot be opened is taken for a workbook: that is the likelier slip."""
    if not head.startswith(ZIP) or not zipfile.is_zipfile(path):
        return False
    with zipfile.ZipFile(path) as archive:
        return not {"[Content_Types].xml", "mimetype"} & set(archive.namelist())


def _decoded(path: Path, content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in content[:1000]:
        raise SourceChanged(f"{path.name}: the text is UTF-16 or binary; expected UTF-8. Save it again as CSV UTF-8")
    if b"\x00" in content:
        line = content.count(b"\n", 0, content.index(b"\x00")) + 1
        raise SourceChanged(f"{path.name}: line {line} holds a NUL byte, which no text has: the file was damaged on the way")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        found = content[error.start : error.start + 1].hex()
        raise SourceChanged(
            f"{path.name}: the text is not UTF-8: byte 0x{found} in line {line} cannot be read. Save it again as CSV UTF-8"
        ) from error


def _best_delimiter(path: Path, text: str) -> tuple[str, list[list[str]]]:
    """The delimiter under which most rows have the same number of cells (two or more), and the sample's rows under it."""
    best: tuple[float, int, str, list[list[str]]] | None = None
    for delimiter in DELIMITERS:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        rows = [row for row, _ in zip(reader, range(SAMPLE_ROWS), strict=False)]
        widths = Counter(len(row) for row in rows if any(row))
        usual = [(count, width) for width, count in widths.items() if width > 1]
        if usual:
            count, width = max(usual)
            candidate = (count / widths.total(), width, delimiter, rows)
            if best is None or candidate[:2] > best[:2]:
                best = candidate
    if best is None:
        raise SourceChanged(f"{path.name}: no table: one column only; line 1 begins {_beginning(text)}")
    return best[2], best[3]


def _header_index(rows: Sequence[Sequence[str]]) -> int | None:
    """Index of the first row nearly as full as rows usually are and beginning with a word or a month; None if there is none."""
    filled = [sum(1 for cell in row if cell.strip()) for row in rows[:SAMPLE_ROWS]]
    widths = Counter(count for count in filled if count > 1)
    if not widths:
        return None
    usual = max(widths, key=lambda width: (widths[width], width))
    for index, count in enumerate(filled):
        first = next((cell for cell in rows[index] if cell.strip()), "")
        is_word = re.search(r"[^\W\d]", first) is not None
        is_month = month_labels.period(first) is not None and any(re.search(r"[^\W\d]", cell) for cell in rows[index])
        if count > 1 and count >= HEADER_SHARE * usual and (is_word or is_month):
            return index
    return None


def _labels(row: Sequence[str]) -> tuple[str, ...]:
    labels = [" ".join(label.split()) for label in row]
    while labels and not labels[-1]:
        labels.pop()
    return tuple(labels)


def _refuse_twins(path: Path, columns: Sequence[str]) -> None:
    twins = [label for label, count in Counter(fold(label) for label in columns).items() if label and count > 1]
    if twins and all(label.isdigit() and len(label) < 5 for label in twins):
        found = ", ".join(columns[:5])
        raise SourceChanged(f"{path.name}: no row looks like a header; expected a row of column labels, found {found}")
    if twins:
        failures = [f"{[i for i in columns if fold(i) == twin]} stand over more than one column" for twin in twins]
        raise DataRejected(f"{path.name}: rejected", failures)


def _refuse_truncated(path: Path, tail: bytes, delimiter: str, columns: Sequence[str]) -> None:
    """A last line with no line end and fewer cells than the header was cut off on the way."""
    if tail.endswith((b"\n", b"\r", b"\x00")):
        return
    last = re.split(r"\r\n|\n|\r", tail.decode("utf-8", "replace"))[-1]
    cells = next(csv.reader([last], delimiter=delimiter), [])
    unclosed = last.count('"') % 2 == 1
    if cells and (len(cells) < len(columns) or unclosed):
        found = f"expected {len(columns)} cells and a line end in the last row, found {len(cells)}: {last[:80]!r}"
        raise DataRejected(f"{path.name}: the file is cut off", [found])


def _beginning(text: str) -> str:
    lines = text.strip().splitlines()
    return repr(lines[0][:60]) if lines else "with nothing"
