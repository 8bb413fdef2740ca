"""Links: lists of them, buttons, downloads. A link's words say where it goes."""

from collections.abc import Sequence

from dashboard.ui import html
from dashboard.ui.attributes import attributes
from dashboard.ui.notice import icon

Link = tuple[str, str]
"""(words, address)"""


def links(items: Sequence[Link], *, label: str | None = None) -> html.Ul | html.Nav:
    """Links side by side; a navigation landmark when `label` names what they lead through."""
    listing = html.Ul([html.Li(html.A(words, href=address)) for words, address in items], className="links")
    return html.Nav(listing, **attributes(aria_label=label)) if label else listing


def contents(items: Sequence[Link]) -> html.Nav:
    """What stands further down a long page, each a jump away."""
    listing = html.Ul([html.Li(html.A(words, href=address)) for words, address in items], className="links")
    return html.Nav([html.P("On this page"), listing], className="contents", **attributes(aria_label="On this page"))


def button_link(words: str, address: str, *, icon_name: str | None = None, plain: bool = False) -> html.A:
    """A link that looks like a button: for the one thing a page is opened for."""
    drawn = [icon(icon_name)] if icon_name else []
    return html.A([*drawn, words], href=address, className="button plain" if plain else "button")


def download_link(words: str, address: str) -> html.A:
    """A file of exactly what is shown."""
    return html.A([icon("download"), words], href=address, className="button plain")
