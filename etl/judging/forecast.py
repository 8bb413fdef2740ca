"""What the months after the newest may bring, and what they come to by a year's end: the expectation made now, looked ahead."""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np
import pandas as pd

from etl.core.period import moved
from etl.judging.counts import Group
from etl.judging.expectation_made import Expectation, made
from etl.judging.fitted import Fitted, fitted_kind
from etl.judging.panel import Panel
from etl.methods.arrays import Bools, Floats
from etl.methods.conformal import Sum, limits

HORIZON = 24
NEWEST_PLACED = 3
"""Months whose share of placed offences is taken to go on."""
YEAR_ENDS = "03"
"""The month a financial year ends in."""
LEVELS = {"80": 0, "95": 1}
"""The place of each level's factor in the fitted tables."""


class Coming(NamedTuple):
    """What is to come: `months` are rows of `expected_range`, `totals` of `expected_total`; `made` what they are read from."""

    months: pd.DataFrame
    totals: pd.DataFrame
    made: tuple[tuple[Expectation, tuple[int, ...]], ...]


def expected(panel: Panel, groups: Sequence[Group], tables: Fitted) -> Coming:
    """The 24 months after the newest settled one of each area, each alone and in sum.

    A total runs from a month to the end of its financial year, or to the last month looked at. Months err together, so their
    ranges do not add up to it. None below a year of unbroken months.
    """
    months, totals, expectations = [], [], []
    for group in groups:
        newest = group.expectation.months[group.settled - 1]
        ahead = expectation_after(panel, newest, tables)
        rows = tuple(row for row in group.rows if ahead.is_ready[row])
        if not rows:
            continue
        expectations.append((ahead, rows))
        labels = list(ahead.months)
        for place, (label, end) in enumerate(zip(labels, _ends(labels), strict=True)):
            alone, together = (_between(ahead, place, last) for last in (place, end))
            same = {"measure_id": panel.measure, "area_code": [panel.areas[row] for row in rows], "made_at": newest}
            months.append(pd.DataFrame({**same, "period": label, **_edges(ahead, alone, rows, tables)}))
            totals.append(pd.DataFrame({**same, "first": label, "last": labels[end], **_edges(ahead, together, rows, tables)}))
    return Coming(_whole(months), _whole(totals), tuple(expectations))


def expectation_after(panel: Panel, newest: str, tables: Fitted, months: int = HORIZON) -> Expectation:
    """The expectation of the months after one, made at its end, whatever is known since.

    As many offences are taken to be placed in a borough as in the newest months.
    """
    known = panel.months.index(newest) + 1
    labels = tuple(moved(newest, n + 1) for n in range(months))
    counts: Floats = np.concatenate([panel.counts[:, :known], np.full((len(panel.areas), months), np.nan)], axis=1)
    placed = panel.placed
    if placed is not None:
        placed = np.concatenate([placed[:known], np.full(months, placed[:known][-NEWEST_PLACED:].mean())])
    longer = replace(panel, months=(*panel.months[:known], *labels), counts=counts, placed=placed)
    return made(longer, labels[0], labels[-1], spread=tables.spread)


def _between(ahead: Expectation, first: int, last: int) -> Bools:
    mask = np.zeros(ahead.seen.shape, dtype=np.bool_)
    mask[:, first : last + 1] = True
    return mask


def _ends(labels: list[str]) -> list[int]:
    """For each month, the place of the month its financial year ends in, or of the last one."""
    places = [n for n, label in enumerate(labels) if label.endswith(f"-{YEAR_ENDS}")]
    return [next((end for end in places if end >= n), len(labels) - 1) for n in range(len(labels))]


def _edges(ahead: Expectation, mask: Bools, rows: tuple[int, ...], tables: Fitted) -> dict[str, Floats]:
    """The ranges of what some months come to, whole numbers, and their centre, for some rows."""
    whole, months, some = ahead.sum_of(mask), int(mask[0].sum()), list(rows)
    summed = Sum(whole.root[some], whole.deviation[some])
    kinds = [fitted_kind(ahead.panel.kinds[row], bool(ahead.is_short[row])) for row in rows]
    factors = tables.factor(kinds, ahead.panel.measure, summed.expected / months, months)
    edges: dict[str, Floats] = {"median": summed.expected}
    for name, place in LEVELS.items():
        edges[f"lower{name}"], edges[f"upper{name}"] = limits(summed, factors[:, place])
    return edges


def _whole(frames: list[pd.DataFrame]) -> pd.DataFrame:
    frame = pd.concat(frames, ignore_index=True) if frames else pd.DataFrame()
    return frame.dropna() if not frame.empty else frame
