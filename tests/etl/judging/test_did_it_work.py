"""Did it work? Against similar boroughs where nothing was done; "cannot tell" and "not compared" are answers."""

import dataclasses
import datetime as dt

import numpy as np
import pytest

from etl.core.areas import LONDON
from etl.core.period import every_month
from etl.core.reason import Code
from etl.core.reason_words import in_sentences
from etl.definitions import compared_with, operational_changes, reference
from etl.definitions.did_it_work import (
    GAPS,
    LENGTHS,
    BoroughCounts,
    Outcome,
    Parting,
    Spreads,
    answer,
    next_year_by_itself,
    parting,
)
from etl.judging.effects import as_spreads, calibration_tables, spreads
from etl.methods import effect
from etl.methods.effect import Spread, Totals

MONTHS = tuple(every_month("2014-01", "2019-12"))
LEWISHAM, CAMDEN = "E09000023", "E09000007"
KNOWN = Spreads(
    {
        (kind, "", n, gap, h): Spread(1.0, 0.001, 2.0)
        for kind in ("borough", "bcu")
        for n in (5, 10)
        for gap in GAPS
        for h in LENGTHS
    }
)


def made(change=1.0, place=LEWISHAM, start="2018-04", mean=200.0, seed=1):
    boroughs = reference.members(LONDON)
    expected = np.full((len(boroughs), len(MONTHS)), mean) * (1 + 0.1 * np.sin(np.arange(len(MONTHS)) / 12 * 2 * np.pi))
    expected[boroughs.index(place), MONTHS.index(start) :] *= change
    counts = np.random.default_rng(seed).poisson(expected).astype(float)
    return BoroughCounts("burglary", boroughs, MONTHS, counts, {})


def test_a_fall_of_a_third_beyond_similar_boroughs_is_told_with_its_limits():
    worked = answer(made(0.67), (LEWISHAM,), "2018-04", "2018-04", KNOWN)
    assert worked.outcome is Outcome.FEWER
    assert worked.change.lower < -0.33 < worked.change.upper < 0
    assert (worked.before, worked.after) == (("2017-04", "2018-03"), ("2018-04", "2019-03"))
    assert len(worked.compared_with) == 10
    assert not set(worked.compared_with) & {LEWISHAM, *compared_with.boroughs_around((LEWISHAM,))}
    assert "does not prove" in in_sentences(worked.reasons)


def test_nothing_done_is_no_effect_and_says_how_large_one_may_still_be():
    worked = answer(made(), (LEWISHAM,), "2018-04", "2018-04", KNOWN)
    assert worked.outcome is Outcome.CANNOT_TELL
    assert worked.reasons[-1].code is Code.PARTED_BY_THEMSELVES
    assert "nobody can tell" in in_sentences(worked.reasons)


def test_a_fall_everywhere_is_no_effect():
    counts = made()
    counts.counts[:, MONTHS.index("2018-04") :] *= 0.6
    assert answer(counts, (LEWISHAM,), "2018-04", "2018-04", KNOWN).outcome is Outcome.CANNOT_TELL


def test_a_command_is_its_boroughs_together_and_the_months_of_its_making_are_on_neither_side():
    members = reference.members("BCU-SE")
    counts = made()
    rows = [counts.boroughs.index(code) for code in members]
    counts.counts[rows, MONTHS.index("2018-02") : MONTHS.index("2018-12")] = 5_000
    worked = answer(counts, members, "2018-02", "2018-12", KNOWN)
    assert worked.outcome is Outcome.CANNOT_TELL
    assert (worked.before[1], worked.after[0]) == ("2018-01", "2018-12")
    assert worked.change.observed == counts.counts[rows][:, MONTHS.index("2018-12") : MONTHS.index("2019-12")].sum()


def test_boroughs_where_the_same_was_done_are_never_compared_with():
    counts = made()
    others = [code for code in counts.boroughs if code not in (LEWISHAM, CAMDEN)]
    worked = answer(counts, (LEWISHAM,), "2018-04", "2018-04", KNOWN, touched=others)
    assert worked.outcome is Outcome.NOT_COMPARED
    assert worked.reasons[0].code is Code.NOTHING_TO_COMPARE


@pytest.mark.parametrize(
    ("one", "code"),
    [
        (Parting("2018-01", "2018-01", None, "Counted anew."), Code.YEAR_PARTED),
        (Parting("2017-04", "2017-04", "2017-12", "Covid."), Code.MONTHS_BEFORE_NEEDED),
        (Parting("2018-06", "2018-06", None, "Counted anew."), Code.MONTHS_AFTER_NEEDED),
    ],
)
def test_what_cannot_be_compared_says_why(one, code):
    counts = dataclasses.replace(made(), partings={code: (one,) for code in reference.members(LONDON)})
    worked = answer(counts, (LEWISHAM,), "2018-04", "2018-04", KNOWN)
    assert (worked.outcome, worked.reasons[0].code) == (Outcome.NOT_COMPARED, code)


def test_months_after_end_where_another_thing_is_counted():
    one = Parting("2018-09", "2018-09", None, "Counted anew.")
    counts = dataclasses.replace(made(), partings={code: (one,) for code in reference.members(LONDON)})
    assert answer(counts, (LEWISHAM,), "2018-04", "2018-04", KNOWN).after == ("2018-04", "2018-08")


def test_a_handful_of_offences_tells_nothing():
    worked = answer(made(mean=0.3), (LEWISHAM,), "2018-04", "2018-04", KNOWN)
    assert (worked.outcome, worked.reasons[0].code) == (Outcome.NOT_COMPARED, Code.TOO_FEW_OFFENCES)


def test_what_fell_here_and_rose_next_door_only_moved():
    counts = made(0.6, mean=400.0)
    around = [counts.boroughs.index(code) for code in compared_with.boroughs_around((LEWISHAM,))]
    # 40% of 400 a month moved into the boroughs around, shared among them
    counts.counts[around, MONTHS.index("2018-04") :] += 0.4 * 400 / len(around)
    worked = answer(counts, (LEWISHAM,), "2018-04", "2018-04", KNOWN)
    assert worked.outcome is Outcome.FEWER
    assert worked.next_door.next_door > 0
    assert worked.next_door.lower < 0 < worked.next_door.upper


def test_a_place_chosen_at_its_peak_is_told_what_its_peak_alone_would_give():
    rng = np.random.default_rng(5)
    counts = made()
    year = slice(MONTHS.index("2017-04"), MONTHS.index("2018-04"))
    # each borough had its own good or bad year, and went back to its level after it
    counts.counts[:, year] *= np.exp(0.2 * rng.standard_normal(len(counts.boroughs)))[:, None]
    counts.counts[counts.boroughs.index(LEWISHAM), year] = 280
    worked = answer(counts, (LEWISHAM,), "2018-04", "2018-04", KNOWN)
    assert worked.anyway.start > 0.2
    assert worked.anyway.change == pytest.approx(-0.29, abs=0.12)
    assert worked.anyway.lower < worked.anyway.observed < worked.anyway.upper


def test_a_borough_at_its_peak_is_foretold_a_fall_that_nobody_made():
    rng = np.random.default_rng(6)
    counts = made(mean=400.0)
    for year in range(6):
        # every year of every borough is its own: nothing lasts
        counts.counts[:, 12 * year : 12 * year + 12] *= np.exp(0.2 * rng.standard_normal(len(counts.boroughs)))[:, None]
    row = counts.boroughs.index(LEWISHAM)
    counts.counts[row, -12:] = 1.5 * counts.counts[row, -36:-12].mean()
    peak = next_year_by_itself(counts)[LEWISHAM]
    assert peak.start > 0.3
    assert peak.change < -0.08
    parted = dataclasses.replace(counts, partings={LEWISHAM: (Parting("2018-01", "2018-01", None, "Counted anew."),)})
    assert LEWISHAM not in next_year_by_itself(parted)
    assert next_year_by_itself(made(mean=0.5)) == {}


def test_the_change_and_the_displacement_difference_are_one_estimate():
    own, compared, near, near_compared = Totals(120, 80), Totals(1_000, 900), Totals(300, 330), Totals(800, 800)
    spread = Spread(1.0, 0.0, 1.96)
    change = effect.against_comparison(own, compared, spread)
    moved = effect.with_neighbours(own, compared, near, near_compared, spread, spread)
    assert change.expected == pytest.approx(120 * 900 / 1_000)
    assert moved.together == pytest.approx((80 - 108) + (330 - 300))
    assert change.change == pytest.approx(80 / 108 - 1, abs=0.01)


def test_longer_gaps_and_fewer_boroughs_to_compare_with_never_narrow_the_limits():
    known = spreads()
    for kind, (five, ten) in (("borough", (5, 10)), ("bcu", (5, 10))):
        wide, narrow = (known.rows[kind, "", n, gap, 12] for n, gap in ((five, 14), (ten, 0)))
        assert wide.factor * effect.deviation(0.01, wide) > narrow.factor * effect.deviation(0.01, narrow)
    assert as_spreads(calibration_tables()["effect_spread"]).rows == known.rows


def test_made_up_dates_find_something_in_3_to_7_of_100_and_no_more_where_later_years_were_quieter():
    placebo = calibration_tables()["effect_placebo"]
    whole = placebo[(placebo["group"] == "all") & (placebo["figure"] == "each year kept back in turn")]
    assert whole["is_met"].all()
    assert (placebo[placebo["group"] == "all"]["excluded"] <= 0.07).all()


def test_every_operational_change_has_its_months_places_and_source():
    changes = operational_changes.operational_changes()
    assert {code for change in changes for code in change.areas} == set(reference.members(LONDON))
    assert all(change.url and change.quotation and change.known for change in changes)


def test_changes_of_one_kind_in_the_same_months_touch_each_others_boroughs():
    by_id = {change.id: change for change in operational_changes.operational_changes()}
    east = by_id["merger-ea"]
    assert operational_changes.touched_elsewhere(east, "2015-12", "2018-01") == set(by_id["merger-cn"].areas)
    assert set(by_id["merger-wa"].areas) & set(operational_changes.touched_elsewhere(by_id["merger-se"], "2017-02", "2019-11"))


def test_boroughs_next_door_share_a_border_both_ways():
    around = compared_with.next_door()
    assert all(one in around[other] for one, others in around.items() for other in others)
    assert "E09000033" in around["E09000007"]
    assert LEWISHAM not in around["E09000007"]


@pytest.mark.parametrize(
    ("start", "treatment", "first"), [("2024-02-28", "do_not_compare", "2024-03"), ("2024-03-01", "restart", "2024-03")]
)
def test_a_step_late_in_a_month_starts_the_next(start, treatment, first):
    assert parting(dt.date.fromisoformat(start), None, treatment, "").first == first
    assert parting(dt.date.fromisoformat(start), None, "mark", "") is None
