"""What the register gives out: frozen records, free of the database. None means "not recorded"."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from dashboard.register.models import (
    ActionState,
    Aspect,
    BoroughPriority,
    Carried,
    Origin,
    PanLondonPriority,
    PlanState,
    Priority,
    Rag,
    Sort,
)
from dashboard.register.permissions import Body, Kind, Role, State
from dashboard.register.values import Basket, ExpectedRange, Outturn, Record, Source, Statement, SuccessStatement

EXAMPLE = "Example"


class Labelled(Record):
    """A record that may be made up to show how the register works; `label` says so wherever it goes."""

    is_example: bool

    @property
    def label(self) -> str:
        """The word that marks a made-up record; empty for a real one."""
        return EXAMPLE if self.is_example else ""


class PlanRecord(Record):
    """A Police and Crime Plan. `rules` hold `notice_days` and `volume_choices` (None: no limit known)."""

    id: str
    version: int
    title: str
    short_title: str
    state: PlanState
    first_year: str
    last_year: str
    published_on: date | None
    rules: Mapping[str, int | None]
    statements: tuple[Statement, ...]
    sources: tuple[Source, ...]

    def about(self, subject: str) -> tuple[Statement, ...]:
        """Statements on one subject: "theme", "objective", "rule", "retired because", "published"."""
        return tuple(statement for statement in self.statements if statement.about == subject)


class StatedFactRecord(Record):
    """One figure somebody stated in public."""

    id: str
    version: int
    about: str
    area_code: str
    area_words: str
    period: str
    measure_id: str | None
    value: float | None
    unit: str
    text: str
    sources: tuple[Source, ...]


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


class PriorityRecord(Labelled):
    """What a London-wide and a borough's priority have in common."""

    id: str
    version: int
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


class BoroughPriorityRecord(PriorityRecord):
    """Chosen by one borough for one year."""

    financial_year: str
    sort: Sort | None
    carried: Carried | None
    measure_id: str | None
    measure_note: str | None
    evidence_sheet: Mapping[str, Any] | None
    residents_asked: str | None
    residents_answered: str | None


class StatusRecord(Record):
    """One dated judgement or answer. `rag` is None for an answer."""

    id: str
    aspect: Aspect
    rag: Rag | None
    as_at: date
    as_at_words: str
    evidence: str
    evidence_url: str | None
    recorded_at: datetime
    recorded_by: str
    sources: tuple[Source, ...]


class RecommendationRecord(Labelled):
    """One recommendation with its whole history, oldest first."""

    id: str
    version: int
    set_id: str
    number: int
    title: str
    wording: str
    owner: str | None
    due_on: date | None
    due_words: str | None
    sources: tuple[Source, ...]
    history: tuple[StatusRecord, ...]

    def latest(self, aspect: Aspect) -> StatusRecord | None:
        """The newest status of one aspect; None: not on record."""
        return next((status for status in reversed(self.history) if status.aspect is aspect), None)


class RecommendationSetRecord(Labelled):
    """Recommendations made together, with the committee's own definition of each colour."""

    id: str
    version: int
    title: str
    committee: str
    made_on: date | None
    made_words: str
    definitions: Mapping[Rag, str]
    statements: tuple[Statement, ...]
    sources: tuple[Source, ...]


class ActionRecord(Labelled):
    """Something somebody is to do."""

    id: str
    version: int
    text: str
    chart: str | None
    measure_id: str | None
    area_code: str
    recommendation_id: str | None
    meeting_id: str | None
    owner: str
    owner_id: str | None
    due_on: date
    state: ActionState
    raised_by: str
    raised_by_id: str | None
    closed_on: date | None
    outcome: str | None
    created_at: datetime


class CommentaryRecord(Labelled):
    """A signed explanation. `replaced_by_id` names the newer one, if any."""

    id: str
    version: int
    measure_id: str
    area_code: str
    period_start: date
    period_end: date
    text: str
    signed_by: str
    signed_for: str
    signed_at: datetime
    replaced_by_id: str | None


class MeetingRecord(Labelled):
    """A meeting."""

    id: str
    version: int
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


class AccountRecord(Record):
    """An account without its secrets."""

    id: str
    version: int
    email: str
    name: str
    role: Role
    body: Body
    area_code: str | None
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
