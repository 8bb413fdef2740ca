"""Answers kept once made, under the tag that names all they were made from; bounded in bytes, least recently used first out."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace
from hashlib import sha256
from threading import Lock
from zlib import compress, decompress

from cachetools import LRUCache

from dashboard.site.program import program_stamp
from dashboard.site.workshop import Workshop
from dashboard.ui.page import Download

MOST_BYTES = 32 * 1024 * 1024
"""As packed text: every borough, command and measure with room to spare."""
MOST_HEADS = 2_000
"""Of pages without their text, half a kilobyte each: enough to answer who asks only whether a page is there."""
QUICKLY = 1
"""zlib's quickest: a page is packed once, and unpacked in a millisecond or two each time it is asked for."""


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
    tag: str = ""
    """The same for as long as the page is; empty for a page that is not kept, or is sent with more than was kept."""
    about_at: int = 0
    """Where in the body it is said what is wrong with the release it was made from."""
    notices_at: int = 0
    """Where in the body something may be said that belongs to one request alone; after that."""


@dataclass(frozen=True)
class Head:
    """An answer whose text the reader has already, or did not ask for."""

    answer: Answer | Download
    """Without its body or its contents."""


class KeptAnswers:
    """Answers by tag. What is not kept is made in the workshop, once however many ask."""

    def __init__(self, workshop: Workshop, most_bytes: int = MOST_BYTES) -> None:
        self._workshop = workshop
        self._packed: LRUCache[str, tuple[Head, bytes]] = LRUCache(most_bytes, getsizeof=lambda kept: len(kept[1]))
        self._heads: LRUCache[str, Head] = LRUCache(MOST_HEADS)
        self._lock = Lock()
        self.times_made = 0

    @property
    def bytes_kept(self) -> int:
        """How many bytes the answers kept now take."""
        return int(self._packed.currsize)

    def forget(self, *, heads: bool = True) -> None:
        """Lets everything go; `heads`: what is known of pages without their text, too."""
        with self._lock:
            self._packed.clear()
            if heads:
                self._heads.clear()

    def page(self, tag: str, make: Callable[[], Answer], named: Callable[[], str] | None = None) -> Answer:
        """The page of that tag. `named`: its tag once it has been made, where what it is made from was not all known before.

        Raises:
            TooBusy: it is not kept, and too many others are being made.
        """
        head, packed = self._kept(tag, lambda: _packed_page(make()), named or (lambda: tag))
        if not isinstance(head.answer, Answer):
            raise TypeError(f"{tag} is the tag of a file")
        return replace(head.answer, body=decompress(packed).decode())

    def file(self, tag: str, make: Callable[[], Download], named: Callable[[], str] | None = None) -> Download:
        """The file of that tag; the same of `named`.

        Raises:
            TooBusy: it is not kept, and too many others are being made.
        """
        head, contents = self._kept(tag, lambda: _packed_file(make()), named or (lambda: tag))
        if not isinstance(head.answer, Download):
            raise TypeError(f"{tag} is the tag of a page")
        return replace(head.answer, content=contents)

    def head(self, tag: str) -> Head | None:
        """The answer of that tag without its text; None where this process has not made it yet."""
        with self._lock:
            head: Head | None = self._heads.get(tag)
        return head

    def _kept(self, tag: str, make: Callable[[], tuple[Head, bytes]], named: Callable[[], str]) -> tuple[Head, bytes]:
        return self._lookup(tag) or self._workshop.once(tag, lambda: self._lookup(tag) or self._keep(make(), named))

    def _lookup(self, tag: str) -> tuple[Head, bytes] | None:
        with self._lock:
            kept: tuple[Head, bytes] | None = self._packed.get(tag)
        return kept

    def _keep(self, untagged: tuple[Head, bytes], named: Callable[[], str]) -> tuple[Head, bytes]:
        tag = named()
        made = Head(replace(untagged[0].answer, tag=tag)), untagged[1]
        with self._lock:
            self.times_made += 1
            self._heads[tag] = made[0]
            if len(made[1]) <= self._packed.maxsize:
                self._packed[tag] = made
        return made


def tag_of(*parts: Hashable) -> str:
    """The name of whatever is made from these parts by this program; the parts are told by what they print."""
    return sha256(repr((program_stamp(), *parts)).encode("utf-8", "backslashreplace")).hexdigest()[:32]


def _packed_page(answer: Answer) -> tuple[Head, bytes]:
    return Head(replace(answer, body="")), compress(answer.body.encode(), QUICKLY)


def _packed_file(download: Download) -> tuple[Head, bytes]:
    return Head(replace(download, content=b"")), download.content
