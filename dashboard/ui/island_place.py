"""Where Dash draws, on a page that has something to explore; a page without one is sent without any script."""

from dashboard.ui.html import Element, Node
from dashboard.ui.render import elements_of

ENTRY = "react-entry-point"
"""The id of the element that Dash's renderer looks for and draws into."""


class IslandPlace(Element):
    """The element Dash draws into, and what stands there for a reader until it has: `IslandPlace(html.P(...))`."""

    def __init__(self, until_drawn: Node) -> None:
        super().__init__(until_drawn, id=ENTRY)
        self.tag = "div"


def has_island(page: Node) -> bool:
    """Whether there is something for Dash to do on a page."""
    return any(isinstance(element, IslandPlace) for element in elements_of(page))
