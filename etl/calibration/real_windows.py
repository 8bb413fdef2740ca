"""Real windows judged on what was known the March before: scores of each, what came after it, and the same with changes planted.

A window is the months from April of a year outside Covid. It is left out where a listed break lies in it, or where its
expectation would rest on fewer than two unbroken years. Nothing but planted changes is made up.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from etl.core.period import moved
from etl.judging.expectation_made import FORCE, HISTORY_MONTHS, SHORT_HISTORY, Expectation, Spread, made, restart_within
from etl.judging.fitted import SHORT, WINDOW_MONTHS
from etl.judging.move_scores import Scores, scored
from etl.judging.panel import Panel
from etl.methods.arrays import Bools, Floats

EARLIER = tuple(range(2012, 2020))
LATER = (2023, 2024, 2025)
YEARS = (*EARLIER, *LATER)
LENGTHS = WINDOW_MONTHS
JUDGED_MONTHS = 9
"""April to December: the window every figure is stated for."""
AFTER = 12
"""Months after those judged that show whether a move lasted."""
FIRST_MONTH = "04"


@dataclass(frozen=True)
class Planted:
    """A change of the rate by a share from a month of the window on, counted from 0."""

    name: str
    share: float
    begins: int


CHANGES = (
    Planted("-10%", -0.1, 0), Planted("-20%", -0.2, 0), Planted("-30%", -0.3, 0), Planted("-20% from month 4", -0.2, 3),
    Planted("+20%", 0.2, 0), Planted("+30%", 0.3, 0), Planted("+20% from month 4", 0.2, 3),
)  # fmt: skip
NOTHING = "nothing"


def force_and_boroughs(panel: Panel) -> Panel:
    """The panel without the commands: they are sums of boroughs and would count them twice."""
    rows = [i for i, kind in enumerate(panel.kinds) if kind in (FORCE, "borough")]
    return _rows(panel, rows)


def force_alone(panel: Panel) -> Panel:
    """London's own row of a panel."""
    return _rows(panel, [i for i, kind in enumerate(panel.kinds) if kind == FORCE])


def windows(
    panels: Iterable[Panel],
    spread: Spread | None,
    seed: int,
    *,
    years: Sequence[int] = YEARS,
    plants: Sequence[Planted] = CHANGES,
    is_short: bool = False,
) -> pd.DataFrame:
    """One row a window, length and planted change: what was counted, expected and scored, and how the year after came out.

    With `is_short` every history is cut to the months a year and a month after a break would leave.
    Changes are planted in windows of nine months only, in one area at a time: London does not move with it.
    """
    frames = []
    for number, panel in enumerate(panels):
        for year in years:
            generator = np.random.default_rng([seed, number, year])
            expectation = _made(panel, year, spread, SHORT_HISTORY if is_short else HISTORY_MONTHS)
            if expectation is None:
                continue
            for months in LENGTHS:
                frames += _of_length(expectation, year, months, plants if months == JUDGED_MONTHS else (), generator, is_short)
    return pd.concat(frames, ignore_index=True) if frames else pd.DataFrame()


def _made(panel: Panel, year: int, spread: Spread | None, most_history: int) -> Expectation | None:
    """The expectation of a year from April on, as far as months are held; None where fewer than three are."""
    first = f"{year}-{FIRST_MONTH}"
    last = min(moved(first, JUDGED_MONTHS + AFTER - 1), panel.months[-1])
    if first not in panel.months or last < moved(first, LENGTHS[0] - 1):
        return None
    return made(panel, first, last, spread=spread, most_history=most_history)


def _of_length(
    whole: Expectation,
    year: int,
    months: int,
    plants: Sequence[Planted],
    generator: np.random.Generator,
    is_short: bool,
) -> list[pd.DataFrame]:
    part = whole.until(months)
    if len(part.months) < months:
        return []
    fit = part.is_ready & part.is_usable.all(axis=1) & (part.is_short == is_short)
    fit &= np.array([restart_within(part.panel, area, part.months) is None for area in part.panel.areas])
    if not fit.any():
        return []
    lasted = _lasted(whole, months) if months == JUDGED_MONTHS else np.full(fit.shape, np.nan)
    frames = [_frame(part, scored(part), fit, year, NOTHING).assign(after=lasted[fit])]
    for plant in plants:
        changed = replace(part, seen=_with_change(part.seen, plant, generator))
        frames.append(_frame(changed, scored(changed), fit, year, plant.name).assign(after=np.nan))
    return frames


def _frame(part: Expectation, scores: Scores, fit: Bools, year: int, planted: str) -> pd.DataFrame:
    months = len(part.months)
    names = [f"{kind}{SHORT if few else ''}" for kind, few in zip(part.panel.kinds, part.is_short, strict=True)]
    columns = {
        "area": np.array(part.panel.areas), "kind": np.array(names), "observed": part.counted(part.is_usable),
        "expected": scores.whole.expected, "root": scores.whole.root, "deviation": scores.whole.deviation,
        "size": scores.whole.expected / months, "own": scores.own, "beside": scores.beside, "newest": scores.newest,
        "own_search": scores.own_search, "beside_search": scores.beside_search, "evidence": scores.evidence,
        "by_beside": scores.by_beside, "without_peak": scores.without_peak,
    }  # fmt: skip
    frame = pd.DataFrame({name: values[fit] for name, values in columns.items()})
    return frame.assign(measure=part.panel.measure, year=year, months=months, planted=planted)


def _lasted(whole: Expectation, months: int) -> Floats:
    """How far the twelve months after the window came out from the same expectation, as a share; NaN where not all are known."""
    if len(whole.months) < months + AFTER:
        return np.full(len(whole.panel.areas), np.nan)
    mask = np.zeros(whole.is_usable.shape, dtype=np.bool_)
    mask[:, months : months + AFTER] = True
    known = whole.is_usable[:, months : months + AFTER].all(axis=1)
    known &= np.array([restart_within(whole.panel, area, whole.months) is None for area in whole.panel.areas])
    expected = whole.sum_of(mask).expected
    return np.asarray(np.where(known, (whole.counted(mask) + 0.5) / (expected + 0.5) - 1, np.nan))


def _with_change(seen: Floats, plant: Planted, generator: np.random.Generator) -> Floats:
    """Counts with a share of them taken away, or so many added, as chance would do it."""
    changed = seen.copy()
    part = np.nan_to_num(changed[:, plant.begins :]).astype(np.int64)
    moved_part = generator.binomial(part, 1 + plant.share) if plant.share < 0 else part + generator.poisson(part * plant.share)
    changed[:, plant.begins :] = np.where(np.isfinite(changed[:, plant.begins :]), moved_part, np.nan)
    return changed


def _rows(panel: Panel, rows: Sequence[int]) -> Panel:
    return replace(
        panel,
        areas=tuple(panel.areas[i] for i in rows),
        kinds=tuple(panel.kinds[i] for i in rows),
        counts=panel.counts[list(rows)],
    )
