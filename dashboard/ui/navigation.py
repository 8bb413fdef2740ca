"""The links of the menu: one for each page that names itself in it, and one for each that is planned and not here yet."""

from collections.abc import Iterable
from dataclasses import dataclass

from dashboard.ui.page import Page


@dataclass(frozen=True)
class MenuLink:
    """One link of the menu; `key` is what the pages behind it call it."""

    key: str
    label: str
    path: str
    order: int


@dataclass(frozen=True)
class PlannedPage:
    """A page that is not part of this version; `will_show` and `not_held` are what a reader is told at `path`."""

    key: str
    label: str
    path: str
    order: int
    will_show: tuple[str, ...]
    not_held: str
    meanwhile: tuple[tuple[str, str], ...] = ()
    """(words, address) of what can be read now."""


PLANNED = (
    PlannedPage(
        "meetings",
        "Meetings",
        "/meetings",
        70,
        (
            "what changed since a committee last met, one card a screen",
            "questions, actions and recommendations, with what was accepted and what was delivered",
        ),
        "No meeting’s edition is frozen in this version. What a committee can follow up now stands on the pages below.",
        (
            ("The committee’s recommendations: accepted, delivered, not moved", "/recommendations"),
            ("Actions open and overdue", "/recommendations#actions"),
            ("What to ask about now: what has changed, strongest evidence first", "/"),
            ("What the newest edition changed", "/data#revisions"),
        ),
    ),
)


def menu_of(pages: Iterable[Page]) -> tuple[MenuLink, ...]:
    """The menu, in the order of the pages; the wordmark leads Home. A planned page is in it until its own page is.

    Raises:
        ValueError: a page has a label in the menu and no key.
    """
    links = []
    for page in pages:
        if page.menu and not page.nav:
            raise ValueError(f"{page.path} is in the menu and has no key: give it a `nav`")
        if page.menu and page.nav:
            links.append(MenuLink(page.nav, page.menu, page.path, page.order))
    paths = {link.path for link in links}
    links += [MenuLink(plan.key, plan.label, plan.path, plan.order) for plan in PLANNED if plan.path not in paths]
    return tuple(sorted(links, key=lambda link: link.order))
