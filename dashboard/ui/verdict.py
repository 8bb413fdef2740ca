"""A verdict as a letter in a shape with its word, how sure it is to last, and the key that explains the letters."""

from dashboard.charts.verdict_shapes import grade_disc
from dashboard.figures.records import Verdict
from dashboard.ui import html
from dashboard.ui.attributes import attributes
from dashboard.ui.html import Element
from dashboard.ui.raw import Raw
from dashboard.words.facts import lowered
from dashboard.words.verdicts import MEANS, verdict_word, verdict_words
from etl.core.grade import Grade
from etl.core.reason_words import TO_LAST
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


def mark_of(verdict: Verdict, *, big: bool = False, is_quiet: bool = False) -> html.Span:
    """The mark of a verdict with its direction in words, and how sure the move is to last where it moved."""
    mark = verdict_mark(verdict.state, word=verdict_words(verdict), big=big, is_quiet=is_quiet)
    return html.Span([mark, " ", grade_mark(verdict.grade)]) if verdict.grade else mark


def grade_mark(word: str) -> html.Span:
    """How sure a move is to last: a disc filled so far, with its words: "highly likely to last"."""
    grade = next(grade for grade in Grade if grade.word == word)
    disc: Element = Raw(grade_disc(grade), className="disc")
    return html.Span([disc, html.Span(TO_LAST[word])], className="grade small")


def verdict_key(states: tuple[State, ...] = tuple(State)) -> html.Ul:
    """Every letter with its word and what it means."""
    return html.Ul([html.Li([verdict_mark(state), f": {lowered(MEANS[state])}"]) for state in states], className="key")
