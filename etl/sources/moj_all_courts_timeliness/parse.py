"""Criminal court timeliness, all courts, to observations: one geographic level a row, told by which columns hold a dash."""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from etl.core.areas import ENGLAND_AND_WALES
from etl.core.period import every_quarter
from etl.files import long, quarterly
from etl.files.labels import fold
from etl.files.long import Observation
from etl.files.table import Reading, Table

FORM = "transparency"
PREFIX = "all_courts_"
STEPS = ("offence to charge", "charge to first list", "first list to completion")
DAYS = tuple(f"{average} {span}" for average in ("mean", "median") for span in (*STEPS, "offence to completion"))
LEVELS = ("National", "Region", "LCJB area", "LJA or Court name")
LABELS = ("Year", "Period", "Court type", *LEVELS, "Defendants", *DAYS)
ALL_COURTS = "all courts"
# Four rounded means: three steps may miss the whole by two days.
ROUNDING_DAYS = 2


def recognise(table: Table) -> str | None:
    """`transparency` if the table is this one; None if not."""
    return FORM if {fold(label) for label in LABELS} <= {fold(label) for label in table.columns} else None


def read(table: Table, form: str) -> Reading:
    """Days and defendants for the nation, the regions and the criminal justice areas (`breakdown`), all courts together.

    Raises:
        DataRejected: any cell, key, quarter or level is not as it must be; every one is listed.
    """
    failures = long.ragged(table)
    columns = {label: table.column(label) for label in LABELS}
    left_out: Counter[str] = Counter()
    observations: list[Observation] = []
    for index, cells in table.records(LABELS):
        row = dict(zip(LABELS, cells, strict=True))
        period = _quarter(row)
        if period is None:
            cell = table.cell(index, columns["Period"])
            failures.append(f"{cell}: expected a quarter of {row['Year']} such as 2010 Q2 (Apr-Jun), found {row['Period']!r}")
        level, fault = _level(row)
        if fault:
            failures.append(f"{table.cell(index, columns['National'])}: {fault}")
        if fold(row["Court type"]) != ALL_COURTS:
            left_out[f"rows of court type {row['Court type']!r}"] += 1
        elif level == LEVELS[-1]:
            left_out["rows of single courts"] += 1
        elif level:
            name = row["Region"] if level != "National" else row["National"]
            place = quarterly.area(name)
            if place is None:
                failures.append(quarterly.unknown_area(table.cell(index, columns[level]), name))
            breakdown = row["LCJB area"] if level == "LCJB area" else ""
            figures, faults = _figures(table, index, row, columns)
            failures += faults
            observations += [
                Observation(series, place, breakdown, period, *value, cell) for series, value, cell in figures if place and period
            ]
    failures += long.duplicates(observations)
    if not failures:
        failures += long.holes([o for o in observations if not o.breakdown], every_quarter)
        failures += _regions_above_nation(observations)
    if not observations and not failures:
        failures.append("expected at least one row of all courts, found none")
    long.refuse(table, failures)
    rejected = tuple((long.rows(n), what, "no measure here is of that level or kind") for what, n in sorted(left_out.items()))
    apart = _steps_apart(observations)
    checks = (
        ("figures", "passed", long.counted(o.status for o in observations)),
        (
            "three steps against the whole",
            "warned" if apart else "passed",
            "; ".join(apart[:10]) or "within two days in every row",
        ),
    )
    return quarterly.reading(observations, (quarterly.LONDON_NOTICE,), checks, rejected)


def _quarter(row: Mapping[str, str]) -> str | None:
    match = re.fullmatch(r"((?:19|20)\d\d) Q([1-4])\b.*", row["Period"])
    return f"{match[1]}-Q{match[2]}" if match and match[1] == row["Year"] else None


def _level(row: Mapping[str, str]) -> tuple[str | None, str | None]:
    """(the level a row is of, None), or (None, what is wrong): a dash means "not this level"."""
    filled = tuple(label for label in LEVELS if row[label] not in ("-", ""))
    known = {LEVELS[:1]: "National", LEVELS[1:2]: "Region", LEVELS[1:3]: "LCJB area", LEVELS[1:4]: LEVELS[3]}
    level = known.get(filled)
    if level:
        return level, None
    return None, f"expected one level (a dash in each column that is not it), found {', '.join(filled) or 'dashes only'}"


def _figures(
    table: Table, index: int, row: Mapping[str, str], columns: Mapping[str, int]
) -> tuple[list[tuple[str, tuple[float, str], str]], list[str]]:
    figures, failures = [], []
    for label in ("Defendants", *DAYS):
        cell = table.cell(index, columns[label])
        value = long.number(row[label])
        if value is None or value[0] < 0:
            failures.append(f"{cell}: {table.columns[columns[label]]}: expected a number of nought or more, found {row[label]!r}")
            continue
        figures.append((_series(label), value, cell))
    return figures, failures


def _series(label: str) -> str:
    """all_courts_offence_to_completion_mean for "mean offence to completion"."""
    average, _, span = label.partition(" ")
    return PREFIX + (f"{span.replace(' ', '_')}_{average}" if span else average.lower())


def _steps_apart(observations: Sequence[Observation]) -> list[str]:
    """Rows whose three mean steps do not make their whole: a sign of columns in the wrong order."""
    rows: dict[tuple[str, str, str], dict[str, Observation]] = defaultdict(dict)
    for o in observations:
        if o.status == "final":
            rows[o.area_code, o.breakdown, o.period][o.series] = o
    steps, whole = [_series(f"mean {step}") for step in STEPS], _series("mean offence to completion")
    failures = []
    for row in rows.values():
        if whole in row and all(step in row for step in steps):
            total = sum(row[step].value for step in steps)
            if abs(total - row[whole].value) > ROUNDING_DAYS:
                failures.append(
                    f"{row[whole].cell}: expected {total:g} days, the sum of its three steps, found {row[whole].value:g}"
                )
    return failures


def _regions_above_nation(observations: Sequence[Observation]) -> list[str]:
    """Quarters whose regions hold more defendants than the nation: a level read as another."""
    sums: dict[str, float] = defaultdict(float)
    nations: dict[str, float] = {}
    for o in observations:
        if o.series == PREFIX + "defendants" and not o.breakdown and o.status == "final":
            if o.area_code == ENGLAND_AND_WALES:
                nations[o.period] = o.value
            else:
                sums[o.period] += o.value
    return [
        f"{period}: expected no more defendants in the regions than in England and Wales, found {sums[period]:,.0f} and {n:,.0f}"
        for period, n in sorted(nations.items())
        if sums[period] > n
    ]
