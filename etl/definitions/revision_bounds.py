"""How far figures may move between two editions of a source before somebody must say why."""

import csv
from dataclasses import dataclass, fields
from functools import cache
from typing import Literal, cast

from etl.definitions import catalogue, reference

EVERY_OTHER = "*"
Scale = Literal["count", "amount", "share"]


@dataclass(frozen=True)
class RevisionBounds:
    """What no real revision of a source has gone beyond; `basis` says on what that rests.

    A figure is told by its `scale`: a count in square roots of it, as chance would move it; an amount as a share of it; a share
    in its own units. It is settled when its period was over `settled_months` before the earlier edition came out.
    """

    source: str
    scale: Scale
    settled_months: int
    smallest: float
    """Counts below it are left out of the shares of figures moved: they stay as they are whatever happens."""
    tolerance: float
    """A figure that differs by no more than this has not moved: rounding."""
    moved_all: float
    """Share of settled figures that may have moved; `moved_area` and so on within one area, series or period."""
    moved_area: float
    moved_series: float
    moved_period: float
    far_cell: float
    """How far one figure may move, and `far_settled_cell` a settled one."""
    far_settled_cell: float
    far_area: float
    """How far the figures of one area may move together (root of the mean square); likewise one series, one period."""
    far_series: float
    far_period: float
    basis: str

    @property
    def is_measured(self) -> bool:
        """Whether two editions or more were laid beside each other; else the bounds are set by judgement."""
        return self.basis.startswith("measured")

    @property
    def basis_word(self) -> str:
        """What the bounds rest on, in a word or three."""
        return "measured" if self.is_measured else "set, not measured"


@cache
def revision_bounds() -> dict[str, RevisionBounds]:
    """The bounds of every source by its id; a source the table does not name has those of the last line."""
    with (reference.REFERENCE / "revision_bounds.csv").open(encoding="utf-8", newline="") as stream:
        lines = {row["source"]: row for row in csv.DictReader(stream)}
    return {source: _bounds(source, lines.get(source, lines[EVERY_OTHER])) for source in catalogue.sources()}


def _bounds(source: str, line: dict[str, str]) -> RevisionBounds:
    texts = {"source", "scale", "basis", "settled_months"}
    numbers = {field.name: float(line[field.name]) for field in fields(RevisionBounds) if field.name not in texts}
    scale = cast(Scale, line["scale"])
    return RevisionBounds(source=source, scale=scale, settled_months=int(line["settled_months"]), basis=line["basis"], **numbers)
