"""The command `series`."""

from typing import Annotated

import typer

from etl.commands import dates, lookup
from etl.commands.arguments import DEFAULT_WAREHOUSE, AreaName, Format, Measure, Warehouse, note
from etl.commands.lookup import Lookup
from etl.commands.printing import print_rows

EPILOG = (
    "For example: `python -m etl series burglary_rate Bromley --format table`; all London as it stood a year ago: "
    "`python -m etl series total_recorded_crime London --as-of 2025-06`. A count's id may end in _rate, _rolling_year or "
    "_rolling_year_rate."
)


def command(
    measure: Measure,
    area: AreaName,
    warehouse: Warehouse = DEFAULT_WAREHOUSE,
    as_of: Annotated[
        str | None, typer.Option("--as-of", help="As published by this day (2024-03-31) or by the end of this month (2024-03).")
    ] = None,
    output: Format = "csv",
) -> None:
    """Print a measure's series: one row a period, with its limits, edition and cell.

    A month is 2025-06, a quarter 2025-Q2; a 12-month figure is named by its last month. An empty value has its
    reason in `status`.
    """
    rows = Lookup.live(warehouse).series(measure, area, dates.day(as_of, end=True))
    note(lookup.area_note(area))
    print_rows(list(lookup.COLUMNS), rows, output)
