"""How the survey's files write dates, questions and shares: every spelling seen, and nothing guessed beyond them."""

import calendar
import datetime as dt
import difflib
import re
from collections.abc import Collection, Sequence
from decimal import Decimal

from etl.files.long import SHORTHAND

MEASURES: dict[str, tuple[str, ...]] = {
    "good_job_local": ("Good Job local", "Police do a good job in the local area"),
    "contact_ward_officer": ("Contact ward officer", "Knows how to contact their local ward officer"),
    "informed_local": ("Informed local", "Feels well informed about local police activities over the last 12 months"),
    "listen_to_concerns": ("Listen to concerns", "Agree the police listen to the concerns of local people"),
    "relied_on_to_be_there": ("Relied on to be there", "Agree the police can be relied upon to be there when needed"),
    "treat_everyone_fairly": ("Treat everyone fairly", "Agree the police treat everyone fairly regardless of who they are"),
    "trust_mps": ("Trust MPS",),
    "understand_issues": ("Understand issues", "Agree the police are dealing with the things that matter to this community"),
}
"""Series id to the names the question has had. That the two layouts ask the same is seen in the figures: on the 37 quarters both
files hold, every London figure agrees."""

NUMBERS = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})(?: 0?0:00(?::00)?)?")
"""A date of numbers alone, with the midnight that a spreadsheet adds."""
QUARTER_MONTHS = (3, 6, 9, 12)
MONTHS = {name.casefold(): number for number, name in enumerate(calendar.month_abbr) if name}


def measure(text: str) -> str | None:
    """Series id of the question, or None."""
    return _NAMES.get(_plain(text))


def nearest_measure(text: str) -> str | None:
    """The known question most like this one, for a message."""
    close = difflib.get_close_matches(_plain(text), _NAMES, n=1, cutoff=0.5)
    return _WRITTEN[close[0]] if close else None


def end_month(text: str, *, is_month_first: bool = False) -> str | None:
    """Last month of the twelve as 2014-12; None unless the text is the end of a quarter.

    A day in the middle of a month is None: a spreadsheet that read Dec-14 as 14 December must not pass. `is_month_first`: read
    12/31/2022 as the last day of December, as `are_month_first` says of a whole column.
    """
    named = re.fullmatch(r"(?:(\d{1,2})[-/ ])?([A-Za-z]{3})[a-z]*[-/ .]*(\d{4}|\d{2})", text)
    if named:
        month, year = MONTHS.get(named[2].casefold(), 0), int(named[3])
        return _quarter_end(year + 2000 if year < 100 else year, month, int(named[1]) if named[1] else None)
    iso = re.fullmatch(r"(\d{4})[-/](\d{1,2})(?:[-/](\d{1,2})(?:[T ][\d:.]+)?)?", text)
    if iso:
        return _quarter_end(int(iso[1]), int(iso[2]), int(iso[3]) if iso[3] else None)
    numbers = NUMBERS.fullmatch(text)
    if numbers:
        year = int(numbers[3])
        day, month = (2, 1) if is_month_first else (1, 2)
        return _quarter_end(year + 2000 if year < 100 else year, int(numbers[month]), int(numbers[day]))
    return None


def are_month_first(texts: Collection[str]) -> bool:
    """Whether every one of these dates is the end of a quarter read month first, and none is one read day first."""
    return bool(texts) and all(
        NUMBERS.fullmatch(text) and end_month(text) is None and end_month(text, is_month_first=True) is not None for text in texts
    )


def plain_number(text: str) -> tuple[Decimal, str] | None:
    """(number as written, "final"), or (NaN, status) for shorthand; None for anything else. Takes 0.56, 0,56, 56 and 56%."""
    status = SHORTHAND.get(text.casefold())
    if status is not None:
        return Decimal("NaN"), status
    if not re.fullmatch(r"-?\d*[.,]?\d+\s*%?", text):
        return None
    return Decimal(text.rstrip("% ").replace(",", ".")), "final"


def scale(cells: Sequence[tuple[str, str]]) -> tuple[Decimal, list[str]]:
    """What to divide by (1 for proportions, 100 for percentages), and every cell that is not on the file's scale.

    The scale is the one most cells are on: a single cell on another is damage, and is named.
    """
    numbers = [
        (cell, text, number_and_status[0])
        for cell, text in cells
        if (number_and_status := plain_number(text)) and number_and_status[1] == "final"
    ]
    as_percentage = [(cell, text) for cell, text, value in numbers if value > 1 or "%" in text]
    percentages = 2 * len(as_percentage) > len(numbers)
    top = 100 if percentages else 1
    expected = "a percentage from 0 to 100" if percentages else "a proportion from 0 to 1"
    failures = []
    for cell, text, value in numbers:
        other_scale = percentages and 0 < value <= 1 and "%" not in text
        if not 0 <= value <= top or other_scale or ("%" in text and not percentages):
            failures.append(f"{cell}: expected {expected} like the rest of the file, found {text!r}")
    marks = {mark: [cell for cell, text, _ in numbers if mark in text] for mark in ",."}
    if all(marks.values()):
        fewer = min(marks.values(), key=len)
        failures.append(f"{', '.join(fewer[:5])}: expected one decimal mark throughout, found both ',' and '.'")
    return Decimal(top), failures


def _quarter_end(year: int, month: int, day: int | None) -> str | None:
    if month not in QUARTER_MONTHS or not 1980 <= year <= dt.date.max.year:
        return None
    if day is not None and day not in (1, calendar.monthrange(year, month)[1]):
        return None
    return f"{year}-{month:02d}"


def _plain(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", " ", text.casefold()).strip()


_WRITTEN = {_plain(name): name for names in MEASURES.values() for name in names}
_NAMES = {_plain(name): series for series, names in MEASURES.items() for name in names}
