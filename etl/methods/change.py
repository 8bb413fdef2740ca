"""Has a count changed? Poisson z, the e-test, displacement, clusters in time, and regression to the mean."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from scipy import special

from etl.methods import checks
from etl.methods.arrays import ArrayLike, Bools, Floats, Ints, as_floats, normal_quantile

ACT_BEYOND = 3.0


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


def poisson_z(now: ArrayLike, before: ArrayLike) -> Floats:
    """Twice the difference of square roots; act beyond +/-3.

    Source:
        Wheeler (2016), Security Journal 29. Its own standard deviation is about 1.4, so 3 is met by chance in
        some 3% of unchanged pairs.
    """
    z: Floats = 2 * (np.sqrt(checks.counts(now, "counts")) - np.sqrt(checks.counts(before, "counts")))
    return z


def e_test(now: float, before: float, *, exposure: float = 1.0, exposure_before: float = 1.0) -> float:
    """Two-sided p of two equal Poisson rates given their counts; NaN when both are nil or one is missing.

    Args:
        now: whole count of the later period.
        before: whole count of the earlier.
        exposure: days or people behind the later count.
        exposure_before: days or people behind the earlier.

    Source:
        Krishnamoorthy & Thomson (2004), J. Statistical Planning and Inference 119.
    """
    checks.counts([now, before], "counts")
    checks.sizes([exposure, exposure_before], "exposures")
    if not now + before > 0:
        return float("nan")
    pooled = (now + before) / (exposure + exposure_before)
    # Ties with what was seen belong to the tail; rounding must not push them out.
    least = float(np.abs(_rate_difference(np.float64(now), np.float64(before), exposure, exposure_before))) * (1 - 1e-12)
    if least == 0:
        return 1.0
    first, first_chance = _poisson_support(pooled * exposure)
    second, second_chance = _poisson_support(pooled * exposure_before)
    # For one later count the score only falls as the earlier one grows, so each tail is one piece: no table of both is needed.
    higher = _first_where(lambda place: _rate_difference(first, second[place], exposure, exposure_before) < least, first, second)
    lower = _first_where(lambda place: _rate_difference(first, second[place], exposure, exposure_before) <= -least, first, second)
    below, above = (np.concatenate([[0.0], np.cumsum(part)]) for part in (second_chance, second_chance[::-1]))
    return float(min(1.0, (first_chance * (below[higher] + above[second.size - lower])).sum()))


def _first_where(is_so: Callable[[Ints], Bools], first: Floats, second: Floats) -> Ints:
    """For each of `first`, the place in `second` from which on `is_so` holds; its size where it never does. By halving."""
    low, high = np.zeros(first.size, dtype=np.int64), np.full(first.size, second.size, dtype=np.int64)
    while (low < high).any():
        middle = (low + high) // 2
        found = is_so(np.minimum(middle, second.size - 1)) & (middle < second.size)
        low, high = np.where(found | (low >= high), low, middle + 1), np.where(found & (low < high), middle, high)
    return low


def _rate_difference(x: Floats | np.float64, y: Floats | np.float64, exposure: float, exposure_before: float) -> Floats:
    variance = x / exposure**2 + y / exposure_before**2
    gap = x / exposure - y / exposure_before
    return np.divide(gap, np.sqrt(variance), out=np.zeros(np.shape(variance)), where=np.asarray(variance) > 0)


def _poisson_support(mean: float) -> tuple[Floats, Floats]:
    """Counts that hold all but a trace of a Poisson distribution, and their chances."""
    reach = 10 * np.sqrt(mean) + 30
    counts = np.arange(max(0.0, np.floor(mean - reach)), np.ceil(mean + reach) + 1)
    return counts, _poisson_chance(counts, mean)


def _poisson_chance(counts: Floats, mean: float) -> Floats:
    chance: Floats = np.exp(special.xlogy(counts, mean) - mean - special.gammaln(counts + 1))
    return chance


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


def weighted_displacement_harm(
    control: ArrayLike,
    treated: ArrayLike,
    weights: ArrayLike,
    *,
    displacement_control: ArrayLike | None = None,
    displacement_treated: ArrayLike | None = None,
    level: float = 0.95,
) -> Displacement:
    """Weighted displacement difference summed over crime types, each times its harm weight.

    Args:
        control: counts (before, after) by type where nothing was done, shape (K, 2).
        treated: the same where something was.
        weights: harm of one crime of each type, shape (K,); must come from a cited source.
        displacement_control: the same next door to the control areas, or None.
        displacement_treated: the same next door to the treated areas, or None.
        level: of the limits.
    """
    shape = as_floats(control).shape
    blank = np.zeros(shape)
    tables = [
        as_floats(control),
        as_floats(treated),
        blank if displacement_control is None else as_floats(displacement_control),
        blank if displacement_treated is None else as_floats(displacement_treated),
    ]
    harm = checks.counts(weights, "weights")
    if harm.shape != shape[:1] or any(table.shape != shape for table in tables):
        raise ValueError(f"expected counts (before, after) and a weight for each of {shape[0]} types")
    parts = [
        weighted_displacement(c, t, displacement_control=dc, displacement_treated=dt)
        for c, t, dc, dt in zip(*tables, strict=True)
    ]
    local = float(sum(w * part.local for w, part in zip(harm, parts, strict=True)))
    total = float(sum(w * part.total for w, part in zip(harm, parts, strict=True)))
    local_error = float(np.sqrt(sum((w * part.local_error) ** 2 for w, part in zip(harm, parts, strict=True))))
    error = float(np.sqrt(sum((w * part.total_error) ** 2 for w, part in zip(harm, parts, strict=True))))
    half = normal_quantile(level) * error
    return Displacement(local, local_error, total, error, total / error if error else float("nan"), total - half, total + half)


def scan_probability(events: int, mean_per_window: float, windows: float, *, first_windows: float = 2.0) -> float:
    """Chance that some moving window holds at least `events` in a record of constant risk.

    Args:
        events: the largest number seen in any window, at least 2.
        mean_per_window: events expected in one window.
        windows: length of the record in windows.
        first_windows: 2 in the textbook; some packages leave it free.

    Source:
        Naus (1982), JASA 77: 1 - Q2 (Q3 / Q2)^(L - 2); Aberdein & Spiegelhalter (2013) for its use.
    """
    n, m = int(events), float(mean_per_window)
    if n < 2 or m <= 0:
        raise ValueError("a scan needs at least two events and a mean above zero")

    def p(k: int) -> float:
        return float(_poisson_chance(np.array([float(k)]), m)[0]) if k >= 0 else 0.0

    def f(k: int) -> float:
        return float(special.pdtr(k, m)) if k >= 0 else 0.0

    q2 = f(n - 1) ** 2 - (n - 1) * p(n) * p(n - 2) - (n - 1 - m) * p(n) * f(n - 3)
    a1 = 2 * p(n) * f(n - 1) * ((n - 1) * f(n - 2) - m * f(n - 3))
    a2 = 0.5 * p(n) ** 2 * ((n - 1) * (n - 2) * f(n - 3) - 2 * (n - 2) * m * f(n - 4) + m**2 * f(n - 5))
    a3 = sum(p(2 * n - r) * f(r - 1) ** 2 for r in range(1, n))
    a4 = sum(p(2 * n - r) * p(r) * ((r - 1) * f(r - 2) - m * f(r - 3)) for r in range(2, n))
    q3 = f(n - 1) ** 3 - a1 + a2 + a3 - a4
    return float(1 - q2 * (q3 / q2) ** (windows - first_windows))


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
