"""What a kind of measure is: what its measures declare, how they are derived and published, and how they are judged."""

from dataclasses import dataclass
from enum import Enum
from typing import Literal, Protocol

FormName = Literal["value", "count", "rate", "rolling_year", "rolling_year_rate"]
PeriodName = Literal["month", "quarter", "year", "rolling_year"]

PERIODS: dict[PeriodName, str] = {"month": "months", "quarter": "quarters", "year": "years", "rolling_year": "rolling years"}
PERCENT = "%"


class Judging(Enum):
    """The ways a measure's newest figures are judged."""

    MONTHLY_COUNTS = "months of events against what the months before lead one to expect"
    SURVEY_YEARS = "separate years of interviews, each as uncertain as its sample"
    QUARTERS = "a control chart of quarters"
    NONE = "not judged"


class Declared(Protocol):
    """What a kind looks at in a measure's definition."""

    @property
    def id(self) -> str:
        """Id of the measure."""

    @property
    def period(self) -> PeriodName:
        """How long each of its figures is."""

    @property
    def unit(self) -> str:
        """What its figures are counted in."""

    @property
    def is_percentage(self) -> bool:
        """Whether its figures are shares, shown as percentages."""


@dataclass(frozen=True)
class Kind:
    """One kind of measure.

    `requires` and `forbids` are fields of a definition; `forms` what each measure is published as, its own id first. Where
    `is_added_up`, observations are summed by the concordance, an area and category without a row had none, and areas add up to
    London; otherwise each figure is as published and a missing one is missing.
    """

    id: str
    what: str
    """In a sentence: "a survey"."""
    periods: tuple[PeriodName, ...]
    requires: tuple[str, ...]
    forbids: tuple[str, ...]
    forms: tuple[FormName, ...]
    is_added_up: bool
    has_limits: bool
    """Whether its counts are of separate events, so that each has the limits of such a count."""
    is_newest_provisional: bool
    """Whether the newest month of the newest edition is known to move."""
    judged: Judging
    not_judged_because: str = ""
    family: str | None = None
    """Added to the name of each list its verdicts are looked at in; "" adds nothing, None is no list."""
    counted: str = "As published."
    """How its observations become counts, in a sentence: the first of a number's method."""
    is_always_percentage: bool | None = None
    """True or False where every measure of it is, or none is; None where some are."""

    @property
    def has_residents(self) -> bool:
        """Whether residents are the denominator of some form."""
        return "rate" in self.forms

    def problems(self, measure: Declared) -> list[str]:
        """One sentence for each field of a definition that does not fit, with the field's name."""
        at = measure.id
        sentences = [
            f"{at}: {name}: {self.what} needs it, and it is not given" for name in self.requires if not getattr(measure, name)
        ]
        sentences += [f"{at}: {name}: {self.what} has none" for name in self.forbids if getattr(measure, name)]
        if measure.period not in self.periods:
            allowed = " or ".join(PERIODS[p] for p in self.periods)
            sentences.append(f"{at}: period: {self.what} is of {allowed}, not of {PERIODS[measure.period]}")
        if self.is_always_percentage is not None and measure.is_percentage is not self.is_always_percentage:
            expected = "shares" if self.is_always_percentage else "numbers, not of shares"
            sentences.append(f"{at}: is_percentage: {self.what} is of {expected}")
        if measure.is_percentage and not measure.unit.startswith(PERCENT):
            sentences.append(f"{at}: is_percentage: the unit is {measure.unit!r}, which is no share")
        if measure.unit.startswith(PERCENT) and not measure.is_percentage:
            sentences.append(f"{at}: is_percentage: the unit is {measure.unit!r}, so its figures are shares")
        return sentences
