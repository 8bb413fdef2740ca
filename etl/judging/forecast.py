"""What the months after the newest may bring, and what they come to by a year's end; how ranges made so in the past have done."""

from typing import NamedTuple

import numpy as np
import pandas as pd

from etl.core.period import moved
from etl.judging.evidence import Evidence
from etl.judging.panel import Panel
from etl.methods.arrays import Bools, Floats
from etl.methods.expectation import MODELS, Model, ranges, simulate_paths

HORIZON = 24
NEWEST_PLACED = 3
"""Months whose share of placed offences is taken to go on."""
YEARS = 10
"""History the ranges are made from, at most."""
DRAWS = 500
SEED = 1
DEFAULT: Model = "level"
YEAR_ENDS = "03"
"""The month a financial year ends in."""
NUMBERS = ("lower95", "lower80", "median", "upper80", "upper95")


class Ahead(NamedTuple):
    """What is to come: `months` are rows of `expected_range`, `totals` of `expected_total`."""

    months: pd.DataFrame
    totals: pd.DataFrame


def expected(panel: Panel, evidence: Evidence, chosen: dict[tuple[str, str], tuple[str, bool]]) -> Ahead:
    """The 24 months after the newest settled one of each area, with the model that has done best; each alone and in sum.

    A total runs from a month to the end of its financial year, or to the last month looked at. It comes from the same simulated
    futures as the months: months err together, so their ranges do not add up to it.
    Areas of a kind whose newest settled month or break differs are worked out apart. None below a year of unbroken months.
    """
    months, totals = [], []
    for rows, begins, settled in _alike(panel, evidence):
        name, is_drawn = chosen.get((panel.measure, panel.kinds[rows[0]]), (DEFAULT, False))
        model: Model = next((m for m in MODELS if m == name), DEFAULT)
        past = slice(max(begins, settled + 1 - 12 * YEARS), settled + 1)
        keep: Bools = np.asarray(evidence.plan.keep[rows][:, past].all(axis=0), dtype=np.bool_)
        exposure, placed = evidence.exposure[rows[0]], panel.placed_in(panel.kinds[rows[0]])
        # The season index has no year: a month ahead is like the same month of the last year held. As many offences are taken to
        # be placed as in the newest months.
        season = exposure / placed
        ahead = season[[settled - 11 + month % 12 for month in range(HORIZON)]] * placed[: settled + 1][-NEWEST_PLACED:].mean()
        paths = simulate_paths(panel.counts[rows, past], exposure[past], ahead, model=model, draws=DRAWS, seed=SEED, keep=keep)
        made_at = panel.months[settled]
        labels = [moved(made_at, month + 1) for month in range(HORIZON)]
        ends = _ends(labels)
        same = {
            "measure_id": panel.measure,
            "area_code": np.repeat([panel.areas[row] for row in rows], HORIZON),
            "made_at": made_at,
        }
        months.append(pd.DataFrame({**same, "period": labels * len(rows), **_edges(paths), "shown": is_drawn}))
        summed = np.stack([paths[:, :, n : end + 1].sum(axis=2) for n, end in enumerate(ends)], axis=2)
        spans = {"first": labels * len(rows), "last": [labels[end] for end in ends] * len(rows)}
        totals.append(pd.DataFrame({**same, **spans, **_edges(summed), "shown": is_drawn}))
    return Ahead(_whole(months), _whole(totals))


def _ends(labels: list[str]) -> list[int]:
    """For each month, the place of the month its financial year ends in, or of the last one."""
    places = [n for n, label in enumerate(labels) if label.endswith(f"-{YEAR_ENDS}")]
    return [next((end for end in places if end >= n), len(labels) - 1) for n in range(len(labels))]


def _edges(paths: Floats) -> dict[str, Floats]:
    quantiles = ranges(paths)
    return {name: getattr(quantiles, name).ravel() for name in NUMBERS}


def _whole(frames: list[pd.DataFrame]) -> pd.DataFrame:
    frame = pd.concat(frames, ignore_index=True) if frames else pd.DataFrame()
    return frame.dropna() if not frame.empty else frame


def _alike(panel: Panel, evidence: Evidence) -> list[tuple[np.ndarray, int, int]]:
    """(rows, where their segment begins, their newest settled month) for areas of a kind that share both."""
    groups: dict[tuple[str, int, int], list[int]] = {}
    for row in range(len(panel.areas)):
        settled = int(evidence.plan.settled[row])
        if settled >= 0:
            groups.setdefault((panel.kinds[row], int(evidence.plan.segment_start[row]), settled), []).append(row)
    return [(np.array(rows), begins, settled) for (_, begins, settled), rows in groups.items()]
