"""What made-up priorities are given of real figures: their ranges, as they could have been fixed on agreement."""

from datetime import date

from dashboard.features.priorities.ranges import METHOD, fixed_range
from dashboard.figures import queries, queries_judgement, queries_sources
from dashboard.figures.judgement_records import RangeMonth
from dashboard.figures.review_dates import review
from dashboard.register.record_parts import ExpectedRange
from dashboard.register.years import ends_on, starts_on
from etl.core.period import MONTHS_OF_A_YEAR, moved
from etl.core.written import month


def given(measure_id: str, area_code: str, year: str, agreed_on: date) -> ExpectedRange:
    """The range of a made-up priority.

    A year of which no month is loaded takes the live release's own range. An earlier one takes the range of each month as it was
    expected when the year began, from the months before it as the live release holds them.
    """
    series = queries.measure_series(measure_id, area_code)
    first, last = starts_on(year), ends_on(year)
    is_held = series.known[-1].start >= first
    months = (
        _made_before(measure_id, area_code, f"{first:%Y-%m}")
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


def _made_before(measure_id: str, area_code: str, first: str) -> tuple[RangeMonth, ...]:
    """The range of each month of a year as it was expected when the year began; none where the history is too short."""
    months = queries_judgement.expected_months(measure_id, area_code)
    of_year = [m for m in months if first <= m.period < moved(first, MONTHS_OF_A_YEAR)]
    # Where counts restarted the months judged begin later, and so did what was expected of them.
    if not of_year or of_year[0].period != first:
        return ()
    return tuple(RangeMonth(moved(first, -1), m.period, m.lower95, m.lower80, m.expected, m.upper80, m.upper95) for m in of_year)
