"""Mid-year population of the London boroughs to observations: people, by borough and year. Nothing is added up."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from etl.definitions import reference
from etl.files import long
from etl.files.labels import fold
from etl.files.long import Observation
from etl.files.table import Reading, Table

FORM = "components"
SERIES = "population"
CODE, CATEGORY, YEAR, VALUE = "ladcode23", "category", "year", "sum"
CHANGES = ("natchange", "internal_net", "international_net", "other_change")
"""Components that add up to the change of a year."""
KNOWN_LONDON = {"2024": 9_089_736}
"""London as published, for years we have another source for: ONS, mid-2024 estimates."""
MOST_REVISED = 0.02
PUBLICATION_MONTH = "07"


def recognise(table: Table) -> str | None:
    """`components` if the table is this one; None if not. The code column carries the year of its boundaries: ladcode23."""
    labels = [fold(label) for label in table.columns]
    if _code_column(table) is None or not {CATEGORY, YEAR, VALUE} <= set(labels):
        return None
    column = table.column(CATEGORY)
    return FORM if any(len(row) > column and fold(row[column]) == SERIES for row in table.rows) else None


def read(table: Table, form: str) -> Reading:
    """Population of each of the 33 boroughs for each year.

    Raises:
        DataRejected: any cell, key, year or borough is not as it must be; every one is listed.
    """
    failures = long.ragged(table)
    code_column = _code_column(table)
    if code_column is None:
        raise ValueError(f"{table.file_name} was not recognised as {form}")
    columns = {label: table.column(label) for label in (CATEGORY, YEAR, VALUE)}
    observations: list[Observation] = []
    changes: dict[tuple[str, str], float] = defaultdict(float)
    left_out: Counter[str] = Counter()
    for index, (code, category, year, text) in table.records((table.columns[code_column], CATEGORY, YEAR, VALUE)):
        kind = fold(category)
        value = long.number(text)
        if kind != SERIES:
            left_out[category] += 1
            if kind in CHANGES and value and value[1] == "final":
                changes[code, year] += value[0]
            continue
        if not _is_borough(code):
            if re.fullmatch(r"[EWNSK]\d{8}", code):
                left_out[f"population of {code}"] += 1
            else:
                failures.append(
                    f"{table.cell(index, code_column)}: expected the code of a place such as E09000006, found {code!r}"
                )
            continue
        cell = table.cell(index, columns[VALUE])
        if not re.fullmatch(r"(19|20)\d\d", year):
            failures.append(f"{table.cell(index, columns[YEAR])}: expected a year such as 2024, found {year!r}")
        if value is None or not (value[0] > 0 and value[0].is_integer()):
            failures.append(f"{cell}: expected a number of people above nought, found {repr(text) if text else 'an empty cell'}")
        elif re.fullmatch(r"(19|20)\d\d", year):
            observations.append(Observation(SERIES, code, "", year, *value, cell))
    failures += long.duplicates(observations) + _missing_boroughs(observations)
    if not failures:
        failures += long.holes(observations, _years_between)
    checks = [_total(observations), _moves(observations, changes)] if observations else []
    failures += [f"{name}: {sentence}" for name, result, sentence in checks if result == "refused"]
    long.refuse(table, failures)
    first, last = min(o.period for o in observations), max(o.period for o in observations)
    return Reading(
        observations=long.frame(observations),
        first_period=first,
        last_period=last,
        edition_label=f"{int(last) + 1}-{PUBLICATION_MONTH}",
        edition_basis=f"taken as July of the year after its last, mid-{last}",
        part="whole",
        notices=(),
        checks=(*checks, ("figures", "passed", long.counted(o.status for o in observations))),
        rejected=((long.rows(left_out.total()), ", ".join(sorted(left_out)), "not a borough's population"),) if left_out else (),
    )


def _code_column(table: Table) -> int | None:
    return next((i for i, label in enumerate(table.columns) if re.fullmatch(r"ladcode\d\d", fold(label))), None)


def _is_borough(code: str) -> bool:
    area = reference.areas().get(code)
    return area is not None and area.kind == "borough"


def _missing_boroughs(observations: Sequence[Observation]) -> list[str]:
    codes = {o.area_code for o in observations}
    boroughs = (area for area in reference.areas().values() if area.kind == "borough")
    return [f"expected all 33 boroughs, found no population of {area.name}" for area in boroughs if area.code not in codes]


def _years_between(first: str, last: str) -> list[str]:
    return [str(year) for year in range(int(first), int(last) + 1)]


def _total(observations: Sequence[Observation]) -> tuple[str, str, str]:
    """London against the total published elsewhere: equal, revised a little, or not this population at all."""
    name = "London total, the City included"
    totals: dict[str, float] = defaultdict(float)
    for o in observations:
        totals[o.period] += o.value
    for year, published_total in KNOWN_LONDON.items():
        if year in totals and totals[year] != published_total:
            result = "warned" if abs(totals[year] / published_total - 1) <= MOST_REVISED else "refused"
            return name, result, f"expected {published_total:,} in {year}, found {totals[year]:,.0f}"
    year = max(totals)
    return name, "passed", f"{totals[year]:,.0f} in {year}"


def _moves(observations: Sequence[Observation], changes: dict[tuple[str, str], float]) -> tuple[str, str, str]:
    """Each year against the year before and the components between: a population in another borough's row shows here."""
    population = {(o.area_code, o.period): o.value for o in observations}
    contradictions = [
        f"{code} {year}: expected {population[code, str(int(year) - 1)] + change:,.0f}, found {population[code, year]:,.0f}"
        for (code, year), change in sorted(changes.items())
        if (code, year) in population
        and (code, str(int(year) - 1)) in population
        and abs(population[code, str(int(year) - 1)] + change - population[code, year]) > 1
    ]
    name = "population against births, deaths and moves"
    if contradictions:
        return name, "refused", f"{len(contradictions):,} do not add up: " + "; ".join(contradictions[:5])
    return name, "passed", f"{len(changes):,} boroughs and years add up"
