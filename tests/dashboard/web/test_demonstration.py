"""Made-up priorities carry ranges made from real figures: those of the live release ahead, and of earlier months behind."""

from datetime import date

import pytest

from dashboard import queries
from dashboard.web.demonstration import given

BROMLEY = "E09000006"
SPRING, TODAY = date(2025, 3, 18), date(2026, 11, 28)


@pytest.fixture(autouse=True)
def figures(warehouse):
    return warehouse


def test_a_year_of_which_no_month_is_held_takes_the_live_releases_own_range():
    (fixed,), outturns = given("burglary", BROMLEY, "2026/27", date(2026, 3, 18), TODAY)
    assert [p.period_start for p in fixed.points] == [date(2026 + (m > 12), (m - 1) % 12 + 1, 1) for m in range(4, 16)]
    assert outturns == ()


def test_a_year_that_is_over_has_the_range_of_the_months_before_it_and_is_scored_on_those_held():
    (fixed,), (outturn,) = given("burglary", BROMLEY, "2025/26", SPRING, TODAY)
    assert fixed.fixed_on == SPRING
    assert "from the months to January 2025" in fixed.method
    came = {p.start: p.value for p in queries.measure_series("burglary", BROMLEY).known}
    held = [p for p in fixed.points if p.period_start in came]
    inside = sum(p.lower_95 <= came[p.period_start] <= p.upper_95 for p in held)
    assert (outturn.periods, outturn.inside_95) == (len(held), inside)
    assert len(held) == 9  # April to December 2025


def test_a_measure_that_restarted_within_the_year_before_has_no_range_and_says_so():
    (fixed,), outturns = given("shoplifting", BROMLEY, "2025/26", SPRING, TODAY)
    assert fixed.refused
    assert outturns == ()
