"""Which measures a priority may name, and which a borough may choose among: read from data/plans/measures.yml."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from dashboard.register.record_parts import Record
from etl.core.yaml_text import read_yaml

PLANS_DIR = Path(__file__).parents[2] / "data" / "plans"


class Candidates(Record):
    """The measures of the register.

    `volume`, `harm`: what a borough may choose and what the not-chosen watch goes through, in this order.
    `known`: every id a basket may hold. `parts`: a measure and those counted inside it.
    """

    volume: tuple[str, ...]
    harm: tuple[str, ...]
    known: tuple[str, ...]
    parts: Mapping[str, tuple[str, ...]]

    @property
    def choosable(self) -> tuple[str, ...]:
        """Volume then harm."""
        return self.volume + self.harm


@cache
def candidates() -> Candidates:
    """The measures of the register, read once."""
    return Candidates.model_validate(read_yaml((PLANS_DIR / "measures.yml").read_text(encoding="utf-8")))
