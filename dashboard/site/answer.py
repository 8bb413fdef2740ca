"""What one address is answered with: the page it names, or a page that says what was not understood and what there is."""

from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import partial
from typing import TypeVar

from dashboard.figures import queries
from dashboard.figures.live_release import one_release
from dashboard.figures.records import Release
from dashboard.figures.register_answers import is_lost, one_reading
from dashboard.figures.view import NotUnderstood, View, printable, view_of
from dashboard.register.errors import RegisterUnavailable
from dashboard.site.asked_of_register import AskedOfRegister
from dashboard.site.kept_answers import Answer, Head, KeptAnswers, tag_of
from dashboard.site.nearest_address import nearest_address
from dashboard.site.page_notices import ABOUT_SLOT, SLOT, ignored_names, with_notices, without_slots
from dashboard.site.workshop import Workshop, workshop_of
from dashboard.ui.frame import about_release, framed, margin_text
from dashboard.ui.html import Element
from dashboard.ui.island_place import has_island
from dashboard.ui.lateness import crime_notice, says_how_late
from dashboard.ui.links import Link
from dashboard.ui.navigation import PLANNED, PlannedPage, menu_of
from dashboard.ui.notice import notice
from dashboard.ui.page import Content, Download, Page, words
from dashboard.ui.problem import not_here_yet, problem
from dashboard.ui.render import to_html
from dashboard.words.register import UNREAD, UNREAD_MORE
from etl.core import clock

BOROUGH = "/borough/"
DOWNLOAD = "/download"
FOUND, NOT_UNDERSTOOD = 200, 400
NOT_THERE = frozenset({NOT_UNDERSTOOD, 404})
THREADS = 16
T = TypeVar("T")
NEAREST = 3


@dataclass(frozen=True)
class Moved:
    """Where the page stands that was asked for by another address."""

    address: str


@dataclass(frozen=True)
class Unchanged:
    """The reader has this page or file already."""

    tag: str


@dataclass(frozen=True)
class Question:
    """What one request asks: an address, and how much of the answer it needs."""

    path: str
    query: str = ""
    tags: Container[str] = ()
    """Of the answers this reader has kept."""
    head_only: bool = False
    """Only whether it is there is asked for."""


class Answers:
    """Answers addresses from a fixed set of pages. Pages are kept, newest used first, while release and register stay."""

    def __init__(
        self,
        pages: Sequence[Page],
        account_links: Callable[[], Sequence[Link]],
        workshop: Workshop | None = None,
    ) -> None:
        """`account_links`: what a reader who may be signed in is offered at the head of a page that is made for them."""
        self._pages = tuple(pages)
        self.menu = menu_of(pages)
        self._account_links = account_links
        self.workshop = workshop or workshop_of(THREADS)
        self.kept = KeptAnswers(self.workshop)
        self._asked = AskedOfRegister()

    @property
    def times_made(self) -> int:
        """How often a page or file that is kept has been made so far."""
        return self.kept.times_made

    @property
    def standing_addresses(self) -> tuple[str, ...]:
        """Pages that are the same for every reader and need nothing chosen, in menu order."""
        return tuple(page.path for page in self._pages if "<" not in page.path and not page.is_fresh)

    def to(self, question: Question) -> Answer | Download | Moved | Unchanged | Head:
        """The answer to an address; never raises for anything an address can hold.

        A `Download` for `/download` and the address of a page that has one; `Moved` where a page is asked for by another of its
        names ("/borough/lewisham"); `Unchanged` or `Head` where the rest is not needed; a page for everything else.

        Raises:
            WarehouseMissing: there is no release to answer from.
            TooBusy: it would have to be made, and too many others are being made.
        """
        path, query = question.path, question.query
        page_path = path.removeprefix(DOWNLOAD)
        if page_path == path:
            answer: Answer | Download | Unchanged | Head = self._by_one_release(question, self._find_page)
        else:
            answer = self._by_one_release(replace(question, path=page_path or "/"), self._find_file)
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
        answer = self._by_one_release(Question(path, query), self._find_page)
        if not isinstance(answer, Answer):
            raise TypeError(f"{path} was asked for whole, and answered with {answer}")
        return answer

    def _by_one_release(self, question: Question, find: Callable[[Question, Release], T]) -> T | Answer:
        with one_release():
            try:
                with one_reading():
                    return self._page_or_explanation(question, find)
            except RegisterUnavailable:
                # Lost on the way. A page is made with the register or without it, never half.
                with one_reading(is_without=True):
                    return self._page_or_explanation(question, find)

    def _page_or_explanation(self, question: Question, find: Callable[[Question, Release], T]) -> T | Answer:
        release, path = queries.release(), question.path
        try:
            return find(question, release)
        except NotUnderstood as error:
            if is_lost():
                return self._without_register(release)
            return self._not_understood(path, error, release)
        except (KeyError, IndexError):
            # These are LookupErrors too, but they are our own mistake, not the reader's.
            raise
        except LookupError as error:
            if is_lost():
                return self._without_register(release)
            return self._not_held(path, str(error), release)

    def broken(self) -> Answer:
        """What a reader is told when a page failed. Reads nothing, since the warehouse may be the reason."""
        explanation = (
            "The mistake is ours and has been written down. Nothing you did is lost. Try again, or start from a page below."
        )
        content = problem("This page did not work", explanation, [("Pages", self._menu_links())])
        return self._answer(500, "This page did not work", explanation, "/", content, None, None)

    def busy(self) -> Answer:
        """What a reader is told when too much is being made at once. Reads nothing, and costs little."""
        explanation = (
            "More is being asked for than can be made at once. Nothing is wrong with the address: try again in a few seconds."
        )
        content = problem("The site is busy", explanation, [("Pages", self._menu_links())])
        return self._answer(503, "The site is busy", explanation, "/", content, None, None)

    def _without_register(self, release: Release) -> Answer:
        """Where what an address asks for is known to the register alone."""
        content = problem(UNREAD, UNREAD_MORE, [("Pages", self._menu_links())])
        return self._answer(503, UNREAD, UNREAD_MORE, "/", content, None, release)

    def _find_page(self, question: Question, release: Release) -> Answer | Unchanged | Head:
        for page in self._pages:
            understood = view_of(page.path, page.options, question.path, question.query)
            if understood is not None:
                return self._with_unknown(page, *understood, question, release)
        for plan in PLANNED:
            if plan.path == question.path:
                return self._not_here_yet(plan, release)
        return self._no_such_page(question.path, release)

    def _find_file(self, question: Question, release: Release) -> Download | Answer | Unchanged | Head:
        for page in self._pages:
            understood = view_of(page.path, page.options, question.path, question.query) if page.download else None
            if page.download and understood:
                view = understood[0]
                tag = self._tag(DOWNLOAD, page, view, release)
                named = partial(self._tag_of_made, DOWNLOAD, page, view, release)
                return self._without_text(tag, question) or self.kept.file(tag, partial(page.download, view), named)
        return self._no_such_page(f"{DOWNLOAD}{question.path}", release)

    def _has_file(self, address: str) -> bool:
        path = address.partition("?")[0]
        return any(page.download and view_of(page.path, (), path, "") for page in self._pages)

    def _with_unknown(
        self, page: Page, view: View, unknown: tuple[str, ...], question: Question, release: Release
    ) -> Answer | Unchanged | Head:
        # The page that is kept stays the same: a fault in a file does not have every page made anew.
        about, ignored = about_release(release), ignored_names(unknown)
        if page.is_fresh:
            # Made anew each time, and another reader's each time.
            with self.workshop.place():
                return with_notices(self._page(page, view, release), about, ignored)
        tag = self._tag("", page, view, release)
        return (None if about or ignored else self._without_text(tag, question)) or with_notices(
            self.kept.page(tag, lambda: self._page(page, view, release), partial(self._tag_of_made, "", page, view, release)),
            about,
            ignored,
        )

    def _tag(self, kind: str, page: Page, view: View, release: Release) -> str:
        """The tag of a page or its file: everything it is made from, so that one tag is one content and one content one tag.

        What an address holds beside the options its page lists is no part of it, nor is the order they stand in.
        """
        register = self._asked.version((kind, page.path, view.address, release))
        return tag_of(kind, page.path, view.address, release, clock.today(), register, page.depends_on())

    def _tag_of_made(self, kind: str, page: Page, view: View, release: Release) -> str:
        """The tag of a page that has just been made: now it is known what it asked of the register."""
        self._asked.remember((kind, page.path, view.address, release))
        return self._tag(kind, page, view, release)

    def _without_text(self, tag: str, question: Question) -> Unchanged | Head | None:
        if tag in question.tags:
            return Unchanged(tag)
        return self.kept.head(tag) if question.head_only else None

    def _page(self, page: Page, view: View, release: Release) -> Answer:
        content = page.layout(view)
        is_told = says_how_late([content] if isinstance(content, Element) else content)
        title, description = words(page.title, view), words(page.description, view)
        account = self._account_links() if page.is_fresh else ()
        unread = [notice("late", f"{UNREAD}.", UNREAD_MORE)] if is_lost() else []
        notices = [*([] if is_told else crime_notice()), *unread, SLOT]
        about = [ABOUT_SLOT]
        answer = self._answer(200, title, description, view.address, content, page.nav, release, notices, account, about)
        return replace(without_slots(answer), is_private=page.is_fresh)

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
        notices: Sequence[Element] = (),
        account: Sequence[Link] = (),
        about: Sequence[Element] | None = None,
    ) -> Answer:
        tree = framed(content, menu=self.menu, nav=nav, release=release, notices=notices, account=account, about=about)
        return Answer(status, title, description, address, margin_text(title, release), to_html(tree), has_island(tree))

    def _not_here_yet(self, link: PlannedPage, release: Release) -> Answer:
        description = f"{link.label}: what this page will show, and what is not held."
        return self._answer(200, link.label, description, link.path, not_here_yet(link), link.key, release)

    def _menu_links(self) -> list[Link]:
        return [("Home", "/"), *((link.label, link.path) for link in self.menu)]
