"""Is a series late? Judged at the release's own date, by how soon after a period its publisher usually issues it."""

import datetime as dt
from dataclasses import dataclass

from etl.core.period import MONTHS_OF_A_QUARTER, is_quarter, months_between
from etl.core.reason import Code, Reason

LATE_POINTS = 3
"""Fewer missing points than this are a dated notice, and the verdict stands."""


@dataclass(frozen=True)
class Timing:
    """When figures of a source come out: a point every `step` months, `lag` months after the month it ends with.

    `at` is the release's own date: that of the newest edition of any source it holds.
    """

    at: dt.date
    step: int
    lag: int

    def missing(self, last: str) -> int:
        """How many points after `last` (2025-12, 2025-Q4) the publisher will have issued before the month of the release."""
        before_release = months_between(last, f"{self.at:%Y-%m}") - 1 - self.lag
        return max(0, before_release // self.step)


def late_reason(timing: Timing, last: str, held_elsewhere: str | None) -> Reason | None:
    """Why a series that ends at `last` gets no verdict; None where it is not late.

    Args:
        timing: of its source.
        last: its newest period.
        held_elsewhere: the newest period of the same measure in any area, where that is later.
    """
    missing = timing.missing(last)
    if missing < LATE_POINTS:
        return None
    is_year = timing.step == MONTHS_OF_A_QUARTER and not is_quarter(last)
    noun = "month" if timing.step == 1 else "quarter"
    if held_elsewhere is not None and held_elsewhere > last:
        beyond = months_between(last, held_elsewhere) // timing.step
        return Reason.of(Code.LATE_HERE, last=last, is_year=is_year, missing=beyond, noun=noun)
    return Reason.of(Code.LATE, last=last, is_year=is_year, missing=missing, noun=noun)
