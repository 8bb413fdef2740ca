"""Questions about the ledger of changes: what entered the list of what moved, what left it and why, and what became of each."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select

from dashboard.figures.from_rows import record_of
from dashboard.figures.live_release import last_per_release, per_release
from dashboard.figures.live_release import rows as rows_of
from dashboard.figures.queries import area, areas, release
from etl import warehouse
from etl.core.change_status import OPEN, Cause, ChangeStatus, Direction
from etl.definitions.overlaps import Folded, folded


@dataclass(frozen=True, slots=True)
class LedgerChange:
    """One change since it entered; sizes are shares of the level before it (0.2 is a fifth above), from the month it began.

    `since` is the month it is seen from, `first_seen` the newest month of the edition it entered with, `status_since` of the one
    it has stood so since. `cause` and `detail` say why it left, None and "" while it is followed. `after_6` and `after_12` are
    how it stood so many months after it entered, None while that is not known.
    """

    measure: str
    area: str
    direction: Direction
    since: str
    first_seen: str
    entered_by: Cause
    status: ChangeStatus
    status_since: str
    size: float
    size_now: float
    probability: float | None
    cause: Cause | None
    detail: str
    after_6: ChangeStatus | None
    after_12: ChangeStatus | None

    @property
    def is_open(self) -> bool:
        """Whether it is still followed."""
        return self.status in OPEN


@dataclass(frozen=True, slots=True)
class LedgerNews:
    """The ledger of some places at the newest edition, overlapping measures folded into one.

    `month` is the newest month of the edition. `new`, `fading`, `ended`, `withdrawn` and `lasting` came to stand so with it;
    `followed` are all that are open, `has_history` whether anything was ever listed there.
    """

    month: str
    new: tuple[Folded[LedgerChange], ...]
    fading: tuple[Folded[LedgerChange], ...]
    ended: tuple[Folded[LedgerChange], ...]
    withdrawn: tuple[Folded[LedgerChange], ...]
    lasting: tuple[Folded[LedgerChange], ...]
    followed: tuple[LedgerChange, ...]
    has_history: bool


@dataclass(frozen=True, slots=True)
class Afterlife:
    """What became of changes so many months after they entered: how many were known by then, and how many stood in each way."""

    months: int
    known: int
    standing: int
    fading: int
    ended: int
    withdrawn: int
    lasting: int


@last_per_release
def ledger() -> tuple[LedgerChange, ...]:
    """Every change, in the order they entered."""
    t = warehouse.change_ledger
    rows = rows_of(select(t).order_by(t.c.first_seen, t.c.measure_id, t.c.area_code, t.c.direction))
    return tuple(
        record_of(
            LedgerChange, r, direction=Direction(r.direction), entered_by=Cause(r.entered_by), status=ChangeStatus(r.status),
            cause=Cause(r.cause) if r.cause else None, after_6=_status(r.after_6), after_12=_status(r.after_12),
        )
        for r in rows
    )  # fmt: skip


@per_release
def ledger_news(area_code: str) -> LedgerNews:
    """What the newest edition did to the ledger of one place.

    Raises:
        LookupError: no such area.
    """
    code = area(area_code).code
    return _news(change for change in ledger() if change.area == code)


@per_release
def boroughs_news() -> LedgerNews:
    """What the newest edition did to the ledger of the boroughs together."""
    codes = {a.code for a in areas("borough")}
    return _news(change for change in ledger() if change.area in codes)


@per_release
def afterlives() -> tuple[Afterlife, ...]:
    """What became of every change at 6 and 12 months; () where none is old enough."""
    after = {6: [c.after_6 for c in ledger()], 12: [c.after_12 for c in ledger()]}
    counts = {months: Counter(status for status in states if status is not None) for months, states in after.items()}
    return tuple(
        Afterlife(
            months, sum(count.values()), count[ChangeStatus.STANDING], count[ChangeStatus.FADING], count[ChangeStatus.ENDED],
            count[ChangeStatus.WITHDRAWN], count[ChangeStatus.LASTING],
        )
        for months, count in counts.items()
        if count
    )  # fmt: skip


def _news(changes: Iterable[LedgerChange]) -> LedgerNews:
    every = tuple(changes)
    month = release().data_to
    by_status = {
        status: folded(
            [c for c in every if c.status == status and c.status_since == month],
            lambda c: c.measure,
            lambda c: (c.area, c.direction.sign),
        )
        for status in ChangeStatus
    }
    return LedgerNews(
        month, by_status[ChangeStatus.NEW], by_status[ChangeStatus.FADING], by_status[ChangeStatus.ENDED],
        by_status[ChangeStatus.WITHDRAWN], by_status[ChangeStatus.LASTING], tuple(c for c in every if c.is_open), bool(every),
    )  # fmt: skip


def _status(text: str) -> ChangeStatus | None:
    return ChangeStatus(text) if text else None
