"""A count beside its expectation, in words: which way it leans, how sure it is to last, and the longer view."""

from dashboard.figures.records import LongRun, Measure, Verdict
from dashboard.words.facts import is_count
from dashboard.words.sizes import size_of
from etl.core.reason import Code
from etl.core.reason_words import BESIDE_FORCE, TO_LAST, sentence
from etl.core.state import State
from etl.core.written import any_period, percent

SAME = 0.005
"""A change smaller than this rounds to nought and is called the same."""


def is_up(verdict: Verdict) -> bool:
    """Whether the count lies above what was expected; for one that moved as expected, above the year before."""
    year = next((back for back in verdict.long_run.back if back.years == 1), None) if verdict.long_run else None
    if verdict.state == State.ON_YEAR and year is not None:
        return year.change > 0
    return (verdict.ratio or 1.0) > 1


def direction_words(verdict: Verdict) -> str:
    """The word of a state whose letter names no direction, with it: "Leaning up, not proven"; "" for every other state."""
    way = "up" if is_up(verdict) else "down"
    return (
        {
            State.LEANING: f"Leaning {way}, not proven",
            State.PROVISIONAL: f"Provisional: leaning {way}",
            State.ON_YEAR: f"{way.capitalize()} on the year, as expected",
            State.CHANGED: f"Changed: {way}",
        }.get(verdict.state, "")
        if verdict.ratio is not None
        else ""
    )


def to_last(verdict: Verdict) -> str:
    """How sure a move is to last, as a sentence: "Highly likely to last."; "" for what has not moved."""
    if verdict.grade is None:
        return ""
    words = TO_LAST[verdict.grade]
    return f"{words[:1].upper()}{words[1:]}."


def rests_on(verdict: Verdict) -> str:
    """That a move rests on one month alone; "" where it does not."""
    return f"Without {any_period(verdict.rests_on)} nothing would stand out." if verdict.rests_on else ""


def beside_london(verdict: Verdict) -> str:
    """How the series moved beside the rest of London; "" where there is nothing to compare with."""
    return BESIDE_FORCE[verdict.against_force] if verdict.against_force else ""


def ruled_out(verdict: Verdict) -> str:
    """What can be ruled out where there is no clear change; "" elsewhere."""
    return next((sentence(reason) for reason in verdict.reason if reason.code is Code.RULED_OUT), "")


def long_run_sentence(measure: Measure, verdict: Verdict) -> str:
    """The months judged beside those of the year before, and the record they are.

    "28% fewer than in the same months a year before (24% to 32% fewer), the lowest since 2021."; "" where neither is known.
    """
    view = verdict.long_run
    parts = [part for part in (_year_before(view, measure), _record(view)) if part] if view else []
    together = ", ".join(parts)
    return f"{together[:1].upper()}{together[1:]}." if together else ""


def quiet_headline(measure: Measure, verdict: Verdict, where: str, when: str) -> str:
    """A heading where nothing is proven: "Burglaries in London: no clear change from April to December 2025".

    Or, of one that moved as expected: "Burglaries in London were down 10% on the year from April to December 2025, as expected".
    """
    noun = f"{measure.noun[:1].upper()}{measure.noun[1:]}"
    back = next((one for one in verdict.long_run.back if one.years == 1), None) if verdict.long_run else None
    if verdict.state != State.ON_YEAR or back is None:
        return f"{noun} {where}: no clear change {when}"
    way = "up" if back.change > 0 else "down"
    return f"{noun} {where} were {way} {percent(abs(back.change))} on the year {when}, as expected"


def _year_before(view: LongRun, measure: Measure) -> str:
    back = next((one for one in view.back if one.years == 1), None)
    if back is None:
        return ""
    size = size_of(1 + back.change, 1 + back.change_lower, 1 + back.change_upper, is_count=is_count(measure))
    if abs(back.change) < SAME:
        return f"as many as in the same months a year before ({size.interval})"
    than = "as many as" if size.is_multiple else "than"
    return f"{size.amount} {than} in the same months a year before ({size.interval})"


def _record(view: LongRun) -> str:
    if view.record is None:
        return ""
    since = f"since {view.record_since}" if view.record_since else f"since these figures began in {view.known_from}"
    return f"the {view.record} {since}"
