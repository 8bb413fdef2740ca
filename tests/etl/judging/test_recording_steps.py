"""Steps of recording are found by themselves, told from what is already decided, and seldom seen where nothing changed."""

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

from etl.commands import break_steps
from etl.core.areas import LONDON
from etl.definitions import reference, refused_steps
from etl.judging import proposed_steps
from etl.judging.panel import Break, Panel
from etl.judging.recording_steps import steps
from tests.etl.commands import run

MISSED_BEFORE = {
    "drug_trafficking": ("2024-09",),
    "stalking_and_harassment": ("2024-03",),
    "shoplifting": ("2023-01", "2024-04"),
}
COMMANDS = ("BCU-SN", "BCU-CE", "BCU-EA")


def boroughs_alone(panel):
    rows = [i for i, kind in enumerate(panel.kinds) if kind == "borough"]
    areas, kinds = (tuple(names[i] for i in rows) for names in (panel.areas, panel.kinds))
    return replace(panel, areas=areas, kinds=kinds, counts=panel.counts[rows])


def without_restarts(panel, *months):
    kept = {area: tuple(b for b in of_area if b.first not in months) for area, of_area in panel.breaks.items()}
    return replace(panel, breaks=kept)


def times(panel, members, month, factor):
    """The panel with the counts of some areas multiplied from a month on."""
    counts, at = panel.counts.copy(), panel.months.index(month)
    rows = [panel.areas.index(code) for code in members]
    counts[np.ix_(rows, range(at, len(panel.months)))] = np.rint(counts[np.ix_(rows, range(at, len(panel.months)))] * factor)
    return replace(panel, counts=counts)


@pytest.mark.parametrize("measure", MISSED_BEFORE)
def test_the_steps_no_row_listed_are_found_once_their_rows_are_taken_out(panels, measure):
    months = MISSED_BEFORE[measure]
    for taken_out in (months, *((month,) for month in months)):
        recorded_steps = [step for step in steps(without_restarts(panels[measure], *taken_out)) if step.area == LONDON]
        for month in taken_out:
            step = next(step for step in recorded_steps if step.month == month)
            assert step.together >= 0.8
            assert abs(step.size) >= 0.08


@pytest.mark.parametrize("measure", MISSED_BEFORE)
def test_a_step_that_has_its_row_is_not_found_again_and_is_listed_with_it(panels, measure):
    panel = panels[measure]
    assert not {s.month for s in steps(panel) if s.area == LONDON} & set(MISSED_BEFORE[measure])
    listed = {s.month: proposed_steps.row_of(s) for s in proposed_steps.all_steps(panel) if s.area == LONDON}
    assert all(listed[month].treatment == "restart" for month in MISSED_BEFORE[measure])
    assert not [s for s in proposed_steps.proposed(panel, "2022-01") if s.month in MISSED_BEFORE[measure]]


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("month", ["2018-06", "2025-03"])
@pytest.mark.parametrize(("measure", "factor"), [("criminal_damage", 1.5), ("violence_without_injury", 0.65)])
def test_a_recode_in_the_boroughs_of_one_command_is_proposed_for_it_alone(panels, command, month, measure, factor):
    panel = times(panels[measure], reference.members(command), month, factor)
    usual = {(s.month, s.area) for s in steps(panels[measure])}
    recorded_steps = [s for s in steps(panel) if (s.month, s.area) not in usual]
    near = [s for s in recorded_steps if proposed_steps.is_near(s.month, month)]
    assert [s.area for s in near] == [command]
    assert (near[0].size > 0) == (factor > 1)
    assert near[0].boroughs == len(reference.members(command))


@pytest.mark.parametrize("measure", ["burglary", "criminal_damage", "theft_from_motor_vehicle", "public_order"])
@pytest.mark.parametrize(("month", "factor"), [("2018-06", 1.35), ("2023-03", 0.7), ("2025-08", 1.45)])
def test_a_recode_in_all_boroughs_is_proposed_for_london(panels, measure, month, factor):
    recorded_steps = steps(times(panels[measure], panels[measure].areas, month, factor))
    assert any(
        s.area == LONDON and proposed_steps.is_near(s.month, month) and (s.size > 0) == (factor > 1) for s in recorded_steps
    )


def test_one_month_that_is_recorded_otherwise_is_no_step(panels):
    panel = panels["burglary"]
    at = panel.months.index("2024-06")
    counts = panel.counts.copy()
    counts[:, at] = np.rint(counts[:, at] * 1.5)
    assert not [s for s in steps(replace(panel, counts=counts)) if "2024-04" <= s.month <= "2024-09"]


def test_a_slow_rise_everywhere_is_no_step(panels):
    panel = boroughs_alone(panels["criminal_damage"])
    level = np.full(panel.counts.shape, 200.0) * 1.02 ** np.arange(len(panel.months))
    generator = np.random.default_rng(3)
    assert steps(replace(panel, counts=generator.poisson(level).astype(float), breaks={}, placed=None)) == ()


def test_the_months_of_covid_and_a_month_without_figures_part_the_series(panels):
    panel = panels["burglary"]
    assert not [s for s in steps(panel) if "2020-03" <= s.month <= "2021-07"]
    counts = panel.counts.copy()
    counts[:, panel.months.index("2019-02")] = np.nan
    assert {s.month for s in steps(replace(panel, counts=counts))} <= {s.month for s in steps(panel)} | {"2019-02", "2019-03"}


def test_fewer_than_ten_boroughs_say_nothing_of_everywhere():
    months = tuple(f"{year}-{m:02}" for year in range(2015, 2025) for m in range(1, 13))
    counts = np.full((9, len(months)), 100.0)
    counts[:, 60:] = 300.0
    assert steps(Panel("m", "lower", tuple("abcdefghi"), ("borough",) * 9, months, counts, {}, {})) == ()


def unchanged(panel, generator):
    """Boroughs with the levels of a panel that wander, each by itself and a little together, and come back: nothing changes."""
    level = np.maximum(np.nanmean(panel.counts[:, -24:], axis=1), 0.05)
    number, months = panel.counts.shape
    own, shared = wander(generator, (number, months), 0.6), wander(generator, (1, months), 0.8)
    rates = level[:, None] * np.exp(0.12 * own + 0.03 * shared)
    return replace(panel, counts=generator.poisson(rates).astype(float), breaks={}, placed=None)


def wander(generator, shape, memory):
    steps_of = generator.standard_normal(shape)
    for month in range(1, shape[1]):
        steps_of[:, month] = memory * steps_of[:, month - 1] + np.sqrt(1 - memory**2) * steps_of[:, month]
    return steps_of


@pytest.mark.slow
def test_series_in_which_nothing_changes_are_seldom_called_steps(panels):
    """At most one in forty years of a measure force-wide, and in all twelve commands together one in ten."""
    generator = np.random.default_rng(5)
    made = [unchanged(boroughs_alone(panel), generator) for panel in panels.values()]
    recorded_steps = [step for panel in made for step in steps(panel)]
    years = sum(len(panel.months) for panel in made) / 12
    assert sum(step.area == LONDON for step in recorded_steps) / years <= 0.025
    assert len(recorded_steps) / years <= 0.1


def test_a_refused_step_is_proposed_no_more(panels, monkeypatch):
    panel = times(panels["burglary"], panels["burglary"].areas, "2023-03", 0.6)
    (step,) = [s for s in proposed_steps.proposed(panel, "2022-01") if s.area == LONDON]
    monkeypatch.setattr(
        proposed_steps, "refused_steps", lambda: (SimpleNamespace(measure="burglary", area=LONDON, month=step.month),)
    )
    assert step not in proposed_steps.proposed(panel, "2022-01")
    assert step in proposed_steps.all_steps(panel)


def test_a_row_marked_for_all_commands_does_not_stand_for_a_step_in_one(panels):
    """The mark of September 2024 (fewer without a borough) touches every command and measure: a recode of one is not it."""
    panel = times(panels["criminal_damage"], reference.members("BCU-CE"), "2024-09", 1.6)
    assert [s.area for s in proposed_steps.proposed(panel, "2024-06") if s.month == "2024-09"] == ["BCU-CE"]


@pytest.mark.parametrize(
    ("column", "value"),
    [("measure", "burglry"), ("area", "E99"), ("month", "2024-13"), ("reason", ""), ("by", ""), ("date", "soon"), ("source", "")],
)
def test_a_refusal_that_is_not_whole_is_refused_itself(tmp_path, monkeypatch, column, value):
    whole = {
        "measure": "burglary", "area": LONDON, "month": "2024-09", "reason": "It happened.", "by": "A. Smith",
        "date": "2026-03-01", "source": "A letter",
    }  # fmt: skip
    row = whole | {column: value}
    (tmp_path / refused_steps.TABLE).write_text(",".join(row) + "\n" + ",".join(row.values()) + "\n", encoding="utf-8")
    areas = reference.areas()
    monkeypatch.setattr(reference, "REFERENCE", tmp_path)
    monkeypatch.setattr(reference, "areas", lambda: areas)
    with pytest.raises(refused_steps.CatalogueError, match="row 2"):
        refused_steps.refused_steps.__wrapped__()


def test_a_proposed_row_is_one_the_table_of_breaks_takes(panels, tmp_path, monkeypatch):
    (step,) = [
        s for s in steps(without_restarts(panels["drug_trafficking"], "2024-09")) if (s.month, s.area) == ("2024-09", LONDON)
    ]
    head = (reference.REFERENCE / "breaks.csv").read_text(encoding="utf-8").splitlines()[0]
    (tmp_path / "breaks.csv").write_text(f"{head}\n{break_steps.proposed_row(step)}\n", encoding="utf-8")
    areas = reference.areas()
    monkeypatch.setattr(reference, "REFERENCE", tmp_path)
    monkeypatch.setattr(reference, "areas", lambda: areas)
    (row,) = reference.breaks.__wrapped__()
    assert row.is_parting
    assert LONDON in row.area_codes
    assert f"{row.start:%Y-%m}" == "2024-09"


@pytest.mark.slow
def test_the_command_lists_the_undecided_and_ends_with_22_while_there_are_any(warehouse):
    undecided = run("breaks", "--warehouse", warehouse, "--undecided", "--since", "2024-01", "--format", "csv")
    assert undecided.code == 22
    assert {row["state"] for row in undecided.rows} == {"undecided"}
    assert all("restart" in row["row"] for row in undecided.rows)
    assert run("breaks", "--warehouse", warehouse, "--undecided", "--since", "2025-12").code == 0


def test_made_up_breaks_of_one_area_part_its_command_alone(panels):
    panel = times(panels["criminal_damage"], reference.members("BCU-CE"), "2023-03", 1.6)
    listed = {code: (*panel.breaks_of(code), Break("2023-03", None, True, "x")) for code in reference.members("BCU-CE")}
    known = replace(panel, breaks={**panel.breaks, **listed})
    assert [s for s in steps(panel) if s.month == "2023-03"]
    assert not [s for s in steps(known) if s.month == "2023-03"]
