"""When a publisher puts figures out, and so what of them should be held on a given day and is not."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, Protocol

from pydantic import BaseModel, ConfigDict, Field

from etl.core.period import days_in_month, last_month_label, month_of_year, months_between, months_in, moved

Cadence = Literal["month", "quarter", "year"]


class Calendar(BaseModel):
    """A publisher's calendar: figures of a period are promised for a day of the month so many months after its last."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    months_after: int = Field(ge=0, le=36)
    """1: figures to June come out in July."""
    day: int = Field(default=31, ge=1, le=31)
    """The promised day of that month; where only the month is known, its last."""
    usual_delay_days: int = Field(default=0, ge=0)
    """How long after the promised day they have usually come."""
    basis: str
    """How this is known."""

    def awaited_until(self, period: str) -> date:
        """The last day on which figures of a period may still be on their way; on the next they are late."""
        month = moved(last_month_label(period), self.months_after)
        promised = date(int(month[:4]), int(month[5:]), min(self.day, days_in_month(month)))
        return promised + timedelta(days=self.usual_delay_days)


USUAL: dict[Cadence, Calendar] = {
    "month": Calendar(months_after=1, basis="what monthly figures usually take"),
    "quarter": Calendar(months_after=3, basis="what quarterly figures usually take"),
    "year": Calendar(months_after=13, basis="what yearly figures usually take"),
}
"""The calendar of a source that states none."""


class Published(Protocol):
    """A source, as far as its calendar goes."""

    @property
    def cadence(self) -> Cadence:
        """How long each of its periods is."""

    @property
    def calendar(self) -> Calendar | None:
        """Its publisher's calendar, where it is written down."""


@dataclass(frozen=True)
class Gap:
    """What is not known on a day of figures that are held to some period.

    `held_to` and `due_to` are months, 2025-12: the last one held, and the last one that should be public. `periods_late`
    should be held and are not. `months_unknown` counts whole calendar months that are over and of which nothing is held, late or
    not.
    """

    on: date
    held_to: str
    due_to: str
    late_since: date | None
    """The first day on which something was late; None where nothing is."""
    periods_late: int
    months_unknown: int

    @property
    def is_late(self) -> bool:
        """Whether anything that should be public by now is not held."""
        return self.periods_late > 0


def calendar_of(source: Published) -> Calendar:
    """Its publisher's calendar, or what such figures usually take."""
    return source.calendar or USUAL[source.cadence]


def newest_due(source: Published, today: date) -> str:
    """The last month that figures of a source should cover on a day, were they as soon as they usually are."""
    calendar, step = calendar_of(source), months_in(source.cadence)
    month = f"{today:%Y-%m}"
    while month_of_year(month) % step or calendar.awaited_until(month) >= today:
        month = moved(month, -1)
    return month


def gap(source: Published, last_period: str, today: date) -> Gap:
    """What is not known on a day of a source held to `last_period` (2025-12, 2025-Q4, 2025)."""
    held_to, due_to, step = last_month_label(last_period), newest_due(source, today), months_in(source.cadence)
    periods_late = max(0, months_between(held_to, due_to) // step)
    first_late = moved(held_to, step)
    return Gap(
        today,
        held_to,
        due_to,
        calendar_of(source).awaited_until(first_late) + timedelta(days=1) if periods_late else None,
        periods_late,
        max(0, months_between(held_to, f"{today:%Y-%m}") - 1),
    )
