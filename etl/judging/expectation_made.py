"""The expectation of a panel: made each March (or in any month) from what was known by then, and the only one there is.

Two models are averaged on the root scale. One is each series' own level with the panel's season. The other is, for a borough,
London's level as it is expected to go on times the borough's share of it; for London, its own level with a slope that fades. On
windows kept back the mean of the two was never worse than the better one. `beside` is something else: what a borough would have
counted had it kept its share of the rest of London, given what the rest of London then came to.
"""

from dataclasses import dataclass, replace

import numpy as np

from etl.core.period import every_month
from etl.judging.panel import Panel, exposures_of, months_kept
from etl.methods.arrays import Bools, Floats, nan_mean
from etl.methods.conformal import Sum, total
from etl.methods.level_path import Ahead, ahead

HISTORY_MONTHS = 120
LEAST_MONTHS = 12
"""Unbroken months an expectation needs."""
WHOLE_HISTORY = 24
"""With fewer than this a history is short: its ranges are those measured on histories cut to `SHORT_HISTORY` months."""
SHORT_HISTORY = 13
FORCE = "force"
LEAST_SHARE = 0.02
"""A month of the rest of London below this part of its mean is taken as that, so that no division blows up."""
LEAST_FOR_FORCE = 5
"""Boroughs whose sum may stand in for a force that has no row of its own."""
LEAST_REST = 0.25
LEAST_REST_EVENTS = 5.0
"""A rest of the force smaller than this part of an area, or than so many events a month, says nothing of where the area goes."""


@dataclass(frozen=True)
class Spread:
    """The usual deviation of a series by its size: exp(intercept + slope log root). A lone series is steadied halfway to it."""

    intercept: float
    slope: float


@dataclass(frozen=True)
class Expectation:
    """What was expected of the months from `first` on, of every area of a panel.

    `own` are the models averaged, `beside` the one that follows the rest of London, each for all rows; `is_ready` says for which
    rows enough months were known, `has_beside` for which there is a London to follow. `seen` are the counts of the window and
    `is_usable` which of its months may be summed, shape (areas, months).
    """

    panel: Panel
    months: tuple[str, ...]
    own: tuple[Ahead, ...]
    beside: Ahead | None
    seen: Floats
    is_usable: Bools
    is_ready: Bools
    has_beside: Bools
    history: Bools
    spread: Spread | None

    def sum_of(self, mask: Bools) -> Sum:
        """The expected total of some months of each area, shape (areas, months), by every model together."""
        expected = total(self.own, mask)
        if self.spread is None:
            return expected
        usual = np.exp(self.spread.intercept + self.spread.slope * np.log(np.maximum(expected.root, 1e-6)))
        is_lone = np.array([kind == FORCE for kind in self.panel.kinds])
        return Sum(expected.root, np.where(is_lone, np.sqrt(expected.deviation * usual), expected.deviation))

    def sum_beside(self, mask: Bools) -> Sum | None:
        """The same had each area kept its share of the rest of London; None where there is no London."""
        return None if self.beside is None else total((self.beside,), mask)

    def counted(self, mask: Bools) -> Floats:
        """What was counted in those months, shape (areas,)."""
        return np.asarray(np.where(mask, np.nan_to_num(self.seen), 0.0).sum(axis=1))

    def until(self, months: int) -> "Expectation":
        """The same expectation of the first so many months alone."""
        return self._part(slice(0, months))

    def newest(self, months: int) -> "Expectation":
        """The same expectation of the last so many months alone."""
        return self._part(slice(len(self.months) - months, len(self.months)))

    def _part(self, part: slice) -> "Expectation":
        own = tuple(_some_months(model, part) for model in self.own)
        beside = None if self.beside is None else _some_months(self.beside, part)
        return replace(
            self, months=self.months[part], own=own, beside=beside, seen=self.seen[:, part], is_usable=self.is_usable[:, part]
        )

    @property
    def is_short(self) -> Bools:
        """Which rows rest on a short history, shape (areas,)."""
        return np.asarray(self.history.sum(axis=1) < WHOLE_HISTORY, dtype=np.bool_)

    @property
    def noise(self) -> Floats:
        """The variance of a month about its level as a multiple of chance's, shape (areas,)."""
        return self.own[0].noise


def made(
    panel: Panel,
    first: str,
    last: str,
    *,
    spread: Spread | None = None,
    sizes: Floats | None = None,
    most_history: int = HISTORY_MONTHS,
) -> Expectation:
    """The expectation of the months `first` to `last`, from the months before `first` alone.

    Args:
        panel: both must be among its months.
        first: the first month judged.
        last: the last one.
        spread: how far lone series usually stray; None to take each as it is.
        sizes: people (or anything else counts rise with) by area and month, shape of the counts; None for counts alone.
        most_history: months before `first` that levels may rest on; the season takes all there are, up to ten years.
    """
    begins, stop = panel.months.index(first), panel.months.index(last) + 1
    start = max(0, begins - HISTORY_MONTHS)
    past, window = slice(start, begins), slice(begins, stop)
    usable = np.array([usable_months(panel, area, first) for area in panel.areas])
    # Offences that no borough was put to are missing in boroughs and commands: with fewer placed fewer are expected there.
    exposure = exposures_of(panel, first)
    if sizes is not None:
        # A month without a size has no count either: what stands there is never used.
        exposure = exposure * np.where(np.isfinite(sizes), sizes / nan_mean(sizes)[:, None], 1.0)
    counts, history = panel.counts[:, past], usable[:, past] & np.isfinite(panel.counts[:, past])
    history[:, : max(0, begins - start - most_history)] = False
    future = (exposure[:, window],)
    kinds = tuple(dict.fromkeys(panel.kinds))
    level = _by_kind(panel, counts, exposure[:, past], future, history, kinds)[0]
    second = level
    if FORCE in kinds:
        # Only London's own level has a slope.
        sloped = _by_kind(panel, counts, exposure[:, past], future, history, (FORCE,), has_slope=True)[0]
        second = _rows_of(sloped, level, np.array([kind == FORCE for kind in panel.kinds], dtype=np.bool_))
    own, beside, has_beside = (level, second), None, np.zeros(len(panel.areas), dtype=np.bool_)
    path = _force_path(panel)
    if path is not None:
        # A month that London lacks leaves nothing to follow.
        is_known = (np.isfinite(path[window]) | ~np.isfinite(panel.counts[:, window])).all(axis=1)
        is_part = np.array([kind != FORCE for kind in panel.kinds])
        has_beside = np.asarray(is_known & is_part & _has_rest(panel, path, past, history), dtype=np.bool_)
        forward = _forward(panel, level, np.where(history, counts, np.nan))
        shared = _share_models(panel, path, past, window, forward, history & has_beside[:, None])
        own = (level, _rows_of(shared[0], second, has_beside))
        beside = _rows_of(shared[1], level, has_beside)
    seen = panel.counts[:, window]
    return Expectation(
        panel, tuple(every_month(first, last)), own, beside, seen, usable[:, window] & np.isfinite(seen),
        np.asarray(history.sum(axis=1) >= LEAST_MONTHS, dtype=np.bool_), has_beside, history, spread,
    )  # fmt: skip


def restart_within(panel: Panel, area: str, months: tuple[str, ...]) -> str | None:
    """Why the months cannot be compared with those before them: the words of a break among them; None where there is none."""
    return next((gap.what for gap in panel.breaks_of(area) if gap.is_restart and months[0] < gap.first <= months[-1]), None)


def usable_months(panel: Panel, area: str, first: str) -> Bools:
    """Months of an area that may be used: not left out, and of the segment the first judged month is in."""
    kept = np.ones(len(panel.months), dtype=np.bool_)
    labels = np.array(panel.months)
    for gap in panel.breaks_of(area):
        if gap.is_restart and gap.first <= first:
            kept &= labels >= gap.first
        elif gap.is_restart:
            kept &= labels < (gap.begins or gap.first)
    return kept & months_kept(panel, area)


def _by_kind(
    panel: Panel,
    counts: Floats,
    exposure: Floats,
    futures: tuple[Floats, ...],
    history: Bools,
    kinds: tuple[str, ...],
    *,
    has_slope: bool = False,
) -> tuple[Ahead, ...]:
    """The level of the areas of some kinds, how far it wanders settled by those of a kind together; nought for the others."""
    number, months = futures[0].shape
    wholes = tuple(Ahead(np.zeros((number, months)), np.zeros((number, months, months)), np.ones(number)) for _ in futures)
    rows = [row for row, kind in enumerate(panel.kinds) if kind in kinds]
    if not rows:
        return wholes
    parts = ahead(
        counts[rows], exposure[rows], [future[rows] for future in futures], history[rows],
        has_slope=has_slope, kinds=[panel.kinds[row] for row in rows],
    )  # fmt: skip
    for whole, part in zip(wholes, parts, strict=True):
        for target, values in zip(whole, part, strict=True):
            target[rows] = values
    return wholes


def _force_path(panel: Panel) -> Floats | None:
    """London's count in every month, shape (months,): its own row, or the sum of enough boroughs that all have one."""
    for row, kind in enumerate(panel.kinds):
        if kind == FORCE:
            return np.asarray(panel.counts[row])
    boroughs = [row for row, kind in enumerate(panel.kinds) if kind == "borough"]
    # One borough without a month would make the sum fall: then there is no London to compare with.
    if len(boroughs) < LEAST_FOR_FORCE or not np.isfinite(panel.counts[boroughs]).all():
        return None
    return np.asarray(panel.counts[boroughs].sum(axis=0))


def _forward(panel: Panel, level: Ahead, known: Floats) -> Floats:
    """London's expected months as multiples of its mean month, shape (months ahead,); no month left out is in the mean."""
    rows = [i for i, kind in enumerate(panel.kinds) if kind == FORCE] or [
        i for i, kind in enumerate(panel.kinds) if kind == "borough"
    ]
    mean = float(np.nan_to_num(nan_mean(known[rows])).sum())
    if mean <= 0:
        return np.ones(level.rates.shape[1])
    return np.asarray(level.rates[rows].sum(axis=0) / mean)


def _has_rest(panel: Panel, path: Floats, past: slice, history: Bools) -> Bools:
    """For which areas there is enough of the force besides them to be followed, shape (areas,)."""
    own = nan_mean(np.where(history, panel.counts[:, past], np.nan))
    rest = nan_mean(np.where(history, path[None, past] - panel.counts[:, past], np.nan))
    return np.asarray(rest >= np.maximum(LEAST_REST_EVENTS, LEAST_REST * own), dtype=np.bool_)


def _share_models(panel: Panel, path: Floats, past: slice, window: slice, forward: Floats, history: Bools) -> tuple[Ahead, ...]:
    """(each area's share of London carried on as London is expected to go, and as the rest of London then went)."""
    rest = path[None, :] - panel.counts
    mean = nan_mean(np.where(history, rest[:, past], np.nan))
    relative = np.maximum(rest / np.maximum(mean, 1e-9)[:, None], LEAST_SHARE)
    known = history & np.isfinite(relative[:, past])
    placed = np.stack([panel.placed_in(kind) for kind in panel.kinds])
    exposure = np.where(np.isfinite(relative[:, past]), relative[:, past], 1.0) * placed[:, past]
    as_came = np.where(np.isfinite(relative[:, window]), relative[:, window], 1.0) * placed[:, window]
    expected = forward * placed[:, window]
    return _by_kind(panel, panel.counts[:, past], exposure, (expected, as_came), known, _followers(panel))


def _followers(panel: Panel) -> tuple[str, ...]:
    """The kinds of area that have a London to follow."""
    return tuple(kind for kind in dict.fromkeys(panel.kinds) if kind != FORCE)


def _some_months(model: Ahead, part: slice) -> Ahead:
    return Ahead(model.rates[:, part], model.covariance[:, part, part], model.noise)


def _rows_of(first: Ahead, other: Ahead, is_first: Bools) -> Ahead:
    """The rows of one expectation where `is_first`, of the other elsewhere."""
    return Ahead(
        np.where(is_first[:, None], first.rates, other.rates),
        np.where(is_first[:, None, None], first.covariance, other.covariance),
        np.where(is_first, first.noise, other.noise),
    )
