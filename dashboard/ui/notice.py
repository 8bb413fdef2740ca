"""What is said beside the figures: notices, panels that stand where a figure cannot, tags, icons."""

from dashboard.ui import html
from dashboard.ui.html import Element
from dashboard.ui.raw import Raw

Content = str | Element | list[str | Element]

ICONS = {
    "late": "M12 7v5l3.5 2M12 3a9 9 0 1 0 9 9",
    "print": "M7 8V3h10v5M7 17H4V9h16v8h-3M7 14h10v7H7z",
    "download": "M12 3v12m-5-5 5 5 5-5M4 20h16",
    "table": "M4 5h16v14H4zM4 10h16M10 10v9",
    "break": "M3 16l5-5M8 4l3 16M14 4l3 16M17 12l4-4",
    "stop": "M8 3h8l5 5v8l-5 5H8l-5-5V8zM12 8v5M12 16v.5",
    "info": "M12 3a9 9 0 1 0 .1 0zM12 11v6M12 7.5v.5",
    "link": "M10 14a4 4 0 0 0 6 0l3-3a4 4 0 0 0-6-6l-1 1M14 10a4 4 0 0 0-6 0l-3 3a4 4 0 0 0 6 6l1-1",
}
NOTICE_ICONS = {"late": "late", "break": "break", "refused": "stop", "quietly": "info"}


def icon(name: str) -> Raw:
    """A drawn icon, hidden from screen readers: always stands beside a word."""
    path = f'<path d="{ICONS[name]}"/>'
    svg = f'<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">{path}</svg>'
    return Raw(svg, tag="span")


def notice(kind: str, strong: str, text: Content = "") -> html.Div:
    """One line that must be read before the figures; at most two a page.

    Args:
        kind: late, break, refused or quietly.
        strong: what is the case.
        text: what follows from it.

    Raises:
        KeyError: the kind is none of these.
    """
    content = text if isinstance(text, list) else [text]
    return html.Div([icon(NOTICE_ICONS[kind]), html.P([html.Strong(strong), " ", *content])], className=f"notice {kind}")


def empty(what: str, why: Content) -> html.Div:
    """A panel where a figure would stand: what is not there, why, and where to go."""
    return html.Div([html.Strong(what), *(why if isinstance(why, list) else [why])], className="empty")


def tag(text: str, *, is_example: bool = False) -> html.Span:
    """A small label; dashed when it marks something that is not on record."""
    return html.Span(text, className="tag example" if is_example else "tag")
