"""What the months after the newest may bring, from each area's own history; and how ranges made so in the past have done."""

import numpy as np
import pandas as pd

from etl.judging import words
from etl.judging.evidence import Evidence
from etl.judging.panel import Panel
from etl.methods.arrays import Bools
from etl.methods.expectation import MODELS, Model, expected_range

HORIZON = 24
YEARS = 10
"""History the ranges are made from, at most."""
DRAWS = 500
SEED = 1
DEFAULT: Model = "level"


def expected_ranges(panel: Panel, found: Evidence, chosen: dict[tuple[str, str], tuple[str, bool]]) -> pd.DataFrame:
    """Rows of `expected_range`: 24 months after the newest settled one of each area, with the model that has done best.

    Areas of a kind whose newest settled month or break differs are worked out apart. None below a year of unbroken months.
    """
    frames = []
    for rows, begins, settled in _alike(panel, found):
        name, shown = chosen.get((panel.measure, panel.kinds[rows[0]]), (DEFAULT, False))
        model: Model = next((m for m in MODELS if m == name), DEFAULT)
        past = slice(max(begins, settled + 1 - 12 * YEARS), settled + 1)
        keep: Bools = np.asarray(found.plan.keep[rows][:, past].all(axis=0), dtype=np.bool_)
        # The season index has no year: a month ahead is like the same month of the last year held.
        ahead = found.exposure[[settled - 11 + month % 12 for month in range(HORIZON)]]
        made = expected_range(
            panel.counts[rows, past], found.exposure[past], ahead, model=model, draws=DRAWS, seed=SEED, keep=keep
        )
        made_at = panel.months[settled]
        frames.append(
            pd.DataFrame(
                {
                    "measure_id": panel.measure,
                    "area_code": np.repeat([panel.areas[row] for row in rows], HORIZON),
                    "made_at": made_at,
                    "period": [words.later(made_at, month + 1) for month in range(HORIZON)] * len(rows),
                    **{name: getattr(made, name).ravel() for name in ("lower95", "lower80", "median", "upper80", "upper95")},
                    "shown": shown,
                }
            )
        )
    frame = pd.concat(frames, ignore_index=True) if frames else pd.DataFrame()
    return frame.dropna() if not frame.empty else frame


def _alike(panel: Panel, found: Evidence) -> list[tuple[np.ndarray, int, int]]:
    """(rows, where their segment begins, their newest settled month) for areas of a kind that share both."""
    groups: dict[tuple[str, int, int], list[int]] = {}
    for row in range(len(panel.areas)):
        settled = int(found.plan.settled[row])
        if settled >= 0:
            groups.setdefault((panel.kinds[row], int(found.plan.segment_start[row]), settled), []).append(row)
    return [(np.array(rows), begins, settled) for (_, begins, settled), rows in groups.items()]
