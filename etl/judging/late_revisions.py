"""How far the newest months have later moved, measured from the kept editions: by measure where enough of them allow."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

import duckdb
import numpy as np

from etl.core.sql_text import sql
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
    rows = connection.execute(
        sql(__file__, "months_moved"), {"as_of": as_of, "newest_months": LAGS, "least": LEAST_COUNT}
    ).fetchall()
    kinds = {code: area.kind for code, area in reference.areas().items()}
    own: dict[tuple[str, str, int], list[float]] = {}
    pooled: dict[tuple[str, int], list[float]] = {}
    for measure, area, lag, first, later in rows:
        kind = kinds.get(area, "")
        if kind in KINDS:
            own.setdefault((measure, kind, lag), []).append(abs(later / first - 1))
            pooled.setdefault((kind, lag), []).append(abs(later / first - 1))
    settled = []
    for measure in measures:
        for kind in KINDS:
            for lag in range(LAGS):
                moves, basis = own.get((measure, kind, lag), []), OWN
                if len(moves) < LEAST_PAIRS:
                    moves, basis = pooled.get((kind, lag), []), ALL
                if len(moves) >= LEAST_PAIRS:
                    typical, most = np.quantile(moves, [0.5, NEARLY_ALL])
                    settled.append(Settled(measure, kind, basis, lag, float(typical), float(most), len(moves)))
    return tuple(settled)


def by_kind(settled: Iterable[Settled], measure: str) -> dict[str, tuple[float, ...]]:
    """One measure's typical moves, newest month first, by kind of area."""
    moves_by_kind: dict[str, list[float]] = {}
    for s in settled:
        if s.measure == measure:
            moves_by_kind.setdefault(s.kind, []).append(s.typical)
    return {kind: tuple(moves) for kind, moves in moves_by_kind.items()}
