"""The state a verdict can be in, and the sets of states that mean something together."""

from enum import StrEnum


class State(StrEnum):
    """What may be said of one measure in one area. The letter is what is stored and drawn."""

    BETTER = "B"
    WORSE = "W"
    CHANGED = "C"
    """Another level, where neither way is better."""
    APART = "A"
    """As expected by itself, and moved against the force."""
    LEANING = "M"
    """It may have moved: further out than chance usually goes, not proven."""
    ON_YEAR = "E"
    """Not as many as a year before, and within what was expected."""
    NO_CHANGE = "N"
    PROVISIONAL = "P"
    """It may have moved, and that rests on the newest month alone."""
    TOO_EARLY = "T"
    BREAK = "X"
    LATE = "L"
    CANNOT_TELL = "U"


CHANGES = (State.BETTER, State.WORSE, State.CHANGED, State.APART)
"""A move that is proven: rarer among real windows than chance gives, and likely to last, in the whole list looked at together."""
LEANS = (State.LEANING, State.PROVISIONAL)
"""A move that may be one and is not proven."""
MOVED = (*CHANGES, *LEANS)
"""Proven or leaning: what is drawn and listed."""
QUIET = (State.NO_CHANGE, State.ON_YEAR)
"""As expected: no clear change."""
SIGNALS = (*CHANGES, State.PROVISIONAL)
"""Something out of the ordinary, be it in the newest month alone: what asks for an explanation."""
ANSWERED = (*CHANGES, *QUIET)
"""The question whether the level changed has its answer."""
JUDGED = (*CHANGES, *LEANS, *QUIET)
"""Figures were set against what was expected of them."""
REFUSED = (State.TOO_EARLY, State.BREAK, State.LATE)
"""Nothing was set against anything: too few months, months that cannot be compared, or months that are not there."""
NOT_ANSWERABLE = (State.TOO_EARLY, State.BREAK, State.CANNOT_TELL)
"""No verdict though every figure that is out is there."""
WORST_FIRST = (State.WORSE, State.BETTER, State.CHANGED, State.APART, State.LEANING, State.PROVISIONAL)
"""`MOVED` in the order a reader is shown them."""
STRADDLES_RESTART = "straddles_restart"
"""The status of a total whose months lie on both sides of a restart: two things counted, so they are not added up."""
