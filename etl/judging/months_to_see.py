"""How soon a change of a given size would be proven at an area's volume: the first honest review of a priority."""

import numpy as np
import pandas as pd

from etl.judging.expectation_made import Expectation
from etl.judging.fitted import BESIDE_RANK, OWN_RANK, WINDOW_MONTHS, Fitted, fitted_kind
from etl.judging.panel import LEAST_WINDOW
from etl.methods.arrays import Bools, Floats
from etl.methods.conformal import TAILS, Sum, score

CHANGES = (-0.3, -0.2, -0.1, 0.1, 0.2, 0.3)
RANKED = TAILS.index(0.02)
"""The rank a move must about reach to be proven."""
FOUR_IN_FIVE = 0.84
"""Deviations below its centre that four in five of a bell curve lie above."""
WIDE = 1.96
"""Deviations the 95% range of a bell curve reaches: what the fitted factor is compared with."""


def times_to_see(ahead: Expectation, rows: tuple[int, ...], tables: Fitted) -> pd.DataFrame:
    """Rows of `time_to_see`: months until falls and rises of 10, 20 and 30% are seen four times in five, none within a year.

    Args:
        ahead: the expectation of the months to come.
        rows: of its panel, those that are ready.
        tables: fitted on real windows.
    """
    panel = ahead.panel
    months = {change: np.full(len(rows), np.nan) for change in CHANGES}
    for length in sorted((n for n in WINDOW_MONTHS if n >= LEAST_WINDOW), reverse=True):
        mask = np.zeros(ahead.seen.shape, dtype=np.bool_)
        mask[:, :length] = True
        for change in CHANGES:
            months[change][_is_seen(ahead, mask, list(rows), change, tables)] = length
    areas = [panel.areas[row] for row in rows]
    frames = [
        pd.DataFrame({"measure_id": panel.measure, "area_code": areas, "change": change, "months": months[change]})
        for change in CHANGES
    ]
    frame = pd.concat(frames, ignore_index=True)
    frame["months"] = frame["months"].astype("Int64")
    return frame


def _is_seen(ahead: Expectation, mask: Bools, rows: list[int], change: float, tables: Fitted) -> Bools:
    """Whether a change of these months would be proven, by itself or beside the rest of London, shape (rows,)."""
    months = int(mask[0].sum())
    by_itself = _reaches(ahead, ahead.sum_of(mask), rows, change, tables, OWN_RANK, months)
    beside = ahead.sum_beside(mask)
    if beside is None:
        return by_itself
    return np.asarray(
        by_itself | (ahead.has_beside[rows] & _reaches(ahead, beside, rows, change, tables, BESIDE_RANK, months)), dtype=np.bool_
    )


def _reaches(
    ahead: Expectation, whole: Sum, rows: list[int], change: float, tables: Fitted, statistic: str, months: int
) -> Bools:
    some = Sum(whole.root[rows], whole.deviation[rows])
    kinds = [fitted_kind(ahead.panel.kinds[row], bool(ahead.is_short[row])) for row in rows]
    sizes: Floats = some.expected / months
    moved = np.abs(score(some.expected * (1 + change), some))
    scatter = tables.factor(kinds, ahead.panel.measure, sizes, months)[:, 1] / WIDE
    needed = tables.rank(statistic, kinds, ahead.panel.measure, sizes, months)[:, RANKED]
    return np.asarray(moved - FOUR_IN_FIVE * scatter >= needed, dtype=np.bool_)
