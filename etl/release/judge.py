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
from etl.core.period import moved
from etl.core.reason import Reason, stored
from etl.core.state import CHANGES, LEANS
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
    proposed_steps,
    quarters,
    release_tables,
    shared_steps,
    surveys,
    what_would_change,
    years,
)
from etl.judging.finding import Finding
from etl.judging.fitted import fitted
from etl.judging.late_revisions import Settled
from etl.judging.lateness import Timing
from etl.judging.made_once import MadeOnce
from etl.judging.moves import Move
from etl.judging.recording_steps import Step
from etl.kinds.kind import Judging

STEPS_MONTHS = 24
"""How far back a step that nobody has decided on is looked for."""
FAMILIES = {"borough": "boroughs", "bcu": "commands", "force": "London"}


@dataclass(frozen=True)
class Judgement:
    """The verdicts of one release, how many each list would have by chance, and what they were made from."""

    findings: tuple[Finding, ...]
    families: tuple[tuple[str, int, int, int, float], ...]
    """(family, series judged, proven, leaning, how many of the proven are expected not to last)."""
    settled: tuple[Settled, ...]
    counted: tuple[tuple[MadeOnce, tuple[counts.Group, ...]], ...]
    """The expectations of each measure judged month by month, and the areas judged by them; none where no month can be judged."""


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
    counted: list[tuple[MadeOnce, tuple[counts.Group, ...]]] = []
    for measure in measures:
        timing = timings.get(measure.source)
        if timing is None:
            continue
        if measure.id in monthly:
            panel = release_tables.panel(connection, values, measure, late_revisions.by_kind(settled, measure.id))
            if panel is not None:
                expectations = MadeOnce(panel, fitted())
                judged = counts.judge(expectations, timing)
                findings += judged.findings
                counted.append((expectations, judged.groups))
        else:
            findings += _uncounted(measure, release_tables.series(connection, values, measure.id), timing)
    controlled, families = _controlled(findings)
    return Judgement(tuple(controlled), tuple(families), settled, tuple(counted))


def store(connection: duckdb.DuckDBPyConnection, judgement: Judgement) -> None:
    """Fill every table of judgement: the verdicts, what stands behind them, places beside each other, and the calibration."""
    beside = shared_steps.caveats(judgement.findings)
    verdicts = [{**_verdict_row(f), "caveat": _caveat(beside.get((f.measure, f.area)))} for f in judgement.findings]
    _insert(connection, "verdict", verdicts)
    _insert(connection, "long_run", [row for f in judgement.findings for row in _long_run_rows(f)])
    _insert(connection, "verdict_family", _named(("family", "tested", "changed", "leaning", "not_lasting"), judgement.families))
    names = ("measure_id", "kind", "basis", "lag", "typical", "most", "pairs")
    _insert(connection, "settling", _named(names, [astuple(s) for s in judgement.settled]))
    for expectations, groups in judgement.counted:
        panel, tables = expectations.panel, expectations.tables
        _insert_frame(connection, "expected_month", month_ranges.expected_months(expectations, groups))
        coming = forecast.expected(panel, groups, tables)
        _insert_frame(connection, "expected_range", coming.months)
        _insert_frame(connection, "expected_total", coming.totals)
        for ahead, rows in coming.made:
            _insert_frame(connection, "time_to_see", months_to_see.times_to_see(ahead, rows, tables))
        _insert_frame(connection, "contribution", places.contributions(panel))
        since = moved(panel.months[-1], -STEPS_MONTHS)
        _insert(connection, "step_proposed", [_step_row(step) for step in proposed_steps.proposed(panel, since)])
    wanders = {e.panel.measure: places.wander(e.panel) for e, groups in judgement.counted if groups}
    _insert_frame(connection, "area_comparison", places.comparisons(connection, "measure_value", wanders))
    _insert_frame(connection, "similarity", places.similarity())
    _insert_frame(connection, "calibration_figure", calibrated.figures())
    _insert_frame(connection, "calibration_made", calibrated.made())
    known = {expectations.panel.measure: expectations for expectations, _ in judgement.counted}
    panels = {measure: expectations.panel for measure, expectations in known.items()}
    for table, frame in {
        "operational_effect": effects.effects(panels),
        "year_by_itself": effects.years_by_themselves(panels),
        **effects.calibration_tables(),
    }.items():
        _insert_frame(connection, table, frame)
    _insert(connection, "year_change", [_year_row(f) for f in judge_years(connection, known)])


def judge_years(connection: duckdb.DuckDBPyConnection, known: Mapping[str, MadeOnce]) -> list[years.YearFinding]:
    """The financial years of every measure judged month by month, the retired ones too, in every area: what followed what.

    Args:
        connection: where `measure_value` and `break_in_series` are visible.
        known: the expectations of panels already read, by measure.
    """
    monthly = catalogue.judged_by(Judging.MONTHLY_COUNTS)
    findings: list[years.YearFinding] = []
    for measure in monthly:
        expectations = known.get(measure.id) or _expectations(connection, measure)
        if expectations is not None:
            spans = years.spans(expectations.panel)
            findings += [finding for span in spans for finding in years.judge(expectations, span)]
    area_kinds = {code: area.kind for code, area in reference.areas().items()}
    return years.control(findings, {m.id: m.better for m in monthly}, area_kinds)


def _expectations(connection: duckdb.DuckDBPyConnection, measure: catalogue.Measure) -> MadeOnce | None:
    panel = release_tables.panel(connection, "measure_value", measure, {})
    return None if panel is None else MadeOnce(panel, fitted())


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


def _controlled(findings: list[Finding]) -> tuple[list[Finding], list[tuple[str, int, int, int, float]]]:
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
            changed = [f for f in controlled if f.state in CHANGES]
            leaning = sum(1 for f in controlled if f.state in LEANS)
            if tested or is_monthly:
                family = f"{name}, {kind.family}" if kind.family else name
                families.append((family, tested, len(changed), leaning, _not_lasting(changed, is_monthly=is_monthly)))
            out += controlled
        out += [f for f in in_places if kinds.of(measures[f.measure]).family is None]
    out += [f for f in findings if reference.areas()[f.area].kind not in FAMILIES]
    return out, families


def _not_lasting(changed: Sequence[Finding], *, is_monthly: bool) -> float:
    """How many of the changed are expected not to last, or in a list of surveys to have come by chance."""
    if not is_monthly:
        return counts.FALSE_DISCOVERIES * len(changed)
    return sum(1 - f.move.probability for f in changed if f.move is not None and f.move.probability is not None)


def _verdict_row(f: Finding) -> dict[str, object]:
    first, last = f.window or (None, None)
    return {
        "measure_id": f.measure, "area_code": f.area, "state": f.state.value, "since": f.since,
        "window_first": first, "window_last": last, "observed": f.observed,
        "expected": f.expected, "expected_lower": f.expected_lower, "expected_upper": f.expected_upper,
        "ratio": f.ratio, "ratio_lower": f.ratio_lower, "ratio_upper": f.ratio_upper, "p_value": f.p_value, "q_value": f.q_value,
        "visible_change": f.visible_change, "rule": f.rule, "reason": stored(f.reasons),
        "would_change": stored((what_would_change.would_change(f),)), **_move_columns(f.move),
    }  # fmt: skip


def _move_columns(move: Move | None) -> dict[str, object]:
    """What a count's verdict has that others have not."""
    if move is None or move.change is None:
        return {"move": None, "grade": None, "probability": None, "against_force": None, "rests_on": None}
    return {
        "move": move.state.value, "grade": move.grade.word if move.grade else None, "probability": move.probability,
        "against_force": move.against_force or None, "rests_on": move.rests_on,
    }  # fmt: skip


def _long_run_rows(f: Finding) -> list[dict[str, object]]:
    """The longer view of a count: one row for each year looked back on, and the record it is, on each of them."""
    if f.move is None or f.move.long_run is None:
        return []
    view = f.move.long_run
    record = None if view.is_highest is None else "highest" if view.is_highest else "lowest"
    same = {"measure_id": f.measure, "area_code": f.area, "record": record, "record_since": view.since, "known_from": view.first}
    return [
        {**same, "years": b.years, "before": b.before, "change": b.change, "change_lower": b.lower, "change_upper": b.upper}
        for b in view.back
    ]


def _step_row(step: Step) -> dict[str, object]:
    return {
        "measure_id": step.measure, "area_code": step.area, "month": step.month, "size": step.size, "together": step.together,
        "boroughs": step.boroughs,
    }  # fmt: skip


def _caveat(beside: Reason | None) -> str | None:
    return stored((beside,)) if beside else None


def _year_row(year: years.YearFinding) -> dict[str, object]:
    row = _verdict_row(year.finding)
    first, last = year.compared or (None, None)
    kept = {name: value for name, value in row.items() if name not in ("since", "rule", "would_change", "rests_on")}
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
