"""What a page is. One module under `dashboard/features/` ends in `PAGE = Page(...)`, and it is on the site."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from dashboard.figures.view import Option, View
from dashboard.ui.html import Element

Content = Element | Sequence[Element]
Words = str | Callable[[View], str]


@dataclass(frozen=True)
class Download:
    """One file of exactly what a page shows, with the words that go with it."""

    name: str
    """bromley-figures.zip"""
    content_type: str
    content: bytes
    tag: str = ""
    """The same for as long as the file is; given by whoever keeps it."""


@dataclass(frozen=True)
class Page:
    """One page.

    `layout` gives what stands inside `<main>`: breadcrumb (unless Home), `div.lead` with the only `h1`, then sections. Masthead,
    menu, footer, `<title>` and print margins are put round it. It is called with a `View` holding only values the page
    listed in `options`, and raises `LookupError` (in words for the reader) where the path names something not held.
    """

    path: str
    """`/data`, or a template: `/borough/<code>`."""
    title: Words
    """For the tab and the print margin: "Bromley"."""
    description: Words
    """One sentence for search engines and link previews."""
    nav: str | None
    """Key of the menu link to mark as current; None for none of them. A page in the menu gives its own link this key."""
    order: int
    layout: Callable[[View], Content]
    options: tuple[Option, ...] = ()
    examples: tuple[str, ...] = ()
    """Addresses to try in tests, beside `path` where it is not a template."""
    download: Callable[[View], Download] | None = None
    """The figures of one view as a file; it is sent from `/download` followed by the page's own address."""

    menu: str = ""
    """Its label in the menu, where it stands by its `order`; empty for a page that is not in the menu."""

    depends_on: Callable[[], str] = str
    """What the page is made from beside release, register and day, in a few letters: it is made again when they change."""

    is_fresh: bool = False
    """Made anew for each reader, and kept by nobody: it shows the register, which changes, or what this reader may do."""

    @property
    def addresses(self) -> tuple[str, ...]:
        """Addresses that must work: the path itself unless it is a template, and the examples."""
        return self.examples if "<" in self.path else (self.path, *self.examples)


def words(text: Words, view: View) -> str:
    """A page's title or description for one view."""
    return text if isinstance(text, str) else text(view)
