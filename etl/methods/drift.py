"""How counts move when nothing has changed: chance, a slow wander of the rate, and how long that wander is remembered.

The model is a Poisson count whose rate is a level times a multiplier that wanders about 1 with variance `excess` and correlation
`memory` from month to month. A slow wander is what makes crime series look changed when they are not: the mean of nine months
that share one good spell strays much further than nine independent months would. Both numbers are read off the residuals of
the series about a season and a bending line, by moments. A line that bends every year swallows part of the wander, so the
moments are set against what residuals of such a fit would show for each memory, not against what the wander itself would.
"""

from functools import lru_cache
from typing import NamedTuple

import numpy as np

from etl.methods.arrays import ArrayLike, Bools, Floats, as_floats
from etl.methods.moderated import steadied

MEMORIES: Floats = np.linspace(0.0, 0.9, 19)
"""Memories tried. Beyond 0.9 a wander cannot be told from a change at all."""
LAGS = 3
MONTHS_A_BEND = 12
LEAST_MONTHS = 24
LEAST_FIT = 0.2
"""A fitted rate below this share of the mean is held there, so that one bad bend cannot blow a residual up."""
FEW_SERIES = 3
MARGIN = 2.0
"""What is added to the memory of fewer series than that, over the root of the months used: about its standard error. Many areas
settle it between them; a lone series without it and LONE_FREEDOM raised three false alarms in a hundred for one promised."""
LONE_FREEDOM = 1 / 3
"""Share of its degrees of freedom a lone series keeps: the other part goes on not knowing its memory."""
LEAST_DIVIDED = 10.0
"""Series of a smaller mean have their residuals taken as shares of that mean, not of the line."""
LEAST_MEAN = 1.0
"""Areas with fewer events a month say nothing of how areas differ in wander."""


class Drift(NamedTuple):
    """How N series of one kind wander.

    `excess` is the variance of the slow multiplier pooled over them, `memory` its correlation from one month to the next,
    `own` the excess of each series steadied by the others, `freedom` the degrees of freedom behind each, shape (N,).
    """

    excess: float
    memory: float
    own: Floats
    freedom: Floats


class Residuals(NamedTuple):
    """Residuals of N series as shares of the rate fitted, shape (N, K), at the K positions in `place`.

    `mean` is each series' mean month, `chance` the variance of its residuals were they Poisson alone.
    """

    place: np.ndarray
    mean: Floats
    residual: Floats
    chance: Floats


class _Ruler(NamedTuple):
    """What residuals of a bending line show, for months at these places: by chance, and by each memory."""

    smoother: Floats
    chance: Floats
    wander: Floats


def correlation(months: int, memory: float) -> Floats:
    """Correlation of the wander between each two of so many months, shape (months, months)."""
    place = np.arange(months, dtype=np.float64)
    return np.asarray(memory ** np.abs(place[:, None] - place[None, :]))


def fit_drift(
    counts: ArrayLike, exposure: ArrayLike, keep: ArrayLike, steps: tuple[int, ...] = (), *, margin: float = MARGIN
) -> Drift:
    """The wander of series that belong together: the areas of one kind, one measure.

    Args:
        counts: shape (N, T); a month that any series lacks is left out.
        exposure: what each month is expected to be as a multiple of a mean month (season, days), shape (T,).
        keep: months that may be used (before what is judged, outside Covid), shape (T,).
        steps: positions where the level may step: breaks in the series.
        margin: added, over the root of the months used, to the memory of fewer than three series.

    Returns:
        No wander where fewer than two years of months are left, or where the series scatter no more than chance.

    Source:
        Moments of residuals under a linear smoother; areas steadied as in Smyth (2004), see `moderated`.
    """
    pooled = residuals(counts, exposure, keep, steps)
    number = np.atleast_2d(as_floats(counts)).shape[0]
    if pooled is None:
        months = int(np.asarray(keep, dtype=np.bool_).sum())
        return Drift(0.0, 0.0, np.zeros(number), np.full(number, max(months - 1.0, 1.0)))
    mean, residual, chance, place = pooled.mean, pooled.residual, pooled.chance, pooled.place
    known = mean > 0
    ruler = _ruler(tuple(place.tolist()), _inside(steps, place))
    seen = _products(residual, place)
    excess, memory = _solve(seen, chance, known, ruler)
    is_lone = int(known.sum()) < FEW_SERIES
    if is_lone and excess > 0:
        memory = min(memory + margin / float(np.sqrt(place.size)), float(MEMORIES[-1]))
        excess = _excess(seen, chance, known, ruler, memory, excess)
    own, freedom = _each(seen[:, 0], chance, known & (mean >= LEAST_MEAN), place, ruler, excess, memory)
    return Drift(excess, memory, np.where(known, own, excess), freedom * (LONE_FREEDOM if is_lone else 1.0))


def residuals(counts: ArrayLike, exposure: ArrayLike, keep: ArrayLike, steps: tuple[int, ...] = ()) -> Residuals | None:
    """What is left of each series about its season and a line that bends every year; None below two years or without events.

    Args:
        counts: shape (N, T); a month that any series lacks is left out.
        exposure: what each month is expected to be as a multiple of a mean month, shape (T,).
        keep: months that may be used, shape (T,).
        steps: positions where the level may step.
    """
    y, size = np.atleast_2d(as_floats(counts)), as_floats(exposure)
    used: Bools = np.asarray(keep, dtype=np.bool_) & np.isfinite(y).all(axis=0) & (size > 0)
    place = np.flatnonzero(used)
    if place.size < LEAST_MONTHS or not (y[:, used] > 0).any():
        return None
    ruler = _ruler(tuple(place.tolist()), _inside(steps, place))
    rate = y[:, used] / size[used]
    mean = rate.mean(axis=1)
    known = mean > 0
    scale = np.where(known, mean, 1.0)[:, None]
    relative = np.where(known[:, None], rate / scale, 1.0)
    line = relative @ ruler.smoother.T
    # A line fitted to a handful of events is too uncertain to divide by.
    fitted = np.where(mean[:, None] >= LEAST_DIVIDED, np.maximum(line, LEAST_FIT), 1.0)
    chance = np.where(known, (np.maximum(line, LEAST_FIT) / (scale * size[used] * fitted**2)).mean(axis=1), 1.0)
    return Residuals(place, mean, (relative - line) / fitted, chance)


def _inside(steps: tuple[int, ...], place: np.ndarray) -> tuple[int, ...]:
    return tuple(s for s in steps if place[0] < s <= place[-1])


def _solve(seen: Floats, chance: Floats, known: Bools, ruler: _Ruler) -> tuple[float, float]:
    """(excess, memory) whose expected residual products match those seen, large areas counting for more."""
    excess, memory = 0.01, 0.3
    expected = ruler.wander[:, 1:].sum(axis=1) / ruler.wander[:, 0]
    for _ in range(4):
        weight = np.where(known, 1 / (chance + excess) ** 2, 0.0)
        beyond = (weight[:, None] * (seen - chance[:, None] * ruler.chance)).sum(axis=0)
        if beyond[0] <= 0:
            return 0.0, 0.0
        memory = float(np.interp(beyond[1:].sum() / beyond[0], expected, MEMORIES))
        excess = float(beyond[0] / (weight.sum() * np.interp(memory, MEMORIES, ruler.wander[:, 0])))
    return excess, memory


def _excess(seen: Floats, chance: Floats, known: Bools, ruler: _Ruler, memory: float, about: float) -> float:
    """The excess that fits once the memory is given."""
    weight = np.where(known, 1 / (chance + about) ** 2, 0.0)
    beyond = float((weight * (seen[:, 0] - chance * ruler.chance[0])).sum())
    return max(0.0, beyond / float(weight.sum() * np.interp(memory, MEMORIES, ruler.wander[:, 0])))


def _each(
    square: Floats, chance: Floats, lends: Bools, place: np.ndarray, ruler: _Ruler, excess: float, memory: float
) -> tuple[Floats, Floats]:
    """(excess of each series drawn towards that of all, degrees of freedom it then rests on)."""
    left = np.eye(place.size) - ruler.smoother
    apart = np.abs(place[:, None] - place[None, :])
    wander, noise = left @ memory**apart @ left.T, left @ left.T
    usual = chance * noise.trace() + excess * wander.trace()
    spread = (
        chance**2 * (noise * noise).sum() + 2 * chance * excess * (noise * wander).sum() + excess**2 * (wander * wander).sum()
    )
    freedom = usual**2 / spread
    ratio, total = steadied(square / usual, freedom, lends)
    own = np.maximum((ratio * usual - chance * noise.trace()) / wander.trace(), 0.0)
    return own, total


def _products(residual: Floats, place: np.ndarray) -> Floats:
    """Sums of products of residuals 0 to LAGS months apart, shape (N, LAGS + 1)."""
    apart = place[None, :] - place[:, None]
    return np.stack([((residual @ (apart == lag)) * residual).sum(axis=1) for lag in range(LAGS + 1)], axis=-1)


@lru_cache(maxsize=512)
def _ruler(place: tuple[int, ...], steps: tuple[int, ...]) -> _Ruler:
    time = np.array(place, dtype=np.float64)
    bends = np.arange(time[0] + MONTHS_A_BEND, time[-1] - MONTHS_A_BEND + 1, MONTHS_A_BEND)
    line = (time - time.mean()) / MONTHS_A_BEND
    columns = [
        np.ones(time.size),
        line,
        *(np.maximum(time - b, 0.0) / MONTHS_A_BEND for b in bends),
        *((time >= s) * 1.0 for s in steps),
    ]
    design = np.column_stack(columns)
    smoother = design @ np.linalg.pinv(design)
    left = np.eye(time.size) - smoother
    apart = time[None, :] - time[:, None]
    distance = np.abs(apart).astype(np.int64)
    powers = MEMORIES[:, None] ** np.arange(int(distance.max()) + 1)
    chance, wander = np.empty(LAGS + 1), np.empty((MEMORIES.size, LAGS + 1))
    for lag in range(LAGS + 1):
        # Residuals are left @ series: a product of two is a sum over pairs of months, and only how far apart they lie counts.
        pairs = left.T @ ((apart == lag) @ left)
        by_distance = np.bincount(distance.ravel(), weights=pairs.ravel())
        chance[lag] = by_distance[0]
        wander[:, lag] = powers @ by_distance
    return _Ruler(smoother, chance, wander)
