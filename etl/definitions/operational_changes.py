"""Dated changes in how places are policed, each with where its date was read: `data/reference/operational_changes.csv`."""

import csv
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache

from etl.core.errors import CatalogueError
from etl.core.period import kind_of, last_month
from etl.definitions.reference import REFERENCE, areas

FILE = "operational_changes.csv"


@dataclass(frozen=True)
class OperationalChange:
    """One change in one place.

    `begins` is the first month it may have touched, `in_force` the first in which it stood whole; the months between are on
    neither side of a comparison. `known` says in words what is known of the date. `group` names changes of one kind: places
    where the same was done in the same months are never compared with each other.
    """

    id: str
    group: str
    what: str
    areas: tuple[str, ...]
    begins: str
    in_force: str
    is_day_known: bool
    known: str
    source: str
    quotation: str
    url: str

    def overlaps(self, first: str, last: str) -> bool:
        """Whether it was going on in these months."""
        return self.begins <= last and (first < self.in_force or first <= self.begins)


@cache
def operational_changes() -> tuple[OperationalChange, ...]:
    """Every change on record, oldest first.

    Raises:
        CatalogueError: an id twice, an unknown borough, months that are none or in the wrong order, or a row without a source.
    """
    with (REFERENCE / FILE).open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    problems = []
    known = areas()
    for number, row in enumerate(rows, 2):
        codes = row["areas"].split("|")
        problems += [f"{FILE}:{number}: no area {code!r}" for code in codes if code not in known]
        if not (_is_month(row["begins"]) and _is_month(row["in_force"]) and row["begins"] <= row["in_force"]):
            problems.append(f"{FILE}:{number}: months {row['begins']!r} to {row['in_force']!r}")
        if not (row["source"] and row["quotation"] and row["url"].startswith("http")):
            problems.append(f"{FILE}:{number}: no source, quotation or address")
        if sum(other["id"] == row["id"] for other in rows) > 1:
            problems.append(f"{FILE}:{number}: {row['id']} stands twice")
    if problems:
        raise CatalogueError("\n".join(problems))
    changes = (
        OperationalChange(
            row["id"], row["group"], row["what"], tuple(row["areas"].split("|")), row["begins"], row["in_force"],
            row["day_known"] == "yes", row["known"], row["source"], row["quotation"], row["url"],
        )
        for row in rows
    )  # fmt: skip
    return tuple(sorted(changes, key=lambda change: (change.begins, change.id)))


def touched_elsewhere(change: OperationalChange, first: str, last: str) -> Collection[str]:
    """Boroughs where another change of its kind was going on in these months."""
    others = (other for other in operational_changes() if other.group == change.group and other.id != change.id)
    return {code for other in others if other.overlaps(first, last) for code in other.areas}


def _is_month(label: str) -> bool:
    try:
        last_month(label)
    except ValueError:
        return False
    return kind_of(label) == "month"
