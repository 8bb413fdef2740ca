"""Verdicts on monthly counts: the mean of the year so far against the range expected from the months before it."""

import numpy as np

from etl.judging import change as arithmetic
from etl.judging.change import Change, Spread
from etl.judging.finding import (
    BREAK,
    CANNOT_TELL,
    NO_CHANGE,
    PROVISIONAL,
    TOO_EARLY,
    ExpectedMonth,
    Finding,
    direction,
)
from etl.judging.panel import LEAST_BASELINE, LEAST_WINDOW, Panel, Plan, exposure_of, plan
from etl.methods.arrays import Floats
from etl.methods.discovery import benjamini_hochberg

SIGNIFICANT = 0.01
"""The p value a single verdict must reach; with it the false-alarm rates of the calibration table hold."""
FALSE_DISCOVERIES = 0.05
MONTH_SIGMAS = 3.0
LEAST_EVENTS = 5
"""Fewer offences than this expected and seen: too few to tell anything."""


def judge(panel: Panel) -> tuple[list[Finding], list[ExpectedMonth]]:
    """A finding for each area of the panel, and the expected range of each month in its baseline and after it.

    The p values are each area's own; `control` then looks at the whole list.
    """
    chosen = plan(panel)
    whole = np.flatnonzero(chosen.window.any(axis=0))
    if whole.size == 0:
        return [_refused(panel, row, chosen) for row in range(len(panel.areas))], []
    exposure, _ = exposure_of(panel, panel.months[int(whole[0])])
    found = _by_kind(panel, chosen, exposure, chosen.window)
    without_last = chosen.window.copy()
    for row, settled in enumerate(chosen.settled):
        without_last[row, settled] = False
    before = _by_kind(panel, chosen, exposure, without_last)
    scores = arithmetic.month_scores(panel.counts, exposure, found, chosen.baseline)
    expected, lower, upper = arithmetic.month_range(exposure, found, MONTH_SIGMAS)
    visible = arithmetic.visible_change(found, SIGNIFICANT)
    findings = [
        _refused(panel, row, chosen) if _is_refused(chosen, row) else _judged(panel, row, chosen, found, before, scores, visible)
        for row in range(len(panel.areas))
    ]
    months = [
        m for row in range(len(panel.areas)) if not _is_refused(chosen, row) for m in _months(panel, row, chosen, expected, lower, upper, scores)
    ]
    return findings, months


def control(findings: list[Finding], better: dict[str, str]) -> list[Finding]:
    """The same findings once the whole list is looked at together (Benjamini-Hochberg).

    A change stands when its own p value and its place in the list both say so. What does not stand is no significant change.

    Args:
        findings: one family, such as every measure in every borough.
        better: measure id to the way that is better.
    """
    tested = [i for i, f in enumerate(findings) if f.p_value is not None]
    q = benjamini_hochberg([findings[i].p_value for i in tested], FALSE_DISCOVERIES).adjusted
    out = list(findings)
    for i, q_value in zip(tested, q, strict=True):
        f = findings[i]
        stands = q_value <= FALSE_DISCOVERIES and (f.p_value or 1) <= SIGNIFICANT
        state = f.state
        if state in (NO_CHANGE, PROVISIONAL):
            if stands and state == NO_CHANGE:
                state = direction(better[f.measure], (f.ratio or 1) > 1)
            elif not stands and state == PROVISIONAL and f.rule == "window":
                state = NO_CHANGE
        since = f.since if state not in (NO_CHANGE,) else None
        out[i] = Finding(**{**f.__dict__, "state": state, "q_value": float(q_value), "since": since})
    return out


def _by_kind(panel: Panel, chosen: Plan, exposure: Floats, window: np.ndarray) -> Change:
    """The change of every area, each judged with the scatter of its own kind: boroughs together, commands together, London by itself."""
    pieces: list[tuple[list[int], Change]] = []
    for kind in dict.fromkeys(panel.kinds):
        rows = [i for i, k in enumerate(panel.kinds) if k == kind]
        counts, baseline = panel.counts[rows], chosen.baseline[rows]
        spread: Spread = arithmetic.spread_of(counts, exposure, baseline)
        pieces.append((rows, arithmetic.change(counts, exposure, baseline, window[rows], spread)))
    size = len(panel.areas)
    columns = []
    for field in range(len(Change._fields)):
        column = np.full(size, np.nan)
        for rows, piece in pieces:
            column[rows] = piece[field]
        columns.append(column)
    return Change(*columns)


def _is_refused(chosen: Plan, row: int) -> bool:
    return bool(chosen.baseline[row].sum() < LEAST_BASELINE or chosen.window[row].sum() < LEAST_WINDOW)


def _refused(panel: Panel, row: int, chosen: Plan) -> Finding:
    """X where a break leaves too few months to compare, T where the series itself is too short."""
    area = panel.areas[row]
    if chosen.last[row] < 0:
        return Finding(panel.measure, area, CANNOT_TELL, rule="window", reason="No figure is held.")
    begins = int(chosen.segment_start[row])
    restart = next((b for b in panel.breaks_of(area) if b.is_restart and b.first == panel.months[begins]), None)
    held = int(chosen.last[row]) - begins + 1
    needed = LEAST_BASELINE + LEAST_WINDOW
    first_review = _month_after(panel.months[begins], needed - 1)
    if restart is not None:
        reason = f"{restart.what} {held} months are held since; {needed} are needed. First honest review: after {first_review}."
        return Finding(panel.measure, area, BREAK, since=restart.first, rule="window", reason=reason)
    reason = f"{held} months are held; {needed} are needed. First honest review: after {first_review}."
    return Finding(panel.measure, area, TOO_EARLY, rule="window", reason=reason)


def _judged(
    panel: Panel, row: int, chosen: Plan, found: Change, before: Change, scores: Floats, visible: Floats
) -> Finding:
    area = panel.areas[row]
    judged = np.flatnonzero(chosen.window[row])
    months = (panel.months[int(judged[0])], panel.months[int(judged[-1])])
    if max(found.observed[row], found.expected[row]) < LEAST_EVENTS:
        reason = "Too few offences to tell a change from chance."
        return Finding(panel.measure, area, CANNOT_TELL, window=months, observed=float(found.observed[row]), rule="window", reason=reason)
    p = float(found.p_value[row])
    state, rule = NO_CHANGE, "window"
    reason = f"The {judged.size} months {months[0]} to {months[1]} against the {int(chosen.baseline[row].sum())} months before them, season taken out."
    last_score = float(scores[row, chosen.settled[row]])
    rests_on_last = p <= SIGNIFICANT and not (before.p_value[row] <= SIGNIFICANT * 2.5 and np.sign(before.z[row]) == np.sign(found.z[row]))
    if rests_on_last:
        state, reason = PROVISIONAL, f"{reason} Without {months[1]} there would be no signal."
    elif p > SIGNIFICANT and abs(last_score) > MONTH_SIGMAS + 0.5:
        state, rule = PROVISIONAL, "latest month"
        reason = f"{months[1]} alone lies outside the range of a single month; the months before it do not."
    half = _half_width(found, row)
    return Finding(
        panel.measure, area, state,
        since=_since(panel, row, chosen, scores, float(np.sign(found.z[row]))),
        window=months,
        observed=float(found.observed[row]),
        expected=float(found.expected[row]),
        expected_lower=float(found.expected[row] * np.exp(-half)),
        expected_upper=float(found.expected[row] * np.exp(half)),
        ratio=float(found.ratio[row]),
        ratio_lower=float(found.ratio[row] * np.exp(-half)),
        ratio_upper=float(found.ratio[row] * np.exp(half)),
        p_value=p,
        visible_change=float(visible[row]),
        rule=rule,
        reason=reason,
    )  # fmt: skip


def _half_width(found: Change, row: int) -> float:
    """Half of the 95% interval of the ratio, on the log scale."""
    from scipy import special  # one quantile a call; the vectorised ones are in `change`

    return float(special.stdtrit(found.freedom[row], 0.975) * found.error[row])


def _since(panel: Panel, row: int, chosen: Plan, scores: Floats, sign: float) -> str | None:
    """The month the change is seen from: the split that parts the judged months best from what was expected."""
    judged = np.flatnonzero(chosen.window[row])
    values = scores[row, judged] * sign
    if not np.isfinite(values).all() or values.size == 0:
        return None
    tails = np.cumsum(values[::-1])[::-1] / np.sqrt(np.arange(values.size, 0, -1))
    return panel.months[int(judged[int(np.argmax(tails))])]


def _months(
    panel: Panel, row: int, chosen: Plan, expected: Floats, lower: Floats, upper: Floats, scores: Floats
) -> list[ExpectedMonth]:
    rows = []
    begins = int(np.flatnonzero(chosen.baseline[row])[0])
    for t in range(begins, int(chosen.last[row]) + 1):
        role = "baseline" if chosen.baseline[row, t] else "window" if chosen.window[row, t] else "provisional" if t > chosen.settled[row] else "left out"
        if role == "left out" or not np.isfinite(expected[row, t]):
            continue
        score = scores[row, t]
        signal = "outside limits" if role == "window" and np.isfinite(score) and abs(score) > MONTH_SIGMAS else ""
        rows.append(
            ExpectedMonth(panel.measure, panel.areas[row], panel.months[t], float(expected[row, t]), float(lower[row, t]), float(upper[row, t]), role, signal)
        )
    return rows


def _month_after(first: str, months: int) -> str:
    number = int(first[:4]) * 12 + int(first[5:7]) - 1 + months
    return f"{number // 12}-{number % 12 + 1:02d}"
