"""Verdicts for every measure and area of a release: what may be said, since when, how large, how sure.

Reads the measure values, breaks and kept editions of the release being made (or of a past date) and writes `verdict`,
`expected_month` and `verdict_family`. Nothing of this happens when a page is asked for.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import duckdb
import numpy as np
import pandas as pd

from etl import catalogue, reference
from etl.judging import counts, quarters, surveys, years
from etl.judging.finding import EXCEPTIONS, ExpectedMonth, Finding
from etl.judging.panel import Break, Panel
from etl.methods.arrays import Floats

KINDS = ("force", "borough", "bcu")
FAMILIES = {"borough": "boroughs", "bcu": "commands", "force": "London"}
SETTLING_LAGS = 6
"""How many of the newest months' later revisions are measured; older months move less than chance does."""


@dataclass(frozen=True)
class Judgement:
    """Everything one release has to say: verdicts, the ranges behind them, and how many each list would have by chance."""

    findings: tuple[Finding, ...]
    months: tuple[ExpectedMonth, ...]
    families: tuple[tuple[str, int, int, float], ...]
    """(family, series tested, changed, of which expected by chance)."""


def judge(connection: duckdb.DuckDBPyConnection, values: str = "measure_value", measure_id: str | None = None) -> Judgement:
    """The verdicts on the values in a table with the columns of `measure_value`.

    Args:
        connection: where `values`, `break_in_series`, `edition` and `edition_value` are visible.
        values: the table judged: the release's own, or one made as of a date.
        measure_id: one base measure only; None for all. Lists are then looked at for that measure alone.
    """
    measures = [m for m in catalogue.measures().values() if measure_id in (None, m.id) and m.theme != "retired"]
    settling = _settling(connection)
    findings: list[Finding] = []
    months: list[ExpectedMonth] = []
    for measure in measures:
        if measure.basis == "recorded_crime":
            panel = _panel(connection, values, measure, settling)
            if panel is not None:
                judged, expected = counts.judge(panel)
                findings += judged
                months += expected
        elif measure.basis == "survey":
            findings += _surveyed(connection, values, measure)
        else:
            findings += _quarterly(connection, values, measure)
    return _controlled(findings, months)


def store(connection: duckdb.DuckDBPyConnection, judgement: Judgement) -> None:
    """Fill `verdict`, `expected_month`, `verdict_family` and `year_change`."""
    _insert(connection, "verdict", [_verdict_row(f) for f in judgement.findings])
    _insert(
        connection,
        "expected_month",
        [
            {
                "measure_id": m.measure, "area_code": m.area, "period": m.period, "expected": m.expected, "lower": m.lower,
                "upper": m.upper, "role": m.role, "signal": m.signal,
            }
            for m in judgement.months
        ],
    )  # fmt: skip
    names = ("family", "tested", "changed", "by_chance")
    _insert(connection, "verdict_family", [dict(zip(names, row, strict=True)) for row in judgement.families])
    _insert(connection, "year_change", [_year_row(f) for f in judge_years(connection)])


def judge_years(connection: duckdb.DuckDBPyConnection) -> list[years.YearFinding]:
    """Every financial year of every measure of recorded crime, the retired ones too, in every area: what followed what."""
    crime = [m for m in catalogue.measures().values() if m.basis == "recorded_crime"]
    found: list[years.YearFinding] = []
    for measure in crime:
        panel = _panel(connection, "measure_value", measure, {})
        if panel is not None:
            found += [finding for span in years.spans(panel) for finding in years.judge(panel, span)]
    kinds = {code: area.kind for code, area in reference.areas().items()}
    return years.control(found, {m.id: m.better for m in crime}, kinds)


def _controlled(findings: list[Finding], months: list[ExpectedMonth]) -> Judgement:
    better = {m.id: m.better for m in catalogue.measures().values()}
    out: list[Finding] = []
    families = []
    for kind, name in FAMILIES.items():
        of_kind = [f for f in findings if reference.areas()[f.area].kind == kind]
        crime = [f for f in of_kind if catalogue.measures()[f.measure].basis == "recorded_crime"]
        others = [f for f in of_kind if catalogue.measures()[f.measure].basis != "recorded_crime"]
        controlled = counts.control(crime, better)
        tested = sum(1 for f in controlled if f.p_value is not None)
        changed = sum(1 for f in controlled if f.state in EXCEPTIONS)
        families.append((name, tested, changed, counts.FALSE_DISCOVERIES * changed))
        out += controlled + others
    out += [f for f in findings if reference.areas()[f.area].kind not in FAMILIES]
    return Judgement(tuple(out), tuple(months), tuple(families))


def _panel(
    connection: duckdb.DuckDBPyConnection, values: str, measure: catalogue.Measure, settling: Mapping[str, list[float]]
) -> Panel | None:
    rows = connection.execute(
        f"SELECT v.area_code, v.period, v.value FROM {values} v WHERE v.measure_id = ? AND v.breakdown = '' AND v.value IS NOT NULL", [measure.id]
    ).fetchall()
    kinds = {code: area.kind for code, area in reference.areas().items()}
    rows = [r for r in rows if kinds.get(r[0]) in KINDS]
    if not rows:
        return None
    months = _every_month(min(r[1] for r in rows), max(r[1] for r in rows))
    position = {m: i for i, m in enumerate(months)}
    areas = tuple(sorted({r[0] for r in rows}, key=lambda code: (KINDS.index(kinds[code]), code)))
    row_of = {code: i for i, code in enumerate(areas)}
    table: Floats = np.full((len(areas), len(months)), np.nan)
    for code, period, value in rows:
        table[row_of[code], position[period]] = value
    return Panel(measure.id, measure.better, areas, tuple(kinds[a] for a in areas), months, table, _breaks(connection, measure.id), settling)


def _breaks(connection: duckdb.DuckDBPyConnection, measure_id: str) -> dict[str, tuple[Break, ...]]:
    rows = connection.execute(
        "SELECT area_code, start, \"end\", what, treatment FROM break_in_series WHERE measure_id = ? AND treatment IN ('restart', 'do_not_compare', 'leave_out')",
        [measure_id],
    ).fetchall()
    found: dict[str, list[Break]] = {}
    for area, start, end, what, treatment in rows:
        # A step late in a month spoils that month: the new segment begins with the next whole one.
        first = start if start.day <= 7 else (start.replace(day=28) + pd.Timedelta(days=4)).replace(day=1)
        found.setdefault(area, []).append(Break(f"{first:%Y-%m}", f"{end:%Y-%m}" if end else None, treatment != "leave_out", what))
    return {area: tuple(items) for area, items in found.items()}


def _settling(connection: duckdb.DuckDBPyConnection) -> dict[str, list[float]]:
    """By kind of area: root mean square of ln(newest figure / first figure) of a month that was the edition's newest, second newest, ...

    Measured from the kept editions of recorded crime, all measures that are not rare; the first place is the newest month's.
    """
    rows = connection.execute(
        """WITH recent AS (SELECT v.measure_id, v.area_code, v.period, v.value, e.published_on,
                                 (left(e.last_period, 4)::INTEGER * 12 + substr(e.last_period, 6)::INTEGER)
                                 - (left(v.period, 4)::INTEGER * 12 + substr(v.period, 6)::INTEGER) AS lag
                          FROM edition_value v JOIN edition e USING (edition_id) WHERE e.part = 'recent'),
                paired AS (SELECT r.lag, r.area_code, r.value AS first_value, arg_max(l.value, l.published_on) AS later_value
                           FROM recent r JOIN recent l ON l.measure_id = r.measure_id AND l.area_code = r.area_code AND l.period = r.period
                                AND l.published_on > r.published_on
                           WHERE r.lag < ? AND r.value >= 30 AND l.value >= 30 GROUP BY r.measure_id, r.area_code, r.period, r.published_on, r.lag, r.value)
           SELECT area_code, lag, ln(later_value / first_value) FROM paired""",
        [SETTLING_LAGS],
    ).fetchall()
    kinds = {code: area.kind for code, area in reference.areas().items()}
    found: dict[str, list[float]] = {}
    for kind in KINDS:
        squares = [[x**2 for code, lag, x in rows if kinds.get(code) == kind and lag == k] for k in range(SETTLING_LAGS)]
        # The middle of the squares, not their mean: one recoded family must not hold back all the others.
        found[kind] = [float(np.sqrt(np.median(s))) if len(s) >= 10 else 0.0 for s in squares]
    return found


def _surveyed(connection: duckdb.DuckDBPyConnection, values: str, measure: catalogue.Measure) -> list[Finding]:
    series = _long(connection, values, measure.id)
    if not series:
        return []
    newest = surveys.newest(list(series.values()))
    kinds = reference.areas()
    return [surveys.judge(measure.id, measure.better, area, kinds[area].kind, points, newest) for area, points in series.items()]


def _quarterly(connection: duckdb.DuckDBPyConnection, values: str, measure: catalogue.Measure) -> list[Finding]:
    if measure.period != "quarter":
        return []
    return [quarters.judge(measure.id, measure.better, area, points) for area, points in _long(connection, values, measure.id).items()]


def _long(connection: duckdb.DuckDBPyConnection, values: str, measure_id: str) -> dict[str, dict[str, float]]:
    rows = connection.execute(
        f"SELECT area_code, period, value FROM {values} WHERE measure_id = ? AND breakdown = '' AND value IS NOT NULL ORDER BY 1, 2", [measure_id]
    ).fetchall()
    found: dict[str, dict[str, float]] = {}
    for area, period, value in rows:
        found.setdefault(area, {})[period] = value
    return found


def _every_month(first: str, last: str) -> tuple[str, ...]:
    start, end = (int(p[:4]) * 12 + int(p[5:7]) - 1 for p in (first, last))
    return tuple(f"{n // 12}-{n % 12 + 1:02d}" for n in range(start, end + 1))


def _verdict_row(f: Finding) -> dict[str, object]:
    first, last = f.window or (None, None)
    return {
        "measure_id": f.measure, "area_code": f.area, "state": f.state, "since": f.since, "window_first": first, "window_last": last,
        "observed": f.observed, "expected": f.expected, "expected_lower": f.expected_lower, "expected_upper": f.expected_upper,
        "ratio": f.ratio, "ratio_lower": f.ratio_lower, "ratio_upper": f.ratio_upper, "p_value": f.p_value, "q_value": f.q_value,
        "visible_change": f.visible_change, "rule": f.rule, "reason": f.reason,
    }  # fmt: skip


def _year_row(found: years.YearFinding) -> dict[str, object]:
    row = _verdict_row(found.finding)
    first, last = found.compared or (None, None)
    kept = {name: value for name, value in row.items() if name not in ("since", "rule")}
    return {**kept, "baseline_asked": found.span.baseline[0], "baseline_first": first, "baseline_last": last}


def _insert(connection: duckdb.DuckDBPyConnection, table: str, rows: Iterable[Mapping[str, object]]) -> None:
    frame = pd.DataFrame(list(rows))
    if frame.empty:
        return
    connection.register("incoming", frame)
    connection.execute(f"INSERT INTO {table} BY NAME SELECT * FROM incoming")
    connection.unregister("incoming")
