"""London's total beside the Met's other one: how far apart they are, since when, and in which offences the difference lies."""

from collections.abc import Iterable
from dataclasses import dataclass

from dashboard.figures import queries
from dashboard.figures.live_release import per_release
from dashboard.figures.records import Point
from etl.core.areas import LONDON, UNKNOWN
from etl.core.period import MONTHS_OF_A_YEAR, moved
from etl.definitions.second_total import MEASURE, MonthOfDashboard, second_total

ALIKE = 0.001
"""Months whose totals differ by no more than this share are called alike."""


@dataclass(frozen=True)
class TwoTotals:
    """Twelve months of both totals. `other` is the dashboard's, `ours` that of the geographic breakdown.

    `other_placed` and `ours_placed` are the offences with a borough in each; `alike_until` is the last month of the unbroken run,
    from the first both hold, in which the two were alike; None where they never were.
    """

    last: str
    other: int
    ours: int
    other_placed: int
    ours_placed: int
    first_held: str
    alike_until: str | None
    source: str

    @property
    def difference(self) -> int:
        """How many more offences the dashboard gives."""
        return self.other - self.ours

    @property
    def share(self) -> float:
        """The same as a share of ours."""
        return self.difference / self.ours


@per_release
def two_totals() -> TwoTotals | None:
    """The newest twelve months both totals hold; None where there are none such, or the two are the same."""
    london = _by_period(queries.measure_series(MEASURE, LONDON).points)
    unknown = next(iter(queries.area_series(UNKNOWN, (MEASURE,))), None)
    return compared(second_total(), london, _by_period(unknown.points) if unknown else {})


def compared(months: Iterable[MonthOfDashboard], london: dict[str, int], unplaced: dict[str, int]) -> TwoTotals | None:
    """The same from the dashboard's months, our totals by month, and ours that have no borough."""
    other = {month.period: month for month in months if month.period in london}
    if not other:
        return None
    last = max(other)
    year = [moved(last, -back) for back in range(MONTHS_OF_A_YEAR)]
    if any(period not in other for period in year):
        return None
    ours, theirs = sum(london[p] for p in year), sum(other[p].offences for p in year)
    if ours == theirs or not ours:
        return None
    alike_until = None
    for period in sorted(other):
        if abs(other[period].offences - london[period]) > ALIKE * london[period]:
            break
        alike_until = period
    placed, ours_placed = sum(other[p].with_borough for p in year), ours - sum(unplaced.get(p, 0) for p in year)
    return TwoTotals(last, theirs, ours, placed, ours_placed, min(other), alike_until, other[last].source)


def _by_period(points: Iterable[Point]) -> dict[str, int]:
    return {point.period: int(point.value) for point in points if point.value is not None}
