"""Files of one row an event, counted by the month each happened in: read as the layout in the source's definition says."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from etl.core.areas import LONDON
from etl.core.period import moved
from etl.definitions import reference
from etl.definitions.table_layouts import Box, RecordTable
from etl.files import long
from etl.files.labels import fold
from etl.files.long import Observation
from etl.files.table import Reading, Table

HERE = ZoneInfo("Europe/London")
NEARLY_ALL = 0.9


@dataclass(frozen=True)
class RecordTableParser:
    """What a source with a `parse.py` has as a module, made of its definition."""

    layouts: Mapping[str, RecordTable]
    """Form to its layout."""

    def recognise(self, table: Table) -> str | None:
        """The form whose labels the table has and whose events lie where its do; None if it is none of them."""
        return next((form for form, layout in self.layouts.items() if _is_laid_out_so(table, layout)), None)

    def read(self, table: Table, form: str) -> Reading:
        """The number of records of the month.

        Raises:
            DataRejected: a date cannot be read, the records are not of one month, or an area is unknown; every one is listed.
        """
        return _read(table, self.layouts[form])


def _is_laid_out_so(table: Table, layout: RecordTable) -> bool:
    labels = {fold(label) for label in table.columns}
    if not {fold(label) for label in (*layout.columns, layout.when)} <= labels:
        return False
    return layout.within is None or _lie_within(table, layout.within)


def _lie_within(table: Table, box: Box) -> bool:
    """Whether nearly all records that have coordinates lie in the box."""
    rows = table.records((box.latitude, box.longitude))
    placed = [(float(y), float(x)) for _, (y, x) in rows if _is_number(y) and _is_number(x)]
    inside = sum(box.south <= y <= box.north and box.west <= x <= box.east for y, x in placed)
    return bool(placed) and inside >= NEARLY_ALL * len(placed)


def _is_number(text: str) -> bool:
    figure = long.number(text)
    return figure is not None and figure[1] == "final"


def _read(table: Table, layout: RecordTable) -> Reading:
    failures = long.ragged(table)
    months: Counter[str] = Counter()
    places: Counter[str] = Counter()
    column = table.column(layout.when)
    last_row = 0
    for index, (text, *place) in table.records((layout.when, *([layout.area] if layout.area else []))):
        last_row = index
        month = _month(text, layout)
        if month is None:
            expected = "a date and time such as 2023-03-01T00:00:00+00:00"
            failures.append(f"{table.cell(index, column)}: expected {expected}, found {text!r}")
            continue
        months[month] += 1
        if place:
            code = reference.area_code(place[0], ("borough",))
            failures += [] if code else [f"row {table.first_row + index}: unknown area {place[0]!r}"]
            places[code or ""] += 1
    if len(months) != 1:
        counts = ", ".join(f"{n:,} of {month}" for month, n in sorted(months.items())) or "none"
        failures.append(f"expected the records of one month, London time; found {counts}")
    long.refuse(table, failures)
    (month,) = months
    cells = f"{table.cell(0, column)}:{table.cell(last_row, column)}"
    london = Observation(layout.series, LONDON, "", month, float(months[month]), "final", cells)
    return Reading(
        observations=long.frame([london, *_by_area(layout, places, month, cells)]),
        first_period=month,
        last_period=month,
        edition_label=moved(month, layout.comes_out_months_after),
        edition_basis=f"taken as {layout.comes_out_months_after} months after its month, {month}",
        part="whole",
        notices=(f"{months[month]:,} records counted; times are {layout.times_are}.",),
        checks=(("records", "passed", f"{months[month]:,} of {month}"),),
        rejected=(),
    )


def _by_area(layout: RecordTable, places: Mapping[str, int], month: str, cells: str) -> Sequence[Observation]:
    """Every borough of the force, those without a record as nought; none where the file names no boroughs."""
    if layout.area is None:
        return ()
    boroughs = reference.members(LONDON)
    return [Observation(layout.series, code, "", month, float(places.get(code, 0)), "final", cells) for code in boroughs]


def _month(text: str, layout: RecordTable) -> str | None:
    """The London month of a date and time; None if it is none."""
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=dt.UTC if layout.times_are == "UTC" else HERE)
    return f"{moment.astimezone(HERE):%Y-%m}"
