"""The command `snapshot`."""

from pathlib import Path
from typing import Annotated

import typer

from etl.commands.arguments import DEFAULT_WAREHOUSE, Warehouse, say
from etl.commands.lookup import Lookup
from etl.release import snapshot


def command(
    warehouse: Warehouse = DEFAULT_WAREHOUSE,
    series: Annotated[Path, typer.Option(help="Folder to write.", show_default="data/series")] = snapshot.SERIES,
) -> None:
    """Write data/series from the live release, every edition of it."""
    say(f"{snapshot.write(Lookup.live(warehouse).connection, series)} editions written to {series}")
