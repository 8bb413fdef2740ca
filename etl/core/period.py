"""Arithmetic on the labels of periods: 2025-06 is a month, 2025-Q2 a quarter, 2025 a year.

A rolling year is labelled by its last month, so its own length comes from the measure (`months_in`). Everywhere a period is
counted by the last month in it.
"""

from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache

FINANCIAL_YEAR_STARTS = 4
"""April: the month a financial year begins with."""
MONTHS_OF_A_QUARTER = 3
MONTHS_OF_A_YEAR = 12


def months_in(kind: str) -> int:
    """How many months one period of a measure, or one step of a publisher, covers: month 1, quarter 3, rolling_year 12.

    Raises:
        ValueError: the kind is none of these.
    """
    try:
        return {"month": 1, "quarter": MONTHS_OF_A_QUARTER, "rolling_year": MONTHS_OF_A_YEAR, "year": MONTHS_OF_A_YEAR}[kind]
    except KeyError:
        raise ValueError(f"{kind!r} is not a kind of period: expected month, quarter, rolling_year or year") from None


def is_quarter(label: str) -> bool:
    """True for 2025-Q2."""
    return "Q" in label


def kind_of(label: str) -> str:
    """What a label names by itself: month, quarter or year."""
    return "year" if "-" not in label else "quarter" if is_quarter(label) else "month"


@lru_cache(maxsize=4096)
def last_month(label: str) -> tuple[int, int]:
    """(year, month) of the last month in the period: 2025-Q2 is (2025, 6).

    Raises:
        ValueError: the label is not 2025-06, 2025-Q2 or 2025.
    """
    year, _, rest = label.partition("-")
    try:
        month = MONTHS_OF_A_YEAR if not rest else MONTHS_OF_A_QUARTER * int(rest[1:]) if is_quarter(rest) else int(rest)
        date(int(year), month, 1)
    except ValueError:
        raise ValueError(f"{label!r} is not a period: expected 2025-06, 2025-Q2 or 2025") from None
    return int(year), month


def year_of(label: str) -> int:
    """The calendar year the period ends in."""
    return last_month(label)[0]


def month_of_year(label: str) -> int:
    """The last month of the period, 1 to 12."""
    return last_month(label)[1]


def month_number(label: str) -> int:
    """Months from the year nought to the period's last month: a number to add to and subtract from."""
    year, month = last_month(label)
    return year * MONTHS_OF_A_YEAR + month - 1


def number_of_date(when: date) -> int:
    """The same number for the month a day lies in."""
    return when.year * MONTHS_OF_A_YEAR + when.month - 1


def month_label(number: int) -> str:
    """The month with that number, as 2025-06."""
    return f"{number // MONTHS_OF_A_YEAR}-{number % MONTHS_OF_A_YEAR + 1:02d}"


def last_month_label(label: str) -> str:
    """The last month of a period: 2025-Q4 and 2025 both end with 2025-12."""
    return month_label(month_number(label))


def quarter_of(month: str) -> str:
    """The quarter a month lies in: 2025-11 in 2025-Q4."""
    year, index = last_month(month)
    return f"{year}-Q{(index - 1) // MONTHS_OF_A_QUARTER + 1}"


def moved(label: str, months: int) -> str:
    """The period of the same kind so many months later (earlier when negative): 2025-06 moved by −12 is 2024-06."""
    month = month_label(month_number(label) + months)
    kind = kind_of(label)
    return month if kind == "month" else quarter_of(month) if kind == "quarter" else f"{year_of(month)}"


def year_before(label: str) -> str:
    """The same period a year before: 2025-Q2 is 2024-Q2."""
    return moved(label, -MONTHS_OF_A_YEAR)


def months_between(first: str, last: str) -> int:
    """Months from one period's last month to the other's: 2024-12 to 2025-03 is 3."""
    return month_number(last) - month_number(first)


def every_month(first: str, last: str) -> list[str]:
    """Each month from the first to the last, both included."""
    return [month_label(number) for number in range(month_number(first), month_number(last) + 1)]


def every_third_month(first: str, last: str) -> list[str]:
    """The ends of overlapping years a quarter apart: every third month from 2014-12 to 2023-12, both included."""
    return every_month(first, last)[::MONTHS_OF_A_QUARTER]


def every_quarter(first: str, last: str) -> list[str]:
    """Each quarter from 2016-Q1 to 2025-Q4, both included."""
    return [quarter_of(month) for month in every_third_month(first, last)]


def days_in_month(month: str) -> int:
    """Calendar days in a month: 28 in 2025-02."""
    return monthrange(*last_month(month))[1]


def days_of(label: str) -> tuple[date, date]:
    """First and last day of what a label names by itself: 2025-06 a month, 2025-Q2 a quarter, 2025 a year.

    Raises:
        ValueError: the label is none of these.
    """
    return bounds(label, kind_of(label))


def first_day(label: str) -> date:
    """The first day of what a label names by itself."""
    return days_of(label)[0]


def last_day(label: str) -> date:
    """The last day of what a label names by itself."""
    return days_of(label)[1]


def bounds(label: str, kind: str) -> tuple[date, date]:
    """First and last day of the period: ("2025-06", "rolling_year") is 1 July 2024 to 30 June 2025."""
    number = month_number(label)
    return _first_of(number + 1 - months_in(kind)), _first_of(number + 1) - timedelta(days=1)


def year_begins(year: str) -> int:
    """The calendar year a financial year begins in: 2018 for 2018/19."""
    return int(year[:4])


def written_year(begins: int) -> str:
    """The financial year that begins in a calendar year: 2018 is "2018/19"."""
    return f"{begins}/{(begins + 1) % 100:02d}"


def financial_year_months(year: str) -> tuple[str, str]:
    """The first and the last month of a financial year: 2018-04 and 2019-03 for 2018/19."""
    first = f"{year_begins(year)}-{FINANCIAL_YEAR_STARTS:02d}"
    return first, moved(first, MONTHS_OF_A_YEAR - 1)


def _first_of(number: int) -> date:
    return date(number // MONTHS_OF_A_YEAR, number % MONTHS_OF_A_YEAR + 1, 1)
