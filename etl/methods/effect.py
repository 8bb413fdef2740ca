"""Did it work? What a place came to after a date, against places where nothing of the kind was done.

Every number is a total of months before and of months after. What was to be expected of the place is its months before, grown as
those of the comparison grew. How far two places part by themselves in so many months is not worked out from chance alone: it is a
`Spread`, measured on made-up dates (memory, over-dispersion and local changes nobody listed are all in it).
"""

from typing import NamedTuple

import numpy as np

from etl.methods import special
from etl.methods.arrays import ArrayLike, Floats, as_floats, tail
from etl.methods.change import regression_to_mean, weighted_displacement

HALF = 0.5
"""Added to each total before its logarithm is taken, so that none is that of nil."""
LEAST_BEFORE = 10
LEAST_EXPECTED = 5
LEAST_UNCHOSEN = 8
"""Places not chosen that a line through their starting points needs."""


class Spread(NamedTuple):
    """How far places part by themselves: variance of the logarithm is chance x (the sum of 1 / each total) + apart.

    `factor` is how many such standard deviations 19 in 20 made-up dates kept within.
    """

    chance: float
    apart: float
    factor: float


class Totals(NamedTuple):
    """Events in the months before and in the months after."""

    before: float
    after: float


class AgainstComparison(NamedTuple):
    """What came, what was to be expected, and the change as a share with its limits."""

    observed: float
    expected: float
    change: float
    lower: float
    upper: float

    @property
    def is_clear(self) -> bool:
        """Whether no change lies outside the limits."""
        return self.lower > 0 or self.upper < 0


class WithNeighbours(NamedTuple):
    """Events more (fewer: negative) than expected next door, and here and next door together with limits."""

    next_door: float
    together: float
    lower: float
    upper: float


class Anyway(NamedTuple):
    """What places that began as far from their own usual level did by themselves, as shares of the level at the start.

    `start` is how far above its usual level the place began; `change` what such places came to on average, with the limits of one
    such place; `observed` what this one came to; `others` how many places that rests on.
    """

    start: float
    change: float
    lower: float
    upper: float
    observed: float
    others: int


def log_change(own: Totals, compared: Totals) -> tuple[float, float]:
    """(logarithm of how much more the place grew than the comparison, the sum of 1 / each total)."""
    parts: Floats = np.array([own.after, own.before, compared.after, compared.before]) + HALF
    logs = np.log(parts)
    return float(logs[0] - logs[1] - logs[2] + logs[3]), float((1 / parts).sum())


def expected_after(own: Totals, compared: Totals) -> float:
    """What the place would have come to had it grown as the comparison did."""
    return own.before * compared.after / compared.before if compared.before else float("nan")


def is_enough(own: Totals, compared: Totals) -> bool:
    """Whether there are events enough for a ratio to mean anything."""
    return own.before >= LEAST_BEFORE and compared.before >= LEAST_BEFORE and expected_after(own, compared) >= LEAST_EXPECTED


def against_comparison(own: Totals, compared: Totals, spread: Spread) -> AgainstComparison:
    """The change beyond that of the comparison, with limits as wide as made-up dates ask.

    Raises:
        ValueError: there are too few events.
    """
    if not is_enough(own, compared):
        raise ValueError("too few events before, or too few expected after")
    moved, chance = log_change(own, compared)
    half = spread.factor * deviation(chance, spread)
    low, middle, high = (float(np.exp(moved + k) - 1) for k in (-half, 0.0, half))
    return AgainstComparison(own.after, expected_after(own, compared), middle, low, high)


def deviation(chance: ArrayLike, spread: Spread) -> Floats:
    """The standard deviation of a log change from the sum of 1 / each of its totals."""
    return np.asarray(np.sqrt(spread.chance * as_floats(chance) + spread.apart))


def with_neighbours(
    own: Totals, compared: Totals, near: Totals, near_compared: Totals, spread: Spread, near_spread: Spread
) -> WithNeighbours:
    """Whether what fell here rose next door: the weighted displacement difference, each place scaled to its comparison.

    Args:
        own: the place.
        compared: its comparison.
        near: the places next door together.
        near_compared: theirs.
        spread: of the place.
        near_spread: of places as large as those next door.

    Returns:
        Limits as wide as made-up dates ask, not those of chance alone.

    Source:
        Wheeler & Ratcliffe (2018), Crime Science 7:11.
    """
    grown = compared.after / compared.before
    difference = weighted_displacement(
        compared, own, displacement_control=near_compared, displacement_treated=near,
        area_weights=(compared.before / own.before, 1.0, near_compared.before / near.before, 1.0),
    )  # fmt: skip
    # With its own weight each control began as large as its place, so the counts before cancel whatever their months.
    parts = [
        part.factor * float(deviation(log_change(place, against)[1], part)) * expected_after(place, against)
        for place, against, part in ((own, compared, spread), (near, near_compared, near_spread))
    ]
    half = float(np.hypot(parts[0], parts[1])) if np.isfinite(grown) else float("nan")
    return WithNeighbours(difference.total - difference.local, difference.total, difference.total - half, difference.total + half)


def next_by_itself(earlier: ArrayLike, later: ArrayLike, start: float, level: float = 0.95) -> Anyway:
    """What a place that stands so far from its usual level will do by itself, as places did a year before.

    Args:
        earlier: logarithm of how far above its usual level each place began a year before, shape (N,).
        later: the same a year on, shape (N,).
        start: the same of this place today.
        level: of the limits of one such place.

    Returns:
        Nothing is observed yet: `observed` is NaN.

    Raises:
        ValueError: fewer than eight places are known.
    """
    began, ended = as_floats(earlier), as_floats(later)
    known = np.isfinite(began + ended)
    if known.sum() < LEAST_UNCHOSEN or not np.isfinite(start):
        raise ValueError(f"needs {LEAST_UNCHOSEN} places known throughout")
    picked = np.concatenate([[True], np.zeros(int(known.sum()), dtype=np.bool_)])
    line = regression_to_mean(np.concatenate([[start], began[known]]), np.concatenate([[start], ended[known]]), picked)
    half = float(special.stdtrit(line.compared_with - 2, 1 - tail(level))) * line.excess_error
    change, low, high = (float(np.exp(line.expected_change + k) - 1) for k in (0.0, -half, half))
    return Anyway(float(np.exp(start) - 1), change, low, high, float("nan"), line.compared_with)


def anyway(
    usual: ArrayLike, before: ArrayLike, after: ArrayLike, chosen: int, unchosen: ArrayLike, level: float = 0.95
) -> Anyway:
    """Regression to the mean: what places that began as far from their own usual level did with nothing done.

    Args:
        usual: each place's share of all of them in earlier years, shape (N,).
        before: its share in the months before, shape (N,).
        after: its share in the months after, shape (N,).
        chosen: which one is looked at.
        unchosen: true for places where nothing of the kind was done, shape (N,).
        level: of the limits.

    Raises:
        ValueError: fewer than eight places were not chosen.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        start = np.asarray(np.log(as_floats(before) / as_floats(usual)))
        later = np.asarray(np.log(as_floats(after) / as_floats(usual)))
    known = np.isfinite(start + later)
    others = np.asarray(unchosen, dtype=np.bool_) & known
    others[chosen] = False
    picked = np.zeros(known.shape, dtype=np.bool_)
    picked[chosen] = True
    if others.sum() < LEAST_UNCHOSEN or not known[chosen]:
        raise ValueError(f"needs {LEAST_UNCHOSEN} places that were not chosen and are known throughout")
    kept = others | picked
    line = regression_to_mean(np.where(kept, start, np.nan), np.where(kept, later, np.nan), picked)
    half = float(special.stdtrit(line.compared_with - 2, 1 - tail(level))) * line.excess_error
    change, low, high, seen = (
        float(np.exp(value) - 1)
        for value in (line.expected_change, line.expected_change - half, line.expected_change + half, line.observed_change)
    )
    return Anyway(float(np.exp(start[chosen]) - 1), change, low, high, seen, line.compared_with)
