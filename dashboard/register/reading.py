"""Reading plans and priorities. Every function takes the viewer: a draft shows to its author alone."""

from typing import TypeVar

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import Session, selectinload

from dashboard.register.errors import NotFound
from dashboard.register.models import BoroughPriority, PanLondonPriority, Plan, Priority, StatedFact
from dashboard.register.permissions import Actor, State
from dashboard.register.records import (
    AnyPriorityRecord,
    BoroughPriorityRecord,
    LondonPriorityRecord,
    PlanRecord,
    StatedFactRecord,
    priority_record,
)

Row = TypeVar("Row", bound=Priority)


def plans(session: Session) -> tuple[PlanRecord, ...]:
    """Every plan, oldest first."""
    return tuple(PlanRecord.model_validate(row) for row in session.scalars(select(Plan).order_by(Plan.first_year)))


def plan(session: Session, plan_id: str) -> PlanRecord:
    """One plan.

    Raises:
        NotFound: there is none.
    """
    row = session.get(Plan, plan_id)
    if row is None:
        raise NotFound(f"There is no plan {plan_id}.")
    return PlanRecord.model_validate(row)


def stated_facts(session: Session, *, about: str | None = None, area_code: str | None = None) -> tuple[StatedFactRecord, ...]:
    """Figures stated in public, by subject, area and period."""
    query = select(StatedFact).order_by(StatedFact.about, StatedFact.area_code, StatedFact.period, StatedFact.id)
    if about is not None:
        query = query.where(StatedFact.about == about)
    if area_code is not None:
        query = query.where(StatedFact.area_code == area_code)
    return tuple(StatedFactRecord.model_validate(row) for row in session.scalars(query))


def priority(session: Session, viewer: Actor, priority_id: str) -> AnyPriorityRecord:
    """One priority.

    Raises:
        NotFound: there is none, or it is someone else's draft.
    """
    return priority_record(visible_row(session, viewer, priority_id))


def london_priorities(session: Session, viewer: Actor, *, plan_id: str) -> tuple[LondonPriorityRecord, ...]:
    """A plan's London-wide priorities that this viewer may see, in the plan's order. Withdrawn ones are included."""
    query = _with_parts(select(PanLondonPriority)).where(PanLondonPriority.plan_id == plan_id, _visible(viewer))
    rows = session.scalars(query.order_by(PanLondonPriority.created_at, PanLondonPriority.id))
    return tuple(LondonPriorityRecord.model_validate(row) for row in rows)


def borough_priorities(
    session: Session,
    viewer: Actor,
    *,
    plan_id: str | None = None,
    financial_year: str | None = None,
    area_code: str | None = None,
) -> tuple[BoroughPriorityRecord, ...]:
    """Boroughs' priorities that this viewer may see, by area, year and title. Withdrawn ones are included."""
    query = _with_parts(select(BoroughPriority)).where(_visible(viewer))
    if plan_id is not None:
        query = query.where(BoroughPriority.plan_id == plan_id)
    if financial_year is not None:
        query = query.where(BoroughPriority.financial_year == financial_year)
    if area_code is not None:
        query = query.where(BoroughPriority.area_code == area_code)
    ordered = query.order_by(BoroughPriority.area_code, BoroughPriority.financial_year, BoroughPriority.title, BoroughPriority.id)
    return tuple(BoroughPriorityRecord.model_validate(row) for row in session.scalars(ordered))


def areas_on_record(session: Session, *, plan_id: str) -> tuple[str, ...]:
    """Boroughs with at least one public priority under a plan that is not an example, in code order."""
    query = (
        select(BoroughPriority.area_code)
        .where(
            BoroughPriority.plan_id == plan_id,
            BoroughPriority.published_at.is_not(None),
            BoroughPriority.is_example.is_(False),
            BoroughPriority.state != State.WITHDRAWN,
        )
        .distinct()
    )
    return tuple(sorted(session.scalars(query)))


def visible_row(session: Session, viewer: Actor, priority_id: str, *, lock: bool = False) -> Priority:
    """The row itself, for services of this package.

    Raises:
        NotFound: there is none, or it is someone else's draft.
    """
    query = select(Priority).where(Priority.id == priority_id, _visible(viewer))
    if lock:
        # A second editor waits here on PostgreSQL; SQLite has already made the whole session wait.
        query = query.with_for_update().execution_options(populate_existing=True)
    row = session.scalars(query).one_or_none()
    if row is None:
        raise NotFound("There is no such priority here.")
    return row


def _visible(viewer: Actor) -> ColumnElement[bool]:
    published = Priority.published_at.is_not(None)
    return or_(published, Priority.author_id == viewer.account_id) if viewer.account_id else published


def _with_parts(query: Select[Row]) -> Select[Row]:
    return query.options(selectinload(Priority.signatures), selectinload(Priority.comments))
