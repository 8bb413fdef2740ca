"""The live release, opened once; its answers, kept for as long as it is the live one.

A release never changes and a new one has a new name, so nothing kept is ever out of date. What is kept goes with its release.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from sqlalchemy import Row, Select

from dashboard.figures.release_folder import ReleaseFolder, Served, Trouble
from dashboard.settings import Settings
from etl.core.errors import ReleaseUnusable, WarehouseMissing

P = ParamSpec("P")
T = TypeVar("T")

MOST_KEPT = 20_000
FEW_KEPT = 32
"""Of long answers, such as one series of many months; the pages made from them are kept themselves."""
FEWEST_KEPT = 3
"""Of answers that are many series at once: each weighs up to eight megabytes."""

_pinned: ContextVar[Served | None] = ContextVar("held", default=None)
_folders: dict[Path, ReleaseFolder] = {}


@cache
def _settings() -> Settings:
    return Settings()


def warehouse_dir() -> Path:
    """Where the releases are."""
    return _settings().warehouse_dir


def releases() -> ReleaseFolder:
    """The folder of the releases, watched."""
    folder = warehouse_dir()
    return _folders.get(folder) or _folders.setdefault(folder, ReleaseFolder(folder))


def _live() -> Served:
    return _pinned.get() or releases().now()


def close_live_release() -> None:
    """Closes it where it is open; the next question opens it again. For a process about to part into several."""
    releases().close()


def trouble() -> Trouble | None:
    """What is wrong with the release that should be live, inside an answer that is made from one; None where all is well."""
    served = _pinned.get()
    return served.trouble if served else None


@contextmanager
def one_release() -> Iterator[None]:
    """Everything asked inside is asked of one release, though another goes live meanwhile: no page is made of two.

    Raises:
        WarehouseMissing: none has been built.
        ReleaseUnusable: none that is there can be served.
    """
    with answering_from(_live()):
        yield


@contextmanager
def one_release_if_any() -> Iterator[None]:
    """The same, and nothing where there is none: whoever asks for figures is told so then."""
    try:
        served = _live()
    except (WarehouseMissing, ReleaseUnusable):
        yield
        return
    with answering_from(served):
        yield


@contextmanager
def release_named(name: str) -> Iterator[None]:
    """Everything asked inside is asked of the release of that name, live or older.

    Raises:
        NoSuchRelease: there is none that is as it was published.
    """
    live = _live()
    served = live if live.release.name == name else Served(releases().named(name), None)
    with answering_from(served):
        yield


@contextmanager
def answering_from(served: Served) -> Iterator[None]:
    """Everything asked inside is asked of this release, which need not be the live one yet."""
    token = _pinned.set(served)
    try:
        yield
    finally:
        _pinned.reset(token)


def per_release(answer: Callable[P, T]) -> Callable[P, T]:
    """The function with its answers cached for as long as the release it read is the live one."""
    return cached_with_release(answer, MOST_KEPT)


def newest_per_release(answer: Callable[P, T]) -> Callable[P, T]:
    """The same for a function with long answers: only the most recently used are cached."""
    return cached_with_release(answer, FEW_KEPT)


def last_per_release(answer: Callable[P, T]) -> Callable[P, T]:
    """The same for a function whose answers are many series at once: only those of the page being made."""
    return cached_with_release(answer, FEWEST_KEPT)


def forget_series_once_idle(worked_out_before: int) -> int:
    """Forgets the answers that are many series at once where none was worked out since; returns how many ever were.

    They are for the page being made, and take as much memory as all other answers together.

    Args:
        worked_out_before: what this returned the last time.
    """
    longest = _live().release.longest(FEWEST_KEPT)
    worked_out = sum(int(answers.cache_info().misses) for answers in longest)
    if worked_out and worked_out == worked_out_before:
        for answers in longest:
            answers.cache_clear()
        return 0
    return worked_out


def cached_with_release(answer: Callable[P, T], maxsize: int) -> Callable[P, T]:
    """The function with at most so many answers cached, which go when the release they were made from does."""

    def answer_to(arguments: tuple[Any, ...], options: tuple[tuple[str, Any], ...]) -> T:
        return answer(*arguments, **dict(options))

    @wraps(answer)
    def answer_of_live_release(*arguments: P.args, **options: P.kwargs) -> T:
        kept: Callable[..., T] = _live().release.kept(answer_to, maxsize)
        return kept(arguments, tuple(sorted(options.items())))

    return answer_of_live_release


def rows(statement: Select[*tuple[Any, ...]]) -> Sequence[Row[*tuple[Any, ...]]]:
    """The rows of the live release that a statement selects."""
    return _live().release.rows(statement)
