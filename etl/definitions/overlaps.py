"""Measures that count the same offences: a move in two of them at once is one finding, and lists fold it into one line.

What a measure counts is read from its definition, in the newest form of its source. Two measures are of one family where one
counts everything the other does (burglary and residential burglary), or where they share half of what the smaller one counts. A
measure of more than half of all offences (all recorded crime) holds everything and is of no family: it says another thing.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Generic, TypeVar

from etl import kinds
from etl.definitions import catalogue

T = TypeVar("T")
SHARED = 0.5
TOTAL = 0.5
"""A measure of a larger part of its source's offences than this is a total."""


@cache
def offences(measure_id: str) -> frozenset[str]:
    """What a measure adds up, as "group / offence" in the newest form that has it; empty for one that adds up nothing."""
    measure = catalogue.measures()[measure_id]
    if not kinds.of(measure).is_added_up:
        return frozenset()
    lines = [line for line in catalogue.concordance() if line.measure_id == measure_id]
    newest = next((f for f in reversed(catalogue.sources()[measure.source].forms) if any(x.form == f for x in lines)), None)
    return frozenset(line.series for line in lines if line.form == newest)


@cache
def is_total(measure_id: str) -> bool:
    """Whether a measure counts so much of all offences that every other one is inside it."""
    measure = catalogue.measures()[measure_id]
    forms = list(catalogue.sources()[measure.source].forms.values())
    everything = max((form.series() for form in forms[-1:]), key=len, default=frozenset())
    return bool(everything) and len(offences(measure_id) & everything) > TOTAL * len(everything)


@cache
def overlap(one: str, other: str) -> bool:
    """Whether two measures count so many of the same offences that a move in both is one finding."""
    first, second = offences(one), offences(other)
    if one == other or is_total(one) or is_total(other) or not first or not second:
        return one == other
    if catalogue.measures()[one].source != catalogue.measures()[other].source:
        return False
    return len(first & second) >= SHARED * min(len(first), len(second))


@dataclass(frozen=True)
class Folded(Generic[T]):
    """One finding: the item that is named, and those of overlapping measures that say the same."""

    leader: T
    others: tuple[T, ...] = ()


def folded(items: Iterable[T], measure_of: Callable[[T], str], same: Callable[[T], object]) -> tuple[Folded[T], ...]:
    """The findings of a list, in its order, overlapping measures folded into the first of them in the catalogue.

    Args:
        items: what is listed, such as changes or verdicts.
        measure_of: the id of the measure an item is of.
        same: what two items must agree in to be one finding, such as (area, direction).
    """
    listed = list(items)
    place = {measure_id: i for i, measure_id in enumerate(catalogue.measures())}
    groups: list[list[int]] = []
    for i in sorted(range(len(listed)), key=lambda i: place[measure_of(listed[i])]):
        home = next((g for g in groups if _is_of(listed[g[0]], listed[i], measure_of, same)), None)
        if home is None:
            groups.append([i])
        else:
            home.append(i)
    ordered = sorted(groups, key=lambda group: group[0])
    return tuple(Folded(listed[group[0]], tuple(listed[i] for i in group[1:])) for group in ordered)


def families(measure_ids: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """The measures of a list in families of overlapping ones, in the catalogue's order; one alone is a family of one."""
    return tuple((f.leader, *f.others) for f in folded(measure_ids, str, lambda _: ""))


def _is_of(leader: T, item: T, measure_of: Callable[[T], str], same: Callable[[T], object]) -> bool:
    return same(leader) == same(item) and overlap(measure_of(leader), measure_of(item))
