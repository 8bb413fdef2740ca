"""Why a verdict reads as it does, as codes with their numbers: what is stored in a release, and what sentences are made from."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

Value = str | int | float | bool | tuple[str, ...]


class Code(StrEnum):
    """One thing that may be said, and under it the values it comes with.

    Periods are labels (2025-06); `what` is the text of the table of breaks.
    """

    # A count by months: what is set against what, and which months are not looked at.
    MONTHS_COMPARED = "months compared"
    """count, first, last, made: the month the expectation was made in; restart where counts started again."""
    MONTHS_NOT_HELD = "months not held"
    """months."""
    MONTHS_LEFT_OUT = "months left out"
    """months."""
    MONTHS_TOO_NEW = "months too new"
    """months."""
    # What the months showed.
    LASTS = "lasts"
    """grade; windows, lasted: how many past moves were graded so, and the share of them that lasted."""
    RESTS_ON_MONTH = "rests on month"
    """month."""
    LEANS_OUTSIDE = "leans outside"
    LEANS_INSIDE = "leans inside"
    RULED_OUT = "ruled out"
    """fall, rise: shares beyond which neither is possible."""
    AGAINST_FORCE = "against force"
    """how: with, more, less, against, above or below."""
    # Why a count has no verdict.
    NO_FIGURE = "no figure"
    NO_MONTH_JUDGED = "no month judged"
    TOO_FEW_OFFENCES = "too few offences"
    EMPTY_MONTHS = "empty months"
    """months, expected: offences a month."""
    NEWEST_LEFT_OUT = "newest left out"
    """what."""
    TOO_FEW_MONTHS = "too few months"
    """held, needed, review: the month of the first honest review."""
    TOO_FEW_MONTHS_SINCE = "too few months since"
    """since, held, needed, review."""
    NOT_COMPARABLE = "not comparable"
    """since, what, held, needed, review."""
    # Late figures, of any kind.
    LATE = "late"
    """last, is_year, missing, noun: month or quarter."""
    LATE_HERE = "late here"
    """The same, held for other areas."""
    # Surveys.
    YEAR_BEFORE_NOT_HELD = "year before not held"
    """before."""
    SURVEY_YEARS_COMPARED = "survey years compared"
    """last, before, people, visible: a share."""
    SAMPLE_TOO_SMALL = "sample too small"
    """is_borough."""
    SMALLER_THAN_VISIBLE = "smaller than visible"
    LARGER_THAN_VISIBLE = "larger than visible"
    CHANCE_IN_FIGURES = "chance in figures"
    NEITHER_WAY_BETTER = "neither way better"
    # Quarters.
    TOO_FEW_QUARTERS = "too few quarters"
    """held, needed, review."""
    QUARTERS_COMPARED = "quarters compared"
    """count, first, last, before."""
    QUARTERS_WITHIN = "quarters within"
    QUARTERS_ON_ONE_SIDE = "quarters on one side"
    NEWEST_QUARTER_OUTSIDE = "newest quarter outside"
    TRIAL_LIMITS = "trial limits"
    """quarters."""
    # A financial year against the months before it.
    YEAR_COMPARED = "year compared"
    """first, last, made: the month the expectation was made in."""
    YEAR_NOT_WHOLE = "year not whole"
    TOO_FEW_MONTHS_BEFORE = "too few months before"
    """held, needed."""
    YEAR_PARTED = "year parted"
    """what."""
    TOO_FEW_IN_YEAR = "too few in year"
    # What must be said beside a change.
    STEP_EVERYWHERE = "step everywhere"
    """changed, judged: boroughs; is_rise, month."""
    # Whether something worked: a place beside similar ones, before a date and after.
    SET_AGAINST_SIMILAR = "set against similar"
    """count, first, last: months after; before, since, until: months before; compared: boroughs."""
    PARTED_BY_THEMSELVES = "parted by themselves"
    """lower, upper: shares."""
    PARTED_MORE = "parted more"
    """is_rise, lower, upper: shares."""
    NOTHING_TO_COMPARE = "nothing to compare"
    """count, needed: boroughs."""
    MONTHS_BEFORE_NEEDED = "months before needed"
    """count, needed."""
    MONTHS_AFTER_NEEDED = "months after needed"
    """count, needed."""
    # What would change a verdict.
    LATER_FIGURES = "later figures"
    TIME = "time"
    NEXT_MONTH = "next month"
    """month."""
    EMPTY_MONTHS_EXPLAINED = "empty months explained"
    MORE_OFFENCES = "more offences"
    MONTHS_RETURN = "months return"
    MORE_MONTHS = "more months"
    COUNT_OUTSIDE = "count outside"
    """low, high, first, last."""
    STRONGER_EVIDENCE = "stronger evidence"
    """noun: series or figures."""
    TWO_YEARS_NEEDED = "two years needed"
    YEARS_CLOSER = "years closer"
    """visible: a share."""
    YEARS_FURTHER = "years further"
    """visible: a share."""
    MORE_QUARTERS = "more quarters"
    QUARTERS_RETURN = "quarters return"
    """low, high, is_share."""
    QUARTERS_LEAVE = "quarters leave"
    """low, high, is_share."""


@dataclass(frozen=True)
class Reason:
    """One thing that is said, and the numbers and periods it is said with."""

    code: Code
    values: tuple[tuple[str, Value], ...] = ()

    @classmethod
    def of(cls, code: Code, **values: Value) -> "Reason":
        """A reason with its values by name."""
        return cls(code, tuple(values.items()))

    def text(self, name: str) -> str:
        """A value that is a period or a text; "" where the reason has none of that name."""
        return str(self._value(name, ""))

    def number(self, name: str) -> float:
        """A value that is a number.

        Raises:
            KeyError: the reason has none of that name.
        """
        value = self._value(name, None)
        if not isinstance(value, int | float):
            raise KeyError(f"{self.code}: no number {name!r} among {dict(self.values)}")
        return value

    def count(self, name: str) -> int:
        """A value that is a whole number."""
        return int(self.number(name))

    def is_true(self, name: str) -> bool:
        """A value that is a yes or a no."""
        return bool(self._value(name, False))

    def periods(self, name: str) -> tuple[str, ...]:
        """A value that is a list of periods."""
        periods = self._value(name, ())
        return periods if isinstance(periods, tuple) else ()

    def _value(self, name: str, missing: Value | None) -> Value | None:
        return dict(self.values).get(name, missing)


Reasons = tuple[Reason, ...]


def has(reasons: Iterable[Reason], code: Code) -> bool:
    """Whether one of the reasons is of this code."""
    return any(reason.code is code for reason in reasons)


def without(reasons: Iterable[Reason], code: Code) -> Reasons:
    """The reasons that are not of this code."""
    return tuple(reason for reason in reasons if reason.code is not code)


def stored(reasons: Sequence[Reason]) -> str:
    """The reasons as the text a release holds: a JSON list of objects, the code first."""
    return json.dumps([{"code": reason.code.value, **dict(reason.values)} for reason in reasons], ensure_ascii=False)


def read_stored(text: str | None) -> Reasons:
    """The reasons in a text a release holds; none where there is no text.

    Raises:
        ValueError: the text is not such a list, or a code is not known.
    """
    return tuple(_read_one(entry) for entry in json.loads(text)) if text else ()


def _read_one(entry: dict[str, Value | list[str]]) -> Reason:
    values = {name: tuple(value) if isinstance(value, list) else value for name, value in entry.items() if name != "code"}
    return Reason.of(Code(str(entry["code"])), **values)
