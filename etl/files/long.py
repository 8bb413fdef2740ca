"""Helpers for long files (one row per figure): numbers and shorthand, missing quarters, duplicate keys."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from etl.core.errors import DataRejected
from etl.files.table import Table

SHORTHAND: Mapping[str, str] = {
    "na": "unavailable",
    "n/a": "unavailable",
    ":": "unavailable",
    "..": "unavailable",
    "-": "unavailable",
    "[x]": "unavailable",
    "[c]": "suppressed",
    "*": "suppressed",
    "[z]": "not applicable",
}
"""What publishers write where there is no number, and what it means. None of it is a nought."""

COLUMNS = ("series", "area_code", "breakdown", "period", "value", "status", "cell")
MOST_LISTED = 200


@dataclass(frozen=True)
class Observation:
    """One published figure. `value` is NaN exactly where `status` is not "final"."""

    series: str
    area_code: str
    breakdown: str
    period: str
    value: float
    status: str
    cell: str

    @property
    def key(self) -> tuple[str, str, str, str]:
        """The key that may appear only once in a file."""
        return self.series, self.area_code, self.breakdown, self.period


def number(text: str) -> tuple[float, str] | None:
    """(value, "final"), or (NaN, status) for shorthand; None for anything else, an empty cell among it."""
    status = SHORTHAND.get(text.strip().casefold())
    if status is not None:
        return math.nan, status
    plain = text.replace(",", "") if re.fullmatch(r"-?\d{1,3}(,\d{3})+(\.\d+)?", text) else text
    if not re.fullmatch(r"-?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?", plain):
        return None
    return float(plain), "final"


def frame(observations: Iterable[Observation]) -> pd.DataFrame:
    """The observations as the frame a `Reading` holds, in key order."""
    ordered = sorted(observations, key=lambda o: o.key)
    columns = {name: [getattr(o, name) for o in ordered] for name in COLUMNS}
    return pd.DataFrame(columns, columns=list(COLUMNS)).astype({"value": float})


def refuse(table: Table, failures: Sequence[str]) -> None:
    """Raise DataRejected with every failure, if there is any.

    Past two hundred the rest are counted: such a file is broken as a whole.
    """
    if not failures:
        return
    sentences = list(failures[:MOST_LISTED])
    if len(failures) > MOST_LISTED:
        sentences.append(f"and {len(failures) - MOST_LISTED:,} more")
    place = f"{table.file_name} {table.sheet}" if table.sheet else table.file_name
    raise DataRejected(f"{place}: rejected", sentences)


def ragged(table: Table) -> list[str]:
    """One sentence for each row with fewer cells than the header, or with text beyond it."""
    width = len(table.columns)
    return [
        f"row {table.first_row + i}: expected {width} cells, found {len(row)}: {', '.join(row)[:60]!r}"
        for i, row in enumerate(table.rows)
        if any(row) and (len(row) < width or any(row[width:]))
    ]


def duplicates(observations: Iterable[Observation]) -> list[str]:
    """One sentence for each key that appears more than once, with all its cells."""
    cells: dict[tuple[str, str, str, str], list[str]] = defaultdict(list)
    for o in observations:
        cells[o.key].append(o.cell)
    return [
        f"{', '.join(key_cells)}: expected one figure for {' / '.join(part for part in key if part)}, found {len(key_cells)}"
        for key, key_cells in cells.items()
        if len(key_cells) > 1
    ]


def holes(observations: Sequence[Observation], periods_between: Callable[[str, str], list[str]]) -> list[str]:
    """Periods missing in the middle of a series, and figures missing where every other area has one.

    A series that starts later or stops earlier than the file is no hole: all its areas do so together. `periods_between`
    lists every period from one to another.
    """
    periods: dict[str, set[str]] = defaultdict(set)
    places: dict[str, set[tuple[str, str]]] = defaultdict(set)
    keys = set()
    for o in observations:
        periods[o.series].add(o.period)
        places[o.series].add((o.area_code, o.breakdown))
        keys.add(o.key)
    sentences = []
    for series, series_periods in periods.items():
        expected = periods_between(min(series_periods), max(series_periods))
        gaps = [p for p in expected if p not in series_periods]
        if gaps:
            sentences.append(f"{series}: expected every period from {expected[0]} to {expected[-1]}; missing {', '.join(gaps)}")
        sentences += [
            f"{series}: expected a figure for {area}{f' / {breakdown}' if breakdown else ''} in {period}, found no row"
            for area, breakdown in sorted(places[series])
            for period in sorted(series_periods)
            if (series, area, breakdown, period) not in keys
        ]
    return sentences


def counted(statuses: Iterable[str]) -> str:
    """How many figures have each status, in words: "296 final, 4 unavailable"."""
    return ", ".join(f"{n:,} {status}" for status, n in sorted(Counter(statuses).items()))


def rows(count: int) -> str:
    """The number of rows in words: "1 row", "1,200 rows"."""
    return "1 row" if count == 1 else f"{count:,} rows"
