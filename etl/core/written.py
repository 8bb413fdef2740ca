"""How numbers, dates and periods look, everywhere.

In prose a number is rounded as a person would say it (17,812 is 17,800); in a table it is exact. A number that is
missing is never 0 and never blank: the reason stands in its place.
"""

import re
from datetime import date
from math import floor, log10

from etl.core.period import bounds, last_month
from etl.core.state import STRADDLES_RESTART

MINUS = "−"
"""The real minus sign, as wide as a figure."""
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
SENTENCE_END = re.compile(r"(?<=\.) (?=[A-Z])")
MOST_DECIMALS, MOST_DECIMALS_FROM = 6, 0.95
SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
REASONS = {
    "suppressed": "hidden to protect people",
    "unavailable": "not held",
    "not published": "not published",
    "not applicable": "does not apply",
    STRADDLES_RESTART: "not added up",
}


def number(value: float, decimals: int = 0) -> str:
    """Exact, for tables: 17812 is "17,812", −3.45 with one decimal "−3.5" (halves go away from zero)."""
    scaled = floor(abs(value) * 10**decimals + 0.5 + 1e-9) / 10**decimals
    return _signed(f"{scaled:,.{decimals}f}", value < 0 and scaled > 0)


def rounded(value: float, decimals: int = 0) -> str:
    """Three figures, for prose: 17812 is "17,800", 971 "971"; 5.237 with one decimal "5.2"."""
    size = abs(value)
    if size < 1000:
        return number(value, 0 if size >= 100 else _enough(value, decimals))
    step = 10 ** (int(floor(log10(size))) - 2)
    return _signed(f"{floor(size / step + 0.5) * step:,.0f}", value < 0)


def signed(value: float, decimals: int = 0) -> str:
    """A difference with its sign: "+125", "−18", "0"."""
    digits = number(value, decimals)
    return digits if digits.startswith(MINUS) or not any(c in "123456789" for c in digits) else f"+{digits}"


def percent(share: float, decimals: int = 0) -> str:
    """A share of one as a percentage: 0.463 is "46%"."""
    return f"{number(share * 100, decimals)}%"


def span(lower: str, upper: str) -> str:
    """A range of two shown numbers: "45% to 47%", "23,900 to 27,000"."""
    return f"{lower} to {upper}"


def value_text(value: float, *, decimals: int, is_percentage: bool) -> str:
    """One value of a measure, exact, without its unit: "17,812", "5.2", "46%"; a rate of 0.003 is not shown as 0.0."""
    return percent(value, decimals) if is_percentage else number(value, _enough(value, decimals))


def value_or_reason(value: float | None, status: str, *, decimals: int, is_percentage: bool) -> str:
    """What a table cell says: the exact value, or why there is none."""
    return reason(status) if value is None else value_text(value, decimals=decimals, is_percentage=is_percentage)


def reason(status: str) -> str:
    """Why a number is missing, in words.

    Raises:
        ValueError: the status is one that comes with a number, so there is nothing to explain.
    """
    try:
        return REASONS[status]
    except KeyError:
        raise ValueError(f"status {status!r} gives no reason for a missing value; known are {sorted(REASONS)}") from None


def count_word(value: int) -> str:
    """A small whole number as a word for prose: 7 is "seven", 13 "13", 0 "no"."""
    return SMALL[value] if 0 <= value < len(SMALL) else number(value)


def day(when: date) -> str:
    """31 March 2026."""
    return f"{when.day} {MONTHS[when.month - 1]} {when.year}"


def month(label: str) -> str:
    """The last month of a period, written out: "2025-12" is "December 2025"."""
    year, index = last_month(label)
    return f"{MONTHS[index - 1]} {year}"


def month_short(label: str) -> str:
    """The same for the end of a line in a chart: "Dec 2025"."""
    year, index = last_month(label)
    return f"{MONTHS[index - 1][:3]} {year}"


def period(label: str, kind: str) -> str:
    """A period as a row head or the end of a sentence.

    Args:
        label: 2025-06, 2025-Q2 or 2025.
        kind: the measure's kind of period. A month is "June 2025", a quarter "April to June 2025",
            a rolling year "year ending June 2025", a year "2025".
    """
    if kind == "month":
        return month(label)
    if kind == "quarter":
        return months(*_first_and_last(label, kind))
    return f"year ending {month(label)}" if kind == "rolling_year" else label


def any_period(label: str) -> str:
    """A period whose kind is read off its label: "December 2025", "October to December 2025", "2024"."""
    return period(label, "year" if "-" not in label else "quarter" if "Q" in label else "month")


def in_period(label: str, kind: str) -> str:
    """The period with its preposition: "in June 2025", "in the 12 months to June 2025"."""
    return f"in the 12 months to {month(label)}" if kind == "rolling_year" else f"in {period(label, kind)}"


def months(first: str, last: str, *, joint: str = "to") -> str:
    """A run of months: "April to December 2025", "November 2024 to March 2025", "June 2025"; `joint` stands between two."""
    (first_year, first_month), (last_year, _) = last_month(first), last_month(last)
    if first == last:
        return month(last)
    opening = MONTHS[first_month - 1] if first_year == last_year else month(first)
    return f"{opening} {joint} {month(last)}"


def listed(names: tuple[str, ...]) -> str:
    """Names as prose: "Bromley, Croydon and Sutton".

    A name that holds a comma is parted from the others by semicolons; where a name at the end holds an "and" of its own, the
    list's "and" follows a comma: "Hammersmith and Fulham, Kensington and Chelsea, and Westminster".
    """
    if len(names) < 2:
        return names[0] if names else "none"
    if any(", " in name for name in names):
        return f"{'; '.join(names[:-1])}; and {names[-1]}"
    parted = "," if any(" and " in name for name in names[-2:]) else ""
    return f"{', '.join(names[:-1])}{parted} and {names[-1]}"


def sentences_of(text: str) -> list[str]:
    """The sentences of a text someone wrote, such as a note of the catalogue, in its order."""
    return [sentence for sentence in SENTENCE_END.split(text) if sentence]


def counted(value: float, noun: str, figure: str | None = None) -> str:
    """A rounded count with its noun: "17,800 robberies", "1 robbery"; `figure` is written in place of the rounded count."""
    return f"{figure or rounded(value)} {singular(noun) if value == 1 else noun}"


def singular(noun: str) -> str:
    """One of a plural noun phrase: "offences of robbery" is "offence of robbery"."""
    words = noun.split(" ")
    ends = [i for i, word in enumerate(words) if word in {"of", "from", "with", "without", "in", "on", "or", "to", "against"}]
    head = (ends[0] if ends else len(words)) - 1
    words[head] = words[head][:-3] + "y" if words[head].endswith("ies") else words[head].removesuffix("s")
    return " ".join(words)


def _enough(value: float, decimals: int) -> int:
    """As many decimals as a rate needs not to be shown as nought; a count has none to add."""
    while decimals and value and abs(value) * 10**decimals < MOST_DECIMALS_FROM and decimals < MOST_DECIMALS:
        decimals += 1
    return decimals


def _first_and_last(label: str, kind: str) -> tuple[str, str]:
    first, last = bounds(label, kind)
    return f"{first:%Y-%m}", f"{last:%Y-%m}"


def _signed(digits: str, is_negative: bool) -> str:
    return f"{MINUS}{digits}" if is_negative else digits
