"""Verdicts on quarterly court figures: few points, so a plain control chart that says when its limits are on trial."""

from collections.abc import Mapping

import numpy as np

from etl.judging import words
from etl.judging.finding import CHANGED, LATE, NO_CHANGE, TOO_EARLY, Finding, direction
from etl.judging.lateness import Timing, late_reason
from etl.methods.spc import xmr_limits

TRIAL = 12
LEAST = 8
BASELINE = 12
"""Quarters the limits are made from: the three years before the four quarters judged."""
JUDGED = 4
COVID = ("2020-Q1", "2021-Q2")
RULE = "quarters"


def judge(measure: str, better: str, area: str, points: Mapping[str, float], timing: Timing, newest: str) -> Finding:
    """The newest four quarters against natural process limits of the twelve before (Covid left out).

    A signal is the newest quarter outside the limits, or all four on one side with two of them outside the near limits.

    Args:
        measure: measure id.
        better: the way that is better.
        area: area code.
        points: value by quarter, 2025-Q4.
        timing: when figures of the source come out.
        newest: newest quarter held of the measure in any area.
    """
    last_held = max(points)
    late = late_reason(timing, last_held, newest)
    if late is not None:
        return Finding(measure, area, LATE, window=(last_held, last_held), observed=points[last_held], rule=RULE, reason=late)
    periods = [q for q in sorted(points) if not COVID[0] <= q <= COVID[1]]
    if len(periods) < JUDGED + LEAST:
        short = JUDGED + LEAST - len(periods)
        verb = "is" if len(periods) == 1 else "are"
        held = words.opening(words.count(len(periods), "quarter"))
        reason = (
            f"{held} {verb} held outside the Covid months; {JUDGED + LEAST} are needed. "
            f"First honest review: after {words.month(_later(last_held, short)).split(' to ')[1]}."
        )
        return Finding(measure, area, TOO_EARLY, rule=RULE, reason=reason)
    judged, before = periods[-JUDGED:], periods[-JUDGED - BASELINE : -JUDGED]
    limits = xmr_limits(np.array([points[q] for q in before]))
    lower, upper, mean = float(limits.lower), float(limits.upper), float(limits.mean)
    near_lower, near_upper = float(limits.near_lower), float(limits.near_upper)
    values = np.array([points[q] for q in judged])
    last = float(values[-1])
    above = bool((values > mean).all() and (values > near_upper).sum() >= 2) or last > upper
    below = bool((values < mean).all() and (values < near_lower).sum() >= 2) or last < lower
    state = direction(better, above) if above or below else NO_CHANGE
    reason = _reason(judged, before, last, lower, upper, is_changed=above or below)
    if state == CHANGED:
        reason += " Neither way is better by itself."
    return Finding(
        measure, area, state, since=judged[0] if above or below else None, window=(judged[0], judged[-1]),
        observed=last, expected=mean, expected_lower=lower, expected_upper=upper, rule=RULE, reason=reason,
    )  # fmt: skip


def _reason(judged: list[str], before: list[str], last: float, lower: float, upper: float, *, is_changed: bool) -> str:
    compared = (
        f"The {words.count(len(judged), 'quarter')} {words.quarters(judged[0], judged[-1])} are set against the usual movement "
        f"of the {len(before)} quarters before them, Covid left out."
    )
    if not is_changed:
        found = " They keep within it."
    elif lower <= last <= upper:
        found = " All four lie on one side, at least two of them near the edge of the range."
    else:
        found = " The newest quarter lies outside the range."
    trial = f" These are trial limits: they rest on {len(before)} quarters." if len(before) < TRIAL else ""
    return compared + found + trial


def _later(quarter: str, by: int) -> str:
    number = int(quarter[:4]) * 4 + int(quarter[-1]) - 1 + by
    return f"{number // 4}-Q{number % 4 + 1}"
