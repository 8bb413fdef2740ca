"""Records of what was worked out beyond the verdicts: ranges, comparisons, likeness, and how well the methods do."""

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class ExpectedMonth:
    """What one month was expected to be for the time of year, and the range chance would keep it in.

    `lower` and `upper` are those of the 99% range, which is drawn. `role` is earlier (as expected at the time), window (judged)
    or provisional (too new). `signal` says that the month lies outside its range; "" for none.
    """

    period: str
    expected: float
    lower: float
    upper: float
    lower80: float
    upper80: float
    lower95: float
    upper95: float
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
    """One month to come: its middle, and the ranges that four in five and nineteen in twenty keep within."""

    made_at: str
    period: str
    lower95: float
    lower80: float
    median: float
    upper80: float
    upper95: float


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
    """What the calibration was made with: newest month, how many measures, and whether by the judging of this release."""

    data_to: str
    measures: int
    is_in_step: bool


class Calibrated(StrEnum):
    """What is measured of the judging on real windows; the value is its name in the tables."""

    COVERAGE = "95% range holds"
    SCORE = "interval score (95%)"
    POWER = "found at 5% equal alarm"
    UNPROVOKED = "unprovoked flags with 10% planted"
    FOUND_IN_LIST = "planted changes flagged in the list"
    TENTH = "forecast of lasting less what lasted"
    FORECAST = "mean forecast of lasting"
    LASTED = "share that lasted"
    CALLED_NOTHING = "moves of 20 to 30% called no clear change"


@dataclass(frozen=True)
class CalibrationFigure:
    """One figure of how well the judging does: of which places (London, boroughs), which group of them, on how many windows.

    `value` is a share, a difference of shares or a score, as the figure is; None where it could not be measured. `target` is
    what was aimed at, in words, and `is_met` whether it is reached; both None where nothing was aimed at.
    """

    figure: str
    kind: str
    group: str
    windows: int
    value: float | None
    target: str | None
    is_met: bool | None


@dataclass(frozen=True)
class ProposedStep:
    """A step that many boroughs of an area (London, or a command) took in one month, and that nobody has decided on.

    `size` is a share of the months before, `together` the share of the `boroughs` that went that way.
    """

    measure: str
    area: str
    month: str
    size: float
    together: float
    boroughs: int


@dataclass(frozen=True)
class VerdictFamily:
    """The verdicts on recorded crime that are looked at as one list: of London, of boroughs, of commands.

    `leaning` may have moved, not proven; `not_lasting` is how many of the `changed` are expected not to last.
    """

    family: str
    tested: int
    changed: int
    leaning: int
    not_lasting: float
