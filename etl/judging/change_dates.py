"""Since when: the month a change is seen from."""

import numpy as np

from etl.judging.evidence import Evidence
from etl.judging.panel import Panel
from etl.methods.arrays import Floats

LEAST_BEFORE = 3
"""Months that must lie before a change for it to be dated at all."""
CLEARLY = 1.1
"""A date before the months judged must part the months by so many times as much as the best date among them: tried on real series
with a step planted, it moves a step of the first judged month back in fewer than one in ten, and finds five in six of older ones
to the month."""


def since(panel: Panel, row: int, evidence: Evidence) -> str | None:
    """The month that best parts those before it from those after; one before the months judged only where that is clear."""
    plan = evidence.plan
    used = np.flatnonzero(plan.baseline[row] | plan.window[row])
    score = evidence.months.score[row, used] * float(np.sign(evidence.change.z[row]))
    place, score = used[np.isfinite(score)], score[np.isfinite(score)]
    judged = plan.window[row, place]
    if place.size <= LEAST_BEFORE or not judged.any():
        return None
    parted = _parted(score)
    within = np.where(judged, parted, -np.inf)
    best = int(np.argmax(within))
    earlier = int(np.argmax(parted))
    return panel.months[int(place[earlier if parted[earlier] > CLEARLY * within[best] else best])]


def _parted(score: Floats) -> Floats:
    """How far the mean from each month on stands above the mean before it, in standard errors of equal months."""
    number = score.size
    before = np.arange(number)
    after = number - before
    total = np.cumsum(score) - score
    gap = (score.sum() - total) / after - np.divide(total, before, out=np.zeros(number), where=before > 0)
    return np.asarray(np.where(before >= LEAST_BEFORE, gap * np.sqrt(before * after / number), -np.inf))
