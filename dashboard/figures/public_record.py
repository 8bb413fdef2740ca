"""What is on the public record about London's plans: priorities read by which measures, and figures stated by others."""

from functools import cache
from pathlib import Path

from dashboard.register.facts import Facts, LondonFact, PlanFile, StatedFactEntry, read_facts

FOLDER = Path(__file__).parent.parent.parent / "data" / "plans"


@cache
def _facts() -> Facts:
    return read_facts(FOLDER)


def current_plan() -> PlanFile | None:
    """The Police and Crime Plan in force; None where none on record is."""
    return next((file for file in _facts().plans if file.plan.state == "current"), None)


def london_priority(identity: str) -> LondonFact:
    """One London-wide priority of any plan.

    Raises:
        LookupError: none on record has that id.
    """
    for file in _facts().plans:
        for fact in file.london_priorities:
            if fact.id == identity:
                return fact
    raise LookupError(f"no London-wide priority {identity!r} is on record")


def stated(about: str) -> tuple[StatedFactEntry, ...]:
    """Figures stated by others on one subject ("justice"), as published, each with its source."""
    return tuple(fact for fact in _facts().stated if fact.about == about)
