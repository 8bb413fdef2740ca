"""A series laid out in time: one dot a period, holes where there is no number."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dashboard.figures.records import MeasureSeries, Point
from etl.core.periods import last_month, months_in, moved
from etl.core.written import month_short, reason

COVID = (date(2020, 3, 1), date(2021, 6, 30))


@dataclass(frozen=True)
class Dot:
    """One period of a track. `month` counts months since year 0 to the middle of the period; no value is a hole."""

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


def month_number(label: str) -> int:
    """Months since year 0 to the start of the period's last month."""
    year, month = last_month(label)
    return year * 12 + month - 1


def boundary(when: date) -> int:
    """The start of a month nearest to a day, in months since year 0: 28 February 2024 is the start of March."""
    return when.year * 12 + when.month - 1 + (when.day > 15)


def middle(label: str, kind: str) -> float:
    """Where a period stands in time: its middle, or for a rolling year the middle of its last month."""
    covered = 1 if kind == "rolling_year" else months_in(kind)
    return month_number(label) + 1 - covered / 2


def track(series: MeasureSeries, *, first: str | None = None, until: str | None = None) -> tuple[Dot, ...]:
    """One dot a period from first to last, with the periods that the series skips as holes.

    Args:
        series: points in any order.
        first: the first period to keep.
        until: the period that others run to; the ones missing from the end of this series become holes.
    """
    points = sorted(series.points, key=lambda p: month_number(p.period))
    points = [p for p in points if first is None or month_number(p.period) >= month_number(first)]
    if not points:
        return ()
    held = {p.period: p for p in points}
    step = step_of(series)
    end = max(month_number(points[-1].period), month_number(until) if until else 0)
    kind = series.measure.period
    dots, label = [], points[0].period
    while month_number(label) <= end:
        dots.append(_dot(label, kind, held.get(label)))
        label = moved(label, step)
    return tuple(dots)


def step_of(series: MeasureSeries) -> int:
    """Months from one period of the series to the next; for rolling years the least that parts two of them."""
    if series.measure.period != "rolling_year":
        return months_in(series.measure.period)
    at = sorted(month_number(p.period) for p in series.points)
    return min((b - a for a, b in zip(at, at[1:], strict=False) if b > a), default=12)


def runs(dots: Sequence[Dot]) -> tuple[tuple[Dot, ...], ...]:
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
    found: list[Hole] = []
    for dot in dots:
        if dot.value is not None:
            continue
        start, end = dot.month - step / 2, dot.month + step / 2
        if found and abs(found[-1].end - start) < 0.01:
            before = found[-1]
            found[-1] = Hole(before.start, end, before.count + 1, before.status)
        else:
            found.append(Hole(start, end, 1, dot.status))
    return tuple(found)


def newest(dots: Sequence[Dot]) -> Dot | None:
    """The last dot that holds a number."""
    return next((d for d in reversed(dots) if d.value is not None), None)


def period_short(label: str, kind: str) -> str:
    """A period at the end of a line: "Dec 2025"; a quarter is "2025 Q4"."""
    return label.replace("-", " ") if kind == "quarter" else month_short(label)


def hole_words(status: str) -> str:
    """What a shaded stretch is called."""
    return "hidden" if status == "suppressed" else reason(status)


def _dot(label: str, kind: str, point: Point | None) -> Dot:
    if point is None:
        return Dot(label, middle(label, kind), None, "unavailable")
    return Dot(label, middle(label, kind), point.value, point.status, point.lower, point.upper)
