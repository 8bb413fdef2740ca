"""The command `breaks`."""

from typing import Annotated

import typer

from etl.commands import break_steps, dates
from etl.commands.arguments import DEFAULT_WAREHOUSE, Format, Warehouse
from etl.commands.lookup import Lookup
from etl.commands.printing import print_rows
from etl.core.errors import StepsUndecided

EPILOG = (
    "For a timer: `python -m etl breaks --undecided --since 2024-01` ends with 22 while any is, with 0 otherwise. To accept one, "
    "put its `row` (of csv and json) into data/reference/breaks.csv and say in it what is known; to refuse it, put a row with "
    "the reason into data/reference/refused_steps.csv. Then build."
)


def command(
    warehouse: Warehouse = DEFAULT_WAREHOUSE,
    since: Annotated[str | None, typer.Option(help="Only steps from a month on, such as 2021-07.")] = None,
    undecided: Annotated[
        bool, typer.Option("--undecided", help="Only those nobody has decided; ends with 22 where there are any.")
    ] = False,
    output: Format = "table",
) -> None:
    """List steps that nearly all boroughs, or all of one command, took in one month: of crime, or of how it is recorded?

    Each says how large it is, how many boroughs went together, what else stepped then, what is known of systems, and whether a
    row of the table of breaks stands for it, somebody refused it, or it waits.
    """
    first = dates.day(since)
    rows = break_steps.rows(Lookup.live(warehouse).connection, f"{first:%Y-%m}" if first else "", is_undecided=undecided)
    columns = break_steps.COLUMNS if output != "table" else break_steps.COLUMNS[:-1]
    print_rows(columns, [row[: len(columns)] for row in rows], output)
    if undecided and rows:
        raise StepsUndecided(break_steps.sentence(len(rows)))
