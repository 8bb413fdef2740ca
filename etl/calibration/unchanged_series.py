"""Series made to look like the real ones, in which nothing changes: what false alarms and power are measured on.

Each area keeps its own level, season, scatter and the memory of its measure and kind, fitted to the newest ten years outside
Covid; the trend is used to fit and then left out. The multiplier wanders as a first-order autoregression on the log scale; counts
are Poisson about it. Or the real residuals are taken themselves and their half-years shuffled, the same way in every area.
"""

from dataclasses import dataclass, replace

import numpy as np

from etl.judging.evidence import DRIFT_YEARS
from etl.judging.panel import Panel, exposure_of, exposures_of, plan
from etl.methods.arrays import Bools, Floats
from etl.methods.drift import Drift, fit_drift, residuals

LONDON_COPIES = 20
"""London is one series a measure: each simulated set holds so many, each judged as a kind of its own."""
BLOCK = 6
LEAST_LEVEL = 0.05


@dataclass(frozen=True)
class Likeness:
    """What the areas of a measure are like: mean month and wander of each row of the panel, and the months' sizes for it."""

    season: Floats
    exposure: Floats
    level: Floats
    excess: Floats
    memory: Floats


def fitted(panel: Panel) -> Likeness:
    """The likeness of a real panel."""
    until = len(panel.months)
    exposure = exposures_of(panel, panel.months[-1])
    keep = _recent(panel, until)
    level, excess, memory = (np.zeros(len(panel.areas)) for _ in range(3))
    for kind in dict.fromkeys(panel.kinds):
        rows = [i for i, k in enumerate(panel.kinds) if k == kind]
        drift: Drift = fit_drift(panel.counts[rows], exposure[rows[0]], keep, _steps(panel), margin=0.0)
        level[rows] = np.maximum(np.nanmean(panel.counts[rows][:, -24:], axis=1), LEAST_LEVEL)
        excess[rows], memory[rows] = drift.own, drift.memory
    season, _ = exposure_of(panel, panel.months[-1])
    return Likeness(season, exposure, level, excess, memory)


def expanded(panel: Panel, copies: int = LONDON_COPIES) -> Panel:
    """The panel with London repeated, each copy of a kind of its own, so that each is judged alone as London is."""
    london = [i for i, kind in enumerate(panel.kinds) if kind == "force"]
    others = [i for i, kind in enumerate(panel.kinds) if kind != "force"]
    rows = others + london * copies
    kinds = [panel.kinds[i] for i in others] + [f"force {n}" for n in range(copies * len(london))]
    return replace(panel, areas=tuple(panel.areas[i] for i in rows), kinds=tuple(kinds), counts=panel.counts[rows])


def simulated(panel: Panel, like: Likeness, rows: np.ndarray, generator: np.random.Generator) -> Panel:
    """A set of series like those of the panel, none of which changes.

    Args:
        panel: from `expanded`.
        like: of the real panel.
        rows: row of `like` behind each row of `panel`.
        generator: seeded.
    """
    areas, months = panel.counts.shape
    memory = like.memory[rows]
    wander = np.empty((areas, months))
    shock = generator.standard_normal((areas, months))
    wander[:, 0] = shock[:, 0]
    new_share = np.sqrt(1 - memory**2)
    for month in range(1, months):
        wander[:, month] = memory * wander[:, month - 1] + new_share * shock[:, month]
    spread = np.sqrt(np.log1p(like.excess[rows]))[:, None]
    rate = like.level[rows][:, None] * like.exposure[rows] * np.exp(spread * wander - spread**2 / 2)
    counts = generator.poisson(rate).astype(np.float64)
    return replace(panel, counts=np.where(np.isfinite(panel.counts), counts, np.nan))


def shuffled(panel: Panel, like: Likeness, generator: np.random.Generator) -> Panel | None:
    """The real residuals about season and trend, their half-years shuffled alike in all areas and put back on a constant level.

    None where fewer than four half-years can be shuffled.
    """
    pooled = residuals(panel.counts / _placed(panel), like.season, _recent(panel, len(panel.months)), _steps(panel))
    if pooled is None or pooled.place.size < 4 * BLOCK:
        return None
    blocks = pooled.place.size // BLOCK
    order = generator.permutation(blocks)
    needed = len(panel.months)
    take = np.concatenate([np.arange(b * BLOCK, (b + 1) * BLOCK) for b in order])
    shuffled_places = np.tile(take, needed // take.size + 1)[-needed:]
    counts = like.level[:, None] * like.exposure * np.maximum(1 + pooled.residual[:, shuffled_places], 0.0)
    # Whole counts again, drawn so that rounding adds no pattern.
    whole = np.floor(counts + generator.random(counts.shape))
    return replace(panel, counts=np.where(np.isfinite(panel.counts), whole, np.nan))


def changed(panel: Panel, first: int, share: float, generator: np.random.Generator) -> Panel:
    """The panel with every count from position `first` on raised or lowered by a share, as chance would do it."""
    counts = panel.counts.copy()
    part = np.nan_to_num(counts[:, first:]).astype(np.int64)
    moved = generator.binomial(part, 1 + share) if share < 0 else part + generator.poisson(part * share)
    counts[:, first:] = np.where(np.isfinite(counts[:, first:]), moved, np.nan)
    return replace(panel, counts=counts)


def without_restarts(panel: Panel) -> Panel:
    """The panel with no break but the months left out: what power is stated for."""
    breaks = {area: tuple(b for b in area_breaks if not b.is_restart) for area, area_breaks in panel.breaks.items()}
    return replace(panel, breaks=breaks)


def until(panel: Panel, last: str) -> Panel:
    """The panel as it would be had nothing come out after a month."""
    stop = panel.months.index(last) + 1
    breaks = {area: tuple(b for b in area_breaks if b.first <= last) for area, area_breaks in panel.breaks.items()}
    placed = None if panel.placed is None else panel.placed[:stop]
    return replace(panel, months=panel.months[:stop], counts=panel.counts[:, :stop], breaks=breaks, placed=placed)


def _placed(panel: Panel) -> Floats:
    """The share of its own offences each area holds in each month, shape (areas, months)."""
    return np.stack([panel.placed_in(kind) for kind in panel.kinds])


def _steps(panel: Panel) -> tuple[int, ...]:
    boroughs = [a for a, kind in zip(panel.areas, panel.kinds, strict=True) if kind == "borough"] or list(panel.areas)
    return tuple(panel.months.index(b.first) for b in panel.breaks_of(boroughs[0]) if b.is_restart and b.first in panel.months)


def _recent(panel: Panel, until: int) -> Bools:
    keep: Bools = np.asarray(plan(panel).keep.any(axis=0), dtype=np.bool_)
    keep[: max(0, until - 12 * DRIFT_YEARS)] = False
    return keep
