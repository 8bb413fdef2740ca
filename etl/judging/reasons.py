"""Why a count is judged as it is, in plain words: what is set against what, what is left out, and what was found."""

import numpy as np

from etl.core.state import State
from etl.judging import words
from etl.judging.evidence import Evidence
from etl.judging.finding import LATEST, MEAN, PATTERN, SPIKE
from etl.judging.panel import BASELINE_MONTHS, Panel

SURE_TO_HAVE_SOME = 20.0
"""Empty months in a row that should have held so many together are a fault in the figures: chance makes one in 500 million."""


def reading(panel: Panel, row: int, found: Evidence) -> tuple[State, str, str]:
    """(state before the list is looked at, rule, reason)."""
    compared = _compared(panel, row, found)
    newest = words.month(panel.months[int(found.plan.settled[row])])
    furthest = words.month(panel.months[int(found.furthest[row])])
    is_out = bool(np.abs(found.months.score[row, int(found.plan.settled[row])]) > 1)
    by_itself = f"{newest} by itself is outside the range of a single month"
    if found.rests_on_newest[row]:
        # A month outside its own range is worth a word whatever the list says of the months together.
        if is_out:
            return State.PROVISIONAL, LATEST, f"{compared} {by_itself}. Without it nothing would stand out."
        return State.PROVISIONAL, MEAN, f"{compared} Without {newest} nothing would stand out."
    if found.is_spike[row]:
        said = f"{furthest} by itself was outside its range; the other months were not out of the ordinary."
        return State.NO_CHANGE, SPIKE, f"{compared} {said}"
    if found.is_pattern[row]:
        said = "Some months were well above and others well below: the time of year has moved, not the level."
        return State.NO_CHANGE, PATTERN, f"{compared} {said}"
    if found.latest_hit[row]:
        return State.PROVISIONAL, LATEST, f"{compared} {by_itself}; the months together are within theirs."
    return State.NO_CHANGE, MEAN, compared


def left_out(panel: Panel, area: str, month: str) -> str | None:
    """Why nothing can be judged while the newest month is one that no comparison holds; None where it is not."""
    gap = next((b for b in panel.breaks_of(area) if not b.is_restart and b.last is not None and b.first <= month <= b.last), None)
    return None if gap is None else f"The newest months are left out of every comparison. {gap.what}"


def empty_months(panel: Panel, row: int, found: Evidence) -> str | None:
    """Why months without any offence are not believed; None where there are none such."""
    used = np.flatnonzero(found.plan.window[row] | found.plan.baseline[row])
    is_empty = panel.counts[row, used] == 0
    runs = np.split(used, np.flatnonzero(np.diff(is_empty.astype(np.int64)) != 0) + 1)
    expected = found.months.expected[row]
    doubtful = [run for run in runs if panel.counts[row, run[0]] == 0 and expected[run].sum() >= SURE_TO_HAVE_SOME]
    if not doubtful:
        return None
    empty = np.concatenate(doubtful)
    each = " a month" if empty.size > 1 else ""
    return (
        f"Not one offence is recorded in {words.stretches([panel.months[i] for i in empty])}, where about "
        f"{expected[empty].mean():,.0f}{each} would be expected. That is more likely a fault in the figures than a change, so "
        "there is no verdict."
    )


def _compared(panel: Panel, row: int, found: Evidence) -> str:
    """Which months are set against which, and which of them are not looked at."""
    plan = found.plan
    judged = np.flatnonzero(plan.window[row])
    first, last = int(judged[0]), int(judged[-1])
    before = int(plan.baseline[row].sum())
    begins = int(plan.segment_start[row])
    starts = f", from {words.month(panel.months[begins])} when counts started again"
    restart = starts if begins and before < BASELINE_MONTHS else ""
    said = [
        f"The {words.count(judged.size, 'month')} {words.months(panel.months[first], panel.months[last])} are set against the "
        f"{before} months before them{restart}, allowing for the time of year."
    ]
    settled = int(plan.settled[row])
    apart = [i for i in range(first, settled + 1) if not plan.window[row, i]]
    is_held = np.isfinite(panel.counts[row])
    missing, out = ([panel.months[i] for i in apart if is_held[i] == held] for held in (False, True))
    if missing:
        said.append(f"{words.stretches(missing)} {'is' if len(missing) == 1 else 'are'} not held and left out.")
    if out:
        said.append(f"{words.stretches(out)} {'is' if len(out) == 1 else 'are'} left out of every comparison.")
    new = list(panel.months[settled + 1 : int(plan.last[row]) + 1])
    if new:
        verb = "is" if len(new) == 1 else "are"
        why = "figures so new have been revised too much in past editions"
        said.append(f"{words.stretches(new)} {verb} held but not judged yet: {why}.")
    return " ".join(said)
