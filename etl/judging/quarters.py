"""Verdicts on quarterly court figures: few points, so a control chart that says when its limits are on trial.

One quarter is like the one before it: cases open at the end of June are mostly those open at the end of March. Moving ranges
then look smaller than the series strays, and plain limits would call 18 in 100 unchanged series changed where that likeness is
0.5, and 33 where it is 0.7. So limits are widened by what the likeness, measured on the measure itself, leaves out; on series of
forty quarters simulated without a change at most 2.5 in 100 are then called changed, up to a likeness of 0.85.
"""

from collections.abc import Mapping

import numpy as np

from etl.core.period import MONTHS_OF_A_QUARTER, last_month_label, moved
from etl.core.reason import Code, Reason, Reasons
from etl.core.state import State
from etl.judging.finding import Finding, direction
from etl.judging.lateness import Timing, late_reason
from etl.methods.arrays import Floats
from etl.methods.autocorrelation import lag1_about_lines
from etl.methods.drift import correlation
from etl.methods.spc import xmr_limits

TRIAL = 12
LEAST = 8
BASELINE = 12
"""Quarters the limits are made from: the three years before the four quarters judged."""
JUDGED = 4
COVID = ("2020-Q1", "2021-Q2")
MOST_MEMORY = 0.9
WIDER = 1.3
"""Twelve quarters fix limits loosely: by simulation this much more keeps both signals together to the promise."""
RULE = "quarters"


def memory(series: Mapping[str, Mapping[str, float]]) -> float:
    """How like one quarter is to the one before it, 0 to 0.9, over the areas of a measure; about a straight line, Covid left out.

    It is taken one standard error higher than measured, which matters where a single area is held.
    """
    periods = sorted({q for points in series.values() for q in points if not COVID[0] <= q <= COVID[1]})
    rows = np.array([[points.get(q, np.nan) for q in periods] for points in series.values()])
    likeness = lag1_about_lines(rows, [q > COVID[1] for q in periods])
    if not np.isfinite(likeness.r):
        return 0.0
    unsure = 1 / float(np.sqrt(likeness.pairs))
    return float(np.clip(likeness.r + unsure, 0.0, MOST_MEMORY))


def widening(before: int, likeness: float) -> float:
    """How much further than its moving ranges say the newest quarter strays from the mean of so many, four quarters before it."""
    weight: Floats = np.concatenate([np.full(before, -1 / before), np.zeros(JUDGED - 1), [1.0]])
    spread = float(weight @ correlation(weight.size, likeness) @ weight)
    return WIDER * float(np.sqrt(spread / (1 - likeness)))


def judge(
    measure: str, better: str, area: str, points: Mapping[str, float], timing: Timing, newest: str, likeness: float
) -> Finding:
    """The newest four quarters against process limits of the twelve before (Covid left out), widened for their likeness.

    A signal is the newest quarter outside the limits, or all four on one side with two of them outside the near limits.

    Args:
        measure: measure id.
        better: the way that is better.
        area: area code.
        points: value by quarter, 2025-Q4.
        timing: when figures of the source come out.
        newest: newest quarter held of the measure in any area.
        likeness: of neighbouring quarters, from `memory`.
    """
    last_held = max(points)
    late = late_reason(timing, last_held, newest)
    if late is not None:
        return Finding(
            measure, area, State.LATE, window=(last_held, last_held), observed=points[last_held], rule=RULE, reasons=(late,)
        )
    periods = [q for q in sorted(points) if not COVID[0] <= q <= COVID[1]]
    if len(periods) < JUDGED + LEAST:
        short = JUDGED + LEAST - len(periods)
        review = last_month_label(moved(last_held, short * MONTHS_OF_A_QUARTER))
        reason = Reason.of(Code.TOO_FEW_QUARTERS, held=len(periods), needed=JUDGED + LEAST, review=review)
        return Finding(measure, area, State.TOO_EARLY, rule=RULE, reasons=(reason,))
    judged, before = periods[-JUDGED:], periods[-JUDGED - BASELINE : -JUDGED]
    limits = xmr_limits(np.array([points[q] for q in before]))
    mean = float(limits.mean)
    half = (float(limits.upper) - mean) * widening(len(before), likeness)
    lower, upper, near_lower, near_upper = (mean + part * half for part in (-1, 1, -2 / 3, 2 / 3))
    values = np.array([points[q] for q in judged])
    last = float(values[-1])
    above = bool((values > mean).all() and (values > near_upper).sum() >= 2) or last > upper
    below = bool((values < mean).all() and (values < near_lower).sum() >= 2) or last < lower
    state = direction(better, above) if above or below else State.NO_CHANGE
    reasons = _reasons(judged, before, last, lower, upper, is_changed=above or below)
    # A figure that is never below nil is not expected there.
    lower = max(lower, 0.0) if min(points.values()) >= 0 else lower
    if state == State.CHANGED:
        reasons = (*reasons, Reason(Code.NEITHER_WAY_BETTER))
    return Finding(
        measure, area, state, since=judged[0] if above or below else None, window=(judged[0], judged[-1]),
        observed=last, expected=mean, expected_lower=lower, expected_upper=upper, rule=RULE, reasons=reasons,
    )  # fmt: skip


def _reasons(judged: list[str], before: list[str], last: float, lower: float, upper: float, *, is_changed: bool) -> Reasons:
    compared = Reason.of(Code.QUARTERS_COMPARED, count=len(judged), first=judged[0], last=judged[-1], before=len(before))
    if not is_changed:
        outcome = Code.QUARTERS_WITHIN
    else:
        outcome = Code.QUARTERS_ON_ONE_SIDE if lower <= last <= upper else Code.NEWEST_QUARTER_OUTSIDE
    trial = (Reason.of(Code.TRIAL_LIMITS, quarters=len(before)),) if len(before) < TRIAL else ()
    return compared, Reason(outcome), *trial
