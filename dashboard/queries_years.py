"""Questions about whole financial years: what followed a choice, and what the retired targets would have been told."""

from typing import Any

from sqlalchemy import Select, select

from dashboard.queries import _rows as rows_of
from dashboard.queries import area, per_release, verdicts
from dashboard.records import Verdict
from etl import warehouse
from etl.judging.years import FIRST_MONTH, TARGET_YEARS

TARGET_BASELINE, TARGET_YEAR = TARGET_YEARS[0], TARGET_YEARS[2]


@per_release
def newest_verdicts(area_code: str) -> dict[str, Verdict]:
    """By base measure: what the release says of one area's newest months."""
    return {v.measure: v for v in verdicts() if v.area == area_code}


@per_release
def year_verdicts(area_code: str, year: str) -> dict[str, Verdict]:
    """By base measure: a financial year (2017/18) of an area against up to 24 months before it; {} where it is not held whole.

    Refusals are among them, with state X, T or U and their reason.

    Raises:
        LookupError: no such area.
    """
    first, usual = f"{year[:4]}-{FIRST_MONTH}", f"{int(year[:4]) - 2}-{FIRST_MONTH}"
    t = warehouse.year_change
    asked = (t.c.area_code == area(area_code).code, t.c.window_first == first, t.c.baseline_asked == usual)
    return _verdicts(select(t).where(*asked))


@per_release
def target_verdicts(area_code: str) -> dict[str, Verdict]:
    """By base measure: 2015/16 against the two years to March 2013, before the targets of 2013 began.

    Raises:
        LookupError: no such area.
    """
    t = warehouse.year_change
    asked = (t.c.area_code == area(area_code).code, t.c.window_first == TARGET_YEAR, t.c.baseline_asked == TARGET_BASELINE)
    return _verdicts(select(t).where(*asked))


@per_release
def years_judged() -> tuple[str, ...]:
    """The financial years held whole, oldest first."""
    t = warehouse.year_change
    firsts = sorted({str(r.window_first) for r in rows_of(select(t.c.window_first).distinct())})
    return tuple(f"{first[:4]}/{(int(first[:4]) + 1) % 100:02d}" for first in firsts)


def _verdicts(statement: Select[*tuple[Any, ...]]) -> dict[str, Verdict]:
    return {
        r.measure_id: Verdict(
            r.measure_id, r.area_code, r.state, None, (r.window_first, r.window_last), r.observed, r.expected, r.expected_lower,
            r.expected_upper, r.ratio, r.ratio_lower, r.ratio_upper, r.q_value, r.visible_change, "year", r.reason,
        )
        for r in rows_of(statement)
    }  # fmt: skip
