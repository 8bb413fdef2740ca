"""Checks of an edition's newest period against the ones before it in the same file: nobody has published it before.

Figures repeated from the period before, two areas or two measures exchanged in it, another unit, or rounding.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import duckdb
import numpy as np
import pandas as pd

from etl.checks.edition_rules import LargeMove
from etl.checks.figures_beside import group_name
from etl.core.period import moved
from etl.definitions import catalogue
from etl.definitions.revision_bounds import revision_bounds
from etl.methods.arrays import Floats

FEWEST_PERIODS = 9
"""Fewer do not show how far a figure usually steps."""
FEWEST_REPEATED = 4
REPEATED = 0.8
"""Share of figures that are those of the period before: a quarter is the most there has been, and of a few, four in five."""
FEW = 10
SMALLEST_STEP = np.log(1.25)
USUAL_STEPS = 3
"""A step is out of line at so many times what 19 in 20 steps of its series keep within: outside 2020 none has been."""
HISTORY = 20
OUT_OF_PLACE = 2
"""Two keys may be exchanged where they stepped by so many usual steps."""
NEARER = 0.33
SMALLEST_USUAL = 1e-3
MOST_LISTED = 20
COUNT_STEP = 0.5
"""How far the square root of a count steps by chance."""
CELLS = """SELECT o.series, o.area_code, o.breakdown, o.period, o.value, o.sheet_column || o.sheet_row AS cell
    FROM observation o WHERE o.edition_id = ? AND o.value IS NOT NULL"""
NEWEST_TWO = f"{CELLS} AND o.period IN (?, ?)"


@dataclass(frozen=True)
class _Grid:
    """Rows by series, area and breakdown; columns by period, oldest first."""

    rows: pd.MultiIndex
    periods: Sequence[str]
    figures: Floats
    cells: Sequence[str]
    """Address of each row's newest figure, "" where there is none."""


def large_moves(connection: duckdb.DuckDBPyConnection, touched: Sequence[str] | None = None) -> list[LargeMove]:
    """What is out of line in the newest period of each edition, one sentence each.

    Counts have checks of their own for how far they stepped (`etl/sources/mps_recorded_crime_borough/outliers.py`).

    Args:
        connection: where `edition` and `observation` are.
        touched: the editions to look at; None for all.
    """
    editions = connection.execute("SELECT edition_id, source_id, last_period FROM edition ORDER BY 1").fetchall()
    moves: list[LargeMove] = []
    for edition_id, source_id, last in editions:
        if catalogue.sources()[source_id].layout == "records" or (touched is not None and edition_id not in touched):
            continue
        if revision_bounds()[source_id].scale == "count":
            grid = _grid(connection.execute(NEWEST_TWO, [edition_id, last, moved(last, -1)]).df())
            sentences = [*_exchanged(grid, np.sqrt(np.nan_to_num(grid.figures)), np.full(len(grid.rows), COUNT_STEP))]
        else:
            grid = _grid(connection.execute(CELLS, [edition_id]).df())
            sentences = list(_repeated(grid))
            if len(grid.periods) >= HISTORY // 2:
                sentences += _exchanged(grid, _logs(grid), np.maximum(_usual_steps(grid, 0.5), SMALLEST_USUAL))
            sentences += [] if sentences else [*_stepped(grid), *_rounded(grid)]
        moves += [LargeMove(edition_id, edition_id, sentence) for sentence in sentences]
    return moves


def _grid(figures: pd.DataFrame) -> _Grid:
    keys = ["series", "area_code", "breakdown"]
    wide = figures.set_index([*keys, "period"])["value"].unstack("period").sort_index(axis=1)  # noqa: PD010
    newest = wide.columns[-1] if len(wide.columns) else ""
    cells = figures[figures["period"] == newest].set_index(keys)["cell"].reindex(wide.index).fillna("")
    return _Grid(
        pd.MultiIndex.from_tuples(list(wide.index), names=keys), list(wide.columns), wide.to_numpy(dtype=float), list(cells)
    )


def _repeated(grid: _Grid) -> Iterator[str]:
    for back in (1, 4, 12):
        if len(grid.periods) <= back:
            continue
        now, before = grid.figures[:, -1], grid.figures[:, -1 - back]
        both = np.isfinite(now) & np.isfinite(before) & (before != 0)
        same = int((now == before)[both].sum())
        if both.sum() >= FEWEST_REPEATED and same >= (1 if both.sum() < FEW else REPEATED) * both.sum():
            yield (
                f"{grid.periods[-1]}: {same:,} of {both.sum():,} figures are those of "
                f"{grid.periods[-1 - back]}: are they the newest?"
            )
            return


def _logs(grid: _Grid) -> Floats:
    return np.log(np.where(grid.figures > 0, grid.figures, np.nan))


def _usual_steps(grid: _Grid, level: float) -> Floats:
    """How far each row's series has stepped before the newest period, at a quantile; NaN where that is not known."""
    steps = np.abs(np.diff(_logs(grid), axis=1))[:, -1 - HISTORY : -1]
    usual = np.full(len(grid.rows), np.nan)
    names = grid.rows.get_level_values("series")
    for name in sorted(set(names)):
        rows = np.asarray(names == name)
        known = steps[rows][np.isfinite(steps[rows])]
        is_balance = bool((np.nan_to_num(grid.figures[rows]) < 0).any())
        if len(known) >= FEWEST_PERIODS - 2 and not is_balance:
            usual[rows] = np.quantile(known, level)
    return usual


def _stepped(grid: _Grid) -> Iterator[str]:
    if len(grid.periods) < FEWEST_PERIODS:
        return
    steps = _logs(grid)[:, -1] - _logs(grid)[:, -2]
    most = np.maximum(SMALLEST_STEP, USUAL_STEPS * _usual_steps(grid, 0.95))
    rows = [int(row) for row in np.flatnonzero(np.abs(steps) > most)]
    for row in rows[:MOST_LISTED]:
        series, area, breakdown = (str(part) for part in grid.rows[row])
        now, before = grid.figures[row, -1], grid.figures[row, -2]
        place = group_name("area", area) + (f", {breakdown}" if breakdown else "")
        yield (
            f"{grid.cells[row]}: {place}, {group_name('series', series)}, {grid.periods[-1]}: {now:,.6g}, where it "
            f"was {before:,.6g} in {grid.periods[-2]}: {_times(now / before)}; its steps are of "
            f"{np.exp(most[row]):.3g} times up or down at most"
        )
    if len(rows) > MOST_LISTED:
        yield f"and {len(rows) - MOST_LISTED:,} more figures of {grid.periods[-1]} stepped as far"


def _times(factor: float) -> str:
    return f"{factor:.3g} times" if factor >= 1 else f"{factor:.1%} of it"


def _exchanged(grid: _Grid, values: Floats, usual: Floats) -> Iterator[str]:
    """Two areas or two series of which each continues the other's figures and neither its own.

    `values`: the figures on a scale on which a step means the same everywhere; `usual`: the usual step of each row on it.
    """
    if len(grid.periods) < 2:
        return
    frame = pd.DataFrame({"now": values[:, -1], "before": values[:, -2], "usual": usual}, index=grid.rows).reset_index()
    for axis, key in (("area", "area_code"), ("series", "series")):
        rest = [name for name in ("series", "area_code", "breakdown") if name != key]
        wide = frame.set_index([key, *rest]).unstack(rest)  # noqa: PD010
        now, before, step = (wide[name].to_numpy(dtype=float) for name in ("now", "before", "usual"))
        names = list(wide.index)
        for i in range(len(names)):
            for j in range(i):
                if _are_exchanged(now[[i, j]], before[[i, j]], step[[i, j]]):
                    pair = f"{group_name(axis, str(names[j]))} and {group_name(axis, str(names[i]))}"
                    yield (
                        f"{grid.periods[-1]}: {pair} look exchanged: each continues the other's figures of {grid.periods[-2]}, "
                        "not its own"
                    )


def _are_exchanged(now: Floats, before: Floats, step: Floats) -> bool:
    own, other = np.abs(now - before) / step, np.abs(now - before[::-1]) / step
    seen = np.isfinite(own).all(axis=0) & np.isfinite(other).all(axis=0)
    if not seen.any():
        return False
    return bool(own[:, seen].mean() > OUT_OF_PLACE and other[:, seen].mean() < NEARER * own[:, seen].mean())


def _rounded(grid: _Grid) -> Iterator[str]:
    if len(grid.periods) < 2:
        return
    large = np.abs(grid.figures) >= 20
    now, before = (large[:, columns] & np.isfinite(grid.figures[:, columns]) for columns in (slice(-1, None), slice(0, -1)))
    if now.sum() < FEWEST_REPEATED or before.sum() < FEWEST_REPEATED:
        return
    for unit in (1000, 100, 10):
        shares = [
            float((grid.figures[:, c][seen] % unit == 0).mean()) for c, seen in ((slice(-1, None), now), (slice(0, -1), before))
        ]
        if shares[0] == 1 and shares[1] < 0.5:
            yield f"{grid.periods[-1]}: every figure is rounded to {unit:,}s, as those before it are not"
            return
