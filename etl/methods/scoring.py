"""Was a range any good? Narrow, and seldom wrong."""

import numpy as np

from etl.methods.arrays import ArrayLike, Floats, as_floats, tail


def interval_score(lower: ArrayLike, upper: ArrayLike, actual: ArrayLike, level: float) -> Floats:
    """Width of a range plus 2/alpha times how far what happened lay outside it; lower is better.

    Source:
        Gneiting & Raftery (2007), JASA 102.
    """
    low, high, seen = as_floats(lower), as_floats(upper), as_floats(actual)
    miss = np.maximum(low - seen, 0.0) + np.maximum(seen - high, 0.0)
    return np.asarray(high - low + miss / tail(level))
