"""What came, beside the ranges fixed on agreement: from the live release, scored by the register's own rule."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Literal, cast

from dashboard.figures import queries
from dashboard.figures.compare import break_among
from dashboard.figures.records import Break
from dashboard.register.errors import InvalidEntry
from dashboard.register.outturn import in_force, score_range
from dashboard.register.record_parts import ExpectedRange, Outturn, RangePoint
from dashboard.register.records import AnyPriorityRecord
from dashboard.register.years import london_date
from etl.core.written import month

Better = Literal["lower", "higher", "neither"]


def outturns_for(priority: AnyPriorityRecord, now: datetime) -> tuple[Outturn, ...]:
    """The outturn of each range that was fixed, from the values the live release holds.

    Raises:
        InvalidEntry: no range was fixed, or its last month is not held yet.
    """
    fixed = [one for one in priority.expected_ranges or () if one.refused is None]
    if not fixed:
        raise InvalidEntry({"outturns": "No range was fixed for this priority, so there is nothing to score."})
    return tuple(_outturn(one, priority.ended_on, now) for one in fixed)


def whole_total(
    months_in_force: Sequence[RangePoint], fixed: ExpectedRange, came: Mapping[date, float], breaks: Sequence[Break] = ()
) -> float | None:
    """What every month of the range came to together; None where one is missing, was not lived through, or is counted anew."""
    if len(months_in_force) < len(fixed.points) or any(point.period_start not in came for point in months_in_force):
        return None
    first, last = (f"{point.period_start:%Y-%m}" for point in (months_in_force[0], months_in_force[-1]))
    if break_among(breaks, "month", first, last):
        return None
    return sum(came[point.period_start] for point in months_in_force)


def _outturn(fixed: ExpectedRange, ended_on: date | None, now: datetime) -> Outturn:
    months_in_force = in_force(fixed, ended_on)
    if not months_in_force:
        raise InvalidEntry({"outturns": "It ended before the first month of its range, so there is nothing to score."})
    try:
        series = queries.measure_series(fixed.measure_id, fixed.area_code)
    except LookupError as error:
        raise InvalidEntry({"outturns": "The live release does not hold its measure."}) from error
    came = {point.start: point.value for point in series.points if point.value is not None}
    if not came or max(came) < months_in_force[-1].period_start:
        last, newest = month(f"{months_in_force[-1].period_start:%Y-%m}"), month(f"{max(came):%Y-%m}") if came else "no month"
        raise InvalidEntry(
            {"outturns": f"The range runs to {last}; figures are held to {newest}. It is scored once they are all here."}
        )
    return score_range(
        fixed,
        came,
        better=cast(Better, series.measure.better),
        year_total=whole_total(months_in_force, fixed, came, series.breaks),
        until=ended_on,
        release_id=queries.release().name,
        scored_on=london_date(now),
    )
