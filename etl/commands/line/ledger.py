"""The command `ledger`."""

from pathlib import Path
from typing import Annotated

import typer

from etl.commands import ledger
from etl.commands.arguments import DEFAULT_WAREHOUSE, Format, Warehouse, say
from etl.commands.lookup import Lookup
from etl.commands.printing import print_rows
from etl.judging import ledger_kept

EPILOG = "After the methods, the calibration or the table of breaks changed: `python -m etl ledger --rebuild`, then `refresh`."


def command(
    warehouse: Warehouse = DEFAULT_WAREHOUSE,
    rebuild: Annotated[
        bool, typer.Option("--rebuild", help="Follow every change anew, over every month since 2019 (minutes), and keep it.")
    ] = False,
    folder: Annotated[Path, typer.Option(help="Folder to write.", show_default="data/ledger")] = ledger_kept.LEDGER,
    output: Format = "table",
) -> None:
    """List the changes that are followed, and those that left with the newest edition; or work the ledger out anew."""
    live = Lookup.live(warehouse)
    if rebuild:
        say(ledger.rebuild(live.connection, folder, say))
        return
    print_rows(*live.table(ledger.STATEMENT), output)
