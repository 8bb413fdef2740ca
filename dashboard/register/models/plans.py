"""The plans, and single facts on the public record."""

from datetime import date
from enum import StrEnum

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from dashboard.register.models.base import Base, Json, Versioned, words
from dashboard.register.record_parts import Source, Statement


class PlanState(StrEnum):
    """Where a plan stands."""

    CURRENT = "current"
    ENDED = "ended"
    RETIRED = "retired"


class Plan(Versioned, Base):
    """A Police and Crime Plan for London. `rules` are what a proposal under it is held to."""

    __tablename__ = "plan"

    title: Mapped[str] = mapped_column(String(200))
    short_title: Mapped[str] = mapped_column(String(60))
    state: Mapped[PlanState] = mapped_column(words(PlanState, "state"))
    first_year: Mapped[str] = mapped_column(String(7))
    last_year: Mapped[str] = mapped_column(String(7))
    published_on: Mapped[date | None] = mapped_column()
    rules: Mapped[Json] = mapped_column()
    statements: Mapped[tuple[Statement, ...]] = mapped_column()
    sources: Mapped[tuple[Source, ...]] = mapped_column()


class StatedFact(Versioned, Base):
    """One figure somebody stated in public, dated: a sum of money, a number of days, an old target's count.

    `value` is None where the statement has no single figure.
    """

    __tablename__ = "stated_fact"

    about: Mapped[str] = mapped_column(String(60), index=True)
    area_code: Mapped[str] = mapped_column(String(9), index=True)
    area_words: Mapped[str] = mapped_column(String(80))
    period: Mapped[str] = mapped_column(String(60))
    measure_id: Mapped[str | None] = mapped_column(String(80))
    value: Mapped[float | None] = mapped_column()
    unit: Mapped[str] = mapped_column(String(80))
    text: Mapped[str] = mapped_column(Text)
    sources: Mapped[tuple[Source, ...]] = mapped_column()
