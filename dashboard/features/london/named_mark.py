"""A measure's or a place's name as a link, behind the shape of its verdict."""

from dashboard.ui import html
from dashboard.ui.attributes import attributes
from dashboard.words.verdicts import verdict_word
from etl.core.state import State


def named_mark(state: State | None, name: str, href: str, *, note: str = "") -> html.Span:
    """The shape, the name as a link, and the state's word for who cannot see the shape; the name alone where nothing was judged.

    Args:
        state: letter of the verdict.
        name: of what was judged.
        href: where it is told in full.
        note: said after the name, such as the place where it is not London.
    """
    link = html.A(name, href=href)
    if state is None:
        return html.Span([link, html.Span(f"{note}, not judged", className="quiet")])
    letter, shape = ("?", State.NO_CHANGE) if state == State.CANNOT_TELL else (state, state)
    state_words = html.Span(f": {verdict_word(state).lower()}", className="visually-hidden")
    glyph = html.I(letter, className=f"glyph glyph-{shape}", **attributes(aria_hidden="true"))
    return html.Span([glyph, html.Span([link, note, state_words])], className="verdict")
