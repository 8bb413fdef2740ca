"""Financial years, written the way people say them: 2018/19 runs from 1 April 2018 to 31 March 2019."""

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from etl.core.period import FINANCIAL_YEAR_STARTS, financial_year_months, first_day, number_of_date, written_year

_LONDON = ZoneInfo("Europe/London")
_FORM = re.compile(r"(\d{4})/(\d{2})")


def financial_year(on: date) -> str:
    """The financial year a day falls in, as "2018/19"."""
    return written_year(on.year if on.month >= FINANCIAL_YEAR_STARTS else on.year - 1)


def is_financial_year(text: str) -> bool:
    """True for "2018/19"; false for "2018/20", "18/19" or anything else."""
    match = _FORM.fullmatch(text)
    return bool(match) and (int(match[1]) + 1) % 100 == int(match[2]) if match else False


def starts_on(year: str) -> date:
    """First day of a financial year.

    Raises:
        ValueError: the text is not a financial year.
    """
    if not is_financial_year(year):
        raise ValueError(f"{year!r} is not a financial year such as 2018/19")
    return first_day(financial_year_months(year)[0])


def ends_on(year: str) -> date:
    """Last day of a financial year."""
    return date(starts_on(year).year + 1, FINANCIAL_YEAR_STARTS, 1) - timedelta(days=1)


def year_before(year: str) -> str:
    """The financial year before."""
    return financial_year(starts_on(year) - timedelta(days=1))


def year_after(year: str) -> str:
    """The financial year after."""
    return financial_year(ends_on(year) + timedelta(days=1))


def months_between(start: date, end: date) -> int:
    """Whole months from one day to another: 1 April to 30 April is 0, to 1 May is 1. Never below zero."""
    return max(0, number_of_date(end) - number_of_date(start) - (end.day < start.day))


def london_date(now: datetime) -> date:
    """The day it is in London at a moment."""
    return now.astimezone(_LONDON).date()
