"""Actions raised against a chart or a recommendation, with an owner and a day."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from dashboard.register import areas, permissions
from dashboard.register.audit import acting
from dashboard.register.entries import ActionEntry
from dashboard.register.errors import Conflict, InvalidEntry, NotAllowed, NotFound
from dashboard.register.models import Action, ActionState, Meeting, Recommendation
from dashboard.register.permissions import Actor, Role
from dashboard.register.record_parts import is_own_address
from dashboard.register.records import ActionRecord
from dashboard.register.repeated_forms import kept_already
from dashboard.register.years import london_date


def actions(
    session: Session,
    *,
    area_code: str | None = None,
    recommendation_id: str | None = None,
    state: ActionState | None = None,
) -> tuple[ActionRecord, ...]:
    """Actions, soonest due first. They are public."""
    query = select(Action).order_by(Action.due_on, Action.id)
    if area_code is not None:
        query = query.where(Action.area_code == area_code)
    if recommendation_id is not None:
        query = query.where(Action.recommendation_id == recommendation_id)
    if state is not None:
        query = query.where(Action.state == state)
    return tuple(ActionRecord.model_validate(row) for row in session.scalars(query))


def raise_action(session: Session, actor: Actor, entry: ActionEntry, *, now: datetime) -> ActionRecord:
    """A new open action.

    Raises:
        NotAllowed.
        InvalidEntry: every field that is missing or wrong.
    """
    permissions.require(actor, "raise an action", entry.area_code)
    faults = {}
    if not entry.text.strip():
        faults["text"] = "Say what is to be done."
    if not entry.owner.strip():
        faults["owner"] = "Say who will do it."
    if not areas.is_area(entry.area_code):
        faults["area_code"] = "Name London or one of its boroughs."
    if entry.due_on < london_date(now):
        faults["due_on"] = "The day it is due has passed already."
    if entry.chart is None and entry.recommendation_id is None:
        faults["chart"] = "Raise it against a chart or a recommendation."
    if entry.chart is not None and not is_own_address(entry.chart):
        faults["chart"] = "The chart's address must be one of this site, starting with a single /."
    if entry.recommendation_id is not None and session.get(Recommendation, entry.recommendation_id) is None:
        faults["recommendation_id"] = "There is no such recommendation."
    if entry.meeting_id is not None and session.get(Meeting, entry.meeting_id) is None:
        faults["meeting_id"] = "There is no such meeting."
    if faults:
        raise InvalidEntry(faults)
    row = Action(
        **entry.model_dump(),
        state=ActionState.OPEN,
        raised_by_id=actor.account_id,
        raised_by=actor.name,
        is_example=False,
    )
    sent_before = kept_already(session, row, "created_at", now)
    if sent_before is not None:
        return ActionRecord.model_validate(sent_before)
    with acting(session, actor, "raise an action", now, ""):
        session.add(row)
    return ActionRecord.model_validate(row)


def change_action(
    session: Session,
    actor: Actor,
    action_id: str,
    *,
    seen_version: int,
    text: str,
    owner: str,
    due_on: date,
    why: str,
    now: datetime,
) -> ActionRecord:
    """The action, still open, with other words, owner or day. Whoever may close it may change it.

    Raises:
        NotFound, NotAllowed, Conflict.
        InvalidEntry: closed already, nothing to do, nobody to do it, or no reason.
    """
    row = _to_follow(session, actor, action_id)
    if row.version != seen_version:
        offered = {"text": text, "owner": owner, "due_on": due_on}
        raise Conflict(ActionRecord.model_validate(row), offered, seen_version)
    faults = {}
    if row.state is not ActionState.OPEN:
        faults["state"] = f"It is {row.state} already."
    if not text.strip():
        faults["text"] = "Say what is to be done."
    if not owner.strip():
        faults["owner"] = "Say who will do it."
    if not why.strip():
        faults["why"] = "Say what was changed, and why."
    if faults:
        raise InvalidEntry(faults)
    with acting(session, actor, "change an action", now, why.strip()):
        row.text, row.due_on = text.strip(), due_on
        if row.owner != owner.strip():
            # The account belonged to the owner before.
            row.owner, row.owner_id = owner.strip(), None
    return ActionRecord.model_validate(row)


def close_action(
    session: Session,
    actor: Actor,
    action_id: str,
    *,
    seen_version: int,
    state: ActionState,
    outcome: str,
    now: datetime,
) -> ActionRecord:
    """The action, done or dropped, with what came of it. A borough lead closes only what is theirs to do or to ask.

    Raises:
        NotFound, NotAllowed, Conflict.
        InvalidEntry: still open, closed already, or no outcome.
    """
    row = _to_follow(session, actor, action_id)
    if row.version != seen_version:
        offered = {"state": state, "outcome": outcome}
        raise Conflict(ActionRecord.model_validate(row), offered, seen_version)
    faults = {}
    if row.state is not ActionState.OPEN:
        faults["state"] = f"It is {row.state} already."
    elif state is ActionState.OPEN:
        faults["state"] = "Say whether it is done or dropped."
    if not outcome.strip():
        faults["outcome"] = "Say what came of it."
    if faults:
        raise InvalidEntry(faults)
    with acting(session, actor, "close an action", now, outcome.strip()):
        row.state, row.outcome, row.closed_on = state, outcome.strip(), london_date(now)
    return ActionRecord.model_validate(row)


def _to_follow(session: Session, actor: Actor, action_id: str) -> Action:
    query = select(Action).where(Action.id == action_id).with_for_update()
    row = session.scalars(query.execution_options(populate_existing=True)).one_or_none()
    if row is None:
        raise NotFound("There is no such action.")
    permissions.require(actor, "close an action", row.area_code)
    theirs = actor.account_id in (row.owner_id, row.raised_by_id)
    if actor.role is Role.BOROUGH_LEAD and not theirs:
        raise NotAllowed("Only whoever owns or raised this action, MOPAC or the committee's clerk may change or close it.")
    return row
