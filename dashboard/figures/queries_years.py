"""Questions about whole financial years: what followed a choice, and what the retired targets would have been told."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select

from dashboard.figures.from_rows import record_of
from dashboard.figures.live_release import newest_per_release, per_release
from dashboard.figures.live_release import rows as rows_of
from dashboard.figures.queries import WHOLE_AREA, area, verdicts
from dashboard.figures.records import Verdict
from etl import warehouse
from etl.core.period import MONTHS_OF_A_YEAR, financial_year_months, moved, written_year, year_of
from etl.core.reason import read_stored
from etl.core.state import State
from etl.definitions.retired_targets import TARGET_YEARS

COUNT, RATE = "_rolling_year", "_rolling_year_rate"
USUAL_BASELINE = 2 * MONTHS_OF_A_YEAR
TARGET_BASELINE, TARGET_YEAR = TARGET_YEARS[0], TARGET_YEARS[2]


@per_release
def newest_verdicts(area_code: str) -> dict[str, Verdict]:
    """By base measure: what the release says of one area's newest months."""
    return {v.measure: v for v in verdicts() if v.area == area_code}


@newest_per_release
def year_verdicts(area_code: str, year: str) -> dict[str, Verdict]:
    """By base measure: a financial year (2017/18) of an area against up to 24 months before it; {} where it is not held whole.

    Refusals are among them, with state X, T or U and their reason.

    Raises:
        LookupError: no such area.
    """
    first = financial_year_months(year)[0]
    usual = moved(first, -USUAL_BASELINE)
    t = warehouse.year_change
    conditions = (t.c.area_code == area(area_code).code, t.c.window_first == first, t.c.baseline_asked == usual)
    return _verdicts(select(t).where(*conditions))


@per_release
def target_verdicts() -> dict[tuple[str, str], Verdict]:
    """By (area, base measure): 2015/16 against the two years to March 2013, before the targets of 2013 began."""
    t = warehouse.year_change
    conditions = (t.c.window_first == TARGET_YEAR, t.c.baseline_asked == TARGET_BASELINE)
    return {(v.area, v.measure): v for v in _verdict_records(select(t).where(*conditions))}


@dataclass(frozen=True)
class YearCount:
    """One twelve months of one measure in one area: offences, and the edition they were read from."""

    value: float | None
    edition: str


@per_release
def year_counts(measure_ids: tuple[str, ...], periods: tuple[str, ...]) -> dict[tuple[str, str, str], YearCount]:
    """Offences in twelve months by (base measure, area, last month), every area at once: one question for a page.

    A measure, area or month that is not held is left out.
    """
    v, forms = warehouse.measure_value, {f"{m}{COUNT}": m for m in measure_ids}
    columns = (v.c.measure_id, v.c.area_code, v.c.period, v.c.value, v.c.edition_id)
    conditions = (v.c.measure_id.in_(tuple(forms)), v.c.period.in_(periods), v.c.breakdown == WHOLE_AREA)
    return {
        (forms[r.measure_id], r.area_code, r.period): record_of(YearCount, r)
        for r in rows_of(select(*columns).where(*conditions))
    }


@dataclass(frozen=True)
class RateAt:
    """Twelve months of one measure in one borough: per 1,000 residents, offences, residents."""

    rate: float
    events: float
    residents: float


@per_release
def borough_rates(measure_ids: tuple[str, ...], periods: tuple[str, ...]) -> dict[tuple[str, str, str], RateAt]:
    """Twelve months per 1,000 residents of several measures, by (base measure, borough, last month): one question for a page.

    Boroughs without a figure, or without residents to divide by, are left out.
    """
    v, forms = warehouse.measure_value, {f"{m}{RATE}": m for m in measure_ids}
    columns = (v.c.measure_id, v.c.area_code, v.c.period, v.c.value, v.c.numerator, v.c.denominator)
    conditions = (
        v.c.measure_id.in_(tuple(forms)),
        v.c.period.in_(periods),
        v.c.breakdown == WHOLE_AREA,
        v.c.area_code.like("E09%"),
    )
    return {
        (forms[r.measure_id], r.area_code, r.period): RateAt(r.value, r.numerator, r.denominator)
        for r in rows_of(select(*columns).where(*conditions))
        if r.value is not None and r.numerator is not None and r.denominator
    }


@per_release
def years_judged() -> tuple[str, ...]:
    """The financial years held whole, oldest first."""
    t = warehouse.year_change
    firsts = sorted({str(r.window_first) for r in rows_of(select(t.c.window_first).distinct())})
    return tuple(written_year(year_of(first)) for first in firsts)


def _verdicts(statement: Select[*tuple[Any, ...]]) -> dict[str, Verdict]:
    return {v.measure: v for v in _verdict_records(statement)}


def _verdict_records(statement: Select[*tuple[Any, ...]]) -> tuple[Verdict, ...]:
    return tuple(
        record_of(
            Verdict,
            r,
            state=State(r.state),
            since=None,
            window=(r.window_first, r.window_last),
            rule="year",
            reason=read_stored(r.reason),
            would_change=(),
            caveat=(),
            rests_on=None,
            long_run=None,
        )
        for r in rows_of(statement)
    )
