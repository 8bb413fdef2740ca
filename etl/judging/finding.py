"""What may be said of one measure in one area, as numbers: the row of the verdict table before it is stored."""

import math
from dataclasses import dataclass

from etl.core.reason import Reasons
from etl.core.state import State

MEAN, LATEST, SPIKE, PATTERN, EMPTY = "window", "latest month", "one month", "pattern", "empty months"
"""The rules of counts: months together, the newest alone, one earlier month alone, both sides, and months that cannot be nil."""


@dataclass(frozen=True)
class Finding:
    """One verdict. Totals are in the measure's unit over `window`; a refusal has its `reasons` and no sizes.

    For counts `expected_lower` and `expected_upper` are the smallest and largest whole number inside the range that decides, and
    99 of 100 unchanged series keep to it. Where the newest month alone speaks, `window` and all sizes are that month's, and the
    range is that of single months. `p_value` and `q_value` are always those of the judged months together, which the list looks
    at. `since` before `window` means that months of the baseline had changed already.
    """

    measure: str
    area: str
    state: State
    since: str | None = None
    window: tuple[str, str] | None = None
    observed: float | None = None
    expected: float | None = None
    expected_lower: float | None = None
    expected_upper: float | None = None
    ratio: float | None = None
    ratio_lower: float | None = None
    ratio_upper: float | None = None
    p_value: float | None = None
    q_value: float | None = None
    visible_change: float | None = None
    rule: str = ""
    reasons: Reasons = ()


def direction(better: str, rose: bool) -> State:
    """The state of a change: better, worse, or changed where neither way is better."""
    if better == "neither":
        return State.CHANGED
    return State.WORSE if rose == (better == "lower") else State.BETTER


def known(value: float) -> float | None:
    """A number, or None where it is not one: no ratio exists to an expectation of nil."""
    return float(value) if math.isfinite(value) else None
