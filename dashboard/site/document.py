"""The HTML document round one answer."""

from dataclasses import dataclass
from html import escape

from dashboard.site.kept_answers import Answer
from dashboard.ui.frame import SITE


@dataclass(frozen=True)
class Parts:
    """Addresses of our own files that every document refers to."""

    favicon: str
    styles: tuple[str, ...]
    before_dash: str
    """The script that runs before Dash, where there is something to explore."""


@dataclass(frozen=True)
class Scripts:
    """What Dash needs to start in a document, as Dash wrote it: its settings, the files of its code, the line that starts it."""

    config: str
    bundles: str
    renderer: str
    hashes: tuple[str, ...]
    """Of what runs inline, as a content security policy names them."""


def document(answer: Answer, parts: Parts, scripts: Scripts | None, nonce: str) -> str:
    """The whole page as text. What is read comes first; Dash, on a page with something to explore, comes after."""
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
        *(f'<link rel="stylesheet" href="{address}">' for address in parts.styles),
        f"<style{marked}>{margin_rule(answer.margin)}</style>",
    )
    dash = () if scripts is None else _dash(parts, scripts, nonce)
    body = ("<body>", answer.body, *dash, "</body>")
    return "\n".join(("<!DOCTYPE html>", '<html lang="en-GB">', "<head>", *head, "</head>", *body, "</html>"))


def margin_rule(text: str) -> str:
    """The CSS rule that prints `text` in the bottom margin. Everything but plain letters goes in as a code point."""
    safe = "".join(c if c.isascii() and (c.isalnum() or c in " .,") else f"\\{ord(c):x} " for c in text)
    return f'@page {{ @bottom-left {{ content: "{safe}"; }} }}'


def _dash(parts: Parts, scripts: Scripts, nonce: str) -> tuple[str, ...]:
    own = f'<script src="{parts.before_dash}" nonce="{nonce}"></script>'
    return (own, scripts.config, scripts.bundles, scripts.renderer)
