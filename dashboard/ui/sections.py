"""How a page opens and how its sections stand: the sentence first, then headings that never skip a level."""

from collections.abc import Sequence

from dashboard.ui import html
from dashboard.ui.attributes import attributes
from dashboard.ui.html import Element

Content = str | Element | list[str | Element]


def page_opening(
    sentence: str,
    *,
    place: str | None = None,
    standfirst: Content | tuple[Content, ...] = (),
    actions: Sequence[Element] = (),
) -> html.Div:
    """The page's only h1: what was found, in words, with the place above it and what it means below, in a paragraph or two."""
    paragraphs = standfirst if isinstance(standfirst, tuple) else (standfirst,)
    heading: Sequence[str | Element] = [html.Span(place, className="place"), sentence] if place else [sentence]
    return html.Div(
        [
            html.H1(heading),
            *(html.P(paragraph, className="standfirst") for paragraph in paragraphs if paragraph),
            *([html.P(list(actions), className="links")] if actions else []),
        ],
        className="lead",
    )


def section(anchor: str, heading: str, content: Sequence[Element], *, say: Content | None = None) -> html.Section:
    """A section hung from its rule: heading, what it says, then its figures."""
    opening = [html.P(say, className="say")] if say else []
    return html.Section([html.H2(heading, id=anchor), *opening, *content], **attributes(aria_labelledby=anchor))


def section_head(anchor: str, heading: str, note: Content) -> html.Div:
    """A heading with a quiet note at the end of its line, for a section built by hand."""
    return html.Div([html.H2(heading, id=anchor), html.P(note, className="small")], className="section-head")
