"""What people type: an account, an action, a recommendation and its status, a priority. Records are made of the same fields."""

from datetime import date
from typing import Any

from dashboard.register.models import Aspect, Carried, Rag, Sort
from dashboard.register.permissions import Body, Role
from dashboard.register.record_parts import Basket, Record, Source, SuccessStatement


class AccountEntry(Record):
    """An account as typed by an administrator. `area_code` is for a borough lead, and only for one."""

    email: str
    name: str
    role: Role
    body: Body
    area_code: str | None


class ActionEntry(Record):
    """An action: against a chart (its address, measure and area), a recommendation, or both."""

    text: str
    chart: str | None = None
    measure_id: str | None = None
    area_code: str
    recommendation_id: str | None = None
    meeting_id: str | None = None
    owner: str
    owner_id: str | None = None
    due_on: date


class RecommendationEntry(Record):
    """One recommendation. `owner` is the body it asks; None where it names nobody."""

    number: int
    title: str
    wording: str
    owner: str | None
    due_on: date | None
    due_words: str | None


class Judgement(Record):
    """One dated judgement or answer. `rag` is None for an answer; `as_at_words` is the day as the document writes it."""

    aspect: Aspect
    rag: Rag | None
    as_at: date
    as_at_words: str
    evidence: str
    evidence_url: str | None


class StatusEntry(Judgement):
    """A judgement or an answer as typed."""

    sources: tuple[Source, ...] = ()


class PriorityEntry(Record):
    """The fields both kinds share. A draft may lack any that is None; a proposal may not."""

    plan_id: str
    title: str
    wording: str | None = None
    rationale: str | None = None
    success: SuccessStatement | None = None
    notice_days: int | None = None
    in_force_from: date | None = None
    review_on: date | None = None


class LondonEntry(PriorityEntry):
    """A London-wide priority as typed."""

    basket: Basket = Basket()
    target: str | None = None


class BoroughChoice(Record):
    """What a borough says of its choice. `evidence_sheet` is kept as it stood when it was typed."""

    sort: Sort | None = None
    carried: Carried | None = None
    measure_id: str | None = None
    measure_note: str | None = None
    evidence_sheet: dict[str, Any] | None = None
    residents_asked: str | None = None
    residents_answered: str | None = None


class BoroughEntry(BoroughChoice, PriorityEntry):
    """A borough's priority as typed."""

    area_code: str
    financial_year: str
    is_mandatory: bool = False
