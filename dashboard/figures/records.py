"""What comes out of the warehouse: frozen records that carry their passport.

Everything past `queries` (charts, components, pages, exports) takes these and nothing else, so a number
cannot be drawn without its source, edition and caveats.
"""

from dataclasses import dataclass
from datetime import date

from etl.core.reason import Reasons
from etl.core.state import State
from etl.core.written import any_period


@dataclass(frozen=True)
class Area:
    """One place. `kind` is force, borough, bcu, pseudo, region or nation; `parent` is the BCU of a borough."""

    code: str
    name: str
    kind: str
    parent: str | None = None
    members: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class Measure:
    """The definition card of one published measure, in the form asked for.

    `form` is count, rate, rolling_year, rolling_year_rate, or value (as published). `better` is lower, higher or neither. `kind`
    is the id of its kind. `period` is month, quarter, year or rolling_year; `decimals` is how values are shown.
    """

    id: str
    base: str
    form: str
    title: str
    noun: str
    unit: str
    theme: str
    kind: str
    period: str
    decimals: int
    better: str
    better_note: str
    definition: str
    counts: str
    leaves_out: str
    gamed_by: str
    counter_measure: str
    read_beside: tuple[str, ...]
    owner: str | None
    reviewed: str
    next_review: str
    caveats: tuple[str, ...]
    published_as: tuple[tuple[str, str], ...]
    """(form of the published file, names of its categories) pairs, newest form first."""
    note_says_not_judged: bool = False
    is_percentage: bool = False
    is_rolling: bool = False
    source: str = ""
    checker: str | None = None
    next_review_why: str = ""


@dataclass(frozen=True, slots=True)
class Point:
    """One published number in its measure's unit. `value` is None exactly when `status` says why.

    `status` is final, provisional, suppressed, unavailable, not published or straddles_restart (a total that is not added up).
    `period` is 2025-06, 2025-Q2; for a rolling year it is its last month.
    """

    period: str
    start: date
    value: float | None
    numerator: float | None
    denominator: float | None
    lower: float | None
    upper: float | None
    status: str
    edition: str
    cell: str


@dataclass(frozen=True)
class Citation:
    """Where numbers came from, enough to find the file again."""

    edition: str
    source: str
    title: str
    publisher: str
    landing_page: str
    licence: str
    label: str
    """The edition in words: January 2026."""
    published_on: date
    published_basis: str
    """given (the person adding it said so) or inferred (from the last month covered)."""
    file_name: str
    sha256: str
    first_period: str
    last_period: str

    @property
    def which(self) -> str:
        """Which edition, after the word: "of January 2026" where that was given, else "to December 2025", its newest period."""
        return f"of {self.label}" if self.published_basis == "given" else f"to {any_period(self.last_period)}"

    @property
    def edition_words(self) -> str:
        """The edition by its month of publication where that was given; else by what it covers: a guess is no fact."""
        if self.published_basis == "given":
            return f"edition of {self.label}"
        return f"edition to {any_period(self.last_period)}, publication date not given"


@dataclass(frozen=True)
class Break:
    """One row of the table of breaks that applies to a series. `treatment` is restart, mark, leave_out or do_not_compare."""

    start: date
    end: date | None
    what: str
    kind: str
    treatment: str
    source: str
    short: str = ""
    """A few words for the label on a chart."""


@dataclass(frozen=True)
class MeasureSeries:
    """One measure for one area, oldest point first, with all a reader needs to trust it."""

    measure: Measure
    area: Area
    points: tuple[Point, ...]
    citations: tuple[Citation, ...]
    breaks: tuple[Break, ...]

    @property
    def known(self) -> tuple[Point, ...]:
        """Points that hold a number."""
        return tuple(p for p in self.points if p.value is not None)


@dataclass(frozen=True)
class Back:
    """The months judged beside the same months so many years before: the change as a share, with its 95% limits."""

    years: int
    before: float
    change: float
    change_lower: float
    change_upper: float


@dataclass(frozen=True)
class LongRun:
    """The longer view of a count: one `Back` for each year looked back on, and the record its months are.

    `record` is highest or lowest, None where it is neither since two years before; `record_since` the year of the last that was
    as high or as low, None where none since `known_from` was.
    """

    back: tuple[Back, ...]
    record: str | None
    record_since: int | None
    known_from: int | None


@dataclass(frozen=True)
class Verdict:
    """What may be said about one measure in one area, worked out when the release was made.

    `state` is B better, W worse, C changed, A apart from London, M leaning, P provisional, E moved as expected, N no clear
    change, T too early, X break in series, L late or U cannot tell. Observed and expected are totals over `window` (first and
    last period judged), in the measure's unit; None where the state refuses.
    """

    measure: str
    area: str
    state: State
    since: str | None
    window: tuple[str, str] | None
    observed: float | None
    expected: float | None
    expected_lower: float | None
    expected_upper: float | None
    ratio: float | None
    ratio_lower: float | None
    ratio_upper: float | None
    q_value: float | None
    visible_change: float | None
    """Of a survey: the smallest change between two separate years that its sample could show, as a share."""
    rule: str
    reason: Reasons
    would_change: Reasons
    """What would change it, or what is awaited; none for a year that is over."""
    caveat: Reasons = ()
    """What must be said beside it; none where nothing must."""
    move: str | None = None
    """A count beside its expectation, in the words of `etl.core.grade.MoveState`; None for surveys, courts and refusals."""
    grade: str | None = None
    """How sure the move is to last, in words; None where it has not moved."""
    probability: float | None = None
    against_force: str | None = None
    """with, more, less, against, above or below the rest of London; None where there is none to compare with."""
    rests_on: str | None = None
    """The month a move rests on alone."""
    long_run: LongRun | None = None


@dataclass(frozen=True)
class Revision:
    """How one figure stood in one edition: the publisher's value then."""

    period: str
    edition: str
    label: str
    published_on: date
    value: float | None
    interval: tuple[float, float] | None = None
    """95% limits of a surveyed share."""


@dataclass(frozen=True)
class CheckResult:
    """One check of one edition: passed, warned or refused, and what was found."""

    edition: str
    check: str
    result: str
    found: str


@dataclass(frozen=True)
class Release:
    """The live release: its name, when it was built here, and what it runs to."""

    name: str
    built_at: str
    data_to: str
    published_on: date
    is_date_given: bool = True
    """Whether somebody said that the newest edition came out then; else it is taken from its last period."""
