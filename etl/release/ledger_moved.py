"""What one release's ledger of changes says that another's does not: which changes entered, and which left and why."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import duckdb

from etl.core.change_status import OPEN, Cause, ChangeStatus
from etl.core.change_words import why_entered, why_left
from etl.definitions import catalogue, reference

TABLE = "change_ledger"
STATEMENT = (
    "SELECT measure_id, area_code, direction, first_seen, entered_by, status, cause, detail, size, size_now FROM {} ORDER BY ALL"
)


@dataclass(frozen=True)
class Stand:
    """How one change stands in a ledger."""

    measure: str
    area: str
    direction: str
    first_seen: str
    entered_by: str
    status: str
    cause: str
    detail: str
    size: float
    size_now: float

    @property
    def what(self) -> tuple[str, str, str]:
        """What a ledger holds open once."""
        return self.measure, self.area, self.direction

    @property
    def is_open(self) -> bool:
        """Whether it is still followed."""
        return self.status in OPEN


def stands(connection: duckdb.DuckDBPyConnection, database: str = "") -> list[Stand]:
    """Every change in the ledger of the connection, or of a database attached to it; [] in a release older than ledgers."""
    table = f"{database}.{TABLE}" if database else TABLE
    try:
        return [Stand(*row) for row in connection.execute(STATEMENT.format(table)).fetchall()]
    except duckdb.CatalogException:
        return []


def between(before: Sequence[Stand], now: Sequence[Stand], *, would: bool = False) -> list[str]:
    """A line for each change that entered or left between two ledgers; [] where there was none before.

    Args:
        before: the ledger before.
        now: the one after it.
        would: whether it is only looked at what would enter or leave.
    """
    if not before:
        return []
    open_before, open_now = _open(before), _open(now)
    enter, leave = ("would enter", "would leave") if would else ("entered", "left")
    lines = [
        f"  {enter} the list of changes: {_name(stand)}{_because(why_entered(Cause(stand.entered_by)))}"
        for what, stand in open_now.items()
        if what not in open_before
    ]
    closed = {stand.what: stand for stand in sorted(now, key=lambda s: s.first_seen) if not stand.is_open}
    for what, stand in open_before.items():
        if what not in open_now:
            left = closed.get(what)
            status = f", {left.status}" if left else f", {ChangeStatus.WITHDRAWN}"
            lines.append(f"  {leave} the list of changes: {_name(stand)}{status}{_because(_why(left))}")
    return lines


def _why(left: Stand | None) -> str:
    if left is None:
        return why_left(ChangeStatus.WITHDRAWN, Cause.METHOD, "", 0.0, 0.0)
    cause = Cause(left.cause) if left.cause else None
    return why_left(ChangeStatus(left.status), cause, left.detail, left.size, left.size_now)


def _open(every: Iterable[Stand]) -> dict[tuple[str, str, str], Stand]:
    return {stand.what: stand for stand in every if stand.is_open}


def _because(why: str) -> str:
    return f" ({why})" if why else ""


def _name(stand: Stand) -> str:
    return f"{catalogue.measures()[stand.measure].title}, {reference.areas()[stand.area].name}: {stand.direction}"
