"""What the register answers to the questions of pages: kept until the register changes, and noted beside the page that asked.

A page is made with the register or without it, never half: its state is read once, and where it is lost on the way the page is
made again without. What a page asked, and a digest of each answer, tell later whether the page is still right.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache, lru_cache, wraps
from threading import Lock
from types import MappingProxyType
from typing import Any, ParamSpec, TypeVar

from pydantic import ValidationError
from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from dashboard.register.errors import NotReady, RegisterUnavailable
from dashboard.register.models import AuditEntry, Base
from dashboard.register.record_parts import Record
from dashboard.register.store import register_url, site_register
from dashboard.register.time_limits import SERVING, at_most

P = ParamSpec("P")
T = TypeVar("T")
MOST_KEPT = 2_000
# What a row that cannot be understood raises: one that was damaged, or written by something else.
_NOT_UNDERSTOOD = (ValidationError, ValueError, TypeError, LookupError)
Change = tuple[int, datetime, str, str | None]
"""One line of the audit: its number, its moment, the kind of row, and the account that alone may see it."""
Asked = tuple[str, tuple[Any, ...], tuple[tuple[str, Any], ...]]
"""A question: its name, and what it was asked about."""


@dataclass(frozen=True)
class State:
    """The register as far as pages read it: the newest change of each kind of row. `since` counts how often it was replaced."""

    url: str
    since: int
    newest: Mapping[str, int]
    before: int

    def of(self, kinds: tuple[str, ...]) -> tuple[Any, ...]:
        """The same for as long as no row of these kinds changes; of no kinds: no row at all."""
        if not kinds:
            return (self.url, self.since, max(self.newest.values(), default=self.before))
        return (self.url, self.since, *(self.newest.get(kind, self.before) for kind in kinds))


@dataclass
class Reading:
    """What one page asks of the register. `digests` is what it was answered; `is_lost`: it asked, and there was no answer."""

    state: State | None = None
    is_known: bool = False
    is_lost: bool = False
    digests: dict[Asked, bytes] = field(default_factory=dict)


@dataclass(frozen=True)
class _Answer:
    records: Any
    digest: bytes


NOT_READ = "cannot be read"
_reading: ContextVar[Reading | None] = ContextVar("reading", default=None)
_questions: dict[str, Callable[[State, tuple[Any, ...], tuple[tuple[str, Any], ...]], _Answer]] = {}


class _Watched:
    """The newest changes of one register, brought up to date with one small query."""

    def __init__(self, url: str) -> None:
        self._lock = Lock()
        self._last: Change | None = None
        self._state = State(url, 0, MappingProxyType({}), 0)

    def state(self) -> State:
        """The state the register is in now.

        Raises:
            RegisterUnavailable: it cannot be read.
        """
        while True:
            last = self._last
            with site_register(self._state.url).reading() as session:
                changes = _changes_since(session, last)
            with self._lock:
                # Where another thread was quicker its look may be older than ours: look again.
                if self._last is last:
                    self._state = _after(self._state, last, changes)
                    self._last = changes[-1] if changes else None
                    return self._state


def _changes_since(session: Session, last: Change | None) -> list[Change]:
    """The last change seen and those after it; the newest alone where that one is not there, or none was seen."""
    if last is not None:
        rows = session.execute(_CHANGE.where(AuditEntry.id >= last[0]).order_by(AuditEntry.id))
        changes = [_change(row) for row in rows]
        if changes and changes[0] == last:
            return changes
    newest = session.execute(_CHANGE.order_by(AuditEntry.id.desc()).limit(1)).first()
    return [_change(newest)] if newest else []


def _change(row: Row[int, datetime, str, str | None]) -> Change:
    number, at, kind, private_to = row
    return number, at, kind, private_to


def _after(before: State, last: Change | None, changes: list[Change]) -> State:
    if last is None or not changes or changes[0] != last:
        # The first look; or what was last seen is not there any more: it is another register, or an older copy of this one.
        return State(before.url, before.since + 1, MappingProxyType({}), changes[-1][0] if changes else 0)
    # What only its author sees changes no page.
    newer = {kind: number for number, _, kind, private_to in changes[1:] if private_to is None}
    return State(before.url, before.since, MappingProxyType({**before.newest, **newer}), before.before) if newer else before


_CHANGE = select(AuditEntry.id, AuditEntry.at, AuditEntry.entity_kind, AuditEntry.private_to_id)


@cache
def _watched(url: str) -> _Watched:
    return _Watched(url)


@contextmanager
def one_reading(*, is_without: bool = False) -> Iterator[Reading]:
    """Everything asked inside is asked of one state of the register, and noted. `is_without`: as if it could not be read."""
    reading = Reading(is_known=is_without, is_lost=is_without)
    token = _reading.set(reading)
    try:
        with at_most(SERVING.reading):
            yield reading
    finally:
        _reading.reset(token)


def state() -> State | None:
    """The state of the register, read once for each page; None where it cannot be read."""
    reading = _reading.get()
    if reading is None:
        return _state_now()
    if not reading.is_known:
        reading.state, reading.is_known = _state_now(), True
        reading.is_lost = reading.state is None
    return reading.state


def require_state() -> State:
    """The state of the register.

    Raises:
        RegisterUnavailable: it cannot be read.
    """
    return state() or _watched(register_url()).state()


def is_lost() -> bool:
    """Whether the page being made asked something of the register and there was no answer."""
    reading = _reading.get()
    return reading is not None and reading.is_lost


def _state_now() -> State | None:
    try:
        return _watched(register_url()).state()
    except (RegisterUnavailable, NotReady):
        return None


@dataclass(frozen=True)
class Dependence:
    """What a page asked of the register when it was last made. `is_any` without questions: only whether it can be read."""

    is_any: bool
    questions: tuple[Asked, ...]


def dependence() -> Dependence | None:
    """What the page just made asked; None where the register was lost, and what it would have asked is not known."""
    reading = _reading.get()
    if reading is None or reading.is_lost:
        return None
    return Dependence(reading.is_known, tuple(sorted(reading.digests, key=repr)))


def version_of(page: Dependence) -> str:
    """What the register answers now to all that a page asks, in a few letters; the same for as long as no answer changes.

    A page that asks nothing does not make anyone wait for the register.

    Raises:
        RegisterUnavailable: it was lost while asking.
    """
    if not page.is_any:
        return ""
    now = state()
    if now is None:
        return NOT_READ
    return " ".join(_questions[name](now, arguments, options).digest.hex() for name, arguments, options in page.questions)


def answered_from(*kinds: type[Base]) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """A question whose answer depends on rows of these kinds alone, of all without any: kept until one changes, and noted."""
    names = tuple(kind.__tablename__ for kind in kinds)

    def decorate(answer: Callable[P, T]) -> Callable[P, T]:
        @lru_cache(maxsize=MOST_KEPT)
        def kept(_of: tuple[Any, ...], arguments: tuple[Any, ...], options: tuple[tuple[str, Any], ...]) -> _Answer:
            try:
                records = answer(*arguments, **dict(options))
            except _NOT_UNDERSTOOD as error:
                raise site_register(register_url()).reads.failed(error, 0) from error
            return _Answer(records, _digest(records))

        def answer_in(now: State, arguments: tuple[Any, ...], options: tuple[tuple[str, Any], ...]) -> _Answer:
            return kept(now.of(names), arguments, options)

        name = answer.__name__
        _questions[name] = answer_in

        @wraps(answer)
        def answer_of_current_state(*arguments: P.args, **options: P.kwargs) -> T:
            now, named = state(), tuple(sorted(options.items()))
            if now is None:
                return ()  # type: ignore[return-value]
            given = answer_in(now, arguments, named)
            reading = _reading.get()
            if reading is not None:
                reading.digests[name, arguments, named] = given.digest
            records: T = given.records
            return records

        return answer_of_current_state

    return decorate


def _digest(records: object) -> bytes:
    digest = hashlib.blake2b(digest_size=16)
    for record in records if isinstance(records, tuple) else (records,):
        words = record.model_dump_json() if isinstance(record, Record) else repr(record)
        digest.update(words.encode())
        digest.update(b"\x00")
    return digest.digest()
