"""What each page asks of the register, remembered from when it was made: it is made again only when an answer changes."""

from collections.abc import Hashable
from threading import Lock

from cachetools import LRUCache

from dashboard.figures.register_answers import NOT_READ, Dependence, dependence, is_lost, version_of

MOST_PAGES = 4_000
NOT_KNOWN = "not known yet what it asks"


class AskedOfRegister:
    """By page: what it asks."""

    def __init__(self) -> None:
        self._by_page: LRUCache[Hashable, Dependence] = LRUCache(MOST_PAGES)
        self._lock = Lock()

    def version(self, page: Hashable) -> str:
        """The part of a page's tag that changes with the register.

        Raises:
            RegisterUnavailable: it was lost while asking.
        """
        with self._lock:
            known: Dependence | None = self._by_page.get(page)
        if known is not None:
            return version_of(known)
        return NOT_READ if is_lost() else NOT_KNOWN

    def remember(self, page: Hashable) -> None:
        """Notes what the page asked that has just been made. One that was made without the register asks what it asked before."""
        made_of = dependence()
        if made_of is not None:
            with self._lock:
                self._by_page[page] = made_of
