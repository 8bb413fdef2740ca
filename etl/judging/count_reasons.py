"""Why a count is judged as it is: what is set against what, what is left out, and what the months showed."""

import numpy as np

from etl.core.grade import LEANING, ON_YEAR, MoveState
from etl.core.period import moved
from etl.core.reason import Code, Reason, Reasons
from etl.judging.expectation_made import Expectation
from etl.judging.fitted import fitted
from etl.judging.moves import Move
from etl.judging.panel import Panel, Plan

RECENT_MONTHS = 24
"""Months before the judged ones in which a run of empty ones is looked for."""
LONG_HISTORY = 120
"""A history so long says nothing of a restart before it."""
SURE_TO_HAVE_SOME = 20.0
"""Empty months in a row that should have held so many together are a fault in the figures: chance makes one in 500 million."""


def why(move: Move) -> Reasons:
    """What the months showed: how sure a move is to last, what leans on what, or what can be ruled out."""
    reasons = []
    if move.grade is not None:
        windows, lasted = fitted().record.get(move.grade.word, (0, 0.0))
        reasons.append(Reason.of(Code.LASTS, grade=move.grade.word, windows=windows, lasted=lasted))
    if move.rests_on is not None:
        reasons.append(Reason.of(Code.RESTS_ON_MONTH, month=move.rests_on))
    if move.state in LEANING and move.rests_on is None:
        is_out = not (move.lower or 0) <= (move.observed or 0) <= (move.upper or 0)
        reasons.append(Reason(Code.LEANS_OUTSIDE if is_out else Code.LEANS_INSIDE))
    if move.state in (MoveState.NO_CLEAR_CHANGE, *ON_YEAR) and move.change_lower is not None and move.change_upper is not None:
        reasons.append(Reason.of(Code.RULED_OUT, fall=-move.change_lower, rise=move.change_upper))
    if move.against_force:
        reasons.append(Reason.of(Code.AGAINST_FORCE, how=move.against_force))
    return tuple(reasons)


def left_out(panel: Panel, area: str, month: str) -> Reason | None:
    """Why nothing can be judged while the newest month is one that no comparison holds; None where it is not."""
    gap = next((b for b in panel.breaks_of(area) if not b.is_restart and b.last is not None and b.first <= month <= b.last), None)
    return None if gap is None else Reason.of(Code.NEWEST_LEFT_OUT, what=gap.what)


def empty_months(panel: Panel, row: int, expectation: Expectation, settled: int) -> Reason | None:
    """Why months without any offence are not believed; None where there are none such."""
    begins = panel.months.index(expectation.months[0])
    before = np.flatnonzero(np.isfinite(panel.counts[row, :begins]))[-RECENT_MONTHS:]
    used = np.concatenate([before, begins + np.flatnonzero(expectation.is_usable[row, :settled])])
    is_empty = panel.counts[row, used] == 0
    runs = np.split(used, np.flatnonzero(np.diff(is_empty.astype(np.int64)) != 0) + 1)
    usual = float(np.median(panel.counts[row, used]))
    doubtful = [run for run in runs if panel.counts[row, run[0]] == 0 and usual * run.size >= SURE_TO_HAVE_SOME]
    if not doubtful:
        return None
    return Reason.of(Code.EMPTY_MONTHS, months=tuple(panel.months[i] for i in np.concatenate(doubtful)), expected=usual)


def compared(panel: Panel, row: int, chosen: Plan, expectation: Expectation, settled: int) -> Reasons:
    """Which months are set against their expectation, and which of them are not looked at."""
    begins = panel.months.index(expectation.months[0])
    judged = np.flatnonzero(expectation.is_usable[row, :settled]) + begins
    first, last = int(judged[0]), int(judged[-1])
    segment = int(chosen.segment_start[row])
    restart = panel.months[segment] if segment and begins - segment < LONG_HISTORY else ""
    reason = Reason.of(
        Code.MONTHS_COMPARED,
        count=int(judged.size),
        first=panel.months[first],
        last=panel.months[last],
        made=moved(panel.months[begins], -1),
        restart=restart,
    )
    end = begins + settled
    apart = [i for i in range(first, end) if not expectation.is_usable[row, i - begins]]
    is_there = np.isfinite(panel.counts[row])
    set_apart = {
        Code.MONTHS_NOT_HELD: tuple(panel.months[i] for i in apart if not is_there[i]),
        Code.MONTHS_LEFT_OUT: tuple(panel.months[i] for i in apart if is_there[i]),
        Code.MONTHS_TOO_NEW: tuple(panel.months[end : int(chosen.last[row]) + 1]),
    }
    return (reason, *(Reason.of(code, months=labels) for code, labels in set_apart.items() if labels))
