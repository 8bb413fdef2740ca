"""Verdicts as of past dates, as the figures stood then, scored by what later editions and the next six months showed."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace

import duckdb
import numpy as np
import pandas as pd

from etl.calibration import unchanged_series
from etl.core.period import first_day, month_of_year
from etl.core.state import JUDGED
from etl.definitions import catalogue
from etl.judging import counts, late_revisions, release_tables
from etl.judging.evidence import Evidence
from etl.judging.finding import Finding
from etl.judging.lateness import Timing
from etl.judging.panel import Panel
from etl.kinds.kind import Judging
from etl.methods.drift import Drift
from etl.methods.level_change import level_change
from etl.release import derive, judge

NEXT_MONTHS = 6
AGAINST = 0.05
"""A verdict is called turned when the next six months lie on the other side of the same baseline with a p value below this."""
STATES = JUDGED
COLUMNS = ("as_of", "kind", "state", "verdicts", "survived_revision", "later_known", "lasted", "turned")


@dataclass
class _Fate:
    verdicts: int = 0
    compared: int = 0
    survived: int = 0
    later: int = 0
    lasted: int = 0
    turned: int = 0


def past_verdicts(connection: duckdb.DuckDBPyConnection, dates: Iterable[dt.date]) -> pd.DataFrame:
    """One row per date, kind of area and state, with `COLUMNS`; shares are of verdicts that could be checked.

    Args:
        connection: a release's tables, with temporary tables allowed.
        dates: days on which an edition was the newest.
    """
    fates: dict[tuple[str, str, str], _Fate] = {}
    todays = _panels(connection, "measure_value")
    derive.load_definitions(connection)
    for date in dates:
        derive.current_values(connection, "as_published", date)
        judgement = judge.judge(connection, "as_published", date)
        by_measure = {panel.measure: (panel, evidence) for panel, evidence in judgement.counted if evidence is not None}
        revised = _states_on_todays_figures(connection, todays, by_measure)
        for finding in judgement.findings:
            panel_and_evidence = by_measure.get(finding.measure)
            if panel_and_evidence is None or finding.state not in STATES or finding.window is None:
                continue
            panel, evidence = panel_and_evidence
            row = panel.areas.index(finding.area)
            fate = fates.setdefault((date.isoformat(), panel.kinds[row], finding.state), _Fate())
            fate.verdicts += 1
            state_now = revised.get((finding.measure, finding.area))
            if state_now is not None:
                fate.compared += 1
                fate.survived += int(state_now == finding.state)
            side = _next_months(todays.get(finding.measure), panel, evidence, row)
            if side is not None:
                fate.later += 1
                sign = float(np.sign(evidence.change.z[row]))
                fate.lasted += int(np.sign(side[0]) == sign)
                fate.turned += int(np.sign(side[0]) == -sign and side[1] < AGAINST)
    return _frame(fates)


def _panels(connection: duckdb.DuckDBPyConnection, values: str) -> dict[str, Panel]:
    crime = [m for m in catalogue.judged_by(Judging.MONTHLY_COUNTS) if m.theme != "retired"]
    panel_by_measure = {m.id: release_tables.panel(connection, values, m, {}) for m in crime}
    return {measure: panel for measure, panel in panel_by_measure.items() if panel is not None}


def _states_on_todays_figures(
    connection: duckdb.DuckDBPyConnection, todays: dict[str, Panel], evidence_then: dict[str, tuple[Panel, Evidence]]
) -> dict[tuple[str, str], str]:
    """The state of each series on today's figures for the same months, list and all; by (measure, area)."""
    better = {m.id: str(m.better) for m in catalogue.measures().values()}
    settled = late_revisions.measured(connection, list(evidence_then))
    findings: dict[str, list[Finding]] = {}
    for measure, (panel, _) in evidence_then.items():
        current = todays.get(measure)
        if current is None or panel.months[-1] not in current.months or panel.months[0] < current.months[0]:
            continue
        panel_then_revised = unchanged_series.until(current, panel.months[-1])
        # The months judged then are judged again: what was held back as unsettled is held back now too.
        panel_then_revised = replace(panel_then_revised, settling=late_revisions.by_kind(settled, measure))
        at = Timing(first_day(panel.months[-1]).replace(day=28), 1, 1)
        for kind, finding in zip(panel_then_revised.kinds, counts.judge(panel_then_revised, at).findings, strict=True):
            findings.setdefault(kind, []).append(finding)
    return {(f.measure, f.area): f.state for members in findings.values() for f in counts.control(members, better)}


def _next_months(current: Panel | None, panel: Panel, evidence: Evidence, row: int) -> tuple[float, float] | None:
    """(z, p value) of the six months after those judged against the same baseline, on today's figures; None where not known."""
    if current is None or panel.areas[row] not in current.areas:
        return None
    last = int(evidence.plan.settled[row])
    judged_end = _position(current, panel.months[last])
    if judged_end is None or judged_end + NEXT_MONTHS >= len(current.months):
        return None
    coming = current.months[judged_end + 1 : judged_end + 1 + NEXT_MONTHS]
    has_break = any(b.first <= coming[-1] and (b.last or b.first) >= coming[0] for b in current.breaks_of(panel.areas[row]))
    baseline = np.flatnonzero(evidence.plan.baseline[row])
    first = _position(current, panel.months[int(baseline[0])])
    if has_break or first is None:
        return None
    area_row = current.areas.index(panel.areas[row])
    stop = judged_end + 1 + NEXT_MONTHS
    series = current.counts[area_row, first:stop][None, :]
    months = panel.months[int(baseline[0]) : int(baseline[-1]) + 1]
    in_baseline = np.array([m in months for m in current.months[first:stop]])[None, :]
    in_next_months = np.array([m in coming for m in current.months[first:stop]])[None, :]
    kind = panel.kinds[row]
    by_month = evidence.exposure[row] / panel.placed_in(kind)
    season = {month_of_year(panel.months[i]): by_month[i] for i in range(len(panel.months))}
    exposure = np.array([season[month_of_year(m)] for m in current.months[first:stop]]) * current.placed_in(kind)[first:stop]
    drift = _drift_of_row(panel, evidence, row)
    change = level_change(series, exposure, in_baseline, in_next_months, drift)
    return (float(change.z[0]), float(change.p_value[0])) if np.isfinite(change.z[0]) else None


def _drift_of_row(panel: Panel, evidence: Evidence, row: int) -> Drift:
    kind = panel.kinds[row]
    place = [i for i, k in enumerate(panel.kinds) if k == kind].index(row)
    drift = evidence.drifts[kind]
    return drift._replace(own=drift.own[[place]], freedom=drift.freedom[[place]])


def _position(panel: Panel, month: str) -> int | None:
    """Where a month stands in a panel; None where it does not."""
    return panel.months.index(month) if month in panel.months else None


def _frame(fates: dict[tuple[str, str, str], _Fate]) -> pd.DataFrame:
    rows = [
        (*key, f.verdicts, _share(f.survived, f.compared), f.later, _share(f.lasted, f.later), _share(f.turned, f.later))
        for key, f in sorted(fates.items())
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None
