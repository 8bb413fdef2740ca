"""The command `second_total`."""

from pathlib import Path
from typing import Annotated

import typer

from etl.commands import second_total
from etl.commands.arguments import say
from etl.definitions import reference


def command(
    file: Annotated[Path, typer.Argument(help="The long file of the Met's Monthly Crime Dashboard (CSV or Parquet).")],
    folder: Annotated[Path, typer.Option(help="Folder to write.", show_default="data/reference")] = reference.REFERENCE,
) -> None:
    """Compile the Met's dashboard into the table of its own total of London, which pages set beside the one counted here."""
    say(f"{second_total.compile_table(file, folder)} months written to {folder}")
