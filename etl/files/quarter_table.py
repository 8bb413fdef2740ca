"""Court tables of one row a quarter, or a quarter and region: read as the layout in the source's definition says."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from etl.core.areas import ENGLAND_AND_WALES
from etl.core.period import every_quarter, last_day
from etl.definitions import reference
from etl.definitions.quarter_table import QuarterTable
from etl.files import long, quarterly
from etl.files.labels import fold
from etl.files.long import Observation
from etl.files.table import Reading, Table


@dataclass(frozen=True)
class QuarterTableParser:
    """What a source with a `parse.py` has as a module, made of its definition."""

    layouts: Mapping[str, QuarterTable]
    """Form to its layout."""

    def recognise(self, table: Table) -> str | None:
        """The form whose kinds of column the table has, region or none; None if it is none of them."""
        return next((form for form, layout in self.layouts.items() if _is_laid_out_so(table, layout)), None)

    def read(self, table: Table, form: str) -> Reading:
        """The table's figures.

        Raises:
            DataRejected: any cell, key, quarter or region is not as it must be; every one is listed.
        """
        return _read(table, self.layouts[form])


def _is_laid_out_so(table: Table, layout: QuarterTable) -> bool:
    labels = {fold(label) for label in table.columns}
    wanted = {"year", "quarter", *(fold(label) for label in layout.columns)}
    return wanted <= labels and ("region" in labels) == layout.by_region


def _read(table: Table, layout: QuarterTable) -> Reading:
    failures = long.ragged(table)
    observations: list[Observation] = []
    for index, row in enumerate(table.rows):
        if any(row) and len(row) >= len(table.columns):
            read, faults = _row(table, layout, index, row)
            observations += read
            failures += faults
    failures += long.duplicates(observations)
    if layout.by_region:
        failures += _missing_regions(observations)
    if not failures:
        failures += long.holes(observations, every_quarter) + _contradictions(observations, layout)
    if not observations and not failures:
        failures.append("expected at least one figure, found none")
    long.refuse(table, failures)
    checks = [("figures", "passed", long.counted(o.status for o in observations))]
    if layout.by_region:
        checks += _shortfall(observations, layout)
    known = {"year", "quarter", "quarter_end", "region", "geo_level", *map(fold, layout.columns)}
    unread = [label for label in table.columns if label and fold(label) not in known]
    notices = [quarterly.LONDON_NOTICE] if layout.by_region else []
    notices += [f"Column {label!r} is not read." for label in unread]
    return quarterly.reading(observations, tuple(notices), tuple(checks), ())


def _row(table: Table, layout: QuarterTable, index: int, row: Sequence[str]) -> tuple[list[Observation], list[str]]:
    position = {fold(label): i for i, label in enumerate(table.columns)}
    failures = []
    year, name = row[position["year"]], row[position["quarter"]]
    period = quarterly.quarter(year, name)
    if period is None:
        cell = table.cell(index, position["quarter"])
        failures.append(f"{cell}: expected a quarter such as 2016 and Q1, found {year!r} and {name!r}")
    elif "quarter_end" in position:
        end = row[position["quarter_end"]]
        expected = last_day(period).isoformat()
        if end[:10] != expected:
            cell = table.cell(index, position["quarter_end"])
            failures.append(f"{cell}: expected {expected}, the end of {period}, found {end!r}")
    place: str | None = ENGLAND_AND_WALES
    if layout.by_region:
        place = quarterly.area(row[position["region"]])
        if place is None:
            failures.append(quarterly.unknown_area(table.cell(index, position["region"]), row[position["region"]]))
    observations = []
    for label, series in layout.columns.items():
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
            observations.append(Observation(series, place, "", period, *value, cell))
    return observations, failures


def _value_fault(value: float, series: str, layout: QuarterTable) -> str | None:
    if value < 0 and series not in layout.below_nought:
        return "nought or more"
    if series in layout.shares and value > 1:
        return "a share from 0 to 1"
    if series in layout.cases and value == value and value != int(value):
        return "a whole number"
    return None


def _missing_regions(observations: Sequence[Observation]) -> list[str]:
    codes = {o.area_code for o in observations}
    missing = [code for code in (*quarterly.REGIONS, ENGLAND_AND_WALES) if code not in codes]
    return [f"expected every region, found no row for {reference.areas()[code].name}" for code in missing]


def _contradictions(observations: Sequence[Observation], layout: QuarterTable) -> list[str]:
    """Shares that are not the part over the whole, and differences that are not the one less the other."""
    final = {o.key: o for o in observations if o.status == "final"}
    failures = []
    for o in final.values():
        rule = layout.shares.get(o.series) or layout.differences.get(o.series)
        sides = [final.get((name, *o.key[1:])) for name in rule or ()]
        if len(sides) != 2 or sides[0] is None or sides[1] is None:
            continue
        first, second = sides[0], sides[1]
        if o.series in layout.differences:
            expected, margin, words = first.value - second.value, 0.5, "less"
        else:
            expected, margin, words = first.value / second.value if second.value else 0.0, 0.0006, "over"
        if abs(expected - o.value) > margin:
            failures.append(f"{o.cell}: expected {expected:g} ({first.cell} {words} {second.cell}), found {o.value:g}")
    return failures + _above_nation(observations, layout)


def _by_quarter(observations: Sequence[Observation], series: str) -> dict[str, tuple[float, float]]:
    """Quarter to (sum of the regions, the nation), for quarters that have every region."""
    regions: dict[str, dict[str, float]] = defaultdict(dict)
    for o in observations:
        if o.series == series and o.status == "final":
            regions[o.period][o.area_code] = o.value
    whole = (*quarterly.REGIONS, ENGLAND_AND_WALES)
    return {
        period: (sum(values[r] for r in quarterly.REGIONS), values[ENGLAND_AND_WALES])
        for period, values in sorted(regions.items())
        if all(code in values for code in whole)
    }


def _above_nation(observations: Sequence[Observation], layout: QuarterTable) -> list[str]:
    return [
        f"{series} {period}: expected the regions to add up to no more than England and Wales, "
        f"found {regions:,.0f} and {nation:,.0f}"
        for series in sorted(layout.cases)
        for period, (regions, nation) in _by_quarter(observations, series).items()
        if regions > nation
    ]


def _shortfall(observations: Sequence[Observation], layout: QuarterTable) -> list[tuple[str, str, str]]:
    """How far the regions fall short of the nation: cases with no region."""
    checks = []
    for series in sorted(layout.cases):
        short = [nation - regions for regions, nation in _by_quarter(observations, series).values()]
        if short:
            sentence = f"short of England and Wales by {min(short):,.0f} to {max(short):,.0f} cases with no region"
            checks.append((f"regions of {series}", "passed", sentence))
    return checks
