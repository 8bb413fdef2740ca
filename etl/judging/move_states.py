"""What each series is called: proven, leaning or no clear change, from its rank among real windows and its chance to last.

A move is proven when so few real windows moved so far (the search for its month paid for), it is at least `PROVEN_CHANCE` likely
to last, and it does not rest on one month. It leans when it is not proven but its count lies outside the 95% range, or it is
highly likely to last. So a count outside the range is never called no clear change.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from etl.core.grade import PROVEN, Grade, MoveState
from etl.judging.fitted import BESIDE_RANK, EVIDENCE_RANK, OWN_RANK, Fitted
from etl.judging.move_scores import Scores
from etl.methods.arrays import Bools, Floats, Strings
from etl.methods.conformal import is_outside, limits, p_value, share_limits
from etl.methods.persistence import chance

PROVEN_P = 0.018
OWN_P = 0.009
"""Ranks a move must reach: by itself and London together, or by itself alone. Both raise some two alarms in a hundred."""
PROVEN_CHANCE = 0.75
LEAST_CHANGE = 0.1
"""A smaller change leans only where its count is outside the range: a tenth is not worth a word on its chance to last alone."""
AGREES = 0.5
"""Deviations of its own count on the side of a move against London, from which on the series itself is said to have moved."""
RESTS = 0.5
"""A move whose other months together stray by less than this part of it rests on its one month."""
APART_P = 0.05
NEWEST_MOST = 4.0
WRONG_IN_LIST = 0.1
"""The share of a list's proven moves that may be expected not to last."""
HALF = 0.5
"""Half an event stands for none expected, as it does in the limits of a change."""
FEWEST = 5.0
"""Fewer events than this expected and seen: too few to tell anything."""


class Reading(NamedTuple):
    """The numbers of N series a state is decided from and a row is printed from, each shape (N,)."""

    observed: Floats
    expected: Floats
    lower: Floats
    upper: Floats
    change: Floats
    change_lower: Floats
    change_upper: Floats
    p: Floats
    p_own: Floats
    p_beside: Floats
    own: Floats
    beside: Floats
    by_beside: Bools
    probability: Floats
    rests: Bools


def read(fitted: Fitted, kinds: Sequence[str], measure: str, months: int, observed: Floats, scores: Scores) -> Reading:
    """Ranges, ranks and chances of series by what was fitted on real windows.

    Args:
        fitted: the tables.
        kinds: kind of each area.
        measure: whose own ranks are looked for; "" for a measure nobody has measured.
        months: how many were judged.
        observed: counted in them.
        scores: of the same areas.
    """
    names, whole, own, beside = list(kinds), scores.whole, scores.own, scores.beside
    sizes = whole.expected / max(months, 1)
    factor = fitted.factor(names, measure, sizes, months)[:, 1]
    lower, upper = limits(whole, factor)
    change_lower, change_upper = share_limits(observed, whole, factor)
    p_own = p_value(scores.own_search, fitted.rank(OWN_RANK, names, measure, sizes, months))
    has_beside = np.isfinite(beside)
    p_evidence, p_beside = p_own.copy(), np.full(p_own.shape, np.nan)
    if has_beside.any():
        rows = np.flatnonzero(has_beside)
        some, few = [names[row] for row in rows], sizes[rows]
        p_evidence[rows] = p_value(scores.evidence[rows], fitted.rank(EVIDENCE_RANK, some, measure, few, months))
        p_beside[rows] = p_value(scores.beside_search[rows], fitted.rank(BESIDE_RANK, some, measure, few, months))
    rests = (np.abs(scores.without_peak) < RESTS * np.abs(own)) | (np.sign(scores.without_peak) != np.sign(own))
    return Reading(
        observed, whole.expected, lower, upper, observed / np.maximum(whole.expected, HALF) - 1, change_lower, change_upper,
        p_evidence, p_own, p_beside, own, beside, scores.by_beside,
        chance(features(own, scores.newest), fitted.lasts), rests,
    )  # fmt: skip


def features(own: Floats, newest: Floats) -> Floats:
    """What the chance to last is read from: how far out the window is, and whether its newest months still are."""
    return np.column_stack([np.abs(own), np.sqrt(np.abs(own)), np.clip(np.sign(own) * newest, -NEWEST_MOST, NEWEST_MOST)])


def states(reading: Reading) -> Strings:
    """The state of each series by itself, as the words of `MoveState`; `in_list` then looks at the proven ones together."""
    r = reading
    outside = is_outside(r.observed, r.lower, r.upper)
    sign = np.sign(r.own)
    agrees = ~r.by_beside | ((np.sign(r.beside) == sign) & (np.abs(r.own) >= AGREES))
    ranked = r.p <= PROVEN_P
    itself = (ranked & agrees) | (r.p_own <= OWN_P)
    proven = itself & (r.probability >= PROVEN_CHANCE) & ~r.rests
    likely = (r.probability >= Grade.HIGHLY_LIKELY.least) & (np.abs(r.change) >= LEAST_CHANGE) & ~r.rests
    leaning = ~proven & (outside | likely | itself | ((r.p <= APART_P) & agrees))
    apart = ~leaning & ranked & ~agrees & ~proven
    out = np.full(r.own.shape, MoveState.NO_CLEAR_CHANGE.value, dtype="<U40")
    out[leaning] = np.where(sign > 0, MoveState.LEANING_UP.value, MoveState.LEANING_DOWN.value)[leaning]
    out[apart] = MoveState.APART.value
    out[proven] = np.where(sign > 0, MoveState.ROSE.value, MoveState.FELL.value)[proven]
    out[np.maximum(r.observed, r.expected) < FEWEST] = MoveState.CANNOT_TELL.value
    return out


def in_list(names: Strings, probability: Floats) -> Strings:
    """The states once the list is looked at as one: of the proven, the least sure lean where too many would be wrong.

    Args:
        names: of `states`.
        probability: that each lasts.

    Returns:
        States of which the proven together are expected to be wrong in no more than `WRONG_IN_LIST`.
    """
    moved = np.flatnonzero((names == MoveState.ROSE) | (names == MoveState.FELL))
    surest = moved[np.argsort(-probability[moved], kind="stable")]
    wrong = np.cumsum(1 - probability[surest]) / np.arange(1, surest.size + 1)
    out = names.copy()
    for row in surest[wrong > WRONG_IN_LIST]:
        out[row] = MoveState.LEANING_UP.value if names[row] == MoveState.ROSE else MoveState.LEANING_DOWN.value
    return out


def is_proven(names: Strings) -> Bools:
    """Which states are in the list of what moved."""
    return np.isin(names, [state.value for state in PROVEN])
