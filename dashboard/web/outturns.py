"""What came, beside the ranges fixed on agreement: from the live release, scored by the register's own rule."""

from datetime import datetime
from typing import cast

from dashboard import queries
from dashboard.register.errors import InvalidEntry
from dashboard.register.outturn import Better, score_range
from dashboard.register.records import AnyPriorityRecord
from dashboard.register.values import ExpectedRange, Outturn
from dashboard.register.years import london_date


def outturns_for(priority: AnyPriorityRecord, now: datetime) -> tuple[Outturn, ...]:
    """The outturn of each range that was fixed, from the values the live release holds.

    Raises:
        InvalidEntry: no range was fixed, or a range's months have no value yet.
    """
    fixed = [one for one in priority.expected_ranges or () if one.refused is None]
    if not fixed:
        raise InvalidEntry({"outturns": "No range was fixed for this priority, so there is nothing to score."})
    return tuple(_outturn(one, now) for one in fixed)


def _outturn(fixed: ExpectedRange, now: datetime) -> Outturn:
    try:
        series = queries.measure_series(fixed.measure_id, fixed.area_code)
        came = {point.start: point.value for point in series.points if point.value is not None}
        better = cast(Better, series.measure.better)
        return score_range(
            fixed, came, better=better, year_total=None, release_id=queries.release().name, scored_on=london_date(now)
        )
    except (LookupError, ValueError) as error:
        raise InvalidEntry({"outturns": "No month of the range has a figure yet."}) from error
