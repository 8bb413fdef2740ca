"""Changes planted in copies of real series: each gets the verdict a statistician would defend."""

from dataclasses import replace

import numpy as np
import pytest

from etl.core.reason_words import in_sentences, sentence
from etl.judging import counts
from etl.judging.fitted import fitted
from etl.judging.made_once import MadeOnce
from etl.judging.panel import Break, exposure_of
from etl.judging.shared_steps import caveats

QUIET = [
    "criminal_damage", "burglary", "sexual_offences", "public_order", "theft_or_taking_of_motor_vehicle",
]  # fmt: skip
CHANGED = {"B", "W", "C"}
QUIET_STATES = {"N", "E"}
LEANS = {"M", "P"}
NEAR = 0.1


def judged(panel, timing):
    """The findings of a panel before its list is looked at."""
    return counts.judge(MadeOnce(panel, fitted()), timing).findings


def quiet_boroughs(panel, timing):
    """Rows of boroughs with nothing to report, so that what is found is what was planted."""
    findings = judged(panel, timing)
    return [
        i
        for i, kind in enumerate(panel.kinds)
        if kind == "borough" and findings[i].state in QUIET_STATES and abs(findings[i].ratio - 1) < NEAR
    ]


def planted(panel, rows, months, factor):
    """The panel with some months of some areas multiplied; counts stay whole."""
    table = panel.counts.copy()
    table[np.ix_(rows, months)] = np.rint(table[np.ix_(rows, months)] * factor)
    return replace(panel, counts=table)


def states(panel, timing, rows):
    """State by row, the boroughs looked at as one list."""
    findings = judged(panel, timing)
    boroughs = [i for i, kind in enumerate(panel.kinds) if kind == "borough"]
    settled = counts.control([findings[i] for i in boroughs], {panel.measure: panel.better})
    by_row = dict(zip(boroughs, settled, strict=True))
    return [by_row[row] for row in rows]


def last(panel, number):
    return np.arange(len(panel.months) - number, len(panel.months))


@pytest.mark.parametrize("measure", QUIET)
def test_nothing_planted_is_nothing_found(panels, timing, measure):
    rows = quiet_boroughs(panels[measure], timing)
    assert len(rows) >= 4
    assert {f.state for f in states(panels[measure], timing, rows)} <= QUIET_STATES


@pytest.mark.parametrize("measure", QUIET)
@pytest.mark.parametrize(("factor", "letter"), [(0.45, "B"), (2.0, "W")])
def test_a_step_since_april_is_found_with_its_direction_its_start_and_its_size(panels, timing, measure, factor, letter):
    panel = panels[measure]
    rows = quiet_boroughs(panel, timing)[:4]
    findings = states(planted(panel, rows, last(panel, 9), factor), timing, rows)
    assert [f.state for f in findings] == [letter if panel.better == "lower" else "C"] * 4
    assert all(f.since <= "2025-07" for f in findings)
    for f in findings:
        assert not f.expected_lower <= f.observed <= f.expected_upper
        assert f.ratio_lower < factor < f.ratio_upper


@pytest.mark.parametrize("measure", QUIET)
def test_a_slow_drift_is_seen_and_never_as_a_fall(panels, timing, measure):
    """Four in a hundred more every month: what was expected follows it up to March, so it leans at least."""
    panel = panels[measure]
    rows = quiet_boroughs(panel, timing)[:4]
    findings = states(planted(panel, rows, last(panel, 33), 1.04 ** np.arange(33)), timing, rows)
    assert sum(f.state in CHANGED | LEANS for f in findings) >= 3
    assert all(f.ratio > 1 for f in findings)


@pytest.mark.parametrize("measure", QUIET)
def test_a_spike_in_the_newest_month_is_provisional_not_a_change(panels, timing, measure):
    panel = panels[measure]
    rows = quiet_boroughs(panel, timing)[:4]
    findings = states(planted(panel, rows, last(panel, 1), 4.0), timing, rows)
    # where months scatter widely, one month four times as high is still within the range of all of them
    assert {f.state for f in findings} <= QUIET_STATES | {"P"}
    assert sum(f.state == "P" for f in findings) >= 2
    assert all("Without December 2025 nothing would stand out." in in_sentences(f.reasons) for f in findings if f.state == "P")


@pytest.mark.parametrize("measure", QUIET)
def test_a_spike_earlier_in_the_year_is_one_month_not_a_changed_level(panels, timing, measure):
    panel = panels[measure]
    rows = quiet_boroughs(panel, timing)[:4]
    findings = states(planted(panel, rows, last(panel, 5)[:1], 4.0), timing, rows)
    assert not {f.state for f in findings} & CHANGED
    named = [f for f in findings if f.move.rests_on]
    assert {f.move.rests_on for f in named} <= {"2025-08"}
    assert all("Without August 2025 nothing would stand out." in in_sentences(f.reasons) for f in named)
    assert named


@pytest.mark.parametrize("measure", QUIET)
def test_a_season_that_moves_is_not_a_changed_level(panels, timing, measure):
    panel = panels[measure]
    rows = quiet_boroughs(panel, timing)
    months = last(panel, 12)
    of_year = np.arange(1, 13)
    peak = lambda month: 1 + 0.25 * np.cos(2 * np.pi * (of_year - month) / 12)  # noqa: E731
    # A year with a quarter's swing, whose peak comes two months late: its total is what it was.
    moved = peak(9) / peak(7)
    findings = states(planted(panel, rows, months, moved[[int(panel.months[t][5:7]) - 1 for t in months]]), timing, rows)
    assert sum(f.state in CHANGED for f in findings) <= 0.12 * len(rows)


@pytest.mark.parametrize(("months_since", "state"), [(1, "X"), (4, "X"), (12, "X"), (13, "T"), (14, "T"), (15, "N"), (24, "N")])
def test_a_recode_with_its_break_is_a_break_then_too_early_then_judged_on_its_own_side(panels, timing, months_since, state):
    panel = panels["criminal_damage"]
    rows = quiet_boroughs(panel, timing)
    recoded = planted(panel, list(range(len(panel.areas))), last(panel, months_since), 1.4)
    first = panel.months[-months_since]
    row = Break(first, None, True, "Offences are counted in another way.")
    findings = states(replace(recoded, breaks={**panel.breaks, "*": (*panel.breaks.get("*", ()), row)}), timing, rows)
    most = max({f.state for f in findings}, key=[f.state for f in findings].count)
    assert most == state
    assert not {f.state for f in findings} & {"W", "C"}
    if state in "XT":
        assert all("15 are needed" in in_sentences(f.reasons) for f in findings)


def test_as_soon_as_enough_months_are_held_since_a_break_they_are_judged(panels, timing):
    panel = panels["criminal_damage"]
    rows = quiet_boroughs(panel, timing)
    # 17 months since the break, nine of them of this financial year: twelve make the range and five are judged
    row = Break(panel.months[-17], None, True, "Offences are counted in another way.")
    findings = states(replace(panel, breaks={**panel.breaks, "*": (*panel.breaks.get("*", ()), row)}), timing, rows)
    assert {f.window for f in findings} == {("2025-08", "2025-12")}
    assert all(
        "The five months August to December 2025 are set beside what was expected of them in July 2025, from counts since August "
        "2024" in in_sentences(f.reasons)
        for f in findings
    )


def test_while_the_newest_months_are_left_out_nothing_is_judged_and_the_reason_is_theirs(panels, timing):
    panel = panels["burglary"]
    rows = quiet_boroughs(panel, timing)[:2]
    for months, state in ((4, "N"), (12, "U")):
        gap = Break(panel.months[-months], panel.months[-1], False, "Nobody went out.")
        findings = states(replace(panel, breaks={**panel.breaks, "*": (*panel.breaks.get("*", ()), gap)}), timing, rows)
        letters = {
            "N": "September to December 2025 are left out of every comparison.",
            "U": "The newest months are left out of every comparison. Nobody went out.",
        }
        assert {f.state for f in findings} <= (QUIET_STATES | LEANS if state == "N" else {state})
        assert all(letters[state] in in_sentences(f.reasons) for f in findings)


def test_months_that_vanish_inside_a_series_raise_no_alarm(panels, timing):
    panel = panels["burglary"]
    rows = quiet_boroughs(panel, timing)
    table = panel.counts.copy()
    for row in rows:
        table[row, -20:-17] = np.nan
        table[row, -5] = np.nan
    findings = states(replace(panel, counts=table), timing, rows)
    assert not {f.state for f in findings} & CHANGED
    assert sum(f.state in QUIET_STATES for f in findings) >= 0.9 * len(rows)
    # the missing month is left out of what is judged, never counted as nil
    whole = states(panel, timing, rows)
    assert all(f.observed < w.observed and f.expected < w.expected for f, w in zip(findings, whole, strict=True))


def test_a_series_that_stops_while_others_go_on_is_late_and_says_so(panels, timing):
    panel = panels["burglary"]
    row = quiet_boroughs(panel, timing)[0]
    table = panel.counts.copy()
    table[row, -4:] = np.nan
    (finding,) = states(replace(panel, counts=table), timing, [row])
    assert finding.state == "L"
    assert in_sentences(finding.reasons) == (
        "The newest figure held is for August 2025. Four later months are held for other areas and not for this one, "
        "so there is no verdict."
    )


def test_two_missing_months_are_not_yet_late(panels, timing):
    panel = panels["burglary"]
    row = quiet_boroughs(panel, timing)[0]
    table = panel.counts.copy()
    table[row, -1:] = np.nan
    (finding,) = states(replace(panel, counts=table), timing, [row])
    assert finding.state in QUIET_STATES
    assert finding.window[1] == "2025-11"


def test_a_handful_of_events_cannot_tell(panels, timing):
    panel = panels["homicide"]
    boroughs = [i for i, kind in enumerate(panel.kinds) if kind == "borough"]
    findings = states(panel, timing, boroughs)
    assert all(f.state == "U" for f in findings if f.observed < 5 and (f.expected or 0) < 5)
    assert sum(f.state == "U" for f in findings) > len(findings) / 2
    assert all(f.p_value is None for f in findings if f.state == "U")


def test_a_series_that_never_had_an_event_cannot_tell(panels, timing):
    panel = panels["homicide"]
    table = panel.counts.copy()
    row = panel.kinds.index("borough")
    table[row] = 0.0
    (finding,) = states(replace(panel, counts=table), timing, [row])
    assert finding.state == "U"


def test_without_a_year_of_months_it_is_too_early(panels, timing):
    panel = panels["criminal_damage"]
    short = replace(panel, months=panel.months[-9:], counts=panel.counts[:, -9:], breaks={}, placed=None)
    findings = judged(short, timing)
    assert {f.state for f in findings} == {"T"}
    assert in_sentences(findings[0].reasons) == "Nine months are held; 15 are needed. First honest review: after June 2026."


def test_a_newest_month_alone_is_shown_with_the_range_of_all_the_months(panels, timing):
    panel = panels["burglary"]
    rows = quiet_boroughs(panel, timing)[:4]
    for f, row in zip(states(planted(panel, rows, last(panel, 1), 4.0), timing, rows), rows, strict=True):
        assert (f.rule, f.window) == ("window", ("2025-04", "2025-12"))
        assert (f.state == "P") == (f.move.rests_on == "2025-12")
        assert f.observed == panel.counts[row, -9:-1].sum() + np.rint(panel.counts[row, -1] * 4)
        assert f.ratio > 1


def test_a_newest_month_cut_by_half_is_never_proven(panels, timing):
    for measure in QUIET:
        panel = panels[measure]
        rows = quiet_boroughs(panel, timing)[:6]
        assert {f.state for f in states(planted(panel, rows, last(panel, 1), 0.5), timing, rows)} <= QUIET_STATES | LEANS


@pytest.mark.parametrize("measure", ["burglary", "arson"])
def test_months_without_any_offence_are_a_fault_not_an_improvement(panels, timing, measure):
    panel = panels[measure]
    mean = np.nanmean(panel.counts[:, -33:-9], axis=1)
    rows = [row for row in quiet_boroughs(panel, timing) if mean[row] > 5][:4]
    findings = states(planted(panel, rows, last(panel, 6), 0.0), timing, rows)
    assert [(f.state, f.rule) for f in findings] == [("U", "empty months")] * len(rows)
    assert all(
        in_sentences(f.reasons).startswith("Not one offence is recorded in July to December 2025, where about") for f in findings
    )
    assert all(f.p_value is None for f in findings)


def test_a_rise_from_nothing_is_a_rise(panels, timing):
    panel = panels["burglary"]
    rows = quiet_boroughs(panel, timing)[:3]
    table = panel.counts.copy()
    table[rows] = 0.0
    table[np.ix_(rows, last(panel, 9))] = 4.0
    findings = states(replace(panel, counts=table), timing, rows)
    assert {f.state for f in findings} == {"W"}
    # nothing was expected: half an event stands for it, and the range is of what chance could have brought
    assert all(f.ratio > 5 for f in findings)
    assert all(0 <= f.expected_upper < f.observed for f in findings)


def test_a_step_within_the_months_judged_is_found_and_dated_among_them_and_never_after_it(panels, timing):
    dated = []
    for measure in ("burglary", "criminal_damage", "public_order"):
        panel = panels[measure]
        rows = quiet_boroughs(panel, timing)[:6]
        findings = states(planted(panel, rows, last(panel, 7), 0.4), timing, rows)
        dated += [f.since for f in findings if f.state in CHANGED]
    assert len(dated) > 8
    assert all("2025-04" <= since <= "2025-06" for since in dated)


def test_a_step_that_most_boroughs_take_in_one_month_has_its_caveat(panels, timing):
    panel = panels["criminal_damage"]
    every = [i for i, kind in enumerate(panel.kinds) if kind != "bcu"]
    recoded = planted(panel, every, last(panel, 9), 0.5)
    findings = counts.control(judged(recoded, timing), {panel.measure: panel.better})
    beside = caveats([f for f in findings if panel.kinds[panel.areas.index(f.area)] != "bcu"])
    assert len(beside) > 16
    assert all("a change in how crime is recorded" in sentence(step) for step in beside.values())


def test_a_step_of_london_in_the_month_the_crime_system_changed_is_in_the_table_of_breaks(panels):
    """Six months each side of March 2024, season taken out, beside every such step of the measure outside Covid."""
    for measure, panel in panels.items():
        exposure, _ = exposure_of(panel, "2024-03")
        level = panel.counts[panel.kinds.index("force")] / exposure
        at = panel.months.index("2024-03")
        steps = {k: np.log(level[k : k + 6].mean() / level[k - 6 : k].mean()) for k in range(30, level.size - 6)}
        others = [s for k, s in steps.items() if abs(k - at) > 6 and not "2019-09" <= panel.months[k] <= "2022-01"]
        if abs(steps[at]) > 2.5 * np.nanstd(others):
            firsts = [b.first for b in panel.breaks_of(panel.areas[panel.kinds.index("force")]) if b.is_restart]
            assert "2024-03" in firsts, f"{measure}: {np.expm1(steps[at]):+.0%}"
