"""What would change a verdict, with the numbers a reader can check later."""

from etl.core.reason import Code, Reason
from etl.core.state import CHANGES, LEANS, State
from etl.definitions import catalogue
from etl.judging.finding import EMPTY, Finding

SURVEY, QUARTERS = "survey years", "quarters"


def would_change(f: Finding) -> Reason:
    """What would change a finding once its list has been looked at; what is awaited, where there is no verdict."""
    if f.state == State.LATE:
        return Reason(Code.LATER_FIGURES)
    if f.state in (State.TOO_EARLY, State.BREAK):
        return Reason(Code.TIME)
    if f.state == State.PROVISIONAL and f.window:
        return Reason.of(Code.NEXT_MONTH, month=f.window[1])
    if f.rule == EMPTY:
        return Reason(Code.EMPTY_MONTHS_EXPLAINED)
    if f.rule == SURVEY:
        return _survey(f)
    if f.rule == QUARTERS:
        return _quarters(f)
    if f.state == State.CANNOT_TELL or f.expected_lower is None or f.expected_upper is None or f.window is None:
        return Reason(Code.MORE_OFFENCES)
    return _count(f, f.expected_lower, f.expected_upper, f.window)


def _count(f: Finding, low: float, high: float, window: tuple[str, str]) -> Reason:
    if f.state in CHANGES:
        return Reason(Code.MONTHS_RETURN)
    if f.state in LEANS:
        return Reason(Code.MORE_MONTHS)
    return Reason.of(Code.COUNT_OUTSIDE, low=low, high=high, first=window[0], last=window[1])


def _survey(f: Finding) -> Reason:
    if f.visible_change is None:
        return Reason(Code.TWO_YEARS_NEEDED)
    if f.state in CHANGES:
        return Reason.of(Code.YEARS_CLOSER, visible=f.visible_change)
    if f.observed is not None and f.expected is not None and abs(f.observed - f.expected) > f.visible_change:
        return Reason.of(Code.STRONGER_EVIDENCE, noun="figures")
    return Reason.of(Code.YEARS_FURTHER, visible=f.visible_change)


def _quarters(f: Finding) -> Reason:
    if f.expected_lower is None or f.expected_upper is None:
        return Reason(Code.MORE_QUARTERS)
    code = Code.QUARTERS_RETURN if f.state in CHANGES else Code.QUARTERS_LEAVE
    is_share = catalogue.measures()[f.measure].is_percentage
    return Reason.of(code, low=f.expected_lower, high=f.expected_upper, is_share=is_share)
