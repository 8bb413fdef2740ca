"""Which points of a series may be set side by side, and what stands between them when they may not."""

from collections.abc import Iterable
from dataclasses import dataclass

from dashboard.figures.records import Break, MeasureSeries, Point
from etl.core.period import bounds, moved, year_before
from etl.core.state import STRADDLES_RESTART
from etl.definitions.reference import PARTING


@dataclass(frozen=True)
class YearOn:
    """A period and the one a year before. `before` is None when it is not held; `parted_by` says they do not compare."""

    newest: Point
    before: Point | None
    parted_by: Break | None


def newest(series: MeasureSeries) -> Point | None:
    """The last point that holds a number; None when no point does, or where the newest total of all is not added up.

    A total of before a restart is not the newest of what is counted since.
    """
    return series.known[-1] if series.known and not is_parted_now(series) else None


def is_parted_now(series: MeasureSeries) -> bool:
    """Whether the newest total lies on both sides of a restart, so that there is none."""
    return bool(series.points) and series.points[-1].status == STRADDLES_RESTART


def point_at(series: MeasureSeries, period: str) -> Point | None:
    """The point of that period, whether it holds a number or says why not; None where there is no such point."""
    return next((point for point in reversed(series.points) if point.period == period), None)


def at(series: MeasureSeries, period: str) -> Point | None:
    """The point of that period if it holds a number."""
    return next((point for point in reversed(series.known) if point.period == period), None)


def year_on(series: MeasureSeries) -> YearOn | None:
    """The newest number beside the one a year before; None when the series holds no number."""
    last = newest(series)
    if last is None:
        return None
    earlier = year_before(last.period)
    before = at(series, earlier)
    there = point_at(series, earlier)
    is_told = before is not None or (there is not None and there.status == STRADDLES_RESTART)
    return YearOn(last, before, break_between(series, earlier, last.period) if is_told else None)


def break_between(series: MeasureSeries, first: str, second: str) -> Break | None:
    """The newest break between two periods: they do not both lie wholly before it, nor both wholly after."""
    return break_among(series.breaks, series.measure.period, first, second)


def break_among(breaks: Iterable[Break], period_kind: str, first: str, second: str) -> Break | None:
    """The newest of these breaks between two periods of a kind, such as two months or two rolling years."""
    first_bounds, second_bounds = bounds(first, period_kind), bounds(second, period_kind)
    for item in sorted(breaks, key=lambda b: b.start, reverse=True):
        is_before = max(first_bounds[1], second_bounds[1]) < item.start
        is_after = min(first_bounds[0], second_bounds[0]) >= (item.end or item.start)
        if item.treatment in PARTING and not is_before and not is_after:
            return item
    return None


def break_inside(series: MeasureSeries, period: str) -> Break | None:
    """The newest break that falls inside one period, so that its total adds up two ways of counting."""
    return break_between(series, period, period)


def parting_breaks(series: MeasureSeries) -> tuple[Break, ...]:
    """Breaks within the months drawn that forbid a comparison, oldest first."""
    if not series.points:
        return ()
    first = series.points[0].start
    last = bounds(series.points[-1].period, "month")[1]
    return tuple(sorted((b for b in series.breaks if b.treatment in PARTING and first <= b.start <= last), key=lambda b: b.start))


def months_missing_after(series: MeasureSeries, run_to: str) -> tuple[str, ...]:
    """Periods after the newest number up to `run_to`, which other series reach: oldest first."""
    last = newest(series)
    step = {"quarter": 3, "year": 12}.get(series.measure.period, 1)
    missing: list[str] = []
    label = moved(last.period, step) if last else run_to
    while label <= run_to:
        missing.append(label)
        label = moved(label, step)
    return tuple(missing)
