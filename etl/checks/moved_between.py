"""Areas and categories that are gone from an edition, and where what they counted went: a change of structure, told as one."""

from collections.abc import Iterator

import numpy as np

from etl.checks.figures_beside import FiguresBeside, Grid, group_name
from etl.core.period import first_day
from etl.methods.arrays import Floats

FEWEST_GONE = 20
"""Fewer, and there may well be none after a revision."""
LEFT = 0.1
"""A place or category with no more than this of what it had is as good as gone."""
ACCOUNTED_FOR = 0.15
"""What another gained accounts for a loss where the two differ by no more than this share of it."""


def moved_between(figures: FiguresBeside, axis: str, grid: Grid) -> Iterator[tuple[tuple[str, ...], str]]:
    """(keys, sentence) for each area or series that lost its figures: to which other, or to nobody.

    A category that lost all of them to one that had none was renamed: its sentence is empty, since the measures say what is one.
    """
    before, now = np.nansum(grid.before, axis=1), np.nansum(grid.now, axis=1)
    if figures.scale != "count":
        yield from _rows_gone(figures, axis, grid)
        return
    gained = now - before
    for row in np.flatnonzero((before >= FEWEST_GONE) & (now <= LEFT * before)).tolist():
        key, lost = grid.keys[row], -float(gained[row])
        taker = _taker(gained, lost, row)
        if taker is None:
            yield (
                (key,),
                f"{_what_is_left(axis, key, now[row], before[row])} since {figures.edition}; {_spread(axis, gained, row)}"
                + (_as_a_break(axis, key, figures)),
            )
            continue
        if axis == "series" and before[taker] == 0:
            yield (key, grid.keys[taker]), ""
            continue
        one, other = group_name(axis, key), group_name(axis, grid.keys[taker])
        sentence = (
            f"{lost:,.0f} offences moved from {one} to {other} since {figures.edition}: {one} {before[row]:,.0f} to "
            f"{now[row]:,.0f}, {other} {before[taker]:,.0f} to {now[taker]:,.0f}"
        )
        yield (key, grid.keys[taker]), sentence + _as_a_break(axis, key, figures)


def _what_is_left(axis: str, key: str, now: float, before: float) -> str:
    name = group_name(axis, key)
    return f"{name} is gone, with {before:,.0f} offences" if now == 0 else f"{name} has {now:,.0f} offences left of {before:,.0f}"


def _spread(axis: str, gained: Floats, row: int) -> str:
    """Whether what was lost is among the others now."""
    nouns = {"area": "areas", "series": "categories"}[axis]
    lost, others = -float(gained[row]), float(gained.sum() - gained[row])
    if others >= lost / 2:
        return f"no other took them alone: together the other {nouns} have {others:,.0f} more"
    return f"the other {nouns} have not taken them: together they have {others:+,.0f}"


def _taker(gained: Floats, lost: float, row: int) -> int | None:
    """The row that gained about what was lost; None where none did."""
    differences = np.abs(gained - lost)
    differences[row] = np.inf
    nearest = int(np.argmin(differences))
    return nearest if differences[nearest] <= ACCOUNTED_FOR * lost else None


def _rows_gone(figures: FiguresBeside, axis: str, grid: Grid) -> Iterator[tuple[tuple[str, ...], str]]:
    had, has = np.isfinite(grid.before).any(axis=1), np.isfinite(grid.now).any(axis=1)
    for row in np.flatnonzero(had & ~has).tolist():
        key = grid.keys[row]
        count = int(np.isfinite(grid.before[row]).sum())
        sentence = f"{group_name(axis, key)} is gone: {figures.edition} had {count:,} figures of it for the periods both hold"
        yield (key,), sentence + _as_a_break(axis, key, figures)


def _as_a_break(axis: str, key: str, figures: FiguresBeside) -> str:
    """What to record for the reader, for whoever finds that it is so."""
    first = f"{first_day(min(figures.cells['period']))}"
    place = key if axis == "area" else "*"
    return f". If it is so, record a break: a line of data/reference/breaks.csv for areas {place} from {first}"
