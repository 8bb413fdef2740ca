"""Scatter borrowed across the areas of a measure: a few years tell one area little, 32 areas tell a lot."""

import numpy as np

from etl.methods import special
from etl.methods.arrays import ArrayLike, Floats, as_floats

MOST_FREEDOM = 1_000.0
"""Beyond this the areas are as good as alike, and the normal distribution does as well."""
FEW_AREAS = 3


def shared_freedom(ratio: ArrayLike, freedom: ArrayLike) -> float:
    """Degrees of freedom the areas lend each other: how closely their scatters agree.

    Args:
        ratio: each area's variance over the one all areas share, shape (N,).
        freedom: degrees of freedom of each.

    Returns:
        0 (no help) with fewer than three areas.

    Source:
        Smyth (2004), Statistical Applications in Genetics and Molecular Biology 3: moments of log variances.
    """
    seen, half = as_floats(ratio), as_floats(freedom) / 2
    used = (seen > 0) & np.isfinite(seen) & (half > 0)
    if used.sum() < FEW_AREAS:
        return 0.0
    logs = np.log(seen[used]) - special.digamma(half[used]) + np.log(half[used])
    excess = float(logs.var(ddof=1) - special.polygamma(1, half[used]).mean())
    if excess <= float(special.polygamma(1, MOST_FREEDOM / 2)):
        return MOST_FREEDOM
    return 2 * _trigamma_inverse(excess)


def steadied(ratio: ArrayLike, freedom: ArrayLike, lends: ArrayLike) -> tuple[Floats, Floats]:
    """Each area's variance ratio drawn towards 1 by as much as the areas agree.

    Args:
        ratio: each area's variance over the one all areas share, shape (N,).
        freedom: degrees of freedom of each.
        lends: areas large enough to say how far areas agree.

    Returns:
        (ratio, degrees of freedom), one per area; a lone area keeps its own.
    """
    seen, own = as_floats(ratio), as_floats(freedom)
    at = np.asarray(lends, dtype=np.bool_)
    lent = shared_freedom(seen[at], own[at])
    return np.asarray((own * seen + lent) / (own + lent)), own + lent


def _trigamma_inverse(value: float) -> float:
    """The x with trigamma(x) equal to a value above zero."""
    from scipy import optimize

    return float(optimize.brentq(lambda x: float(special.polygamma(1, x)) - value, 1e-6, MOST_FREEDOM))
