"""Questions the London page asks of every borough at once: one query where asking each in turn would be thirty."""

from sqlalchemy import select

from dashboard.figures.from_rows import record_of
from dashboard.figures.judgement_records import ExpectedMonth
from dashboard.figures.live_release import last_per_release
from dashboard.figures.live_release import rows as rows_of
from dashboard.figures.queries import areas, measure
from etl import warehouse


@last_per_release
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
    by_area: dict[str, list[ExpectedMonth]] = {}
    for r in rows:
        by_area.setdefault(r.area_code, []).append(record_of(ExpectedMonth, r))
    return {code: tuple(months) for code, months in by_area.items()}
