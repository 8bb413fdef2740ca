"""Verdicts on surveys: separate years compared, never neighbouring points of a rolling year."""

from collections.abc import Mapping, Sequence

from etl.judging.finding import CANNOT_TELL, LATE, NO_CHANGE, TOO_EARLY, Finding, direction
from etl.methods.survey import change_interval, change_p_value, smallest_visible_change

YEARS_INTERVIEWS = 12_800
"""Londoners asked a year, from the survey's published description; boroughs are asked alike, about 400 each."""
BOROUGHS = 32
DESIGN_EFFECT = 1.5
"""Weighting and clustering: not published; 1.5 is the cautious end of what such designs have."""
LATE_POINTS = 3


def interviews(kind: str, members: int = 1) -> float:
    """People asked in twelve months in an area of this kind."""
    return YEARS_INTERVIEWS if kind == "force" else YEARS_INTERVIEWS / BOROUGHS * members


def judge(measure: str, better: str, area: str, kind: str, points: Mapping[str, float], newest_possible: str) -> Finding:
    """The newest twelve months against the twelve before them, which share no interview.

    Args:
        measure: measure id.
        better: the way that is better.
        area: area code.
        kind: force or borough.
        points: share 0 to 1 by last month of its twelve months.
        newest_possible: last quarter published for London in any edition held: a series that stopped three quarters or more before is late.
    """
    periods = sorted(points)
    last = periods[-1]
    before = f"{int(last[:4]) - 1}{last[4:]}"
    missing = _quarters_between(last, newest_possible)
    if missing >= LATE_POINTS:
        reason = f"The newest figure held is for the year to {last}. {missing} later quarters are not held, so there is no verdict."
        return Finding(measure, area, LATE, window=(last, last), observed=points[last], rule="survey years", reason=reason)
    if before not in points:
        return Finding(measure, area, TOO_EARLY, window=(last, last), observed=points[last], rule="survey years", reason=f"The year to {before} is not held.")
    asked = interviews(kind)
    found = change_interval(points[last], asked, points[before], asked, design_effect=DESIGN_EFFECT)
    value, lower, upper = float(found.value), float(found.lower), float(found.upper)
    visible = float(smallest_visible_change(points[last], asked, design_effect=DESIGN_EFFECT))
    p = float(change_p_value(found))
    changed = lower > 0 or upper < 0
    state = direction(better, value > 0) if changed else (NO_CHANGE if kind == "force" else CANNOT_TELL)
    reason = (
        f"The year to {last} against the year to {before}: about {asked:,.0f} interviews each, design effect {DESIGN_EFFECT}. "
        f"A change under {visible * 100:.0f} points would not be visible."
    )
    return Finding(
        measure, area, state, since=last if changed else None, window=(before, last), observed=points[last], expected=points[before],
        expected_lower=points[before] + (points[last] - points[before] - upper) + 0.0,
        expected_upper=points[before] + (points[last] - points[before] - lower) + 0.0,
        p_value=p, visible_change=visible, rule="survey years", reason=reason,
    )  # fmt: skip


def _quarters_between(first: str, last: str) -> int:
    months = (int(last[:4]) - int(first[:4])) * 12 + int(last[5:7]) - int(first[5:7])
    return max(0, months // 3)


def newest(points_by_area: Sequence[Mapping[str, float]]) -> str:
    """The last period any of the series holds."""
    return max(max(p) for p in points_by_area if p)
