"""Writing a priority: draft, edit, propose, withdraw, comment, and recording what the public record holds.

Every function takes the session, the actor and the moment; each checks the table in `permissions` itself.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from dashboard.register import permissions
from dashboard.register.audit import acting
from dashboard.register.entries import BoroughEntry, LondonEntry
from dashboard.register.errors import Conflict, InvalidEntry
from dashboard.register.models import BoroughPriority, Comment, Origin, PanLondonPriority, Plan, Priority, Sort
from dashboard.register.permissions import Actor, Kind, Move, State
from dashboard.register.priority_checks import draft_faults, proposal_faults
from dashboard.register.reading import visible_row
from dashboard.register.record_parts import Source, is_web_address
from dashboard.register.records import AnyPriorityRecord, BoroughPriorityRecord, priority_record
from dashboard.register.repeated_forms import kept_already
from dashboard.register.years import ends_on, london_date, starts_on
from etl.core.areas import LONDON

# What a commenter speaks as.
CAPACITIES = ("resident", "residents' group", "business", "council", "police", "MOPAC", "committee", "other")


def draft(session: Session, actor: Actor, entry: LondonEntry | BoroughEntry, *, now: datetime) -> AnyPriorityRecord:
    """A new draft, which only its author sees; what the same person wrote a moment ago, if they send it twice.

    Raises:
        NotAllowed: not this person, or not for this borough.
        InvalidEntry: a field cannot be kept even in a draft.
    """
    kind, area_code = _kind_and_area(entry)
    permissions.require_move(actor, kind, None, "draft", area_code, is_author=True)
    _refuse(draft_faults(entry, session.get(Plan, entry.plan_id)))
    row: Priority = BoroughPriority() if kind is Kind.BOROUGH else PanLondonPriority()
    _write(row, entry)
    row.kind, row.area_code = kind, area_code
    row.state, row.origin = State.DRAFT, Origin.REGISTER
    row.is_example, row.sources = False, ()
    row.is_mandatory = entry.is_mandatory if isinstance(entry, BoroughEntry) else True
    row.author_id, row.author_name = actor.account_id, actor.name
    sent_before = kept_already(session, row, "created_at", now)
    if sent_before is not None:
        return priority_record(sent_before)
    with acting(session, actor, "draft", now, ""):
        session.add(row)
    return priority_record(row)


def edit(
    session: Session,
    actor: Actor,
    priority_id: str,
    entry: LondonEntry | BoroughEntry,
    *,
    seen_version: int,
    why: str,
    now: datetime,
) -> AnyPriorityRecord:
    """A draft or a proposal, rewritten. A proposal's notice starts again and its signatures are superseded.

    Raises:
        NotFound, NotAllowed, InvalidEntry.
        Conflict: someone changed it first; carries their version and this entry.
    """
    offered = entry.model_dump()
    with taking(session, actor, priority_id, "edit", seen_version=seen_version, offered=offered, why=why, now=now) as (
        row,
        _,
    ):
        if _kind_and_area(entry) != (row.kind, row.area_code):
            raise InvalidEntry({"area_code": "A priority stays in its own area: withdraw it and draft another."})
        plan = session.get(Plan, entry.plan_id)
        if row.state is State.PROPOSED and plan is not None:
            _refuse(proposal_faults(entry, plan, london_date(now)) | _clashes(session, entry, row.id, plan))
            row.proposed_at = now
            for signature in row.signatures:
                signature.superseded_at = signature.superseded_at or now
        else:
            _refuse(draft_faults(entry, plan))
        _write(row, entry)
    return priority_record(row)


def propose(session: Session, actor: Actor, priority_id: str, *, seen_version: int, now: datetime) -> AnyPriorityRecord:
    """The draft made public; its notice period begins.

    Raises:
        NotFound, NotAllowed, Conflict.
        InvalidEntry: every field that is still missing or wrong.
    """
    with taking(session, actor, priority_id, "propose", seen_version=seen_version, offered={}, why="", now=now) as (
        row,
        move,
    ):
        plan = session.get_one(Plan, row.plan_id)
        entry = entry_of(row)
        _refuse(proposal_faults(entry, plan, london_date(now)) | _clashes(session, entry, row.id, plan))
        row.state = move.end
        row.proposed_at = row.published_at = now
    return priority_record(row)


def withdraw(
    session: Session, actor: Actor, priority_id: str, *, seen_version: int, why: str, now: datetime
) -> AnyPriorityRecord:
    """The priority, withdrawn. It stays in the register; a withdrawn draft stays its author's alone.

    Raises:
        NotFound, NotAllowed, Conflict.
        InvalidEntry: no reason given.
    """
    _refuse({} if why.strip() else {"why": "Say why it is withdrawn."})
    with taking(session, actor, priority_id, "withdraw", seen_version=seen_version, offered={}, why=why, now=now) as (
        row,
        move,
    ):
        row.state, row.withdrawn_at = move.end, now
    return priority_record(row)


def record_past(
    session: Session,
    actor: Actor,
    entry: BoroughEntry,
    *,
    sources: tuple[Source, ...],
    now: datetime,
) -> BoroughPriorityRecord:
    """A past year's priority found on the public record, entered as ended. What is not recorded stays None.

    Raises:
        NotAllowed.
        InvalidEntry: no source, the year is not over, or it is on record already or one more than the plan's rules allow.
    """
    permissions.require_move(actor, Kind.BOROUGH, None, "record", entry.area_code, is_author=True)
    plan = session.get(Plan, entry.plan_id)
    faults = draft_faults(entry, plan)
    if plan is not None:
        faults |= _clashes(session, entry, "", plan)
    if not sources:
        faults["sources"] = "Say where it is on the public record."
    if any(source.url is not None and not is_web_address(source.url) for source in sources):
        faults["sources"] = "Write a source's address in full, beginning with https://."
    if "financial_year" not in faults and ends_on(entry.financial_year) >= london_date(now):
        faults["financial_year"] = "Only a year that is over is recorded this way: draft and propose it instead."
    _refuse(faults)
    row = past_row(entry, sources=sources, author_id=actor.account_id, author_name=actor.name, now=now)
    with acting(session, actor, "record", now, ""):
        session.add(row)
    return BoroughPriorityRecord.model_validate(row)


def past_row(
    entry: BoroughEntry, *, sources: tuple[Source, ...], author_id: str | None, author_name: str, now: datetime
) -> BoroughPriority:
    """The row of a past priority, for `record_past` and for the facts a register starts with."""
    row = BoroughPriority()
    _write(row, entry)
    row.kind, row.area_code, row.is_mandatory = Kind.BOROUGH, entry.area_code, entry.is_mandatory
    row.state, row.origin, row.is_example = State.ENDED, Origin.PUBLIC_RECORD, False
    row.sources = sources
    row.author_id, row.author_name = author_id, author_name
    row.published_at = now
    row.in_force_from = entry.in_force_from or starts_on(entry.financial_year)
    row.ended_on = ends_on(entry.financial_year)
    return row


def comment(
    session: Session, actor: Actor, priority_id: str, *, said_by: str, capacity: str, text: str, now: datetime
) -> AnyPriorityRecord:
    """The priority with one more comment beside it, recorded by this account for whoever said it.

    Raises:
        NotFound, NotAllowed.
        InvalidEntry: nobody named, nothing said, or the priority is not public.
    """
    row = visible_row(session, actor, priority_id)
    permissions.require(actor, "comment", row.area_code)
    faults = {}
    if row.published_at is None:
        faults["priority"] = "A draft cannot be commented on: propose it first."
    if not said_by.strip():
        faults["said_by"] = "Say whose comment it is."
    if capacity not in CAPACITIES:
        faults["capacity"] = f"Choose one of: {', '.join(CAPACITIES)}."
    if not text.strip():
        faults["text"] = "Write the comment."
    _refuse(faults)
    new_comment = Comment(
        priority_id=row.id,
        said_by=said_by.strip(),
        capacity=capacity,
        text=text.strip(),
        said_at=now,
        recorded_by_id=actor.account_id,
        recorded_by=actor.name,
    )
    if kept_already(session, new_comment, "said_at", now) is None:
        with acting(session, actor, "comment", now, ""):
            row.comments.append(new_comment)
    return priority_record(row)


def entry_of(row: Priority | AnyPriorityRecord) -> LondonEntry | BoroughEntry:
    """A priority as it would be typed, to fill a form or to check it again."""
    kind = BoroughEntry if isinstance(row, BoroughPriority | BoroughPriorityRecord) else LondonEntry
    return kind.model_validate({name: getattr(row, name) for name in kind.model_fields})


@contextmanager
def taking(
    session: Session,
    actor: Actor,
    priority_id: str,
    move_name: str,
    *,
    seen_version: int,
    offered: Mapping[str, Any],
    why: str,
    now: datetime,
) -> Iterator[tuple[Priority, Move]]:
    """The row to change and the move that allows it; what is changed inside is written and audited.

    Raises:
        NotFound, NotAllowed.
        Conflict: the row is no longer at `seen_version`.
    """
    row = visible_row(session, actor, priority_id, lock=True)
    is_author = actor.account_id is not None and row.author_id == actor.account_id
    move = permissions.require_move(actor, row.kind, row.state, move_name, row.area_code, is_author=is_author)
    if row.version != seen_version:
        raise Conflict(priority_record(row), offered, seen_version)
    try:
        with acting(session, actor, move_name, now, why), session.no_autoflush:
            yield row, move
    except StaleDataError as error:
        session.rollback()
        raise Conflict(priority_record(visible_row(session, actor, priority_id)), offered, seen_version) from error


def _kind_and_area(entry: LondonEntry | BoroughEntry) -> tuple[Kind, str]:
    return (Kind.BOROUGH, entry.area_code) if isinstance(entry, BoroughEntry) else (Kind.PAN_LONDON, LONDON)


def _write(row: Priority, entry: LondonEntry | BoroughEntry) -> None:
    for name, value in dict(entry).items():
        setattr(row, name, value)


def _clashes(session: Session, entry: LondonEntry | BoroughEntry, own_id: str, plan: Plan) -> dict[str, str]:
    if isinstance(entry, LondonEntry):
        return {}
    others = session.scalars(
        select(BoroughPriority).where(
            BoroughPriority.area_code == entry.area_code,
            BoroughPriority.financial_year == entry.financial_year,
            BoroughPriority.published_at.is_not(None),
            BoroughPriority.state != State.WITHDRAWN,
            BoroughPriority.is_example.is_(False),
            BoroughPriority.id != own_id,
        )
    ).all()
    faults = {}
    if entry.measure_id is not None and any(other.measure_id == entry.measure_id for other in others):
        faults["measure_id"] = f"This borough already has this measure as a priority for {entry.financial_year}."
    most = plan.rules.get("volume_choices")
    chosen = [other for other in others if other.sort is Sort.VOLUME and not other.is_mandatory]
    if most is not None and entry.sort is Sort.VOLUME and not entry.is_mandatory and len(chosen) >= most:
        faults["sort"] = f"Under {plan.short_title} a borough chooses {most} volume priorities a year."
    return faults


def _refuse(faults: Mapping[str, str]) -> None:
    if faults:
        raise InvalidEntry(faults)
