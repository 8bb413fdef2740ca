"""Months as 2025-06, counted with and listed."""


def months_between(first: str, last: str) -> list[str]:
    """Every month from `first` to `last`, both included, as 2025-06."""
    return [month_label(n) for n in range(month_number(first), month_number(last) + 1)]


def month_number(period: str) -> int:
    """Months since the year nought: a number to add to and subtract from."""
    return int(period[:4]) * 12 + int(period[5:7]) - 1


def month_label(number: int) -> str:
    """The month with that number, as 2025-06."""
    return f"{number // 12}-{number % 12 + 1:02d}"
