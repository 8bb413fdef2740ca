"""What pages read of the register: the public record alone, as frozen records, kept until the register changes.

A reader needs no account, and nobody's draft ever comes through here: every question is asked as the public. What may be kept is
told by the audit: each change adds a line to it, so its newest line names the state of the whole register.
"""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import cache, lru_cache, wraps
from typing import Any, ParamSpec, TypeVar

from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from dashboard.register import actions as action_service
from dashboard.register import commentary as commentary_service
from dashboard.register import export_import, reading
from dashboard.register import meetings as meeting_service
from dashboard.register import recommendations as recommendation_service
from dashboard.register.errors import NotReady
from dashboard.register.models import AuditEntry, PlanState
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
from dashboard.register.store import Register, open_register, register_url
from etl.core import clock

P = ParamSpec("P")
T = TypeVar("T")
MOST_KEPT = 2_000
NOT_READ = "cannot be read"


@cache
def _register_at(url: str) -> Register:
    return open_register(url)


def version() -> str:
    """The state of the register in a few letters: the same for as long as nothing in it changes.

    A register that is missing, or was made by another version of this program, has the state "cannot be read".
    """
    url = register_url()
    try:
        _require_ready(url)
        with _register_at(url).reading() as session:
            return f"{url} {session.scalar(select(func.max(AuditEntry.id)))}"
    except (NotReady, SQLAlchemyError):
        return f"{url} {NOT_READ}"


def is_readable() -> bool:
    """Whether there is a register to read."""
    return not version().endswith(NOT_READ)


@cache
def _require_ready(url: str) -> None:
    """Nothing, kept once it has been so: a register once ready stays ready while this program runs.

    Raises:
        NotReady: its tables are not those this program needs.
    """
    _register_at(url).require_ready()


def per_version(answer: Callable[P, T]) -> Callable[P, T]:
    """The function with its answers cached until the register changes."""

    @lru_cache(maxsize=MOST_KEPT)
    def answer_of_version(_version: str, arguments: tuple[Any, ...], options: tuple[tuple[str, Any], ...]) -> T:
        return answer(*arguments, **dict(options))

    @wraps(answer)
    def answer_of_current_version(*arguments: P.args, **options: P.kwargs) -> T:
        return answer_of_version(version(), arguments, tuple(sorted(options.items())))

    return answer_of_current_version


def _answer_or_nothing(question: Callable[[Session], tuple[T, ...]]) -> tuple[T, ...]:
    if not is_readable():
        return ()
    with _register_at(register_url()).reading() as session:
        return question(session)


def today() -> date:
    """The day it is in London."""
    return clock.today()


@per_version
def plans() -> tuple[PlanRecord, ...]:
    """Every plan, oldest first; () where the register cannot be read."""
    return _answer_or_nothing(reading.plans)


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


@per_version
def london_priorities(plan_id: str) -> tuple[LondonPriorityRecord, ...]:
    """The public London-wide priorities of a plan, in the plan's order."""
    return _answer_or_nothing(lambda session: reading.london_priorities(session, PUBLIC, plan_id=plan_id))


@per_version
def borough_priorities(
    plan_id: str | None = None, financial_year: str | None = None, area_code: str | None = None
) -> tuple[BoroughPriorityRecord, ...]:
    """The public priorities of boroughs, by area, year and title. Withdrawn ones are included."""
    return _answer_or_nothing(
        lambda session: reading.borough_priorities(
            session, PUBLIC, plan_id=plan_id, financial_year=financial_year, area_code=area_code
        )
    )


@per_version
def stated_facts(about: str) -> tuple[StatedFactRecord, ...]:
    """Figures stated in public on one subject."""
    return _answer_or_nothing(lambda session: reading.stated_facts(session, about=about))


@per_version
def recommendation_sets() -> tuple[RecommendationSetRecord, ...]:
    """Every set of recommendations, newest first."""
    return _answer_or_nothing(recommendation_service.recommendation_sets)


@per_version
def recommendations(set_id: str | None = None) -> tuple[RecommendationRecord, ...]:
    """Recommendations with their histories, by set and number."""
    return _answer_or_nothing(lambda session: recommendation_service.recommendations(session, set_id=set_id))


@per_version
def actions(area_code: str | None = None, recommendation_id: str | None = None) -> tuple[ActionRecord, ...]:
    """Actions, soonest due first."""
    return _answer_or_nothing(
        lambda session: action_service.actions(session, area_code=area_code, recommendation_id=recommendation_id)
    )


@per_version
def commentary(measure_id: str | None = None, area_code: str | None = None) -> tuple[CommentaryRecord, ...]:
    """Signed explanations that stand."""
    return _answer_or_nothing(
        lambda session: commentary_service.commentary(session, measure_id=measure_id, area_code=area_code, standing_only=True)
    )


@per_version
def meetings() -> tuple[MeetingRecord, ...]:
    """Every meeting."""
    return _answer_or_nothing(meeting_service.meetings)


@per_version
def holds_examples() -> bool:
    """Whether made-up entries are shown: the register was filled to demonstrate it."""
    return any(p.is_example for p in borough_priorities())


def public_record() -> bytes:
    """The whole public record as JSON text: no drafts, no accounts; made-up entries carry the label "Example".

    Raises:
        LookupError: the register cannot be read.
    """
    if not is_readable():
        raise LookupError("The register cannot be read at the moment.")
    with _register_at(register_url()).reading() as session:
        document = export_import.export(session, PUBLIC, now=datetime.now(UTC))
    return json.dumps(document, ensure_ascii=False, indent=1).encode()
