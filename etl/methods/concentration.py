"""How concentrated events are among places: Gini, generalised Gini, and the share of the worst tenth."""

from typing import NamedTuple

import numpy as np

from etl.methods.arrays import ArrayLike, as_floats


class Gini(NamedTuple):
    """Gini coefficients: 0 is evenly spread, 1 is all in one place.

    `generalised` allows for more places than events, which can never be evenly spread; the unbiased forms reach
    1 for complete concentration in any number of places.
    """

    plain: float
    generalised: float
    unbiased: float
    generalised_unbiased: float


def gini(events: ArrayLike) -> Gini:
    """Gini coefficients of event counts by place.

    Returns:
        NaN throughout where there are no events or fewer than two places; `generalised_unbiased` NaN for one
        event.

    Raises:
        ValueError: a count is missing or negative.

    Source:
        Bernasco & Steenbeek (2017), J. Quantitative Criminology 33: G' = max(1, N/C)(G - 1) + 1.
    """
    counts = np.sort(as_floats(events))
    if not np.isfinite(counts).all() or (counts < 0).any():
        raise ValueError("every place needs a count, none negative")
    places, total = counts.size, float(counts.sum())
    if places < 2 or total == 0:
        return Gini(*[float("nan")] * 4)
    order = np.arange(1, places + 1)
    plain = float(((2 * order - places - 1) * counts).sum() / (places * total))
    generalised = max(1.0, places / total) * (plain - 1) + 1
    fewer = min(float(places), total)
    corrected = generalised * fewer / (fewer - 1) if fewer > 1 else float("nan")
    return Gini(plain, generalised, plain * places / (places - 1), corrected)


def share_of_worst(events: ArrayLike, share: float = 0.1) -> float:
    """Share of all events that fall in the `share` of places with the most.

    A tenth that is not a whole number of places takes part of the next one. NaN without events.

    Raises:
        ValueError: a count is missing or negative, or the share is not between 0 and 1.
    """
    counts = np.sort(as_floats(events))[::-1]
    if not np.isfinite(counts).all() or (counts < 0).any():
        raise ValueError("every place needs a count, none negative")
    if not 0 < share <= 1:
        raise ValueError(f"share must lie between 0 and 1, not {share}")
    total = counts.sum()
    if total == 0:
        return float("nan")
    curve = np.concatenate([[0.0], np.cumsum(counts) / total])
    return float(np.interp(share * counts.size, np.arange(counts.size + 1), curve))
