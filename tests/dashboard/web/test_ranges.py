"""The range fixed on agreement is the live release's, for the months the priority runs, or the reason there is none."""

from datetime import date

import pytest

from dashboard.judgement_records import RangeMonth
from dashboard.web.ranges import fixed_range, honest_review

TODAY = date(2026, 11, 22)


def months(first, count, is_shown=True):
    year, number = (int(part) for part in first.split("-"))
    labels = [f"{year + (number - 1 + n) // 12}-{(number - 1 + n) % 12 + 1:02d}" for n in range(count)]
    return [RangeMonth("2026-10", label, 80.0, 90.0, 100.0 + n, 120.0 + n, 130.0 + n, is_shown) for n, label in enumerate(labels)]


def fixed(given, first=date(2027, 4, 1), last=date(2028, 3, 31)):
    return fixed_range(
        "burglary", "E09000023", given, first=first, last=last, release_id="r1", editions=("e1",), review=None, fixed_on=TODAY
    )


def test_it_holds_the_months_the_priority_runs_and_no_others():
    made = fixed(months("2026-11", 24))
    assert [point.period_start for point in made.points] == [date(2027 + (m > 12), (m - 1) % 12 + 1, 1) for m in range(4, 16)]
    assert (made.release_id, made.editions, made.fixed_on, made.refused) == ("r1", ("e1",), TODAY, None)


def test_the_edges_are_those_of_the_release():
    (point,) = fixed(months("2027-04", 1)).points
    assert (point.lower_95, point.lower_80, point.centre, point.upper_80, point.upper_95) == (80.0, 90.0, 100.0, 120.0, 130.0)


def test_without_any_range_it_says_so():
    assert "gives no expected range" in fixed([]).refused


def test_a_range_that_foretells_worse_than_last_year_is_not_fixed():
    assert "last year’s same month" in fixed(months("2027-04", 12, is_shown=False)).refused


def test_a_range_that_does_not_reach_the_year_says_how_far_it_runs():
    refused = fixed(months("2026-01", 12)).refused
    assert "runs to December 2026" in refused
    assert "1 April 2027" in refused


@pytest.mark.parametrize(
    ("seen_after", "review"),
    [
        ({-0.3: 3, -0.2: 6, -0.1: None}, date(2027, 10, 1)),
        ({-0.3: 3, -0.2: 3, -0.1: 12}, date(2027, 7, 1)),
        ({-0.3: 16, -0.2: None, -0.1: None}, None),
        ({}, None),
    ],
)
def test_the_first_honest_review_is_when_a_fall_of_a_fifth_would_mostly_have_been_seen(seen_after, review):
    assert honest_review(seen_after, date(2027, 4, 1)) == review
