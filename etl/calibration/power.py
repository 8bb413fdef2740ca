"""How often real changes are seen after so many months: series in which nothing changes, then changed from an April on."""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from etl.calibration import unchanged_series
from etl.calibration.alarms import ALL, FEW, MANY, MEAN_OF_BAND, gets_verdict, rows_behind
from etl.judging.evidence import gather
from etl.judging.panel import Panel

CHANGES = (-0.3, -0.2, -0.1, 0.2)
ENDS = {3: "-06", 6: "-09", 12: "-03"}
"""Months judged, and the month of the year in which a change since April is that old."""
COLUMNS = ("measure_id", "kind", "band", "months", "series", "mean", "change", "found")
SIZES = (0.0, 10.0, 30.0, 100.0, 300.0, 1_000.0, float("inf"))


def band_of(level: float) -> str:
    """The size band of a mean month: "30 to 100"."""
    low = max(s for s in SIZES if s <= level)
    high = min(s for s in SIZES if s > level)
    return f"{low:,.0f} and over" if high == float("inf") else f"{low:,.0f} to {high:,.0f}"


def power(panels: Iterable[Panel], replicates: int, seed: int) -> pd.DataFrame:
    """One row per measure, kind, size band, months and change, with `COLUMNS`; "all measures" by size band as well.

    A change is found when the verdict, before its list is looked at, is a changed level on the right side. Stated for a baseline
    of 24 unbroken months.
    """
    cells: dict[tuple[str, str, str, int, float], list[float]] = {}
    for number, panel in enumerate(panels):
        generator = np.random.default_rng([seed, number])
        like = unchanged_series.fitted(panel)
        whole = unchanged_series.without_restarts(unchanged_series.expanded(panel, copies=4))
        rows = rows_behind(panel, whole)
        for months, ending in ENDS.items():
            last = max(m for m in panel.months if m.endswith(ending))
            for _ in range(replicates):
                simulated = unchanged_series.until(unchanged_series.simulated(whole, like, rows, generator), last)
                for change in CHANGES:
                    evidence = gather(unchanged_series.changed(simulated, len(simulated.months) - months, change, generator))
                    if evidence is None:
                        continue
                    seen_right = evidence.stands & (np.sign(evidence.change.z) == np.sign(change))
                    for row in np.flatnonzero(gets_verdict(evidence)):
                        level = float(like.level[rows[row]])
                        kind, band = simulated.kinds[row].split()[0], MANY if level >= MEAN_OF_BAND else FEW
                        for measure, size in ((panel.measure, band), (ALL, band_of(level))):
                            cell = cells.setdefault((measure, kind, size, months, change), [0.0, 0.0, 0.0])
                            cell[0] += 1
                            cell[1] += float(seen_right[row])
                            cell[2] += level
    rows_of_table = [
        (measure, kind, band, months, int(n), round(total / n, 2), change, round(hits / n, 4))
        for (measure, kind, band, months, change), (n, hits, total) in sorted(cells.items())
    ]
    return pd.DataFrame(rows_of_table, columns=list(COLUMNS))
