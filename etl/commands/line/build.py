"""The command `build`."""

from pathlib import Path
from typing import Annotated

import typer

from etl import pipeline
from etl.commands import dates
from etl.commands.arguments import DEFAULT_WAREHOUSE, Warehouse, say
from etl.release import snapshot


def command(
    warehouse: Warehouse = DEFAULT_WAREHOUSE,
    series: Annotated[
        Path, typer.Option(help="Folder of figures in our own form.", show_default="data/series")
    ] = snapshot.SERIES,
    as_of: Annotated[
        str | None, typer.Option("--as-of", help="Only the editions published by this day, into a folder of its own.")
    ] = None,
    unless_built: Annotated[
        bool, typer.Option("--unless-built", help="Do nothing where a release made with this copy is live already.")
    ] = False,
) -> None:
    """Make a release from the figures in data/series: what a fresh clone has."""
    until = dates.day(as_of, end=True)
    if until is not None and (warehouse / "current").exists():
        raise typer.BadParameter(
            f"{warehouse} has a live release already: an earlier one needs a folder of its own (--warehouse)"
        )
    pipeline.build(warehouse, say, series, until, unless_built=unless_built)
