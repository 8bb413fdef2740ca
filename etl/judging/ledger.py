"""The ledger of changes: what entered the list of what moved, and what became of each, edition by edition.

It is harder to enter than to stay. A change enters when it is proven (`move_states`). In the window it was seen in it stays
while it ranks among the first twentieth of real windows on the same side, or leans that way. When April begins another window,
whose expectation has swallowed the change, it is followed against the level before it began instead: it stays while at least half
of it is left. It ends only when it is seen to have ended; after two years it is the level now, and is closed with those words.

Nothing leaves without a reason. Where the same months no longer show the change, because a month was revised, a break was listed
or the methods changed, it is withdrawn: it should not have been listed. Where the months since made it go, it has ended.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from etl.core.change_status import OPEN, Cause, ChangeStatus, Direction
from etl.core.grade import DOWN, PROVEN, UP, MoveState
from etl.core.period import month_of_year, months_between
from etl.judging.moves import Move
from etl.judging.panel import LEAST_WINDOW

STAY_P = 0.05
"""Rank a change must keep within its own window; entering takes the proven state."""
KEPT_HALF = 0.5
"""The part of a change that must be left, against the level before it, for it not to have ended."""
LATELY, KEPT_LATELY = 6, 0.25
"""And of the newest six months, for which more is left to chance: a year takes half a year to show that a change has gone."""
KEPT_MOST = 0.75
"""With less than this left a change is fading."""
LASTING_MONTHS = 24
NO_FIGURE_MONTHS = 6
"""Months without any figure after which a change is no longer followed."""
LEAST_SIZE = 0.02
"""A smaller size at entry is taken as this, so that no share of it blows up."""
HALF_AN_EVENT = 0.5
YEAR = 12
AFTER = (6, 12)
"""Months after its first edition at which it is written down what became of a change."""

Key = tuple[str, str]
Listed = tuple[str, str, Direction]


@dataclass(frozen=True)
class Month:
    """One usable month of an area: its count, and that of the rest of the force (None without a force)."""

    label: str
    count: float
    rest: float | None


@dataclass(frozen=True)
class Sight:
    """What an edition shows of one measure in one area.

    `usual` are the twelve months, January first, expected before the window began; `usual_share` the part of the rest of the
    force expected of it, None without one. `months` are the usable ones of the newest twelve; `restarts` the first months of new
    segments with the words of the break; `has_figures` is False where none of the newest months has a count.
    """

    move: Move
    usual: tuple[float, ...]
    usual_share: float | None
    months: tuple[Month, ...]
    restarts: tuple[tuple[str, str], ...] = ()
    has_figures: bool = True


@dataclass(frozen=True)
class ChangeEntry:
    """One change from its entry on; sizes are shares of the level before it, from the month it began.

    `since` is the month it is seen from, `first_seen` the newest month of the edition it entered with, `window_first` the first
    month of the window it was seen in. `cause` and `detail` say why it left, empty while it is open. `before` are the twelve
    months expected before it began, January first (shares of the rest of the force for a change beside it), while it is open.
    `after` is how it stood 6 and 12 months on.
    """

    measure: str
    area: str
    direction: Direction
    since: str
    first_seen: str
    window_first: str
    entered_by: Cause
    status: ChangeStatus
    status_since: str
    last_seen: str
    size: float
    size_now: float
    probability: float | None
    cause: Cause | None = None
    detail: str = ""
    before: tuple[float, ...] = ()
    after: tuple[ChangeStatus | None, ...] = (None, None)

    @property
    def is_open(self) -> bool:
        """Whether it is still followed."""
        return self.status in OPEN

    @property
    def listed(self) -> Listed:
        """What one list holds once."""
        return self.measure, self.area, self.direction


@dataclass(frozen=True)
class Edition:
    """One edition: its newest month, and why the months it shares with the edition before may tell another story."""

    month: str
    restated_by: Cause = Cause.REVISION


def direction_of(move: Move) -> Direction | None:
    """Which way a proven move went; None for one that is not proven."""
    if move.state not in PROVEN:
        return None
    if move.state != MoveState.APART:
        return Direction.UP if move.state == MoveState.ROSE else Direction.DOWN
    is_above = move.against_force == "above" or (move.against_force != "below" and (move.change or 0.0) > 0)
    return Direction.ABOVE if is_above else Direction.BELOW


def listed(sights: Mapping[Key, Sight]) -> dict[Listed, Sight]:
    """The list of what moved at an edition."""
    directions = {key: direction_of(sight.move) for key, sight in sights.items()}
    return {(*key, way): sights[key] for key, way in directions.items() if way is not None}


def step(
    entries: Sequence[ChangeEntry], sights: Mapping[Key, Sight], as_before: Mapping[Key, Sight], edition: Edition
) -> tuple[ChangeEntry, ...]:
    """The ledger after an edition: every entry before it with what became of it, then those that are new.

    Args:
        entries: the ledger after the edition before; empty for the first.
        sights: what this edition shows, by (measure, area).
        as_before: what this edition's figures show at the newest month of the edition before, for the series that are open or
            in the list; where one is missing its months are taken not to have been restated.
        edition: which one it is.
    """
    now = listed(sights)
    out = [_after(_followed(entry, sights, as_before, now, edition), edition) for entry in entries]
    followed = {entry.listed for entry in out if entry.is_open}
    return (*out, *(_entered(what, sight, as_before, edition) for what, sight in now.items() if what not in followed))


def left_unrecorded(before: Iterable[Listed], now: Iterable[Listed], entries: Iterable[ChangeEntry], month: str) -> set[Listed]:
    """Changes of the list before that are not in the list of this month and of which the ledger says nothing for it."""
    recorded = {entry.listed for entry in entries if entry.is_open or entry.status_since == month}
    return set(before) - set(now) - recorded


def change_since(entry: ChangeEntry, sight: Sight, newest: int = YEAR) -> float | None:
    """How far so many of the newest months stand from the level before it began, as a share; None where too few are usable."""
    months = [m for m in sight.months if m.label >= entry.since][-newest:]
    if entry.direction.is_beside:
        months = [m for m in months if m.rest is not None]
    if len(months) < min(LEAST_WINDOW, months_between(entry.since, sight.move.window[1]) + 1) or not entry.before:
        return None
    scale = [(m.rest or 0.0) if entry.direction.is_beside else 1.0 for m in months]
    expected = sum(entry.before[month_of_year(m.label) - 1] * s for m, s in zip(months, scale, strict=True))
    return (sum(m.count for m in months) + HALF_AN_EVENT) / (expected + HALF_AN_EVENT) - 1


def _entered(what: Listed, sight: Sight, as_before: Mapping[Key, Sight], edition: Edition) -> ChangeEntry:
    measure, area, direction = what
    shown_before = as_before.get((measure, area))
    was_there = shown_before is not None and direction_of(shown_before.move) == direction
    before = tuple([sight.usual_share or 0.0] * YEAR) if direction.is_beside else sight.usual
    move = sight.move
    entry = ChangeEntry(
        measure, area, direction, since=move.since or move.window[0], first_seen=edition.month, window_first=move.window[0],
        entered_by=edition.restated_by if was_there else Cause.NEW_MONTH, status=ChangeStatus.NEW, status_since=edition.month,
        last_seen=edition.month, size=0.0, size_now=0.0, probability=move.probability, before=before,
    )  # fmt: skip
    size = change_since(entry, sight)
    size = (move.change or 0.0) if size is None else size
    return replace(entry, size=size, size_now=size)


@dataclass(frozen=True)
class _Stand:
    """How a change stands, and why it left."""

    status: ChangeStatus
    size_now: float
    cause: Cause | None = None
    detail: str = ""
    is_seen: bool = True


def _followed(
    entry: ChangeEntry,
    sights: Mapping[Key, Sight],
    as_before: Mapping[Key, Sight],
    now: Mapping[Listed, Sight],
    edition: Edition,
) -> ChangeEntry:
    if not entry.is_open:
        return entry
    key = entry.measure, entry.area
    stand = _stand(entry, sights.get(key), edition.month, is_listed=entry.listed in now)
    if stand.status == ChangeStatus.ENDED and key in as_before:
        then = as_before[key]
        again = _stand(entry, then, then.move.window[1], is_listed=direction_of(then.move) == entry.direction)
        if again.status == ChangeStatus.ENDED:
            stand = replace(stand, status=ChangeStatus.WITHDRAWN, cause=edition.restated_by)
    is_open = stand.status in OPEN
    sight = sights.get(key)
    return replace(
        entry, status=stand.status, status_since=edition.month if stand.status != entry.status else entry.status_since,
        last_seen=edition.month if stand.is_seen else entry.last_seen, size_now=stand.size_now, cause=stand.cause,
        detail=stand.detail, before=entry.before if is_open else (),
        probability=sight.move.probability if sight is not None and entry.listed in now else entry.probability,
    )  # fmt: skip


def _stand(entry: ChangeEntry, sight: Sight | None, month: str, *, is_listed: bool) -> _Stand:
    """How an open change stands in what an edition shows."""
    if sight is None or not sight.has_figures:
        if months_between(entry.last_seen, month) >= NO_FIGURE_MONTHS:
            return _Stand(ChangeStatus.WITHDRAWN, entry.size_now, Cause.NO_FIGURE)
        return _Stand(entry.status, entry.size_now, is_seen=False)
    restart = next((what for first, what in sight.restarts if entry.since < first <= month), None)
    if restart is not None:
        return _Stand(ChangeStatus.WITHDRAWN, entry.size_now, Cause.BREAK, restart)
    now = change_since(entry, sight)
    if now is None:
        return _Stand(entry.status, entry.size_now, is_seen=False)
    status = ChangeStatus.STANDING if is_listed else _standing(entry, sight, now)
    if status == ChangeStatus.ENDED:
        sign = entry.direction.sign
        lately = change_since(entry, sight, LATELY)
        return _Stand(status, sign * min(sign * now, sign * (now if lately is None else lately)), Cause.NEW_MONTH)
    if not is_listed and months_between(entry.since, month) + 1 >= LASTING_MONTHS:
        return _Stand(ChangeStatus.LASTING, now, Cause.NEW_MONTH)
    return _Stand(status, now)


def _standing(entry: ChangeEntry, sight: Sight, now: float) -> ChangeStatus:
    """Standing, fading or ended, of a change that the list no longer holds."""
    move = sight.move
    if move.window[0] <= entry.window_first and move.p_value is not None:
        stays = _leans(move, entry.direction) or (move.p_value <= STAY_P and now * entry.direction.sign > 0)
        return ChangeStatus.FADING if stays else ChangeStatus.ENDED
    size = max(entry.size * entry.direction.sign, LEAST_SIZE)
    kept = now * entry.direction.sign / size
    lately = (change_since(entry, sight, LATELY) or 0.0) * entry.direction.sign / size
    # A series proven to have moved back need not have lost as much of it again.
    if kept < KEPT_HALF or lately < (KEPT_HALF if _moved_back(move, entry.direction) else KEPT_LATELY):
        return ChangeStatus.ENDED
    return ChangeStatus.STANDING if kept >= KEPT_MOST else ChangeStatus.FADING


def _moved_back(move: Move, direction: Direction) -> bool:
    """Whether the list now holds a move of the series the other way."""
    now = direction_of(move)
    return now is not None and now.sign != direction.sign


def _leans(move: Move, direction: Direction) -> bool:
    """Whether the series is still called moving that way, proven or not."""
    if direction.is_beside:
        return move.against_force == ("above" if direction == Direction.ABOVE else "below")
    return move.state in (UP if direction == Direction.UP else DOWN)


def _after(entry: ChangeEntry, edition: Edition) -> ChangeEntry:
    """The entry with how it stands written down once 6 and 12 months have gone by."""
    months_since = months_between(entry.first_seen, edition.month)
    stands = ChangeStatus.STANDING if entry.status == ChangeStatus.NEW else entry.status
    after = tuple(
        stands if state is None and months_since >= months else state for state, months in zip(entry.after, AFTER, strict=True)
    )
    return entry if after == entry.after else replace(entry, after=after)
