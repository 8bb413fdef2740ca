"""The facts a register starts with, read from data/plans/ and checked. Every fault is reported at once."""

import re
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import ValidationError

from dashboard.register import areas
from dashboard.register.entries import BoroughEntry, RecommendationEntry, StatusEntry
from dashboard.register.errors import FactsRejected
from dashboard.register.measures import Candidates
from dashboard.register.models import Aspect, PlanState, Rag
from dashboard.register.record_parts import Basket, Record, Source, Statement
from dashboard.register.years import is_financial_year
from etl.core.yaml_text import read_yaml

_PLAN_FILE = re.compile(r"\d{4}-\d{4}\.yml")
_RECOMMENDATIONS_FILE = re.compile(r"recommendations-\d{4}\.yml")
File = TypeVar("File", bound=Record)


class PlanFacts(Record):
    """A plan as its file gives it. `rules` hold `notice_days` and `volume_choices` (None: no limit known)."""

    id: str
    title: str
    short_title: str
    state: PlanState
    first_year: str
    last_year: str
    published_on: date | None
    rules: dict[str, int | None]
    statements: tuple[Statement, ...]
    sources: tuple[Source, ...]


class LondonFact(Record):
    """A London-wide priority as its file gives it."""

    id: str
    title: str
    wording: str | None = None
    target: str | None = None
    in_force_from: date
    ended_on: date | None = None
    basket: Basket
    sources: tuple[Source, ...]


class BoroughFact(Record):
    """A borough's priority on the public record."""

    id: str
    entry: BoroughEntry
    sources: tuple[Source, ...]


class PlanFile(Record):
    """One plan's file."""

    sources: tuple[Source, ...]
    plan: PlanFacts
    london_priorities: tuple[LondonFact, ...]
    borough_priorities: tuple[BoroughFact, ...]


class RecommendationFact(RecommendationEntry):
    """One recommendation as its file gives it."""

    sources: tuple[Source, ...]
    history: tuple[StatusEntry, ...]


class RecommendationSetFact(Record):
    """A set of recommendations as its file gives it, with the committee's own definition of each colour."""

    id: str
    title: str
    committee: str
    made_on: date | None
    made_words: str
    definitions: dict[Rag, str]
    statements: tuple[Statement, ...]
    sources: tuple[Source, ...]


class RecommendationFile(Record):
    """One set's file."""

    sources: tuple[Source, ...]
    set: RecommendationSetFact
    recommendations: tuple[RecommendationFact, ...]


class StatedFactEntry(Record):
    """One stated figure as its file gives it."""

    id: str
    about: str
    area_code: str
    area_words: str
    period: str
    measure_id: str | None
    value: float | None
    unit: str
    text: str
    sources: tuple[Source, ...]


class StatedFactsFile(Record):
    """The file of stated figures."""

    sources: tuple[Source, ...]
    facts: tuple[StatedFactEntry, ...]


class Facts(Record):
    """Everything in data/plans/."""

    measures: Candidates
    plans: tuple[PlanFile, ...]
    recommendation_sets: tuple[RecommendationFile, ...]
    stated: tuple[StatedFactEntry, ...]


def read_facts(folder: Path) -> Facts:
    """The facts in a folder.

    Raises:
        FactsRejected: a file that is not one of facts, a field missing or unknown, a fact without a source, a measure
            or area that does not exist, an id used twice.
    """
    failures: list[str] = []
    plans, sets, stated = [], [], []
    measures = _read(folder / "measures.yml", Candidates, failures)
    for path in sorted(folder.iterdir()):
        if _PLAN_FILE.fullmatch(path.name):
            plans.append(_read(path, PlanFile, failures))
        elif _RECOMMENDATIONS_FILE.fullmatch(path.name):
            sets.append(_read(path, RecommendationFile, failures))
        elif path.name == "stated-facts.yml":
            stated.append(_read(path, StatedFactsFile, failures))
        elif path.name not in ("measures.yml", "README.md"):
            failures.append(f"{path.name}: not a file of facts")
    if failures or measures is None:
        raise FactsRejected("The facts cannot be read", failures)
    facts = Facts(
        measures=measures,
        plans=tuple(file for file in plans if file is not None),
        recommendation_sets=tuple(file for file in sets if file is not None),
        stated=tuple(fact for file in stated if file is not None for fact in file.facts),
    )
    failures = _faults(facts)
    if failures:
        raise FactsRejected("The facts do not hold together", failures)
    return facts


def _read(path: Path, kind: type[File], failures: list[str]) -> File | None:
    try:
        content: Any = read_yaml(path.read_text(encoding="utf-8"))
        return kind.model_validate(content)
    except FileNotFoundError:
        failures.append(f"{path.name}: missing")
    except yaml.YAMLError as error:
        failures.append(f"{path.name}: not YAML: {error}")
    except ValidationError as error:
        failures += [f"{path.name}: {'.'.join(str(step) for step in fault['loc'])}: {fault['msg']}" for fault in error.errors()]
    return None


def _faults(facts: Facts) -> list[str]:
    known_measures = set(facts.measures.known)
    failures = [
        f"measures.yml: {measure} may be chosen but is not known"
        for measure in facts.measures.choosable
        if measure not in known_measures
    ]
    ids: list[str] = []
    for file in facts.plans:
        plan = file.plan
        ids.append(plan.id)
        if not (is_financial_year(plan.first_year) and is_financial_year(plan.last_year)):
            failures.append(f"{plan.id}: its years are not financial years")
        if "notice_days" not in plan.rules or "volume_choices" not in plan.rules:
            failures.append(f"{plan.id}: rules must give notice_days and volume_choices")
        for statement in plan.statements:
            if not statement.sources:
                failures.append(f"{plan.id}: no source for {statement.text!r}")
        for priority in file.london_priorities:
            ids.append(priority.id)
            failures += _unsourced(priority.id, priority.sources)
            failures += [f"{priority.id}: unknown measure {m}" for m in priority.basket.measure_ids if m not in known_measures]
        for past in file.borough_priorities:
            ids.append(past.id)
            failures += _unsourced(past.id, past.sources)
            if past.entry.plan_id != plan.id or past.entry.area_code not in areas.BOROUGHS:
                failures.append(f"{past.id}: wrong plan or area")
            if past.entry.measure_id is not None and past.entry.measure_id not in known_measures:
                failures.append(f"{past.id}: unknown measure {past.entry.measure_id}")
    for set_file in facts.recommendation_sets:
        ids.append(set_file.set.id)
        if set(set_file.set.definitions) != set(Rag):
            failures.append(f"{set_file.set.id}: define red, amber and green")
        if [one.number for one in set_file.recommendations] != list(range(1, len(set_file.recommendations) + 1)):
            failures.append(f"{set_file.set.id}: numbers are not 1, 2, 3 …")
        for one in set_file.recommendations:
            failures += _unsourced(f"{set_file.set.id} {one.number}", one.sources)
            failures += [
                f"{set_file.set.id} {one.number}: a judgement needs a colour and a source"
                for status in one.history
                if (status.aspect is not Aspect.ANSWER and status.rag is None) or not status.sources
            ]
    for fact in facts.stated:
        ids.append(fact.id)
        failures += _unsourced(fact.id, fact.sources)
        if not areas.is_area(fact.area_code):
            failures.append(f"{fact.id}: unknown area {fact.area_code}")
        if fact.measure_id is not None and fact.measure_id not in known_measures:
            failures.append(f"{fact.id}: unknown measure {fact.measure_id}")
    failures += sorted({f"{one}: used twice" for one in ids if ids.count(one) > 1})
    return failures


def _unsourced(name: str, sources: tuple[Source, ...]) -> list[str]:
    return [] if sources else [f"{name}: no source"]
