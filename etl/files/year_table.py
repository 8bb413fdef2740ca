"""Long annual tables, one row an item, year and area: read as the layout in the source's definition says."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from etl.core.period import moved
from etl.definitions import reference
from etl.definitions.table_layouts import YearTable
from etl.files import long
from etl.files.labels import fold
from etl.files.long import Observation
from etl.files.table import Reading, Table

AREA_KINDS = ("force", "borough")
PERCENT = 100


@dataclass(frozen=True)
class YearTableParser:
    """What a source with a `parse.py` has as a module, made of its definition."""

    layouts: Mapping[str, YearTable]
    """Form to its layout."""

    def recognise(self, table: Table) -> str | None:
        """The form whose labels the table has and whose items stand in it; None if it is none of them."""
        return next((form for form, layout in self.layouts.items() if _is_laid_out_so(table, layout)), None)

    def read(self, table: Table, form: str) -> Reading:
        """The table's figures.

        Raises:
            DataRejected: any cell, key, year or area is not as it must be; every one is listed.
        """
        return _read(table, self.layouts[form])


def _is_laid_out_so(table: Table, layout: YearTable) -> bool:
    labels = {fold(label) for label in table.columns}
    if not {fold(label) for label in (layout.item, layout.year, layout.area, layout.figure)} <= labels:
        return False
    items = {item for _, (item,) in table.records((layout.item,))}
    return bool(items & set(layout.series))


def _read(table: Table, layout: YearTable) -> Reading:
    failures = long.ragged(table)
    observations: list[Observation] = []
    left_out: Counter[str] = Counter()
    labels = (layout.item, layout.year, layout.area, layout.figure)
    for index, (item, year, place, text) in table.records(labels):
        if item not in layout.series or place in layout.left_out_areas:
            left_out[item if item not in layout.series else f"{place}: {layout.left_out_areas[place]}"] += 1
            continue
        faults, observation = _figure(table, layout, index, (layout.series[item], year, place, text))
        failures += faults
        observations += [observation] if observation else []
    failures += long.duplicates(observations)
    if not failures:
        failures += long.holes(observations, _years_between)
    if not observations and not failures:
        failures.append("expected at least one figure, found none")
    long.refuse(table, failures)
    first, last = min(o.period for o in observations), max(o.period for o in observations)
    return Reading(
        observations=long.frame(observations),
        first_period=first,
        last_period=last,
        edition_label=moved(f"{last}-12", layout.comes_out_months_after),
        edition_basis=f"taken as {layout.comes_out_months_after} months after the end of its last year, {last}",
        part="whole",
        notices=(),
        checks=(("figures", "passed", long.counted(o.status for o in observations)),),
        rejected=tuple((long.rows(n), what, "not taken from this table") for what, n in sorted(left_out.items())),
    )


def _figure(table: Table, layout: YearTable, index: int, row: tuple[str, str, str, str]) -> tuple[list[str], Observation | None]:
    series, year, place, text = row
    failures = []
    if not re.fullmatch(r"(19|20)\d\d", year):
        failures.append(f"{table.cell(index, table.column(layout.year))}: expected a year such as 2024, found {year!r}")
    code = reference.area_code(place, AREA_KINDS)
    if code is None:
        near = reference.nearest_area(place, AREA_KINDS)
        failures.append(
            f"{table.cell(index, table.column(layout.area))}: unknown area {place!r}"
            + (f"; the nearest known is {near!r}" if near else "")
        )
    cell = table.cell(index, table.column(layout.figure))
    figure = long.number(text)
    if figure is None or figure[0] < 0:
        failures.append(f"{cell}: expected a number of nought or more, found {repr(text) if text else 'an empty cell'}")
    if failures or code is None or figure is None:
        return failures, None
    value, status = figure
    return [], Observation(series, code, "", year, value / PERCENT if series in layout.in_percent else value, status, cell)


def _years_between(first: str, last: str) -> list[str]:
    return [str(year) for year in range(int(first), int(last) + 1)]
