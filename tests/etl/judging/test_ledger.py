"""The ledger of changes, on sights made by hand: who enters, who stays, and with what reason one leaves."""

import datetime as dt
from dataclasses import replace

import numpy as np
import pytest

from etl.core.change_status import Cause, ChangeStatus, Direction
from etl.core.grade import MoveState
from etl.core.period import every_month, moved
from etl.judging import fitted, ledger_kept
from etl.judging.ledger import Edition, Month, Sight, change_since, left_unrecorded, listed, step
from etl.judging.ledger_sights import Sights
from etl.judging.moves import Move, judge, window_to
from etl.judging.panel import Break, Panel
from etl.release.ledger import with_moves

KEY = ("burglary", "E09000001")
USUAL = (100.0,) * 12


def sight(month, level, state=MoveState.NO_CLEAR_CHANGE, p=0.4, since=None, restarts=(), rest=1000.0, against=""):
    """One area whose newest twelve months all hold `level` where 100 were usual."""
    window = window_to(month)
    months = tuple(Month(label, level, rest) for label in every_month(moved(month, -11), month))
    change = level / 100 - 1
    move = Move(KEY[1], state, window, observed=1, expected=1.0, change=change, p_value=p, probability=0.9,
                since=since or window[0], against_force=against)  # fmt: skip
    return {KEY: Sight(move, USUAL, 0.1, months, restarts)}


def follow(*editions, as_before=None):
    entries = ()
    for month, edition_sight in editions:
        entries = step(entries, edition_sight, as_before or {}, Edition(month))
    return entries


def rose(month, level=130.0, **more):
    return month, sight(month, level, MoveState.ROSE, p=0.01, **more)


def quiet(month, level, p=0.4, **more):
    return month, sight(month, level, p=p, **more)


def test_a_proven_move_enters_and_one_that_only_leans_does_not():
    (entry,) = follow(rose("2024-10"))
    assert (entry.status, entry.direction, entry.first_seen, entry.since) == ("new", Direction.UP, "2024-10", "2024-04")
    assert entry.size == pytest.approx(0.3, abs=0.01)
    assert follow(("2024-10", sight("2024-10", 130.0, MoveState.LEANING_UP, p=0.03))) == ()


def test_it_is_harder_to_enter_than_to_stay():
    assert [e.status for e in follow(rose("2024-10"), quiet("2024-11", 120.0, p=0.04))] == ["fading"]
    assert [e.status for e in follow(quiet("2024-10", 120.0, p=0.04))] == []


def test_within_its_own_window_it_ends_once_it_cannot_be_told_from_chance():
    (entry,) = follow(rose("2024-10"), quiet("2024-11", 108.0, p=0.06))
    assert (entry.status, entry.cause, entry.status_since) == ("ended", Cause.NEW_MONTH, "2024-11")


def test_it_ends_when_the_series_ranks_on_the_other_side():
    (entry,) = follow(rose("2024-10"), quiet("2024-11", 90.0, p=0.02))
    assert entry.status == "ended"


@pytest.mark.parametrize(("level", "status"), [(130.0, "standing"), (120.0, "fading"), (112.0, "ended"), (80.0, "ended")])
def test_april_does_not_erase_it_the_level_before_is_still_what_it_is_held_against(level, status):
    (entry,) = follow(rose("2025-02"), quiet("2025-06", level))
    assert entry.status == status


def test_a_fall_is_followed_the_same_way():
    fell = "2025-02", sight("2025-02", 70.0, MoveState.FELL, p=0.01)
    assert [e.status for e in follow(fell, quiet("2025-07", 72.0))] == ["standing"]
    assert [e.status for e in follow(fell, quiet("2025-07", 95.0))] == ["ended"]


def test_after_two_years_it_is_the_level_now():
    (entry,) = follow(rose("2023-06"), quiet("2024-06", 130.0), quiet("2025-03", 130.0))
    assert (entry.status, entry.before) == ("lasting", ())


def test_what_is_still_in_the_list_is_not_closed_as_lasting():
    (entry,) = follow(rose("2023-06"), rose("2025-03"))
    assert entry.status == "standing"


def test_one_that_ended_can_enter_again_as_another_change():
    entries = follow(rose("2024-10"), quiet("2024-11", 100.0), rose("2024-12"))
    assert [(e.status, e.first_seen) for e in entries] == [("ended", "2024-10"), ("new", "2024-12")]


def test_a_change_gone_from_the_same_months_once_revised_is_withdrawn_and_not_ended():
    before = sight("2024-10", 101.0)
    (entry,) = step(follow(rose("2024-10")), *(quiet("2024-11", 101.0)[1], before), Edition("2024-11"))
    assert (entry.status, entry.cause) == (ChangeStatus.WITHDRAWN, Cause.REVISION)


def test_a_change_the_new_month_made_go_has_ended_though_other_figures_were_restated():
    still = sight("2024-10", 130.0, MoveState.ROSE, p=0.01)
    (entry,) = step(follow(rose("2024-10")), quiet("2024-11", 101.0)[1], still, Edition("2024-11"))
    assert (entry.status, entry.cause) == (ChangeStatus.ENDED, Cause.NEW_MONTH)


def test_a_change_that_the_revised_months_before_show_already_entered_by_revision():
    edition_sight = sight("2024-10", 130.0, MoveState.ROSE, p=0.01)
    (entry,) = step((), rose("2024-11")[1], edition_sight, Edition("2024-11"))
    assert entry.entered_by == Cause.REVISION


def test_a_break_listed_after_it_began_withdraws_it_with_the_words_of_the_break():
    gap = (("2024-08", "new crime system"),)
    (entry,) = follow(rose("2024-10"), quiet("2024-11", 130.0, restarts=gap))
    assert (entry.status, entry.cause, entry.detail) == ("withdrawn", Cause.BREAK, "new crime system")


def test_a_break_before_it_began_leaves_it():
    gap = (("2024-03", "new crime system"),)
    (entry,) = follow(rose("2024-10"), rose("2024-11", restarts=gap))
    assert entry.status == "standing"


def test_a_series_that_is_late_keeps_its_change_until_half_a_year_is_gone():
    (entry,) = follow(rose("2024-10"), ("2024-12", {}))
    assert (entry.status, entry.last_seen) == ("new", "2024-10")
    (entry,) = follow(rose("2024-10"), ("2024-12", {}), ("2025-05", {}))
    assert (entry.status, entry.cause) == ("withdrawn", Cause.NO_FIGURE)


def test_a_move_beside_the_force_is_followed_by_its_share_of_the_rest():
    apart = "2025-02", sight("2025-02", 130.0, MoveState.APART, p=0.01, against="above")
    (entry,) = follow(apart, quiet("2025-06", 260.0, rest=2000.0))
    assert (entry.direction, entry.status) == (Direction.ABOVE, "standing")
    (entry,) = follow(apart, quiet("2025-06", 130.0, rest=1300.0))
    assert entry.status == "ended"


def test_how_it_stood_after_6_and_12_months_is_written_down_once():
    entries = follow(rose("2024-06"), quiet("2024-12", 125.0, p=0.03), quiet("2025-06", 130.0), quiet("2025-08", 100.0))
    assert entries[0].after == ("fading", "standing")
    assert entries[0].status == "ended"


def test_a_list_that_lost_a_change_without_a_word_is_found_out():
    _, edition_sight = rose("2024-10")
    entries = follow(("2024-10", edition_sight))
    assert left_unrecorded(listed(edition_sight), (), entries, "2024-11") == set()
    assert left_unrecorded(listed(edition_sight), (), (), "2024-11") == set(listed(edition_sight))
    closed = [replace(e, status=ChangeStatus.ENDED, status_since="2024-10") for e in entries]
    assert left_unrecorded(listed(edition_sight), (), closed, "2024-11") == set(listed(edition_sight))


def test_the_list_of_the_release_counts_and_not_that_of_one_measure_alone():
    changes_of_measure = rose("2024-10")[1]
    leaning = replace(changes_of_measure[KEY].move, state=MoveState.LEANING_UP)
    assert len(step((), with_moves(changes_of_measure, {}), {}, Edition("2024-10"))) == 1
    assert step((), with_moves(changes_of_measure, {KEY: leaning}), {}, Edition("2024-10")) == ()
    assert step((), with_moves(changes_of_measure, {KEY: None}), {}, Edition("2024-10")) == ()


def test_the_same_edition_again_changes_nothing_but_that_the_new_is_standing():
    once = follow(rose("2024-10"))
    twice = follow(rose("2024-10"), rose("2024-10"))
    assert [replace(e, status=ChangeStatus.NEW) for e in twice] == list(once)


def test_a_ledger_read_back_is_the_one_that_was_kept(tmp_path):
    entries = follow(rose("2024-04"), quiet("2024-10", 125.0, p=0.03))
    ledger_kept.write(tmp_path, entries, "an edition", "2024-10", dt.date(2024, 11, 1))
    kept = ledger_kept.read(tmp_path)
    assert (kept.edition, kept.month, kept.is_in_step) == ("an edition", "2024-10", True)
    (entry,) = kept.entries
    assert replace(entry, size=0, size_now=0) == replace(entries[0], size=0, size_now=0)
    assert ledger_kept.read(tmp_path / "nowhere") is None


@pytest.fixture(scope="module")
def made_up():
    """Ten boroughs and their force from 2014 to 2025; one rises by half from July 2024 on, and comes back in 2025-09."""
    months = tuple(every_month("2014-04", "2025-12"))
    generator = np.random.default_rng(5)
    rate = np.full((10, len(months)), 200.0)
    rate[0, months.index("2024-07") : months.index("2025-06")] *= 1.5
    counts = generator.poisson(rate).astype(float)
    areas = ("F", *(f"A{i}" for i in range(10)))
    kinds = ("force", *("borough",) * 10)
    covid = Break("2020-03", "2021-06", is_restart=False, what="Covid")
    return Panel("", "neither", areas, kinds, months, np.vstack([counts.sum(axis=0), counts]), {a: (covid,) for a in areas}, {})


def test_sights_judge_each_month_as_the_judging_itself_does(made_up):
    sights = Sights(made_up, fitted.fitted())
    for month in ("2024-05", "2024-12"):
        panel = replace(made_up, months=made_up.months[: made_up.months.index(month) + 1])
        panel = replace(panel, counts=made_up.counts[:, : len(panel.months)])
        assert [s.move for s in sights.at(month).values()] == list(judge(panel, window_to(month), fitted.fitted()))


def test_a_real_rise_is_followed_through_april_until_it_has_gone(made_up):
    sights, entries, before, statuses = Sights(made_up, fitted.fitted()), (), {}, {}
    for month in every_month("2024-04", "2025-12"):
        edition_sight = sights.at(month)
        entries = step(entries, edition_sight, {}, Edition(month))
        assert left_unrecorded(before, listed(edition_sight), entries, month) == set()
        before = listed(edition_sight)
        statuses[month] = {e.area: e.status for e in entries if e.direction == Direction.UP and e.first_seen < "2025"}.get("A0")
    assert statuses["2024-12"] in ("new", "standing")
    assert statuses["2025-05"] in ("standing", "fading")
    assert statuses["2025-12"] == "ended"
    entry = next(e for e in entries if e.area == "A0")
    assert change_since(replace(entry, before=USUAL), sights.at("2024-12")["", "A0"]) is not None
