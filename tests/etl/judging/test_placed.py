"""Offences with no borough on record are inside what is expected of a borough: fewer of them later is no change of a borough."""

from dataclasses import replace

import numpy as np
import pytest

from etl.core.areas import LONDON, UNKNOWN
from etl.core.period import every_month
from etl.judging import forecast, release_tables
from etl.judging.evidence import gather
from etl.judging.panel import Panel, exposures_of

MONTHS = tuple(every_month("2018-01", "2025-12"))
BOROUGHS = tuple(f"B{n:02d}" for n in range(31))
FELL = MONTHS.index("2025-04")
A_MONTH = 1_500
"""Offences a month of a large borough: a tilt of 2% stands out of chance over nine months."""


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


def alarm_share(panels: list[Panel]) -> float:
    """The share of boroughs and commands whose verdict would be anything but quiet."""
    return float(np.mean([gather(made).alarm[:-1] for made in panels]))


@pytest.mark.parametrize(("before", "after"), [(0.02, 0.0), (0.0, 0.02), (0.06, 0.002)])
def test_a_share_of_unplaced_offences_that_moves_raises_no_false_verdicts(before: float, after: float) -> None:
    panels = [panel(before, after, seed) for seed in range(3)]
    steady = alarm_share([panel(0.0, 0.0, seed) for seed in range(3)])
    uncorrected = alarm_share([replace(made, placed=None) for made in panels])
    corrected = alarm_share(panels)
    assert corrected <= steady + 0.01
    assert corrected <= 0.03
    assert uncorrected > 5 * max(corrected, 0.01)


def test_the_ratio_of_every_unchanged_borough_has_no_tilt() -> None:
    made = panel(0.02, 0.0, 7)
    tilted, level = (gather(p).change.ratio[: len(BOROUGHS)].mean() for p in (replace(made, placed=None), made))
    assert tilted == pytest.approx(1 / 0.98, abs=0.004)
    assert level == pytest.approx(1.0, abs=0.004)


def test_published_counts_stay_as_they_are_and_london_is_expected_as_before() -> None:
    made = panel(0.02, 0.0, 3)
    ours, without = gather(made), gather(replace(made, placed=None))
    assert (ours.change.observed == without.change.observed).all()
    exposures = exposures_of(made, "2025-04")
    assert exposures[-1] / exposures[0] == pytest.approx(1 / made.placed)
    assert (exposures[0] == exposures[len(BOROUGHS)]).all()


def test_months_ahead_go_on_with_the_share_placed_in_the_newest_months() -> None:
    made = panel(0.06, 0.0, 5)
    models = {("burglary", kind): ("level", True) for kind in ("borough", "bcu", "force")}
    ahead = forecast.expected(made, gather(made), models).months
    median = ahead[ahead["area_code"].isin(BOROUGHS)]["median"].mean()
    assert median == pytest.approx(A_MONTH, rel=0.01)


def test_share_placed_is_what_london_holds_less_what_has_no_borough() -> None:
    rows = [(LONDON, "2025-01", 200.0), (UNKNOWN, "2025-01", 4.0), (LONDON, "2025-02", 100.0), (LONDON, "2025-03", 0.0),
            (LONDON, "2025-04", 10.0), (UNKNOWN, "2025-04", 10.0), (UNKNOWN, "2025-05", 3.0)]  # fmt: skip
    share = release_tables.placed_share(rows, ["2025-01", "2025-02", "2025-03", "2025-04", "2025-05"])
    assert share.tolist() == [0.98, 1.0, 1.0, release_tables.LEAST_PLACED, 1.0]
