"""A committee's recommendations: accepted and delivered apart, every status dated and kept."""

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from dashboard.register import permissions
from dashboard.register.audit import acting
from dashboard.register.entries import RecommendationEntry, StatusEntry
from dashboard.register.errors import InvalidEntry, NotFound
from dashboard.register.models import Aspect, Rag, Recommendation, RecommendationSet, RecommendationStatus
from dashboard.register.permissions import Actor
from dashboard.register.record_parts import Source, is_web_address
from dashboard.register.records import RecommendationRecord, RecommendationSetRecord
from dashboard.register.repeated_forms import kept_already
from dashboard.register.years import london_date
from etl.core.areas import LONDON


def recommendation_sets(session: Session) -> tuple[RecommendationSetRecord, ...]:
    """Every set, newest first."""
    rows = session.scalars(select(RecommendationSet).order_by(RecommendationSet.made_on.desc().nulls_last()))
    return tuple(RecommendationSetRecord.model_validate(row) for row in rows)


def recommendations(session: Session, *, set_id: str | None = None) -> tuple[RecommendationRecord, ...]:
    """Recommendations with their histories, by set and number."""
    query = select(Recommendation).options(selectinload(Recommendation.history))
    if set_id is not None:
        query = query.where(Recommendation.set_id == set_id)
    rows = session.scalars(query.order_by(Recommendation.set_id, Recommendation.number))
    return tuple(RecommendationRecord.model_validate(row) for row in rows)


def recommendation(session: Session, recommendation_id: str) -> RecommendationRecord:
    """One recommendation with its history.

    Raises:
        NotFound: there is none.
    """
    return RecommendationRecord.model_validate(_row(session, recommendation_id))


def make_recommendations(
    session: Session,
    actor: Actor,
    *,
    title: str,
    committee: str,
    made_on: date,
    definitions: Mapping[Rag, str],
    entries: tuple[RecommendationEntry, ...],
    sources: tuple[Source, ...],
    now: datetime,
) -> RecommendationSetRecord:
    """A new set of recommendations, in the committee's words and with its definitions of the colours.

    Raises:
        NotAllowed.
        InvalidEntry: no title, no committee, no definitions, no recommendations, a number used twice, or a day to come.
    """
    permissions.require(actor, "make recommendations", LONDON)
    faults = {}
    if not title.strip():
        faults["title"] = "Give the set a name."
    if set(definitions) != set(Rag):
        faults["definitions"] = "Define red, amber and green in the committee's words."
    if not entries:
        faults["entries"] = "Add at least one recommendation."
    if len({entry.number for entry in entries}) != len(entries):
        faults["number"] = "Each recommendation needs its own number."
    if not committee.strip():
        faults["committee"] = "Say which committee made them."
    if made_on > london_date(now):
        faults["made_on"] = "The date has not come yet."
    for entry in entries:
        faults |= entry_faults(entry)
    if faults:
        raise InvalidEntry(faults)
    row = RecommendationSet(
        title=title.strip(),
        committee=committee.strip(),
        made_on=made_on,
        made_words=f"{made_on:%-d %B %Y}",
        definitions={rag.value: words for rag, words in definitions.items()},
        statements=(),
        is_example=False,
        sources=sources,
    )
    with acting(session, actor, "make recommendations", now, ""):
        session.add(row)
        session.flush()
        session.add_all(Recommendation(set_id=row.id, is_example=False, sources=sources, **dict(entry)) for entry in entries)
    return RecommendationSetRecord.model_validate(row)


def add_recommendation(
    session: Session, actor: Actor, set_id: str, entry: RecommendationEntry, *, now: datetime
) -> RecommendationRecord:
    """One more recommendation of a set.

    Raises:
        NotAllowed.
        NotFound: no such set.
        InvalidEntry: its number is taken, or it has no name or no wording.
    """
    permissions.require(actor, "make recommendations", LONDON)
    parent_set = session.get(RecommendationSet, set_id)
    if parent_set is None:
        raise NotFound("There is no such set of recommendations.")
    faults = entry_faults(entry)
    same_number = select(Recommendation.id).where(Recommendation.set_id == set_id, Recommendation.number == entry.number)
    if session.scalars(same_number).first() is not None:
        faults["number"] = "This set has a recommendation of that number already."
    if faults:
        raise InvalidEntry(faults)
    row = Recommendation(set_id=set_id, is_example=parent_set.is_example, sources=parent_set.sources, **dict(entry))
    with acting(session, actor, "add a recommendation", now, ""):
        session.add(row)
    session.refresh(row, ["history"])
    return RecommendationRecord.model_validate(row)


def entry_faults(entry: RecommendationEntry) -> dict[str, str]:
    """What one recommendation lacks: field to sentence, empty when nothing is."""
    faults = {}
    if entry.number < 1:
        faults["number"] = "Number it as the committee does: 1 or more."
    if not entry.title.strip():
        faults["short_title"] = "Give it a few words to be known by."
    if not entry.wording.strip():
        faults["wording"] = "Write it in the committee’s words."
    return faults


def add_status(
    session: Session, actor: Actor, recommendation_id: str, entry: StatusEntry, *, now: datetime
) -> RecommendationRecord:
    """The recommendation with one more status. The committee's clerk judges; MOPAC answers, without a colour.

    Raises:
        NotFound, NotAllowed.
        InvalidEntry: a judgement without a colour or evidence, an answer with a colour, a day to come.
    """
    row = _row(session, recommendation_id)
    is_answer = entry.aspect is Aspect.ANSWER
    permissions.require(actor, "answer a recommendation" if is_answer else "judge a recommendation", LONDON)
    faults = {}
    if is_answer and entry.rag is not None:
        faults["rag"] = "An answer carries no colour: the committee judges."
    if not is_answer and entry.rag is None:
        faults["rag"] = "Choose red, amber or green."
    if not entry.evidence.strip():
        faults["evidence"] = "Say what this rests on."
    if entry.evidence_url is not None and not is_web_address(entry.evidence_url):
        faults["evidence_url"] = "Write the address in full, beginning with https://."
    if entry.as_at > london_date(now):
        faults["as_at"] = "The date has not come yet."
    if faults:
        raise InvalidEntry(faults)
    status = RecommendationStatus(
        recommendation_id=row.id, recorded_at=now, recorded_by_id=actor.account_id, recorded_by=actor.name, **dict(entry)
    )
    if kept_already(session, status, "recorded_at", now) is None:
        with acting(session, actor, "answer" if is_answer else f"judge {entry.aspect}", now, ""):
            session.add(status)
    session.refresh(row, ["history"])
    return RecommendationRecord.model_validate(row)


def _row(session: Session, recommendation_id: str) -> Recommendation:
    row = session.get(Recommendation, recommendation_id)
    if row is None:
        raise NotFound(f"There is no recommendation {recommendation_id}.")
    return row
