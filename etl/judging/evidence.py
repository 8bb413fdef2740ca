"""What the months of a measure say of each area, before any list is looked at: the numbers a verdict on counts is made from.

Why these limits. On series made to look like the real ones (season, overdispersion and month-to-month memory fitted by measure
and size of area; nothing changed) and judged by exactly this code, SIGNIFICANT at 0.01 and OUTSIDE at 0.0027 together raise a
false alarm, before the list is looked at, in 1.3% of boroughs, 1.5% of commands and 1.0% of London series of ten or more a month,
and in under 2.5% of every measure but one of London's (robbery of business, whose range rests on the 13 months since a break:
3.2%). Once the list is looked at, in fewer than 1 in 1,000 boroughs. The plain NHS rules mark the newest point of the same series
in 8, 10 and 19%; an arrow at 10% from last year moves in 65, 55 and 30%. `data/calibration` holds all of it, and the power left.

Tried and left: SIGNIFICANT at 0.02 reaches the promise of 2.5% with nothing to spare, and breaks it for the measures with the
longest memory. Taking the scatter and memory from the two years of the baseline alone, as moving ranges do, gave up to 13%
(shoplifting): a wander that lasts half a year cannot be measured on two years of residuals unless what the fit swallows is put
back (see `etl.methods.drift`). Letting the line bend every six months gave London 9%.
"""

from dataclasses import dataclass

import numpy as np

from etl.judging.panel import LEAST_BASELINE, LEAST_WINDOW, Panel, Plan, exposures_of, plan
from etl.methods.arrays import Bools, Floats
from etl.methods.drift import Drift, fit_drift
from etl.methods.level_change import LevelChange, MonthRange, level_change, month_range

SIGNIFICANT = 0.01
"""The p value a single verdict must reach."""
OUTSIDE = 0.0027
"""The chance a single month is outside its range: that of three standard deviations."""
STILL = 2.5
"""A change rests on one month when without it the p value is more than this many times SIGNIFICANT."""
GONE = 0.05
"""A change is a spike's alone when without its furthest month, itself outside its range, the p value is above this."""
NEAR = 2 / 3
"""Months beyond this part of their range on the side away from the change speak against a changed level."""
AWAY_MONTHS = 2
DRIFT_YEARS = 10


@dataclass(frozen=True)
class Evidence:
    """Findings of one panel as arrays, one row per area.

    `window_hit` is a changed mean, `rests_on_newest` one the newest month alone makes, `is_spike` one a single earlier month
    makes, `is_pattern` one with months well out on both sides (the season has moved, not the level), `latest_hit` a newest
    month outside its range with no changed mean. `refused` rows have too few months to compare.
    """

    plan: Plan
    exposure: Floats
    """What each month of each area is expected to be as a multiple of a mean month, shape (areas, months); alike in a kind."""
    drifts: dict[str, Drift]
    change: LevelChange
    months: MonthRange
    refused: Bools
    window_hit: Bools
    rests_on_newest: Bools
    is_spike: Bools
    is_pattern: Bools
    latest_hit: Bools
    furthest: np.ndarray
    """Position of the judged month furthest out on the side of the change."""

    @property
    def stands(self) -> Bools:
        """Areas whose changed mean is a changed level, as far as the area alone can tell."""
        return self.window_hit & ~self.rests_on_newest & ~self.is_spike & ~self.is_pattern

    @property
    def alarm(self) -> Bools:
        """Areas whose verdict would be anything but quiet: changed, or provisional."""
        return self.stands | self.rests_on_newest | self.latest_hit


def gather(panel: Panel, chosen: Plan | None = None) -> Evidence | None:
    """The evidence on every area of a panel; None where no month of it can be judged."""
    where = plan(panel) if chosen is None else chosen
    judged = np.flatnonzero(where.window.any(axis=0))
    if judged.size == 0:
        return None
    exposure = exposures_of(panel, panel.months[int(judged[0])])
    drifts = drifts_of(panel, where, exposure, int(judged[0]))
    change = _by_kind(panel, where, exposure, where.window, drifts)
    rows = np.arange(len(panel.areas))
    newest = np.maximum(where.settled, 0)
    months = _ranges(panel, where, exposure, drifts)
    sign = np.sign(np.nan_to_num(change.z))
    scores = np.where(where.window & np.isfinite(months.score), months.score * sign[:, None], -np.inf)
    furthest = np.argmax(scores, axis=1)
    hit = change.p_value <= SIGNIFICANT
    without_newest = _without(panel, where, exposure, newest, drifts)
    without_furthest = _without(panel, where, exposure, furthest, drifts)
    holds = (without_newest.p_value <= STILL * SIGNIFICANT) & (np.sign(without_newest.z) == sign)
    rests = hit & ~holds
    spike = (
        hit
        & ~rests
        & (scores[rows, furthest] > 1)
        & ~((without_furthest.p_value <= GONE) & (np.sign(without_furthest.z) == sign))
    )
    away = (np.where(np.isfinite(scores), scores, 0.0) < -NEAR).sum(axis=1) >= AWAY_MONTHS
    last_score = months.score[rows, newest]
    latest = ~hit & (np.abs(np.nan_to_num(last_score)) > 1)
    refused: Bools = np.less(where.baseline.sum(axis=1), LEAST_BASELINE) | np.less(where.window.sum(axis=1), LEAST_WINDOW)
    ready = ~refused
    return Evidence(
        where, exposure, drifts, change, months, refused,
        hit & ready, rests & ready, spike & ready, hit & ~rests & away & ready, latest & ready, furthest,
    )  # fmt: skip


def newest_alone(panel: Panel, evidence: Evidence) -> LevelChange:
    """The newest judged month of every area by itself against its baseline."""
    one = np.zeros(panel.counts.shape, dtype=np.bool_)
    rows = np.flatnonzero(evidence.plan.window.any(axis=1))
    one[rows, evidence.plan.settled[rows]] = True
    return _by_kind(panel, evidence.plan, evidence.exposure, one & evidence.plan.window, evidence.drifts)


def drifts_of(panel: Panel, where: Plan, exposure: Floats, until: int) -> dict[str, Drift]:
    """How the areas of each kind wander, from the ten years before the months judged, Covid left out."""
    drifts = {}
    for kind in dict.fromkeys(panel.kinds):
        rows = [i for i, k in enumerate(panel.kinds) if k == kind]
        keep: Bools = np.asarray(where.keep[rows].all(axis=0), dtype=np.bool_)
        keep[: max(0, until - 12 * DRIFT_YEARS)] = False
        keep[until:] = False
        steps = tuple(
            panel.months.index(b.first) for b in panel.breaks_of(panel.areas[rows[0]]) if b.is_restart and b.first in panel.months
        )
        drifts[kind] = fit_drift(panel.counts[rows], exposure[rows[0]], keep, steps)
    return drifts


def _without(panel: Panel, where: Plan, exposure: Floats, month: np.ndarray, drifts: dict[str, Drift]) -> LevelChange:
    window = where.window.copy()
    window[np.arange(len(panel.areas)), month] = False
    return _by_kind(panel, where, exposure, window, drifts)


def _by_kind(panel: Panel, where: Plan, exposure: Floats, window: Bools, drifts: dict[str, Drift]) -> LevelChange:
    """The change of every area, judged with the wander of its own kind: boroughs together, commands together, London alone."""
    columns = [np.full(len(panel.areas), np.nan) for _ in LevelChange._fields]
    for kind, drift in drifts.items():
        rows = [i for i, k in enumerate(panel.kinds) if k == kind]
        change = level_change(panel.counts[rows], exposure[rows[0]], where.baseline[rows], window[rows], drift)
        for column, part in zip(columns, change, strict=True):
            column[rows] = part
    return LevelChange(*columns)


def _ranges(panel: Panel, where: Plan, exposure: Floats, drifts: dict[str, Drift]) -> MonthRange:
    columns = [np.full(panel.counts.shape, np.nan) for _ in MonthRange._fields]
    begins = int(np.flatnonzero(where.baseline.any(axis=0))[0]) if where.baseline.any() else 0
    for kind, drift in drifts.items():
        rows = np.array([i for i, k in enumerate(panel.kinds) if k == kind])
        size = exposure[rows[0], begins:]
        ranges = month_range(panel.counts[rows, begins:], size, where.baseline[rows, begins:], drift, OUTSIDE)
        for column, part in zip(columns, ranges, strict=True):
            column[rows, begins:] = part
    return MonthRange(*columns)
