"""Open Crown Court cases by court to observations. The table states no quarter: its total tells it."""

from etl.core.period import year_before
from etl.definitions import reference
from etl.files import long, quarterly
from etl.files.labels import fold
from etl.files.long import Observation
from etl.files.table import Reading, Table

FORM = "extract"
SERIES = "open_crown_cases_by_court"
LABELS = ("region", "court", "open_latest", "open_year_ago", "change")


def recognise(table: Table) -> str | None:
    """`extract` if the table is this one; None if not."""
    return FORM if set(LABELS) <= {fold(label) for label in table.columns} else None


def read(table: Table, form: str) -> Reading:
    """Each court's open cases in the newest quarter and four quarters before.

    Raises:
        DataRejected: any cell, key or region is not as it must be, or no quarter has this total; every reason is listed.
    """
    failures = long.ragged(table)
    columns = {label: table.column(label) for label in LABELS}
    counts: list[tuple[str, str, str, tuple[float, str], str]] = []
    for index, (region, court, now, before, change) in table.records(LABELS):
        place = quarterly.area(region)
        if place is None:
            failures.append(quarterly.unknown_area(table.cell(index, columns["region"]), region))
        if not court:
            failures.append(f"{table.cell(index, columns['court'])}: expected the name of a court, found an empty cell")
        court_counts = {}
        for label, text in (("open_latest", now), ("open_year_ago", before)):
            cell = table.cell(index, columns[label])
            value = _count(text)
            if value is None:
                failures.append(f"{cell}: {label}: expected a number of cases, found {text!r}")
            elif place and court:
                counts.append((label, place, court, value, cell))
                court_counts[label] = value[0]
        stated = long.number(change)
        if (
            len(court_counts) == len(("now", "before"))
            and stated
            and abs(court_counts["open_latest"] - court_counts["open_year_ago"] - stated[0]) >= 1
        ):
            expected = court_counts["open_latest"] - court_counts["open_year_ago"]
            failures.append(f"{table.cell(index, columns['change'])}: expected a change of {expected:g}, found {change!r}")
    # Looked for first: a court that stands twice also makes the total one of no quarter.
    failures += long.duplicates(
        Observation(SERIES, place, court, label, *value, cell) for label, place, court, value, cell in counts
    )
    total = sum(value[0] for label, _, _, value, _ in counts if label == "open_latest" and value[1] == "final")
    newest = None if failures else _quarter_of(total)
    if newest is None and not failures:
        failures.append(
            f"the table states no quarter and its courts add up to {total:,.0f} open cases, which is no quarter on record; "
            "expected a total in data/reference/crown_open_cases.csv; a new quarter needs its line there, from the national table"
        )
    observations = _observations(counts, newest) if newest else []
    long.refuse(table, failures)
    notices = (
        f"The table states no quarter. Its courts add up to {total:,.0f} open cases, the national total of {newest}.",
        quarterly.LONDON_NOTICE,
    )
    checks = (
        ("total against the national figure", "passed", f"{total:,.0f} in {newest}"),
        ("figures", "passed", long.counted(o.status for o in observations)),
    )
    return quarterly.reading(observations, notices, checks, ())


def _observations(counts: list[tuple[str, str, str, tuple[float, str], str]], newest: str) -> list[Observation]:
    periods = {"open_latest": newest, "open_year_ago": year_before(newest)}
    return [Observation(SERIES, place, court, periods[label], *value, cell) for label, place, court, value, cell in counts]


def _count(text: str) -> tuple[float, str] | None:
    """As `long.number`, but for whole counts; an empty cell is a court with no open cases on record, not nought."""
    number = long.number(text or ":")
    if number is None or number[1] != "final":
        return number
    return number if number[0] >= 0 and number[0].is_integer() else None


def _quarter_of(total: float) -> str | None:
    return next((quarter for quarter, cases in reference.crown_open_cases().items() if cases == total), None)
