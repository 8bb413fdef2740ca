"""The command `characteristics`."""

from pathlib import Path
from typing import Annotated

import typer

from etl.commands import characteristics
from etl.commands.arguments import say
from etl.definitions import reference


def command(
    profiles: Annotated[Path, typer.Argument(help="London borough profiles, as published (CSV).")],
    deprivation: Annotated[Path, typer.Argument(help="English Indices of Deprivation 2019 for London, as published (workbook).")],
    folder: Annotated[Path, typer.Option(help="Folder to write.", show_default="data/reference")] = reference.REFERENCE,
) -> None:
    """Compile what is published about boroughs into the table that "most similar" is worked out from."""
    say(f"{characteristics.compile_table(profiles, deprivation, folder)} figures written to {folder}")
