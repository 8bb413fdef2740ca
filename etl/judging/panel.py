"""One measure in many areas, month by month, with what may be judged of it and against what."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from etl.core.period import FINANCIAL_YEAR_STARTS, days_in_month, month_of_year
from etl.methods.arrays import Bools, Floats, Ints
from etl.methods.season import season_exposure, seasonal_index

BASELINE_MONTHS = 24
LEAST_BASELINE = 12
LEAST_WINDOW = 3
ROLLING_WINDOW = 12
SEASON_YEARS = 10
PLACED_KINDS = ("borough", "bcu")
"""Kinds of area an offence is counted in only where its borough is on record."""


@dataclass(frozen=True)
class Break:
    """A step in a series: `first` is the first month of the new segment; `last` ends a stretch to leave out (None: it lasts)."""

    first: str
    last: str | None
    is_restart: bool
    what: str
    begins: str = ""
    """The month the step falls in, where that is not `first`: one late in a month spoils that month."""

    def parts(self, first: str, last: str) -> bool:
        """Whether months from one to another lie on both sides of a restart, so that they have no total."""
        return self.is_restart and (self.begins or self.first) <= last and first < self.first


@dataclass(frozen=True)
class Panel:
    """Counts of one measure. `counts` has shape (areas, months), NaN where missing; months run without a gap."""

    measure: str
    better: str
    areas: tuple[str, ...]
    kinds: tuple[str, ...]
    months: tuple[str, ...]
    counts: Floats
    breaks: Mapping[str, tuple[Break, ...]]
    """By area code; "*" for every area."""
    settling: Mapping[str, Sequence[float]]
    """By kind of area: typical later move of the newest month, the one before it, ..., as a share of its first figure."""
    placed: Floats | None = None
    """Share of London's offences of each month that have a borough on record, shape (months,); None where all have."""

    @cached_property
    def month_of_year(self) -> Ints:
        """1 to 12, shape (T,)."""
        return np.array([month_of_year(m) for m in self.months], dtype=np.int64)

    @cached_property
    def days(self) -> Floats:
        """Calendar days in each month, shape (T,)."""
        return np.array([days_in_month(m) for m in self.months], dtype=np.float64)

    def placed_in(self, kind: str) -> Floats:
        """The share of offences that an area of this kind holds of those that are its own, shape (T,): 1 for London.

        A borough, and a command that adds up boroughs, lacks what has no borough on record; which ones those are nobody knows, so
        each is taken to lack the same share.
        """
        return self.placed if self.placed is not None and kind in PLACED_KINDS else np.ones(len(self.months))

    def breaks_of(self, area: str) -> tuple[Break, ...]:
        """The breaks that touch an area, those of every area first."""
        return (*self.breaks.get("*", ()), *self.breaks.get(area, ()))


@dataclass(frozen=True)
class Plan:
    """Which months of each area make the expectation and which are judged by it, shape (areas, months)."""

    baseline: Bools
    window: Bools
    keep: Bools
    segment_start: Ints
    """Position of the first month of the segment the newest month is in, shape (areas,)."""
    last: Ints
    """Position of the newest month held, shape (areas,); -1 where none is."""
    settled: Ints
    """Position of the newest month judged, shape (areas,)."""


def exposure_of(panel: Panel, until: str) -> tuple[Floats, float]:
    """(what each month is expected to be as a multiple of a mean month, strength of the season 0 to 1).

    Calendar days times the monthly index pooled over boroughs (over all areas where there is none), from the ten years before
    `until`, the months each area leaves out and the segments of the series apart. Where the pattern cannot be told from noise the
    index is flat. Offences without a borough are no season: the months they are taken from are read as holding so much less.
    """
    position = panel.months.index(until)
    past = slice(max(0, position - 12 * SEASON_YEARS), position)
    rows = [i for i, kind in enumerate(panel.kinds) if kind == "borough"] or list(range(len(panel.areas)))
    kept = np.array([months_kept(panel, panel.areas[row])[past] for row in rows])
    starts = sorted(b.first for b in panel.breaks_of(panel.areas[rows[0]]) if b.is_restart)
    segments = np.searchsorted(np.array(starts, dtype="<U7"), np.array(panel.months[past]), side="right")
    open_to_all = (panel.days * panel.placed_in(panel.kinds[rows[0]]))[past]
    counts = np.where(kept, panel.counts[rows, past], np.nan)
    index = seasonal_index(counts, panel.month_of_year[past], open_to_all, segments=segments)
    return season_exposure(index.index, panel.month_of_year, panel.days), index.strength


def exposures_of(panel: Panel, until: str) -> Floats:
    """What each month of each area is expected to be as a multiple of a mean month, shape (areas, months).

    The season of the measure, and for boroughs and commands the share of London's offences placed in that month: a borough in
    which nothing changed is recorded with fewer where fewer are placed. The same for every area of a kind.
    """
    season, _ = exposure_of(panel, until)
    by_kind = {kind: season * panel.placed_in(kind) for kind in dict.fromkeys(panel.kinds)}
    return np.stack([by_kind[kind] for kind in panel.kinds])


def plan(panel: Panel) -> Plan:
    """What is judged and against what: the financial year so far, and up to 24 months before it.

    Before three months of the year are settled the newest twelve are judged; where that leaves too few months before them, only
    those after the first twelve of the segment. Neither reaches over a restart, and months left out (Covid) are in neither. The
    newest months stay out while their usual later revision is more than half of what chance moves one month of that area by.
    """
    shape = panel.counts.shape
    baseline, window, keep = (np.zeros(shape, dtype=np.bool_) for _ in range(3))
    starts, lasts, settled = (np.zeros(shape[0], dtype=np.int64) for _ in range(3))
    for row, area in enumerate(panel.areas):
        kept = months_kept(panel, area) & np.isfinite(panel.counts[row])
        keep[row] = kept
        known = np.flatnonzero(np.isfinite(panel.counts[row]))
        if known.size == 0:
            lasts[row] = settled[row] = -1
            continue
        last = int(known[-1])
        # Where the newest month old enough has no figure, the one before it is judged.
        newest = int(max(known[known <= last - _unsettled(panel, row, last)], default=known[0]))
        begins = _segment_start(panel, area, newest)
        first = _first_judged(
            max(_window_start(panel.months, newest), begins), np.flatnonzero(kept[begins : newest + 1]) + begins
        )
        window[row, first : newest + 1] = kept[first : newest + 1]
        candidates = np.flatnonzero(kept[begins:first]) + begins
        baseline[row, candidates[-BASELINE_MONTHS:]] = True
        starts[row], lasts[row], settled[row] = begins, last, newest
    return Plan(baseline, window, keep, starts, lasts, settled)


def months_kept(panel: Panel, area: str) -> Bools:
    """Which months no break leaves out of every comparison of an area, shape (T,)."""
    kept = np.ones(len(panel.months), dtype=np.bool_)
    labels = np.array(panel.months)
    for gap in panel.breaks_of(area):
        if gap.last is not None and not gap.is_restart:
            kept &= (labels < gap.first) | (labels > gap.last)
    return kept


def _segment_start(panel: Panel, area: str, newest: int) -> int:
    starts = [panel.months.index(b.first) for b in panel.breaks_of(area) if b.is_restart and b.first in panel.months]
    return max([s for s in starts if s <= newest], default=0)


def _first_judged(first: int, usable: Ints) -> int:
    """Where the judged months begin: later than `first` where the segment would otherwise hold too few before them.

    Args:
        first: position the year, or the newest twelve months, begin at.
        usable: positions of the months of the segment that may be used.
    """
    if (usable < first).sum() >= LEAST_BASELINE or usable.size < LEAST_BASELINE + LEAST_WINDOW:
        return first
    return int(usable[LEAST_BASELINE])


def _window_start(months: tuple[str, ...], newest: int) -> int:
    since_april = (month_of_year(months[newest]) - FINANCIAL_YEAR_STARTS) % 12
    length = since_april + 1 if since_april + 1 >= LEAST_WINDOW else ROLLING_WINDOW
    return max(0, newest - length + 1)


def _unsettled(panel: Panel, row: int, last: int) -> int:
    """How many of the newest months are still too likely to be revised to be judged."""
    recent = panel.counts[row, max(0, last - 11) : last + 1]
    mean = float(np.nanmean(recent)) if np.isfinite(recent).any() else 0.0
    if mean <= 0:
        return 0
    noise = 1 / np.sqrt(mean)
    if mean >= 2:
        noise = max(noise, float(np.nanstd(np.diff(np.log(recent + 0.5)))) / np.sqrt(2))
    shares = panel.settling.get(panel.kinds[row], ())
    return next((lag for lag in range(len(shares), 0, -1) if shares[lag - 1] > noise / 2), 0)
