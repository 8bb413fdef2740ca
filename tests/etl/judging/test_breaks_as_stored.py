"""The table of breaks as it is stored, by area, reaches every place where months are left out or parted."""

from dataclasses import replace

import numpy as np
import pytest

from etl.core.areas import LONDON
from etl.definitions import reference
from etl.judging.expectation_made import made
from etl.judging.panel import exposure_of

COVID = ("2020-03", "2021-06")


def spoiled(panel):
    """The panel with the months of Covid at a nonsense that no season could hide."""
    months = np.array(panel.months)
    counts = panel.counts.copy()
    counts[:, (months >= COVID[0]) & (months <= COVID[1])] *= np.linspace(0.1, 9, 16)[None, :]
    return replace(panel, counts=counts)


def test_the_row_of_covid_is_stored_by_area(panels):
    for panel in panels.values():
        assert all(gap.last is None or gap.is_restart for gap in panel.breaks.get("*", ()))
        for area in panel.areas:
            assert COVID in {(gap.first, gap.last) for gap in panel.breaks_of(area)}


@pytest.mark.parametrize(("until", "every"), [("2022-04", 9), ("2024-04", 9), ("2025-12", 1)])
def test_covid_is_in_no_season_of_any_measure(panels, until, every):
    for panel in list(panels.values())[::every]:
        plain, strength = exposure_of(panel, until)
        again, same_strength = exposure_of(spoiled(panel), until)
        assert again == pytest.approx(plain)
        assert same_strength == pytest.approx(strength)


def test_covid_is_in_no_expectation(panels):
    for panel in list(panels.values())[::3]:
        plain, again = (made(each, "2025-04", "2025-12") for each in (panel, spoiled(panel)))
        for one, other in zip(plain.own, again.own, strict=True):
            assert other.rates == pytest.approx(one.rates)


def test_every_area_pooled_keeps_the_months_left_out_of_any_of_them(panels):
    """A stretch left out of one borough alone is out of the season they share."""
    panel = panels["burglary"]
    months = np.array(panel.months)
    counts = panel.counts.copy()
    row = panel.areas.index("E09000033")
    counts[row, (months >= "2023-05") & (months <= "2023-09")] *= 50
    gap = replace(next(g for g in panel.breaks_of("E09000033") if g.last == COVID[1]), first="2023-05", last="2023-09")
    known = {**panel.breaks, "E09000033": (*panel.breaks_of("E09000033"), gap)}
    index, _ = exposure_of(replace(panel, counts=counts, breaks=known), "2025-04")
    plain, _ = exposure_of(replace(panel, breaks=known), "2025-04")
    assert index == pytest.approx(plain)


@pytest.mark.parametrize(
    ("measure", "month"),
    [
        ("drug_trafficking", "2024-09"), ("stalking_and_harassment", "2024-03"), ("shoplifting", "2023-01"),
        ("shoplifting", "2024-04"), ("violence_with_injury", "2024-03"),
    ],
)  # fmt: skip
def test_no_month_before_a_step_of_recording_is_in_a_baseline_after_it(panels, measure, month):
    panel = panels[measure]
    for area in panel.areas:
        assert month in {gap.first for gap in panel.breaks_of(area) if gap.is_restart}
    expectation = made(panel, "2025-04", "2025-12")
    before = np.array(
        [label < month for label in panel.months[panel.months.index("2025-04") - 120 : panel.months.index("2025-04")]]
    )
    assert not expectation.history[:, before].any()


def test_a_measure_that_holds_a_stepped_one_is_marked_and_counted_on():
    rows = [b for b in reference.breaks_for("violence_without_injury_with_stalking", LONDON) if f"{b.start:%Y-%m}" == "2024-03"]
    assert [b.treatment for b in rows] == ["mark"]
    assert not [b for b in reference.breaks_for("total_recorded_crime", LONDON) if b.is_parting and b.start.year >= 2023]
