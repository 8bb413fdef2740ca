"""A wide file (one row per area and offence, one column per month) as its header describes it, before any row is read."""

from dataclasses import dataclass
from pathlib import Path

from etl import month_labels, wide_text
from etl.sniff import Sniff

FEWEST_MONTHS = 2


@dataclass(frozen=True)
class WideFile:
    """A text file with month columns: what its header says, before any row is read."""

    path: Path
    delimiter: str
    header_row: int
    columns: tuple[str, ...]
    months: dict[str, str]
    """Column label to period: 202506 to 2025-06, in file order."""
    spare: int
    """Empty columns after the last label, as a spreadsheet leaves them."""

    @property
    def keys(self) -> tuple[str, ...]:
        """Labels of the columns that are not months, in file order."""
        return tuple(c for c in self.columns if c not in self.months)

    def column(self, label: str) -> str:
        """Name of the column with this label in the tables made here."""
        return f"c{self.columns.index(label)}"

    def month_columns(self) -> list[str]:
        """Names of the month columns in the tables made here, in file order."""
        return [self.column(label) for label in self.months]


def wide_file(path: Path, sniff: Sniff) -> WideFile | None:
    """The file as a wide one, or None where it has no two month columns."""
    months = {}
    for label in sniff.columns:
        period = month_labels.period(label)
        if period:
            months[label] = period
    if len(months) < FEWEST_MONTHS:
        return None
    delimiter = sniff.delimiter or ","
    width = wide_text.width(path, delimiter, sniff.header_row)
    return WideFile(path, delimiter, sniff.header_row, sniff.columns, months, width - len(sniff.columns))
