"""Every change, as it reaches the database: who, when, from, to, why. And the refusal of any that does not say.

The session listens to itself, so a service cannot forget: a change outside `acting` raises, and so does a deletion.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any

import structlog
from sqlalchemy import ColumnElement, Engine, event, func, inspect, or_, select
from sqlalchemy.orm import Session

from dashboard.register.errors import InvalidEntry, NothingIsDeleted, Unaudited
from dashboard.register.models import AuditEntry, Base
from dashboard.register.permissions import Actor, Role
from dashboard.register.record_parts import Record

log = structlog.get_logger()

_KEY = "register_act"
_COUNT = "register_entries"
# The number of the lock PostgreSQL's writers take in turn; any, as long as nothing else in that database uses it.
_ONE_WRITER = 7_309_226
MOST_CHARACTERS = 20_000
"""Of one text: about eight printed pages, so that one entry cannot drown a page."""
# Control characters; halves of a character, which cannot be written as UTF-8; and the marks that turn the direction of what
# follows them, by which one name could be made to look like another. Letters written from right to left need none of them.
_UNSTORABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")


class RegisterSession(Session):
    """A session that refuses what is not audited.

    Rows keep their values after a commit: a value that had to be read again would enter the audit as if it had been
    empty before.
    """

    def __init__(self, bind: Engine) -> None:
        super().__init__(bind, expire_on_commit=False)


@dataclass(frozen=True)
class Act:
    """What is being done, by whom, when and why."""

    actor: Actor
    name: str
    now: datetime
    why: str


class AuditRecord(Record):
    """One line of the audit. `changes` maps a field to what it was and what it became."""

    id: int
    at: datetime
    actor_name: str
    actor_role: str | None
    act: str
    entity_kind: str
    entity_id: str
    changes: Mapping[str, tuple[Any, Any]]
    why: str


def take_turn(session: Session) -> None:
    """Wait until no other writer is under way, and keep others waiting until this one is done.

    SQLite does so by itself. Of PostgreSQL it is asked, so that the audit's numbers become visible in their order and its newest
    one names the state of the register. Taking a turn twice is taking it once.
    """
    connection = session.connection()
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(_ONE_WRITER)))


@contextmanager
def acting(session: Session, actor: Actor, name: str, now: datetime, why: str) -> Iterator[None]:
    """Changes made inside are written, and audited as this act."""
    if _KEY in session.info:
        raise Unaudited(f"{name} began inside another act")
    session.info[_KEY], session.info[_COUNT] = Act(actor, name, now, why), 0
    try:
        yield
        session.flush()
        if session.info[_COUNT]:
            log.info("register_acted", act=name, by=actor.account_id or actor.name, entries=session.info[_COUNT])
    finally:
        del session.info[_KEY], session.info[_COUNT]


def entries(
    session: Session,
    viewer: Actor,
    *,
    since: datetime | None = None,
    entity_kind: str | None = None,
    entity_id: str | None = None,
) -> tuple[AuditRecord, ...]:
    """The audit this viewer may see, oldest first. Drafts show to their author, accounts to administrators."""
    query = select(AuditEntry).where(_visible(viewer)).order_by(AuditEntry.id)
    if since is not None:
        query = query.where(AuditEntry.at >= since)
    if entity_kind is not None:
        query = query.where(AuditEntry.entity_kind == entity_kind)
    if entity_id is not None:
        query = query.where(AuditEntry.entity_id == entity_id)
    return tuple(AuditRecord.model_validate(row) for row in session.scalars(query))


def public_so_far(session: Session) -> tuple[int | None, str]:
    """The number and the moment of the newest change that anyone may read: the public record is the same while these are."""
    query = select(AuditEntry.id, AuditEntry.at).where(AuditEntry.private_to_id.is_(None)).order_by(AuditEntry.id.desc()).limit(1)
    newest = session.execute(query).one_or_none()
    return (newest.id, newest.at.isoformat()) if newest else (None, "")


def _visible(viewer: Actor) -> ColumnElement[bool]:
    public = AuditEntry.private_to_id.is_(None)
    visible = or_(public, AuditEntry.private_to_id == viewer.account_id) if viewer.account_id else public
    if viewer.role is Role.ADMINISTRATOR:
        return visible
    return visible & (AuditEntry.entity_kind != "account")


@event.listens_for(RegisterSession, "before_flush")
def _audit(session: Session, _context: object, _instances: object) -> None:
    if session.deleted:
        raise NothingIsDeleted("The register keeps everything: end it, withdraw it or supersede it.")
    # A row is not changed by a comment or a signature beside it.
    changed = [row for row in session.dirty if session.is_modified(row, include_collections=False)]
    rows = [row for row in (*session.new, *changed) if isinstance(row, Base) and row.audited]
    if not rows:
        return
    act: Act | None = session.info.get(_KEY)
    if act is None:
        raise Unaudited(f"changes to {sorted({type(row).__name__ for row in rows})} outside any act")
    _require_storable(rows)
    for row in rows:
        _stamp(row, act, is_new=row in session.new)
        changes = _changes(row)
        if not changes:
            continue
        take_turn(session)
        session.info[_COUNT] += 1
        identity = inspect(row).mapper.primary_key_from_instance(row)[0]
        session.add(
            AuditEntry(
                at=act.now,
                actor_id=act.actor.account_id,
                actor_name=act.actor.name,
                actor_role=act.actor.role.value if act.actor.role else None,
                act=act.name,
                entity_kind=row.__tablename__,
                entity_id=str(identity),
                changes=changes,
                why=act.why,
                private_to_id=row.private_to,
            )
        )
        log.debug("register_changed", act=act.name, kind=row.__tablename__, id=str(identity), fields=sorted(changes))


def _require_storable(rows: list[Base]) -> None:
    # SQLite would take any length and any character, PostgreSQL would not: both refuse alike, beside the field.
    faults: dict[str, str] = {}
    for row in rows:
        for name, column in inspect(row).mapper.columns.items():
            if name in row.unaudited:
                continue
            most = getattr(column.type, "length", None) or MOST_CHARACTERS
            for place, text in _texts(name, getattr(row, name)):
                if len(text) > most:
                    faults[place] = f"Use at most {most:,} characters."
                elif _UNSTORABLE.search(text):
                    faults[place] = "It holds a character that cannot be kept."
    if faults:
        raise InvalidEntry(faults)


def _texts(place: str, value: object) -> Iterator[tuple[str, str]]:
    """Every text in a column's value, with where it stands: "success.improving" in a record of several."""
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, Record):
        yield from _texts(place, dict(value))
    elif isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _texts(f"{place}.{name}", inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _texts(place, inner)


def _stamp(row: Base, act: Act, *, is_new: bool) -> None:
    columns = inspect(row).mapper.columns
    if is_new and "id" in columns and getattr(row, "id", None) is None:
        # The default would be filled in only as the row is written, too late for the audit to name it.
        default = columns["id"].default
        if default is not None and default.is_callable:
            row.id = default.arg(None)  # type: ignore[attr-defined]
    if "updated_at" in columns:
        row.updated_at = act.now  # type: ignore[attr-defined]
        if is_new and row.created_at is None:  # type: ignore[attr-defined]
            row.created_at = act.now  # type: ignore[attr-defined]


def _changes(row: Base) -> dict[str, list[Any]]:
    state = inspect(row)
    changes: dict[str, list[Any]] = {}
    for name in state.mapper.columns.keys():  # noqa: SIM118 - a column collection iterates columns, not names
        if name in row.unaudited or name == "id" or name == "created_at":
            continue
        history = state.attrs[name].history
        if not history.has_changes():
            continue
        before = history.deleted[0] if history.deleted else None
        after = history.added[0] if history.added else None
        if before == after:
            continue
        changes[name] = ["kept secret", "changed"] if name in row.secret else [_plain(before), _plain(after)]
    return changes


def _plain(value: object) -> object:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Record):
        return value.model_dump(mode="json")
    return [_plain(inner) for inner in value] if isinstance(value, tuple) else value
