"""Did it work? One question, put the same way by the pipeline of every dated change and by a page of one priority.

A place (a borough, or the boroughs of a command together) is followed from the months before a date to the months after it,
beside the boroughs most like it where nothing of the kind was done. What is said rests on `etl.methods.effect`; how wide its
limits are on made-up dates (`data/calibration/effect_spread.csv`). "Cannot tell" is an answer.
"""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from etl.core.period import moved
from etl.core.reason import Code, Reason
from etl.definitions.compared_with import MOST_COMPARED, boroughs_around, most_alike
from etl.definitions.reference import PARTING
from etl.methods import effect
from etl.methods.arrays import Bools, Floats, Ints
from etl.methods.effect import AgainstComparison, Anyway, Spread, Totals, WithNeighbours

BEFORE_MONTHS = 12
LEAST_BEFORE_MONTHS = 9
MOST_AFTER = 12
LEAST_AFTER = 3
LEAST_COMPARED = 4
FEW_COMPARED = 5
USUAL_MONTHS = 24
"""Earlier months that say what is usual for a place: those before the twelve it is compared from."""
LEAST_YEAR = 60
"""Offences in twelve months below which a borough's share says nothing of the next year."""
LENGTHS = (3, 6, 9, 12)
"""Months after for which spreads were measured; a length between them takes that of the shorter, which is wider."""
GAPS = (0, 6, 14)
"""Months between before and after for which spreads were measured: of lengths between them the longer counts."""
POOLED = ""
LEFT_OUT = "leave_out"
WHOLE_MONTH_BY = 7
ONE, SEVERAL = "borough", "bcu"


class Outcome(StrEnum):
    """What may be said: the limits lie below no change, above it, around it; or nothing could be compared."""

    FEWER = "fewer"
    MORE = "more"
    CANNOT_TELL = "cannot tell"
    NOT_COMPARED = "not compared"


@dataclass(frozen=True)
class Parting:
    """Months left out (`last` given), or a step after which another thing is counted; `begins` may be a month earlier."""

    begins: str
    first: str
    last: str | None
    what: str

    @property
    def is_restart(self) -> bool:
        """Whether what is counted is another thing from `first` on."""
        return self.last is None


def parting(start: dt.date, end: dt.date | None, treatment: str, what: str) -> Parting | None:
    """What a break of the table does to the months of a series; None where they are only marked."""
    if treatment not in (LEFT_OUT, *PARTING):
        return None
    # A step in the first week of a month starts the new segment with that month; a later one with the next.
    begins = f"{start:%Y-%m}"
    first = begins if start.day <= WHOLE_MONTH_BY else moved(begins, 1)
    return Parting(begins, first, f"{end:%Y-%m}" if treatment == LEFT_OUT and end else None, what)


@dataclass(frozen=True)
class BoroughCounts:
    """One measure month by month: counts of shape (boroughs, months), NaN where missing, and what parts each borough's months."""

    measure: str
    boroughs: tuple[str, ...]
    months: tuple[str, ...]
    counts: Floats
    partings: Mapping[str, tuple[Parting, ...]]


@dataclass(frozen=True)
class Spreads:
    """How far places part by themselves, by (borough or bcu, measure, boroughs compared with, months between, months after)."""

    rows: Mapping[tuple[str, str, int, int, int], Spread]

    def of(self, members: int, measure: str, compared: int, gap: int, months: int) -> Spread | None:
        """That of a place of so many boroughs; of all measures together where this one has none; None where neither has."""
        length = max((each for each in LENGTHS if each <= months), default=LENGTHS[0])
        number = MOST_COMPARED if compared >= MOST_COMPARED else FEW_COMPARED
        kind = ONE if members == 1 else SEVERAL
        between = next((each for each in GAPS if each >= gap), GAPS[-1])
        key = (number, between, length)
        return self.rows.get((kind, measure, *key)) or self.rows.get((kind, POOLED, *key))


@dataclass(frozen=True)
class Answer:
    """What may be said of one place, measure and date; `reasons` always says why, in order.

    `before` and `after` are (first month, last month); None where nothing could be compared. `next_door` is None where the
    boroughs around have no comparison of their own, `anyway` where three unbroken years are not held.
    """

    outcome: Outcome
    reasons: tuple[Reason, ...]
    before: tuple[str, str] | None = None
    after: tuple[str, str] | None = None
    months_after: int = 0
    compared_with: tuple[str, ...] = ()
    change: AgainstComparison | None = None
    next_door: WithNeighbours | None = None
    anyway: Anyway | None = None


def answer(
    counts: BoroughCounts,
    members: Sequence[str],
    begins: str,
    in_force: str,
    spreads: Spreads,
    *,
    touched: Collection[str] = (),
) -> Answer:
    """What followed a date in a place.

    Args:
        counts: of one measure in every borough.
        members: the borough, or the boroughs of a command.
        begins: the first month that the change may have touched.
        in_force: the first month it stood whole; the months from `begins` up to it are on neither side.
        spreads: how far places part by themselves.
        touched: other boroughs where the same was done, or begun, within these months: never compared with.
    """
    own_rows = [counts.boroughs.index(code) for code in members if code in counts.boroughs]
    if len(own_rows) < len(members):
        return _refused(Reason(Code.NO_FIGURE))
    before, after, refusal = months_compared(counts, members, begins, in_force)
    if refusal is not None:
        return _refused(refusal)
    span = (counts.months[before[0]], counts.months[after[-1]])
    free = _comparable(counts, before, after, span) - set(touched) - set(members)
    around = [code for code in boroughs_around(members) if code in counts.boroughs]
    compared = most_alike(members, free - set(around))
    if len(compared) < LEAST_COMPARED:
        return _refused(Reason.of(Code.NOTHING_TO_COMPARE, count=len(compared), needed=LEAST_COMPARED))
    spread = spreads.of(len(members), counts.measure, len(compared), _gap(before, after), len(after))
    own, against = _totals(counts, members, before, after), _totals(counts, compared, before, after)
    if spread is None or not effect.is_enough(own, against):
        return _refused(Reason(Code.TOO_FEW_OFFENCES))
    change = effect.against_comparison(own, against, spread)
    sides = ((counts.months[before[0]], counts.months[before[-1]]), (counts.months[after[0]], counts.months[after[-1]]))
    untouched_near = [code for code in around if code in free]
    near = None
    if around and len(untouched_near) == len(around):
        near = _next_door(counts, members, around, compared, free, before, after, spreads, (own, against, spread))
    outcome = Outcome.CANNOT_TELL if not change.is_clear else Outcome.FEWER if change.upper < 0 else Outcome.MORE
    return Answer(
        outcome, _reasons(outcome, change, sides, len(before), len(after), len(compared)), *sides, len(after), compared, change,
        near, _anyway(counts, members, before, after, free),
    )  # fmt: skip


def months_compared(
    counts: BoroughCounts, members: Sequence[str], begins: str, in_force: str
) -> tuple[Ints, Ints, Reason | None]:
    """(positions of the months before, of the months after, why they cannot be compared or None)."""
    none = np.array([], dtype=np.int64)
    partings = [parting for code in members for parting in counts.partings.get(code, ())]
    labels = np.array(counts.months)
    usable = np.ones(labels.size, dtype=np.bool_)
    for stretch in partings:
        if stretch.last is not None:
            usable &= (labels < stretch.first) | (labels > stretch.last)
    rows = [counts.boroughs.index(code) for code in members]
    usable &= np.isfinite(counts.counts[rows]).all(axis=0)
    earlier = np.flatnonzero(usable & (labels < begins) & (labels >= moved(begins, -BEFORE_MONTHS)))
    restarts = [parting for parting in partings if parting.is_restart]
    between = [r for r in restarts if earlier.size and labels[earlier[0]] < r.first and r.begins <= in_force]
    if between:
        return none, none, Reason.of(Code.YEAR_PARTED, what=between[0].what)
    if earlier.size < LEAST_BEFORE_MONTHS:
        return none, none, Reason.of(Code.MONTHS_BEFORE_NEEDED, count=int(earlier.size), needed=LEAST_BEFORE_MONTHS)
    ends = min((r.begins for r in restarts if r.begins > in_force), default="9999-12")
    later = np.flatnonzero((labels >= in_force) & (labels < min(ends, moved(in_force, MOST_AFTER))))
    # A stretch left out ends what follows: months after it are another time.
    stop = np.flatnonzero(~usable[later])
    later = later[: stop[0]] if stop.size else later
    if later.size < LEAST_AFTER:
        return none, none, Reason.of(Code.MONTHS_AFTER_NEEDED, count=int(later.size), needed=LEAST_AFTER)
    return earlier, later, None


def next_year_by_itself(counts: BoroughCounts) -> dict[str, Anyway]:
    """What each borough's share of all boroughs will do in a year by itself, from where it stands.

    The line is that of all boroughs a year before: from their twelve months then, beside the two years before them, to the twelve
    months since. A borough without four unbroken years, or with too few offences, is not there.
    """
    usual, whole = USUAL_MONTHS, USUAL_MONTHS + 2 * BEFORE_MONTHS
    if len(counts.months) < whole:
        return {}
    since = counts.months[-whole]
    parted = [any((p.last or p.first) >= since for p in counts.partings.get(place, ())) for place in counts.boroughs]
    usable = np.isfinite(counts.counts[:, -whole:]).all(axis=1) & ~np.array(parted, dtype=np.bool_)
    months = counts.counts[usable, -whole:]
    stretches = (slice(0, usual), slice(usual, -BEFORE_MONTHS), slice(-BEFORE_MONTHS, None), slice(BEFORE_MONTHS, -BEFORE_MONTHS))
    sums = [months[:, stretch].sum(axis=1) for stretch in stretches]
    if any(part.sum() == 0 for part in sums) or len(months) < effect.LEAST_UNCHOSEN:
        return {}
    usual_then, then, now, usual_now = (part / part.sum() for part in sums)
    with np.errstate(divide="ignore", invalid="ignore"):
        began, ended, start = np.log(then / usual_then), np.log(now / usual_then), np.log(now / usual_now)
    if (np.isfinite(began) & np.isfinite(ended)).sum() < effect.LEAST_UNCHOSEN:
        return {}
    codes = [code for code, is_usable in zip(counts.boroughs, usable.tolist(), strict=True) if is_usable]
    return {
        code: effect.next_by_itself(began, ended, float(start[place]))
        for place, code in enumerate(codes)
        if sums[2][place] >= LEAST_YEAR and np.isfinite(start[place])
    }


def _comparable(counts: BoroughCounts, before: Ints, after: Ints, span: tuple[str, str]) -> set[str]:
    """Boroughs known in every month compared, with no restart of their own among them."""
    known: Bools = np.asarray(np.isfinite(counts.counts[:, np.concatenate([before, after])]).all(axis=1), dtype=np.bool_)
    return {
        code
        for row, code in enumerate(counts.boroughs)
        if known[row]
        and not any(p.is_restart and span[0] < p.first and p.begins <= span[1] for p in counts.partings.get(code, ()))
    }


def _gap(before: Ints, after: Ints) -> int:
    return int(after[0]) - int(before[-1]) - 1


def _totals(counts: BoroughCounts, codes: Sequence[str], before: Ints, after: Ints) -> Totals:
    rows = [counts.boroughs.index(code) for code in codes]
    return Totals(*(float(counts.counts[rows][:, months].sum()) for months in (before, after)))


def _next_door(
    counts: BoroughCounts,
    members: Sequence[str],
    around: Sequence[str],
    compared: Sequence[str],
    free: Collection[str],
    before: Ints,
    after: Ints,
    spreads: Spreads,
    own: tuple[Totals, Totals, Spread],
) -> WithNeighbours | None:
    """Whether it moved next door; None where the boroughs around have too few others to be compared with."""
    others = most_alike(around, set(free) - set(members) - set(around) - set(compared))
    spread = spreads.of(len(around), counts.measure, len(others), _gap(before, after), len(after))
    if len(others) < LEAST_COMPARED or spread is None:
        return None
    near, near_compared = _totals(counts, around, before, after), _totals(counts, others, before, after)
    if not effect.is_enough(near, near_compared):
        return None
    return effect.with_neighbours(own[0], own[1], near, near_compared, own[2], spread)


def _anyway(counts: BoroughCounts, members: Sequence[str], before: Ints, after: Ints, free: Collection[str]) -> Anyway | None:
    """Regression to the mean, each place's share of all boroughs known; None where earlier years are not held unbroken."""
    first = int(before[0])
    usual = np.arange(first - USUAL_MONTHS, first)
    if usual[0] < 0 or not np.isfinite(counts.counts[:, usual]).any():
        return None
    since, until = counts.months[usual[0]], counts.months[after[-1]]
    parted = {
        code
        for code in counts.boroughs
        for p in counts.partings.get(code, ())
        if (p.last is None and since < p.first and p.begins <= until)
        or (p.last is not None and p.first <= until and p.last >= since)
    }
    rows = [counts.boroughs.index(code) for code in members]
    others = [i for i, code in enumerate(counts.boroughs) if code in free and code not in parted]
    if parted & set(members) or len(others) < effect.LEAST_UNCHOSEN:
        return None
    tables = []
    for months in (usual, before, after):
        sums = counts.counts[:, months].sum(axis=1)
        place = np.concatenate([[sums[rows].sum()], sums[others]])
        tables.append(place / place.sum())
    unchosen = np.concatenate([[False], np.ones(len(others), dtype=np.bool_)])
    try:
        return effect.anyway(tables[0], tables[1], tables[2], 0, unchosen)
    except ValueError:
        return None


def _reasons(
    outcome: Outcome,
    change: AgainstComparison,
    sides: tuple[tuple[str, str], tuple[str, str]],
    before: int,
    after: int,
    compared: int,
) -> tuple[Reason, ...]:
    (first, last), (then, newest) = sides
    setting = Reason.of(
        Code.SET_AGAINST_SIMILAR, count=after, first=then, last=newest, before=before, since=first, until=last, compared=compared
    )
    limits = {"lower": round(change.lower, 4), "upper": round(change.upper, 4)}
    if outcome is Outcome.CANNOT_TELL:
        return setting, Reason.of(Code.PARTED_BY_THEMSELVES, **limits)
    return setting, Reason.of(Code.PARTED_MORE, is_rise=outcome is Outcome.MORE, **limits)


def _refused(reason: Reason) -> Answer:
    return Answer(Outcome.NOT_COMPARED, (reason,))
