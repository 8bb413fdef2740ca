"""Expected range of the coming months from a series' own history, by simulation with a seeded generator.

Three ways to look ahead, all on counts and their exposure (season index x days, see `season.season_exposure`):
"level" (a smoothed local level, square-root scale), "trend" (quasi-Poisson level and damped line) and "naive"
(the same month last year). A model is only worth showing where it beats "naive": see `scoring`.
"""

from typing import Literal, NamedTuple

import numpy as np

from etl.methods.arrays import ArrayLike, Bools, Floats, as_floats, nan_mean, tail
from etl.methods.glm import fit_quasi_poisson

Model = Literal["level", "trend", "naive"]
MODELS: tuple[Model, ...] = ("level", "trend", "naive")

# Twice the square root of a Poisson count has variance near 1 at any mean, best with 3/8 added (Anscombe 1948).
SHIFT = 3 / 8
SMOOTHING = (0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.55, 0.7)
WARM_UP = 12
TREND_WINDOW = 36
# A line is followed for a year's worth of change in all, ever more slowly.
DAMPING = 0.92


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
    if model == "level":
        paths = _level_paths(y, past, future, draws, generator)
    elif model == "trend":
        paths = _trend_paths(y, past, future, draws, generator)
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


# ── Local level ─────────────────────────────────────────────────────────────────────────────────────────


def _level_paths(y: Floats, past: Floats, future: Floats, draws: int, generator: np.random.Generator) -> Floats:
    scaled = 2 * np.sqrt(y / past + SHIFT)
    level, error, spread, smoothing = _smooth(scaled)
    # Months noisier than the level model allows keep their own shape: errors are drawn from all series alike.
    pool = (error / spread[:, None])[np.isfinite(error) & (spread > 0)[:, None]]
    if pool.size < WARM_UP:
        pool = generator.standard_normal(draws)
    pool = (pool - pool.mean()) / (pool.std() or 1.0)
    state = np.broadcast_to(level, (draws, y.shape[0])).copy()
    paths = np.empty((draws, *future.shape))
    for month in range(future.shape[1]):
        noise = generator.choice(pool, (draws, y.shape[0])) * spread
        paths[:, :, month] = np.maximum(state + noise, 0.0) ** 2 / 4 - SHIFT
        state = np.maximum(state + smoothing * noise, 0.0)
    return np.maximum(paths, 0.0) * future


def _smooth(scaled: Floats) -> tuple[Floats, Floats, Floats, float]:
    """Last level, one-step errors and their spread, under the smoothing that suits all the series best."""
    gains = np.array(SMOOTHING)[:, None]
    seen = np.isfinite(scaled)
    first = nan_mean(np.where(np.cumsum(seen, axis=1) <= WARM_UP, scaled, np.nan))
    state = np.broadcast_to(np.where(np.isfinite(first), first, 0.0), (gains.size, scaled.shape[0])).copy()
    errors = np.full((gains.size, *scaled.shape), np.nan)
    for month in range(scaled.shape[1]):
        here = seen[:, month]
        error = np.where(here, scaled[:, month] - state, 0.0)
        errors[:, here, month] = error[:, here]
        state = state + gains * error
    late = np.where(np.cumsum(seen, axis=1) > WARM_UP, errors, np.nan)
    variance = nan_mean(late**2)
    # No series is steadier than Poisson: on this scale that is a variance of 1.
    floor = np.where(np.isfinite(variance), np.maximum(variance, 1e-9), 1.0)
    best = int(np.argmin(np.log(floor).sum(axis=1)))
    return state[best], late[best], np.sqrt(np.maximum(floor[best], 1.0)), float(gains[best, 0])


# ── Quasi-Poisson line ──────────────────────────────────────────────────────────────────────────────────


def _trend_paths(y: Floats, past: Floats, future: Floats, draws: int, generator: np.random.Generator) -> Floats:
    start = max(0, y.shape[1] - TREND_WINDOW)
    recent = y[:, start:]
    time = np.arange(recent.shape[1], dtype=np.float64) - (recent.shape[1] - 1)
    design = np.column_stack([np.ones(time.size), time / 12])
    fit = fit_quasi_poisson(recent, design, past[:, start:])
    ahead = np.cumsum(DAMPING ** np.arange(1, future.shape[1] + 1)) / 12
    root = np.linalg.cholesky(fit.covariance + 1e-12 * np.eye(2))
    beta = fit.coefficients + np.einsum("nkl,dnl->dnk", root, generator.standard_normal((draws, y.shape[0], 2)))
    mean = np.exp(np.clip(beta[..., :1] + beta[..., 1:] * ahead, -30, 30)) * future
    return _overdispersed(mean, fit.dispersion[:, None], generator)


def _overdispersed(mean: Floats, dispersion: Floats, generator: np.random.Generator) -> Floats:
    """Negative binomial counts with variance dispersion x mean; Poisson where dispersion is 1."""
    excess = np.maximum(dispersion - 1, 1e-6)
    drawn = generator.poisson(np.minimum(generator.gamma(np.maximum(mean, 1e-12) / excess) * excess, 1e15))
    return drawn.astype(np.float64)


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
        found: Bools = np.isnan(centre) & np.isfinite(scaled[:, back])
        centre[found], years[found] = scaled[found, back], (position - back) / 12
    return centre, years
