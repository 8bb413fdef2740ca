"""Signed, dated explanations of a measure in an area over a period."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from dashboard.register import areas, permissions
from dashboard.register.audit import acting
from dashboard.register.errors import InvalidEntry, NotFound
from dashboard.register.measures import candidates
from dashboard.register.models import Commentary
from dashboard.register.permissions import Actor
from dashboard.register.records import CommentaryRecord
from dashboard.register.repeated_forms import kept_already


def commentary(
    session: Session,
    *,
    measure_id: str | None = None,
    area_code: str | None = None,
    standing_only: bool,
) -> tuple[CommentaryRecord, ...]:
    """Explanations, newest period first. `standing_only` leaves out those a newer one replaced."""
    query = select(Commentary).order_by(Commentary.period_end.desc(), Commentary.signed_at.desc(), Commentary.id)
    if measure_id is not None:
        query = query.where(Commentary.measure_id == measure_id)
    if area_code is not None:
        query = query.where(Commentary.area_code == area_code)
    if standing_only:
        query = query.where(Commentary.replaced_by_id.is_(None))
    return tuple(CommentaryRecord.model_validate(row) for row in session.scalars(query))


def sign_commentary(
    session: Session,
    actor: Actor,
    *,
    measure_id: str,
    area_code: str,
    period_start: date,
    period_end: date,
    text: str,
    replaces: str | None,
    now: datetime,
) -> CommentaryRecord:
    """A new explanation, signed by this person today; the one it replaces, if any, stays readable.

    Raises:
        NotAllowed.
        NotFound: what it replaces does not exist.
        InvalidEntry: every field that is missing or wrong.
    """
    permissions.require(actor, "sign commentary", area_code)
    faults = {}
    if measure_id not in candidates().known:
        faults["measure_id"] = f"{measure_id} is not a measure of this site."
    if not areas.is_area(area_code):
        faults["area_code"] = "Name London or one of its boroughs."
    if period_end < period_start:
        faults["period_end"] = "The period ends before it starts."
    if not text.strip():
        faults["text"] = "Write the explanation."
    row = Commentary(
        measure_id=measure_id,
        area_code=area_code,
        period_start=period_start,
        period_end=period_end,
        text=text.strip(),
        signed_by_id=actor.account_id,
        signed_by=actor.name,
        signed_for=actor.body.value if actor.body else "",
        signed_at=now,
        is_example=False,
    )
    sent_before = kept_already(session, row, "signed_at", now)
    if sent_before is not None:
        return CommentaryRecord.model_validate(sent_before)
    old = _replaced(session, replaces) if replaces is not None else None
    if old is not None and (old.measure_id, old.area_code) != (measure_id, area_code):
        faults["replaces"] = "It can replace only an explanation of the same measure and area."
    elif old is not None and old.replaced_by_id is not None:
        faults["replaces"] = "That explanation has been replaced already: replace the newer one."
    if faults:
        raise InvalidEntry(faults)
    with acting(session, actor, "sign commentary", now, ""):
        session.add(row)
        session.flush()
        if old is not None:
            old.replaced_by_id = row.id
    return CommentaryRecord.model_validate(row)


def _replaced(session: Session, commentary_id: str) -> Commentary:
    query = select(Commentary).where(Commentary.id == commentary_id).with_for_update()
    row = session.scalars(query.execution_options(populate_existing=True)).one_or_none()
    if row is None:
        raise NotFound("There is no such explanation.")
    return row
