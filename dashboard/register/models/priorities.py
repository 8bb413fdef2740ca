"""Priorities, the signatures that agree them, and what people said about them."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dashboard.register.models.base import Base, Json, Versioned, new_id, words
from dashboard.register.permissions import Body, Kind, State
from dashboard.register.record_parts import Basket, ExpectedRange, Outturn, Source, SuccessStatement
from etl.core.areas import LONDON

UNREAD = "whoever reads it"
"""Stands where an account's id would, for what no account may see in the history."""


class Sort(StrEnum):
    """What a borough's priority is about."""

    VOLUME = "volume"
    VULNERABILITY = "vulnerability"
    HARM = "harm"


class Carried(StrEnum):
    """Chosen for the first time, or again."""

    NEW = "new"
    FORWARD = "carried forward"


class Origin(StrEnum):
    """How the entry came here."""

    REGISTER = "agreed here"
    PUBLIC_RECORD = "public record"
    EXAMPLE = "example"


class Priority(Versioned, Base):
    """What was agreed, for all London or one borough. A draft has no `published_at` and only its author sees it.

    Times: `proposed_at` starts the notice and moves when the proposal's substance changes. None everywhere
    means "not recorded".
    """

    __tablename__ = "priority"
    __table_args__ = (
        CheckConstraint(f"(kind = 'pan-London') = (area_code = '{LONDON}')", name="area_of_kind"),
        CheckConstraint("kind = 'pan-London' OR financial_year IS NOT NULL", name="borough_has_year"),
        CheckConstraint("kind = 'borough' OR basket IS NOT NULL", name="london_has_basket"),
        CheckConstraint("is_example OR origin <> 'example'", name="example_says_so"),
        Index("ix_priority_area_year", "area_code", "financial_year"),
    )
    __mapper_args__ = {
        **Versioned.__mapper_args__,
        "polymorphic_on": "kind",
        # A row comes whole: a column read late would enter the audit as if it had been empty before.
        "with_polymorphic": "*",
    }

    kind: Mapped[Kind] = mapped_column(words(Kind, "kind"))
    plan_id: Mapped[str] = mapped_column(ForeignKey("plan.id"), index=True)
    area_code: Mapped[str] = mapped_column(String(9))
    financial_year: Mapped[str | None] = mapped_column(String(7))
    title: Mapped[str] = mapped_column(String(200))
    wording: Mapped[str | None] = mapped_column(Text)
    state: Mapped[State] = mapped_column(words(State, "state"))
    origin: Mapped[Origin] = mapped_column(words(Origin, "origin"))
    is_example: Mapped[bool] = mapped_column()
    is_mandatory: Mapped[bool] = mapped_column()
    author_id: Mapped[str | None] = mapped_column(ForeignKey("account.id"))
    author_name: Mapped[str] = mapped_column(String(120))
    rationale: Mapped[str | None] = mapped_column(Text)
    success: Mapped[SuccessStatement | None] = mapped_column()
    sources: Mapped[tuple[Source, ...]] = mapped_column()
    notice_days: Mapped[int | None] = mapped_column()
    published_at: Mapped[datetime | None] = mapped_column()
    proposed_at: Mapped[datetime | None] = mapped_column()
    agreed_at: Mapped[datetime | None] = mapped_column()
    signed_off_at: Mapped[datetime | None] = mapped_column()
    signed_off_by: Mapped[str | None] = mapped_column(String(120))
    in_force_from: Mapped[date | None] = mapped_column()
    ended_on: Mapped[date | None] = mapped_column()
    withdrawn_at: Mapped[datetime | None] = mapped_column()
    review_on: Mapped[date | None] = mapped_column()
    expected_ranges: Mapped[tuple[ExpectedRange, ...] | None] = mapped_column()
    outturns: Mapped[tuple[Outturn, ...] | None] = mapped_column()

    signatures: Mapped[list["Signature"]] = relationship(
        order_by="(Signature.signed_at, Signature.id)", back_populates="priority"
    )
    comments: Mapped[list["Comment"]] = relationship(order_by="(Comment.said_at, Comment.id)", back_populates="priority")

    @property
    def private_to(self) -> str | None:
        """The author, until it is published."""
        return self.author_id if self.published_at is None else None


class PanLondonPriority(Priority):
    """Set by the Mayor; every borough carries it. Read by a basket of measures."""

    __mapper_args__ = {"polymorphic_identity": Kind.PAN_LONDON}

    basket: Mapped[Basket | None] = mapped_column(nullable=True)
    target: Mapped[str | None] = mapped_column(Text)


class BoroughPriority(Priority):
    """Chosen by one borough for one financial year. `measure_id` None: no published measure reads it."""

    __mapper_args__ = {"polymorphic_identity": Kind.BOROUGH}

    sort: Mapped[Sort | None] = mapped_column(words(Sort, "sort"))
    carried: Mapped[Carried | None] = mapped_column(words(Carried, "carried"))
    measure_id: Mapped[str | None] = mapped_column(String(80))
    measure_note: Mapped[str | None] = mapped_column(Text)
    evidence_sheet: Mapped[Json | None] = mapped_column()
    residents_asked: Mapped[str | None] = mapped_column(Text)
    residents_answered: Mapped[str | None] = mapped_column(Text)


class Signature(Base):
    """One person agreeing for one body. Superseded, never removed, when the proposal's substance changes.

    `priority_version` is the version that was signed.
    """

    __tablename__ = "signature"

    id: Mapped[str] = mapped_column(String(64), primary_key=True, default=new_id)
    priority_id: Mapped[str] = mapped_column(ForeignKey("priority.id"), index=True)
    priority_version: Mapped[int] = mapped_column()
    account_id: Mapped[str | None] = mapped_column(ForeignKey("account.id"))
    body: Mapped[Body] = mapped_column(words(Body, "body"))
    person: Mapped[str] = mapped_column(String(120))
    signed_at: Mapped[datetime] = mapped_column()
    minute_link: Mapped[str | None] = mapped_column(String(500))
    superseded_at: Mapped[datetime | None] = mapped_column()

    priority: Mapped[Priority] = relationship(back_populates="signatures")


class Comment(Base):
    """What someone said about a proposal, kept beside the choice. `said_by` is as they wish to be named."""

    __tablename__ = "comment"

    id: Mapped[str] = mapped_column(String(64), primary_key=True, default=new_id)
    priority_id: Mapped[str] = mapped_column(ForeignKey("priority.id"), index=True)
    said_by: Mapped[str] = mapped_column(String(120))
    capacity: Mapped[str] = mapped_column(String(60))
    text: Mapped[str] = mapped_column(Text)
    said_at: Mapped[datetime] = mapped_column()
    recorded_by_id: Mapped[str | None] = mapped_column(ForeignKey("account.id"))
    recorded_by: Mapped[str] = mapped_column(String(120))

    priority: Mapped[Priority] = relationship(back_populates="comments")


class SentComment(Versioned, Base):
    """What someone without an account sent in about a proposal, until and after somebody read it.

    `decided_at` None: not read yet. Then it was shown (`comment_id` is the comment) or set aside (`set_aside_because`).
    """

    __tablename__ = "sent_comment"
    unaudited = Base.unaudited | {"sender"}

    priority_id: Mapped[str] = mapped_column(ForeignKey("priority.id"), index=True)
    said_by: Mapped[str] = mapped_column(String(120))
    capacity: Mapped[str] = mapped_column(String(60))
    text: Mapped[str] = mapped_column(Text)
    sent_at: Mapped[datetime] = mapped_column()
    decided_at: Mapped[datetime | None] = mapped_column()
    decided_by: Mapped[str | None] = mapped_column(String(120))
    set_aside_because: Mapped[str | None] = mapped_column(Text)
    comment_id: Mapped[str | None] = mapped_column(ForeignKey("comment.id"))
    sender: Mapped[str | None] = mapped_column(String(64))
    """A digest of the network it was sent from, and only while it waits: so that one network cannot fill the queue."""

    priority: Mapped[Priority] = relationship()

    @property
    def priority_title(self) -> str:
        """What the priority it speaks of is called."""
        return self.priority.title

    @property
    def area_code(self) -> str:
        """Where the priority it speaks of stands."""
        return self.priority.area_code

    @property
    def private_to(self) -> str | None:
        """Nobody's account, until it has been read: its words are in no history. The decision itself is public."""
        return UNREAD if self.decided_at is None else None
