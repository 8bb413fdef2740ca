"""The days a person means: the one named in a command, and today."""

import datetime as dt

from etl.core import clock
from etl.core.errors import NoSuchThing


def day(text: str | None, *, end: bool = False) -> dt.date | None:
    """A day from 2025-07-02, or from 2025-07 its first day (its last where `end`, and then not one that is still to come)."""
    if text is None:
        return None
    try:
        first = dt.date(int(text[:4]), int(text[5:7]), 1) if len(text) == 7 else dt.date.fromisoformat(text)
    except ValueError as error:
        raise NoSuchThing(f"{text!r} is not a day such as 2025-07-02 or a month such as 2025-07") from error
    if end and first > clock.today():
        raise NoSuchThing(f"{text!r} is still to come: how figures stood can be asked of today or a day before it")
    if end and len(text) == 7:
        return (first.replace(day=28) + dt.timedelta(days=4)).replace(day=1) - dt.timedelta(days=1)
    return first
