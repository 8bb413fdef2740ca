"""What may be said of one measure in one area, as numbers: the row of the verdict table before it is stored."""

import math
from dataclasses import dataclass

from etl.core.reason import Reasons
from etl.core.state import State
from etl.judging.moves import Move

MEAN, EMPTY = "window", "empty months"
"""The rules of counts: months together against their expectation, and months that cannot be nil."""


@dataclass(frozen=True)
class Finding:
    """One verdict. Totals are in the measure's unit over `window`; a refusal has its `reasons` and no sizes.

    For counts everything but the reasons is read off `move`, which is one area's place beside its expectation: the range is the
    95% range of the whole window, `ratio` what was counted as a multiple of what was expected. Surveys and court figures have no
    move; they are judged by their own rules.
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
    move: Move | None = None


def direction(better: str, rose: bool) -> State:
    """The state of a change: better, worse, or changed where neither way is better."""
    if better == "neither":
        return State.CHANGED
    return State.WORSE if rose == (better == "lower") else State.BETTER


def known(value: float) -> float | None:
    """A number, or None where it is not one: no ratio exists to an expectation of nil."""
    return float(value) if math.isfinite(value) else None
