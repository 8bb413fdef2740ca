"""Did it work? Displacement, and regression to the mean."""

from typing import NamedTuple

import numpy as np

from etl.methods import checks
from etl.methods.arrays import ArrayLike, as_floats, normal_quantile


class Displacement(NamedTuple):
    """Weighted displacement difference: events prevented (negative) with standard error, z and limits.

    `local` leaves the displacement areas out; `total` takes them in. The z and limits are those of `total`.
    """

    local: float
    local_error: float
    total: float
    total_error: float
    z: float
    lower: float
    upper: float


class RegressionToMean(NamedTuple):
    """What the chosen areas would have done anyway, judged by unchosen areas that began at the same level.

    `expected_change` and `observed_change` are mean changes in the chosen areas; `excess` is observed less
    expected, with its standard error. `slope` is how much of a difference in the first period lasted into the
    second: 1 would mean no regression at all.
    """

    slope: float
    expected_change: float
    observed_change: float
    excess: float
    excess_error: float
    compared_with: int


def weighted_displacement(
    control: ArrayLike,
    treated: ArrayLike,
    *,
    displacement_control: ArrayLike = (0, 0),
    displacement_treated: ArrayLike = (0, 0),
    time_weights: ArrayLike = (1, 1),
    area_weights: ArrayLike = (1, 1, 1, 1),
    level: float = 0.95,
) -> Displacement:
    """Change in treated areas less that in controls, with spill-over into areas next door.

    Args:
        control: counts (before, after) where nothing was done.
        treated: counts (before, after) where something was.
        displacement_control: counts (before, after) next door to the control areas.
        displacement_treated: counts (before, after) next door to the treated areas.
        time_weights: lengths of the two periods; counts are divided by them.
        area_weights: sizes of control, treated, displacement control and displacement treated areas, in that
            order; counts are divided by them.
        level: of the limits.

    Source:
        Wheeler & Ratcliffe (2018), Crime Science 7:11.
    """
    pairs = [checks.counts(pair, "counts") for pair in (control, treated, displacement_control, displacement_treated)]
    if any(pair.shape != (2,) for pair in pairs):
        raise ValueError("each place needs two counts: before and after")
    counts = np.stack(pairs)
    scale = np.outer(checks.sizes(area_weights, "area_weights"), checks.sizes(time_weights, "time_weights"))
    if scale.shape != counts.shape:
        raise ValueError("needs two time weights and four area weights")
    change = (counts / scale)[:, 1] - (counts / scale)[:, 0]
    variance = (counts / scale**2).sum(axis=1)
    sign = np.array([-1.0, 1.0, -1.0, 1.0])
    local, total = float((sign * change)[:2].sum()), float((sign * change).sum())
    local_error, error = float(np.sqrt(variance[:2].sum())), float(np.sqrt(variance.sum()))
    half = normal_quantile(level) * error
    return Displacement(local, local_error, total, error, total / error if error else float("nan"), total - half, total + half)


def regression_to_mean(before: ArrayLike, after: ArrayLike, chosen: ArrayLike) -> RegressionToMean:
    """Change the chosen areas would have seen by chance alone, from the areas not chosen.

    Args:
        before: rate or count of each area in the period the choice rested on, shape (N,).
        after: the same in the next period.
        chosen: true for areas picked because they were high.

    Returns:
        The line of `after` on `before` among the unchosen, read at the chosen areas' starting level. It reaches
        beyond the unchosen range where every high area was chosen: the error then grows, as it should.

    Raises:
        ValueError: no area is chosen, fewer than four known areas are not, or those all began alike.
    """
    x, y = as_floats(before), as_floats(after)
    known = np.isfinite(x + y)
    picked = np.asarray(chosen, dtype=np.bool_) & known
    others = known & ~picked
    number = int(others.sum())
    if not picked.any() or number < 4:
        raise ValueError("needs a chosen area and at least four known areas that were not chosen")
    centre = x[others].mean()
    spread = ((x[others] - centre) ** 2).sum()
    if spread == 0:
        raise ValueError("the areas not chosen all began at the same level: no line can be drawn through them")
    slope = float(((x[others] - centre) * y[others]).sum() / spread)
    fitted = y[others].mean() + slope * (x - centre)
    variance = float(((y - fitted)[others] ** 2).sum() / (number - 2))
    gap = float(x[picked].mean() - centre)
    error = float(np.sqrt(variance * (1 / picked.sum() + 1 / number + gap**2 / spread)))
    observed, expected = float((y - x)[picked].mean()), float((fitted - x)[picked].mean())
    return RegressionToMean(slope, expected, observed, observed - expected, error, number)
