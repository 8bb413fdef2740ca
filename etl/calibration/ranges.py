"""How expected ranges would have done on months held back, beside "the same month last year"."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from etl.core.period import month_of_year
from etl.judging.panel import Panel, plan
from etl.methods.arrays import Bools
from etl.methods.expectation import MODELS, Model
from etl.methods.scoring import NAIVE, RangeScore, beats_naive, replay

HORIZON = 24
LEAST_PAST = 36
LEAST_AHEAD = 6
ORIGIN_MONTHS = (4, 10)
LEAST_COVERAGE = 0.85
"""A range said to hold 95 months in 100 that held fewer than this of those held back is not shown, whatever it beats."""
COLUMNS = ("measure_id", "kind", "model", "months", "coverage80", "coverage95", "score80", "score95", "shown")


@dataclass(frozen=True)
class _Stretch:
    """Months without a break, and the positions in it of the first month of each range tried."""

    part: slice
    origins: tuple[int, ...]


def range_scores(panels: Iterable[Panel], draws: int, seed: int, *, newest_only: bool = False) -> pd.DataFrame:
    """One row per measure, kind of area and model, with `COLUMNS`.

    Ranges are made each April and October from what was held by then, and scored on up to 24 months after, Covid left out, never
    across a break. A model is shown where its 95% interval score beats the naive one's on the same months and its 95% range held
    at least 85% of them.

    Args:
        panels: measures of recorded crime.
        draws: simulated futures a range is made from.
        seed: of them.
        newest_only: only the last three origins of a stretch.
    """
    rows: list[tuple[object, ...]] = []
    for panel in panels:
        for kind in dict.fromkeys(panel.kinds):
            areas = np.array([i for i, k in enumerate(panel.kinds) if k == kind])
            scores = _mean_scores(
                _scores(panel, areas, stretch, draws, seed) for stretch in _stretches(panel, areas, newest_only)
            )
            for model, score in scores.items():
                is_shown = model != NAIVE and beats_naive(scores, model) and score.coverage95 >= LEAST_COVERAGE
                numbers = (round(v, 4) for v in (score.coverage80, score.coverage95, score.score80, score.score95))
                rows.append((panel.measure, kind, model, score.months, *numbers, is_shown))
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _stretches(panel: Panel, areas: np.ndarray, newest_only: bool) -> list[_Stretch]:
    starts = sorted(
        {
            0,
            *(
                panel.months.index(b.first)
                for b in panel.breaks_of(panel.areas[areas[0]])
                if b.is_restart and b.first in panel.months
            ),
        }
    )
    stretches = []
    for start, stop in zip(starts, [*starts[1:], len(panel.months)], strict=True):
        origins = [
            place - start
            for place in range(start + LEAST_PAST, stop - LEAST_AHEAD + 1)
            if month_of_year(panel.months[place]) in ORIGIN_MONTHS
        ]
        if origins:
            stretches.append(_Stretch(slice(start, stop), tuple(origins[-3:] if newest_only else origins)))
    return stretches


def _scores(panel: Panel, areas: np.ndarray, stretch: _Stretch, draws: int, seed: int) -> dict[Model, RangeScore]:
    keep: Bools = np.asarray(plan(panel).keep[areas].any(axis=0), dtype=np.bool_)[stretch.part]
    return replay(
        panel.counts[areas, stretch.part], panel.month_of_year[stretch.part], panel.days[stretch.part],
        origins=stretch.origins, horizon=HORIZON, keep=keep, draws=draws, seed=seed,
    )  # fmt: skip


def _mean_scores(parts: Iterable[dict[Model, RangeScore]]) -> dict[Model, RangeScore]:
    """One score a model: the mean over stretches, each counting for its months."""
    gathered = [part for part in parts if all(score.months for score in part.values())]
    mean_by_model: dict[Model, RangeScore] = {}
    for model in MODELS if gathered else ():
        scores = [part[model] for part in gathered]
        months = [score.months for score in scores]
        means = [float(np.average([score[field] for score in scores], weights=months)) for field in range(4)]
        mean_by_model[model] = RangeScore(means[0], means[1], means[2], means[3], sum(months))
    return mean_by_model
