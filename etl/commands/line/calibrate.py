"""The command `calibrate`."""

from pathlib import Path
from typing import Annotated

import typer

from etl.commands import calibrate, calibrate_effects
from etl.commands.arguments import DEFAULT_WAREHOUSE, Warehouse, say
from etl.commands.lookup import Lookup
from etl.judging.fitted import CALIBRATION


def command(
    warehouse: Warehouse = DEFAULT_WAREHOUSE,
    quick: Annotated[bool, typer.Option("--quick", help="Every sixth measure: a rough look.")] = False,
    # Taken without a word, as it once had to be given.
    real: Annotated[bool, typer.Option("--real", hidden=True)] = True,  # noqa: ARG001
    effects: Annotated[
        bool, typer.Option("--effects", help="On made-up dates instead: how often “did it work?” would find what is not there.")
    ] = False,
    folder: Annotated[Path, typer.Option(help="Folder to write.", show_default="data/calibration")] = CALIBRATION,
) -> None:
    """Fit the judging on past years of the live release, measure it on later ones, and store both.

    Build again afterwards to have them in a release.
    """
    if effects:
        calibrate_effects.calibrate(Lookup.live(warehouse).connection, folder, say)
        return
    for line in calibrate.calibrate(Lookup.live(warehouse).connection, folder, say, is_quick=quick):
        say(line)
