"""The months that are over and of which no figure is held: how far they reach today, and what each may have brought."""

from dataclasses import dataclass

from dashboard.figures import queries_judgement
from dashboard.figures.compare import newest
from dashboard.figures.feeds import gap_of
from dashboard.figures.judgement_records import RangeMonth
from dashboard.figures.records import MeasureSeries
from etl.core.period import moved

RETIRED = "retired"


@dataclass(frozen=True)
class BlindMonths:
    """`until` is the last of them, and `ranges` the expected range of each, as far as ranges are worked out."""

    until: str
    ranges: tuple[RangeMonth, ...]


def blind_months(series: MeasureSeries) -> BlindMonths | None:
    """The blind months of a monthly count in one place, counted to today; None where there are none, or none are awaited."""
    last = newest(series)
    if last is None or series.measure.period != "month" or series.measure.theme == RETIRED:
        return None
    gap = gap_of(series.measure.source, last.period)
    if not gap.months_unknown:
        return None
    until = moved(last.period, gap.months_unknown)
    months = queries_judgement.expected_range(series.measure.base, series.area.code)
    return BlindMonths(until, tuple(m for m in months if last.period < m.period <= until))
