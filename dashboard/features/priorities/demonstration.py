"""What made-up priorities are given of real figures: their ranges, as they could have been fixed on agreement."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

import numpy as np

from dashboard.features.priorities.ranges import METHOD, fixed_range
from dashboard.figures import queries, queries_judgement, queries_sources
from dashboard.figures.judgement_records import RangeMonth
from dashboard.figures.records import MeasureSeries
from dashboard.figures.review_dates import review
from dashboard.register.record_parts import ExpectedRange
from dashboard.register.years import ends_on, starts_on
from etl.core.period import bounds, last_month, moved
from etl.core.written import month
from etl.methods.arrays import Bools, Floats
from etl.methods.expectation import MODELS, expected_range
from etl.methods.scoring import NAIVE
from etl.methods.season import season_exposure, seasonal_index

PUBLICATION_LAG = 2
"""Months between the newest month a reader had on a day in spring and that day."""
HISTORY, AHEAD = 120, 24


def given(measure_id: str, area_code: str, year: str, agreed_on: date) -> ExpectedRange:
    """The range of a made-up priority.

    A year of which no month is held takes the live release's own range. For an earlier one the range is made as it could
    have been made then: from the months before, as the live release holds them, by the live release's model.
    """
    series = queries.measure_series(measure_id, area_code)
    first, last = starts_on(year), ends_on(year)
    is_held = series.known[-1].start >= first
    months = (
        _made_before(measure_id, agreed_on).get(area_code, ())
        if is_held
        else queries_judgement.expected_range(measure_id, area_code)
    )
    fixed = fixed_range(
        measure_id,
        area_code,
        months,
        () if is_held else queries_judgement.expected_totals(measure_id, area_code),
        first=first,
        last=last,
        release_id=queries.release().name,
        editions=tuple(citation.edition for citation in queries_sources.editions(series.measure.source)),
        honest=review(measure_id, area_code, first),
        fixed_on=agreed_on,
    )
    if not (is_held and months):
        return fixed
    return fixed.model_copy(update={"method": f"{METHOD}; for this example, from the months to {month(months[0].made_at)}"})


@lru_cache(maxsize=64)
def _made_before(measure_id: str, agreed_on: date) -> Mapping[str, tuple[RangeMonth, ...]]:
    """Ranges of every borough for the two years after the newest month known on a day; none where the history is too short."""
    scored = [s for s in queries_judgement.range_scores(measure_id) if s.kind == "borough" and s.model != NAIVE]
    # As the release chooses: of the models that may be shown, the one that foretold best.
    best = min(scored, key=lambda s: (not s.is_shown, s.score95), default=None)
    is_shown = best is not None and best.is_shown
    boroughs = queries.measure_by_area(measure_id, "borough")
    made_at = moved(f"{agreed_on:%Y-%m}", -PUBLICATION_LAG)
    months = [moved(made_at, n + 1 - HISTORY) for n in range(HISTORY)]
    ahead = [moved(made_at, n + 1) for n in range(AHEAD)]
    values_by_borough = [{p.period: p.value for p in s.points} for s in boroughs]
    counts = np.array([[by_month.get(m) for m in months] for by_month in values_by_borough], dtype=np.float64)
    model = next(m for m in MODELS if m == (best.model if best else MODELS[0]))
    segment, is_usual = _segments(boroughs[0], months)
    index = seasonal_index(counts, _numbers(months), _days(months), keep=is_usual, segments=segment)
    months_to_come = expected_range(
        counts,
        season_exposure(index.index, _numbers(months), _days(months)),
        season_exposure(index.index, _numbers(ahead), _days(ahead)),
        model=model,
        draws=500,
        seed=1,
        keep=is_usual & (segment == segment[-1]),
    )
    edges = np.stack(
        [months_to_come.lower95, months_to_come.lower80, months_to_come.median, months_to_come.upper80, months_to_come.upper95],
        axis=-1,
    )
    return {
        one.area.code: tuple(
            _month(made_at, period, edge, is_shown=is_shown) for period, edge in zip(ahead, edges[row], strict=True)
        )
        for row, one in enumerate(boroughs)
        if np.isfinite(edges[row]).all()
    }


def _month(made_at: str, period: str, edge: Floats, *, is_shown: bool) -> RangeMonth:
    lower95, lower80, median, upper80, upper95 = (float(e) for e in edge)
    return RangeMonth(made_at, period, lower95, lower80, median, upper80, upper95, is_shown)


def _segments(series: MeasureSeries, months: list[str]) -> tuple[np.ndarray, Bools]:
    """(which unbroken stretch each month is in, whether it is a usual month: not left out of baselines)."""
    starts = [bounds(m, "month")[0] for m in months]
    restarts = [b.start for b in series.breaks if b.treatment == "restart"]
    left_out = [(b.start, b.end or b.start) for b in series.breaks if b.treatment == "leave_out"]
    segment = np.array([sum(day <= start for day in restarts) for start in starts])
    usual = np.array([not any(first <= start <= last for first, last in left_out) for start in starts], dtype=np.bool_)
    return segment, usual


def _numbers(months: list[str]) -> list[int]:
    return [last_month(m)[1] for m in months]


def _days(months: list[str]) -> list[int]:
    return [bounds(m, "month")[1].day for m in months]
