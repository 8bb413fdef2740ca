"""A series as dots in time, one for each period, with holes where there is no number."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from dashboard.figures.records import MeasureSeries, Point
from etl.core.period import month_number, months_in, moved, number_of_date
from etl.core.written import month_short, reason

AWAITED = "awaited"
"""Status of a period that is over and has no figure yet."""
COVID = (date(2020, 3, 1), date(2021, 6, 30))


@dataclass(frozen=True)
class Dot:
    """One period of a series. `month` counts months since year 0 to the middle of the period; no value is a hole."""

    period: str
    month: float
    value: float | None
    status: str
    lower: float | None = None
    upper: float | None = None


@dataclass(frozen=True)
class Hole:
    """Periods in a row without a number, from the start of the first to the end of the last, in months."""

    start: float
    end: float
    count: int
    status: str


def nearest_month_start(when: date) -> int:
    """The start of a month nearest to a day, in months since year 0: 28 February 2024 is the start of March."""
    return number_of_date(when) + (when.day > 15)


def period_middle(label: str, kind: str) -> float:
    """The middle of a period in months since year 0; for a rolling year the middle of its last month."""
    covered = 1 if kind == "rolling_year" else months_in(kind)
    return month_number(label) + 1 - covered / 2


def period_dots(series: MeasureSeries, *, first: str | None = None, until: str | None = None) -> tuple[Dot, ...]:
    """The series' dots, one for each period from first to last; periods that the series skips are holes.

    Args:
        series: points in any order.
        first: the first period to keep.
        until: the period that others run to; the ones missing from the end of this series become holes.
    """
    points = sorted(series.points, key=lambda p: month_number(p.period))
    points = [p for p in points if first is None or month_number(p.period) >= month_number(first)]
    if not points:
        return ()
    point_by_period = {p.period: p for p in points}
    step = months_per_step(series)
    end = max(month_number(points[-1].period), month_number(until) if until else 0)
    kind = series.measure.period
    dots, label = [], points[0].period
    while month_number(label) <= end:
        dots.append(_dot(label, kind, point_by_period.get(label)))
        label = moved(label, step)
    return tuple(dots)


def months_per_step(series: MeasureSeries) -> int:
    """Months from one period of the series to the next; for rolling years the least that parts two of them."""
    if series.measure.period != "rolling_year":
        return months_in(series.measure.period)
    at = sorted(month_number(p.period) for p in series.points)
    return min((b - a for a, b in zip(at, at[1:], strict=False) if b > a), default=12)


def unbroken_runs(dots: Sequence[Dot]) -> tuple[tuple[Dot, ...], ...]:
    """The stretches of dots that hold numbers, cut at every hole: each is one unbroken line."""
    stretches: list[list[Dot]] = []
    open_stretch = False
    for dot in dots:
        if dot.value is None:
            open_stretch = False
        elif open_stretch:
            stretches[-1].append(dot)
        else:
            stretches.append([dot])
            open_stretch = True
    return tuple(tuple(s) for s in stretches)


def holes(dots: Sequence[Dot], step: int) -> tuple[Hole, ...]:
    """Every run of periods without a number."""
    runs: list[Hole] = []
    for dot in dots:
        if dot.value is not None:
            continue
        start, end = dot.month - step / 2, dot.month + step / 2
        if runs and abs(runs[-1].end - start) < 0.01:
            previous = runs[-1]
            runs[-1] = Hole(previous.start, end, previous.count + 1, previous.status)
        else:
            runs.append(Hole(start, end, 1, dot.status))
    return tuple(runs)


def newest_dot(dots: Sequence[Dot]) -> Dot | None:
    """The last dot that holds a number."""
    return next((d for d in reversed(dots) if d.value is not None), None)


def period_short(label: str, kind: str) -> str:
    """A period at the end of a line: "Dec 2025"; a quarter is "2025 Q4"."""
    return label.replace("-", " ") if kind == "quarter" else month_short(label)


def hole_words(status: str) -> str:
    """What a shaded stretch is called."""
    return {"suppressed": "hidden", AWAITED: "no figure yet"}.get(status) or reason(status)


def awaiting(dots: tuple[Dot, ...]) -> tuple[Dot, ...]:
    """The dots, those after the newest number as periods whose figures are awaited."""
    last = newest_dot(dots)
    return tuple(replace(d, status=AWAITED) if last is not None and d.month > last.month else d for d in dots)


def _dot(label: str, kind: str, point: Point | None) -> Dot:
    if point is None:
        return Dot(label, period_middle(label, kind), None, "unavailable")
    return Dot(label, period_middle(label, kind), point.value, point.status, point.lower, point.upper)
