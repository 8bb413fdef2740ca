"""The HTML document round one answer."""

from dataclasses import dataclass
from html import escape

from dashboard.site.answer import Answer
from dashboard.ui.frame import SITE


@dataclass(frozen=True)
class Parts:
    """What a document refers to: addresses of our own files, and the elements Dash needs to start, as Dash wrote them."""

    favicon: str
    take_over: str
    css: str
    config: str
    scripts: str
    renderer: str


def document(answer: Answer, parts: Parts, nonce: str) -> str:
    """The whole page as text. What is read comes first; Dash, on a page that has something for it, comes after."""
    marked = f' nonce="{nonce}"' if nonce else ""
    name = SITE if answer.address == "/" and answer.status == 200 else f"{answer.title} - {SITE}"
    search = f'<link rel="canonical" href="{escape(answer.address)}">' if answer.status == 200 else ""
    head = (
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{escape(name)}</title>",
        f'<meta name="description" content="{escape(answer.description)}">',
        search or '<meta name="robots" content="noindex">',
        f'<link rel="icon" href="{parts.favicon}" type="image/svg+xml">',
        parts.css,
        f"<style{marked}>{margin_rule(answer.margin)}</style>",
    )
    body = _live_body(answer, parts, nonce) if answer.is_live else answer.body
    return "\n".join(("<!DOCTYPE html>", '<html lang="en-GB">', "<head>", *head, "</head>", "<body>", body, "</body>", "</html>"))


def margin_rule(text: str) -> str:
    """The CSS rule that prints `text` in the bottom margin. Everything but plain letters goes in as a code point."""
    safe = "".join(c if c.isascii() and (c.isalnum() or c in " .,") else f"\\{ord(c):x} " for c in text)
    return f'@page {{ @bottom-left {{ content: "{safe}"; }} }}'


def _live_body(answer: Answer, parts: Parts, nonce: str) -> str:
    # take_over.js runs before any other script: it gives style elements that libraries make the nonce they do not know.
    return "\n".join(
        (
            f'<div id="first-answer">{answer.body}</div>',
            '<div id="react-entry-point"></div>',
            f'<script src="{parts.take_over}" nonce="{nonce}"></script>',
            parts.config,
            parts.scripts,
            parts.renderer,
        )
    )
