"""The ledger kept with the project: every change up to the edition before the newest bundled one, and what it was made with.

`python -m etl ledger --rebuild` writes it (`data/ledger`), so that a build judges the newest edition alone and adds to it.
"""

import csv
import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path

from etl.core.change_status import Cause, ChangeStatus, Direction
from etl.core.errors import CatalogueError
from etl.core.versions import METHODS_VERSION
from etl.judging.in_step import breaks_sha256, is_in_step
from etl.judging.ledger import AFTER, ChangeEntry

LEDGER = Path(__file__).parent.parent.parent / "data" / "ledger"
CHANGES, MADE, EDITIONS = "changes.csv", "made.csv", "editions.csv"
AFTER_COLUMNS = tuple(f"after_{months}" for months in AFTER)
COLUMNS = (*(f.name for f in fields(ChangeEntry) if f.name != "after"), *AFTER_COLUMNS)


@dataclass(frozen=True)
class Kept:
    """The entries kept, the edition they reach (its id, newest month and day of publication), and what they were made with."""

    entries: tuple[ChangeEntry, ...]
    edition: str
    month: str
    published_on: dt.date
    methods: int
    breaks: str

    @property
    def is_in_step(self) -> bool:
        """Whether it was made with today's judging and breaks."""
        return is_in_step(self.methods, self.breaks)


def read(folder: Path = LEDGER) -> Kept | None:
    """The ledger of a folder; None where there is none.

    Raises:
        CatalogueError: it cannot be read.
    """
    if not (folder / MADE).exists():
        return None
    try:
        (made,) = _rows(folder / MADE)
        return Kept(
            tuple(_entry(row) for row in _rows(folder / CHANGES)), made["edition"], made["month"],
            dt.date.fromisoformat(made["published_on"]), int(made["methods"]), made["breaks"],
        )  # fmt: skip
    except (OSError, KeyError, ValueError) as error:
        raise CatalogueError(f"{folder}: the ledger cannot be read ({error}); run `python -m etl ledger --rebuild`") from error


def write(folder: Path, entries: Iterable[ChangeEntry], edition: str, month: str, published_on: dt.date) -> None:
    """Keep a ledger in a folder, stamped with what it was made with."""
    folder.mkdir(parents=True, exist_ok=True)
    ordered = sorted(entries, key=lambda e: (e.first_seen, e.measure, e.area, e.direction))
    write_rows(folder / CHANGES, COLUMNS, [_cells(entry) for entry in ordered])
    stamp = (edition, month, published_on.isoformat(), METHODS_VERSION, breaks_sha256())
    write_rows(folder / MADE, ("edition", "month", "published_on", "methods", "breaks"), [stamp])


def write_rows(path: Path, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """A table as CSV."""
    with path.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _cells(entry: ChangeEntry) -> list[object]:
    cells: list[object] = []
    for name in COLUMNS[: -len(AFTER)]:
        value = getattr(entry, name)
        if name == "before":
            cells.append(" ".join(f"{expected:.5g}" for expected in value))
        else:
            cells.append("" if value is None else f"{value:.5g}" if isinstance(value, float) else value)
    return [*cells, *(state or "" for state in entry.after)]


def _entry(row: Mapping[str, str]) -> ChangeEntry:
    return ChangeEntry(
        row["measure"], row["area"], Direction(row["direction"]), row["since"], row["first_seen"], row["window_first"],
        Cause(row["entered_by"]), ChangeStatus(row["status"]), row["status_since"], row["last_seen"], float(row["size"]),
        float(row["size_now"]), float(row["probability"]) if row["probability"] else None,
        Cause(row["cause"]) if row["cause"] else None, row["detail"], tuple(float(cell) for cell in row["before"].split()),
        tuple(ChangeStatus(row[name]) if row[name] else None for name in AFTER_COLUMNS),
    )  # fmt: skip
