"""What time it is: the one place where the clock is read by whoever tells a day to a reader."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def now() -> datetime:
    """The moment it is, with its time zone: UTC."""
    return datetime.now(UTC)


def today() -> date:
    """The day it is in London; asked anew each time, since a process outlives its days."""
    return now().astimezone(LONDON).date()
