"""The expected ranges fixed when a priority is agreed: what the live release worked out, in the register's own form."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime

from dashboard import queries, queries_judgement, queries_sources
from dashboard.format import day, month
from dashboard.judgement_records import RangeMonth
from dashboard.periods import bounds, moved
from dashboard.register.records import AnyPriorityRecord, BoroughPriorityRecord
from dashboard.register.values import ExpectedRange, RangePoint
from dashboard.register.watch import HONEST_CHANGE
from dashboard.register.years import ends_on, london_date
from dashboard.web.measure_choices import measure_words

METHOD = "simulated from the area's own months with their season and trend, by the model that foretold held-back months best"

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
    *,
    first: date | None,
    last: date | None,
    release_id: str,
    editions: tuple[str, ...],
    review: date | None,
    fixed_on: date,
) -> ExpectedRange:
    """One measure's range over the months from `first` to `last` (None: no end), or the reason there is none."""
    shown = [one for one in months if one.is_shown]
    inside = [one for one in shown if (first is None or _start(one) >= first) and (last is None or _start(one) <= last)]
    points = tuple(
        RangePoint(
            period_start=_start(one),
            centre=one.median,
            lower_80=one.lower80,
            upper_80=one.upper80,
            lower_95=one.lower95,
            upper_95=one.upper95,
        )
        for one in inside
    )
    return ExpectedRange(
        measure_id=measure_id,
        area_code=area_code,
        release_id=release_id,
        editions=editions,
        method=METHOD,
        fixed_on=fixed_on,
        first_honest_review=review,
        points=points,
        refused=None if points else _why_none(measure_id, months, shown, first),
    )


def honest_review(months_to_see: Mapping[float, int | None], first: date) -> date | None:
    """The first day after so many whole months in force that a fall of a fifth would mostly have been seen.

    None: it would not be within three years, or how long it takes is not worked out for the measure.
    """
    months = months_to_see.get(HONEST_CHANGE)
    return None if months is None else bounds(moved(f"{first.year}-{first.month:02d}", months), "month")[0]


def _range_of(measure_id: str, area_code: str, first: date | None, last: date | None, today: date) -> ExpectedRange:
    release = queries.release()
    try:
        measure = queries.measure(measure_id)
        months = queries_judgement.expected_range(measure_id, area_code)
        editions = tuple(held.edition for held in queries_sources.editions(measure.source)) if measure.source else ()
        review = honest_review(queries_judgement.months_to_see(measure_id, area_code), first) if first else None
    except LookupError:
        months, editions, review = (), (), None
    return fixed_range(
        measure_id,
        area_code,
        months,
        first=first,
        last=last,
        release_id=release.name,
        editions=editions or tuple(held.edition for held in queries_sources.editions()),
        review=review,
        fixed_on=today,
    )


def _why_none(measure_id: str, months: Sequence[RangeMonth], shown: Sequence[RangeMonth], first: date | None) -> str:
    words = measure_words(measure_id)
    if not months:
        return f"The live release gives no expected range for {words} here."
    if not shown:
        return f"{words}: last year’s same month has foretold this measure better than a range, so none is given."
    begins = f"it is in force from {day(first)}" if first else "it is in force"
    return f"{words}: the range of the live release runs to {month(shown[-1].period)}; {begins}."


def _start(one: RangeMonth) -> date:
    return bounds(one.period, "month")[0]
