"""Measures on made-up dates how far places part by themselves, and stores it: `python -m etl calibrate --effects`."""

from collections.abc import Callable
from pathlib import Path

import duckdb
import pandas as pd

from etl.calibration import effect_placebo
from etl.definitions import catalogue
from etl.judging import release_tables
from etl.judging.effects import PLACEBO, SPREAD
from etl.kinds.kind import Judging


def calibrate(connection: duckdb.DuckDBPyConnection, folder: Path, say: Callable[[str], None]) -> None:
    """Write `effect_spread.csv` and `effect_placebo.csv` into `folder`, and say how often an effect would be found by mistake.

    Args:
        connection: the live release's tables.
        folder: where the tables go; made if missing.
        say: called with each sentence.
    """
    folder.mkdir(parents=True, exist_ok=True)
    crime = [m for m in catalogue.judged_by(Judging.MONTHLY_COUNTS) if m.theme != "retired"]
    panels = [p for m in crime if (p := release_tables.panel(connection, "measure_value", m, {})) is not None]
    frame = effect_placebo.windows(panels)
    say(f"{len(frame)} made-up dates of {len(panels)} measures")
    results = effect_placebo.results(frame, panels)
    _write(effect_placebo.fit(frame).round(6), folder / SPREAD)
    _write(results.round(4), folder / PLACEBO)
    for row in results[results["group"] == "all"].to_dict("records"):
        length = f", {row['months']} months after" if row["months"] else ""
        met = "met" if row["is_met"] else "NOT MET"
        say(f"{row['figure']}, {row['kind']}{length}: {row['excluded']:.1%} of {row['windows']}; {row['target']}: {met}")


def _write(table: pd.DataFrame, path: Path) -> None:
    table.to_csv(path, index=False, lineterminator="\n")
