"""The longer view of a window: beside the same months one, two and five years before, and the highest or lowest since when.

The interval of a change is that of two counts that scatter about their levels as their months did, chance included; a level that
wanders from one year to the next is the change itself. A year with a month missing, or before a restart, is no year; the years of
Covid count, since a record is one whatever made it.
"""

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from etl.core.period import every_month, moved
from etl.judging.expectation_made import Expectation
from etl.judging.panel import Panel
from etl.methods.arrays import Bools, Floats, Ints

BACK = (1, 2, 5)
"""Years looked back on."""
YEAR = 12
NINETEEN_IN_TWENTY = NormalDist().inv_cdf(0.975)
LEAST_YEARS = 2
"""Years a count must lie beyond to be called the highest or lowest since."""


@dataclass(frozen=True)
class Back:
    """A window beside the same months so many years before: the change as a share, with its 95% limits."""

    years: int
    before: float
    change: float
    lower: float
    upper: float


@dataclass(frozen=True)
class LongRun:
    """The longer view of one area. `is_highest` is None unless the count lies beyond those of at least two years before.

    `since` is the year of the last window that was as high (or as low); None where none was in all the years known, of which
    `first` is the first.
    """

    back: tuple[Back, ...]
    is_highest: bool | None
    since: int | None
    first: int | None


def long_runs(expectation: Expectation) -> tuple[LongRun, ...]:
    """The longer view of every area of a panel."""
    panel = expectation.panel
    first, last = expectation.months[0], expectation.months[-1]
    position = {month: place for place, month in enumerate(panel.months)}
    usable = np.array([_since_restart(panel, area, last) for area in panel.areas]) & np.isfinite(panel.counts)
    totals: dict[int, tuple[Floats, Bools]] = {}
    for back in range(1, len(panel.months) // YEAR + 1):
        months = every_month(moved(first, -YEAR * back), moved(last, -YEAR * back))
        if months[0] not in position or back * YEAR < len(months):
            continue
        places: Ints = np.array([position[month] for month in months])
        # The same months as were counted this year, and no others.
        mask = expectation.is_usable
        whole: Bools = np.asarray((usable[:, places] | ~mask).all(axis=1), dtype=np.bool_)
        totals[back] = (np.where(mask, np.nan_to_num(panel.counts[:, places]), 0.0).sum(axis=1), whole)
    observed = expectation.counted(expectation.is_usable)
    noise = expectation.noise
    year = int(first[:4])
    return tuple(_of_area(row, float(observed[row]), float(noise[row]), totals, year) for row in range(len(panel.areas)))


def _since_restart(panel: Panel, area: str, last: str) -> Bools:
    firsts = [gap.first for gap in panel.breaks_of(area) if gap.is_restart and gap.first <= last]
    return np.asarray(np.array(panel.months) >= max(firsts, default=""), dtype=np.bool_)


def change_beside(observed: float, before: float, noise: float) -> tuple[float, float, float]:
    """(change as a share, lower, upper): of a count beside an earlier one, both scattering `noise` times as chance does."""
    gap = 2 * (np.sqrt(observed + 0.5) - np.sqrt(before + 0.5))
    wide = NINETEEN_IN_TWENTY * np.sqrt(2 * noise)
    root = 2 * np.sqrt(before + 0.5)
    lower, upper = ((max(root + gap + side * wide, 0.0) / root) ** 2 - 1 for side in (-1, 1))
    return observed / before - 1, float(lower), float(upper)


def _of_area(row: int, observed: float, noise: float, totals: dict[int, tuple[Floats, Bools]], year: int) -> LongRun:
    known: dict[int, float] = {}
    for back, (counts, whole) in totals.items():
        if not whole[row]:
            continue
        known[back] = float(counts[row])
    changes = tuple(
        Back(back, known[back], *change_beside(observed, known[back], noise)) for back in BACK if known.get(back, 0.0) > 0
    )
    # Only years in a row count: what lies before a gap was not seen.
    backs = [back for back in sorted(known) if back <= len(known) and all(b in known for b in range(1, back + 1))]
    for is_highest in (True, False):
        beyond = 0
        for back in backs:
            if (known[back] < observed) if is_highest else (known[back] > observed):
                beyond += 1
            else:
                break
        if beyond >= LEAST_YEARS:
            since = year - backs[beyond] if beyond < len(backs) else None
            return LongRun(changes, is_highest, since, year - backs[-1])
    return LongRun(changes, None, None, year - backs[-1] if backs else None)
