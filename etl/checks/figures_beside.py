"""The figures of one pair of editions as grids: one row an area, series or period, the same columns in both editions."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import duckdb
import numpy as np
import pandas as pd

from etl.core.areas import LONDON
from etl.definitions import reference
from etl.methods.arrays import Floats

AXES = ("area", "series", "period")
COLUMN_OF = {"area": "area_code", "series": "series", "period": "period"}


@dataclass(frozen=True)
class Grid:
    """`now` and `before` have shape (keys, others): NaN where an edition has no such figure."""

    keys: Sequence[str]
    now: Floats
    before: Floats


@dataclass(frozen=True)
class FiguresBeside:
    """Every figure either of two editions has, over the periods both hold."""

    other_id: str
    scale: str
    cells: pd.DataFrame
    """`series`, `area_code`, `breakdown`, `period`, `value` (now), `other` (before), `had` (the earlier edition has the row)."""

    @classmethod
    def of(cls, connection: duckdb.DuckDBPyConnection, edition_id: str, other_id: str, scale: str) -> "FiguresBeside":
        """The figures of one pair, from `cell_beside`."""
        cells = connection.execute(
            "SELECT series, area_code, breakdown, period, value, other, had FROM cell_beside "
            "WHERE edition_id = ? AND other_id = ?",
            [edition_id, other_id],
        ).df()
        return cls(other_id, scale, cells)

    @cached_property
    def edition(self) -> str:
        """The earlier edition, as a sentence names it."""
        return f"edition {self.other_id.split('/')[1]}"

    def grid(self, axis: str) -> Grid:
        """The figures with a row for each key of the axis and a column for each combination of the others."""
        row = COLUMN_OF[axis]
        rest = [c for c in ("series", "area_code", "breakdown", "period") if c != row]
        rows, keys = pd.factorize(self.cells[row], sort=True)
        columns = self.cells.groupby(rest, sort=False).ngroup().to_numpy()
        shape = (len(keys), int(columns.max()) + 1 if len(columns) else 0)
        missing = 0.0 if self.scale == "count" else np.nan
        now, before = np.full(shape, missing), np.full(shape, missing)
        now[rows, columns] = self.cells["value"].to_numpy(dtype=float, na_value=missing)
        before[rows, columns] = self.cells["other"].to_numpy(dtype=float, na_value=missing)
        return Grid(list(keys), now, before)


def group_name(axis: str, key: str) -> str:
    """An area, series or period as a sentence names it."""
    if axis == "area":
        return "London" if key == LONDON else reference.areas()[key].name if key in reference.areas() else key
    return key.replace("_", " ") if axis == "series" else key
