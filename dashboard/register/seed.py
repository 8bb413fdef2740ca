"""Loading the facts into the register. Loading again changes nothing; a corrected file corrects its rows, audited."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from dashboard.register.audit import acting
from dashboard.register.facts import Facts, LondonFact, RecommendationFile
from dashboard.register.models import (
    Base,
    Origin,
    PanLondonPriority,
    Plan,
    Priority,
    Recommendation,
    RecommendationSet,
    RecommendationStatus,
    StatedFact,
)
from dashboard.register.permissions import Actor, Kind, State, command
from dashboard.register.priorities import past_row
from dashboard.register.record_parts import Record
from etl.core.areas import LONDON

ON_RECORD = "on the public record"


@dataclass
class Seeded:
    """How many rows were added and how many corrected."""

    added: int = 0
    corrected: int = 0


def seed(session: Session, facts: Facts, *, now: datetime) -> Seeded:
    """The facts, in the register. Only what the files say is written: states people have moved since are left alone."""
    count = Seeded()
    actor = command("seed")
    with acting(session, actor, "seed", now, "facts from data/plans"):
        for file in facts.plans:
            _put(session, Plan, file.plan.id, _columns(file.plan), count)
        session.flush()
        for file in facts.plans:
            for fact in file.london_priorities:
                _put_london(session, file.plan.id, fact, now, count)
            for past in file.borough_priorities:
                row = session.get(Priority, past.id)
                if row is None:
                    row = past_row(past.entry, sources=past.sources, author_id=None, author_name=ON_RECORD, now=now)
                    row.id = past.id
                    session.add(row)
                    count.added += 1
                else:
                    fields = dict(past) | dict(past.entry)
                    _correct(row, {name: fields[name] for name in ("title", "measure_id", "measure_note", "sources")}, count)
        for recommendation_file in facts.recommendation_sets:
            _put_recommendations(session, recommendation_file, actor, now, count)
        for stated in facts.stated:
            _put(session, StatedFact, stated.id, _columns(stated), count)
    return count


def _put_london(session: Session, plan_id: str, fact: LondonFact, now: datetime, count: Seeded) -> None:
    values = _columns(fact)
    row = session.get(Priority, fact.id)
    if row is not None:
        _correct(row, {name: values[name] for name in ("title", "wording", "target", "basket", "sources")}, count)
        return
    session.add(
        PanLondonPriority(
            **values,
            id=fact.id,
            kind=Kind.PAN_LONDON,
            plan_id=plan_id,
            area_code=LONDON,
            state=State.IN_FORCE if fact.ended_on is None else State.ENDED,
            origin=Origin.PUBLIC_RECORD,
            is_example=False,
            is_mandatory=True,
            author_name=ON_RECORD,
            published_at=now,
        )
    )
    count.added += 1


def _put_recommendations(session: Session, file: RecommendationFile, actor: Actor, now: datetime, count: Seeded) -> None:
    values = _columns(file.set) | {"is_example": False}
    _put(session, RecommendationSet, file.set.id, values, count)
    session.flush()
    for fact in file.recommendations:
        identity = f"{file.set.id}-{fact.number:02d}"
        values = _columns(fact) | {"set_id": file.set.id, "is_example": False}
        del values["history"]
        _put(session, Recommendation, identity, values, count)
        session.flush()
        for status in fact.history:
            status_id = f"{identity}-{status.aspect}-{status.as_at}"
            if session.get(RecommendationStatus, status_id) is not None:
                continue
            session.add(
                RecommendationStatus(
                    **dict(status), id=status_id, recommendation_id=identity, recorded_at=now, recorded_by=actor.name
                )
            )
            count.added += 1


def _put(session: Session, model: type[Base], identity: str, values: dict[str, Any], count: Seeded) -> None:
    row = session.get(model, identity)
    if row is None:
        session.add(model(id=identity, **values))
        count.added += 1
    else:
        _correct(row, values, count)


def _correct(row: Base, values: dict[str, Any], count: Seeded) -> None:
    changed = {name: value for name, value in values.items() if getattr(row, name) != value}
    for name, value in changed.items():
        setattr(row, name, value)
    count.corrected += bool(changed)


def _columns(fact: Record) -> dict[str, Any]:
    """The fact as column values; the id is left out."""
    return {name: value for name, value in fact if name != "id"}
