"""Records of what was worked out beyond the verdicts: ranges, comparisons, likeness, and how well the methods do."""

from dataclasses import dataclass

from etl.core.state import State


@dataclass(frozen=True, slots=True)
class ExpectedMonth:
    """What one month was expected to be for the time of year, and the range chance would keep it in.

    `role` is segment (before the months the verdict rests on), baseline, window (judged) or provisional (too new).
    `signal` names the rule the month breaks, in words; "" for none.
    """

    period: str
    expected: float
    lower: float
    upper: float
    role: str
    signal: str


@dataclass(frozen=True)
class Settling:
    """How far a month has later moved since it was the newest (lag 0), the one before (1), ..., as shares (0.02 is 2%).

    `typical` is the middle of what was seen, `most` what nine in ten stayed within; `basis` says whether this measure's own
    months were enough or all measures were taken together. `pairs` is how many first and later figures that rests on.
    """

    measure: str
    kind: str
    basis: str
    lag: int
    typical: float
    most: float
    pairs: int


@dataclass(frozen=True, slots=True)
class RangeMonth:
    """One month to come: its middle, and the ranges that four and nineteen in twenty futures keep within.

    `is_shown` is false where last year's same month has foretold this measure better.
    """

    made_at: str
    period: str
    lower95: float
    lower80: float
    median: float
    upper80: float
    upper95: float
    is_shown: bool


@dataclass(frozen=True, slots=True)
class RangeTotal:
    """What the months from `first` to `last` may come to together; the fields are those of `RangeMonth`."""

    made_at: str
    first: str
    last: str
    lower95: float
    lower80: float
    median: float
    upper80: float
    upper95: float
    is_shown: bool


@dataclass(frozen=True)
class AreaComparison:
    """A borough's 12 months to `period`: its rate per 1,000 residents, against the rest of London, and its place on the funnel.

    `side` is above, below or similar (its interval against the rest of London). `funnel` places it among the boroughs once
    their usual differences are allowed for: above 99.8%, above 95%, within, below 95%, below 99.8%. `phi` is how much boroughs
    differ beyond chance (1 is not at all), `tau2` the variance between them that widened the funnel.
    """

    measure: str
    area: str
    period: str
    events: float
    population: float
    rate: float
    rate_lower: float
    rate_upper: float
    rest_rate: float
    ratio: float
    ratio_lower: float
    ratio_upper: float
    side: str
    z: float
    adjusted_z: float
    funnel: str
    phi: float
    tau2: float


@dataclass(frozen=True)
class Contribution:
    """A borough's part in London's change: the 12 months to `period` less the 12 before, with a 95% interval.

    `share` is its part of London's change, None where London's own change is too small to be shared out.
    """

    measure: str
    area: str
    period: str
    before: float
    now: float
    change: float
    change_lower: float
    change_upper: float
    london_change: float
    share: float | None


@dataclass(frozen=True)
class Similar:
    """Another borough and how unlike it is, with the published weights; 0 is identical, `place` 1 the most similar."""

    area: str
    place: int
    distance: float


@dataclass(frozen=True)
class CalibrationMade:
    """What the tables of calibration were made with: newest month, full or quick, and whether by the judging of this release."""

    data_to: str
    effort: str
    is_in_step: bool


@dataclass(frozen=True)
class FalseAlarmRate:
    """How often a way of judging calls an unchanged series changed.

    `kind` is borough, bcu or force; `band` is the mean a month: under 10, or 10 and over. `promise` is the most allowed, None for
    the ways shown only for comparison.
    """

    method: str
    measure: str
    kind: str
    band: str
    series: int
    mean: float
    rate: float
    promise: float | None


@dataclass(frozen=True)
class Power:
    """How often a real `change` (-0.2 is 20% fewer) has been seen after so many months."""

    measure: str
    kind: str
    band: str
    months: int
    series: int
    mean: float
    change: float
    found: float


@dataclass(frozen=True)
class PastVerdicts:
    """Verdicts as of a past date: how many, what share later editions upheld, and what the six months after showed.

    `lasted` is the share (of `later_known`) whose next six months lay on the same side; `turned` the share clearly on the other.
    """

    as_of: str
    kind: str
    state: State
    verdicts: int
    survived_revision: float | None
    later_known: float | None
    lasted: float | None
    turned: float | None


@dataclass(frozen=True)
class RangeScore:
    """A model's ranges on months held back: share inside each range, and interval scores (lower is better)."""

    measure: str
    kind: str
    model: str
    months: int
    coverage80: float
    coverage95: float
    score80: float
    score95: float
    is_shown: bool


@dataclass(frozen=True)
class VerdictFamily:
    """The verdicts on recorded crime that are looked at as one list: of London, of boroughs, of commands.

    `by_chance` is how many of the `changed` chance alone would be expected to put there; `newest_by_chance` how many of the
    `tested` would have a newest month outside its range if nothing had changed.
    """

    family: str
    tested: int
    changed: int
    by_chance: float
    newest_by_chance: float
