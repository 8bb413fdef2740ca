"""What one address is answered with: the page it names, or a page that says what was not understood and what there is."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from difflib import get_close_matches
from functools import lru_cache
from typing import TypeVar
from zlib import compress, decompress

from dashboard.figures import queries, queries_register
from dashboard.figures.live_release import one_release
from dashboard.figures.records import Release
from dashboard.figures.view import NotUnderstood, View, printable, view_of
from dashboard.site.nearest_address import nearest_address
from dashboard.ui import html
from dashboard.ui.frame import framed, margin_text, stale_notice
from dashboard.ui.island_place import has_island
from dashboard.ui.links import Link
from dashboard.ui.navigation import PLANNED, PlannedPage, menu_of
from dashboard.ui.notice import notice
from dashboard.ui.page import Content, Download, Page, words
from dashboard.ui.problem import not_here_yet, problem
from dashboard.ui.render import to_html

BOROUGH = "/borough/"
DOWNLOAD = "/download"
FOUND, NOT_UNDERSTOOD = 200, 400
NOT_THERE = frozenset({NOT_UNDERSTOOD, 404})
KEPT_PAGES = 400
"""As packed text: every borough, command and measure with room to spare, in some thirty megabytes."""
QUICKLY = 1
"""zlib's quickest: a page is packed once, and unpacked in a millisecond or two each time it is asked for."""
T = TypeVar("T")
NEAREST = 3


@dataclass(frozen=True)
class Answer:
    """One whole page, ready to send."""

    status: int
    title: str
    description: str
    address: str
    """The one address of this view, for the canonical link."""
    margin: str
    """Text for the bottom margin of a printed sheet."""
    body: str
    """The page as HTML."""
    has_island: bool
    """Whether there is something on it for Dash to do."""
    is_private: bool = False
    """Made for one reader at one moment: no browser or proxy may keep it."""


@dataclass(frozen=True)
class _Kept:
    """An answer with its long text packed."""

    answer: Answer
    body: bytes

    @classmethod
    def of(cls, answer: Answer) -> "_Kept":
        return cls(replace(answer, body=""), compress(answer.body.encode(), QUICKLY))

    def whole(self) -> Answer:
        return replace(self.answer, body=decompress(self.body).decode())


@dataclass(frozen=True)
class Moved:
    """Where the page stands that was asked for by another address."""

    address: str


class Answers:
    """Answers addresses from a fixed set of pages. Pages are kept, newest used first, while release and register stay."""

    def __init__(self, pages: Sequence[Page], stale_after_days: int, account_links: Callable[[], Sequence[Link]]) -> None:
        """`account_links`: what a reader who may be signed in is offered at the head of a page that is made for them."""
        self._pages = tuple(pages)
        self.menu = menu_of(pages)
        self._stale_after_days = stale_after_days
        self._account_links = account_links
        self._kept = lru_cache(maxsize=KEPT_PAGES)(self._packed)

    @property
    def times_made(self) -> int:
        """How often a page that is kept has been made so far."""
        return self._kept.cache_info().misses

    @property
    def standing_addresses(self) -> tuple[str, ...]:
        """Pages that are the same for every reader and need nothing chosen, in menu order."""
        return tuple(page.path for page in self._pages if "<" not in page.path and not page.is_fresh)

    def to(self, path: str, query: str = "") -> Answer | Download | Moved:
        """The answer to an address; never raises for anything an address can hold.

        A `Download` for `/download` and the address of a page that has one; `Moved` where a page is asked for by another of its
        names ("/borough/lewisham"); a page for everything else.

        Raises:
            WarehouseMissing: there is no release to answer from.
        """
        page_path = path.removeprefix(DOWNLOAD)
        answer = self.page(path, query) if page_path == path else self._by_one_release(page_path or "/", query, self._find_file)
        if isinstance(answer, Answer) and answer.status in NOT_THERE:
            known = [page.path for page in self._pages if "<" not in page.path]
            instead = nearest_address(page_path, query, known, is_page=answer.status == NOT_UNDERSTOOD)
            if instead and page_path != path and self._has_file(instead):
                return Moved(f"{DOWNLOAD}{instead}")
            # An address may be spelled out and still hold what its page does not know: then the first answer says what it can be.
            if instead and page_path == path and self.page(*instead.partition("?")[::2]).status == FOUND:
                return Moved(instead)
        return answer

    def page(self, path: str, query: str = "") -> Answer:
        """The page at an address, or one that says what was not understood."""
        return self._by_one_release(path, query, self._find_page)

    def _by_one_release(self, path: str, query: str, find: Callable[[str, str, Release], T]) -> T | Answer:
        with one_release():
            return self._page_or_explanation(path, query, find)

    def _page_or_explanation(self, path: str, query: str, find: Callable[[str, str, Release], T]) -> T | Answer:
        release = queries.release()
        try:
            return find(path, query, release)
        except NotUnderstood as error:
            return self._not_understood(path, error, release)
        except (KeyError, IndexError):
            # These are LookupErrors too, but they are our own mistake, not the reader's.
            raise
        except LookupError as error:
            return self._not_held(path, str(error), release)

    def broken(self) -> Answer:
        """What a reader is told when a page failed. Reads nothing, since the warehouse may be the reason."""
        explanation = (
            "The mistake is ours and has been written down. Nothing you did is lost. Try again, or start from a page below."
        )
        content = problem("This page did not work", explanation, [("Pages", self._menu_links())])
        return self._answer(500, "This page did not work", explanation, "/", content, None, None)

    def _find_page(self, path: str, query: str, release: Release) -> Answer:
        today = datetime.now(tz=UTC).date()
        for page in self._pages:
            understood = view_of(page.path, page.options, path, query)
            if understood is not None:
                view, unknown = understood
                return self._with_unknown(page, view, unknown, release, today)
        for plan in PLANNED:
            if plan.path == path:
                return self._not_here_yet(plan, release)
        return self._no_such_page(path, release)

    def _find_file(self, path: str, query: str, release: Release) -> Download | Answer:
        for page in self._pages:
            understood = view_of(page.path, page.options, path, query) if page.download else None
            if page.download and understood:
                view, _ = understood
                return page.download(view)
        return self._no_such_page(f"{DOWNLOAD}{path}", release)

    def _has_file(self, address: str) -> bool:
        path = address.partition("?")[0]
        return any(page.download and view_of(page.path, (), path, "") for page in self._pages)

    def _with_unknown(self, page: Page, view: View, unknown: tuple[str, ...], release: Release, today: date) -> Answer:
        if not unknown and not page.is_fresh:
            return self._kept(page, view, release, today, queries_register.version()).whole()
        # Not kept: there is no end to the names an address can hold, and a fresh page is another reader's too.
        return self._page(page, view, release, today, unknown)

    def _packed(self, page: Page, view: View, release: Release, today: date, _register: str) -> _Kept:
        return _Kept.of(self._page(page, view, release, today, ()))

    def _page(self, page: Page, view: View, release: Release, today: date, unknown: tuple[str, ...]) -> Answer:
        stale = stale_notice(release, today, self._stale_after_days)
        notices = [*([stale] if stale else []), *([_ignored(unknown)] if unknown else [])]
        content = page.layout(view)
        title, description = words(page.title, view), words(page.description, view)
        account = self._account_links() if page.is_fresh else ()
        answer = self._answer(200, title, description, view.address, content, page.nav, release, notices, account)
        return replace(answer, is_private=page.is_fresh)

    def _no_such_page(self, path: str, release: Release) -> Answer:
        explanation = f"“{printable(path)}” is not an address on this site. Nothing is missing from the figures."
        groups = [("Did you mean", self._near(path)), ("Pages", self._menu_links())]
        return self._answer(
            404, "There is no such page", explanation, "/", problem("There is no such page", explanation, groups), None, release
        )

    def _not_held(self, path: str, reason: str, release: Release) -> Answer:
        title = "Not held here"
        explanation = f"{reason[:1].upper()}{reason[1:].rstrip('.')}."
        groups = [("Did you mean", self._near(path)), ("Pages", self._menu_links())]
        return self._answer(404, title, explanation, "/", problem(title, explanation, groups), None, release)

    def _not_understood(self, path: str, error: NotUnderstood, release: Release) -> Answer:
        title = "Part of this address was not understood"
        explanation = str(error)
        if error.known:
            explanation += f" It can be: {', '.join(error.known)}."
        groups = [("Leave it out", [("This page as it opens", path)]), ("Pages", self._menu_links())]
        return self._answer(400, title, explanation, "/", problem(title, explanation, groups), None, release)

    def _near(self, path: str) -> list[Link]:
        """Pages and areas whose address or name is like the last part of the path."""
        last_part = path.strip("/").rpartition("/")[2].replace("-", " ").replace("_", " ").casefold()[:80]
        places = {a.name.casefold(): (a.name, f"{BOROUGH}{a.code}") for a in (*queries.areas("borough"), *queries.areas("bcu"))}
        by_code = {a.code.casefold(): (a.name, f"{BOROUGH}{a.code}") for a in queries.areas("borough")}
        menu = {link.label.casefold(): (link.label, link.path) for link in self.menu}
        known = {**places, **by_code, **menu}
        has_areas = any(page.path.startswith(BOROUGH) for page in self._pages)
        near = get_close_matches(last_part, known, n=NEAREST, cutoff=0.72)
        return [known[name] for name in near if has_areas or not known[name][1].startswith(BOROUGH)]

    def _answer(
        self,
        status: int,
        title: str,
        description: str,
        address: str,
        content: Content,
        nav: str | None,
        release: Release | None,
        notices: Sequence[html.Div] = (),
        account: Sequence[Link] = (),
    ) -> Answer:
        tree = framed(content, menu=self.menu, nav=nav, release=release, notices=notices, account=account)
        return Answer(status, title, description, address, margin_text(title, release), to_html(tree), has_island(tree))

    def _not_here_yet(self, link: PlannedPage, release: Release) -> Answer:
        description = f"{link.label}: what this page will show, and what is not held."
        return self._answer(200, link.label, description, link.path, not_here_yet(link), link.key, release)

    def _menu_links(self) -> list[Link]:
        return [("Home", "/"), *((link.label, link.path) for link in self.menu)]


def _ignored(unknown: tuple[str, ...]) -> html.Div:
    names = ", ".join(f"“{name}”" for name in unknown[:NEAREST])
    more = f" and {len(unknown) - NEAREST} more" if len(unknown) > NEAREST else ""
    return notice("quietly", f"{names}{more} in this address means nothing here.", "The page is shown without it.")
