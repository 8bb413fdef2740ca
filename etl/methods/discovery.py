"""Lists of exceptions: how many chance alone would make, and which survive control of false discoveries."""

from typing import NamedTuple

import numpy as np

from etl.methods.arrays import ArrayLike, Bools, Floats, as_floats


class Discoveries(NamedTuple):
    """Which tests stand out once all are looked at together.

    `adjusted` are the adjusted p values (compare with the rate); `expected_false` is the most discoveries that
    chance would be expected to add, the rate times how many there are.
    """

    is_discovery: Bools
    adjusted: Floats
    tested: int
    discoveries: int
    expected_false: float


def benjamini_hochberg(p_values: ArrayLike, rate: float = 0.05) -> Discoveries:
    """Discoveries at a false discovery rate, by Benjamini and Hochberg's step-up rule.

    Args:
        p_values: any shape; NaN where not tested (neither counted nor found).
        rate: share of discoveries that may be false.

    Raises:
        ValueError: a p value lies outside 0 to 1.

    Source:
        Benjamini & Hochberg (1995), JRSS B 57.
    """
    p = as_floats(p_values)
    known = np.isfinite(p)
    tested = int(known.sum())
    if ((p[known] < 0) | (p[known] > 1)).any():
        raise ValueError("p values must lie between 0 and 1")
    adjusted = np.full(p.shape, np.nan)
    if tested:
        order = np.argsort(p[known], kind="stable")
        scaled = p[known][order] * tested / np.arange(1, tested + 1)
        stepped = np.minimum(np.minimum.accumulate(scaled[::-1])[::-1], 1.0)
        back = np.empty(tested)
        back[order] = stepped
        adjusted[known] = back
    is_discovery = known & (adjusted <= rate)
    discoveries = int(is_discovery.sum())
    return Discoveries(is_discovery, adjusted, tested, discoveries, rate * discoveries)
