"""The month a column's label names, in any way of writing that can mean only one month."""

import re

MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_YEAR, _MONTH, _NAME = r"(?P<year>(?:19|20)\d\d)", r"(?P<month>0[1-9]|1[0-2])", r"(?P<name>[a-z]{3,9})\.?"
_MIDNIGHT = r"(?:[ t]00:00(?::00(?:\.0+)?)?)?"
_WAYS = tuple(
    re.compile(way)
    for way in (
        rf"(?:(?:sum|count) of |[a-z]_?|_)?{_YEAR}[-/_. m]?{_MONTH}(?:\.0)?",  # 202506, 2025-06, 2025M06, X202506, Sum of 202506
        rf"{_YEAR}(?P<mark>[-/.]?){_MONTH}(?P=mark)01{_MIDNIGHT}",  # 2025-06-01, 20250601
        rf"(?:01(?P<mark>[-/.]))?{_MONTH}[-/.]{_YEAR}{_MIDNIGHT}",  # 01/06/2025 as a British day, 06/2025
        rf"{_NAME}[-/_ ']*(?:{_YEAR}|(?P<short>\d\d))",  # Jun-25, June 2025
        rf"{_YEAR}[-/_ ]{_NAME}",  # 2025-Jun; "25-Jun" may be a day of June
    )
)


def month_of(label: str) -> str | None:
    """The month as 2025-06; None for a label that is no month, or that could be another."""
    text = label.strip().casefold()
    for way in _WAYS:
        match = way.fullmatch(text)
        if match:
            parts = match.groupdict()
            month = parts.get("month") or _numbered(parts["name"])
            year = parts["year"] or f"20{parts['short']}"
            return f"{year}-{month}" if month else None
    return None


def _numbered(name: str) -> str | None:
    """06 for jun, june; None for a word that is no month."""
    return next((f"{number:02d}" for number, month in enumerate(MONTHS, start=1) if month.startswith(name)), None)
