"""Verdicts on surveys: separate years compared, never neighbouring points of a rolling year."""

from collections.abc import Mapping

from etl.core.period import year_before
from etl.core.state import State
from etl.judging import words
from etl.judging.finding import Finding, direction
from etl.judging.lateness import Timing, late_reason
from etl.kinds.survey import DESIGN_EFFECT, interviews
from etl.methods.survey import change_interval, change_p_value, smallest_visible_change

RULE = "survey years"
MANY = 10
"""Points of a share from which a visible change is said in whole points."""


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
        return Finding(measure, area, State.LATE, window=(last, last), observed=points[last], rule=RULE, reason=late)
    asked = interviews(kind)
    visible = float(smallest_visible_change(points[last], asked, design_effect=DESIGN_EFFECT))
    if before not in points:
        reason = f"The year to {words.month(before)}, which the newest would be set against, is not held."
        return Finding(
            measure,
            area,
            State.TOO_EARLY,
            window=(last, last),
            observed=points[last],
            visible_change=visible,
            rule=RULE,
            reason=reason,
        )
    found = change_interval(points[last], asked, points[before], asked, design_effect=DESIGN_EFFECT)
    value, lower, upper = float(found.value), float(found.lower), float(found.upper)
    # What these two years could have shown: the same width decides, so sentence and verdict cannot part.
    visible = upper - value
    changed = lower > 0 or upper < 0
    state = direction(better, value > 0) if changed else (State.NO_CHANGE if kind == "force" else State.CANNOT_TELL)
    return Finding(
        measure, area, state, since=last if changed else None, window=(before, last), observed=points[last],
        expected=points[before], expected_lower=points[before] - visible, expected_upper=points[before] + visible,
        p_value=float(change_p_value(found)), visible_change=visible, rule=RULE,
        reason=_reason(last, before, asked, visible, state, kind),
    )  # fmt: skip


def _reason(last: str, before: str, asked: float, visible: float, state: State, kind: str) -> str:
    points = visible * 100
    size = f"{points:.0f} points" if points >= MANY / 3 else f"{points:.1f} points"
    compared = (
        f"The year to {words.month(last)} is set against the year to {words.month(before)}: "
        f"two separate samples of about {asked:,.0f} people. Only a change of {size} or more would be visible."
    )
    if state == State.CANNOT_TELL:
        place = "this borough" if kind == "borough" else "this area"
        return f"{compared} With so few asked, the figure cannot tell whether {place} changed."
    if state == State.NO_CHANGE:
        return f"{compared} The difference is smaller than that."
    return (
        f"{compared} The difference is larger than that.{' Neither way is better by itself.' if state == State.CHANGED else ''}"
    )
