"""Fitting on real windows: how wide ranges must be, where scores rank, and how likely a move is to last."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import product

import numpy as np
import pandas as pd

from etl.calibration.real_windows import EARLIER, JUDGED_MONTHS, NOTHING, force_alone, windows
from etl.core.grade import grade_of
from etl.judging import fitted as stored
from etl.judging.expectation_made import FORCE, Spread
from etl.judging.fitted import (
    BESIDE_RANK,
    EVIDENCE_RANK,
    LEVEL_COLUMNS,
    LEVELS,
    OWN_RANK,
    SHORT,
    SIZES,
    TAIL_COLUMNS,
    WINDOW_MONTHS,
    Fitted,
    Key,
    size_of,
)
from etl.judging.move_states import features
from etl.judging.panel import Panel
from etl.methods.conformal import conformal_quantile, tail_quantiles
from etl.methods.persistence import fit_chance, least_constant

LEAST_WINDOWS = 200
"""Fewer windows of a size or a measure do not settle a quantile: those of all sizes are taken with them."""
TERMS = ("constant", "distance", "root_distance", "newest")
KINDS = (FORCE, "borough", f"{FORCE}{SHORT}", f"borough{SHORT}")
STATISTIC_COLUMN = {OWN_RANK: "own_search", EVIDENCE_RANK: "evidence", BESIDE_RANK: "beside_search"}


def fit_spread(panels: Iterable[Panel], seed: int) -> Spread:
    """How far London's totals usually stray by their size, from its own windows of the earlier years."""
    frame = windows([force_alone(panel) for panel in panels], None, seed, years=EARLIER, plants=())
    frame = frame[frame["months"] == JUDGED_MONTHS]
    design = np.column_stack([np.ones(len(frame)), np.log(frame["root"])])
    coefficients = np.linalg.lstsq(design, np.log(frame["deviation"]), rcond=None)[0]
    return Spread(float(coefficients[0]), float(coefficients[1]))


def fit(frame: pd.DataFrame, spread: Spread | None, years: Sequence[int]) -> Fitted:
    """The tables from the windows of some years in which nothing was planted.

    Args:
        frame: of `real_windows.windows`.
        spread: London's.
        years: those that may be looked at.
    """
    seen = frame[(frame["planted"] == NOTHING) & frame["year"].isin(list(years))]
    sizes = [size_of(kind, size) for kind, size in zip(seen["kind"], seen["size"], strict=True)]
    seen = seen.assign(size_from=sizes)
    factors = _table(seen, "own", lambda scores: tuple(conformal_quantile(scores, level) for level in LEVELS))
    ranks = {name: _table(seen, column, tail_quantiles) for name, column in STATISTIC_COLUMN.items()}
    return Fitted(factors, ranks, fit_lasts(seen), spread, {})


def fit_lasts(seen: pd.DataFrame) -> tuple[float, ...]:
    """Coefficients of the chance to last, from windows whose following year is known.

    The constant is that of the year in which least lasted: how much lasts differs from year to year by more than the windows of
    one year can show, since its areas move together.
    """
    is_whole = ~seen["kind"].str.endswith(SHORT)
    known = seen[(seen["months"] == JUDGED_MONTHS) & seen["after"].notna() & is_whole]
    table = features(known["own"].to_numpy(dtype=np.float64), known["newest"].to_numpy(dtype=np.float64))
    came = (np.sign(known["after"]) == np.sign(known["own"])).to_numpy(dtype=np.float64)
    terms = fit_chance(table, came)
    return least_constant(table, came, known["year"].to_numpy(), terms), *(float(term) for term in terms[1:])


def record(probability: np.ndarray, came: np.ndarray) -> dict[str, tuple[int, float]]:
    """By grade: how many windows had it, and the share of them that lasted."""
    grades = np.array([grade_of(float(p)).word for p in probability])
    return {str(word): (int((grades == word).sum()), float(came[grades == word].mean())) for word in np.unique(grades)}


def frames(fitted: Fitted) -> Mapping[str, pd.DataFrame]:
    """The tables as frames, by the name of their file."""
    names = ("kind", "measure_id", "size_from", "months")
    ranges = pd.DataFrame([(*key, *values) for key, values in fitted.factors.items()], columns=[*names, *LEVEL_COLUMNS])
    ranks = pd.DataFrame(
        [(name, *key, *values) for name, table in fitted.ranks.items() for key, values in table.items()],
        columns=["statistic", *names, *TAIL_COLUMNS],
    )
    lasts = pd.DataFrame(list(zip(TERMS, fitted.lasts, strict=True)), columns=["term", "coefficient"])
    spread = fitted.spread
    rows = [] if spread is None else [(spread.intercept, spread.slope)]
    return {
        stored.RANGES: ranges.round(4),
        stored.RANKS: ranks.round(4),
        stored.LASTS: lasts.round(6),
        stored.SPREAD: pd.DataFrame(rows, columns=["intercept", "slope"]).round(6),
        stored.RECORD: pd.DataFrame([(g, n, s) for g, (n, s) in fitted.record.items()], columns=["grade", "windows", "lasted"]),
    }


def _table(seen: pd.DataFrame, column: str, quantiles: Callable[[np.ndarray], tuple[float, ...]]) -> dict[Key, tuple[float, ...]]:
    """Quantiles of the size of a score by kind, size and length, all measures pooled; by measure where it has enough windows."""
    table: dict[Key, tuple[float, ...]] = {}
    for kind, months in product(KINDS, WINDOW_MONTHS):
        rows = seen[(seen["kind"] == kind) & (seen["months"] == months)]
        if rows.empty:
            continue
        pooled = quantiles(_scores(rows, column))
        for size in (0.0,) if kind.startswith(FORCE) else SIZES:
            alike = _scores(rows[rows["size_from"] == size], column)
            own = quantiles(alike) if alike.size >= LEAST_WINDOWS else pooled
            table[kind, "", size, months] = own
        for measure, members in rows.groupby("measure"):
            if len(members) >= LEAST_WINDOWS:
                table[kind, str(measure), 0.0, months] = quantiles(_scores(members, column))
    return table


def _scores(rows: pd.DataFrame, column: str) -> np.ndarray:
    scores: np.ndarray = np.abs(rows[column].to_numpy(dtype=np.float64))
    return scores
