"""The live release, opened once; its answers, kept for as long as it is the live one.

A release never changes and a new one has a new name, so nothing kept is ever out of date.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, lru_cache, wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from sqlalchemy import Engine, Row, Select

from dashboard.settings import Settings
from etl import warehouse

P = ParamSpec("P")
T = TypeVar("T")

MOST_KEPT = 20_000
FEW_KEPT = 32
"""Of long answers, such as one series of many months; the pages made from them are kept themselves."""
FEWEST_KEPT = 3
"""Of answers that are many series at once: each weighs up to eight megabytes."""

_pinned: ContextVar[Path | None] = ContextVar("held", default=None)


@cache
def _settings() -> Settings:
    return Settings()


def warehouse_dir() -> Path:
    """Where the releases are."""
    return _settings().warehouse_dir


@lru_cache(maxsize=4)
def _engine(release: Path) -> Engine:
    return warehouse.open_release(release)


def _live() -> Path:
    return _pinned.get() or warehouse.current_release(warehouse_dir())


def close_live_release() -> None:
    """Closes it where it is open; the next question opens it again. For a process about to part into several."""
    _engine(_live()).dispose()


@contextmanager
def one_release() -> Iterator[None]:
    """Everything asked inside is asked of one release, though another goes live meanwhile: no page is made of two.

    Raises:
        WarehouseMissing: none has been built.
    """
    token = _pinned.set(_live())
    try:
        yield
    finally:
        _pinned.reset(token)


def per_release(answer: Callable[P, T]) -> Callable[P, T]:
    """The function with its answers cached for as long as the release it read is the live one."""
    return _cached(answer, MOST_KEPT)


def newest_per_release(answer: Callable[P, T]) -> Callable[P, T]:
    """The same for a function with long answers: only the most recently used are cached."""
    return _cached(answer, FEW_KEPT)


def last_per_release(answer: Callable[P, T]) -> Callable[P, T]:
    """The same for a function whose answers are many series at once: only those of the page being made."""
    return _cached(answer, FEWEST_KEPT)


def _cached(answer: Callable[P, T], maxsize: int) -> Callable[P, T]:
    @lru_cache(maxsize=maxsize)
    def answer_of_release(_release: Path, arguments: tuple[Any, ...], options: tuple[tuple[str, Any], ...]) -> T:
        return answer(*arguments, **dict(options))

    @wraps(answer)
    def answer_of_live_release(*arguments: P.args, **options: P.kwargs) -> T:
        return answer_of_release(_live(), arguments, tuple(sorted(options.items())))

    return answer_of_live_release


def rows(statement: Select[*tuple[Any, ...]]) -> Sequence[Row[*tuple[Any, ...]]]:
    """The rows of the live release that a statement selects."""
    with _engine(_live()).connect() as connection:
        return connection.execute(statement).all()
