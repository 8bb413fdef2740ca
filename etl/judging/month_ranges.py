"""The range of every month for the picture: what the expectation of the months judged says of each, and those before it.

The months judged and those too new come from the expectation the verdict rests on. The two years before them are drawn as they
were expected at the time: each by an expectation made at its own beginning.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from etl.core.period import MONTHS_OF_A_YEAR, moved
from etl.judging.counts import Group
from etl.judging.expectation_made import Expectation
from etl.judging.fitted import fitted_kind
from etl.judging.made_once import MadeOnce
from etl.methods.conformal import Sum, is_outside, limits

LIMITS = (("80", 0), ("95", 1), ("", 2))
"""Column endings and the place of each range's factor. The range drawn is that of 99 in 100 months: so many are looked at that
one in twenty would lie outside a narrower one in most years."""
COLUMNS = (
    "measure_id", "area_code", "period", "expected", "lower", "upper", "lower80", "upper80", "lower95", "upper95",
    "role", "signal",
)  # fmt: skip
OUTSIDE = "outside the range"
EARLIER, WINDOW, PROVISIONAL = "earlier", "window", "provisional"
YEARS_BEFORE = 2


def expected_months(expectations: MadeOnce, groups: Sequence[Group]) -> pd.DataFrame:
    """One row per area and month that has a range, with `COLUMNS`; areas that could not be judged have none."""
    panel, frames = expectations.panel, []
    for group in groups:
        frames.append(_months(expectations, group.expectation, group.rows, group.settled))
        for years in range(1, YEARS_BEFORE + 1):
            first = moved(group.expectation.months[0], -MONTHS_OF_A_YEAR * years)
            if first in panel.months[1:]:
                earlier = expectations.of(first, moved(first, MONTHS_OF_A_YEAR - 1))
                rows = tuple(row for row in group.rows if earlier.is_ready[row])
                if rows:
                    frames.append(_months(expectations, earlier, rows, None))
    if not frames:
        return pd.DataFrame(columns=list(COLUMNS))
    whole = pd.concat(frames, ignore_index=True)
    return whole.sort_values(["area_code", "period"], kind="stable", ignore_index=True)[list(COLUMNS)]


def _months(expectations: MadeOnce, expectation: Expectation, rows: tuple[int, ...], settled: int | None) -> pd.DataFrame:
    """The months of an expectation for some rows; the first `settled` are judged, None for an earlier year."""
    panel, some, months = expectations.panel, list(rows), len(expectation.months)
    kinds = [fitted_kind(panel.kinds[row], bool(expectation.is_short[row])) for row in rows]
    shape = (len(some), months)
    columns = {"expected": np.zeros(shape)}
    columns |= {f"{side}{ending}": np.zeros(shape) for side in ("lower", "upper") for ending, _ in LIMITS}
    for place in range(months):
        one = np.zeros(expectation.seen.shape, dtype=np.bool_)
        one[:, place] = True
        whole = expectation.sum_of(one)
        month = Sum(whole.root[some], whole.deviation[some])
        factors = expectations.tables.factor(kinds, panel.measure, month.expected, 1)
        columns["expected"][:, place] = month.expected
        for ending, at in LIMITS:
            columns[f"lower{ending}"][:, place], columns[f"upper{ending}"][:, place] = limits(month, factors[:, at])
    seen, is_usable = expectation.seen[some], expectation.is_usable[some]
    places = np.arange(months)[None, :]
    role = np.where(places < (months if settled is None else settled), EARLIER if settled is None else WINDOW, PROVISIONAL)
    outside = is_outside(np.nan_to_num(seen), columns["lower"], columns["upper"]) & (role != PROVISIONAL)
    area, month_at = np.nonzero(is_usable)
    return pd.DataFrame(
        {
            "measure_id": panel.measure,
            "area_code": np.array(panel.areas)[some][area],
            "period": np.array(expectation.months)[month_at],
            **{name: values[is_usable] for name, values in columns.items()},
            "role": np.broadcast_to(role, shape)[is_usable],
            "signal": np.where(outside, OUTSIDE, "")[is_usable],
        }
    )
