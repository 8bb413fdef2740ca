"""How sure a move is to last, in the words government analysts use, and what a series is called beside its expectation.

The words are the probability yardstick of the Professional Head of Intelligence Assessment. It leaves gaps between its words; the
middle of each gap parts them here.
"""

from enum import Enum, StrEnum


class Grade(Enum):
    """A word with its letter, its shape and the least probability it stands for: the same wherever it is printed."""

    ALMOST_CERTAIN = ("almost certain", "a", "full disc", 0.925)
    HIGHLY_LIKELY = ("highly likely", "b", "three-quarter disc", 0.775)
    LIKELY = ("likely", "c", "half disc", 0.525)
    REALISTIC_POSSIBILITY = ("realistic possibility", "d", "quarter disc", 0.375)
    UNLIKELY = ("unlikely", "e", "ring", 0.0)

    def __init__(self, word: str, letter: str, shape: str, least: float) -> None:
        self.word, self.letter, self.shape, self.least = word, letter, shape, least


def grade_of(probability: float) -> Grade:
    """The grade of a probability.

    Raises:
        ValueError: it does not lie between 0 and 1.
    """
    if not 0 <= probability <= 1:
        raise ValueError(f"a probability lies between 0 and 1, not at {probability}")
    return next(grade for grade in Grade if probability >= grade.least)


class MoveState(StrEnum):
    """What a series is called beside its expectation; the value is the words printed."""

    ROSE = "rose"
    FELL = "fell"
    APART = "moved against the force"
    LEANING_UP = "leaning up, not proven"
    LEANING_DOWN = "leaning down, not proven"
    UP_ON_YEAR = "up on the year, within the range expected"
    DOWN_ON_YEAR = "down on the year, within the range expected"
    NO_CLEAR_CHANGE = "no clear change"
    TOO_EARLY = "too early"
    BREAK = "cannot be compared"
    LATE = "late"
    CANNOT_TELL = "cannot tell"


LETTERS = {
    MoveState.ROSE: "C", MoveState.FELL: "C", MoveState.APART: "A", MoveState.LEANING_UP: "M", MoveState.LEANING_DOWN: "M",
    MoveState.UP_ON_YEAR: "E", MoveState.DOWN_ON_YEAR: "E", MoveState.NO_CLEAR_CHANGE: "N", MoveState.TOO_EARLY: "T",
    MoveState.BREAK: "X", MoveState.LATE: "L", MoveState.CANNOT_TELL: "U",
}  # fmt: skip
"""The letter of each state where neither way is better."""
PROVEN = (MoveState.ROSE, MoveState.FELL, MoveState.APART)
LEANING = (MoveState.LEANING_UP, MoveState.LEANING_DOWN)
UP = (MoveState.ROSE, MoveState.LEANING_UP)
DOWN = (MoveState.FELL, MoveState.LEANING_DOWN)
ON_YEAR = (MoveState.UP_ON_YEAR, MoveState.DOWN_ON_YEAR)
SET_AGAINST = (*PROVEN, *LEANING, *ON_YEAR, MoveState.NO_CLEAR_CHANGE)
"""States of a series that was set against its expectation."""


def letter_of(state: MoveState, better: str) -> str:
    """The letter of a state: B better, W worse where a way is better ("lower", "higher"), else C changed.

    A moved against the force though its own count is as expected, M may have moved, E as expected but not as last year, N no
    clear change, T too early, X cannot be compared, L late, U cannot tell.
    """
    if state in (MoveState.ROSE, MoveState.FELL) and better in ("lower", "higher"):
        return "B" if (state == MoveState.FELL) == (better == "lower") else "W"
    return LETTERS[state]
