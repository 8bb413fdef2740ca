"""Fits the judging on real windows, measures it on later ones, and stores both: `python -m etl calibrate`."""

from collections.abc import Callable, Sequence
from math import isnan
from pathlib import Path

import duckdb
import pandas as pd

from etl.calibration import real_fit, real_results
from etl.calibration.real_windows import EARLIER, force_and_boroughs, windows
from etl.core.versions import METHODS_VERSION
from etl.core.written import percent
from etl.definitions import catalogue
from etl.judging import release_tables
from etl.judging.calibrated import MADE, RESULTS
from etl.judging.in_step import breaks_sha256
from etl.judging.panel import Panel
from etl.kinds.kind import Judging

SEED = 2026
QUICK_STEP = 6
IN_UNITS = 1.5
"""A figure beyond this is no share."""


def calibrate(connection: duckdb.DuckDBPyConnection, folder: Path, say: Callable[[str], None], *, is_quick: bool) -> list[str]:
    """Write the tables fitted on real windows and what they do into `folder`; returns what was measured, line by line.

    Args:
        connection: the live release's tables.
        folder: where the tables go; made if missing.
        say: called with each sentence of progress.
        is_quick: only every sixth measure, for a rough look; a calibration to keep takes all.
    """
    folder.mkdir(parents=True, exist_ok=True)
    panels = _panels(connection)[:: QUICK_STEP if is_quick else 1]
    say(f"{len(panels)} measures; judging their past years as each March knew them")
    spread = real_fit.fit_spread(panels, SEED)
    narrowed = [force_and_boroughs(panel) for panel in panels]
    short = windows(narrowed, spread, SEED, plants=(), is_short=True)
    frame = pd.concat([windows(narrowed, spread, SEED), short], ignore_index=True)
    earlier = real_fit.fit(frame, spread, EARLIER)
    kept = real_results.kept(frame, earlier)
    results = real_results.results(frame, earlier, kept, SEED)
    for name, table in real_fit.frames(kept).items():
        _write(table, folder / name)
    _write(results.round(4), folder / RESULTS)
    made = {"data_to": max(panel.months[-1] for panel in panels), "measures": len(panels), "methods": METHODS_VERSION}
    _write(pd.DataFrame([{**made, "breaks": breaks_sha256()}]), folder / MADE)
    return [*lines(results), f"Tables written to {folder}"]


def lines(results: pd.DataFrame) -> Sequence[str]:
    """The results as lines: figure, place, group, value, target, and whether it is met."""
    out = []
    for row in results.to_dict("records"):
        value = float(row["value"])
        figure = "not measured" if isnan(value) else f"{value:.1f}" if abs(value) > IN_UNITS else percent(value, 1)
        aim = f"; {row['target']}: {'met' if row['is_met'] else 'NOT MET'}" if row["target"] else ""
        out.append(f"{row['figure']}, {row['kind']}, {row['group']}: {figure} of {row['windows']} windows{aim}")
    return out


def _panels(connection: duckdb.DuckDBPyConnection) -> list[Panel]:
    crime = [m for m in catalogue.judged_by(Judging.MONTHLY_COUNTS) if m.theme != "retired"]
    panels = [release_tables.panel(connection, "measure_value", measure, {}) for measure in crime]
    return [panel for panel in panels if panel is not None]


def _write(table: pd.DataFrame, path: Path) -> None:
    table.to_csv(path, index=False, lineterminator="\n")
