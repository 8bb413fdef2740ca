"""The small frozen things records are made of: sources, baskets, success statements, ranges.

Pydantic models rather than dataclasses: the same class checks a YAML file of facts, reads a database row and
writes an export, and an unknown or missing field is an error in all three.
"""

import re
from datetime import date
from typing import Literal, Self
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, model_validator

_OWN = re.compile(r"/(?![/\\])[^\s\\\x00-\x1f]*")


class Record(BaseModel):
    """Base of every frozen record. Unknown fields are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", from_attributes=True)


def is_own_address(text: str) -> bool:
    """True for an address inside this site: one slash first, and nothing a browser would read as another site's."""
    return _OWN.fullmatch(text) is not None


def is_web_address(text: str) -> bool:
    """True for an http or https address with a host. A page may link to nothing else that a person typed."""
    parts = urlsplit(text)
    return parts.scheme in ("http", "https") and bool(parts.hostname)


class Source(Record):
    """Where a fact was read, enough to find it again.

    `dated` is as the document says it ("May 2013"); `checked` is False where the fact is well known but was
    not compared with the document itself.
    """

    document: str
    publisher: str | None = None
    dated: str | None = None
    where: str | None = None
    quote: str | None = None
    url: str | None = None
    checked: bool

    @property
    def note(self) -> str:
        """What a reader must be told about this source; empty where it was read."""
        return "" if self.checked else "not checked against the document"


class Statement(Record):
    """One sentence on the record and where it was read. `about` groups statements on a page."""

    about: str
    text: str
    sources: tuple[Source, ...]


class Basket(Record):
    """Measures a London-wide priority is read by, in five kinds. An empty kind: no measure is published."""

    volume: tuple[str, ...] = ()
    harm: tuple[str, ...] = ()
    victim: tuple[str, ...] = ()
    confidence: tuple[str, ...] = ()
    outcome: tuple[str, ...] = ()
    note: str | None = None

    @property
    def measure_ids(self) -> tuple[str, ...]:
        """Every measure once, in the order of the kinds."""
        kinds = (self.volume, self.harm, self.victim, self.confidence, self.outcome)
        return tuple(dict.fromkeys(measure for kind in kinds for measure in kind))


class SuccessStatement(Record):
    """What improving would look like, written before the year starts."""

    improving: str
    over: str
    measure_ids: tuple[str, ...]
    not_counted: str


class RangePoint(Record):
    """What one period was expected to show, in the measure's unit."""

    period_start: date
    centre: float
    lower_80: float
    upper_80: float
    lower_95: float
    upper_95: float

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        edges = [self.lower_95, self.lower_80, self.centre, self.upper_80, self.upper_95]
        if edges != sorted(edges):
            raise ValueError(f"the edges of the range for {self.period_start} are not in order: {edges}")
        return self


class ExpectedRange(Record):
    """A forecast from the series' own history, fixed and dated on agreement.

    `editions` are those of the release it was made from, so it can be made again. `year` is what all its points come to
    together; None where that was not worked out. Where no range can be given, `refused` says why and `points` is empty;
    where no honest review can be dated, `no_review_because` says why.
    """

    measure_id: str
    area_code: str
    release_id: str
    editions: tuple[str, ...]
    method: str
    fixed_on: date
    points: tuple[RangePoint, ...] = ()
    year: RangePoint | None = None
    first_honest_review: date | None = None
    no_review_because: str | None = None
    refused: str | None = None

    @model_validator(mode="after")
    def _range_or_reason(self) -> Self:
        if bool(self.points) == bool(self.refused):
            raise ValueError("an expected range holds either its points or the reason there are none")
        return self


class Outturn(Record):
    """How what came compares with what was expected, for one measure.

    `verdict` is about the year as a whole: on `total`, what the `periods` scored come to, beside the total that was expected;
    or, where that is None, on how most of them fell. `expected_periods` are those the range held while the priority was in force.
    `mean_interval_score` is in the measure's unit, lower is better.
    """

    measure_id: str
    release_id: str
    scored_on: date
    periods: int
    expected_periods: int | None = None
    total: float | None = None
    inside_80: int
    inside_95: int
    below_95: int
    above_95: int
    mean_interval_score: float
    verdict: Literal["inside", "better", "worse", "changed"]
