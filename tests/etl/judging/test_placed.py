"""Offences with no borough on record are inside what is expected of a borough: fewer of them later is no change of a borough."""

import datetime as dt
from dataclasses import replace

import numpy as np
import pytest

from etl.core.areas import LONDON, UNKNOWN
from etl.core.period import every_month
from etl.core.state import CHANGES, LEANS
from etl.judging import forecast, release_tables
from etl.judging.counts import judge
from etl.judging.finding import Finding
from etl.judging.fitted import fitted
from etl.judging.lateness import Timing
from etl.judging.made_once import MadeOnce
from etl.judging.panel import Panel, exposures_of

MONTHS = tuple(every_month("2018-01", "2025-12"))
BOROUGHS = tuple(f"B{n:02d}" for n in range(31))
FELL = MONTHS.index("2025-04")
A_MONTH = 1_500
"""Offences a month of a large borough: a tilt of 2% stands out of chance over nine months."""

TIMING = Timing(dt.date(2026, 1, 15), 1, 0)


def panel(share_before: float, share_after: float, seed: int) -> Panel:
    """Boroughs, a command and London in which nothing changes but the share of offences with no borough, which falls in April."""
    generator = np.random.default_rng(seed)
    happened = generator.poisson(A_MONTH, size=(len(BOROUGHS), len(MONTHS)))
    placed = np.where(np.arange(len(MONTHS)) < FELL, 1 - share_before, 1 - share_after)
    recorded = generator.binomial(happened, placed)
    command, london = recorded[:3].sum(axis=0), happened.sum(axis=0)
    counts = np.vstack([recorded, command, london]).astype(np.float64)
    areas = (*BOROUGHS, "BCU", LONDON)
    kinds = (*("borough",) * len(BOROUGHS), "bcu", "force")
    made = Panel("burglary", "lower", areas, kinds, MONTHS, counts, {}, {})
    return replace(made, placed=recorded.sum(axis=0) / london)


def findings(made: Panel) -> list[Finding]:
    """What is found of every area."""
    return list(judge(MadeOnce(made, fitted()), TIMING).findings)


def alarm_share(panels: list[Panel]) -> float:
    """The share of boroughs and commands said to have moved, proven or not."""
    return float(np.mean([f.state in (*CHANGES, *LEANS) for made in panels for f in findings(made)[:-1]]))


@pytest.mark.parametrize(("before", "after"), [(0.02, 0.0), (0.0, 0.02), (0.06, 0.002)])
def test_a_share_of_unplaced_offences_that_moves_raises_no_false_verdicts(before: float, after: float) -> None:
    panels = [panel(before, after, seed) for seed in range(2)]
    steady = alarm_share([panel(0.0, 0.0, seed) for seed in range(2)])
    corrected = alarm_share(panels)
    assert corrected <= steady + 0.05
    assert alarm_share([replace(made, placed=None) for made in panels]) > 5 * corrected


def test_the_ratio_of_every_unchanged_borough_has_no_tilt() -> None:
    made = panel(0.02, 0.0, 7)
    tilted, level = (
        np.mean([f.ratio for f in findings(p)[: len(BOROUGHS)] if f.ratio]) for p in (replace(made, placed=None), made)
    )
    assert tilted > 1.01
    assert level == pytest.approx(1.0, abs=0.004)


def test_published_counts_stay_as_they_are_and_london_is_expected_as_before() -> None:
    made = panel(0.02, 0.0, 3)
    ours, without = findings(made), findings(replace(made, placed=None))
    assert [f.observed for f in ours] == [f.observed for f in without]
    assert ours[-1].expected == pytest.approx(without[-1].expected, rel=0.001)
    exposures = exposures_of(made, "2025-04")
    assert exposures[-1] / exposures[0] == pytest.approx(1 / made.placed)
    assert (exposures[0] == exposures[len(BOROUGHS)]).all()


def test_months_ahead_go_on_with_the_share_placed_in_the_newest_months() -> None:
    made = panel(0.06, 0.0, 5)
    ahead = forecast.expected(made, judge(MadeOnce(made, fitted()), TIMING).groups, fitted()).months
    median = ahead[ahead["area_code"].isin(BOROUGHS)]["median"].mean()
    assert median == pytest.approx(A_MONTH, rel=0.01)


def test_share_placed_is_what_london_holds_less_what_has_no_borough() -> None:
    rows = [(LONDON, "2025-01", 200.0), (UNKNOWN, "2025-01", 4.0), (LONDON, "2025-02", 100.0), (LONDON, "2025-03", 0.0),
            (LONDON, "2025-04", 10.0), (UNKNOWN, "2025-04", 10.0), (UNKNOWN, "2025-05", 3.0)]  # fmt: skip
    share = release_tables.placed_share(rows, ["2025-01", "2025-02", "2025-03", "2025-04", "2025-05"])
    assert share.tolist() == [0.98, 1.0, 1.0, release_tables.LEAST_PLACED, 1.0]
