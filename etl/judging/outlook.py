"""What would change a verdict, in one sentence a reader can check later."""

from etl.core.state import CHANGES, State
from etl.definitions import catalogue
from etl.judging import words
from etl.judging.finding import EMPTY, MEAN, Finding

SURVEY, QUARTERS = "survey years", "quarters"


def would_change(f: Finding) -> str:
    """The sentence for a finding once its list has been looked at; what is awaited, where there is no verdict."""
    if f.state == State.LATE:
        return "The later figures, once they are held."
    if f.state in (State.TOO_EARLY, State.BREAK):
        return "Time: the verdict comes when enough months are held to compare."
    if f.state == State.PROVISIONAL and f.window:
        newest = words.month(f.window[1])
        return f"The next month: if it is as far out, {newest} was no accident; if not, or if {newest} is revised, it was."
    if f.rule == EMPTY:
        return "Figures for the empty months, or the publisher's word that they were truly empty."
    if f.rule == SURVEY:
        return _survey(f)
    if f.rule == QUARTERS:
        return _quarters(f)
    if f.state == State.CANNOT_TELL or f.expected_lower is None or f.expected_upper is None or f.window is None:
        return "More offences, or more months of them, than have been recorded."
    return _count(f, f.expected_lower, f.expected_upper, f.window)


def _count(f: Finding, low: float, high: float, window: tuple[str, str]) -> str:
    when = f"from {words.months(*window)}" if window[0] != window[1] else f"in {words.month(window[0])}"
    if f.state in CHANGES:
        return f"Between {_round(low)} and {_round(high)} {when} would not have been called a change."
    if f.state == State.NO_CHANGE and f.rule != MEAN:
        return "A change that the other months share: all of them together on the same side, that month left out."
    if f.state == State.NO_CHANGE and f.observed is not None and not low <= f.observed <= high:
        return "Stronger evidence, or fewer series looked at together: by itself it lies outside the range of chance already."
    below = f"Fewer than {_round(low)} or more" if low >= 1 else "More"
    return f"{below} than {_round(high)} {when} would by itself have been called a change."


def _survey(f: Finding) -> str:
    if f.visible_change is None:
        return "Two separate years of it."
    points = f"{f.visible_change * 100:.1f} points"
    if f.state in CHANGES:
        return f"Two separate years less than {points} apart would not have been called a change."
    if f.observed is not None and f.expected is not None and abs(f.observed - f.expected) > f.visible_change:
        return "Stronger evidence, or fewer figures looked at together: by itself it lies outside the range of chance already."
    return f"Two separate years further than {points} apart."


def _quarters(f: Finding) -> str:
    if f.expected_lower is None or f.expected_upper is None:
        return "More quarters."
    is_share = catalogue.measures()[f.measure].is_percentage
    low, high = (f"{value:.0%}" if is_share else _round(value) for value in (f.expected_lower, f.expected_upper))
    if f.state in CHANGES:
        return f"Quarters that return to the range of {low} to {high}, on both sides of its middle."
    return f"A quarter below {low} or above {high}, or four on one side of the middle with two near the edge."


def _round(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 10 else f"{value:,.1f}" if abs(value) >= 1 else f"{value:.2f}"
