"""The command `verdict`."""

from typing import Annotated

import typer

from etl.commands import dates, lookup
from etl.commands.arguments import DEFAULT_WAREHOUSE, AreaName, Measure, Warehouse, note, say
from etl.commands.lookup import Lookup

EPILOG = "For example: `python -m etl verdict shoplifting BCU-SN`."


def command(
    measure: Measure,
    area: AreaName,
    warehouse: Warehouse = DEFAULT_WAREHOUSE,
    as_of: Annotated[
        str | None, typer.Option("--as-of", help="As the figures stood on this day, or at the end of this month.")
    ] = None,
) -> None:
    """Print what may be said of a measure in an area: the verdict, its numbers and why."""
    lines = Lookup.live(warehouse).verdict(measure, area, dates.day(as_of, end=True))
    note(lookup.area_note(area))
    for label, text in lines:
        say(f"{label + ':':<18}{text}")
