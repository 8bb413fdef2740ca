"""The command `calibrate`."""

from pathlib import Path
from typing import Annotated

import typer

from etl.commands import calibrate, calibrate_effects, calibrate_real
from etl.commands.arguments import DEFAULT_WAREHOUSE, Warehouse, say
from etl.commands.lookup import Lookup
from etl.core.errors import PromiseBroken
from etl.judging import calibrated


def command(
    warehouse: Warehouse = DEFAULT_WAREHOUSE,
    quick: Annotated[bool, typer.Option("--quick", help="A tenth of the simulation: a minute instead of several.")] = False,
    real: Annotated[
        bool, typer.Option("--real", help="On real windows instead: what `judge` reads from, and how well it does.")
    ] = False,
    effects: Annotated[
        bool, typer.Option("--effects", help="On made-up dates instead: how often “did it work?” would find what is not there.")
    ] = False,
    folder: Annotated[Path, typer.Option(help="Folder to write.", show_default="data/calibration")] = calibrated.CALIBRATION,
) -> None:
    """Measure false alarms, power, past verdicts and past ranges on series like the live release's, and store the tables.

    Build again afterwards to have them in a release. Exits with 18 where a promise on false alarms is broken.
    """
    if effects:
        calibrate_effects.calibrate(Lookup.live(warehouse).connection, folder, say)
        return
    if real:
        for line in calibrate_real.calibrate(Lookup.live(warehouse).connection, folder, say, is_quick=quick):
            say(line)
        return
    broken = calibrate.calibrate(Lookup.live(warehouse).connection, folder, calibrate.QUICK if quick else calibrate.FULL, say)
    if broken:
        raise PromiseBroken("false alarms above what is promised", broken)
    say(f"Every promise on false alarms is kept. Tables written to {folder}")
