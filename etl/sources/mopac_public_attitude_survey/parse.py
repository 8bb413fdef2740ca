"""Public Attitude Survey files to observations: proportions of the people asked, 0 to 1, in twelve months to a quarter's end.

Columns are known by what they hold (dates, question names, boroughs, numbers), so a renamed column is still found.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from etl.core.areas import CITY_OF_LONDON, LONDON
from etl.core.period import every_third_month, moved
from etl.definitions import reference
from etl.files import long
from etl.files.labels import fold
from etl.files.long import Observation
from etl.files.table import Reading, Table
from etl.sources.mopac_public_attitude_survey.spellings import (
    MEASURES,
    NUMBERS,
    are_month_first,
    end_month,
    measure,
    nearest_measure,
    plain_number,
    scale,
)

KINDS = ("borough", "force")
PUBLICATION_LAG_MONTHS = 2
# Column roles are settled on this share of the rows, so that one damaged cell is named rather than making the file a stranger.
ROLE_SHARE = 0.5
MONTH_FIRST = "Dates are read month first (12/31/2022): every one is then the end of a quarter, and day first none is."


@dataclass(frozen=True)
class Roles:
    """Positions of the columns by what they hold; None where the layout has no such column."""

    date: int
    measure: int
    value: int
    area: int | None
    london: int | None
    survey: int | None
    is_month_first: bool = False
    """Whether dates are written 12/31/2022."""

    def period(self, row: Sequence[str]) -> str | None:
        """The row's last month; None where its date is none of a quarter's end."""
        return end_month(row[self.date], is_month_first=self.is_month_first)


def recognise(table: Table) -> str | None:
    """`borough`, `london` or `public_perception` if the table is this survey's; None if it is not."""
    roles = _roles(table)
    if roles is None:
        return None
    if roles.area is None:
        return "public_perception"
    areas = {reference.area_code(text, KINDS) for text in _texts(table, roles.area)}
    return "london" if areas <= {LONDON, None} else "borough"


def read(table: Table, form: str) -> Reading:
    """The table's figures.

    Raises:
        DataRejected: any cell, key, quarter or borough is not as it must be; every one is listed.
    """
    roles = _roles(table)
    if roles is None:
        raise ValueError(f"{table.file_name} was not recognised as {form}")
    failures = long.ragged(table)
    failures += _other_surveys(table, roles) + _key_faults(table, roles)
    factor, wrong_scale = scale(_cells(table, [c for c in (roles.value, roles.london) if c is not None]))
    failures += wrong_scale
    published, faults = _observations(table, roles, roles.value, factor)
    failures += faults
    failures += long.duplicates(published)
    if form == "borough":
        failures += _missing_boroughs(published)
    repeated, faults = _london(table, roles, factor, published)
    failures += faults
    observations = published + repeated
    if not failures:
        failures += long.holes(observations, every_third_month)
    if not observations and not failures:
        failures.append("expected at least one figure, found none")
    long.refuse(table, failures)
    return _reading(observations, factor, [MONTH_FIRST] if roles.is_month_first else [])


def _reading(observations: Sequence[Observation], factor: Decimal, dated: Sequence[str]) -> Reading:
    periods = {o.period for o in observations}
    first, last = min(periods), max(periods)
    label = moved(last, PUBLICATION_LAG_MONTHS)
    stopped = _stopped(observations, last)
    absent = sorted(set(MEASURES) - {o.series for o in observations})
    checks = [
        ("survey scale", "passed", "whole percentages" if factor != 1 else "proportions"),
        ("figures", "passed", long.counted(o.status for o in observations)),
        _within_boroughs(observations),
    ]
    if stopped:
        checks.append(("measures to the last point", "warned", "; ".join(stopped)))
    notices = ["Figures are published to the whole percentage point.", *dated, *stopped]
    if absent:
        notices.append(f"Not in this file: {', '.join(absent)}.")
    return Reading(
        observations=long.frame(observations),
        first_period=first,
        last_period=last,
        edition_label=label,
        edition_basis=f"taken as two months after its last point, the year to {last}",
        part="whole",
        notices=tuple(notices),
        checks=tuple(checks),
        rejected=(),
    )


def _roles(table: Table) -> Roles | None:
    """The columns by their contents, a label settling only what the contents leave open; None if this is another table."""
    shares = {i: _shares(table, i) for i in range(len(table.columns))}

    def best(role: str) -> int | None:
        column = max(shares, key=lambda i: shares[i][role], default=None)
        return column if column is not None and shares[column][role] >= ROLE_SHARE else None

    date, question, area = best("date"), best("measure"), best("area")
    assigned = {date, question, area}
    numbers = [i for i in shares if i not in assigned and shares[i]["number"] >= ROLE_SHARE]
    if date is None or question is None or not numbers:
        return None
    london = next((i for i in numbers if fold(table.columns[i]) in ("mps", "met", "london", "mps total")), None)
    value_columns = [i for i in numbers if i != london]
    if len(numbers) == 2 and london is None:
        london = next((i for i in numbers if _is_constant(table, date, question, i)), None)
        value_columns = [i for i in numbers if i != london]
    if len(value_columns) != 1:
        return None
    survey = next((i for i, label in enumerate(table.columns) if fold(label) == "survey"), None)
    return Roles(date, question, value_columns[0], area, london, survey, are_month_first(set(_texts(table, date))))


def _shares(table: Table, column: int) -> dict[str, float]:
    texts = _texts(table, column)
    kinds: dict[str, Callable[[str], bool]] = {
        "date": lambda text: NUMBERS.fullmatch(text) is not None or end_month(text) is not None,
        "measure": lambda text: measure(text) is not None,
        "area": lambda text: reference.area_code(text, KINDS) is not None,
        "number": lambda text: plain_number(text) is not None,
    }
    # A column repeats a few texts thousands of times: each is looked at once.
    texts_by_role = {role: {text for text in set(texts) if test(text)} for role, test in kinds.items()}
    return {
        role: sum(text in role_texts for text in texts) / len(texts) if texts else 0.0
        for role, role_texts in texts_by_role.items()
    }


def _texts(table: Table, column: int) -> list[str]:
    return [row[column] for row in table.rows if column < len(row) and row[column]]


def _cells(table: Table, columns: Sequence[int]) -> list[tuple[str, str]]:
    return [(table.cell(i, c), row[c]) for i, row in enumerate(table.rows) for c in columns if c < len(row) and any(row)]


def _is_constant(table: Table, date: int, question: int, column: int) -> bool:
    values_by_key = defaultdict(set)
    for row in table.rows:
        if len(row) > max(date, question, column):
            values_by_key[row[date], row[question]].add(row[column])
    return all(len(values) == 1 for values in values_by_key.values())


def _observations(table: Table, roles: Roles, column: int, factor: Decimal) -> tuple[list[Observation], list[str]]:
    """The figures of one column, and every cell of it that holds none; rows whose key is at fault are passed over."""
    observations, failures = [], []
    for index, row in enumerate(table.rows):
        if not any(row) or len(row) <= max(roles.date, roles.measure, column, roles.area or 0):
            continue
        cell = table.cell(index, column)
        number_and_status = plain_number(row[column])
        if number_and_status is None:
            content = repr(row[column]) if row[column] else "an empty cell"
            failures.append(f"{cell}: expected a share of people asked, found {content}")
            continue
        period, series, area = _key(roles, row)
        if period and series and area:
            value, status = number_and_status
            observations.append(Observation(series, area, "", period, float(value / factor), status, cell))
    return observations, failures


def _key(roles: Roles, row: Sequence[str]) -> tuple[str | None, str | None, str | None]:
    area = LONDON if roles.area is None else reference.area_code(row[roles.area], KINDS)
    return roles.period(row), measure(row[roles.measure]), area


def _key_faults(table: Table, roles: Roles) -> list[str]:
    """Every date, measure and borough that is not known, with the nearest that is."""
    sentences = []
    for index, row in enumerate(table.rows):
        if not any(row) or len(row) <= max(roles.date, roles.measure, roles.area or 0):
            continue
        period, series, area = _key(roles, row)
        if period is None:
            expected = "the end of a quarter (31/12/2014, 2014-12-31 or Dec-14)"
            sentences.append(f"{table.cell(index, roles.date)}: expected {expected}, found {row[roles.date]!r}")
        if series is None:
            near = nearest_measure(row[roles.measure])
            sentences.append(f"{table.cell(index, roles.measure)}: unknown measure {row[roles.measure]!r}{_nearest(near)}")
        if area is None and roles.area is not None:
            near = reference.nearest_area(row[roles.area], KINDS)
            sentences.append(f"{table.cell(index, roles.area)}: unknown borough {row[roles.area]!r}{_nearest(near)}")
    return sentences


def _nearest(name: str | None) -> str:
    return f"; the nearest known is {name!r}" if name else ""


def _london(table: Table, roles: Roles, factor: Decimal, published: Sequence[Observation]) -> tuple[list[Observation], list[str]]:
    """London's figure from the column that repeats it, once a quarter and measure, and every place it contradicts itself."""
    if roles.london is None:
        return [], []
    repeated, failures = _observations(table, roles, roles.london, factor)
    first: dict[tuple[str, str], Observation] = {}
    for o in repeated:
        first_figure = first.setdefault((o.series, o.period), o)
        if (first_figure.value, first_figure.status) != (o.value, o.status) and first_figure.status == o.status == "final":
            key_words = f"{o.series}, year to {o.period}"
            failures.append(
                f"{o.cell}: expected London's {first_figure.value:.2f} as in {first_figure.cell}, found {o.value:.2f} "
                f"({key_words})"
            )
    rows = {(o.series, o.period): o for o in published if o.area_code == LONDON}
    for key, o in first.items():
        if key in rows and rows[key].value != o.value:
            london_row = rows[key]
            failures.append(
                f"{o.cell}: expected {london_row.value:.2f} as in London's own row {london_row.cell}, found {o.value:.2f}"
            )
    london = [replace(o, area_code=LONDON) for key, o in first.items() if key not in rows]
    return london, failures


def _other_surveys(table: Table, roles: Roles) -> list[str]:
    if roles.survey is None:
        return []
    return [
        f"{table.cell(i, roles.survey)}: expected the survey PAS, found {row[roles.survey]!r}"
        for i, row in enumerate(table.rows)
        if len(row) > roles.survey and any(row) and fold(row[roles.survey]) not in ("pas", "public attitude survey")
    ]


def _missing_boroughs(observations: Sequence[Observation]) -> list[str]:
    """Every borough a measure of the file has no row for at all, and the City, which the survey does not cover."""
    series_areas = {(o.series, o.area_code) for o in observations}
    sentences = [
        f"{series}: expected all 32 boroughs, found no row for {reference.areas()[code].name}"
        for series in sorted({series for series, _ in series_areas})
        for code in reference.members(LONDON)
        if (series, code) not in series_areas
    ]
    if any(code == CITY_OF_LONDON for _, code in series_areas):
        sentences.append("City of London: expected the 32 boroughs only; the survey does not cover the City")
    return sentences


def _stopped(observations: Sequence[Observation], last: str) -> list[str]:
    newest: dict[str, str] = {}
    for o in observations:
        newest[o.series] = max(o.period, newest.get(o.series, o.period))
    return [f"{series} stops at {period}; the file runs to {last}" for series, period in sorted(newest.items()) if period < last]


def _within_boroughs(observations: Sequence[Observation]) -> tuple[str, str, str]:
    """London is an average of its boroughs, so it lies between the lowest and the highest of them, rounding aside."""
    boroughs = defaultdict(list)
    for o in observations:
        if o.area_code != LONDON and o.status == "final":
            boroughs[o.series, o.period].append(o.value)
    outside = [
        f"{o.series} {o.period}: London {o.value:.2f}, boroughs {min(shares):.2f} to {max(shares):.2f}"
        for o in observations
        if o.area_code == LONDON
        and (shares := boroughs.get((o.series, o.period)))
        and not min(shares) - 0.01 <= o.value <= max(shares) + 0.01
    ]
    name = "London between its lowest and highest borough"
    if outside:
        return name, "warned", "; ".join(outside[:10])
    return name, "passed", f"{len(boroughs):,} quarters and measures" if boroughs else "no boroughs in this file"
