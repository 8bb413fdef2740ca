"""What kind of file it is, from its first and last 64 KB; a file that is no table we read is refused here."""

import csv
import io
import re
import zipfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from etl.core.errors import DataRejected, SourceChanged, SourceUnavailable
from etl.files import month_labels
from etl.files.labels import fold

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
LFS_POINTER = b"version https://git-lfs"


@dataclass(frozen=True)
class Sniff:
    """What a file is, from its first 64 KB and its last: enough to open it with another reader."""

    kind: str  # text | workbook
    encoding: str | None  # utf-8 | utf-8-sig; None for a workbook
    delimiter: str | None
    header_row: int  # 1-based; 0 for a workbook, whose sheets are found by load_tables
    columns: tuple[str, ...]


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
    if not whole and not re.search(rb"[\r\n]", head):
        raise SourceChanged(
            f"{path.name}: line 1 is longer than {SAMPLE_BYTES:,} bytes; expected a row of column labels, found one that begins "
            f"{_beginning(decoded(path, head[: SAMPLE_BYTES // 2]))}"
        )
    if not whole:
        head = head[: head.rfind(b"\n") + 1] or head
    text = decoded(path, head)
    delimiter, rows = _best_delimiter(path, text)
    header = header_index(rows)
    if header is None:
        raise SourceChanged(f"{path.name}: no row looks like a header; line 1 begins {_beginning(text)}")
    columns = column_labels(rows[header])
    refuse_repeated_labels(path, columns)
    if whole and not any(any(row) for row in rows[header + 1 :]):
        raise DataRejected(f"{path.name}: rejected", [f"expected rows below the header in row {header + 1}, found none"])
    _refuse_truncated(path, tail, delimiter, columns)
    encoding = "utf-8-sig" if head.startswith(b"\xef\xbb\xbf") else "utf-8"
    return Sniff("text", encoding, delimiter, header + 1, columns)


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
    if start.startswith(LFS_POINTER):
        raise SourceChanged(f"{path.name}: only a pointer to the file, as Git LFS keeps it: fetch the file itself (git lfs pull)")
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
        suffixes = ", ".join(TEXT_SUFFIXES + WORKBOOK_SUFFIXES)
        raise SourceChanged(f"{path.name}: a file ending {suffix or 'in nothing'} is not one we read; expected one of {suffixes}")


def _is_archive(path: Path, head: bytes) -> bool:
    """Whether a zip file is no workbook. One that cannot be opened is taken for a workbook: that is the likelier slip."""
    if not head.startswith(ZIP) or not zipfile.is_zipfile(path):
        return False
    with zipfile.ZipFile(path) as archive:
        return not {"[Content_Types].xml", "mimetype"} & set(archive.namelist())


def decoded(path: Path, content: bytes) -> str:
    """The bytes as text.

    Raises:
        SourceChanged: they are not UTF-8, or hold a byte no text has; the line is named.
    """
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in content[:1000]:
        raise SourceChanged(f"{path.name}: the text is UTF-16 or binary; expected UTF-8. Save it again as CSV UTF-8")
    if b"\x00" in content:
        line = content.count(b"\n", 0, content.index(b"\x00")) + 1
        raise SourceChanged(f"{path.name}: line {line} holds a NUL byte, which no text has: the file was damaged on the way")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        byte = content[error.start : error.start + 1].hex()
        raise SourceChanged(
            f"{path.name}: the text is not UTF-8: byte 0x{byte} in line {line} cannot be read. Save it again as CSV UTF-8"
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


def header_index(rows: Sequence[Sequence[str]]) -> int | None:
    """Index of the first row nearly as full as rows usually are and beginning with a word or a month; None if there is none."""
    filled = [sum(1 for cell in row if cell.strip()) for row in rows[:SAMPLE_ROWS]]
    widths = Counter(count for count in filled if count > 1)
    if not widths:
        return None
    usual = max(widths, key=lambda width: (widths[width], width))
    for index, count in enumerate(filled):
        first = next((cell for cell in rows[index] if cell.strip()), "")
        is_word = re.search(r"[^\W\d]", first) is not None
        is_month = month_labels.month_of(first) is not None and any(re.search(r"[^\W\d]", cell) for cell in rows[index])
        if count > 1 and count >= HEADER_SHARE * usual and (is_word or is_month):
            return index
    return None


def column_labels(row: Sequence[str]) -> tuple[str, ...]:
    """The header row's labels without doubled white space; empty ones after the last are dropped."""
    labels = [" ".join(label.split()) for label in row]
    while labels and not labels[-1]:
        labels.pop()
    return tuple(labels)


def refuse_repeated_labels(path: Path, columns: Sequence[str]) -> None:
    """Refuse two columns of one name.

    Raises:
        SourceChanged: the names are numbers: it is no header at all.
        DataRejected: it is one.
    """
    repeated = [label for label, count in Counter(fold(label) for label in columns).items() if label and count > 1]
    if repeated and all(label.isdigit() and len(label) < 5 for label in repeated):
        beginning = ", ".join(columns[:5])
        raise SourceChanged(f"{path.name}: no row looks like a header; expected a row of column labels, found {beginning}")
    if repeated:
        failures = [f"{[i for i in columns if fold(i) == folded]} stand over more than one column" for folded in repeated]
        raise DataRejected(f"{path.name}: rejected", failures)


def _refuse_truncated(path: Path, tail: bytes, delimiter: str, columns: Sequence[str]) -> None:
    """A last line with no line end and fewer cells than the header was cut off on the way."""
    if tail.endswith((b"\n", b"\r", b"\x00")):
        return
    last = re.split(r"\r\n|\n|\r", tail.decode("utf-8", "replace"))[-1]
    cells = next(csv.reader([last], delimiter=delimiter), [])
    unclosed = last.count('"') % 2 == 1
    if cells and (len(cells) < len(columns) or unclosed):
        sentence = f"expected {len(columns)} cells and a line end in the last row, found {len(cells)}: {last[:80]!r}"
        raise DataRejected(f"{path.name}: the file is cut off", [sentence])


def _beginning(text: str) -> str:
    lines = text.strip().splitlines()
    return repr(lines[0][:60]) if lines else "with nothing"
