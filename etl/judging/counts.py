"""Verdicts on monthly counts: each area's move beside its expectation, or why there is none."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from etl.core.grade import MoveState, letter_of
from etl.core.period import moved
from etl.core.reason import Code, Reason, Reasons
from etl.core.state import CHANGES, State
from etl.judging import count_reasons
from etl.judging.expectation_made import Expectation
from etl.judging.finding import EMPTY, MEAN, Finding
from etl.judging.lateness import Timing, late_reason
from etl.judging.made_once import MadeOnce
from etl.judging.move_states import in_list
from etl.judging.moves import Move, judge_made
from etl.judging.panel import LEAST_BASELINE, LEAST_WINDOW, Panel, Plan, plan
from etl.methods.arrays import Floats
from etl.methods.discovery import benjamini_hochberg

FALSE_DISCOVERIES = 0.05
BREAK_MONTHS = 12
"""For so long after a break the answer is that nothing can be compared; after that, that it is too early."""
NEEDED = LEAST_BASELINE + LEAST_WINDOW


@dataclass(frozen=True)
class Group:
    """Areas of a panel judged over the same months: their rows, and the expectation to the newest month there is.

    Of its months the first `settled` are judged; those after are too new.
    """

    rows: tuple[int, ...]
    expectation: Expectation
    settled: int


@dataclass(frozen=True)
class Judged:
    """A panel's findings, one per area in its order, and the expectations behind them; no group where no month is judged."""

    findings: tuple[Finding, ...]
    groups: tuple[Group, ...]


def judge(expectations: MadeOnce, timing: Timing) -> Judged:
    """A finding for each area of the panel, the panel looked at as one list; `control` then looks at all measures together."""
    panel = expectations.panel
    chosen = plan(panel)
    newest = max((int(last) for last in chosen.last), default=-1)
    groups = tuple(_groups(expectations, chosen))
    findings: dict[int, Finding] = {}
    for group in groups:
        moves = judge_made(
            group.expectation.until(group.settled), expectations.tables, measure=panel.measure, is_whole_list=False
        )
        findings |= {row: _finding(panel, row, chosen, group, moves[row]) for row in group.rows}
    out = []
    for row in range(len(panel.areas)):
        refusal = _refused(panel, row, chosen, timing, newest, is_ready=row in findings)
        out.append(refusal or findings.get(row) or _cannot_tell(panel, row, Reason(Code.NO_MONTH_JUDGED)))
    return Judged(tuple(out), groups)


def control(findings: Sequence[Finding], better: Mapping[str, str]) -> list[Finding]:
    """The same findings once the whole list is looked at: of the proven, the least sure lean where too many would be wrong.

    Args:
        findings: one family, such as every measure in every borough.
        better: measure id to the way that is better.
    """
    places = [i for i, f in enumerate(findings) if f.move is not None and f.move.probability is not None]
    names = np.array([_move(findings[i]).state.value for i in places], dtype="<U60")
    chances = np.array([_move(findings[i]).probability or 0.0 for i in places])
    out = list(findings)
    for i, name in zip(places, in_list(names, chances), strict=True):
        move = replace(_move(findings[i]), state=MoveState(str(name)))
        state = letter(move, better[findings[i].measure])
        since = move.since if state in (*CHANGES, State.LEANING, State.PROVISIONAL) else None
        reasons = (*findings[i].reasons, *count_reasons.why(move))
        out[i] = replace(findings[i], state=state, move=move, since=since, reasons=reasons)
    return out


def control_surveys(findings: list[Finding]) -> list[Finding]:
    """Survey findings once the whole list is looked at together: a change that does not stand in it cannot be told."""
    tested = [(i, f.p_value) for i, f in enumerate(findings) if f.p_value is not None]
    adjusted: Floats = benjamini_hochberg([p for _, p in tested], FALSE_DISCOVERIES).adjusted
    out = list(findings)
    for (i, _), q_value in zip(tested, adjusted, strict=True):
        f = replace(findings[i], q_value=float(q_value))
        if f.state in CHANGES and q_value > FALSE_DISCOVERIES:
            f = replace(f, state=State.CANNOT_TELL, since=None, reasons=(*f.reasons, Reason(Code.CHANCE_IN_FIGURES)))
        out[i] = f
    return out


def letter(move: Move, better: str) -> State:
    """The state of a move as it is stored: provisional where it leans on the newest month alone."""
    state = State(letter_of(move.state, better))
    return State.PROVISIONAL if state == State.LEANING and move.rests_on == move.window[1] else state


def _groups(expectations: MadeOnce, chosen: Plan) -> list[Group]:
    """The areas that can be judged, by the months they are judged over."""
    panel = expectations.panel
    by_months: dict[tuple[int, int], list[int]] = {}
    for row in range(len(panel.areas)):
        months = np.flatnonzero(chosen.window[row])
        if months.size >= LEAST_WINDOW and chosen.baseline[row].sum() >= LEAST_BASELINE:
            by_months.setdefault((int(months[0]), int(chosen.settled[row])), []).append(row)
    groups = []
    for (first, settled), rows in by_months.items():
        last = max(int(chosen.last[row]) for row in rows)
        expectation = expectations.of(panel.months[first], panel.months[last])
        ready = tuple(row for row in rows if expectation.is_ready[row])
        if ready:
            groups.append(Group(ready, expectation, settled - first + 1))
    return groups


def _finding(panel: Panel, row: int, chosen: Plan, group: Group, move: Move) -> Finding:
    """The finding of an area that was set against its expectation; its reasons so far say what was compared."""
    area, observed = panel.areas[row], None if move.observed is None else float(move.observed)
    window = move.window
    if move.change is None:
        reason = Reason(Code.TOO_FEW_OFFENCES)
        return Finding(panel.measure, area, State.CANNOT_TELL, window=window, observed=observed, rule=MEAN, reasons=(reason,))
    doubt = count_reasons.empty_months(panel, row, group.expectation, group.settled)
    if doubt is not None:
        return Finding(panel.measure, area, State.CANNOT_TELL, window=window, observed=observed, rule=EMPTY, reasons=(doubt,))
    return finding(panel, move, count_reasons.compared(panel, row, chosen, group.expectation, group.settled))


def finding(panel: Panel, move: Move, reasons: Reasons) -> Finding:
    """The finding of a move that has its sizes, before its list is looked at."""
    if move.change is None or move.observed is None:
        raise ValueError(f"{panel.measure} in {move.area} was not set against an expectation")
    return Finding(
        panel.measure, move.area, letter(move, panel.better), since=move.since, window=move.window,
        observed=float(move.observed), expected=move.expected,
        expected_lower=_as_float(move.lower), expected_upper=_as_float(move.upper), ratio=1 + move.change,
        ratio_lower=_ratio(move.change_lower), ratio_upper=_ratio(move.change_upper), p_value=move.p_value, rule=MEAN,
        reasons=reasons, move=move,
    )  # fmt: skip


def _move(finding: Finding) -> Move:
    if finding.move is None:
        raise ValueError(f"{finding.measure} in {finding.area} has no move")
    return finding.move


def _as_float(value: int | None) -> float | None:
    return None if value is None else float(value)


def _ratio(change: float | None) -> float | None:
    return None if change is None else 1 + change


def _cannot_tell(panel: Panel, row: int, reason: Reason) -> Finding:
    return Finding(panel.measure, panel.areas[row], State.CANNOT_TELL, rule=MEAN, reasons=(reason,))


def _refused(panel: Panel, row: int, chosen: Plan, timing: Timing, newest: int, *, is_ready: bool) -> Finding | None:
    """L where later months should be held, X or T where too few months can be compared; None where the area can be judged."""
    area, last = panel.areas[row], int(chosen.last[row])
    if last < 0:
        return _cannot_tell(panel, row, Reason(Code.NO_FIGURE))
    late = late_reason(timing, panel.months[last], panel.months[newest])
    if late is not None:
        value = float(panel.counts[row, last])
        return Finding(
            panel.measure,
            area,
            State.LATE,
            window=(panel.months[last], panel.months[last]),
            observed=value,
            rule=MEAN,
            reasons=(late,),
        )
    if is_ready:
        return None
    settled = int(chosen.settled[row])
    left_out = count_reasons.left_out(panel, area, panel.months[settled])
    if left_out is not None:
        return _cannot_tell(panel, row, left_out)
    begins = int(chosen.segment_start[row])
    restart = next((b for b in panel.breaks_of(area) if b.is_restart and b.first == panel.months[begins]), None)
    months_loaded = int(chosen.keep[row, begins : settled + 1].sum())
    review = moved(panel.months[last], max(NEEDED - months_loaded, 1))
    if restart is None:
        reason = Reason.of(Code.TOO_FEW_MONTHS, held=months_loaded, needed=NEEDED, review=review)
        return Finding(panel.measure, area, State.TOO_EARLY, rule=MEAN, reasons=(reason,))
    since = restart.first
    if months_loaded <= BREAK_MONTHS:
        reason = Reason.of(Code.NOT_COMPARABLE, since=since, what=restart.what, held=months_loaded, needed=NEEDED, review=review)
        return Finding(panel.measure, area, State.BREAK, since=restart.first, rule=MEAN, reasons=(reason,))
    reason = Reason.of(Code.TOO_FEW_MONTHS_SINCE, since=since, held=months_loaded, needed=NEEDED, review=review)
    return Finding(panel.measure, area, State.TOO_EARLY, since=restart.first, rule=MEAN, reasons=(reason,))
