"""Questions the London page asks of every borough at once: one query where asking each in turn would be thirty."""

from dataclasses import dataclass

from sqlalchemy import select

from dashboard.judgement_records import ExpectedMonth
from dashboard.queries import _rows as rows_of
from dashboard.queries import areas, measure, per_release
from etl import warehouse

RATE = "_rolling_year_rate"


@dataclass(frozen=True)
class YearRate:
    """A place's offences over twelve months per 1,000 residents, with 95% limits; `measure` is the base measure's id."""

    measure: str
    area: str
    period: str
    events: float
    residents: float
    rate: float
    lower: float
    upper: float


@per_release
def year_rates(period: str, kind: str = "borough") -> tuple[YearRate, ...]:
    """Every measure's rate over the twelve months to `period` in every area of a kind; places without residents are left out."""
    v = warehouse.measure_value
    codes = [a.code for a in areas(kind)]
    columns = (v.c.measure_id, v.c.area_code, v.c.value, v.c.numerator, v.c.denominator, v.c.lower, v.c.upper)
    held = (v.c.value.is_not(None), v.c.denominator.is_not(None), v.c.lower.is_not(None), v.c.upper.is_not(None))
    rows = rows_of(
        select(*columns)
        .where(v.c.measure_id.like(f"%{RATE}"), v.c.period == period, v.c.area_code.in_(codes), v.c.breakdown == "", *held)
        .order_by(v.c.measure_id, v.c.area_code)
    )
    return tuple(
        YearRate(r.measure_id.removesuffix(RATE), r.area_code, period, r.numerator, r.denominator, r.value, r.lower, r.upper)
        for r in rows
    )


@per_release
def expected_by_area(measure_id: str, kind: str = "borough") -> dict[str, tuple[ExpectedMonth, ...]]:
    """The range of each month of a count in every area of a kind, by area code, oldest month first.

    Raises:
        LookupError: no such measure.
    """
    t = warehouse.expected_month
    codes = [a.code for a in areas(kind)]
    rows = rows_of(
        select(t).where(t.c.measure_id == measure(measure_id).base, t.c.area_code.in_(codes)).order_by(t.c.area_code, t.c.period)
    )
    found: dict[str, list[ExpectedMonth]] = {}
    for r in rows:
        found.setdefault(r.area_code, []).append(ExpectedMonth(r.period, r.expected, r.lower, r.upper, r.role, r.signal))
    return {code: tuple(months) for code, months in found.items()}
