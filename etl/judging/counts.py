"""Verdicts on monthly counts: the mean of the year so far against the range expected from the months before it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from etl.core.period import moved
from etl.core.reason import Code, Reason, without
from etl.core.state import CHANGES, State
from etl.judging import change_dates, count_reasons
from etl.judging.evidence import OUTSIDE, SIGNIFICANT, Evidence, gather, newest_alone
from etl.judging.finding import EMPTY, LATEST, MEAN, Finding, direction, known
from etl.judging.lateness import Timing, late_reason
from etl.judging.panel import LEAST_BASELINE, LEAST_WINDOW, Panel, Plan, plan
from etl.methods.arrays import Floats
from etl.methods.discovery import benjamini_hochberg
from etl.methods.level_change import LevelChange, ratio_interval, unchanged_range, visible_change

FALSE_DISCOVERIES = 0.05
LEAST_EVENTS = 5
"""Fewer offences than this expected and seen: too few to tell anything."""
BREAK_MONTHS = 12
"""For so long after a break the answer is that nothing can be compared; after that, that it is too early."""
NEEDED = LEAST_BASELINE + LEAST_WINDOW


@dataclass(frozen=True)
class Sizes:
    """A change of every area, with the limits of its ratio, the range an unchanged series keeps to, and the least change seen."""

    change: LevelChange
    ratio_lower: Floats
    ratio_upper: Floats
    lower: Floats
    upper: Floats
    visible: Floats

    @classmethod
    def of(cls, change: LevelChange, significant: float) -> "Sizes":
        """The sizes of a change that is called one below this p value."""
        return cls(change, *ratio_interval(change), *unchanged_range(change, significant), visible_change(change, significant))


@dataclass(frozen=True)
class Judged:
    """A panel's findings, one per area in its order, and the evidence behind them (None where no month could be judged)."""

    findings: tuple[Finding, ...]
    evidence: Evidence | None


def judge(panel: Panel, timing: Timing) -> Judged:
    """A finding for each area of the panel. The p values are each area's own; `control` then looks at the whole list."""
    chosen = plan(panel)
    evidence = gather(panel, chosen)
    newest = max((int(last) for last in chosen.last), default=-1)
    together = Sizes.of(evidence.change, SIGNIFICANT) if evidence else None
    alone = Sizes.of(newest_alone(panel, evidence), OUTSIDE) if evidence else None
    findings = []
    for row in range(len(panel.areas)):
        refusal = _refused(panel, row, chosen, timing, newest, is_ready=evidence is not None and not evidence.refused[row])
        if refusal is not None or evidence is None or together is None or alone is None:
            findings.append(refusal or _cannot_tell(panel, row, Reason(Code.NO_MONTH_JUDGED)))
        else:
            findings.append(_judged(panel, row, evidence, together, alone))
    return Judged(tuple(findings), evidence)


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
        state, why, rule = f.state, f.reasons, f.rule
        if state == State.NO_CHANGE and rule == MEAN and stands:
            rose = (f.observed or 0.0) > (f.expected or 0.0)
            state = direction(better[f.measure], rose)
            why = (*why, Reason.of(Code.TOGETHER_OUTSIDE, is_above=rose))
        elif state == State.PROVISIONAL and rule == MEAN and not stands:
            state, why = State.NO_CHANGE, without(why, Code.RESTS_ON_NEWEST)
        if state == State.NO_CHANGE and rule == MEAN:
            is_alone = (f.p_value or 1.0) <= SIGNIFICANT
            why = (*why, Reason(Code.CHANCE_IN_SERIES if is_alone else Code.WITHIN_CHANCE))
        out[i] = replace(f, state=state, reasons=why, q_value=float(q_value), since=None if state == State.NO_CHANGE else f.since)
    return out


def control_surveys(findings: list[Finding]) -> list[Finding]:
    """Survey findings once the whole list is looked at together: a change that does not stand in it cannot be told."""
    tested, adjusted = _adjusted(findings)
    out = list(findings)
    for i, q_value in zip(tested, adjusted, strict=True):
        f = replace(findings[i], q_value=float(q_value))
        if f.state in CHANGES and q_value > FALSE_DISCOVERIES:
            f = replace(f, state=State.CANNOT_TELL, since=None, reasons=(*f.reasons, Reason(Code.CHANCE_IN_FIGURES)))
        out[i] = f
    return out


def _adjusted(findings: Sequence[Finding]) -> tuple[list[int], Floats]:
    """(places of the findings that were tested, their p values adjusted for the whole list)."""
    tested = [(i, f.p_value) for i, f in enumerate(findings) if f.p_value is not None]
    return [i for i, _ in tested], benjamini_hochberg([p for _, p in tested], FALSE_DISCOVERIES).adjusted


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


def _judged(panel: Panel, row: int, evidence: Evidence, together: Sizes, alone: Sizes) -> Finding:
    area = panel.areas[row]
    judged = np.flatnonzero(evidence.plan.window[row])
    window = (panel.months[int(judged[0])], panel.months[int(judged[-1])])
    observed, expected = float(together.change.observed[row]), float(together.change.expected[row])
    if max(observed, expected) < LEAST_EVENTS:
        reason = Reason(Code.TOO_FEW_OFFENCES)
        return Finding(panel.measure, area, State.CANNOT_TELL, window=window, observed=observed, rule=MEAN, reasons=(reason,))
    doubt = count_reasons.empty_months(panel, row, evidence)
    if doubt is not None:
        return Finding(panel.measure, area, State.CANNOT_TELL, window=window, observed=observed, rule=EMPTY, reasons=(doubt,))
    state, rule, why = count_reasons.reading(panel, row, evidence)
    sizes, since = (alone, window[1]) if rule == LATEST else (together, change_dates.since(panel, row, evidence))
    lower, upper = float(sizes.lower[row]), float(sizes.upper[row])
    if rule == LATEST:
        # Small months are held to whole-number limits: the range drawn is the range that decided.
        newest = int(evidence.plan.settled[row])
        lower, upper = float(evidence.months.lower[row, newest]), float(evidence.months.upper[row, newest])
    return Finding(
        panel.measure, area, state, since=since,
        window=(window[1], window[1]) if rule == LATEST else window,
        observed=float(sizes.change.observed[row]), expected=float(sizes.change.expected[row]),
        expected_lower=float(np.ceil(lower)), expected_upper=float(np.floor(upper)), ratio=known(float(sizes.change.ratio[row])),
        ratio_lower=known(float(sizes.ratio_lower[row])), ratio_upper=known(float(sizes.ratio_upper[row])),
        p_value=float(together.change.p_value[row]), visible_change=float(sizes.visible[row]), rule=rule, reasons=why,
    )  # fmt: skip
