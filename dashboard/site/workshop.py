"""Where pages and files are made: few at once, each by one maker, and whoever comes when it is full is told to come back.

A page takes up to some seconds of a processor to make, and a millisecond to hand out once it is. Without a bound a few readers of
long pages, or one who asks for every page there is, hold all threads of a process and nobody gets the pages that are ready.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from threading import BoundedSemaphore, Lock
from typing import Any, TypeVar

T = TypeVar("T")
PATIENCE_SECONDS = 60.0
"""No page takes as long, even on a machine that does much else; a reader whose page is not made by then is told to come back."""


class TooBusy(RuntimeError):
    """As many things are being made and waited for as may be. Nothing is wrong: ask again in a while."""


class Workshop:
    """Room for `places` makers, and `waiting` more who wait up to `patience` seconds for a place or for what is being made."""

    def __init__(self, places: int, waiting: int, patience: float) -> None:
        self._places = BoundedSemaphore(places)
        self._most = places + waiting
        self._patience = patience
        self._inside = 0
        self._making: dict[str, Future[Any]] = {}
        self._lock = Lock()

    @property
    def inside(self) -> int:
        """How many make something or wait now."""
        return self._inside

    @contextmanager
    def full(self) -> Iterator[None]:
        """Lets nobody else in meanwhile: for what must have the processors to itself."""
        with self._lock:
            before, self._most = self._most, 0
        try:
            yield
        finally:
            with self._lock:
                self._most = before

    @contextmanager
    def place(self) -> Iterator[None]:
        """A place to make something in.

        Raises:
            TooBusy: there is none, nor will there be soon.
        """
        with self._counted(), self._place():
            yield

    def once(self, name: str, make: Callable[[], T]) -> T:
        """What `make` gives; who asks for the same name meanwhile waits for it and makes nothing.

        Raises:
            TooBusy: there is no place, nor will there be soon.
            Exception: whatever `make` raised, for everyone who waited.
        """
        with self._counted():
            with self._lock:
                under_way: Future[T] | None = self._making.get(name)
                mine: Future[T] = self._making.setdefault(name, Future())
            if under_way is not None:
                return self._made_by_another(under_way)
            try:
                with self._place():
                    mine.set_result(make())
            except BaseException as error:
                mine.set_exception(error)
                raise
            finally:
                with self._lock:
                    del self._making[name]
            return mine.result()

    def _made_by_another(self, under_way: Future[T]) -> T:
        try:
            return under_way.result(self._patience)
        except TimeoutError:
            raise TooBusy from None

    @contextmanager
    def _counted(self) -> Iterator[None]:
        with self._lock:
            if self._inside >= self._most:
                raise TooBusy
            self._inside += 1
        try:
            yield
        finally:
            with self._lock:
                self._inside -= 1

    @contextmanager
    def _place(self) -> Iterator[None]:
        if not self._places.acquire(timeout=self._patience):
            raise TooBusy
        try:
            yield
        finally:
            self._places.release()


def workshop_of(threads: int) -> Workshop:
    """Room for a process with so many threads: an eighth of them make, most may wait, and a quarter hand out what is made."""
    places = max(threads // 8, 1)
    return Workshop(places, waiting=max(threads - threads // 4 - places, 0), patience=PATIENCE_SECONDS)
