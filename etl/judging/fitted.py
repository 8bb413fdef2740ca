"""What was fitted on real windows and is kept with the project: widths of ranges, ranks of scores, chances that a move lasts.

`python -m etl calibrate` writes the tables (`data/calibration/real_*.csv`). Rows with an empty `measure_id` pool all
measures of a kind by size; they serve a panel of a measure nobody has measured. Where a measure has a row of its own, a range
takes the wider of the two and a rank lies between them.
"""

import csv
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from etl.core.errors import CatalogueError
from etl.judging.expectation_made import FORCE, Spread
from etl.methods.arrays import Floats
from etl.methods.conformal import TAILS

CALIBRATION = Path(__file__).parent.parent.parent / "data" / "calibration"
RANGES, RANKS, LASTS, SPREAD, RECORD = (
    "real_ranges.csv", "real_ranks.csv", "real_lasts.csv", "real_spread.csv", "real_record.csv",
)  # fmt: skip
LEVELS = (0.8, 0.95, 0.99)
LEVEL_COLUMNS = ("q80", "q95", "q99")
TAIL_COLUMNS = tuple(f"beyond_{tail:g}" for tail in TAILS)
SIZES = (0.0, 1.0, 3.0, 10.0, 30.0, 100.0, 300.0)
"""The smallest expected month of each size group; London is one group."""
WINDOW_MONTHS = (1, 3, 6, 9, 12)
"""Lengths of window that were measured; others take the nearest."""
OWN_RANK, EVIDENCE_RANK, BESIDE_RANK = "own", "evidence", "beside"
SHORT = " short"
STATISTICS = (OWN_RANK, EVIDENCE_RANK, BESIDE_RANK)

Key = tuple[str, str, float, int]


@dataclass(frozen=True)
class Fitted:
    """The tables by (kind, measure, size, months): factors of a range, ranks of each statistic, and the chances of lasting."""

    factors: Mapping[Key, tuple[float, ...]]
    ranks: Mapping[str, Mapping[Key, tuple[float, ...]]]
    lasts: tuple[float, ...]
    spread: Spread | None
    record: Mapping[str, tuple[int, float]]
    """By grade: windows of later years, and the share of them that lasted."""

    def factor(self, kinds: Sequence[str], measure: str, sizes: Floats, months: int) -> Floats:
        """How many deviations the 80, 95 and 99% ranges of each row reach, shape (rows, 3)."""
        return _looked_up(self.factors, kinds, measure, sizes, months, np.maximum)

    def rank(self, statistic: str, kinds: Sequence[str], measure: str, sizes: Floats, months: int) -> Floats:
        """The statistic that each share of real windows lies beyond, for each row, shape (rows, len(TAILS))."""
        return _looked_up(self.ranks[statistic], kinds, measure, sizes, months, _middle)


def size_of(kind: str, expected_month: float) -> float:
    """The size group of a series: its smallest expected month."""
    return 0.0 if kind.startswith(FORCE) else max(size for size in SIZES if size <= max(expected_month, 0.0))


def fitted_kind(kind: str, is_short: bool) -> str:
    """The kind whose tables serve: London's own, the boroughs' for everything else; those of short histories apart."""
    return f"{FORCE if kind == FORCE else 'borough'}{SHORT if is_short else ''}"


@cache
def fitted() -> Fitted:
    """The tables kept with the project.

    Raises:
        CatalogueError: they are not there or not whole.
    """
    return read(CALIBRATION)


def read(folder: Path) -> Fitted:
    """The tables of a folder.

    Raises:
        CatalogueError: one is missing or has not the columns it should.
    """
    try:
        ranks = _rows(folder / RANKS)
        spread = _rows(folder / SPREAD)
        return Fitted(
            _by_key(_rows(folder / RANGES), LEVEL_COLUMNS),
            {name: _by_key([row for row in ranks if row["statistic"] == name], TAIL_COLUMNS) for name in STATISTICS},
            tuple(float(row["coefficient"]) for row in _rows(folder / LASTS)),
            Spread(float(spread[0]["intercept"]), float(spread[0]["slope"])) if spread else None,
            {row["grade"]: (int(row["windows"]), float(row["lasted"])) for row in _rows(folder / RECORD)},
        )  # fmt: skip
    except (OSError, KeyError, ValueError) as error:
        raise CatalogueError(
            f"{folder}: the tables fitted on real windows cannot be read ({error}); run `python -m etl calibrate`"
        ) from error


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _by_key(rows: Iterable[Mapping[str, str]], columns: Sequence[str]) -> dict[Key, tuple[float, ...]]:
    key: Callable[[Mapping[str, str]], Key] = lambda row: (  # noqa: E731
        row["kind"], row["measure_id"], float(row["size_from"]), int(row["months"]),
    )  # fmt: skip
    return {key(row): tuple(float(row[name]) for name in columns) for row in rows}


def _middle(pooled: Floats, own: Floats) -> Floats:
    """Between the quantiles of a size and of a measure: a measure alone has too few windows to be trusted whole."""
    return np.asarray(np.sqrt(pooled * own))


def _looked_up(
    table: Mapping[Key, tuple[float, ...]],
    kinds: Sequence[str],
    measure: str,
    sizes: Floats,
    months: int,
    together: Callable[[Floats, Floats], Floats],
) -> Floats:
    nearest = min(WINDOW_MONTHS, key=lambda length: (abs(length - months), length))
    out = []
    for name, expected_month in zip(kinds, sizes, strict=True):
        pooled = table[name, "", size_of(name, float(expected_month)), nearest]
        # A measure nobody has measured has no row of its own: the one without a name is that of the smallest series.
        own = table.get((name, measure, 0.0, nearest)) if measure else None
        out.append(np.array(pooled) if own is None else together(np.array(pooled), np.array(own)))
    return np.array(out, dtype=np.float64)
