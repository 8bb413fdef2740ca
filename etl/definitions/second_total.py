"""The Met's other total of recorded crime in London, that of its dashboard: a reader may hold it beside the one counted here."""

import csv
from dataclasses import dataclass
from functools import cache

from etl.core.errors import CatalogueError
from etl.definitions.reference import REFERENCE

SECOND_TOTAL = "second_total.csv"
MEASURE = "total_recorded_crime"
"""What it is a second total of."""


@dataclass(frozen=True)
class MonthOfDashboard:
    """One month: offences in all, and those with a London borough; whose figures they are, their day and licence."""

    period: str
    offences: int
    with_borough: int
    source: str


@cache
def second_total() -> tuple[MonthOfDashboard, ...]:
    """Every month the dashboard gives, oldest first; none where its table is not there.

    Raises:
        CatalogueError: a row is not whole, or a month stands twice.
    """
    path = REFERENCE / SECOND_TOTAL
    if not path.exists():
        return ()
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    try:
        months = [MonthOfDashboard(r["period"], int(r["offences"]), int(r["with_borough"]), r["source"]) for r in rows]
    except (KeyError, ValueError) as error:
        raise CatalogueError(f"{SECOND_TOTAL}: {error}") from error
    if len({month.period for month in months}) < len(months) or not all(month.source for month in months):
        raise CatalogueError(f"{SECOND_TOTAL}: a month stands twice, or has no source")
    return tuple(sorted(months, key=lambda month: month.period))
