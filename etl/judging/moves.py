"""One panel judged from its expectation: for each area a move with its numbers, or why there is none."""

from dataclasses import dataclass

import numpy as np

from etl.core.grade import DOWN, SET_AGAINST, UP, Grade, MoveState, grade_of
from etl.core.period import FINANCIAL_YEAR_STARTS, month_of_year, moved
from etl.judging.expectation_made import FORCE, LEAST_MONTHS, Expectation, made, restart_within
from etl.judging.fitted import Fitted, fitted_kind
from etl.judging.long_run import LongRun, long_runs
from etl.judging.move_scores import Scores, scored
from etl.judging.move_states import APART_P, Reading, in_list, read, states
from etl.judging.panel import LEAST_WINDOW, ROLLING_WINDOW, Panel
from etl.methods.arrays import Floats, Strings

LEAST_ON_YEAR = 0.05
"""A smaller change on the year is not worth a word."""
FORCE_MOVED = 0.03
"""A force within this of its expectation has not moved: no borough moved against it."""


@dataclass(frozen=True)
class Move:
    """What is said of one area. Sizes are None where it was not set against an expectation; `why` then says why not.

    `change` and its limits are shares of what was expected: the limits are those a change must lie in for the count to have
    come out as it did, and what lies beyond can be ruled out. `against_force` is with, more, less or against, above or below
    for a count that itself did not move, and empty without a force. `since` is the month the move is seen from.
    """

    area: str
    state: MoveState
    window: tuple[str, str]
    why: str = ""
    observed: int | None = None
    expected: float | None = None
    lower: int | None = None
    upper: int | None = None
    change: float | None = None
    change_lower: float | None = None
    change_upper: float | None = None
    p_value: float | None = None
    probability: float | None = None
    grade: Grade | None = None
    since: str | None = None
    against_force: str = ""
    rests_on: str | None = None
    months_missing: int = 0
    long_run: LongRun | None = None


def window_to(last: str) -> tuple[str, str]:
    """The months judged at a month's end: the financial year so far, or the newest twelve before it has three months."""
    in_year = (month_of_year(last) - FINANCIAL_YEAR_STARTS) % 12 + 1
    return moved(last, 1 - (in_year if in_year >= LEAST_WINDOW else ROLLING_WINDOW)), last


def judge(
    panel: Panel, window: tuple[str, str], fitted: Fitted, *, measure: str = "", sizes: Floats | None = None
) -> tuple[Move, ...]:
    """A move or a refusal for each area, the proven ones looked at as one list.

    Args:
        panel: its months must hold the window.
        window: first and last month judged.
        fitted: the tables fitted on real windows.
        measure: whose own ranks are used; "" for a measure nobody has measured.
        sizes: people by area and month, or None.
    """
    return judge_made(made(panel, *window, spread=fitted.spread, sizes=sizes), fitted, measure=measure)


def judge_made(expectation: Expectation, fitted: Fitted, *, measure: str = "", is_whole_list: bool = True) -> tuple[Move, ...]:
    """The same from an expectation that is made already, such as one of which only the first months are looked at.

    With `is_whole_list` false the proven are left as each is by itself: the list they are of is looked at elsewhere.
    """
    panel = expectation.panel
    scores = scored(expectation)
    observed = expectation.counted(expectation.is_usable)
    kinds = [fitted_kind(kind, bool(short)) for kind, short in zip(panel.kinds, expectation.is_short, strict=True)]
    reading = read(fitted, kinds, measure, len(expectation.months), observed, scores)
    refusals = [_refusal(expectation, row) for row in range(len(panel.areas))]
    is_judged = np.array([refusal is None for refusal in refusals])
    names: Strings = np.where(is_judged, states(reading), "")
    if is_whole_list:
        names = in_list(names, reading.probability)
    views = long_runs(expectation)
    force_change = _force_change(panel, reading, is_judged)
    moves = []
    for row, refusal in enumerate(refusals):
        if refusal is not None:
            moves.append(refusal)
        else:
            state = _beside_last_year(MoveState(str(names[row])), views[row])
            moves.append(_move(expectation, row, state, reading, scores, views[row], force_change))
    return tuple(moves)


def _refusal(expectation: Expectation, row: int) -> Move | None:
    """Why an area is not set against its expectation; None where it is."""
    panel, months = expectation.panel, expectation.months
    area, window = panel.areas[row], (expectation.months[0], expectation.months[-1])
    counts = panel.counts[row]
    if not np.isfinite(counts).any():
        return Move(area, MoveState.CANNOT_TELL, window, "no figure is there at all")
    if not np.isfinite(expectation.seen[row, -1]):
        return Move(area, MoveState.LATE, window, "the newest month asked for is not there")
    what = restart_within(panel, area, months)
    if what is not None:
        return Move(area, MoveState.BREAK, window, what)
    if not expectation.is_ready[row]:
        before = int(expectation.history[row].sum())
        return Move(area, MoveState.TOO_EARLY, window, f"{before} usable months before these, {LEAST_MONTHS} are needed")
    if expectation.is_usable[row].sum() < LEAST_WINDOW:
        return Move(area, MoveState.CANNOT_TELL, window, f"fewer than {LEAST_WINDOW} of the months can be used")
    return None


def _move(
    expectation: Expectation,
    row: int,
    state: MoveState,
    reading: Reading,
    scores: Scores,
    view: LongRun,
    force_change: float | None,
) -> Move:
    months = expectation.months
    has_moved = state in UP or state in DOWN
    is_set = state in SET_AGAINST
    probability = float(reading.probability[row])
    rests = bool(reading.rests[row]) and has_moved
    return Move(
        expectation.panel.areas[row], state, (months[0], months[-1]), "" if is_set else "fewer than five events",
        observed=int(reading.observed[row]), expected=float(reading.expected[row]),
        lower=int(reading.lower[row]), upper=int(reading.upper[row]),
        change=float(reading.change[row]) if is_set else None,
        change_lower=float(reading.change_lower[row]) if is_set else None,
        change_upper=float(reading.change_upper[row]) if is_set else None,
        p_value=float(reading.p[row]), probability=probability if is_set else None,
        grade=grade_of(probability) if has_moved else None,
        since=months[int(scores.since[row])] if has_moved else None,
        against_force=_against(reading, row, state, force_change) if is_set else "",
        rests_on=months[int(scores.peak[row])] if rests else None,
        months_missing=int(len(months) - expectation.is_usable[row].sum()), long_run=view,
    )  # fmt: skip


def _beside_last_year(state: MoveState, view: LongRun) -> MoveState:
    """No clear change is up or down on the year where the same months of last year lie clearly apart: as was expected."""
    year = next((back for back in view.back if back.years == 1), None)
    if state != MoveState.NO_CLEAR_CHANGE or year is None or abs(year.change) < LEAST_ON_YEAR or year.lower <= 0 <= year.upper:
        return state
    return MoveState.UP_ON_YEAR if year.change > 0 else MoveState.DOWN_ON_YEAR


def _against(reading: Reading, row: int, state: MoveState, force_change: float | None) -> str:
    beside = float(reading.beside[row])
    if not np.isfinite(beside):
        return ""
    is_apart = reading.p_beside[row] <= APART_P
    if state not in UP and state not in DOWN:
        return "with" if not is_apart else "above" if beside > 0 else "below"
    rose = state in UP
    if not is_apart:
        return "with"
    if (beside > 0) != rose:
        return "less"
    is_opposite = force_change is not None and abs(force_change) >= FORCE_MOVED and (force_change > 0) != rose
    return "against" if is_opposite else "more"


def _force_change(panel: Panel, reading: Reading, is_judged: np.ndarray) -> float | None:
    """How far the force, or the sum of its boroughs, came out from what was expected of it."""
    rows = [i for i, kind in enumerate(panel.kinds) if kind == FORCE] or list(range(len(panel.areas)))
    rows = [row for row in rows if is_judged[row]]
    expected = float(reading.expected[rows].sum()) if rows else 0.0
    return float(reading.observed[rows].sum()) / expected - 1 if expected > 0 else None
