"""Crown Court receipts, disposals and open cases by court and kind of case to observations."""

import re
from collections import Counter, defaultdict

from etl.core.period import every_quarter
from etl.files import long, quarterly
from etl.files.labels import fold
from etl.files.long import Observation
from etl.files.table import Reading, Table

FORM = "records"
LABELS = ("year", "quarter", "receipt_type", "region", "lcjb_area", "crown_court", "rdos", "offence_group", "value")
SERIES = {
    "receipts": "crown_receipts_by_court_and_kind",
    "disposals": "crown_disposals_by_court_and_kind",
    "open": "open_crown_cases_by_court_and_kind",
    "open cases": "open_crown_cases_by_court_and_kind",
    "outstanding": "open_crown_cases_by_court_and_kind",
    "outstanding cases": "open_crown_cases_by_court_and_kind",
}
ALL_OFFENCES = "all offences"


def recognise(table: Table) -> str | None:
    """`records` if the table is this one; None if not."""
    return FORM if set(LABELS) <= {fold(label) for label in table.columns} else None


def read(table: Table, form: str) -> Reading:
    """Cases of all offences, one figure for each court and kind of case; `breakdown` is "court / kind of case".

    Raises:
        DataRejected: any cell, key or quarter is not as it must be; every one is listed.
    """
    failures = long.ragged(table)
    columns = {label: table.column(label) for label in LABELS}
    left_out: Counter[str] = Counter()
    observations: list[Observation] = []
    for index, (year, name, kind, region, _, court, flow, offences, text) in table.records(LABELS):
        if _plain(offences) != ALL_OFFENCES:
            left_out[offences] += 1
            continue
        period, place, series = quarterly.quarter(year, name), quarterly.area(region), SERIES.get(_plain(flow))
        value = long.number(text)
        if period is None:
            failures.append(
                f"{table.cell(index, columns['quarter'])}: expected a quarter such as 2016 and Q1, found {year!r} and {name!r}"
            )
        if place is None:
            failures.append(quarterly.unknown_area(table.cell(index, columns["region"]), region))
        if series is None:
            failures.append(f"{table.cell(index, columns['rdos'])}: expected receipts, disposals or open, found {flow!r}")
        if not court or not kind:
            failures.append(
                f"{table.cell(index, columns['crown_court'])}: expected a court and a kind of case, found {court!r} and {kind!r}"
            )
        cell = table.cell(index, columns["value"])
        if value is None or value[0] < 0 or (value[1] == "final" and not value[0].is_integer()):
            failures.append(f"{cell}: expected a number of cases, found {repr(text) if text else 'an empty cell'}")
        elif period and place and series:
            observations.append(Observation(series, place, f"{court} / {_unnumbered(kind)}", period, *value, cell))
    failures += long.duplicates(observations) + _gaps(observations)
    if not observations and not failures:
        failures.append("expected at least one figure for all offences, found none")
    long.refuse(table, failures)
    rejected = tuple((long.rows(n), what, "only all offences together are measured here") for what, n in sorted(left_out.items()))
    notices = (quarterly.LONDON_NOTICE, "Kinds of case are kept apart: some are totals of others, so they are never added up.")
    checks = (("figures", "passed", long.counted(o.status for o in observations)),)
    return quarterly.reading(observations, notices, checks, rejected)


def _gaps(observations: list[Observation]) -> list[str]:
    """Quarters missing from the middle of a series; courts open and close, so a court may come and go."""
    periods_of: dict[str, set[str]] = defaultdict(set)
    for o in observations:
        periods_of[o.series].add(o.period)
    failures = []
    for series, periods in sorted(periods_of.items()):
        gaps = [p for p in every_quarter(min(periods), max(periods)) if p not in periods]
        if gaps:
            failures.append(f"{series}: expected every quarter from {min(periods)} to {max(periods)}; missing {', '.join(gaps)}")
    return failures


def _unnumbered(label: str) -> str:
    """The label without the number the publisher sorts by: "01. Trials: total" is "Trials: total"."""
    return re.sub(r"^\d+[.:]\s*", "", label)


def _plain(label: str) -> str:
    return fold(_unnumbered(label))
