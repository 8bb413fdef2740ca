"""How far the months judged came out from their expectation, whole and from each later month on: the numbers that are ranked."""

from dataclasses import dataclass

import numpy as np

from etl.judging.expectation_made import Expectation
from etl.methods.arrays import Bools, Floats, Ints
from etl.methods.conformal import Sum, score

LATER = 1.4
"""What a move from a later month is divided by: it was looked for, the whole window was not."""
LEAST_SINCE = 5
"""Months a move must have lasted for it to be dated within the window."""
OWN = 2.0
"""What a series' own move is divided by beside its move against London. On windows before 2020 the power of both together, at 5%
alarm, rose up to here and was flat beyond."""
NEWEST = 3
"""Months the newest move is read from."""


@dataclass(frozen=True)
class Scores:
    """Scores of every area, each shape (areas,), in standard deviations on the root scale.

    `own` is the whole window against the expectation, `beside` against what the rest of London's path would have brought (NaN
    without one); `newest` the last three months alone. `own_search` and `beside_search` are the largest of whole and later, 0 or
    more; `evidence` is what is ranked for the verdict. `since` is the place in the window the move is seen from, `by_beside`
    whether London made the evidence. `without_peak` is the score without the month furthest out on the side of the move, which
    is at `peak`.
    """

    whole: Sum
    own: Floats
    beside: Floats
    newest: Floats
    own_search: Floats
    beside_search: Floats
    evidence: Floats
    since: Ints
    by_beside: Bools
    without_peak: Floats
    peak: Ints


def scored(expectation: Expectation) -> Scores:
    """The scores of every area of a panel; those that are not ready have numbers that mean nothing."""
    usable = expectation.is_usable
    whole = expectation.sum_of(usable)
    own = score(expectation.counted(usable), whole)
    own_search, own_since = _search(expectation, is_beside=False)
    missing = np.full(own.shape, np.nan)
    beside, beside_search, beside_since = missing, np.zeros(own.shape), np.zeros(own.shape, dtype=np.int64)
    if expectation.beside is not None:
        whole_beside = _score(expectation, usable, is_beside=True)
        beside = np.where(expectation.has_beside, whole_beside, np.nan)
        search, beside_since = _search(expectation, is_beside=True)
        beside_search = np.where(expectation.has_beside, search, 0.0)
    has_beside = np.isfinite(beside)
    evidence = np.where(has_beside, np.maximum(own_search / OWN, beside_search), own_search)
    by_beside: Bools = np.asarray(has_beside & (beside_search > own_search / OWN), dtype=np.bool_)
    without_peak, peak = _without_peak(expectation, np.sign(own))
    return Scores(
        whole, own, beside, _score(expectation, _newest(usable), is_beside=False), own_search, beside_search, evidence,
        np.where(by_beside, beside_since, own_since), by_beside, without_peak, peak,
    )  # fmt: skip


def _score(expectation: Expectation, mask: Bools, *, is_beside: bool) -> Floats:
    expected = expectation.sum_beside(mask) if is_beside else expectation.sum_of(mask)
    return score(expectation.counted(mask), expected) if expected is not None else np.full(mask.shape[0], np.nan)


def _search(expectation: Expectation, *, is_beside: bool) -> tuple[Floats, Ints]:
    """(the largest score on the side of the whole window, of it and of each later part; the month it begins at)."""
    usable = expectation.is_usable
    whole = _score(expectation, usable, is_beside=is_beside)
    best, since = np.abs(whole), np.zeros(whole.shape, dtype=np.int64)
    for begins in range(1, usable.shape[1] - LEAST_SINCE + 1):
        mask = usable.copy()
        mask[:, :begins] = False
        # Only a move of the side the whole window is on: a total above its expectation has not fallen.
        part = _score(expectation, mask, is_beside=is_beside) * np.sign(whole) / LATER
        since = np.where(part > best, begins, since)
        best = np.maximum(best, part)
    return best, since


def _newest(usable: Bools) -> Bools:
    """The last three usable months of each row."""
    from_the_end = np.cumsum(usable[:, ::-1], axis=1)[:, ::-1]
    return np.asarray(usable & (from_the_end <= NEWEST), dtype=np.bool_)


def _without_peak(expectation: Expectation, sign: Floats) -> tuple[Floats, Ints]:
    """(score of the window without the month that carries most of its move, the place of that month)."""
    usable = expectation.is_usable
    rates = np.mean([model.rates for model in expectation.own], axis=0)
    gap = np.where(usable, (np.nan_to_num(expectation.seen) - rates) * sign[:, None], -np.inf)
    peak = np.argmax(gap, axis=1).astype(np.int64)
    mask = usable.copy()
    mask[np.arange(mask.shape[0]), peak] = False
    return _score(expectation, mask, is_beside=False), peak
