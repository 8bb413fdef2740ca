"""What the register gives out: frozen records, free of the database. None means "not recorded".

A record adds to what was typed (`entries`) or read from a file (`facts`) what the register knows of it besides; it is read
from a row by the names of its fields. `tests/register/test_records.py` holds records and tables together.
"""

from datetime import date, datetime

from dashboard.register.entries import AccountEntry, ActionEntry, BoroughChoice, Judgement, RecommendationEntry
from dashboard.register.facts import PlanFacts, RecommendationSetFact, StatedFactEntry
from dashboard.register.models import (
    ActionState,
    Aspect,
    BoroughPriority,
    Origin,
    PanLondonPriority,
    Priority,
)
from dashboard.register.permissions import Body, Kind, State
from dashboard.register.record_parts import Basket, ExpectedRange, Outturn, Record, Source, Statement, SuccessStatement

EXAMPLE = "Example"


class Labelled(Record):
    """A record that may be made up to show how the register works; `label` says so wherever it goes."""

    is_example: bool

    @property
    def label(self) -> str:
        """The word that marks a made-up record; empty for a real one."""
        return EXAMPLE if self.is_example else ""


class Kept(Record):
    """A record two people may change: `version` goes up with every change."""

    id: str
    version: int


class PlanRecord(PlanFacts, Kept):
    """A Police and Crime Plan."""

    def about(self, subject: str) -> tuple[Statement, ...]:
        """Statements on one subject: "theme", "objective", "rule", "retired because", "published"."""
        return tuple(statement for statement in self.statements if statement.about == subject)


class StatedFactRecord(StatedFactEntry, Kept):
    """One figure somebody stated in public."""


class SignatureRecord(Record):
    """One person's agreement for one body. Superseded when the proposal's substance changed afterwards."""

    id: str
    body: Body
    person: str
    account_id: str | None
    signed_at: datetime
    minute_link: str | None
    superseded_at: datetime | None


class CommentRecord(Record):
    """What someone said about a proposal."""

    id: str
    said_by: str
    capacity: str
    text: str
    said_at: datetime
    recorded_by: str


class PriorityRecord(Kept, Labelled):
    """What a London-wide and a borough's priority have in common."""

    kind: Kind
    plan_id: str
    area_code: str
    financial_year: str | None
    title: str
    wording: str | None
    state: State
    origin: Origin
    is_mandatory: bool
    author_id: str | None
    author_name: str
    rationale: str | None
    success: SuccessStatement | None
    sources: tuple[Source, ...]
    notice_days: int | None
    published_at: datetime | None
    proposed_at: datetime | None
    agreed_at: datetime | None
    signed_off_at: datetime | None
    signed_off_by: str | None
    in_force_from: date | None
    ended_on: date | None
    withdrawn_at: datetime | None
    review_on: date | None
    expected_ranges: tuple[ExpectedRange, ...] | None
    outturns: tuple[Outturn, ...] | None
    signatures: tuple[SignatureRecord, ...]
    comments: tuple[CommentRecord, ...]
    updated_at: datetime

    @property
    def standing_signatures(self) -> tuple[SignatureRecord, ...]:
        """Signatures on the text as it now stands."""
        return tuple(signature for signature in self.signatures if signature.superseded_at is None)


class LondonPriorityRecord(PriorityRecord):
    """Set by the Mayor, read by a basket."""

    basket: Basket
    target: str | None


class BoroughPriorityRecord(BoroughChoice, PriorityRecord):
    """Chosen by one borough for one year."""

    financial_year: str


class Identified(Record):
    """A record that is never changed."""

    id: str


class StatusRecord(Judgement, Identified):
    """One dated judgement or answer on record."""

    recorded_at: datetime
    recorded_by: str
    sources: tuple[Source, ...]


class OfSet(Kept, Labelled):
    """A record that belongs to a set of recommendations."""

    set_id: str


class RecommendationRecord(RecommendationEntry, OfSet):
    """One recommendation with its whole history, oldest first."""

    sources: tuple[Source, ...]
    history: tuple[StatusRecord, ...]

    def latest(self, aspect: Aspect) -> StatusRecord | None:
        """The newest status of one aspect; None: not on record."""
        return next((status for status in reversed(self.history) if status.aspect is aspect), None)


class RecommendationSetRecord(RecommendationSetFact, Kept, Labelled):
    """Recommendations made together."""


class ActionRecord(ActionEntry, Kept, Labelled):
    """Something somebody is to do."""

    state: ActionState
    raised_by: str
    raised_by_id: str | None
    closed_on: date | None
    outcome: str | None
    created_at: datetime


class CommentaryRecord(Kept, Labelled):
    """A signed explanation. `replaced_by_id` names the newer one, if any."""

    measure_id: str
    area_code: str
    period_start: date
    period_end: date
    text: str
    signed_by: str
    signed_for: str
    signed_at: datetime
    replaced_by_id: str | None


class MeetingRecord(Kept, Labelled):
    """A meeting."""

    title: str
    committee: str
    held_on: date
    sources: tuple[Source, ...]


class FrozenEditionRecord(Record):
    """What a meeting was shown. `document` is JSON text; its SHA-256 is `sha256`."""

    id: str
    meeting_id: str
    release_id: str
    frozen_at: datetime
    frozen_by: str
    document: str
    sha256: str


class AccountRecord(AccountEntry, Kept):
    """An account without its secrets."""

    is_active: bool
    has_password: bool
    locked_until: datetime | None
    last_signed_in_at: datetime | None


AnyPriorityRecord = LondonPriorityRecord | BoroughPriorityRecord


def priority_record(row: Priority) -> AnyPriorityRecord:
    """A priority's row as its frozen record."""
    if isinstance(row, PanLondonPriority):
        return LondonPriorityRecord.model_validate(row)
    if isinstance(row, BoroughPriority):
        return BoroughPriorityRecord.model_validate(row)
    raise TypeError(f"{row!r} is of no known kind")
