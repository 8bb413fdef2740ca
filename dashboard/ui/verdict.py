"""A verdict as a letter in a shape with its word, and the key that explains the letters."""

from dashboard.ui import html
from dashboard.ui.attributes import attributes
from dashboard.words.verdicts import MEANS, verdict_word
from etl.core.state import State


def verdict_mark(state: State, *, word: str | None = None, big: bool = False, is_quiet: bool = False) -> html.Span:
    """The shape and letter of a state, with its word beside it (or another, such as a borough's name in a list).

    The shape is decoration; the word is what is read out, so `word` must not replace the state's own unless a heading
    above has said it. `is_quiet` leaves the word to screen readers, for a column of letters that a key explains.
    """
    # "Cannot tell" has no shape of its own: it is drawn as in the charts, a question mark in the quiet shape.
    letter, shape = ("?", State.NO_CHANGE) if state == State.CANNOT_TELL else (state, state)
    return html.Span(
        [
            html.I(letter, className=f"glyph glyph-{shape}", **attributes(aria_hidden="true")),
            html.Span(word or verdict_word(state), **attributes(className="visually-hidden" if is_quiet else None)),
        ],
        className="verdict big" if big else "verdict",
    )


def verdict_key(states: tuple[State, ...] = tuple(State)) -> html.Ul:
    """Every letter with its word and what it means."""
    return html.Ul([html.Li([verdict_mark(state), f": {MEANS[state].lower()}"]) for state in states], className="key")
