"""A priority as questions and answers: the fields of its form, the entry they make, and the answers an entry stands for."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from dashboard.register.entries import BoroughEntry, LondonEntry
from dashboard.register.models import Carried, Sort
from dashboard.register.record_parts import Basket, SuccessStatement
from dashboard.register.records import AnyPriorityRecord, BoroughPriorityRecord, LondonPriorityRecord
from dashboard.ui.forms import Choice, Field, Values
from dashboard.web.form_page import Questions
from dashboard.web.measure_choices import choosable, known
from dashboard.web.typed_fields import dates, text, text_or_none, whole_number
from etl.core.written import day

Entry = LondonEntry | BoroughEntry
KINDS = MappingProxyType(
    {"volume": "Volume", "harm": "Harm", "victim": "Victims", "confidence": "Confidence", "outcome": "Outcomes"}
)
BASKET = "basket."
DATES = ("in_force_from", "review_on")
# What the register calls a fault, where the form asks in another place.
PLACES = MappingProxyType({"measures": "measure_id", "success": "success.improving"})
TITLE = Field("title", "Name of the priority", "line", "A few words that people will know it by.", size=60)
WORDING = Field("wording", "In full, if the name is not enough", "text", size=3)
RATIONALE = Field(
    "rationale", "Why this is a priority", "text", "What the evidence shows, and why this rather than something else.", size=6
)
SUCCESS = (
    Field("success.improving", "What improving would look like", "text", size=3),
    Field("success.over", "Over what time", "line", "Such as: the financial year 2027/28.", size=40),
    Field("success.measure_ids", "On which measures", "checks", "Improvement is looked for on these and no others."),
    Field(
        "success.not_counted",
        "What would not count",
        "text",
        "Such as a change of recording, or a fall everywhere at once.",
        size=3,
    ),
)
RESIDENTS = (
    Field("residents_asked", "What residents asked for", "text", "Or say that they were not asked.", size=4),
    Field("residents_answered", "How the choice answers them", "text", "What was chosen of it, what was not, and why.", size=4),
)


@dataclass(frozen=True)
class Where:
    """What a priority is proposed for: known from its address, so it cannot be mistyped."""

    plan_id: str
    area_code: str
    financial_year: str
    is_borough: bool
    notice_days: int


def questions(where: Where) -> tuple[Questions, ...]:
    """The form's questions, in the order they are thought about."""
    measures = known()
    success = tuple(
        Field(question.name, question.label, question.kind, question.hint, measures) if question.kind == "checks" else question
        for question in SUCCESS
    )
    opening = _borough_opening() if where.is_borough else _london_opening(measures)
    why = (RATIONALE, *RESIDENTS) if where.is_borough else (RATIONALE,)
    return (
        Questions(opening, "What is proposed"),
        Questions(why, "Why"),
        Questions(success, "What success would be", "Written before the year starts, so that nobody can choose it afterwards."),
        Questions(_when(where), "When"),
    )


def entry_of(values: Values, where: Where, *, evidence: dict[str, Any] | None) -> tuple[Entry, dict[str, str]]:
    """(the entry these answers make, the faults of answers that cannot be read)."""
    days, faults = dates(values, DATES)
    notice, wrong = whole_number(values, "notice_days")
    shared: dict[str, Any] = {
        "plan_id": where.plan_id,
        "title": text(values, "title"),
        "wording": text_or_none(values, "wording"),
        "rationale": text_or_none(values, "rationale"),
        "success": _success(values),
        "notice_days": notice,
        **days,
    }
    if not where.is_borough:
        chosen, strange = _basket(values)
        return LondonEntry(**shared, basket=chosen, target=text_or_none(values, "target")), faults | wrong | strange
    sort, carried = text(values, "sort"), text(values, "carried")
    unknown = {name: "Choose one of these." for name, answer, kind in (("sort", sort, Sort), ("carried", carried, Carried))
               if answer and answer not in set(kind)}  # fmt: skip
    entry = BoroughEntry(
        **shared,
        area_code=where.area_code,
        financial_year=where.financial_year,
        sort=Sort(sort) if sort in set(Sort) else None,
        carried=Carried(carried) if carried in set(Carried) else None,
        measure_id=text_or_none(values, "measure_id"),
        measure_note=text_or_none(values, "measure_note"),
        residents_asked=text_or_none(values, "residents_asked"),
        residents_answered=text_or_none(values, "residents_answered"),
        evidence_sheet=evidence,
    )
    return entry, faults | wrong | unknown


def answers_of(entry: Entry | AnyPriorityRecord) -> Values:
    """What would stand in the form for an entry or a record."""
    success = entry.success
    plain: dict[str, object] = {
        "title": entry.title,
        "wording": entry.wording,
        "rationale": entry.rationale,
        "success.improving": success.improving if success else None,
        "success.over": success.over if success else None,
        "success.not_counted": success.not_counted if success else None,
        "notice_days": entry.notice_days,
        "in_force_from": day(entry.in_force_from) if entry.in_force_from else None,
        "review_on": day(entry.review_on) if entry.review_on else None,
    }
    many = {"success.measure_ids": success.measure_ids if success else ()}
    if isinstance(entry, LondonEntry | LondonPriorityRecord):
        plain["target"] = entry.target
        for kind in KINDS:
            plain |= {f"{BASKET}{measure}": kind for measure in getattr(entry.basket, kind)}
    elif isinstance(entry, BoroughEntry | BoroughPriorityRecord):
        names = ("sort", "carried", "measure_id", "measure_note", "residents_asked", "residents_answered")
        plain |= {name: getattr(entry, name) for name in names}
    return {name: (str(value),) for name, value in plain.items() if value is not None} | many


def placed(faults: Mapping[str, str]) -> dict[str, str]:
    """The register's faults under the names of this form's fields."""
    return {PLACES.get(name, name): sentence for name, sentence in faults.items()}


def _success(values: Values) -> SuccessStatement | None:
    statement = SuccessStatement(
        improving=text(values, "success.improving"),
        over=text(values, "success.over"),
        measure_ids=tuple(values.get("success.measure_ids", ())),
        not_counted=text(values, "success.not_counted"),
    )
    return statement if any(statement.model_dump().values()) else None


def _basket(values: Values) -> tuple[Basket, dict[str, str]]:
    chosen: dict[str, tuple[str, ...]] = {}
    faults: dict[str, str] = {}
    for name in values:
        kind = text(values, name) if name.startswith(BASKET) else ""
        if kind in KINDS:
            chosen[kind] = (*chosen.get(kind, ()), name.removeprefix(BASKET))
        elif kind:
            faults[name] = "Choose one of these."
    return Basket.model_validate(chosen), faults


def _borough_opening() -> tuple[Field, ...]:
    return (
        TITLE,
        Field("sort", "It is about", "radios", choices=(
            Choice("volume", "Volume: how often it happens"),
            Choice("vulnerability", "Vulnerability: who it happens to"),
            Choice("harm", "Harm: what it does to them"),
        )),
        Field("measure_id", "Measure it is read by", "select", choices=choosable()),
        Field("measure_note", "If no published measure reads it, why", "text", size=2),
        Field("carried", "New, or carried forward", "radios", choices=(
            Choice("new", "New this year"),
            Choice("carried forward", "Carried forward from the year before"),
        )),
        WORDING,
    )  # fmt: skip


def _london_opening(measures: tuple[Choice, ...]) -> tuple[Field, ...]:
    kinds = (Choice("", "Not read by it"), *(Choice(kind, words) for kind, words in KINDS.items()))
    basket = (Field(f"{BASKET}{choice.value}", choice.words, "select", choices=kinds) for choice in measures)
    return (TITLE, WORDING, Field("target", "Target, if one is set", "line", size=60), *basket)


def _when(where: Where) -> tuple[Field, ...]:
    return (
        Field(
            "notice_days",
            "Days of notice",
            "line",
            f"At least {where.notice_days}: time to comment before it is in force.",
            size=6,
        ),
        Field("in_force_from", "In force from", "line", "Such as 1 April 2027.", size=24),
        Field("review_on", "Review on", "line", "The first day on which it can honestly be judged.", size=24),
    )
