"""What one release says that another did not: editions, months and figures that moved."""

from dataclasses import dataclass
from pathlib import Path

import duckdb

from etl.core.areas import LONDON
from etl.core.sql_text import sql
from etl.warehouse import attach


@dataclass(frozen=True)
class Moved:
    """One measure, London (or the first area that has it), between two releases."""

    measure_id: str
    new_periods: int
    first_new: str | None
    last_new: str | None
    lost_periods: int
    shared_periods: int
    moved_periods: int
    largest_period: str | None
    largest_from: float | None
    largest_to: float | None
    cells: int
    cells_moved: int


def moved(old: Path, new: Path) -> list[Moved]:
    """Every base measure whose figures differ between two releases; counts are of all areas, the largest move is London's."""
    connection = duckdb.connect(":memory:")
    attach(connection, old, "before")
    attach(connection, new, "after")
    return [Moved(*row) for row in connection.execute(sql(__file__, "figures_moved"), {"london": LONDON}).fetchall()]
