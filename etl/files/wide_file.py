"""A wide file (one row per area and offence, one column per month) as its header describes it, before any row is read."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from etl.files import month_labels, wide_text
from etl.files.labels import column_letters
from etl.files.sniff import Sniff, refuse_repeated_labels
from etl.files.table import Table

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
    sheet: str | None = None
    """The sheet of a workbook that the text was written from."""

    @property
    def keys(self) -> tuple[str, ...]:
        """Labels of the columns that are not months, in file order."""
        return tuple(c for c in self.columns if c not in self.months)

    def column(self, label: str) -> str:
        """Name of the column with this label in the tables made here."""
        return f"c{self.columns.index(label)}"

    def letters(self, position: int) -> str:
        """What the column is called in the publisher's file: "D", or "Sheet1!D" in a workbook."""
        return f"{self.sheet}!{column_letters(position)}" if self.sheet else column_letters(position)

    def month_columns(self) -> list[str]:
        """Names of the month columns in the tables made here, in file order."""
        return [self.column(label) for label in self.months]


def wide_file(path: Path, sniff: Sniff) -> WideFile | None:
    """The file as a wide one, or None where it has no two month columns."""
    months = _months(sniff.columns)
    if months is None:
        return None
    delimiter = sniff.delimiter or ","
    width = wide_text.width(path, delimiter, sniff.header_row)
    return WideFile(path, delimiter, sniff.header_row, sniff.columns, months, width - len(sniff.columns))


def wide_sheet(table: Table, folder: Path) -> WideFile | None:
    """A sheet of a workbook as a wide text file of the same name in `folder`; None where it has no two month columns.

    Each row keeps its number, so that a cell keeps its address.

    Raises:
        DataRejected: two columns have one name.
    """
    months = _months(table.columns)
    if months is None:
        return None
    path = folder / table.file_name
    refuse_repeated_labels(path, table.columns)
    width = len(table.columns)
    with path.open("w", encoding="utf-8", newline="") as stream:
        stream.write("\n" * (table.header_row - 1))
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(table.columns)
        writer.writerows(_fitted(row, width) for row in table.rows)
    return WideFile(path, ",", table.header_row, table.columns, months, 0, table.sheet)


def _fitted(row: Sequence[str], width: int) -> Sequence[str]:
    """The row without the empty cells a sheet has after its table; text there stays, to be refused."""
    return row[:width] if not any(row[width:]) else row


def _months(columns: Sequence[str]) -> dict[str, str] | None:
    """Column label to period; None for fewer than two."""
    period_by_label = {label: period for label in columns if (period := month_labels.month_of(label))}
    return period_by_label if len(period_by_label) >= FEWEST_MONTHS else None
