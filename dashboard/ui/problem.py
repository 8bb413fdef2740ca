"""Pages that cannot show what was asked for: what is wrong in one sentence, and what can be read instead."""

from collections.abc import Sequence

from dashboard.ui import html
from dashboard.ui.frame import breadcrumb
from dashboard.ui.html import Element
from dashboard.ui.links import Link, links
from dashboard.ui.navigation import PlannedPage
from dashboard.ui.sections import page_opening, section

HOME: Link = ("Home", "/")


def problem(title: str, text: str, groups: Sequence[tuple[str, Sequence[Link]]] = ()) -> list[Element]:
    """What is wrong, and under a heading each, links to what does exist. A group without links is left out."""
    lists = [section(f"instead-{n}", heading, [links(items)]) for n, (heading, items) in enumerate(groups) if items]
    return [breadcrumb((HOME,), title), page_opening(title, standfirst=text), *lists]


def not_here_yet(link: PlannedPage) -> list[Element]:
    """The page behind a link of the menu whose own page is not part of this version."""
    will = html.Ul([html.Li(f"{text[0].upper()}{text[1:]}.") for text in link.will_show], className="list")
    now = [section("now", "What can be read now", [links(link.meanwhile)])] if link.meanwhile else []
    return [
        breadcrumb((HOME,), link.label),
        page_opening(f"{link.label}: not part of this version yet", standfirst=link.not_held),
        section("will", "What this page will show", [will]),
        *now,
    ]
