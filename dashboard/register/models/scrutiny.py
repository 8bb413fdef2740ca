"""Recommendations and their history, actions, commentary, meetings and their frozen editions."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dashboard.register.models.base import Base, Json, Versioned, new_id, words
from dashboard.register.record_parts import Source, Statement


class Aspect(StrEnum):
    """Accepted and delivered are two questions; an answer is what the body asked has said."""

    ACCEPTED = "accepted"
    DELIVERED = "delivered"
    ANSWER = "answer"


class Rag(StrEnum):
    """The committee's colours, for recommendations only."""

    RED = "red"
    AMBER = "amber"
    GREEN = "green"


class ActionState(StrEnum):
    """Where an action stands."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


class RecommendationSet(Versioned, Base):
    """Recommendations a committee made together. `definitions` are its own words for each colour."""

    __tablename__ = "recommendation_set"

    title: Mapped[str] = mapped_column(String(200))
    committee: Mapped[str] = mapped_column(String(120))
    made_on: Mapped[date | None] = mapped_column()
    made_words: Mapped[str] = mapped_column(String(60))
    definitions: Mapped[Json] = mapped_column()
    statements: Mapped[tuple[Statement, ...]] = mapped_column()
    is_example: Mapped[bool] = mapped_column()
    sources: Mapped[tuple[Source, ...]] = mapped_column()


class Recommendation(Versioned, Base):
    """One recommendation, in the committee's words. `owner` is the body it asks; None: it names nobody."""

    __tablename__ = "recommendation"
    __table_args__ = (UniqueConstraint("set_id", "number"),)

    set_id: Mapped[str] = mapped_column(ForeignKey("recommendation_set.id"), index=True)
    number: Mapped[int] = mapped_column()
    title: Mapped[str] = mapped_column(String(200))
    wording: Mapped[str] = mapped_column(Text)
    owner: Mapped[str | None] = mapped_column(String(120))
    due_on: Mapped[date | None] = mapped_column()
    due_words: Mapped[str | None] = mapped_column(String(200))
    is_example: Mapped[bool] = mapped_column()
    sources: Mapped[tuple[Source, ...]] = mapped_column()

    history: Mapped[list["RecommendationStatus"]] = relationship(
        order_by="(RecommendationStatus.as_at, RecommendationStatus.recorded_at, RecommendationStatus.id)",
        back_populates="recommendation",
    )


class RecommendationStatus(Base):
    """One dated judgement. Triggers refuse to change or remove a row: a new one is added instead.

    `as_at` is the day it speaks of (the last day, where only a month is known), `as_at_words` as the document says.
    `rag` is None for an answer, which is nobody's judgement.
    """

    __tablename__ = "recommendation_status"

    id: Mapped[str] = mapped_column(String(64), primary_key=True, default=new_id)
    recommendation_id: Mapped[str] = mapped_column(ForeignKey("recommendation.id"), index=True)
    aspect: Mapped[Aspect] = mapped_column(words(Aspect, "aspect"))
    rag: Mapped[Rag | None] = mapped_column(words(Rag, "rag"))
    as_at: Mapped[date] = mapped_column()
    as_at_words: Mapped[str] = mapped_column(String(60))
    evidence: Mapped[str] = mapped_column(Text)
    evidence_url: Mapped[str | None] = mapped_column(String(500))
    recorded_at: Mapped[datetime] = mapped_column()
    recorded_by_id: Mapped[str | None] = mapped_column(ForeignKey("account.id"))
    recorded_by: Mapped[str] = mapped_column(String(120))
    sources: Mapped[tuple[Source, ...]] = mapped_column()

    recommendation: Mapped[Recommendation] = relationship(back_populates="history")


class Meeting(Versioned, Base):
    """A committee's or board's meeting."""

    __tablename__ = "meeting"

    title: Mapped[str] = mapped_column(String(200))
    committee: Mapped[str] = mapped_column(String(120))
    held_on: Mapped[date] = mapped_column(index=True)
    is_example: Mapped[bool] = mapped_column()
    sources: Mapped[tuple[Source, ...]] = mapped_column()


class FrozenEdition(Base):
    """What a meeting was shown, whole. Triggers refuse to change or remove it; `sha256` is of `document`."""

    __tablename__ = "frozen_edition"
    unaudited = Base.unaudited | {"document"}

    id: Mapped[str] = mapped_column(String(64), primary_key=True, default=new_id)
    meeting_id: Mapped[str] = mapped_column(ForeignKey("meeting.id"), index=True)
    release_id: Mapped[str] = mapped_column(String(80))
    frozen_at: Mapped[datetime] = mapped_column()
    frozen_by: Mapped[str] = mapped_column(String(120))
    # Text, not JSON: PostgreSQL would reorder the keys and the hash would no longer match.
    document: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(String(64))


class Action(Versioned, Base):
    """Something somebody is to do, raised against a chart or a recommendation. `chart` is its address in the site."""

    __tablename__ = "action"
    __table_args__ = (Index("ix_action_state_due", "state", "due_on"),)

    text: Mapped[str] = mapped_column(Text)
    chart: Mapped[str | None] = mapped_column(String(500))
    measure_id: Mapped[str | None] = mapped_column(String(80))
    area_code: Mapped[str] = mapped_column(String(9))
    recommendation_id: Mapped[str | None] = mapped_column(ForeignKey("recommendation.id"), index=True)
    meeting_id: Mapped[str | None] = mapped_column(ForeignKey("meeting.id"))
    owner: Mapped[str] = mapped_column(String(120))
    owner_id: Mapped[str | None] = mapped_column(ForeignKey("account.id"))
    due_on: Mapped[date] = mapped_column()
    state: Mapped[ActionState] = mapped_column(words(ActionState, "state"))
    raised_by_id: Mapped[str | None] = mapped_column(ForeignKey("account.id"))
    raised_by: Mapped[str] = mapped_column(String(120))
    closed_on: Mapped[date | None] = mapped_column()
    outcome: Mapped[str | None] = mapped_column(Text)
    is_example: Mapped[bool] = mapped_column()


class Commentary(Versioned, Base):
    """A signed, dated explanation of a measure in an area over a period.

    Never rewritten: a new one names the one it replaces.
    """

    __tablename__ = "commentary"
    __table_args__ = (Index("ix_commentary_series", "measure_id", "area_code"),)

    measure_id: Mapped[str] = mapped_column(String(80))
    area_code: Mapped[str] = mapped_column(String(9))
    period_start: Mapped[date] = mapped_column()
    period_end: Mapped[date] = mapped_column()
    text: Mapped[str] = mapped_column(Text)
    signed_by_id: Mapped[str | None] = mapped_column(ForeignKey("account.id"))
    signed_by: Mapped[str] = mapped_column(String(120))
    signed_for: Mapped[str] = mapped_column(String(60))
    signed_at: Mapped[datetime] = mapped_column()
    replaced_by_id: Mapped[str | None] = mapped_column(ForeignKey("commentary.id", deferrable=True, initially="DEFERRED"))
    is_example: Mapped[bool] = mapped_column()
