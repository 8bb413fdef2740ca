"""A move in a sentence or two: what was counted, what was expected, how sure, beside the force, and over the longer run."""

from math import ceil

from etl.core.grade import DOWN, ON_YEAR, UP, Grade, MoveState
from etl.core.written import any_period, months, number, percent
from etl.judging.long_run import Back, LongRun
from etl.judging.moves import Move

TO_LAST = {
    Grade.ALMOST_CERTAIN: "almost certain to last",
    Grade.HIGHLY_LIKELY: "highly likely to last",
    Grade.LIKELY: "likely to last",
    Grade.REALISTIC_POSSIBILITY: "a realistic possibility that it lasts",
    Grade.UNLIKELY: "unlikely to last",
}
FORCE = {
    "with": "With the rest of the force.",
    "more": "More than the rest of the force.",
    "less": "Less than the rest of the force.",
    "against": "Against the rest of the force.",
    "above": "Above the path of the rest of the force.",
    "below": "Below the path of the rest of the force.",
}
LEAST_SHOWN = 0.005
"""A change smaller than this rounds to nought and is called the same."""


def sentence(move: Move) -> str:
    """The move in words; every number in it is one of the move's own, rounded."""
    if move.observed is None or move.expected is None:
        return f"{_capital(move.state.value)}: {move.why}."
    if move.change is None:
        return f"{_capital(move.state.value)}: {move.why}, {_figures(move)}."
    parts = [_head(move), FORCE.get(move.against_force, ""), _long_run(move.long_run)]
    if move.months_missing:
        noun = "month" if move.months_missing == 1 else "months"
        parts.append(f"{number(move.months_missing)} {noun} of these not counted, on either side.")
    return " ".join(part for part in parts if part)


def _head(move: Move) -> str:
    if move.state in UP or move.state in DOWN:
        since = f" since {any_period(move.since)}" if move.since and move.since != move.window[0] else ""
        sure = f", {TO_LAST[move.grade]}" if move.grade else ""
        rests = f"; it rests on {any_period(move.rests_on)} alone" if move.rests_on else ""
        what, _, doubt = move.state.value.partition(",")
        return f"{_capital(what)}{since}{',' if doubt else ''}{doubt}: {_figures(move)}, {_distance(move)}{sure}{rests}."
    if move.state == MoveState.APART:
        return f"As expected by itself, {_figures(move)}, but it moved against the force."
    what = move.state.value if move.state in ON_YEAR else MoveState.NO_CLEAR_CHANGE.value
    return f"{_capital(what)}: {_figures(move)}. {_ruled_out(move)}"


def _figures(move: Move) -> str:
    span = f"{number(move.lower or 0)} to {number(move.upper or 0)}"
    return f"{number(move.observed or 0)} in {months(*move.window)}, {number(move.expected or 0.0)} expected ({span})"


def _distance(move: Move) -> str:
    change = move.change or 0.0
    if abs(change) < LEAST_SHOWN:
        return "the same as expected"
    return f"{percent(abs(change))} {'above' if change > 0 else 'below'} what was expected"


def _ruled_out(move: Move) -> str:
    fall, rise = ceil(-100 * (move.change_lower or 0.0) - 1e-9), ceil(100 * (move.change_upper or 0.0) - 1e-9)
    return f"A rise of more than {number(rise)}% and a fall of more than {number(fall)}% can be ruled out."


def _long_run(view: LongRun | None) -> str:
    if view is None:
        return ""
    year = next((back for back in view.back if back.years == 1), None)
    parts = [] if year is None else [_beside_year(year)]
    if view.is_highest is not None:
        word = "highest" if view.is_highest else "lowest"
        parts.append(f"the {word} since {view.since}" if view.since else f"the {word} since these figures began in {view.first}")
    return f"{_capital(', '.join(parts))}." if parts else ""


def _beside_year(back: Back) -> str:
    if abs(back.change) < LEAST_SHOWN:
        return f"as many as the year before ({_more(back.lower)} to {_more(back.upper)})"
    ends = sorted((abs(back.lower), abs(back.upper)))
    same_side = (back.lower < 0) == (back.upper < 0) and ends[0] >= LEAST_SHOWN
    limits = f"{number(100 * ends[0])} to {percent(ends[1])}" if same_side else f"{_more(back.lower)} to {_more(back.upper)}"
    return f"{_more(back.change)} than the year before ({limits})"


def _more(share: float) -> str:
    if abs(share) < LEAST_SHOWN:
        return "no change"
    return f"{percent(abs(share))} {'more' if share >= 0 else 'fewer'}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
