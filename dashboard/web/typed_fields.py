"""What a person typed, read without losing any of it; and where they wanted to go."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from urllib.parse import urlencode

from flask import g, request

from dashboard.register.errors import InvalidEntry
from dashboard.register.record_parts import is_own_address
from dashboard.site.own_address import own_address_of
from dashboard.ui.forms import Field, Values
from etl.core.written import MONTHS

WRITE_DATE = "Write the date as 1 April 2027."
WRITE_NUMBER = "Write a whole number."
SIGN_IN = "/sign-in"
_NUMERIC_DATE = ("%d/%m/%Y", "%Y-%m-%d", "%d.%m.%Y", "%d-%m-%Y")
_WORDED = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?\s+([a-z]+)\.?,?\s+(\d{4})", re.ASCII)


@dataclass(frozen=True)
class Kept:
    """What someone had typed when it could not be taken: for which address, and every field. The rest is why, for the reader."""

    address: str
    values: Values
    status: int = 200
    strong: str = "You had been signed out."
    text: str = "What you typed is below. It has not been saved yet."


def sent(fields: Iterable[Field]) -> Values:
    """What was sent for these fields, with line breaks as one character and nothing else changed."""
    return {
        question.name: tuple(text.replace("\r\n", "\n") for text in request.form.getlist(question.name)) for question in fields
    }


def kept(address: str) -> Kept | None:
    """What this reader had typed at an address before they had to sign in again; None where nothing."""
    interrupted: Kept | None = g.get("kept")
    return interrupted if interrupted is not None and interrupted.address == address else None


def text(values: Values, name: str) -> str:
    """What was typed, without the space round it."""
    return (values.get(name) or ("",))[0].strip()


def text_or_none(values: Values, name: str) -> str | None:
    """The same, None where nothing was typed."""
    return text(values, name) or None


def read_date(words: str) -> date:
    """The day meant by "1 April 2027", "1 Apr 2027", "01/04/2027" or "2027-04-01".

    Raises:
        ValueError: none of these, or no such day.
    """
    plain = words.strip()
    match = _WORDED.fullmatch(plain.casefold())
    if match is not None:
        names = [name.casefold() for name in MONTHS]
        near = [number for number, name in enumerate(names, 1) if len(match[2]) > 2 and name.startswith(match[2])]
        if len(near) == 1:
            return date(int(match[3]), near[0], int(match[1]))
    for form in _NUMERIC_DATE:
        try:
            return datetime.strptime(plain, form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    raise ValueError(WRITE_DATE)


def dates(values: Values, names: Iterable[str]) -> tuple[Mapping[str, date | None], dict[str, str]]:
    """(each date or None where nothing was typed, the faults of those that are no dates)."""
    days: dict[str, date | None] = {}
    faults: dict[str, str] = {}
    for name in names:
        words = text(values, name)
        try:
            days[name] = read_date(words) if words else None
        except ValueError:
            days[name], faults[name] = None, WRITE_DATE
    return MappingProxyType(days), faults


def whole_number(values: Values, name: str) -> tuple[int | None, dict[str, str]]:
    """(the number or None, its fault if it is none)."""
    words = text(values, name)
    if not words:
        return None, {}
    return (int(words), {}) if words.isascii() and words.isdecimal() and len(words) < 7 else (None, {name: WRITE_NUMBER})


def refuse(faults: Mapping[str, str]) -> None:
    """Nothing where there are no faults; inside a writing session it leaves nothing written where there are.

    Raises:
        InvalidEntry: with these faults.
    """
    if faults:
        raise InvalidEntry(faults)


def safe_address(address: str) -> str:
    """An address of this site to go on to; "/my-work" for anything else."""
    return own_address_of(address) if is_own_address(address) else "/my-work"


def sign_in_address(then: str) -> str:
    """The sign-in page, and where to go on to afterwards."""
    return f"{SIGN_IN}?{urlencode({'next': then})}"
