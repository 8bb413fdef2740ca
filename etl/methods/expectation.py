"""Expected range of the coming months from a series' own history, by simulation with a seeded generator.

Three ways to look ahead, all on counts and their exposure (season index x days, see `season.season_exposure`):
"level" (a smoothed level), "trend" (a smoothed level and a damped slope), both by exponential smoothing on the
square-root scale, and "naive" (the same month last year). A model is only worth showing where it beats "naive": see `scoring`.
"""

from typing import Literal, NamedTuple

import numpy as np

from etl.methods.arrays import ArrayLike, Bools, Floats, as_floats, nan_mean, tail
from etl.methods.autocorrelation import pearson_dispersion

Model = Literal["level", "trend", "naive"]
MODELS: tuple[Model, ...] = ("level", "trend", "naive")

# Twice the square root of a Poisson count has variance near 1 at any mean, best with 3/8 added (Anscombe 1948).
SHIFT = 3 / 8
GAINS = (0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.55, 0.7)
SLOPES: dict[Model, tuple[float, ...]] = {"level": (0.0,), "trend": (0.005, 0.01, 0.02, 0.05, 0.1)}
WARM_UP = 12
# A slope is followed ever more slowly: ten months' worth of change in all.
DAMPING = 0.9
# Below this mean the square-root scale is too coarse.
FEW = 3.0
FEW_WINDOW = 36


class ExpectedRange(NamedTuple):
    """Middle and central ranges of simulated counts; the last axis is the month ahead (absent for a total)."""

    median: Floats
    lower80: Floats
    upper80: Floats
    lower95: Floats
    upper95: Floats


def simulate_paths(
    counts: ArrayLike,
    exposure: ArrayLike,
    future_exposure: ArrayLike,
    *,
    model: Model,
    draws: int = 1_000,
    seed: int = 1,
    keep: ArrayLike | None = None,
) -> Floats:
    """Simulated counts of the months that follow, for one or many series of one measure.

    Args:
        counts: history, shape (T,) or (N, T), ending at the month before the first looked for; NaN where missing.
        exposure: what each month's count is expected to be as a multiple of a mean month, shape (T,) or (N, T).
        future_exposure: the same for the H months ahead, shape (H,) or (N, H).
        model: see the module.
        draws: simulated futures.
        seed: one seed gives one answer.
        keep: false for months to leave out of the history, shape (T,).

    Returns:
        Shape (draws, N, H), whole numbers; NaN for a series with fewer than 12 known months, or for "naive"
        fewer than 24 or no earlier year to copy.

    Raises:
        ValueError: the model is not known.
    """
    y = np.atleast_2d(as_floats(counts))
    if keep is not None:
        y = np.where(np.asarray(keep, dtype=np.bool_), y, np.nan)
    past = np.broadcast_to(as_floats(exposure), y.shape)
    future = np.atleast_2d(as_floats(future_exposure))
    future = np.broadcast_to(future, (y.shape[0], future.shape[1]))
    generator = np.random.default_rng(seed)
    if model in SLOPES:
        paths = _smoothed_paths(y, past, future, draws, generator, SLOPES[model])
    elif model == "naive":
        paths = _naive_paths(y, past, future, draws, generator)
    else:
        raise ValueError(f"no model called {model!r}; there are {MODELS}")
    known = np.isfinite(y).sum(axis=1)
    return np.where((known >= WARM_UP)[None, :, None], np.rint(paths), np.nan)


def ranges(paths: Floats) -> ExpectedRange:
    """Median, 80% and 95% range of simulated counts over the first axis."""
    if not np.isfinite(paths).all():
        known = np.isfinite(paths).all(axis=0)
        filled = np.where(known, paths, 0.0)
        return ExpectedRange(*(np.where(known, field, np.nan) for field in ranges(filled)))
    levels = [0.5, tail(0.8), 1 - tail(0.8), tail(0.95), 1 - tail(0.95)]
    return ExpectedRange(*np.quantile(paths, levels, axis=0))


def outturn(observed_so_far: ArrayLike, paths: Floats) -> ExpectedRange:
    """Range of a year's total: what is already counted plus the simulated rest.

    Args:
        observed_so_far: events counted this year, one per series, shape (N,).
        paths: simulated remaining months, shape (draws, N, H).
    """
    return ranges(as_floats(observed_so_far)[None, :] + paths.sum(axis=-1))


def expected_range(
    counts: ArrayLike,
    exposure: ArrayLike,
    future_exposure: ArrayLike,
    *,
    model: Model,
    draws: int = 1_000,
    seed: int = 1,
    keep: ArrayLike | None = None,
) -> ExpectedRange:
    """`ranges` of `simulate_paths`: each field has shape (N, H)."""
    return ranges(simulate_paths(counts, exposure, future_exposure, model=model, draws=draws, seed=seed, keep=keep))


# ── Smoothed level, with or without a slope ─────────────────────────────────────────────────────────────


def _smoothed_paths(
    y: Floats, past: Floats, future: Floats, draws: int, generator: np.random.Generator, slopes: tuple[float, ...]
) -> Floats:
    fit = _smooth(2 * np.sqrt(y / past + SHIFT), slopes)
    # Errors are drawn from all series alike, so that months noisier than normal keep their shape.
    pool = (fit.errors / fit.spread[:, None])[np.isfinite(fit.errors)]
    if pool.size < WARM_UP:
        pool = generator.standard_normal(draws)
    pool = (pool - pool.mean()) / (pool.std() or 1.0)
    level = np.broadcast_to(fit.level, (draws, y.shape[0])).copy()
    slope = np.broadcast_to(fit.slope, (draws, y.shape[0])).copy()
    paths = np.empty((draws, *future.shape))
    for month in range(future.shape[1]):
        noise = generator.choice(pool, (draws, y.shape[0])) * fit.spread
        slope = slope * DAMPING
        paths[:, :, month] = np.maximum(level + slope + noise, 0.0) ** 2 / 4 - SHIFT
        level = np.maximum(level + slope + fit.gain * noise, 0.0)
        slope = slope + fit.slope_gain * noise
    paths = np.maximum(paths, 0.0) * future
    few = nan_mean(y) < FEW
    if few.any():
        paths[:, few] = _few_paths(y[few], past[few], future[few], draws, generator)
    return paths


class _Smoothed(NamedTuple):
    """Where the smoothing of N series ends, on the square-root scale; errors are one step ahead, (N, T)."""

    level: Floats
    slope: Floats
    errors: Floats
    spread: Floats
    gain: float
    slope_gain: float


def _smooth(scaled: Floats, slopes: tuple[float, ...]) -> _Smoothed:
    """Damped exponential smoothing with the gains that suit all the series of a measure best."""
    gain, slope_gain = (grid.reshape(-1, 1) for grid in np.meshgrid(GAINS, slopes))
    seen = np.isfinite(scaled)
    first = nan_mean(np.where(np.cumsum(seen, axis=1) <= WARM_UP, scaled, np.nan))
    level = np.broadcast_to(np.where(np.isfinite(first), first, 0.0), (gain.size, scaled.shape[0])).copy()
    slope = np.zeros_like(level)
    errors = np.full((gain.size, *scaled.shape), np.nan)
    for month in range(scaled.shape[1]):
        here = seen[:, month]
        slope = slope * DAMPING
        error = np.where(here, scaled[:, month] - level - slope, 0.0)
        errors[:, here, month] = error[:, here]
        level = level + slope + gain * error
        slope = slope + slope_gain * error
    late = np.where(np.cumsum(seen, axis=1) > WARM_UP, errors, np.nan)
    variance = nan_mean(late**2)
    known = np.where(np.isfinite(variance), np.maximum(variance, 1e-9), 1.0)
    best = int(np.argmin(np.log(known).sum(axis=1)))
    # No series is steadier than Poisson: on this scale that is a variance of 1.
    spread = np.sqrt(np.maximum(known[best], 1.0))
    return _Smoothed(level[best], slope[best], late[best], spread, float(gain[best, 0]), float(slope_gain[best, 0]))


def _few_paths(y: Floats, past: Floats, future: Floats, draws: int, generator: np.random.Generator) -> Floats:
    """Rare events: a level as uncertain as its recent count, negative binomial about it."""
    recent = slice(max(0, y.shape[1] - FEW_WINDOW), None)
    seen = np.isfinite(y[:, recent])
    total = np.where(seen, y[:, recent], 0.0).sum(axis=1)
    size = np.where(seen, past[:, recent], 0.0).sum(axis=1)
    expected = (total / np.maximum(size, 1e-9))[:, None] * past[:, recent]
    spread = pearson_dispersion(y[:, recent], expected)
    dispersion = np.where(np.isfinite(spread), np.maximum(spread, 1.0), 1.0)
    level = generator.gamma((total + 0.5) / dispersion, size=(draws, y.shape[0])) * dispersion / np.maximum(size, 1e-9)
    mean = np.maximum(level[:, :, None] * future, 1e-12)
    excess = np.maximum(dispersion - 1, 1e-6)[:, None]
    return as_floats(generator.poisson(generator.gamma(mean / excess) * excess))


# ── Same month last year ────────────────────────────────────────────────────────────────────────────────


def _naive_paths(y: Floats, past: Floats, future: Floats, draws: int, generator: np.random.Generator) -> Floats:
    length, horizon = y.shape[1], future.shape[1]
    scaled = 2 * np.sqrt(y + SHIFT)
    spread = (
        np.sqrt(np.maximum(nan_mean((scaled[:, 12:] - scaled[:, :-12]) ** 2), 1.0))
        if length > 12
        else np.full(y.shape[0], np.nan)
    )
    paths = np.full((draws, *future.shape), np.nan)
    for month in range(horizon):
        centre, years = _same_month_before(scaled, length + month)
        noise = generator.standard_normal((draws, y.shape[0])) * spread * np.sqrt(years)
        paths[:, :, month] = np.maximum(np.maximum(centre + noise, 0.0) ** 2 / 4 - SHIFT, 0.0)
    return paths


def _same_month_before(scaled: Floats, position: int) -> tuple[Floats, Floats]:
    """The newest known value of the same month of the year, and how many years back it lies."""
    centre, years = np.full(scaled.shape[0], np.nan), np.full(scaled.shape[0], np.nan)
    for back in range(position - 12, -1, -12):
        if back >= scaled.shape[1]:
            continue
        is_newest: Bools = np.isnan(centre) & np.isfinite(scaled[:, back])
        centre[is_newest], years[is_newest] = scaled[is_newest, back], (position - back) / 12
    return centre, years
