"""Police commands are judged with the tables of the boroughs: on their own real windows ranges hold and few moves are proven."""

from dataclasses import replace

import numpy as np
import pytest

from etl.calibration import real_results
from etl.calibration.real_windows import JUDGED_MONTHS, windows
from etl.judging import fitted
from etl.judging.move_states import is_proven, states
from etl.methods.conformal import is_outside

EVERY_SECOND = slice(0, None, 2)


def force_and_commands(panel):
    rows = [i for i, kind in enumerate(panel.kinds) if kind in ("force", "bcu")]
    areas, kinds = (tuple(names[i] for i in rows) for names in (panel.areas, panel.kinds))
    return replace(panel, areas=areas, kinds=kinds, counts=panel.counts[rows])


def test_a_command_is_served_by_the_tables_of_the_boroughs():
    assert fitted.fitted_kind("bcu", False) == "borough"
    assert fitted.fitted_kind("bcu", True) == fitted.fitted_kind("borough", True)


@pytest.mark.slow
def test_ranges_of_commands_hold_on_their_own_real_windows(panels):
    tables = fitted.fitted()
    frame = windows([force_and_commands(panel) for panel in list(panels.values())[EVERY_SECOND]], tables.spread, 1, plants=())
    of_commands = frame[(frame["kind"] == "bcu") & (frame["months"] == JUDGED_MONTHS)].assign(kind="borough")
    ordered, reading = real_results.readings(of_commands, tables)
    holds = ~is_outside(reading.observed, reading.lower, reading.upper)
    assert len(holds) > 1_000
    assert 0.93 <= holds.mean() <= 0.975
    for low in (10, 30, 100, 300):
        alike = (ordered["size"] >= low).to_numpy() & (ordered["size"] < 3.4 * low).to_numpy()
        assert np.mean(holds[alike]) >= 0.9, low
    assert is_proven(states(reading)).mean() <= 0.035
