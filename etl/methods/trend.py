"""Recent trend over the latest five points, by the Fingertips rule."""

from typing import Literal, NamedTuple, get_args

import numpy as np

from etl.methods import checks
from etl.methods.arrays import ArrayLike, as_floats

POINTS = 5
# Chi-squared with one degree of freedom at 99.8%.
CRITICAL = 9.54953570608324
LIMITS_PER_ERROR = 3.92

Polarity = Literal["High is good", "Low is good", "No judgement"]
State = Literal[
    "Increasing",
    "Decreasing",
    "IncreasingAndGettingBetter",
    "IncreasingAndGettingWorse",
    "DecreasingAndGettingBetter",
    "DecreasingAndGettingWorse",
    "NoChange",
    "CannotBeCalculated",
]


class RecentTrend(NamedTuple):
    """State, slope per step, chi-squared of the slope and whether its sign survives leaving each point out."""

    state: State
    slope: float
    chi_squared: float
    keeps_sign: bool
    points: int


def recent_trend(
    values: ArrayLike,
    lower: ArrayLike,
    upper: ArrayLike,
    *,
    polarity: Polarity = "No judgement",
    counts: ArrayLike | None = None,
    denominators: ArrayLike | None = None,
) -> RecentTrend:
    """Whether the latest five valid points rise or fall beyond chance (99.8%), and what that means.

    Args:
        values: in time order, shape (T,), evenly spaced; NaN where missing.
        lower: 95% limit below each value.
        upper: 95% limit above each value.
        polarity: which direction is good.
        counts: events behind each value, or None.
        denominators: where given with `counts`, points whose count equals their denominator are not valid.

    Returns:
        "CannotBeCalculated" with fewer than five points that have a value and limits of some width. (The
        source's engine says "NoChange" when limits are missing; not knowing is not the same as no change.)

    Source:
        Fingertips recent trend (DHSC, FingertipsNext).
    """
    checks.choice(polarity, get_args(Polarity), "polarity")
    y, width = as_floats(values), as_floats(upper) - as_floats(lower)
    valid = np.isfinite(y) & np.isfinite(width) & (width > 0)
    if counts is not None and denominators is not None:
        valid &= as_floats(counts) != as_floats(denominators)
    at = np.flatnonzero(valid)[-POINTS:]
    if at.size < POINTS:
        return RecentTrend("CannotBeCalculated", float("nan"), float("nan"), keeps_sign=False, points=int(at.size))
    weight = (LIMITS_PER_ERROR / width[at]) ** 2
    time, series = np.arange(POINTS, dtype=np.float64), y[at]
    slope, error = _weighted_slope(time, series, weight)
    chi_squared = (slope / error) ** 2
    left_out = [_weighted_slope(np.delete(time, k), np.delete(series, k), np.delete(weight, k))[0] for k in range(POINTS)]
    keeps_sign = all(np.sign(other) == np.sign(slope) for other in left_out)
    is_change = chi_squared > CRITICAL and keeps_sign
    return RecentTrend(_state(slope, polarity) if is_change else "NoChange", slope, chi_squared, keeps_sign, POINTS)


def _weighted_slope(time: np.ndarray, series: np.ndarray, weight: np.ndarray) -> tuple[float, float]:
    total = weight.sum()
    centred = time - (weight * time).sum() / total
    spread = (weight * centred**2).sum()
    return float((weight * centred * series).sum() / spread), float(1 / np.sqrt(spread))


def _state(slope: float, polarity: Polarity) -> State:
    if slope > 0:
        rising: dict[Polarity, State] = {
            "High is good": "IncreasingAndGettingBetter",
            "Low is good": "IncreasingAndGettingWorse",
            "No judgement": "Increasing",
        }
        return rising[polarity]
    falling: dict[Polarity, State] = {
        "High is good": "DecreasingAndGettingWorse",
        "Low is good": "DecreasingAndGettingBetter",
        "No judgement": "Decreasing",
    }
    return falling[polarity]
