"""Slope and relative index of inequality: the gap between the least and most exposed ends of a gradient."""

from typing import Literal, NamedTuple, get_args

import numpy as np

from etl.methods import checks, special
from etl.methods.arrays import ArrayLike, Floats, as_floats, tail

Scale = Literal["linear", "log", "logit"]


class SlopeIndex(NamedTuple):
    """Slope index (difference between the ends), relative index (their ratio) and their limits.

    Limits are NaN where no standard errors were given.
    """

    slope: float
    ratio: float
    slope_lower: float
    slope_upper: float
    ratio_lower: float
    ratio_upper: float


def slope_index(
    values: ArrayLike,
    population: ArrayLike,
    *,
    standard_errors: ArrayLike | None = None,
    scale: Scale = "linear",
    level: float = 0.95,
    draws: int = 100_000,
    seed: int = 1,
) -> SlopeIndex:
    """Slope and relative index of inequality of values over ordered groups.

    Args:
        values: one per group, in order of the gradient (group 1 first), shape (Q,).
        population: people in each group, shape (Q,).
        standard_errors: of each value, on the scale given, shape (Q,).
        scale: where the values' errors are normal: "linear" for means, "log" for rates, "logit" for proportions.
        level: two-sided.
        draws: simulated sets of values behind the limits.
        seed: of the simulation; one seed gives one answer.

    Returns:
        `slope` is the fitted value at the far end (rank 1) minus that at the near end (rank 0); `ratio` is NaN where that is nil.

    Raises:
        ValueError: a value or population is missing or has no place on the scale, or fewer than three groups.

    Source:
        Mackenbach & Kunst (1997); least squares of sqrt(a) y on sqrt(a) and b sqrt(a), a the share of people and
        b the mid-rank of each group; limits by simulation as in PHEindicatormethods.
    """
    checks.choice(scale, get_args(Scale), "scale")
    y, people = as_floats(values), as_floats(population)
    if people.shape != y.shape or (standard_errors is not None and as_floats(standard_errors).shape != y.shape):
        raise ValueError(f"expected a population, and a standard error if any, for each of {y.size} groups")
    if y.size < 3 or not np.isfinite(y).all() or not np.isfinite(people).all() or (people <= 0).any():
        raise ValueError("a slope index needs at least three groups, none missing, each with people")
    share = people / people.sum()
    rank = np.cumsum(share) - share / 2
    root = np.sqrt(share)
    # Intercept and slope are linear in y: one small matrix serves the estimate and every draw.
    weights = np.linalg.pinv(np.column_stack([root, root * rank])) * root
    near, gap = weights @ y
    ratio = float((near + gap) / near) if near else float("nan")
    if standard_errors is None:
        return SlopeIndex(float(gap), ratio, *[float("nan")] * 4)
    noise = np.random.default_rng(seed).standard_normal((draws, y.size)) * as_floats(standard_errors)
    if not np.isfinite(_forward(y, scale)).all():
        raise ValueError(f"a value has no place on the {scale} scale")
    drawn = _back(_forward(y, scale) + noise, scale) @ weights.T
    low = tail(level)
    slope_limits = np.quantile(drawn[:, 1], [low, 1 - low])
    ratio_limits = np.quantile(1 + drawn[:, 1] / drawn[:, 0], [low, 1 - low])
    return SlopeIndex(
        float(gap),
        ratio,
        float(slope_limits[0]),
        float(slope_limits[1]),
        float(ratio_limits[0]),
        float(ratio_limits[1]),
    )


def _forward(values: Floats, scale: Scale) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore"):
        if scale == "log":
            return np.log(values)
        return np.asarray(special.logit(values)) if scale == "logit" else values


def _back(values: Floats, scale: Scale) -> Floats:
    if scale == "log":
        return np.exp(values)
    return np.asarray(special.expit(values)) if scale == "logit" else values


def standard_error_from_limits(lower: ArrayLike, upper: ArrayLike, *, scale: Scale = "linear", level: float = 0.95) -> Floats:
    """Standard errors on a scale, recovered from limits that are symmetric on it."""
    checks.choice(scale, get_args(Scale), "scale")
    width = _forward(as_floats(upper), scale) - _forward(as_floats(lower), scale)
    if (width < 0).any():
        raise ValueError("a lower limit lies above its upper limit")
    return width / (2 * float(special.ndtri(1 - tail(level))))
