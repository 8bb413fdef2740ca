"""Periods and sizes as a person says them: April 2025, April to December 2025, the year to September 2025."""

from collections.abc import Sequence

from etl.core.period import moved

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
QUARTER_MONTHS = 3
PAIR = 2


def month(period: str) -> str:
    """2025-04 as April 2025; 2025-Q2 as April to June 2025."""
    if "Q" in period:
        first = (int(period[-1]) - 1) * QUARTER_MONTHS
        return f"{MONTHS[first]} to {MONTHS[first + 2]} {period[:4]}"
    return f"{MONTHS[int(period[5:7]) - 1]} {period[:4]}"


def months(first: str, last: str) -> str:
    """April to December 2025; April 2024 to March 2025; May 2025 where both are the same."""
    if first == last:
        return month(first)
    opening = MONTHS[int(first[5:7]) - 1] if first[:4] == last[:4] else month(first)
    return f"{opening} to {month(last)}"


def stretches(periods: Sequence[str]) -> str:
    """Months as one would say them: "July to December 2025", "May 2025 and August to October 2025"."""
    runs: list[list[str]] = []
    for period in periods:
        if runs and moved(runs[-1][-1], 1) == period:
            runs[-1].append(period)
        else:
            runs.append([period])
    said = [_stretch(run) for run in runs]
    return said[0] if len(said) == 1 else f"{', '.join(said[:-1])} and {said[-1]}"


def _stretch(run: Sequence[str]) -> str:
    if len(run) != PAIR:
        return months(run[0], run[-1])
    first = MONTHS[int(run[0][5:7]) - 1] if run[0][:4] == run[1][:4] else month(run[0])
    return f"{first} and {month(run[1])}"


def quarters(first: str, last: str) -> str:
    """January to December 2025 for 2025-Q1 to 2025-Q4."""
    return months(f"{first[:4]}-{int(first[-1]) * 3 - 2:02d}", f"{last[:4]}-{int(last[-1]) * 3:02d}")


def count(number: int, noun: str) -> str:
    """Nine months, 24 months, one month: figures from ten up."""
    said = NUMBERS[number] if number < len(NUMBERS) else str(number)
    return f"{said} {noun}{'' if number == 1 else 's'}"


def opening(text: str) -> str:
    """The text with its first letter in upper case."""
    return text[:1].upper() + text[1:]
