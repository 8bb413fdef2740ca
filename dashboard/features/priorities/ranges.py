"""The expected ranges fixed when a priority is agreed: what the live release worked out, in the register's own form."""

from collections.abc import Callable, Sequence
from datetime import date, datetime

from dashboard.figures import queries, queries_judgement, queries_sources
from dashboard.figures.judgement_records import RangeMonth, RangeTotal
from dashboard.figures.review_dates import Review, review
from dashboard.register.record_parts import ExpectedRange, RangePoint
from dashboard.register.records import AnyPriorityRecord, BoroughPriorityRecord
from dashboard.register.years import ends_on, london_date
from dashboard.web.measure_choices import measure_words
from etl.core.period import bounds
from etl.core.versions import METHODS_VERSION
from etl.core.written import day, month

METHOD = f"made from the level of the area and of London with their season, as wide as past years ask (methods {METHODS_VERSION})"

RangesFor = Callable[[tuple[str, ...], str], tuple[ExpectedRange, ...]]


def ranges_for(priority: AnyPriorityRecord, now: datetime) -> RangesFor:
    """A function giving the ranges of measures in an area from the live release, for the months this priority runs."""
    first = priority.in_force_from
    last = ends_on(priority.financial_year) if isinstance(priority, BoroughPriorityRecord) else None

    def answer(measure_ids: tuple[str, ...], area_code: str) -> tuple[ExpectedRange, ...]:
        return tuple(_range_of(measure, area_code, first, last, london_date(now)) for measure in measure_ids)

    return answer


def fixed_range(
    measure_id: str,
    area_code: str,
    months: Sequence[RangeMonth],
    totals: Sequence[RangeTotal],
    *,
    first: date | None,
    last: date | None,
    release_id: str,
    editions: tuple[str, ...],
    honest: Review,
    fixed_on: date,
) -> ExpectedRange:
    """One measure's range over the months from `first` to `last` (None: no end), or the reason there is none.

    `year` is what those months come to together: only where they run to `last`, or as near it as the release reaches.
    """
    inside = [one for one in months if (first is None or _start(one) >= first) and (last is None or _start(one) <= last)]
    points = tuple(_point(one.period, one) for one in inside)
    span = (inside[0].period, inside[-1].period) if inside and last is not None else None
    together = next((one for one in totals if (one.first, one.last) == span), None)
    return ExpectedRange(
        measure_id=measure_id,
        area_code=area_code,
        release_id=release_id,
        editions=editions,
        method=METHOD,
        fixed_on=fixed_on,
        first_honest_review=honest.on,
        no_review_because=honest.because or None,
        points=points,
        year=_point(together.first, together) if together else None,
        refused=None if points else _why_none(measure_id, months, first),
    )


def _range_of(measure_id: str, area_code: str, first: date | None, last: date | None, today: date) -> ExpectedRange:
    release = queries.release()
    try:
        measure = queries.measure(measure_id)
        months = queries_judgement.expected_range(measure_id, area_code)
        totals = queries_judgement.expected_totals(measure_id, area_code)
        editions = tuple(citation.edition for citation in queries_sources.editions(measure.source)) if measure.source else ()
    except LookupError:
        months, totals, editions = (), (), ()
    return fixed_range(
        measure_id,
        area_code,
        months,
        totals,
        first=first,
        last=last,
        release_id=release.name,
        editions=editions or tuple(citation.edition for citation in queries_sources.editions()),
        honest=review(measure_id, area_code, first),
        fixed_on=today,
    )


def _point(period: str, one: RangeMonth | RangeTotal) -> RangePoint:
    return RangePoint(
        period_start=bounds(period, "month")[0],
        centre=one.median,
        lower_80=one.lower80,
        upper_80=one.upper80,
        lower_95=one.lower95,
        upper_95=one.upper95,
    )


def _why_none(measure_id: str, months: Sequence[RangeMonth], first: date | None) -> str:
    words = measure_words(measure_id)
    if not months:
        return f"The live release gives no expected range for {words} here."
    begins = f"it is in force from {day(first)}" if first else "it is in force"
    return f"{words}: the range of the live release runs to {month(months[-1].period)}; {begins}."


def _start(one: RangeMonth) -> date:
    return bounds(one.period, "month")[0]
