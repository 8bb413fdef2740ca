"""Verdicts on monthly counts: the mean of the year so far against the range expected from the months before it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from etl.judging import words
from etl.judging.evidence import SIGNIFICANT, Evidence, gather
from etl.judging.finding import BREAK, CANNOT_TELL, EXCEPTIONS, LATE, NO_CHANGE, PROVISIONAL, TOO_EARLY, Finding, direction
from etl.judging.lateness import Timing, late_reason
from etl.judging.panel import LEAST_BASELINE, LEAST_WINDOW, Panel, Plan, plan
from etl.methods.arrays import Floats
from etl.methods.discovery import benjamini_hochberg
from etl.methods.level_change import ratio_interval, visible_change

FALSE_DISCOVERIES = 0.05
LEAST_EVENTS = 5
"""Fewer offences than this expected and seen: too few to tell anything."""
BREAK_MONTHS = 12
"""For so long after a break the answer is that nothing can be compared; after that, that it is too early."""
NEEDED = LEAST_BASELINE + LEAST_WINDOW
MEAN, LATEST, SPIKE, PATTERN = "window", "latest month", "one month", "pattern"


@dataclass(frozen=True)
class Judged:
    """A panel's findings, one per area in its order, and the evidence behind them (None where no month could be judged)."""

    findings: tuple[Finding, ...]
    evidence: Evidence | None


def judge(panel: Panel, timing: Timing) -> Judged:
    """A finding for each area of the panel. The p values are each area's own; `control` then looks at the whole list."""
    chosen = plan(panel)
    found = gather(panel, chosen)
    newest = max((int(last) for last in chosen.last), default=-1)
    intervals = ratio_interval(found.change) if found else None
    visible = visible_change(found.change, SIGNIFICANT) if found else None
    findings = []
    for row in range(len(panel.areas)):
        refusal = _refused(panel, row, chosen, timing, newest, is_ready=found is not None and not found.refused[row])
        if refusal is not None or found is None or intervals is None or visible is None:
            findings.append(refusal or _cannot_tell(panel, row, "No month of it can be judged yet."))
        else:
            findings.append(_judged(panel, row, found, intervals, float(visible[row])))
    return Judged(tuple(findings), found)


def control(findings: list[Finding], better: Mapping[str, str]) -> list[Finding]:
    """The same findings once the whole list is looked at together (Benjamini-Hochberg).

    A change stands when its own p value and its place in the list both say so. What does not stand is no significant change.

    Args:
        findings: one family, such as every measure in every borough.
        better: measure id to the way that is better.
    """
    tested, adjusted = _adjusted(findings)
    out = list(findings)
    for i, q_value in zip(tested, adjusted, strict=True):
        f = findings[i]
        stands = q_value <= FALSE_DISCOVERIES and (f.p_value or 0.0) <= SIGNIFICANT
        state, reason, rule = f.state, f.reason, f.rule
        if state == NO_CHANGE and rule == MEAN and stands:
            rose = (f.ratio if f.ratio is not None else 1.0) > 1
            state = direction(better[f.measure], rose)
            reason = (
                f"{reason} Together they lie {'above' if rose else 'below'} what such a series keeps to when nothing has changed."
            )
        elif state == PROVISIONAL and rule == MEAN and not stands:
            state, reason = NO_CHANGE, f.reason.split(" Without ")[0]
        if state == NO_CHANGE and rule == MEAN:
            why = (
                "By itself it would stand out; among so many series looked at together, one as large comes by chance too often."
                if (f.p_value or 1.0) <= SIGNIFICANT
                else "The difference is within what such a series does by itself when nothing has changed."
            )
            reason = f"{reason} {why}"
        out[i] = replace(f, state=state, reason=reason, q_value=float(q_value), since=None if state == NO_CHANGE else f.since)
    return out


def control_surveys(findings: list[Finding]) -> list[Finding]:
    """Survey findings once the whole list is looked at together: a change that does not stand in it cannot be told."""
    tested, adjusted = _adjusted(findings)
    out = list(findings)
    for i, q_value in zip(tested, adjusted, strict=True):
        f = replace(findings[i], q_value=float(q_value))
        if f.state in EXCEPTIONS and q_value > FALSE_DISCOVERIES:
            reason = f"{f.reason} Among so many figures looked at together, one as large comes by chance too often."
            f = replace(f, state=CANNOT_TELL, since=None, reason=reason)
        out[i] = f
    return out


def _adjusted(findings: Sequence[Finding]) -> tuple[list[int], Floats]:
    """(places of the findings that were tested, their p values adjusted for the whole list)."""
    tested = [(i, f.p_value) for i, f in enumerate(findings) if f.p_value is not None]
    return [i for i, _ in tested], benjamini_hochberg([p for _, p in tested], FALSE_DISCOVERIES).adjusted


def _cannot_tell(panel: Panel, row: int, reason: str) -> Finding:
    return Finding(panel.measure, panel.areas[row], CANNOT_TELL, rule=MEAN, reason=reason)


def _refused(panel: Panel, row: int, chosen: Plan, timing: Timing, newest: int, *, is_ready: bool) -> Finding | None:
    """L where later months should be held, X or T where too few months can be compared; None where the area can be judged."""
    area, last = panel.areas[row], int(chosen.last[row])
    if last < 0:
        return _cannot_tell(panel, row, "No figure is held.")
    late = late_reason(timing, panel.months[last], panel.months[newest])
    if late is not None:
        value = float(panel.counts[row, last])
        return Finding(
            panel.measure, area, LATE, window=(panel.months[last], panel.months[last]), observed=value, rule=MEAN, reason=late
        )
    if is_ready:
        return None
    begins = int(chosen.segment_start[row])
    restart = next((b for b in panel.breaks_of(area) if b.is_restart and b.first == panel.months[begins]), None)
    held = int(np.isfinite(panel.counts[row, begins : last + 1]).sum())
    review = words.later(
        panel.months[begins], max(NEEDED, words.apart(panel.months[begins], panel.months[last]) + 1 + NEEDED - held) - 1
    )
    months = f"{words.opening(words.count(held, 'month'))} {'is' if held == 1 else 'are'} held"
    needed = f"{NEEDED} are needed. First honest review: after {words.month(review)}."
    if restart is None:
        return Finding(panel.measure, area, TOO_EARLY, rule=MEAN, reason=f"{months}; {needed}")
    since = words.month(restart.first)
    if held <= BREAK_MONTHS:
        reason = f"Counts before and after {since} cannot be compared. {restart.what} {months} since; {needed}"
        return Finding(panel.measure, area, BREAK, since=restart.first, rule=MEAN, reason=reason)
    reason = f"Counts start again in {since}. {months} since; {needed}"
    return Finding(panel.measure, area, TOO_EARLY, since=restart.first, rule=MEAN, reason=reason)


def _judged(panel: Panel, row: int, found: Evidence, intervals: tuple[Floats, Floats], visible: float) -> Finding:
    area, change = panel.areas[row], found.change
    judged = np.flatnonzero(found.plan.window[row])
    window = (panel.months[int(judged[0])], panel.months[int(judged[-1])])
    observed, expected = float(change.observed[row]), float(change.expected[row])
    if max(observed, expected) < LEAST_EVENTS:
        reason = f"So few offences were recorded from {words.months(*window)} that no change could be told from chance."
        return Finding(panel.measure, area, CANNOT_TELL, window=window, observed=observed, rule=MEAN, reason=reason)
    state, rule, reason = _reading(panel, row, found, window, judged.size)
    lower, upper = float(intervals[0][row]), float(intervals[1][row])
    # The range of what was to be expected: the figures whose own interval would just hold no change.
    half = (np.sqrt(upper) - np.sqrt(lower)) / 2
    return Finding(
        panel.measure, area, state,
        since=_since(panel, row, found),
        window=window,
        observed=observed,
        expected=expected,
        expected_lower=expected * max(1 - half, 0.0) ** 2,
        expected_upper=expected * (1 + half) ** 2,
        ratio=float(change.ratio[row]),
        ratio_lower=lower,
        ratio_upper=upper,
        p_value=float(change.p_value[row]),
        visible_change=visible,
        rule=rule,
        reason=reason,
    )  # fmt: skip


def _reading(panel: Panel, row: int, found: Evidence, window: tuple[str, str], judged: int) -> tuple[str, str, str]:
    """(state before the list is looked at, rule, reason)."""
    before = int(found.plan.baseline[row].sum())
    reason = (
        f"The {words.count(judged, 'month')} {words.months(*window)} are set against the {before} months before them, "
        "allowing for the time of year."
    )
    newest, furthest = words.month(window[1]), words.month(panel.months[int(found.furthest[row])])
    is_out = bool(np.abs(found.months.score[row, int(found.plan.settled[row])]) > 1)
    if found.rests_on_newest[row]:
        # A month outside its own range is worth a word whatever the list says of the months together.
        return PROVISIONAL, LATEST if is_out else MEAN, f"{reason} Without {newest} there would be no signal."
    if found.is_spike[row]:
        return (
            NO_CHANGE,
            SPIKE,
            f"{reason} {furthest} by itself was outside its range; the other months were not out of the ordinary.",
        )
    if found.is_pattern[row]:
        return (
            NO_CHANGE,
            PATTERN,
            f"{reason} Some months were well above and others well below: the time of year has moved, not the level.",
        )
    if found.latest_hit[row]:
        return (
            PROVISIONAL,
            LATEST,
            f"{reason} {newest} by itself is outside the range of a single month; the months together are not.",
        )
    return NO_CHANGE, MEAN, reason


def _since(panel: Panel, row: int, found: Evidence) -> str | None:
    """The month the change is seen from: the split that parts the judged months best from what was expected."""
    judged = np.flatnonzero(found.plan.window[row])
    values = found.months.score[row, judged] * float(np.sign(found.change.z[row]))
    known = np.isfinite(values)
    if not known.any():
        return None
    total = np.cumsum(np.where(known, values, 0.0)[::-1])[::-1]
    number = np.cumsum(known[::-1])[::-1]
    split = np.where(number > 0, total / np.sqrt(np.maximum(number, 1)), -np.inf)
    return panel.months[int(judged[int(np.argmax(split))])]
