"""The chance that something lasts, fitted by logistic regression and checked by tenths."""

from typing import NamedTuple

import numpy as np

from etl.methods.arrays import ArrayLike, Floats, as_floats

RIDGE = 1.0
STEPS = 30


class Tenth(NamedTuple):
    """Forecasts within one tenth of probability beside what came of them."""

    least: float
    number: int
    forecast: float
    came: float


def fit_chance(features: ArrayLike, came: ArrayLike) -> Floats:
    """Coefficients of a logistic regression, the constant first, the others drawn a little towards nought.

    Args:
        features: shape (n, k).
        came: 1 where it came true, 0 where not, shape (n,).
    """
    table = np.column_stack([np.ones(len(as_floats(came))), as_floats(features)])
    truth = as_floats(came)
    penalty = np.full(table.shape[1], RIDGE)
    penalty[0] = 0.0
    beta = np.zeros(table.shape[1])
    for _ in range(STEPS):
        chance_now = 1 / (1 + np.exp(-np.clip(table @ beta, -30, 30)))
        slope = table.T @ (truth - chance_now) - penalty * beta
        curve = (table * (chance_now * (1 - chance_now))[:, None]).T @ table + np.diag(penalty)
        move = np.linalg.solve(curve + 1e-9 * np.eye(curve.shape[0]), slope)
        beta = beta + move
        if np.abs(move).max() < 1e-8:
            break
    return beta


def least_constant(features: ArrayLike, came: ArrayLike, groups: ArrayLike, coefficients: ArrayLike) -> float:
    """The constant that makes the forecasts of the group in which least came true right on average.

    Args:
        features: shape (n, k).
        came: 1 where it came true, 0 where not.
        groups: a label for each, such as its year.
        coefficients: of `fit_chance`.
    """
    beta, truth, labels = as_floats(coefficients), as_floats(came), np.asarray(groups)
    odds = np.atleast_2d(as_floats(features)) @ beta[1:]
    return min(_constant(odds[labels == label], float(truth[labels == label].mean())) for label in np.unique(labels))


def _constant(odds: Floats, share: float) -> float:
    low, high = -20.0, 20.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if float((1 / (1 + np.exp(-(odds + middle)))).mean()) < share else (low, middle)
    return (low + high) / 2


def chance(features: ArrayLike, coefficients: ArrayLike) -> Floats:
    """The probability each row of features has by coefficients of `fit_chance`, shape (n,)."""
    table = np.atleast_2d(as_floats(features))
    beta = as_floats(coefficients)
    return np.asarray(1 / (1 + np.exp(-np.clip(beta[0] + table @ beta[1:], -30, 30))))


def tenths(forecasts: ArrayLike, came: ArrayLike) -> tuple[Tenth, ...]:
    """Each tenth of probability that has forecasts: how many, their mean, and the share that came true."""
    stated, truth = as_floats(forecasts), as_floats(came)
    place = np.minimum((stated * 10).astype(np.int64), 9)
    return tuple(
        Tenth(tenth / 10, int((place == tenth).sum()), float(stated[place == tenth].mean()), float(truth[place == tenth].mean()))
        for tenth in np.unique(place)
    )
