"""An area against a line, against the rest of London, and against areas like it."""

from typing import Literal, NamedTuple, get_args

import numpy as np

from etl.methods import checks
from etl.methods.arrays import ArrayLike, Floats, Ints, Strings, as_floats
from etl.methods.intervals import Estimate, rate_ratio

Polarity = Literal["High is good", "Low is good", "No judgement"]


class RestComparison(NamedTuple):
    """Each area's rate over that of all the others together, with limits and the side it lies on."""

    ratio: Estimate
    rest_rate: Floats
    side: Strings


class Neighbours(NamedTuple):
    """Positions of the areas most like one, nearest first, and their distances (0 is identical)."""

    position: Ints
    distance: Floats


def against_line(lower: ArrayLike, upper: ArrayLike, line: ArrayLike, polarity: Polarity = "No judgement") -> Strings:
    """Whether each area's interval lies wholly on one side of a line taken as exact (strict tests).

    Returns:
        "Better", "Worse" or "Similar"; "Higher" or "Lower" without a judgement; "" where a limit is missing.

    Source:
        Fingertips benchmark comparison by confidence limits (DHSC, FingertipsNext).
    """
    checks.choice(polarity, get_args(Polarity), "polarity")
    low, high, mark = as_floats(lower), as_floats(upper), as_floats(line)
    above, below = {"High is good": ("Better", "Worse"), "Low is good": ("Worse", "Better")}.get(polarity, ("Higher", "Lower"))
    named = np.select([low > mark, high < mark], [above, below], "Similar")
    return np.where(np.isfinite(low + high + mark), named, "").astype(np.str_)


def against_rest(events: ArrayLike, exposure: ArrayLike, *, level: float = 0.95, dispersion: ArrayLike = 1.0) -> RestComparison:
    """Each area's rate against that of all other areas together, so that no area is compared with itself.

    Args:
        events: one count per area, shape (N,); NaN where missing (left out of every "rest").
        exposure: people or days behind each count, shape (N,).
        level: two-sided.
        dispersion: variance / mean of the counts, one number or one per area.

    Returns:
        `side` is "Higher", "Lower" or "Similar", "" where missing.
    """
    x, size = as_floats(events), as_floats(exposure)
    known = np.isfinite(x + size)
    rest = np.where(known, x[known].sum() - x, np.nan)
    rest_size = np.where(known, size[known].sum() - size, np.nan)
    if (rest_size <= 0).any():
        raise ValueError("the rest needs at least one other area")
    ratio = rate_ratio(x, size, rest, rest_size, level=level, dispersion=dispersion)
    return RestComparison(ratio, rest / rest_size, against_line(ratio.lower, ratio.upper, 1.0))


def most_similar(characteristics: ArrayLike, weights: ArrayLike, area: int, number: int) -> Neighbours:
    """The areas nearest to one in weighted, standardised characteristics.

    Args:
        characteristics: shape (N, K), one row per area; NaN counts as unknown and is left out of that pair.
        weights: one per characteristic, not negative, not all nil; only their proportions matter.
        area: row of the area whose neighbours are sought.
        number: how many.

    Returns:
        Distance is the root of the weighted mean squared difference in standard deviations; areas that share
        no known characteristic are left out.
    """
    table, weight = as_floats(characteristics), as_floats(weights)
    if (weight < 0).any() or weight.sum() <= 0:
        raise ValueError("weights must not be negative and not all nil")
    if weight.shape != table.shape[1:]:
        raise ValueError(f"expected a weight for each of {table.shape[1]} characteristics, found {weight.size}")
    known = np.isfinite(table)
    present = np.maximum(known.sum(axis=0), 1)
    centred = np.where(known, table, 0.0) - np.where(known, table, 0.0).sum(axis=0) / present
    spread = np.sqrt((np.where(known, centred, 0.0) ** 2).sum(axis=0) / present)
    scaled = np.where(known, centred, np.nan) / np.where(spread > 0, spread, 1.0)
    squared = (scaled - scaled[area]) ** 2
    used = np.isfinite(squared) * weight
    shared = used.sum(axis=1)
    distance = np.full(table.shape[0], np.nan)
    np.divide((np.where(np.isfinite(squared), squared, 0.0) * weight).sum(axis=1), shared, out=distance, where=shared > 0)
    distance = np.sqrt(distance)
    distance[area] = np.nan
    order = np.argsort(np.where(np.isfinite(distance), distance, np.inf), kind="stable")
    chosen = order[np.isfinite(distance[order])][:number]
    return Neighbours(chosen.astype(np.int64), distance[chosen])
