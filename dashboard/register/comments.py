"""What anyone may say of a proposal without an account: sent in, read by somebody who answers for it, shown or set aside.

Nothing sent in is seen by anyone else before it has been read; what is set aside stays in the register with the reason.
"""

import hashlib
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from dashboard.register import permissions
from dashboard.register.audit import acting
from dashboard.register.errors import Conflict, InvalidEntry, NotAllowed, NotFound
from dashboard.register.follow_up import last_day_of_notice
from dashboard.register.models import Comment, Priority, SentComment
from dashboard.register.permissions import PUBLIC, Actor, State
from dashboard.register.reading import visible_row
from dashboard.register.record_parts import Record
from dashboard.register.records import PriorityRecord
from dashboard.register.repeated_forms import kept_already
from dashboard.register.years import london_date
from etl.core.areas import LONDON

# What someone without an account may speak as: the bodies that agree priorities speak through theirs.
OPEN_CAPACITIES = ("resident", "residents' group", "business", "other")
MOST_CHARACTERS = 4_000
MOST_OF_ONE_SENDER = 20
"""Waiting, of one network about one proposal: a library or a block of flats has room, and a flood fills no queue."""
CROWDED = 200
"""Waiting, of one proposal: from here on each network may add but `MOST_WHERE_CROWDED`, so that everybody else still can."""
MOST_WHERE_CROWDED = 2
MOST_WAITING = 5_000
"""Of one proposal: the register's size has an end. It takes two hundred and fifty networks that do nothing else to reach it."""
MOST_READ = 200
"""Listed at once for whoever reads them."""
DECIDE = "decide on comments"
OF_YOUR_NETWORK = "Several comments from your network wait to be read already: more can be taken once they have been."
CLOSED = "This is not open for comment: it is not proposed, or its notice has run."


class SentCommentRecord(Record):
    """What someone without an account sent in, for whoever may decide on it."""

    id: str
    version: int
    priority_id: str
    priority_title: str
    area_code: str
    said_by: str
    capacity: str
    text: str
    sent_at: datetime
    decided_at: datetime | None
    decided_by: str | None
    set_aside_because: str | None


def is_open(priority: Priority | PriorityRecord, now: datetime) -> bool:
    """Whether anyone may comment: from the proposal until its notice has run, whether or not it has been agreed meanwhile.

    Two bodies who agree on the first day do not cut short what residents were promised.
    """
    ends = last_day_of_notice(priority.proposed_at, priority.notice_days)
    return priority.state in (State.PROPOSED, State.AGREED) and ends is not None and london_date(now) <= ends


def send_in(
    session: Session, priority_id: str, *, said_by: str, capacity: str, text: str, sender: str = "", now: datetime
) -> None:
    """A comment from anyone at all, waiting to be read. `sender`: the network it comes from; kept as a digest, while it waits.

    Raises:
        NotFound: no such priority, or a draft.
        NotAllowed: it is not open for comment, or too many wait already.
        InvalidEntry: nobody named, nothing said, or too much.
    """
    row = visible_row(session, PUBLIC, priority_id)
    if row.is_example or not is_open(row, now):
        raise NotAllowed(CLOSED)
    faults = {}
    if not said_by.strip():
        faults["said_by"] = "Say how you wish to be named."
    if capacity not in OPEN_CAPACITIES:
        faults["capacity"] = "Choose one of these."
    if not text.strip():
        faults["text"] = "Write the comment."
    elif len(text) > MOST_CHARACTERS:
        faults["text"] = f"Use at most {MOST_CHARACTERS:,} characters."
    if faults:
        raise InvalidEntry(faults)
    sent_comment = SentComment(
        priority_id=row.id,
        said_by=said_by.strip(),
        capacity=capacity,
        text=text.replace("\r\n", "\n").strip(),
        sent_at=now,
        sender=_sender(row.id, sender),
    )
    if kept_already(session, sent_comment, "sent_at", now) is not None:
        return
    _require_room(session, sent_comment)
    with acting(session, PUBLIC, "send a comment in", now, ""):
        session.add(sent_comment)


def to_read(session: Session, actor: Actor) -> tuple[SentCommentRecord, ...]:
    """What waits for this person to read, at most `MOST_READ`; () where they decide on none.

    The first of every sender comes before the second of any, each in order of time: what one of them floods buries nobody else's.
    """
    if not permissions.may(actor, DECIDE, actor.area_code or LONDON):
        return ()
    waits = SentComment.decided_at.is_(None)
    place = func.row_number().over(
        partition_by=(SentComment.priority_id, func.coalesce(SentComment.sender, SentComment.id)),
        order_by=(SentComment.sent_at, SentComment.id),
    )
    query = select(SentComment).join(Priority).where(waits).order_by(place, SentComment.sent_at, SentComment.id)
    if not permissions.may(actor, DECIDE, LONDON):
        query = query.where(Priority.area_code == actor.area_code)
    rows = session.scalars(query.limit(MOST_READ))
    return tuple(SentCommentRecord.model_validate(row) for row in rows if _may_decide(actor, row.area_code))


def one(session: Session, actor: Actor, comment_id: str) -> SentCommentRecord:
    """One comment as it was sent in, for whoever may decide on it.

    Raises:
        NotFound: there is none for this person.
    """
    row = session.get(SentComment, comment_id)
    if row is None or not _may_decide(actor, row.area_code):
        raise NotFound("There is no such comment.")
    return SentCommentRecord.model_validate(row)


def set_aside(session: Session, priority_id: str) -> tuple[str, ...]:
    """Why comments on a priority were set aside, one reason each, in order of time: for anyone to read, without their words."""
    query = select(SentComment.set_aside_because).where(
        SentComment.priority_id == priority_id, SentComment.set_aside_because.is_not(None)
    )
    return tuple(because for because in session.scalars(query.order_by(SentComment.decided_at)) if because)


def decide(
    session: Session, actor: Actor, comment_id: str, *, seen_version: int, is_shown: bool, because: str, now: datetime
) -> SentCommentRecord:
    """The comment shown beside the priority, or set aside with a reason that anyone may read.

    Raises:
        NotFound: there is none for this person.
        Conflict: somebody else has decided.
        InvalidEntry: set aside without a reason.
    """
    query = select(SentComment).where(SentComment.id == comment_id).with_for_update()
    row = session.scalars(query.execution_options(populate_existing=True)).one_or_none()
    if row is None or not _may_decide(actor, row.area_code):
        raise NotFound("There is no such comment.")
    if row.version != seen_version or row.decided_at is not None:
        raise Conflict(SentCommentRecord.model_validate(row), {"because": because}, seen_version)
    if not is_shown and not because.strip():
        raise InvalidEntry({"because": "Say why it is set aside: anyone may read it."})
    with acting(session, actor, "show a comment" if is_shown else "set a comment aside", now, because.strip()):
        row.decided_at, row.decided_by, row.sender = now, actor.name, None
        if is_shown:
            comment = Comment(
                priority_id=row.priority_id,
                said_by=row.said_by,
                capacity=row.capacity,
                text=row.text,
                said_at=row.sent_at,
                recorded_by_id=actor.account_id,
                recorded_by=actor.name,
            )
            session.add(comment)
            session.flush()
            row.comment_id = comment.id
        else:
            row.set_aside_because = because.strip()
    return SentCommentRecord.model_validate(row)


def _require_room(session: Session, comment: SentComment) -> None:
    waiting = (SentComment.priority_id == comment.priority_id, SentComment.decided_at.is_(None))
    with session.no_autoflush:
        count = session.scalar(select(func.count()).where(*waiting)) or 0
        of_sender = session.scalar(select(func.count()).where(*waiting, SentComment.sender == comment.sender)) or 0
    allowed = MOST_OF_ONE_SENDER if count < CROWDED else MOST_WHERE_CROWDED
    if comment.sender is not None and of_sender >= allowed:
        raise NotAllowed(f"{OF_YOUR_NETWORK} Please come back.")
    if count >= MOST_WAITING:
        raise NotAllowed("So many comments wait to be read that no more can be taken today. Please come back.")


def _sender(priority_id: str, network: str) -> str | None:
    # Another digest for each proposal: what one network said of several cannot be laid together.
    return hashlib.sha256(f"{priority_id} {network}".encode()).hexdigest()[:32] if network else None


def _may_decide(actor: Actor, area_code: str) -> bool:
    return permissions.may(actor, DECIDE, area_code)
