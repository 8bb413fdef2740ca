"""Compiles what is published about boroughs into one small table: only the columns that likeness is worked out from."""

import csv
from dataclasses import dataclass
from pathlib import Path

from etl.core.areas import LONDON
from etl.core.errors import SourceChanged, SourceUnavailable
from etl.definitions import reference
from etl.definitions.similar import CHARACTERISTICS
from etl.files.workbook import sheets

PROFILES = "London Borough Profiles, London Datastore"
DEPRIVATION = "English Indices of Deprivation 2019, Ministry of Housing, Communities and Local Government"
CODE = "Code"
SUMMARY_SHEET = "Borough summary measures"
COLUMNS = ("area_code", "characteristic", "value", "year", "source", "column")


@dataclass(frozen=True)
class Column:
    """Where a characteristic stands: its name here, the published column, and the year it is of."""

    characteristic: str
    heading: str
    year: str


FROM_PROFILES = (
    Column("density", "Population_density_(per_hectare)_2017", "2017"),
    Column("average_age", "Average_Age,_2017", "2017"),
    Column("working_age", "Proportion_of_population_of_working-age,_2015", "2015"),
    Column("jobs_per_resident", "Jobs_Density,_2015", "2015"),
    Column("private_renting", "Rented_from_Private_landlord,_(2014)_%", "2014"),
    Column("public_transport", "Average_Public_Transport_Accessibility_score,_2014", "2014"),
)
FROM_DEPRIVATION = Column("deprivation", "IMD - Average score", "2019")


def compile_table(profiles: Path, deprivation: Path, folder: Path) -> int:
    """Write `borough_characteristics.csv` in `folder`; returns how many figures it holds.

    Boroughs without a figure ("." in the profiles) have no row: missing is not nil. The City of London is left out: the force
    does not police it.

    Raises:
        SourceUnavailable: a file is not there.
        SourceChanged: a column or sheet is not where it was, or a figure is not a number.
    """
    rows = [*_profiles(profiles), *_deprivation(deprivation)]
    boroughs = set(reference.members(LONDON))
    borough_rows = sorted(row for row in rows if row[0] in boroughs)
    with (folder / CHARACTERISTICS).open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(borough_rows)
    return len(borough_rows)


def _profiles(path: Path) -> list[tuple[str, ...]]:
    if not path.is_file():
        raise SourceUnavailable(f"{path}: no such file")
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            # A line cut short has nothing in its last columns.
            table = [{name: cell or "" for name, cell in row.items() if name} for row in csv.DictReader(lines)]
    except (UnicodeDecodeError, csv.Error) as error:
        raise SourceChanged(f"{path.name}: it cannot be read as a table: {error}") from error
    headings = [CODE, *(c.heading for c in FROM_PROFILES)]
    missing = [heading for heading in headings if not table or heading not in table[0]]
    if missing:
        raise SourceChanged(f"{path.name}: no column {', '.join(missing)}")
    return [
        (row[CODE], c.characteristic, _number(row[c.heading], path, c), c.year, PROFILES, c.heading)
        for row in table
        for c in FROM_PROFILES
        if row[CODE].startswith("E09") and row[c.heading].strip() not in (".", "")
    ]


def _deprivation(path: Path) -> list[tuple[str, ...]]:
    if not path.is_file():
        raise SourceUnavailable(f"{path}: no such file")
    by_name = dict(sheets(path))
    if SUMMARY_SHEET not in by_name:
        raise SourceChanged(f"{path.name}: no sheet {SUMMARY_SHEET!r}; there are {', '.join(by_name)}")
    rows = [row for row in by_name[SUMMARY_SHEET] if any(row)]
    names = [heading.strip() for heading in rows[0]] if rows else []
    if FROM_DEPRIVATION.heading not in names:
        raise SourceChanged(f"{path.name}: {SUMMARY_SHEET}: no column {FROM_DEPRIVATION.heading!r}")
    at, c = names.index(FROM_DEPRIVATION.heading), FROM_DEPRIVATION
    return [(row[0], c.characteristic, _number(row[at], path, c), c.year, DEPRIVATION, c.heading) for row in rows[1:]]


def _number(text: str, path: Path, column: Column) -> str:
    cleaned = text.replace(",", "").strip()
    try:
        float(cleaned)
    except ValueError as error:
        raise SourceChanged(f"{path.name}: {column.heading}: {text!r} is not a number") from error
    return cleaned
