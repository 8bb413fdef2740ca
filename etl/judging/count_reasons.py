"""Why a count is judged as it is: what is set against what, what is left out, and what the months showed."""

import numpy as np

from etl.core.reason import Code, Reason, Reasons
from etl.core.state import State
from etl.judging.evidence import Evidence
from etl.judging.finding import LATEST, MEAN, PATTERN, SPIKE
from etl.judging.panel import BASELINE_MONTHS, Panel

SURE_TO_HAVE_SOME = 20.0
"""Empty months in a row that should have held so many together are a fault in the figures: chance makes one in 500 million."""


def reading(panel: Panel, row: int, evidence: Evidence) -> tuple[State, str, Reasons]:
    """(state before the list is looked at, rule, reasons)."""
    compared = _compared(panel, row, evidence)
    newest = panel.months[int(evidence.plan.settled[row])]
    furthest = panel.months[int(evidence.furthest[row])]
    is_out = bool(np.abs(evidence.months.score[row, int(evidence.plan.settled[row])]) > 1)
    if evidence.rests_on_newest[row]:
        # A month outside its own range is worth a word whatever the list says of the months together.
        if is_out:
            return State.PROVISIONAL, LATEST, (*compared, Reason.of(Code.NEWEST_OUTSIDE_MAKES_IT, month=newest))
        return State.PROVISIONAL, MEAN, (*compared, Reason.of(Code.RESTS_ON_NEWEST, month=newest))
    if evidence.is_spike[row]:
        return State.NO_CHANGE, SPIKE, (*compared, Reason.of(Code.ONE_MONTH_OUTSIDE, month=furthest))
    if evidence.is_pattern[row]:
        return State.NO_CHANGE, PATTERN, (*compared, Reason(Code.MONTHS_ON_BOTH_SIDES))
    if evidence.latest_hit[row]:
        return State.PROVISIONAL, LATEST, (*compared, Reason.of(Code.NEWEST_OUTSIDE_ALONE, month=newest))
    return State.NO_CHANGE, MEAN, compared


def left_out(panel: Panel, area: str, month: str) -> Reason | None:
    """Why nothing can be judged while the newest month is one that no comparison holds; None where it is not."""
    gap = next((b for b in panel.breaks_of(area) if not b.is_restart and b.last is not None and b.first <= month <= b.last), None)
    return None if gap is None else Reason.of(Code.NEWEST_LEFT_OUT, what=gap.what)


def empty_months(panel: Panel, row: int, evidence: Evidence) -> Reason | None:
    """Why months without any offence are not believed; None where there are none such."""
    used = np.flatnonzero(evidence.plan.window[row] | evidence.plan.baseline[row])
    is_empty = panel.counts[row, used] == 0
    runs = np.split(used, np.flatnonzero(np.diff(is_empty.astype(np.int64)) != 0) + 1)
    expected = evidence.months.expected[row]
    doubtful = [run for run in runs if panel.counts[row, run[0]] == 0 and expected[run].sum() >= SURE_TO_HAVE_SOME]
    if not doubtful:
        return None
    empty = np.concatenate(doubtful)
    empty_labels = tuple(panel.months[i] for i in empty)
    return Reason.of(Code.EMPTY_MONTHS, months=empty_labels, expected=float(expected[empty].mean()))


def _compared(panel: Panel, row: int, evidence: Evidence) -> Reasons:
    """Which months are set against which, and which of them are not looked at."""
    plan = evidence.plan
    judged = np.flatnonzero(plan.window[row])
    first, last = int(judged[0]), int(judged[-1])
    before = int(plan.baseline[row].sum())
    begins = int(plan.segment_start[row])
    restart = panel.months[begins] if begins and before < BASELINE_MONTHS else ""
    reasons = [
        Reason.of(
            Code.MONTHS_COMPARED,
            count=int(judged.size),
            first=panel.months[first],
            last=panel.months[last],
            before=before,
            restart=restart,
        )
    ]
    settled = int(plan.settled[row])
    apart = [i for i in range(first, settled + 1) if not plan.window[row, i]]
    is_held = np.isfinite(panel.counts[row])
    set_apart = {
        Code.MONTHS_NOT_HELD: tuple(panel.months[i] for i in apart if not is_held[i]),
        Code.MONTHS_LEFT_OUT: tuple(panel.months[i] for i in apart if is_held[i]),
        Code.MONTHS_TOO_NEW: tuple(panel.months[settled + 1 : int(plan.last[row]) + 1]),
    }
    return (*reasons, *(Reason.of(code, months=labels) for code, labels in set_apart.items() if labels))
