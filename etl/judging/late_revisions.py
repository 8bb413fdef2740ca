"""How far the newest months have later moved, measured from the kept editions: by measure where enough of them allow."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

import duckdb
import numpy as np

from etl.definitions import reference

LAGS = 6
"""How many of an edition's newest months are followed; older months move less than chance does."""
LEAST_COUNT = 30
"""Smaller figures are left out: one offence more would be several per cent."""
LEAST_PAIRS = 5
NEARLY_ALL = 0.9
KINDS = ("force", "borough", "bcu")
ALL = "all measures"
OWN = "measure"


@dataclass(frozen=True)
class Settled:
    """Later moves of the months that were `lag` before an edition's newest, as shares of the first figure.

    `typical` is the middle of their sizes, `most` what nine in ten stayed within, `pairs` how many first and newest figures.
    """

    measure: str
    kind: str
    basis: str
    lag: int
    typical: float
    most: float
    pairs: int


def measured(connection: duckdb.DuckDBPyConnection, measures: Iterable[str], as_of: dt.date | None = None) -> tuple[Settled, ...]:
    """What each measure's newest months have usually moved by, for each kind of area and lag.

    The first figure is that of an edition in which the month was among the newest; the later one is that of the newest edition of
    the same category scheme. Measures with too few such pairs take what all measures show together. Editions published after
    `as_of` are not looked at.
    """
    rows = connection.execute(_MOVES, [as_of, as_of, LAGS, LEAST_COUNT, LEAST_COUNT]).fetchall()
    kinds = {code: area.kind for code, area in reference.areas().items()}
    own: dict[tuple[str, str, int], list[float]] = {}
    pooled: dict[tuple[str, int], list[float]] = {}
    for measure, area, lag, first, later in rows:
        kind = kinds.get(area, "")
        if kind in KINDS:
            own.setdefault((measure, kind, lag), []).append(abs(later / first - 1))
            pooled.setdefault((kind, lag), []).append(abs(later / first - 1))
    found = []
    for measure in measures:
        for kind in KINDS:
            for lag in range(LAGS):
                moves, basis = own.get((measure, kind, lag), []), OWN
                if len(moves) < LEAST_PAIRS:
                    moves, basis = pooled.get((kind, lag), []), ALL
                if len(moves) >= LEAST_PAIRS:
                    typical, most = np.quantile(moves, [0.5, NEARLY_ALL])
                    found.append(Settled(measure, kind, basis, lag, float(typical), float(most), len(moves)))
    return tuple(found)


def by_kind(settled: Iterable[Settled], measure: str) -> dict[str, tuple[float, ...]]:
    """One measure's typical moves, newest month first, by kind of area."""
    found: dict[str, list[float]] = {}
    for s in settled:
        if s.measure == measure:
            found.setdefault(s.kind, []).append(s.typical)
    return {kind: tuple(moves) for kind, moves in found.items()}


# Editions of one category scheme share the first letter of their form: B, C and its reprint C2.
_MOVES = """
    WITH held AS (SELECT v.measure_id, v.area_code, v.period, v.value, e.published_on, e.part, left(e.form, 1) AS scheme,
                         (left(e.last_period, 4)::INTEGER * 12 + substr(e.last_period, 6)::INTEGER)
                         - (left(v.period, 4)::INTEGER * 12 + substr(v.period, 6)::INTEGER) AS lag
                  FROM edition_value v JOIN edition e USING (edition_id)
                  WHERE e.part IN ('recent', 'historical') AND v.breakdown = '' AND v.value IS NOT NULL
                        AND (?::DATE IS NULL OR e.published_on <= ?)),
         first AS (SELECT * FROM held WHERE part = 'recent' AND lag < ?)
    SELECT f.measure_id, f.area_code, f.lag, f.value, arg_max(l.value, l.published_on) AS later
    FROM first f JOIN held l ON l.measure_id = f.measure_id AND l.area_code = f.area_code AND l.period = f.period
         AND l.scheme = f.scheme AND l.published_on > f.published_on
    WHERE f.value >= ? GROUP BY f.measure_id, f.area_code, f.period, f.published_on, f.lag, f.value
    HAVING arg_max(l.value, l.published_on) >= ?"""
