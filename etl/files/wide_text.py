"""The text of a wide file as bytes or row by row, for what a reader of columns would overlook."""

import codecs
import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from etl.core.errors import DataRejected, SourceChanged

CHUNK = 8 * 1024 * 1024
DIGITS_ALIKE = bytes.maketrans(b"123456789", b"000000000")
OTHER_NUMERALS = (b"0.", b".0", b"0e0", b"0E0", b"0e+", b"0E+", b"0e-", b"0E-", b"0_0", b"0x0", b"0X0", b"0b0", b"0B0")
"""What stands in a number that is not plain digits, every digit read as nought: 12.5, 1e3, 1_000, 0x1F."""

MARK_BYTES = frozenset(b"".join(OTHER_NUMERALS)) - {ord("0")}


@dataclass(frozen=True)
class Text:
    """Facts about a file's bytes before it is split into cells."""

    may_hold_other_numerals: bool
    has_blank_lines: bool
    ends_a_line: bool


def scan(path: Path) -> Text:
    """Facts about the file's bytes, in a few passes at the speed of memory.

    Raises:
        SourceChanged: the text is not UTF-8, or holds a byte no text has; the line is named.
    """
    decoder = codecs.getincrementaldecoder("utf-8")()
    numerals = blank = False
    last_bytes, lines = b"", 0
    with path.open("rb") as stream:
        while chunk := stream.read(CHUNK):
            _decode(path, decoder, chunk, lines)
            if b"\x00" in chunk:
                line = lines + chunk.count(b"\n", 0, chunk.index(b"\x00")) + 1
                reason = "holds a NUL byte, which no text has: the file was damaged on the way"
                raise SourceChanged(f"{path.name}: line {line} {reason}")
            window = (last_bytes + chunk).translate(DIGITS_ALIKE)
            numerals = numerals or _holds_other_numerals(window)
            blank = blank or b"\n\n" in window or b"\n\r\n" in window or b"\r\r" in window
            lines += chunk.count(b"\n")
            last_bytes = chunk[-3:]
    return Text(numerals, blank, last_bytes.endswith((b"\n", b"\r")))


def _holds_other_numerals(window: bytes) -> bool:
    # To look for one byte is nearly free: a mark is searched for only where all its bytes are there at all.
    absent = {byte for byte in MARK_BYTES if bytes([byte]) not in window}
    return any(mark in window for mark in OTHER_NUMERALS if not absent.intersection(mark))


def _decode(path: Path, decoder: codecs.IncrementalDecoder, chunk: bytes, lines: int) -> None:
    pending = decoder.getstate()[0]
    if chunk.isascii() and not pending:
        return
    try:
        decoder.decode(chunk)
    except UnicodeDecodeError as error:
        line = lines + error.object.count(b"\n", 0, error.start) + 1
        raise SourceChanged(
            f"{path.name}: the text is not UTF-8: byte 0x{error.object[error.start]:02x} in line {line} cannot be read. Save "
            "it again as CSV UTF-8"
        ) from error


def rows(path: Path, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Each row of the file as (its 1-based number, its cells).

    Raises:
        DataRejected: the text cannot be split into cells: a quote that never closes swallows the rest of the file.
    """
    with path.open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.reader(stream, delimiter=delimiter, strict=True)
        try:
            yield from enumerate(reader, start=1)
        except csv.Error as error:
            raise DataRejected(
                f"{path.name}: rejected", [f"line {reader.line_num}: the text cannot be split into cells: {error}"]
            ) from error


def width(path: Path, delimiter: str, header_row: int) -> int:
    """How many cells the header row has, empty ones after the last label among them."""
    return next(len(row) for number, row in rows(path, delimiter) if number == header_row)
