"""The command `expected`."""

from typing import Annotated

import typer

from etl.commands import dates, lookup
from etl.commands.arguments import DEFAULT_WAREHOUSE, AreaName, Format, Measure, Warehouse, note
from etl.commands.lookup import Lookup
from etl.commands.printing import print_rows

EPILOG = "For example: `python -m etl expected burglary Bromley --format table`."


def command(
    measure: Measure,
    area: AreaName,
    warehouse: Warehouse = DEFAULT_WAREHOUSE,
    as_of: Annotated[
        str | None, typer.Option("--as-of", help="As it was made on this day, from the editions published by then.")
    ] = None,
    output: Format = "csv",
) -> None:
    """Print what the next 24 months may bring: the ranges that four and nineteen in twenty futures keep within.

    `shown` is false where last year's same month has foretold the measure better, so that no page shows the range.
    A range fixed when a priority was agreed comes out again with the day of the agreement.
    """
    rows = Lookup.live(warehouse).expected(measure, area, dates.day(as_of, end=True))
    note(lookup.area_note(area))
    print_rows(list(lookup.EXPECTED), rows, output)
