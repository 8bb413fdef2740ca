"""What may have happened where figures moved further than revisions do: exchanged, displaced, gone, in other units."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from etl.checks.figures_beside import AXES, FiguresBeside, Grid, group_name
from etl.checks.moved_between import moved_between
from etl.methods.arrays import Floats

NEARER = 0.33
"""Figures are another's where they lie at most this much of the distance to their own."""
FEWEST_COLUMNS = 3
NAMED = 3
OTHER_UNITS = 0.1
"""A common factor this near to one is no change of unit."""
ALIKE = 0.05
NEARLY_ALL = 0.8
SMALLEST_RATIO = 10.0
"""A count below it says nothing about a common factor."""
UNITS = {
    7.0: ("weeks become days", "days become weeks"),
    24.0: ("days become hours", "hours become days"),
    60.0: ("hours become minutes", "minutes become hours"),
    100.0: ("shares become percentages", "percentages become shares"),
    12.0: ("years become months", "months become years"),
    1000.0: ("thousands written out", "counted in thousands"),
    2.0: ("everything counted twice", "halved"),
}
"""What a common factor looks like, and its inverse."""
NEAR_A_UNIT = 0.03


@dataclass(frozen=True)
class Explanation:
    """One sentence, and the areas, series or periods (axis "all": the whole file) whose figures it accounts for."""

    axis: str
    keys: frozenset[str]
    sentence: str


def explanations(figures: FiguresBeside, suspects: Mapping[str, Sequence[str]]) -> list[Explanation]:
    """What the figures of the areas, series and periods in `suspects` look like, the plainest first."""
    grids = {axis: figures.grid(axis) for axis in AXES}
    whole = [*_in_other_units_whole(figures, grids["area"]), *_displaced_whole(figures, grids["period"])]
    if whole:
        return whole[:1]
    known: list[Explanation] = []
    for axis in ("area", "series"):
        known += [Explanation(axis, frozenset(keys), sentence) for keys, sentence in moved_between(figures, axis, grids[axis])]
    for axis in AXES:
        left = [key for key in suspects[axis] if not _is_told(axis, key, known)]
        known += _anothers(figures, axis, grids[axis], left)
    for axis in AXES:
        left = [key for key in suspects[axis] if not _is_told(axis, key, known)]
        known += _in_other_units(figures, axis, grids[axis], left)
    return known


def _is_told(axis: str, key: str, known: Sequence[Explanation]) -> bool:
    return any(e.axis == axis and key in e.keys for e in known)


def _anothers(figures: FiguresBeside, axis: str, grid: Grid, suspects: Sequence[str]) -> Iterator[Explanation]:
    """Keys whose figures are those another key had: exchanged, copied, or rows shifted along."""
    owner = {}
    for key in suspects:
        nearest = _nearest(grid, grid.keys.index(key))
        if nearest is not None:
            owner[key] = grid.keys[nearest]
    exchanged = [(a, b) for a, b in owner.items() if owner.get(b) == a and a < b]
    for one, other in exchanged:
        names = f"{group_name(axis, one)} and {group_name(axis, other)}"
        yield Explanation(
            axis, frozenset((one, other)), f"{names} are exchanged: each has the figures that the other had in {figures.edition}"
        )
    left = {key: other for key, other in owner.items() if not any(key in pair for pair in exchanged)}
    if not left:
        return
    each = [f"{group_name(axis, key)} has the figures that {group_name(axis, other)} had" for key, other in left.items()]
    more = f", and {len(each) - NAMED:,} more likewise: do the rows stand one place along?" if len(each) > NAMED else ""
    yield Explanation(axis, frozenset(left), f"{'; '.join(each[:NAMED])} in {figures.edition}{more}")


def _nearest(grid: Grid, row: int) -> int | None:
    """The other row of the earlier edition that this row's figures are; None where they are nobody else's."""
    now = grid.now[row]
    distances = np.abs(now[None, :] - grid.before)
    seen = np.isfinite(distances).sum(axis=1)
    mean = np.divide(np.nansum(distances, axis=1), seen, out=np.full(len(seen), np.inf), where=seen >= FEWEST_COLUMNS)
    own = mean[row]
    mean[row] = np.inf
    nearest = int(np.argmin(mean))
    whole_row = seen[nearest] >= NEARLY_ALL * np.isfinite(now).sum()
    return nearest if np.isfinite(own) and whole_row and mean[nearest] < NEARER * own else None


def _displaced_whole(figures: FiguresBeside, grid: Grid) -> Iterator[Explanation]:
    """Every period has the figures of the one beside it: columns pasted a place along, or an old file under new months."""
    periods = len(grid.keys)
    for step in (1, -1, 12, -12, 4, -4):
        if periods < abs(step) + FEWEST_COLUMNS:
            continue
        now, before = (grid.now[step:], grid.before[:-step]) if step > 0 else (grid.now[:step], grid.before[-step:])
        own = grid.before[step:] if step > 0 else grid.before[:step]
        moved, distance = _mean_distance(now, before), _mean_distance(now, own)
        if distance > 0 and moved < NEARER * distance and not np.isclose(distance, 0):
            side = "before" if step > 0 else "after"
            along = f"the one {side}" if abs(step) == 1 else f"{abs(step)} periods {side}"
            yield Explanation(
                "all", frozenset(), f"each period has the figures that {figures.edition} gave for {along}: displaced?"
            )
            return


def _mean_distance(one: Floats, other: Floats) -> float:
    distances = np.abs(one - other)
    seen = np.isfinite(distances)
    return float(distances[seen].mean()) if seen.any() else 0.0


def _in_other_units_whole(figures: FiguresBeside, grid: Grid) -> Iterator[Explanation]:
    factor = _common_factor(figures, grid.now, grid.before)
    if factor is not None and len(grid.keys) > 1:
        yield Explanation("all", frozenset(), f"every figure is {_times(factor)} what it was in {figures.edition}{_unit(factor)}")


def _in_other_units(figures: FiguresBeside, axis: str, grid: Grid, suspects: Sequence[str]) -> Iterator[Explanation]:
    for key in suspects:
        row = grid.keys.index(key)
        factor = _common_factor(figures, grid.now[row], grid.before[row])
        if factor is not None:
            sentence = (
                f"every figure of {group_name(axis, key)} is {_times(factor)} what it was in {figures.edition}{_unit(factor)}"
            )
            yield Explanation(axis, frozenset((key,)), sentence)
            continue
        if np.nansum(np.abs(grid.now[row])) == 0 and np.nansum(np.abs(grid.before[row])) > 0:
            sentence = (
                f"{group_name(axis, key)}: nought throughout, where {figures.edition} had {np.nansum(grid.before[row]):,.0f}"
            )
            yield Explanation(axis, frozenset((key,)), sentence)
        elif np.nansum(grid.before[row]) > 0 and np.allclose(-grid.now[row], grid.before[row], rtol=ALIKE, equal_nan=True):
            sentence = f"{group_name(axis, key)}: every figure has the other sign than in {figures.edition}"
            yield Explanation(axis, frozenset((key,)), sentence)


def _common_factor(figures: FiguresBeside, now: Floats, before: Floats) -> float | None:
    """By how much nearly all figures were multiplied; None where by nothing in common, or by nearly one."""
    smallest = SMALLEST_RATIO if figures.scale == "count" else 0.0
    seen = np.isfinite(now) & np.isfinite(before) & (before > smallest) & (now > 0)
    if seen.sum() < FEWEST_COLUMNS or seen.sum() < NEARLY_ALL * (np.isfinite(before) & (before > smallest)).sum():
        return None
    ratios = now[seen] / before[seen]
    middle = float(np.median(ratios))
    # A whole number is rounded, which moves a small one's ratio further.
    slack = ALIKE + (0.6 / (middle * before[seen]) if figures.scale == "count" else 0.0)
    alike = float((np.abs(ratios / middle - 1) < slack).mean())
    return middle if abs(np.log(middle)) > np.log1p(OTHER_UNITS) and alike >= NEARLY_ALL else None


def _times(factor: float) -> str:
    return f"{factor:.3g} times" if factor >= 1 else f"one {1 / factor:.3g}th of" if factor <= 0.5 else f"{factor:.0%} of"


def _unit(factor: float) -> str:
    """What change of unit a factor looks like."""
    for size, (times, divided) in UNITS.items():
        if abs(factor / size - 1) < NEAR_A_UNIT:
            return f": {times}?"
        if abs(factor * size - 1) < NEAR_A_UNIT:
            return f": {divided}?"
    return ": another unit, or counted otherwise?"
