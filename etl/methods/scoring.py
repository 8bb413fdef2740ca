"""Was an expected range any good? Coverage, interval score, and a replay of history against the naive range."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from etl.methods.arrays import ArrayLike, Floats, Labels, as_floats, tail
from etl.methods.expectation import MODELS, ExpectedRange, Model, expected_range
from etl.methods.season import season_exposure, seasonal_index

NAIVE = "naive"
"""The name, among models, of the range every other is scored against: the same month last year."""


class RangeScore(NamedTuple):
    """How a model's ranges fared on months they had not seen.

    `score95` and `score80` are mean interval scores, each divided by the root of the series' mean so that areas
    of all sizes count; lower is better. `months` is how many held-back months were scored.
    """

    coverage80: float
    coverage95: float
    score80: float
    score95: float
    months: int


def interval_score(lower: ArrayLike, upper: ArrayLike, actual: ArrayLike, level: float) -> Floats:
    """Width of a range plus 2/alpha times how far what happened lay outside it; lower is better.

    Source:
        Gneiting & Raftery (2007), JASA 102.
    """
    low, high, seen = as_floats(lower), as_floats(upper), as_floats(actual)
    miss = np.maximum(low - seen, 0.0) + np.maximum(seen - high, 0.0)
    return np.asarray(high - low + miss / tail(level))


def coverage(lower: ArrayLike, upper: ArrayLike, actual: ArrayLike) -> float:
    """Share of known outcomes on or within their limits; NaN without any."""
    low, high, seen = as_floats(lower), as_floats(upper), as_floats(actual)
    known = np.isfinite(low + high + seen)
    return float(((seen >= low) & (seen <= high))[known].mean()) if known.any() else float("nan")


def score_ranges(expected: ExpectedRange, actual: ArrayLike) -> RangeScore:
    """Coverage and scaled interval scores of ranges against what happened, over all months known to both."""
    seen = as_floats(actual)
    known = np.isfinite(seen + expected.lower95 + expected.upper95)
    nan = float("nan")
    if not known.any():
        return RangeScore(nan, nan, nan, nan, 0)
    scale = np.broadcast_to(np.sqrt(_row_means(seen, known)), seen.shape)
    scores = [
        float((interval_score(low, high, seen, level) / scale)[known].mean())
        for low, high, level in ((expected.lower80, expected.upper80, 0.8), (expected.lower95, expected.upper95, 0.95))
    ]
    return RangeScore(
        coverage(expected.lower80, expected.upper80, seen),
        coverage(expected.lower95, expected.upper95, seen),
        scores[0],
        scores[1],
        int(known.sum()),
    )


def _row_means(actual: Floats, known: np.ndarray) -> Floats:
    total = np.where(known, actual, 0.0).sum(axis=-1, keepdims=True)
    return np.asarray(np.maximum(total / np.maximum(known.sum(axis=-1, keepdims=True), 1), 0.5))


def replay(
    counts: ArrayLike,
    months: ArrayLike,
    days: ArrayLike,
    *,
    origins: Sequence[int],
    horizon: int = 12,
    keep: ArrayLike | None = None,
    segments: Labels | None = None,
    models: Sequence[Model] = MODELS,
    draws: int = 500,
    seed: int = 1,
) -> dict[Model, RangeScore]:
    """Each model's score on real months held back: at every origin only earlier months are used, season included.

    Args:
        counts: shape (N, T), areas of one measure; NaN where missing.
        months: month of the year of each period, shape (T,).
        days: calendar days of each period, shape (T,).
        origins: positions of the first month held back, at least 24.
        horizon: months ahead to score, fewer at the end of the record.
        keep: false for months that must not enter history; they are not scored either.
        segments: label per period, for the season's level.
        models: which to score.
        draws: simulated futures.
        seed: of the simulation.

    Returns:
        One score a model, over all origins and areas.
    """
    table = np.atleast_2d(as_floats(counts))
    month, day = np.asarray(months, dtype=np.int64), as_floats(days)
    kept = np.ones(table.shape[1], dtype=np.bool_) if keep is None else np.asarray(keep, dtype=np.bool_)
    gathered: dict[Model, list[tuple[ExpectedRange, Floats]]] = {model: [] for model in models}
    for origin in origins:
        past, ahead = slice(0, origin), slice(origin, min(origin + horizon, table.shape[1]))
        labels = None if segments is None else np.asarray(segments)[past]
        index = seasonal_index(table[:, past], month[past], day[past], keep=kept[past], segments=labels).index
        exposure = season_exposure(index, month, day)
        actual = np.where(kept[ahead], table[:, ahead], np.nan)
        for model in models:
            expected = expected_range(
                table[:, past], exposure[past], exposure[ahead], model=model, draws=draws, seed=seed, keep=kept[past]
            )
            gathered[model].append((expected, actual))
    return {model: _joined(parts) for model, parts in gathered.items()}


def _joined(parts: list[tuple[ExpectedRange, Floats]]) -> RangeScore:
    joined = ExpectedRange(*(np.concatenate(fields, axis=1) for fields in zip(*(part[0] for part in parts), strict=True)))
    return score_ranges(joined, np.concatenate([part[1] for part in parts], axis=1))


def beats_naive(scores: dict[Model, RangeScore], model: Model) -> bool:
    """Whether a model's 95% ranges score better than "naive" on the same held-back months.

    Raises:
        KeyError: either was not scored.
    """
    return scores[model].score95 < scores["naive"].score95
