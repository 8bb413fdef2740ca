"""Quasi-Poisson regression of one or many series on one design, by iteratively reweighted least squares."""

from dataclasses import dataclass

import numpy as np

from etl.methods.arrays import ArrayLike, Floats, as_floats

STEPS = 60
TOLERANCE = 1e-9
# Keeps exp() finite while the first steps settle.
LARGEST_LOG = 30.0


@dataclass(frozen=True)
class QuasiPoisson:
    """Fits of N series on one design of K columns.

    Attributes:
        coefficients: log-scale, shape (N, K).
        covariance: shape (N, K, K), already times the dispersion.
        fitted: expected counts at every row of the design, shape (N, T), also where the count was missing.
        dispersion: Pearson chi-squared over degrees of freedom, at least 1, shape (N,).
        freedom: rows used less columns the data can tell apart, shape (N,).
    """

    coefficients: Floats
    covariance: Floats
    fitted: Floats
    dispersion: Floats
    freedom: Floats


def fit_quasi_poisson(counts: ArrayLike, design: ArrayLike, exposure: ArrayLike = 1.0) -> QuasiPoisson:
    """Log-linear fit of counts with variance proportional to the mean.

    Args:
        counts: shape (T,) or (N, T); NaN rows are left out of the fit but still predicted.
        design: shape (T, K) shared by all series.
        exposure: what the mean is proportional to besides the design, shape broadcast to the counts.

    Returns:
        Dispersion is never put below 1: an unusually smooth series gets no narrower limits for it.

    Raises:
        ValueError: a count is negative or an exposure is not above zero.

    Source:
        McCullagh & Nelder (1989), Generalized Linear Models.
    """
    y = np.atleast_2d(as_floats(counts))
    x = as_floats(design)
    size = np.broadcast_to(as_floats(exposure), y.shape)
    seen = np.isfinite(y)
    if (y[seen] < 0).any() or (size[np.isfinite(size)] <= 0).any():
        raise ValueError("counts must not be negative and exposures must be above zero")
    seen = seen & np.isfinite(size)
    known = np.where(seen, y, 0.0)
    offset = np.log(np.where(seen | np.isfinite(size), size, 1.0))
    level = np.log((known.sum(axis=1) + 0.1) / np.where(seen, size, 0.0).sum(axis=1).clip(1e-12))
    beta = np.linalg.lstsq(x, np.ones(x.shape[0]), rcond=None)[0][None, :] * level[:, None]
    mu = np.exp(np.clip(beta @ x.T, -LARGEST_LOG, LARGEST_LOG) + offset)
    # One row per pair of columns: the weighted cross-products of all series are then one matrix product.
    columns = x.shape[1]
    pairs = (x[:, :, None] * x[:, None, :]).reshape(x.shape[0], columns**2)
    inverse: Floats = np.zeros((y.shape[0], columns, columns))
    for _ in range(STEPS):
        weight = np.where(seen, mu, 0.0)
        # Working response less offset; rows that are missing carry no weight.
        working = np.log(mu) - offset + np.where(seen, (known - mu) / mu, 0.0)
        inverse = as_floats(np.linalg.pinv((weight @ pairs).reshape(-1, columns, columns), hermitian=True))
        beta = np.einsum("nkl,nl->nk", inverse, (weight * working) @ x)
        new = np.exp(np.clip(beta @ x.T, -LARGEST_LOG, LARGEST_LOG) + offset)
        # Watched in the fitted counts: columns that cannot be told apart leave the coefficients free to wander.
        moved = float(np.max(np.abs(new / mu - 1)[seen], initial=0.0))
        mu = new
        if moved < TOLERANCE:
            break
    score = np.where(seen, (known - mu) ** 2 / mu, 0.0).sum(axis=1)
    freedom = seen.sum(axis=1) - np.linalg.matrix_rank(x)
    dispersion = np.maximum(np.divide(score, freedom, out=np.ones(y.shape[0]), where=freedom > 0), 1.0)
    return QuasiPoisson(beta, inverse * dispersion[:, None, None], mu, dispersion, freedom.astype(np.float64))


def fourier(phase: ArrayLike, harmonics: int) -> Floats:
    """Sine and cosine columns of a yearly phase (0 to 1), shape (T, 2 x harmonics)."""
    angle = 2 * np.pi * np.outer(as_floats(phase), np.arange(1, harmonics + 1))
    return np.concatenate([np.sin(angle), np.cos(angle)], axis=1)


def month_contrasts(months: ArrayLike) -> Floats:
    """Eleven columns for twelve months (1 to 12) whose effects sum to nil, shape (T, 11)."""
    number = np.asarray(months, dtype=np.int64)
    if ((number < 1) | (number > 12)).any():
        raise ValueError("months are numbered 1 to 12")
    columns = np.eye(12)[number - 1]
    return columns[:, :11] - columns[:, 11:]
