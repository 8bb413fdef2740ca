"""The state a verdict can be in, and the sets of states that mean something together."""

from enum import StrEnum


class State(StrEnum):
    """What may be said of one measure in one area. The letter is what is stored and drawn."""

    BETTER = "B"
    WORSE = "W"
    CHANGED = "C"
    """Another level, where neither way is better."""
    NO_CHANGE = "N"
    PROVISIONAL = "P"
    """A change that rests on the newest month alone."""
    TOO_EARLY = "T"
    BREAK = "X"
    LATE = "L"
    CANNOT_TELL = "U"


CHANGES = (State.BETTER, State.WORSE, State.CHANGED)
"""A change of level that stands: more than chance gives, in the whole list of series looked at together."""
SIGNALS = (*CHANGES, State.PROVISIONAL)
"""Something out of the ordinary, be it in the newest month alone: what asks for an explanation."""
ANSWERED = (*CHANGES, State.NO_CHANGE)
"""The question whether the level changed has its answer."""
JUDGED = (*SIGNALS, State.NO_CHANGE)
"""Figures were set against what was expected of them."""
REFUSED = (State.TOO_EARLY, State.BREAK, State.LATE)
"""Nothing was set against anything: too few months, months that cannot be compared, or months that are not there."""
NOT_ANSWERABLE = (State.TOO_EARLY, State.BREAK, State.CANNOT_TELL)
"""No verdict though every figure that is out is there."""
WORST_FIRST = (State.WORSE, State.BETTER, State.CHANGED, State.PROVISIONAL)
"""`SIGNALS` in the order a reader is shown them."""
STRADDLES_RESTART = "straddles_restart"
"""The status of a total whose months lie on both sides of a restart: two things counted, so they are not added up."""
