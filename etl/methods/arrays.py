"""Array types and small numeric helpers shared by every method."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from etl.methods import special

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Strings = npt.NDArray[np.str_]
ArrayLike = npt.ArrayLike
Labels = Sequence[Any] | npt.NDArray[Any]


def as_floats(values: ArrayLike) -> Floats:
    """The values as float64; None and masked become NaN, shape kept."""
    return np.asarray(values, dtype=np.float64)


def normal_quantile(level: float) -> float:
    """The two-sided normal quantile of a confidence level: 1.95996 for 0.95.

    Raises:
        ValueError: the level is not strictly between 0 and 1.
    """
    return float(special.ndtri(1 - tail(level)))


def tail(level: float) -> float:
    """The probability left in one tail by a two-sided interval: 0.025 for 0.95.

    Raises:
        ValueError: the level is not strictly between 0 and 1.
    """
    if not 0 < level < 1:
        raise ValueError(f"level must lie between 0 and 1, not {level}")
    return (1 - level) / 2


def nan_mean(values: Floats) -> Floats:
    """Mean over the last axis of what is not NaN; NaN where nothing is. Never warns."""
    seen = np.isfinite(values)
    number = seen.sum(axis=-1)
    total = np.where(seen, values, 0.0).sum(axis=-1)
    mean: Floats = np.divide(total, number, out=np.full(number.shape, np.nan), where=number > 0)
    return mean


def nan_variance(values: Floats) -> Floats:
    """Sample variance (n - 1) over the last axis of what is not NaN; NaN below two values."""
    seen = np.isfinite(values)
    number = seen.sum(axis=-1)
    deviation = np.where(seen, values - nan_mean(values)[..., None], 0.0)
    spread = (deviation**2).sum(axis=-1)
    variance: Floats = np.divide(spread, number - 1, out=np.full(number.shape, np.nan), where=number > 1)
    return variance


def label_codes(labels: Labels | None, length: int) -> Ints:
    """Segment numbers 0, 1, 2 ... by position, a new one wherever the label changes; all 0 without labels.

    Raises:
        ValueError: the labels are not as many as the points.
    """
    if labels is None:
        return np.zeros(length, dtype=np.int64)
    seen = np.asarray(labels)
    if seen.shape != (length,):
        raise ValueError(f"expected {length} segment labels, found {seen.shape}")
    changed = np.concatenate([[False], seen[1:] != seen[:-1]])[:length]
    return np.cumsum(changed).astype(np.int64)
