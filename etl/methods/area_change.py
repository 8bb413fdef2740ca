"""What each area adds to a whole's change between two equal stretches of time."""

from typing import NamedTuple

import numpy as np

from etl.methods.arrays import ArrayLike, Floats, as_floats, normal_quantile


class AreaChanges(NamedTuple):
    """Each area's change in count with its limits, the whole's, and how much the areas vary beyond chance."""

    change: Floats
    lower: Floats
    upper: Floats
    total: float
    total_lower: float
    total_upper: float
    dispersion: float
    """1 where the areas' changes differ as Poisson counts with one common change would; never below it."""


def area_changes(before: ArrayLike, now: ArrayLike, *, level: float = 0.95) -> AreaChanges:
    """Change of each area's count, now less before, with limits widened by how unlike the areas' changes are.

    The variance of a change is the dispersion times the sum of its two counts. Dispersion is Pearson's for one common change:
    areas that truly move apart widen it too, so the limits are cautious.

    Args:
        before: one count per area, shape (N,), none missing.
        now: the same areas over as long a stretch, at the same time of year.
        level: two-sided.

    Raises:
        ValueError: fewer than two areas, a count below nil, or shapes that differ.
    """
    then, since = as_floats(before), as_floats(now)
    if then.shape != since.shape or then.size < 2:
        raise ValueError("before and now need the same two or more areas")
    if not np.isfinite(then + since).all() or (then < 0).any() or (since < 0).any():
        raise ValueError("counts must be known and not below nil")
    both = then + since
    share = since.sum() / both.sum() if both.sum() else 0.5
    spread = both * share * (1 - share)
    squares = np.divide((since - both * share) ** 2, spread, out=np.zeros_like(spread), where=spread > 0)
    counted = int((spread > 0).sum())
    dispersion = max(1.0, float(squares.sum()) / (counted - 1)) if counted > 1 else 1.0
    z = normal_quantile(level)
    half = z * np.sqrt(dispersion * both)
    total, total_half = float((since - then).sum()), z * float(np.sqrt(dispersion * both.sum()))
    return AreaChanges(
        since - then, since - then - half, since - then + half, total, total - total_half, total + total_half, dispersion
    )
