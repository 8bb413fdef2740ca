"""Court tables of one row a quarter, or a quarter and region: one reader, told by each source which columns are which series."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from etl.definitions import reference
from etl.files import long
from etl.files.labels import fold
from etl.files.long import Observation
from etl.files.table import Reading, Table

KINDS = ("force", "region", "nation")
ENGLAND_AND_WALES = "K04000001"
REGIONS = (
    "E12000007",
    "HMCTS-MIDLANDS",
    "HMCTS-NORTH-EAST",
    "HMCTS-NORTH-WEST",
    "HMCTS-SOUTH-EAST",
    "HMCTS-SOUTH-WEST",
    "W92000004",
)
PUBLICATION_LAG_MONTHS = 3
LONDON_NOTICE = "London is the courts service's London region: it includes the City of London."
QUARTER_ENDS = {"Q1": "03-31", "Q2": "06-30", "Q3": "09-30", "Q4": "12-31"}


@dataclass(frozen=True)
class Layout:
    """Which columns of a table are which series, and what must hold between them."""

    form: str
    series: Mapping[str, str]
    """Column label to series id."""
    by_region: bool
    whole: frozenset[str] = frozenset()
    """Series that count cases: whole numbers, and the regions add up to no more than the nation."""
    signed: frozenset[str] = frozenset()
    """Series that may be below nought."""
    shares: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """Share to (part, whole): from 0 to 1, and equal to the part over the whole."""
    differences: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """Difference to (more, less)."""


def recognise(table: Table, layout: Layout) -> str | None:
    """The layout's form if the table has exactly these kinds of column; None if not."""
    labels = {fold(label) for label in table.columns}
    wanted = {"year", "quarter", *(fold(label) for label in layout.series)}
    return layout.form if wanted <= labels and ("region" in labels) == layout.by_region else None


def read(table: Table, layout: Layout) -> Reading:
    """The table's figures.

    Raises:
        DataRejected: any cell, key, quarter or region is not as it must be; every one is listed.
    """
    failures = long.ragged(table)
    observations: list[Observation] = []
    for index, row in enumerate(table.rows):
        if any(row) and len(row) >= len(table.columns):
            found, faults = _row(table, layout, index, row)
            observations += found
            failures += faults
    failures += long.duplicates(observations)
    if layout.by_region:
        failures += _missing_regions(observations)
    if not failures:
        failures += long.holes(observations, long.quarters_between) + _contradictions(observations, layout)
    if not observations and not failures:
        failures.append("expected at least one figure, found none")
    long.refuse(table, failures)
    checks = [("figures", "passed", long.counted(o.status for o in observations))]
    if layout.by_region:
        checks += _shortfall(observations, layout)
    known = {"year", "quarter", "quarter_end", "region", "geo_level", *map(fold, layout.series)}
    unread = [label for label in table.columns if label and fold(label) not in known]
    notices = [LONDON_NOTICE] if layout.by_region else []
    notices += [f"Column {label!r} is not read." for label in unread]
    return reading(observations, tuple(notices), tuple(checks), ())


def reading(
    observations: Sequence[Observation],
    notices: tuple[str, ...],
    checks: tuple[tuple[str, str, str], ...],
    rejected: tuple[tuple[str, str, str], ...],
) -> Reading:
    """A reading of a quarterly table: its edition taken as three months after its last quarter, as these releases have come."""
    first, last = min(o.period for o in observations), max(o.period for o in observations)
    return Reading(
        observations=long.frame(observations),
        first_period=first,
        last_period=last,
        edition_label=long.month_after(long.last_month(last), PUBLICATION_LAG_MONTHS),
        edition_basis=f"taken as three months after its last quarter, {last}",
        part="whole",
        notices=notices,
        checks=checks,
        rejected=rejected,
    )


def area(text: str) -> str | None:
    """Code of a court region or nation by the publisher's name."""
    return reference.area_code(text, KINDS)


def unknown_area(cell: str, text: str) -> str:
    """The sentence that refuses a region nobody knows, naming the nearest."""
    near = reference.nearest_area(text, KINDS)
    return f"{cell}: unknown region {text!r}" + (f"; the nearest known is {near!r}" if near else "")


def quarter(year: str, name: str) -> str | None:
    """2016-Q1 from a year and Q1 (or 1); None for anything else."""
    match = re.fullmatch(r"[Qq]?([1-4])", name)
    return f"{year}-Q{match[1]}" if match and re.fullmatch(r"(19|20)\d\d", year) else None


def _row(table: Table, layout: Layout, index: int, row: Sequence[str]) -> tuple[list[Observation], list[str]]:
    position = {fold(label): i for i, label in enumerate(table.columns)}
    failures = []
    year, name = row[position["year"]], row[position["quarter"]]
    period = quarter(year, name)
    if period is None:
        cell = table.cell(index, position["quarter"])
        failures.append(f"{cell}: expected a quarter such as 2016 and Q1, found {year!r} and {name!r}")
    elif "quarter_end" in position:
        end = row[position["quarter_end"]]
        expected = f"{year}-{QUARTER_ENDS[period[-2:]]}"
        if end[:10] != expected:
            cell = table.cell(index, position["quarter_end"])
            failures.append(f"{cell}: expected {expected}, the end of {period}, found {end!r}")
    place: str | None = ENGLAND_AND_WALES
    if layout.by_region:
        place = area(row[position["region"]])
        if place is None:
            failures.append(unknown_area(table.cell(index, position["region"]), row[position["region"]]))
    found = []
    for label, series in layout.series.items():
        column = position[fold(label)]
        text, cell = row[column], table.cell(index, column)
        value = long.number(text)
        if value is None:
            failures.append(f"{cell}: {label}: expected a number, found {repr(text) if text else 'an empty cell'}")
            continue
        fault = _value_fault(value[0], series, layout)
        if fault:
            failures.append(f"{cell}: {label}: expected {fault}, found {text!r}")
        elif period and place:
            found.append(Observation(series, place, "", period, *value, cell))
    return found, failures


def _value_fault(value: float, series: str, layout: Layout) -> str | None:
    if value < 0 and series not in layout.signed:
        return "nought or more"
    if series in layout.shares and value > 1:
        return "a share from 0 to 1"
    if series in layout.whole and value == value and value != int(value):
        return "a whole number"
    return None


def _missing_regions(observations: Sequence[Observation]) -> list[str]:
    held = {o.area_code for o in observations}
    missing = [code for code in (*REGIONS, ENGLAND_AND_WALES) if code not in held]
    return [f"expected every region, found no row for {reference.areas()[code].name}" for code in missing]


def _contradictions(observations: Sequence[Observation], layout: Layout) -> list[str]:
    """Shares that are not the part over the whole, and differences that are not the one less the other."""
    found = {o.key: o for o in observations if o.status == "final"}
    said = []
    for o in found.values():
        rule = layout.shares.get(o.series) or layout.differences.get(o.series)
        sides = [found.get((name, *o.key[1:])) for name in rule or ()]
        if len(sides) != 2 or sides[0] is None or sides[1] is None:
            continue
        first, second = sides[0], sides[1]
        if o.series in layout.differences:
            expected, margin, words = first.value - second.value, 0.5, "less"
        else:
            expected, margin, words = first.value / second.value if second.value else 0.0, 0.0006, "over"
        if abs(expected - o.value) > margin:
            said.append(f"{o.cell}: expected {expected:g} ({first.cell} {words} {second.cell}), found {o.value:g}")
    return said + _above_nation(observations, layout)


def _by_quarter(observations: Sequence[Observation], series: str) -> dict[str, tuple[float, float]]:
    """Quarter to (sum of the regions, the nation), for quarters that have every region."""
    regions: dict[str, dict[str, float]] = defaultdict(dict)
    for o in observations:
        if o.series == series and o.status == "final":
            regions[o.period][o.area_code] = o.value
    whole = (*REGIONS, ENGLAND_AND_WALES)
    return {
        period: (sum(values[r] for r in REGIONS), values[ENGLAND_AND_WALES])
        for period, values in sorted(regions.items())
        if all(code in values for code in whole)
    }


def _above_nation(observations: Sequence[Observation], layout: Layout) -> list[str]:
    return [
        f"{series} {period}: expected the regions to add up to no more than England and Wales, "
        f"found {regions:,.0f} and {nation:,.0f}"
        for series in sorted(layout.whole)
        for period, (regions, nation) in _by_quarter(observations, series).items()
        if regions > nation
    ]


def _shortfall(observations: Sequence[Observation], layout: Layout) -> list[tuple[str, str, str]]:
    """How far the regions fall short of the nation: cases with no region."""
    checks = []
    for series in sorted(layout.whole):
        short = [nation - regions for regions, nation in _by_quarter(observations, series).values()]
        if short:
            said = f"short of England and Wales by {min(short):,.0f} to {max(short):,.0f} cases with no region"
            checks.append((f"regions of {series}", "passed", said))
    return checks
