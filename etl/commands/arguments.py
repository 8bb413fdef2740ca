"""What the commands take alike, and how they speak: the options and arguments several of them have."""

from pathlib import Path
from typing import Annotated

import typer

DEFAULT_WAREHOUSE = Path(__file__).parents[2] / "data" / "warehouse"

Warehouse = Annotated[
    Path, typer.Option("--warehouse", envvar="WAREHOUSE_DIR", help="Folder of the releases.", show_default="data/warehouse")
]
Format = Annotated[str, typer.Option("--format", help="csv, json or table.")]
Measure = Annotated[str, typer.Argument(help="A measure's id, such as burglary or burglary_rate; `measures` lists them.")]
AreaName = Annotated[
    str,
    typer.Argument(
        metavar="AREA",
        help="A code such as E09000006, BCU-SN or E23000001 (the Met), or a name such as Bromley; `areas` lists them.",
    ),
]
Published = Annotated[
    str | None,
    typer.Option(help="The day (2025-07-02) or month (2025-07) the files came out. Without it the month is inferred and said."),
]
Accept = Annotated[str | None, typer.Option(help="Why a warning may stand, and who says so. Recorded with the edition.")]
Paths = Annotated[list[Path], typer.Argument(help="Files, or folders whose tables are all added.")]


def say(text: str) -> None:
    """Print a sentence for whoever called the command."""
    typer.echo(text)


def note(sentence: str | None) -> None:
    """Print what must be said beside the figures and not among them, if there is such a thing."""
    if sentence:
        typer.echo(sentence, err=True)
