"""Verdicts on surveys: separate years compared, never neighbouring points of a rolling year."""

from collections.abc import Mapping

from etl.core.period import year_before
from etl.core.reason import Code, Reason, Reasons
from etl.core.state import State
from etl.judging.finding import Finding, direction
from etl.judging.lateness import Timing, late_reason
from etl.kinds.survey import DESIGN_EFFECT, interviews
from etl.methods.survey import change_interval, change_p_value, smallest_visible_change

RULE = "survey years"


def judge(measure: str, better: str, area: str, kind: str, points: Mapping[str, float], timing: Timing, newest: str) -> Finding:
    """The newest twelve months against the twelve before them, which share no interview.

    Args:
        measure: measure id.
        better: the way that is better.
        area: area code.
        kind: force or borough.
        points: share 0 to 1 by last month of its twelve months.
        timing: when figures of the source come out.
        newest: newest period held of the measure in any area.
    """
    last = max(points)
    before = year_before(last)
    late = late_reason(timing, last, newest)
    if late is not None:
        return Finding(measure, area, State.LATE, window=(last, last), observed=points[last], rule=RULE, reasons=(late,))
    people = interviews(kind)
    visible = float(smallest_visible_change(points[last], people, design_effect=DESIGN_EFFECT))
    if before not in points:
        reasons = (Reason.of(Code.YEAR_BEFORE_NOT_HELD, before=before),)
        return Finding(
            measure,
            area,
            State.TOO_EARLY,
            window=(last, last),
            observed=points[last],
            visible_change=visible,
            rule=RULE,
            reasons=reasons,
        )
    change = change_interval(points[last], people, points[before], people, design_effect=DESIGN_EFFECT)
    value, lower, upper = float(change.value), float(change.lower), float(change.upper)
    # What these two years could have shown: the same width decides, so sentence and verdict cannot part.
    visible = upper - value
    compared = Reason.of(Code.SURVEY_YEARS_COMPARED, last=last, before=before, people=float(people), visible=visible)
    changed = lower > 0 or upper < 0
    state = direction(better, value > 0) if changed else (State.NO_CHANGE if kind == "force" else State.CANNOT_TELL)
    return Finding(
        measure, area, state, since=last if changed else None, window=(before, last), observed=points[last],
        expected=points[before], expected_lower=points[before] - visible, expected_upper=points[before] + visible,
        p_value=float(change_p_value(change)), visible_change=visible, rule=RULE,
        reasons=_reasons(compared, state, kind),
    )  # fmt: skip


def _reasons(compared: Reason, state: State, kind: str) -> Reasons:
    if state == State.CANNOT_TELL:
        return compared, Reason.of(Code.SAMPLE_TOO_SMALL, is_borough=kind == "borough")
    if state == State.NO_CHANGE:
        return compared, Reason(Code.SMALLER_THAN_VISIBLE)
    neither = (Reason(Code.NEITHER_WAY_BETTER),) if state == State.CHANGED else ()
    return compared, Reason(Code.LARGER_THAN_VISIBLE), *neither
