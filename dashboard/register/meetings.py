"""Meetings and the editions frozen for them."""

import hashlib
import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from dashboard.register import permissions
from dashboard.register.audit import acting
from dashboard.register.errors import ArchiveRejected, InvalidEntry, NotFound
from dashboard.register.models import FrozenEdition, Meeting
from dashboard.register.permissions import Actor
from dashboard.register.records import FrozenEditionRecord, MeetingRecord
from etl.core.areas import LONDON


def meetings(session: Session) -> tuple[MeetingRecord, ...]:
    """Every meeting, newest first."""
    rows = session.scalars(select(Meeting).order_by(Meeting.held_on.desc(), Meeting.id))
    return tuple(MeetingRecord.model_validate(row) for row in rows)


def arrange(session: Session, actor: Actor, *, title: str, committee: str, held_on: date, now: datetime) -> MeetingRecord:
    """A new meeting.

    Raises:
        NotAllowed, InvalidEntry.
    """
    permissions.require(actor, "arrange meetings", LONDON)
    faults = {}
    if not title.strip():
        faults["title"] = "Give the meeting a name."
    if not committee.strip():
        faults["committee"] = "Say who meets."
    if faults:
        raise InvalidEntry(faults)
    row = Meeting(title=title.strip(), committee=committee.strip(), held_on=held_on, is_example=False, sources=())
    with acting(session, actor, "arrange a meeting", now, ""):
        session.add(row)
    return MeetingRecord.model_validate(row)


def freeze(
    session: Session, actor: Actor, meeting_id: str, *, release_id: str, document: Mapping[str, Any], now: datetime
) -> FrozenEditionRecord:
    """What a meeting is shown, kept whole. A meeting may be frozen again; each edition stays.

    Raises:
        NotAllowed.
        NotFound: no such meeting.
    """
    permissions.require(actor, "freeze an edition", LONDON)
    if session.get(Meeting, meeting_id) is None:
        raise NotFound("There is no such meeting.")
    text = json.dumps(document, ensure_ascii=False, sort_keys=True, allow_nan=False)
    row = FrozenEdition(
        meeting_id=meeting_id,
        release_id=release_id,
        frozen_at=now,
        frozen_by=actor.name,
        document=text,
        sha256=_sha256(text),
    )
    with acting(session, actor, "freeze an edition", now, ""):
        session.add(row)
    return FrozenEditionRecord.model_validate(row)


def frozen_editions(session: Session, meeting_id: str) -> tuple[FrozenEditionRecord, ...]:
    """A meeting's frozen editions, newest first.

    Raises:
        ArchiveRejected: one no longer matches its hash.
    """
    query = select(FrozenEdition).where(FrozenEdition.meeting_id == meeting_id)
    rows = session.scalars(query.order_by(FrozenEdition.frozen_at.desc(), FrozenEdition.id)).all()
    for row in rows:
        if _sha256(row.document) != row.sha256:
            raise ArchiveRejected(f"The edition frozen at {row.frozen_at:%-d %B %Y %H:%M} no longer matches its hash.")
    return tuple(FrozenEditionRecord.model_validate(row) for row in rows)


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
