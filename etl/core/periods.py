"""Arithmetic on the labels of periods: 2025-06 is a month, 2025-Q2 a quarter, 2025 a year.

A rolling year is labelled by its last month, so its own length comes from the measure (`months_in`).
"""

from datetime import date, timedelta
from functools import lru_cache


def months_in(kind: str) -> int:
    """How many months one period of a measure covers: month 1, quarter 3, rolling_year 12.

    Raises:
        ValueError: the kind is none of these.
    """
    try:
        return {"month": 1, "quarter": 3, "rolling_year": 12, "year": 12}[kind]
    except KeyError:
        raise ValueError(f"{kind!r} is not a kind of period: expected month, quarter, rolling_year or year") from None


@lru_cache(maxsize=4096)
def last_month(label: str) -> tuple[int, int]:
    """(year, month) of the last month in the period: 2025-Q2 is (2025, 6).

    Raises:
        ValueError: the label is not 2025-06, 2025-Q2 or 2025.
    """
    year, _, rest = label.partition("-")
    try:
        month = 12 if not rest else 3 * int(rest[1:]) if rest.startswith("Q") else int(rest)
        date(int(year), month, 1)
    except ValueError:
        raise ValueError(f"{label!r} is not a period: expected 2025-06, 2025-Q2 or 2025") from None
    return int(year), month


def moved(label: str, months: int) -> str:
    """The period of the same kind so many months later (earlier when negative): 2025-06 moved by −12 is 2024-06."""
    year, month = last_month(label)
    count = year * 12 + month - 1 + months
    year, month = count // 12, count % 12 + 1
    if "-" not in label:
        return f"{year}"
    return f"{year}-Q{(month + 2) // 3}" if "Q" in label else f"{year}-{month:02d}"


def year_before(label: str) -> str:
    """The same period a year before: 2025-Q2 is 2024-Q2."""
    return moved(label, -12)


def months_between(first: str, last: str) -> int:
    """Months from one period's last month to the other's: 2024-12 to 2025-03 is 3."""
    (first_year, first_month), (last_year, month) = last_month(first), last_month(last)
    return (last_year - first_year) * 12 + month - first_month


def days_of(label: str) -> tuple[date, date]:
    """First and last day of what a label names by itself: 2025-06 a month, 2025-Q2 a quarter, 2025 a year.

    Raises:
        ValueError: the label is none of these.
    """
    return bounds(label, "quarter" if "Q" in label else "month" if "-" in label else "year")


def bounds(label: str, kind: str) -> tuple[date, date]:
    """First and last day of the period: ("2025-06", "rolling_year") is 1 July 2024 to 30 June 2025."""
    start_year, start_month = last_month(moved(_month_label(label), 1 - months_in(kind)))
    after_year, after_month = last_month(moved(_month_label(label), 1))
    return date(start_year, start_month, 1), date(after_year, after_month, 1) - timedelta(days=1)


def _month_label(label: str) -> str:
    year, month = last_month(label)
    return f"{year}-{month:02d}"
