"""Verdicts for every measure and area of a release: what may be said, since when, how large, how sure.

Reads the measure values, breaks and kept editions of the release being made (or of a past date) and writes the tables of
judgement. Nothing of this happens when a page is asked for.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass

import duckdb
import pandas as pd

from etl import kinds
from etl.core.reason import Reason, stored
from etl.core.state import CHANGES
from etl.definitions import catalogue, reference
from etl.judging import (
    calibrated,
    counts,
    effects,
    forecast,
    late_revisions,
    month_ranges,
    months_to_see,
    places,
    quarters,
    release_tables,
    shared_steps,
    surveys,
    what_would_change,
    years,
)
from etl.judging.evidence import OUTSIDE, Evidence
from etl.judging.finding import Finding
from etl.judging.late_revisions import Settled
from etl.judging.lateness import Timing
from etl.judging.panel import Panel
from etl.kinds.kind import Judging

FAMILIES = {"borough": "boroughs", "bcu": "commands", "force": "London"}


@dataclass(frozen=True)
class Judgement:
    """The verdicts of one release, how many each list would have by chance, and what they were made from."""

    findings: tuple[Finding, ...]
    families: tuple[tuple[str, int, int, float, float], ...]
    """(family, series tested, changed, of which expected by chance, newest months outside their range by chance)."""
    settled: tuple[Settled, ...]
    counted: tuple[tuple[Panel, Evidence | None], ...]
    """Each measure judged month by month, with the evidence on it; None where no month of it can be judged."""


def judge(connection: duckdb.DuckDBPyConnection, values: str = "measure_value", as_of: dt.date | None = None) -> Judgement:
    """The verdicts on the values in a table with the columns of `measure_value`.

    Args:
        connection: where `values`, `break_in_series`, `edition` and `edition_value` are visible.
        values: the table judged: the release's own, or one made as of a date.
        as_of: that date; editions published after it are not looked at.
    """
    measures = [m for m in catalogue.measures().values() if m.theme != "retired"]
    monthly = [m.id for m in measures if kinds.of(m).judged is Judging.MONTHLY_COUNTS]
    settled = late_revisions.measured(connection, monthly, as_of)
    timings = release_tables.timings(connection, as_of)
    findings: list[Finding] = []
    counted: list[tuple[Panel, Evidence | None]] = []
    for measure in measures:
        timing = timings.get(measure.source)
        if timing is None:
            continue
        if measure.id in monthly:
            panel = release_tables.panel(connection, values, measure, late_revisions.by_kind(settled, measure.id))
            if panel is not None:
                judged = counts.judge(panel, timing)
                findings += judged.findings
                counted.append((panel, judged.evidence))
        else:
            findings += _uncounted(measure, release_tables.series(connection, values, measure.id), timing)
    controlled, families = _controlled(findings)
    return Judgement(tuple(controlled), tuple(families), settled, tuple(counted))


def store(connection: duckdb.DuckDBPyConnection, judgement: Judgement) -> None:
    """Fill every table of judgement: the verdicts, what stands behind them, places beside each other, and the calibration."""
    beside = shared_steps.caveats(judgement.findings)
    verdicts = [{**_verdict_row(f), "caveat": _caveat(beside.get((f.measure, f.area)))} for f in judgement.findings]
    _insert(connection, "verdict", verdicts)
    lists = ("family", "tested", "changed", "by_chance", "newest_by_chance")
    _insert(connection, "verdict_family", _named(lists, judgement.families))
    names = ("measure_id", "kind", "basis", "lag", "typical", "most", "pairs")
    _insert(connection, "settling", _named(names, [astuple(s) for s in judgement.settled]))
    ready = [(panel, evidence) for panel, evidence in judgement.counted if evidence is not None]
    models = calibrated.chosen_models()
    for panel, evidence in ready:
        _insert_frame(connection, "expected_month", month_ranges.expected_months(panel, evidence))
        ahead = forecast.expected(panel, evidence, models)
        _insert_frame(connection, "expected_range", ahead.months)
        _insert_frame(connection, "expected_total", ahead.totals)
        _insert_frame(connection, "time_to_see", months_to_see.times_to_see(panel, evidence))
        _insert_frame(connection, "contribution", places.contributions(panel))
    wanders = {panel.measure: places.wander(panel, evidence) for panel, evidence in ready}
    _insert_frame(connection, "area_comparison", places.comparisons(connection, "measure_value", wanders))
    _insert_frame(connection, "similarity", places.similarity())
    for table, frame in calibrated.tables().items():
        _insert_frame(connection, table, frame)
    _insert_frame(connection, "calibration_made", calibrated.made())
    panels = {panel.measure: panel for panel, _ in judgement.counted}
    for table, frame in {"operational_effect": effects.effects(panels), **effects.calibration_tables()}.items():
        _insert_frame(connection, table, frame)
    _insert(connection, "year_change", [_year_row(f) for f in judge_years(connection, panels)])


def judge_years(connection: duckdb.DuckDBPyConnection, panels: Mapping[str, Panel]) -> list[years.YearFinding]:
    """Every financial year of every measure judged month by month, the retired ones too, in every area: what followed what.

    Args:
        connection: where `measure_value` and `break_in_series` are visible.
        panels: panels already read, by measure.
    """
    monthly = catalogue.judged_by(Judging.MONTHLY_COUNTS)
    findings: list[years.YearFinding] = []
    for measure in monthly:
        panel = panels.get(measure.id) or release_tables.panel(connection, "measure_value", measure, {})
        if panel is not None:
            findings += [finding for span in years.spans(panel) for finding in years.judge(panel, span)]
    area_kinds = {code: area.kind for code, area in reference.areas().items()}
    return years.control(findings, {m.id: m.better for m in monthly}, area_kinds)


def _uncounted(measure: catalogue.Measure, series: Mapping[str, Mapping[str, float]], timing: Timing) -> list[Finding]:
    """Measures that are judged area by area, as the kind of each says; none where it is not judged."""
    newest = max((max(points) for points in series.values()), default="")
    areas = reference.areas()
    match kinds.of(measure).judged:
        case Judging.SURVEY_YEARS:
            return [
                surveys.judge(measure.id, measure.better, a, areas[a].kind, points, timing, newest)
                for a, points in series.items()
            ]
        case Judging.QUARTERS:
            likeness = quarters.memory(series)
            return [
                quarters.judge(measure.id, measure.better, a, points, timing, newest, likeness) for a, points in series.items()
            ]
        case _:
            return []


def _controlled(findings: list[Finding]) -> tuple[list[Finding], list[tuple[str, int, int, float, float]]]:
    """The findings once each list is looked at as one, and the lists: by kind of area, each kind of measure for itself."""
    measures = catalogue.measures()
    better = {m.id: m.better for m in measures.values()}
    out: list[Finding] = []
    families = []
    for place, name in FAMILIES.items():
        in_places = [f for f in findings if reference.areas()[f.area].kind == place]
        for kind in (kind for kind in kinds.every().values() if kind.family is not None):
            members = [f for f in in_places if kinds.of(measures[f.measure]) is kind]
            is_monthly = kind.judged is Judging.MONTHLY_COUNTS
            controlled = counts.control(members, better) if is_monthly else counts.control_surveys(members)
            tested = sum(1 for f in controlled if f.p_value is not None)
            changed = sum(1 for f in controlled if f.state in CHANGES)
            if tested or is_monthly:
                # A survey has no newest month: its years are judged whole.
                newest = OUTSIDE * tested if is_monthly else 0.0
                family = f"{name}, {kind.family}" if kind.family else name
                families.append((family, tested, changed, counts.FALSE_DISCOVERIES * changed, newest))
            out += controlled
        out += [f for f in in_places if kinds.of(measures[f.measure]).family is None]
    out += [f for f in findings if reference.areas()[f.area].kind not in FAMILIES]
    return out, families


def _verdict_row(f: Finding) -> dict[str, object]:
    first, last = f.window or (None, None)
    return {
        "measure_id": f.measure, "area_code": f.area, "state": f.state.value, "since": f.since,
        "window_first": first, "window_last": last, "observed": f.observed,
        "expected": f.expected, "expected_lower": f.expected_lower, "expected_upper": f.expected_upper,
        "ratio": f.ratio, "ratio_lower": f.ratio_lower, "ratio_upper": f.ratio_upper, "p_value": f.p_value, "q_value": f.q_value,
        "visible_change": f.visible_change, "rule": f.rule, "reason": stored(f.reasons),
        "would_change": stored((what_would_change.would_change(f),)),
    }  # fmt: skip


def _caveat(beside: Reason | None) -> str | None:
    return stored((beside,)) if beside else None


def _year_row(year: years.YearFinding) -> dict[str, object]:
    row = _verdict_row(year.finding)
    first, last = year.compared or (None, None)
    kept = {name: value for name, value in row.items() if name not in ("since", "rule", "would_change")}
    return {**kept, "baseline_asked": year.span.baseline[0], "baseline_first": first, "baseline_last": last}


def _named(names: Sequence[str], rows: Iterable[Sequence[object]]) -> list[dict[str, object]]:
    return [dict(zip(names, row, strict=True)) for row in rows]


def _insert(connection: duckdb.DuckDBPyConnection, table: str, rows: Iterable[Mapping[str, object]]) -> None:
    _insert_frame(connection, table, pd.DataFrame(list(rows)))


def _insert_frame(connection: duckdb.DuckDBPyConnection, table: str, frame: pd.DataFrame) -> None:
    if frame.empty:
        return
    connection.register("incoming", frame)
    connection.execute(f"INSERT INTO {table} BY NAME SELECT * FROM incoming")
    connection.unregister("incoming")
