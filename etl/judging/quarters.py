"""Verdicts on quarterly court figures: few points, so a plain control chart that says when its limits are on trial."""

from collections.abc import Mapping

import numpy as np

from etl.judging.finding import CHANGED, NO_CHANGE, TOO_EARLY, Finding, direction
from etl.methods.spc import xmr_limits

TRIAL = 12
LEAST = 8
BASELINE = 12
"""Quarters the limits are made from: the three years before the four quarters judged."""
JUDGED = 4
COVID = ("2020-Q1", "2021-Q2")


def judge(measure: str, better: str, area: str, points: Mapping[str, float]) -> Finding:
    """The newest four quarters against natural process limits of the twelve before (Covid left out).

    A signal is the newest quarter outside the limits, or all four on one side with two of them outside the near limits.

    Args:
        measure: measure id.
        better: the way that is better.
        area: area code.
        points: value by quarter, 2025-Q4.
    """
    periods = [q for q in sorted(points) if not COVID[0] <= q <= COVID[1]]
    if len(periods) < JUDGED + LEAST:
        reason = f"{len(periods)} quarters are held outside the Covid months; {JUDGED + LEAST} are needed."
        return Finding(measure, area, TOO_EARLY, rule="quarters", reason=reason)
    judged, before = periods[-JUDGED:], periods[-JUDGED - BASELINE : -JUDGED]
    limits = xmr_limits(np.array([points[q] for q in before]))
    lower, upper, mean = float(limits.lower), float(limits.upper), float(limits.mean)
    near_lower, near_upper = float(limits.near_lower), float(limits.near_upper)
    values = np.array([points[q] for q in judged])
    last = float(values[-1])
    above = bool((values > mean).all() and (values > near_upper).sum() >= 2) or last > upper
    below = bool((values < mean).all() and (values < near_lower).sum() >= 2) or last < lower
    state = direction(better, above) if above or below else NO_CHANGE
    trial = f" Trial limits: they rest on {len(before)} quarters." if len(before) < TRIAL else ""
    reason = f"The four quarters to {judged[-1]} against natural process limits of the {len(before)} before, Covid left out.{trial}"
    if state == CHANGED:
        reason += " Neither way is better by itself."
    return Finding(
        measure, area, state, since=judged[0] if above or below else None, window=(judged[0], judged[-1]), observed=last, expected=mean,
        expected_lower=lower, expected_upper=upper, rule="quarters", reason=reason,
    )  # fmt: skip
