"""What a sample survey can show: effective size, intervals, changes between years, gaps, smallest visible change."""

from typing import NamedTuple

import numpy as np

from etl.methods import checks, special
from etl.methods.arrays import ArrayLike, Floats, as_floats, normal_quantile, tail


class SurveyEstimate(NamedTuple):
    """A share or a difference of shares (0 to 1) with its standard error and limits."""

    value: Floats
    standard_error: Floats
    lower: Floats
    upper: Floats


def effective_size(interviews: ArrayLike, design_effect: ArrayLike = 1.0) -> Floats:
    """Interviews a simple random sample would need for the same precision: n / design effect.

    Raises:
        ValueError: a number of interviews or a design effect is not above zero.
    """
    return np.asarray(checks.sizes(interviews, "interviews") / checks.sizes(design_effect, "a design effect"))


def design_effect(weights: ArrayLike) -> float:
    """Kish's design effect of unequal weights: n sum(w^2) / (sum w)^2, 1 when they are equal.

    Source:
        Kish (1965), Survey Sampling. It leaves out clustering, which only the survey's owner can state.
    """
    w = checks.counts(weights, "weights")
    if not w.sum() > 0:
        raise ValueError("weights must be known and not all nil")
    return float(w.size * (w**2).sum() / w.sum() ** 2)


def share_variance(share: ArrayLike, interviews: ArrayLike, design_effect: ArrayLike = 1.0) -> Floats:
    """Sampling variance of a share: p (1 - p) / effective size."""
    p = as_floats(share)
    if ((p < 0) | (p > 1)).any():
        raise ValueError("a share must lie between 0 and 1")
    return np.asarray(p * (1 - p) / effective_size(interviews, design_effect))


def share_interval(
    share: ArrayLike, interviews: ArrayLike, *, design_effect: ArrayLike = 1.0, level: float = 0.95
) -> SurveyEstimate:
    """A surveyed share with Wilson limits at its effective size.

    Args:
        share: 0 to 1, NaN where missing.
        interviews: people asked.
        design_effect: at least 1 for weighted or clustered samples.
        level: two-sided.
    """
    p, n, z = as_floats(share), effective_size(interviews, design_effect), normal_quantile(level)
    error = np.sqrt(share_variance(p, interviews, design_effect))
    middle, half = p + z**2 / (2 * n), z * np.sqrt(p * (1 - p) / n + z**2 / (4 * n**2))
    whole = 1 + z**2 / n
    return SurveyEstimate(p, error, np.clip((middle - half) / whole, 0.0, p), np.clip((middle + half) / whole, p, 1.0))


def change_interval(
    share: ArrayLike,
    interviews: ArrayLike,
    share_before: ArrayLike,
    interviews_before: ArrayLike,
    *,
    design_effect: ArrayLike = 1.0,
    level: float = 0.95,
    shared_interviews: float = 0.0,
) -> SurveyEstimate:
    """Change in a share between two separate samples, with limits from both variances.

    Args:
        share: of the later sample.
        interviews: people asked in it.
        share_before: of the earlier sample.
        interviews_before: people asked in that.
        design_effect: of both.
        level: two-sided.
        shared_interviews: share of interviews the two figures have in common; must be nil.

    Raises:
        ValueError: the figures share interviews, as rolling years a quarter apart do.
    """
    if shared_interviews:
        raise ValueError("the two figures share interviews: compare separate years")
    now, before = as_floats(share), as_floats(share_before)
    variance = share_variance(now, interviews, design_effect) + share_variance(before, interviews_before, design_effect)
    error = np.sqrt(variance)
    half = normal_quantile(level) * error
    return SurveyEstimate(now - before, error, now - before - half, now - before + half)


def gap_interval(
    share: ArrayLike,
    interviews: ArrayLike,
    other: ArrayLike,
    other_interviews: ArrayLike,
    *,
    design_effect: ArrayLike = 1.0,
    level: float = 0.95,
) -> SurveyEstimate:
    """Gap between two groups asked separately (two boroughs, men and women), with limits from both variances."""
    return change_interval(share, interviews, other, other_interviews, design_effect=design_effect, level=level)


def margin(share: ArrayLike, interviews: ArrayLike, *, design_effect: ArrayLike = 1.0, level: float = 0.95) -> Floats:
    """Half the width of the simple interval: 0.048 for 62% of 400 interviews at 95%."""
    return np.asarray(normal_quantile(level) * np.sqrt(share_variance(share, interviews, design_effect)))


def smallest_visible_change(
    share: ArrayLike,
    interviews: ArrayLike,
    interviews_before: ArrayLike | None = None,
    *,
    design_effect: ArrayLike = 1.0,
    level: float = 0.95,
    power: float | None = None,
) -> Floats:
    """The change between two separate samples that must be passed to be called one: 0.067 for 62% of 400 twice.

    Args:
        share: about what level the share lies, 0 to 1.
        interviews: people asked in the later sample.
        interviews_before: people asked in the earlier; as many if not given.
        design_effect: of both.
        level: two-sided.
        power: where given, the true change that would be called one with this probability (0.8: 1.4 times).
    """
    earlier = interviews if interviews_before is None else interviews_before
    variance = share_variance(share, interviews, design_effect) + share_variance(share, earlier, design_effect)
    reach = normal_quantile(level) + (0.0 if power is None else float(special.ndtri(power)))
    return np.asarray(reach * np.sqrt(variance))


def change_p_value(change: SurveyEstimate) -> Floats:
    """Two-sided p of no change (normal), for lists that control false discoveries."""
    gap, error = np.abs(as_floats(change.value)), as_floats(change.standard_error)
    # Two shares of nil, or of all, have no spread: alike they say nothing, unalike everything.
    sure = np.where(gap > 0, np.inf, 0.0)
    return np.asarray(2 * special.ndtr(-np.divide(gap, error, out=np.where(np.isfinite(gap), sure, np.nan), where=error != 0)))


def interviews_needed(share: float, visible_change: float, *, design_effect: float = 1.0, level: float = 0.95) -> int:
    """Interviews in each of two samples for a change of this size to be visible, rounded up."""
    if not 0 <= share <= 1 or not 0 < visible_change <= 1:
        raise ValueError("a share lies between 0 and 1, and so does the change to be seen: 0.05 for five points")
    z = float(special.ndtri(1 - tail(level)))
    return int(np.ceil(2 * share * (1 - share) * design_effect * (z / visible_change) ** 2))
