"""What pages read of the register: the public record alone, as frozen records, kept until the register changes.

A reader needs no account, and nobody's draft ever comes through here: every question is asked as the public.
"""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from dashboard.figures.register_answers import answered_from, one_reading, require_state, state
from dashboard.register import actions as action_service
from dashboard.register import commentary as commentary_service
from dashboard.register import export_import, reading
from dashboard.register import meetings as meeting_service
from dashboard.register import recommendations as recommendation_service
from dashboard.register.models import (
    Action,
    AuditEntry,
    Comment,
    Commentary,
    Meeting,
    Plan,
    PlanState,
    Priority,
    Recommendation,
    RecommendationSet,
    RecommendationStatus,
    Signature,
    StatedFact,
)
from dashboard.register.permissions import PUBLIC
from dashboard.register.records import (
    ActionRecord,
    BoroughPriorityRecord,
    CommentaryRecord,
    LondonPriorityRecord,
    MeetingRecord,
    PlanRecord,
    RecommendationRecord,
    RecommendationSetRecord,
    StatedFactRecord,
)
from dashboard.register.store import register_url, site_register
from etl.core import clock

T = TypeVar("T")
PRIORITIES = answered_from(Priority, Signature, Comment)
RECOMMENDATIONS = answered_from(Recommendation, RecommendationStatus)


def is_readable() -> bool:
    """Whether there is a register to read."""
    return state() is not None


def _answer(question: Callable[[Session], tuple[T, ...]]) -> tuple[T, ...]:
    with site_register(register_url()).reading() as session:
        return question(session)


def today() -> date:
    """The day it is in London."""
    return clock.today()


@answered_from(Plan)
def plans() -> tuple[PlanRecord, ...]:
    """Every plan, oldest first; () where the register cannot be read."""
    return _answer(reading.plans)


def plan(plan_id: str) -> PlanRecord:
    """One plan.

    Raises:
        LookupError: there is none; the message names those there are.
    """
    record = next((p for p in plans() if p.id == plan_id), None)
    if record is None:
        raise LookupError(f"There is no plan “{plan_id}”. The register holds {', '.join(p.id for p in plans()) or 'none'}.")
    return record


def current_plan() -> PlanRecord | None:
    """The plan in force; None where the register cannot be read."""
    all_plans = plans()
    return next((p for p in all_plans if p.state is PlanState.CURRENT), all_plans[-1] if all_plans else None)


@PRIORITIES
def london_priorities(plan_id: str) -> tuple[LondonPriorityRecord, ...]:
    """The public London-wide priorities of a plan, in the plan's order."""
    return _answer(lambda session: reading.london_priorities(session, PUBLIC, plan_id=plan_id))


@PRIORITIES
def borough_priorities(
    plan_id: str | None = None, financial_year: str | None = None, area_code: str | None = None
) -> tuple[BoroughPriorityRecord, ...]:
    """The public priorities of boroughs, by area, year and title. Withdrawn ones are included."""
    return _answer(
        lambda session: reading.borough_priorities(
            session, PUBLIC, plan_id=plan_id, financial_year=financial_year, area_code=area_code
        )
    )


@answered_from(StatedFact)
def stated_facts(about: str) -> tuple[StatedFactRecord, ...]:
    """Figures stated in public on one subject."""
    return _answer(lambda session: reading.stated_facts(session, about=about))


@answered_from(RecommendationSet)
def recommendation_sets() -> tuple[RecommendationSetRecord, ...]:
    """Every set of recommendations, newest first."""
    return _answer(recommendation_service.recommendation_sets)


@RECOMMENDATIONS
def recommendations(set_id: str | None = None) -> tuple[RecommendationRecord, ...]:
    """Recommendations with their histories, by set and number."""
    return _answer(lambda session: recommendation_service.recommendations(session, set_id=set_id))


@answered_from(Action)
def actions(area_code: str | None = None, recommendation_id: str | None = None) -> tuple[ActionRecord, ...]:
    """Actions, soonest due first."""
    return _answer(lambda session: action_service.actions(session, area_code=area_code, recommendation_id=recommendation_id))


@answered_from(Commentary)
def commentary(measure_id: str | None = None, area_code: str | None = None) -> tuple[CommentaryRecord, ...]:
    """Signed explanations that stand."""
    return _answer(
        lambda session: commentary_service.commentary(session, measure_id=measure_id, area_code=area_code, standing_only=True)
    )


@answered_from(Meeting)
def meetings() -> tuple[MeetingRecord, ...]:
    """Every meeting."""
    return _answer(meeting_service.meetings)


def holds_examples() -> bool:
    """Whether made-up entries are shown: the register was filled to demonstrate it."""
    return any(p.is_example for p in borough_priorities())


def read_everything() -> None:
    """Nothing, where every question can be answered; each answer is kept.

    Raises:
        RegisterUnavailable: one cannot be.
    """
    with one_reading():
        for one in plans():
            london_priorities(one.id)
        for question in (borough_priorities, recommendation_sets, recommendations, actions, commentary, meetings):
            question()
        require_state()


@answered_from()
def newest_change() -> tuple[int | None, ...]:
    """The number of the newest change that anyone may read."""
    return _answer(lambda session: (session.scalar(select(func.max(AuditEntry.id)).where(AuditEntry.private_to_id.is_(None))),))


def public_record() -> bytes:
    """The whole public record as JSON text: no drafts, no accounts; made-up entries carry the label "Example".

    Raises:
        RegisterUnavailable: the register cannot be read.
    """
    # So that a file made of it is made again whatever changes.
    newest_change()
    with site_register(register_url()).reading() as session:
        document = export_import.export(session, PUBLIC, now=datetime.now(UTC))
    return json.dumps(document, ensure_ascii=False, indent=1).encode()
