"""Steps that many boroughs take in one month, more often of how crime is recorded than of crime: found, for somebody to decide.

A recode steps everywhere at once and stays; crime spreads. So the months after each month are set beside the few before it,
season taken out: in the sum of the boroughs, and in that of each command beside the middle one of the other commands. A step
stands far out from how such sums moved in the years around it, is shared by nearly every borough, and stays. The furthest out is
taken first and parts the series from then on, so that two steps a month apart are told apart. So does each restart of the table
of breaks: a step in it is not found again.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from etl.core.areas import LONDON
from etl.definitions import reference
from etl.judging.panel import Panel, exposures_of
from etl.methods.arrays import Bools, Floats, Ints

LEAST_AFTER = 2
AROUND = 36
"""Months on each side whose own moves say what is usual."""
LEAST_AROUND = 18
STAYED = 0.5
"""The part of a step that must still be there when it is read over the longest sides, and beside the months beyond them."""
LEAST_BOROUGHS = 10
LEAST_OTHERS = 5
"""Commands one is set beside: the middle one of so many is not moved by a step in another."""
LEAST_EVENTS = 5.0
"""A borough is asked which way it went where each side holds so many."""
MOST_STEPS = 12
MAD_TO_DEVIATION = 1.4826


@dataclass(frozen=True)
class Asked:
    """What a step must come to: its size as a share, deviations, share of boroughs that go its way, and how surely they do.

    `sides` are the months before and after that are set beside each other, the longest last.
    """

    sides: tuple[tuple[int, int], ...]
    size: float
    far: float
    together: float
    common: float


FORCE_WIDE = Asked(((1, 1), (1, 3), (2, 2), (3, 1), (3, 3)), 0.08, 3.0, 0.8, 5.0)
OF_A_COMMAND = Asked(((1, 1), (3, 3), (6, 3), (6, 6)), 0.15, 4.2, 1.0, 0.0)
"""The fewer events of a command need longer sides, and the twelve of them a longer way out."""
MEMBER_PART = 0.4
"""Each borough of a command must have gone so much of the command's way."""


@dataclass(frozen=True)
class Step:
    """A step of a measure from `month` on, in the boroughs of an area: London's code, or a command's.

    `size` is the change as a share of the months before, season taken out; of a command, beside the other commands. `together` is
    the share of the `boroughs` that could be asked which went that way, `far` how many usual deviations out the step is.
    """

    measure: str
    month: str
    area: str
    size: float
    together: float
    boroughs: int
    far: float


@dataclass(frozen=True)
class _Place:
    """The boroughs a step is looked for in, shape (boroughs, months), and the other commands' sums (None: nothing beside it).

    `parts` are the months at which the series is parted, nought and the end among them.
    """

    area: str
    asked: Asked
    counts: Floats
    level: Floats
    beside: Floats | None
    parts: frozenset[int]


def steps(panel: Panel) -> tuple[Step, ...]:
    """Every step of a measure that no restart of its panel stands for, oldest first.

    None is found among fewer than ten boroughs.
    """
    rows = [row for row, kind in enumerate(panel.kinds) if kind == "borough"]
    if len(rows) < LEAST_BOROUGHS:
        return ()
    level = panel.counts[rows] / exposures_of(panel, panel.months[-1])[rows]
    whole = _Place(LONDON, FORCE_WIDE, panel.counts[rows], level, None, _parts(panel, rows, level))
    at = dict(_in(panel, whole))
    # A step of every borough parts the commands too: what is looked for in them is their own.
    for place in _commands(panel, rows, level, frozenset(at.values())):
        at |= dict(_in(panel, place))
    return tuple(sorted(at, key=lambda step: (step.month, step.area)))


def _commands(panel: Panel, rows: list[int], level: Floats, shared: frozenset[int]) -> Iterator[_Place]:
    codes = [panel.areas[row] for row in rows]
    parents = [reference.areas()[code].parent if code in reference.areas() else "" for code in codes]
    inside = {
        command: [i for i, parent in enumerate(parents) if parent == command] for command in dict.fromkeys(parents) if command
    }
    sums = {command: level[members].sum(axis=0) for command, members in inside.items()}
    for command, members in inside.items():
        others = [other for name, other in sums.items() if name != command]
        if len(members) > 1 and len(others) >= LEAST_OTHERS:
            theirs = [rows[i] for i in members]
            parts = _parts(panel, theirs, level[members]) | shared
            yield _Place(command, OF_A_COMMAND, panel.counts[theirs], level[members], np.array(others), parts)


def _parts(panel: Panel, rows: list[int], level: Floats) -> frozenset[int]:
    """Where the series is parted: its ends, each restart of an area, and each month left out or missing, on both its sides."""
    labels = np.array(panel.months)
    is_out = ~np.isfinite(level).all(axis=0)
    firsts: set[int] = set()
    for row in rows:
        for gap in panel.breaks_of(panel.areas[row]):
            if gap.is_restart and gap.first in panel.months:
                firsts.add(panel.months.index(gap.first))
            elif not gap.is_restart and gap.last is not None:
                is_out |= (labels >= gap.first) & (labels <= gap.last)
    out = np.flatnonzero(is_out)
    return frozenset({0, len(panel.months), *firsts, *map(int, out), *map(int, out + 1)})


def _in(panel: Panel, place: _Place) -> Iterator[tuple[Step, int]]:
    """Each step of a place with its position, the furthest out first."""
    parts = set(place.parts)
    sums = {sides: _contrast(place.level.sum(axis=0), sides) for sides in place.asked.sides}
    if place.beside is not None:
        for sides in place.asked.sides:
            sums[sides] = sums[sides] - np.median([_contrast(other, sides) for other in place.beside], axis=0)
    for _ in range(MOST_STEPS):
        best = _furthest(panel, place, sums, parts)
        if best is None:
            return
        yield best
        parts.add(best[1])


def _furthest(panel: Panel, place: _Place, sums: dict[tuple[int, int], Floats], parts: set[int]) -> tuple[Step, int] | None:
    before, after = _reach(parts, len(panel.months))
    far = np.zeros(len(panel.months))
    for (back, on), contrast in sums.items():
        is_whole = (before >= back) & (after >= on) & np.isfinite(contrast)
        usual = np.maximum(_usual(contrast, is_whole, max(back, on)), _chance(place.counts.sum(axis=0), (back, on)))
        is_asked = is_whole & (after >= LEAST_AFTER) & (np.abs(np.expm1(contrast)) >= place.asked.size)
        # One that the longer sides do not bear out is told apart below, one by one.
        far = np.maximum(far, np.where(is_asked, np.abs(contrast) / usual, 0.0))
    for month in np.argsort(-far, kind="stable"):
        if far[month] < place.asked.far:
            return None
        step = _step(panel, place, int(month), int(before[month]), int(after[month]), float(far[month]))
        if step is not None:
            return step, int(month)
    return None


def _step(panel: Panel, place: _Place, month: int, before: int, after: int, far: float) -> Step | None:
    """The step at a month, read over the longest sides there are; None where boroughs do not share it or it did not stay."""
    longest = max(place.asked.sides[-1])
    back, on = min(longest, before), min(longest, after)
    near_before, near_after = slice(month - back, month), slice(month, month + on)
    size = _between(place, near_before, near_after)
    later, earlier = slice(month + on, month + min(2 * longest, after)), slice(month - min(2 * longest, before), month - back)
    if abs(np.expm1(size)) < place.asked.size:
        return None
    if later.start < later.stop and _between(place, near_before, later) / size < STAYED:
        return None
    # The end of a spell is no step: the level must be new beside what stood before the spell as well.
    if earlier.start < earlier.stop and _between(place, earlier, near_after) / size < STAYED:
        return None
    each = _each(place, near_before, near_after)
    sides = (place.counts[:, month - back : month].sum(axis=1), place.counts[:, month : month + on].sum(axis=1))
    answers = each[np.minimum(*sides) >= LEAST_EVENTS]
    if answers.size < (LEAST_BOROUGHS if place.beside is None else 2):
        return None
    least = 0.0 if place.beside is None else MEMBER_PART * abs(size)
    together = float((answers * np.sign(size) > least).mean())
    common = abs(answers.mean()) / max(answers.std(), 1e-9) * np.sqrt(answers.size)
    if together < place.asked.together or common < place.asked.common:
        return None
    return Step(panel.measure, panel.months[month], place.area, float(np.expm1(size)), together, int(answers.size), round(far, 1))


def _between(place: _Place, first: slice, second: slice) -> float:
    """The logarithm of what the place came to in some months over what it did in others, beside what it is set beside."""
    total = place.level.sum(axis=0)[None, :]
    return float((_moves(total, first, second) - _middle_move(place, first, second))[0])


def _each(place: _Place, first: slice, second: slice) -> Floats:
    """The same for each borough by itself, shape (boroughs,)."""
    return np.asarray(_moves(place.level, first, second) - _middle_move(place, first, second))


def _middle_move(place: _Place, first: slice, second: slice) -> float:
    return 0.0 if place.beside is None else float(np.median(_moves(place.beside, first, second)))


def _moves(level: Floats, first: slice, second: slice) -> Floats:
    """The logarithm of each row's mean in the second months over that in the first, half an event standing on either side."""
    behind, ahead = (level[:, part].mean(axis=1) + 0.5 / (part.stop - part.start) for part in (first, second))
    return np.asarray(np.log(ahead / behind))


def _contrast(level: Floats, sides: tuple[int, int]) -> Floats:
    """The logarithm of the mean from each month on over the mean before it, shape (months,); NaN at the ends and over a gap."""
    back, on = sides
    out = np.full(level.shape, np.nan)
    places = np.arange(back, level.size - on + 1)
    total = np.concatenate([[0.0], np.cumsum(np.nan_to_num(level))])
    ahead, behind = (total[places + on] - total[places]) / on, (total[places] - total[places - back]) / back
    out[places] = np.log((ahead + 0.5) / (behind + 0.5))
    return out


def _chance(counts: Floats, sides: tuple[int, int]) -> Floats:
    """What chance alone moves a contrast by, shape (months,)."""
    back, on = sides
    total = np.concatenate([[0.0], np.cumsum(np.nan_to_num(counts))])
    out = np.full(counts.shape, np.inf)
    places = np.arange(back, counts.size - on + 1)
    out[places] = np.sqrt(1 / (total[places + on] - total[places] + 0.5) + 1 / (total[places] - total[places - back] + 0.5))
    return out


def _reach(parts: set[int], months: int) -> tuple[Ints, Ints]:
    """(unbroken months before each month, and from it on), shape (months,): no months before one that already begins a part."""
    cuts = np.array(sorted(parts))
    places = np.arange(months)
    before = places - cuts[np.maximum(np.searchsorted(cuts, places, side="right") - 1, 0)]
    after = cuts[np.searchsorted(cuts, places, side="right")] - places
    return before.astype(np.int64), after.astype(np.int64)


def _usual(contrast: Floats, is_whole: Bools, own: int) -> Floats:
    """How far a contrast usually lies from nought around each month, months within `own` of it apart; infinite among few."""
    padded = np.full(contrast.size + 2 * AROUND, np.inf)
    padded[AROUND:-AROUND] = np.where(is_whole, np.abs(contrast), np.inf)
    near = np.lib.stride_tricks.sliding_window_view(padded, 2 * AROUND + 1).copy()
    near[:, AROUND - own : AROUND + own + 1] = np.inf
    near.sort(axis=1)
    number = np.isfinite(near).sum(axis=1)
    rows = np.arange(number.size)
    middle = (near[rows, np.maximum(number - 1, 0) // 2] + near[rows, np.minimum(number // 2, 2 * AROUND)]) / 2
    return np.asarray(np.where(number >= LEAST_AROUND, MAD_TO_DEVIATION * middle, np.inf))
