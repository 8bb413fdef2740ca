"""The range of every month for the picture, and the months that break an NHS rule against it.

Months before the baseline of a verdict are set against what was expected of them at the time: each year of them against up to 24
months before it, never across a break; the first two years of a stretch against themselves.
"""

import numpy as np
import pandas as pd

from etl.judging.evidence import OUTSIDE, Evidence
from etl.judging.panel import BASELINE_MONTHS, LEAST_BASELINE, Panel
from etl.methods.arrays import Bools, Floats, Ints
from etl.methods.level_change import month_range
from etl.methods.spc import Rule, XmrLimits, nhs_rules

SIGNALS = {
    Rule.NONE: "",
    Rule.OUTSIDE: "outside the range",
    Rule.TREND: "7 in a row rising or falling",
    Rule.TWO_IN_THREE: "2 of 3 near the edge of the range",
    Rule.SIDE: "7 in a row on one side",
}
"""The NHS "Making Data Count" rules in words, on the scale of the range drawn."""
COLUMNS = ("measure_id", "area_code", "period", "expected", "lower", "upper", "role", "signal")
YEAR = 12
ROLES = np.array(["", "segment", "baseline", "window", "provisional"])
SEGMENT, BASELINE, WINDOW, PROVISIONAL = 1, 2, 3, 4


def expected_months(panel: Panel, evidence: Evidence) -> pd.DataFrame:
    """One row per area and month that has a range, with `COLUMNS`; areas that could not be judged have none."""
    size = panel.counts.shape
    columns = {name: np.full(size, np.nan) for name in ("expected", "lower", "upper")}
    role, rule = np.zeros(size, dtype=np.int64), np.zeros(size, dtype=np.int64)
    for rows in _alike(panel, evidence):
        _current(evidence, rows, columns, role, rule)
        _earlier(panel, evidence, rows, columns, role, rule)
    at = (role > 0) & np.isfinite(columns["expected"])
    area, month = np.nonzero(at)
    signals = np.array([SIGNALS[r] for r in Rule])
    return pd.DataFrame(
        {
            "measure_id": panel.measure,
            "area_code": np.array(panel.areas)[area],
            "period": np.array(panel.months)[month],
            **{name: values[at] for name, values in columns.items()},
            "role": ROLES[role[at]],
            "signal": signals[rule[at]],
        }
    )[list(COLUMNS)]


def _alike(panel: Panel, evidence: Evidence) -> list[np.ndarray]:
    """Rows of one kind whose months are put to the same use."""
    groups: dict[tuple[str, bytes], list[int]] = {}
    for row in np.flatnonzero(~evidence.refused):
        use = evidence.plan.baseline[row].tobytes() + evidence.plan.window[row].tobytes() + evidence.plan.keep[row].tobytes()
        groups.setdefault((panel.kinds[row], use), []).append(int(row))
    return [np.array(rows) for rows in groups.values()]


def _current(evidence: Evidence, rows: np.ndarray, columns: dict[str, Floats], role: Ints, rule: Ints) -> None:
    plan, months = evidence.plan, evidence.months
    first = rows[0]
    begins = int(np.flatnonzero(plan.baseline[first])[0])
    place = np.arange(plan.keep.shape[1])
    use = np.select(
        [plan.baseline[first], plan.window[first], (place > plan.settled[first]) & (place <= plan.last[first])],
        [BASELINE, WINDOW, PROVISIONAL],
        0,
    )
    role[rows] = use
    for name, values in columns.items():
        values[rows] = np.where(use > 0, getattr(months, name)[rows], np.nan)
    judged = (use == BASELINE) | (use == WINDOW)
    scores = np.where(judged, months.score[rows], np.nan)[:, begins:]
    rule[rows, begins:] = np.where(judged[begins:], _rules(scores), 0)


def _earlier(panel: Panel, evidence: Evidence, rows: np.ndarray, columns: dict[str, Floats], role: Ints, rule: Ints) -> None:
    plan, drift = evidence.plan, evidence.drifts[panel.kinds[rows[0]]]
    first = rows[0]
    end = int(np.flatnonzero(plan.baseline[first])[0])
    own = drift._replace(own=_of_rows(panel, drift.own, rows), freedom=_of_rows(panel, drift.freedom, rows))
    for judged, before in _pieces(panel, plan.keep[first], panel.areas[first], end):
        span = np.flatnonzero(judged | before)
        part = slice(int(span[0]), int(span[-1]) + 1)
        base = np.broadcast_to(before[part], (rows.size, part.stop - part.start))
        made = month_range(panel.counts[rows, part], evidence.exposure[first, part], base, own, OUTSIDE)
        inside = judged[part]
        at = np.arange(part.start, part.stop)[inside]
        for name, values in columns.items():
            values[np.ix_(rows, at)] = getattr(made, name)[:, inside]
        role[np.ix_(rows, at)] = SEGMENT
        rule[np.ix_(rows, at)] = _rules(np.where(inside, made.score, np.nan))[:, inside]


def _of_rows(panel: Panel, values: Floats, rows: np.ndarray) -> Floats:
    kind = panel.kinds[rows[0]]
    place = {row: i for i, row in enumerate(i for i, k in enumerate(panel.kinds) if k == kind)}
    return values[[place[int(row)] for row in rows]]


def _pieces(panel: Panel, keep: Bools, area: str, end: int) -> list[tuple[Bools, Bools]]:
    """(months of a year, months it is set against) back from `end` to the start of the record."""
    starts = sorted(
        {0, *(panel.months.index(b.first) for b in panel.breaks_of(area) if b.is_restart and b.first in panel.months)}
    )
    pieces = []
    place = np.arange(keep.size)
    for start, stop in zip(starts, [*starts[1:], keep.size], strict=True):
        usable = np.flatnonzero(keep & (place >= start) & (place < min(stop, end)))
        while usable.size:
            judged, before = usable[-YEAR:], usable[:-YEAR][-BASELINE_MONTHS:]
            if before.size < BASELINE_MONTHS:
                judged = before = usable
            if before.size >= LEAST_BASELINE:
                pieces.append((np.isin(place, judged), np.isin(place, before)))
            usable = usable[: usable.size - judged.size]
    return pieces


def _rules(scores: Floats) -> Ints:
    """NHS rules on scores whose limits are -1 and 1."""
    none = np.zeros(scores.shape[0])
    limits = XmrLimits(none, none - 1, none + 1, none - 2 / 3, none + 2 / 3, none, np.zeros(none.shape, dtype=np.bool_))
    return nhs_rules(scores, limits)[0]
