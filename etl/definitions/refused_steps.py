"""Steps found in the figures that somebody looked into and found to be no change of recording: proposed no more."""

import datetime as dt
import re
from dataclasses import dataclass
from functools import cache

from etl.core.errors import CatalogueError
from etl.definitions import catalogue, reference

TABLE = "refused_steps.csv"
MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")


@dataclass(frozen=True)
class RefusedStep:
    """A step from `month` on in `area` (London's code for all boroughs, or a command's): why it is none of recording, by whom."""

    measure: str
    area: str
    month: str
    reason: str
    by: str
    date: dt.date
    source: str


@cache
def refused_steps() -> tuple[RefusedStep, ...]:
    """Every refusal, in the order of the table.

    Raises:
        CatalogueError: one names no measure or area, has no month or day, or does not say why or who.
    """
    rows = reference.table_rows(TABLE)
    problems = [f"{TABLE}: row {i}: {problem}" for i, row in enumerate(rows, start=2) if (problem := _problem(row))]
    if problems:
        raise CatalogueError("reference tables are not whole:\n  " + "\n  ".join(problems))
    return tuple(
        RefusedStep(
            row["measure"], row["area"], row["month"], row["reason"], row["by"], dt.date.fromisoformat(row["date"]), row["source"]
        )
        for row in rows
    )


def _problem(row: dict[str, str]) -> str:
    if row["measure"] not in catalogue.measures():
        return f"no measure {row['measure']!r}"
    if row["area"] not in reference.areas():
        return f"no area {row['area']!r}"
    if not MONTH.fullmatch(row["month"]):
        return f"{row['month']!r} is no month such as 2024-09"
    if not row["reason"] or not row["by"]:
        return "why it was refused, or by whom, is missing"
    try:
        dt.date.fromisoformat(row["date"])
    except ValueError:
        return f"{row['date']!r} is no day such as 2026-03-01"
    return ""
