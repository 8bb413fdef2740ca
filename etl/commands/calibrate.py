"""Measures how well the judging does and stores the tables the Data page shows: `python -m etl calibrate`."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pandas as pd
from scipy import special

from etl.calibration import alarms, backtest, power, ranges
from etl.core.versions import METHODS_VERSION
from etl.definitions import catalogue
from etl.judging import release_tables
from etl.judging.calibrated import MADE, TABLES
from etl.judging.in_step import breaks_sha256
from etl.judging.panel import Panel
from etl.kinds.kind import Judging

SEED = 2026
SURE = 0.001
"""A promise is broken when, were it kept, so many alarms would come up by chance less often than this."""
COVID = (dt.date(2020, 3, 1), dt.date(2021, 12, 31))


@dataclass(frozen=True)
class Effort:
    """How much is simulated: sets of series for false alarms and for power, futures a range, all past dates or the last."""

    name: str
    alarm_sets: int
    power_sets: int
    draws: int
    all_dates: bool


FULL = Effort("full", 60, 6, 200, all_dates=True)
QUICK = Effort("quick", 8, 1, 60, all_dates=False)


def calibrate(connection: duckdb.DuckDBPyConnection, folder: Path, effort: Effort, say: Callable[[str], None]) -> list[str]:
    """Write the four tables into `folder`, and what they were made with; returns each promise that is broken, in words.

    Args:
        connection: the live release's tables, with temporary tables allowed.
        folder: where `false_alarms.csv` and the others go; made if missing.
        effort: how much is simulated.
        say: called with each sentence of progress.
    """
    folder.mkdir(parents=True, exist_ok=True)
    # Of the breaks as they are now: a table edited while this runs does not count.
    breaks = breaks_sha256()
    panels = _panels(connection)
    say(f"{len(panels)} measures; simulating series in which nothing changes")
    false_alarms = alarms.false_alarm_rates(panels, effort.alarm_sets, SEED)
    _write(false_alarms, folder, "calibration_false_alarm")
    say("simulating changes of 10, 20 and 30%")
    _write(power.power(panels, effort.power_sets, SEED), folder, "calibration_power")
    say("judging as of past dates")
    dates = _dates(connection)
    _write(backtest.past_verdicts(connection, dates if effort.all_dates else dates[-1:]), folder, "calibration_backtest")
    say("making past ranges again")
    _write(ranges.range_scores(panels, effort.draws, SEED, newest_only=not effort.all_dates), folder, "calibration_range_score")
    newest = max(panel.months[-1] for panel in panels)
    row = {"data_to": newest, "effort": effort.name, "methods": METHODS_VERSION, "breaks": breaks}
    pd.DataFrame([row]).to_csv(folder / MADE, index=False, lineterminator="\n")
    return broken_promises(false_alarms)


def broken_promises(false_alarms: pd.DataFrame) -> list[str]:
    """Each measure, kind and band whose verdict cries wolf more than promised, beyond what so many series could do by chance."""
    judged = false_alarms[false_alarms["method"].isin([alarms.VERDICT, alarms.SHUFFLED])]
    alarmed = (judged["rate"] * judged["series"]).round()
    chance = special.bdtrc(alarmed - 1, judged["series"], judged["promise"])
    return [
        f"{r.method}, {r.measure_id}, {r.kind}, {r.band}: {r.rate:.1%} of {r.series} series, promised {r.promise:.1%}"
        for r in judged[(alarmed > 0) & (chance < SURE)].itertuples(index=False)
    ]


def _panels(connection: duckdb.DuckDBPyConnection) -> list[Panel]:
    crime = [m for m in catalogue.judged_by(Judging.MONTHLY_COUNTS) if m.theme != "retired"]
    panels = [release_tables.panel(connection, "measure_value", m, {}) for m in crime]
    return [panel for panel in panels if panel is not None]


def _dates(connection: duckdb.DuckDBPyConnection) -> list[dt.date]:
    """Days on which an edition of recorded crime came out, outside Covid, with at least six months held after it."""
    rows = connection.execute(
        "SELECT DISTINCT published_on FROM edition WHERE source_id = 'mps_recorded_crime_borough' AND part = 'recent' ORDER BY 1"
    ).fetchall()
    days = [day for (day,) in rows]
    last = days[-1] if days else None
    return [d for d in days if not COVID[0] <= d <= COVID[1] and last is not None and (last - d).days >= 180]


def _write(frame: pd.DataFrame, folder: Path, table: str) -> None:
    frame.to_csv(folder / TABLES[table], index=False, lineterminator="\n")
