"""What a row of the table of breaks applies to, in words."""

from collections.abc import Sequence
from fnmatch import fnmatchcase

from dashboard.figures.records import Break, Measure
from etl.core import areas
from etl.core.written import listed
from etl.definitions.reference import Break as BreakRow

TOTAL = "total_recorded_crime"
PLACES = {
    areas.EVERYWHERE: "everywhere",
    areas.BOROUGH_CODES: "boroughs",
    areas.COMMAND_CODES: "commands",
    areas.LONDON: "London",
    areas.HILLINGDON: "Hillingdon",
    areas.AIRPORTS: "the airports",
    areas.UNKNOWN: "crimes with no borough",
}
MOST_NAMED = 4


def applies_to(row: BreakRow, measures: Sequence[Measure]) -> str:
    """The measures and the places a break touches: "All recorded crime; boroughs and commands"."""
    return f"{_measures(row, measures)}; {_places(row)}"


def as_record(row: BreakRow) -> Break:
    """The row as the record charts and tables take."""
    return Break(row.start, row.end, row.what, row.kind, row.treatment, row.source)


def _measures(row: BreakRow, measures: Sequence[Measure]) -> str:
    measures_touched = [m for m in measures if any(fnmatchcase(m.id, pattern) for pattern in row.measures)]
    if any(m.id == TOTAL for m in measures_touched):
        return "All recorded crime"
    if not measures_touched:
        names = listed(tuple(p.strip("*").strip("_").replace("_", " ") for p in row.measures))
        return f"{names[:1].upper()}{names[1:]}, not held"
    if len(measures_touched) > MOST_NAMED:
        return f"{measures_touched[0].title} and {len(measures_touched) - 1} more"
    return listed(tuple(m.title for m in measures_touched))


def _places(row: BreakRow) -> str:
    names = tuple(PLACES.get(pattern, pattern) for pattern in row.areas)
    if {"boroughs", "commands", "London"} <= set(names):
        return "every place"
    return listed(names)
