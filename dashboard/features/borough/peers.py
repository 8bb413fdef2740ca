"""A borough beside others for one address: its command or the boroughs most like it, by weights the reader may change."""

from dataclasses import dataclass

from dashboard.figures.boroughs_compared import Compared, comparisons
from dashboard.figures.compare import newest
from dashboard.figures.queries import area, area_series, crimes
from dashboard.figures.queries_judgement import similar, similar_weights
from dashboard.figures.records import Area, Measure
from dashboard.figures.view import Option, View
from etl.definitions import catalogue

MOST_SIMILAR = 5
HIGHEST_WEIGHT = 5
AGAINST = Option("against", ("command", "similar"), default="command")


def options() -> tuple[Option, ...]:
    """What the address may hold: whom to compare with, and how much each characteristic counts for likeness."""
    counts = tuple(str(n) for n in range(HIGHEST_WEIGHT + 1))
    return (AGAINST, *(Option(w.characteristic, counts, default=f"{w.weight:g}") for w in similar_weights()))


@dataclass(frozen=True)
class PeerRow:
    """One measure: this borough against the rest of London, and the same of every other borough."""

    measure: Measure
    here: Compared
    group: tuple[Compared, ...]
    others: tuple[Compared, ...]


@dataclass(frozen=True)
class Peers:
    """One borough among the others, over twelve months of each headline measure.

    `group` is who it is compared with; `is_similar` says they were found by likeness, `is_own_weights` by a reader's own
    weights. `period` is the last month of the twelve.
    """

    area: Area
    group: tuple[Area, ...]
    is_similar: bool
    is_own_weights: bool
    weights: tuple[tuple[str, str, str], ...]
    """(characteristic, title, weight used)"""
    period: str
    rows: tuple[PeerRow, ...]


def peers(view: View, place: Area) -> Peers | None:
    """A borough beside others; None where no twelve months can be compared."""
    weights = tuple((w.characteristic, w.title, view.choice(w.characteristic)) for w in similar_weights())
    is_own_weights = any(float(text) != w.weight for w, (_, _, text) in zip(similar_weights(), weights, strict=True))
    is_similar = view.choice("against") == "similar"
    group = _similar(place, _numbers(weights) if is_own_weights else ()) if is_similar else _command(place)
    rows = tuple(row for m in _headline() if (row := _row(m, place, group)))
    if not rows:
        return None
    return Peers(place, group, is_similar, is_own_weights, weights, rows[0].here.comparison.period, rows)


def own_weights(peers_of_place: Peers) -> tuple[tuple[str, float], ...]:
    """The reader's own weights by characteristic; () where the published ones are used."""
    return _numbers(peers_of_place.weights) if peers_of_place.is_own_weights else ()


def _numbers(weights: tuple[tuple[str, str, str], ...]) -> tuple[tuple[str, float], ...]:
    return tuple((name, float(text)) for name, _, text in weights)


def _similar(place: Area, own: tuple[tuple[str, float], ...]) -> tuple[Area, ...]:
    if own and not any(weight for _, weight in own):
        # With nothing that counts, no borough is more alike than another.
        return ()
    return tuple(area(s.area) for s in similar(place.code, own)[:MOST_SIMILAR])


def _command(place: Area) -> tuple[Area, ...]:
    command = area(place.parent) if place.parent else None
    return tuple(area(code) for code in command.members if code != place.code) if command else ()


def _headline() -> tuple[Measure, ...]:
    headline = {m.id for m in catalogue.measures().values() if m.headline}
    return tuple(m for m in crimes() if m.id in headline)


def _row(measure: Measure, place: Area, group: tuple[Area, ...]) -> PeerRow | None:
    series = area_series(place.code, (measure.id,))
    last = newest(series[0]) if series else None
    by_code = {c.area.code: c for c in comparisons(measure.id, last.period)} if last else {}
    if place.code not in by_code:
        return None
    codes = [g.code for g in group]
    others = tuple(c for code, c in by_code.items() if code not in (place.code, *codes))
    return PeerRow(measure, by_code[place.code], tuple(by_code[c] for c in codes if c in by_code), others)
