"""Small files in the publisher's own shape: 32 boroughs, the offences every edition has, 24 months of made-up counts."""

import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from etl.core.areas import LONDON
from etl.core.period import month_label, month_number
from etl.definitions import catalogue, reference

SOURCE = catalogue.sources()["mps_recorded_crime_borough"]
BOROUGHS = [reference.areas()[code].name for code in reference.members(LONDON)]
HEADERS = {
    "A": ("Borough", "Major Category", "Minor Category"),
    "B": ("MajorText", "MinorText", "LookUp_BoroughName"),
    "C": ("MajorText", "MinorText", "BoroughName"),
    "C2": ("MajorText", "MinorText", "BoroughName"),
}

Row = list[str]


def offences(form: str) -> list[tuple[str, str]]:
    """(group, offence) of each offence that every edition of the form has, in the publisher's order."""
    core = set(SOURCE.forms[form].core)
    return sorted((g, o) for g, os in SOURCE.forms[form].groups.items() for o in os if o in core)


def count(borough: int, offence: int, month: int, revision: int = 0) -> int:
    """A count from 20 to about 60 that any edition gives alike for the same month, but for its revision; no two months alike."""
    season = (0, 0, 2, 2, 3, 3, 4, 3, 3, 2, 1, 0)[month % 12]
    chance = zlib.crc32(f"{borough} {offence} {month}".encode()) % 5
    return 20 + (borough * 7 + offence * 13) % 30 + season + chance + (revision if (borough + offence + month) % 5 == 0 else 0)


@dataclass(frozen=True)
class MadeFile:
    """A header and rows of text, to be changed and written."""

    header: Row
    rows: list[Row]
    delimiter: str = ","
    line_end: str = "\r\n"
    titles: Sequence[str] = field(default_factory=tuple)

    def text(self) -> str:
        """The file's text."""
        lines = [*self.titles, *(self.delimiter.join(row) for row in [self.header, *self.rows])]
        return self.line_end.join(lines) + self.line_end

    def write(self, path: Path) -> Path:
        """Write it; returns the path."""
        path.write_bytes(self.text().encode())
        return path

    def with_cell(self, row: int, column: int, text: str) -> "MadeFile":
        """The same with one cell changed; row 0 is the first below the header."""
        rows = [list(r) for r in self.rows]
        rows[row][column] = text
        return replace(self, rows=rows)

    def with_rows(self, change: Callable[[list[Row]], list[Row]]) -> "MadeFile":
        """The same with its rows changed."""
        return replace(self, rows=change([list(r) for r in self.rows]))

    def without_column(self, column: int) -> "MadeFile":
        """The same without one column."""
        return replace(self, header=[*self.header[:column], *self.header[column + 1 :]],
                       rows=[[*r[:column], *r[column + 1 :]] for r in self.rows])  # fmt: skip


def edition(form: str = "C", last: str = "2025-05", months: int = 24, revision: int = 0) -> MadeFile:
    """An edition's file: rows sorted by group, offence and borough, as published."""
    end = month_number(last)
    numbers = range(end - months + 1, end + 1)
    header = [*HEADERS[form], *(month_label(n).replace("-", "") for n in numbers)]
    rows = []
    for j, (group, offence) in enumerate(offences(form)):
        for i, borough in enumerate(BOROUGHS):
            keys = [borough, group.title(), offence.title()] if form == "A" else [group.upper(), offence.upper(), borough]
            rows.append([*keys, *(str(count(i, j, n, revision)) for n in numbers)])
    return MadeFile(header, sorted(rows) if form == "A" else rows)


def total(made: MadeFile, month: str) -> int:
    """London in a month, added up from the file's own text."""
    column = made.header.index(month.replace("-", ""))
    return sum(int(row[column]) for row in made.rows)
