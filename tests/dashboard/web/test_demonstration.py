"""Made-up priorities carry ranges made from real figures: the live release’s own ahead, of earlier months behind."""

from datetime import date

import pytest

from dashboard.features.priorities.demonstration import given
from dashboard.figures import queries

BROMLEY = "E09000006"
SPRING = date(2025, 3, 18)


@pytest.fixture(autouse=True)
def figures(warehouse):
    return warehouse


def test_a_year_of_which_no_month_is_held_takes_the_live_releases_own_range():
    fixed = given("burglary", BROMLEY, "2026/27", date(2026, 3, 18))
    assert [p.period_start for p in fixed.points] == [date(2026 + (m > 12), (m - 1) % 12 + 1, 1) for m in range(4, 16)]
    assert fixed.year is not None


def test_a_year_that_has_begun_has_the_range_of_its_months_as_expected_when_it_began():
    fixed = given("burglary", BROMLEY, "2025/26", SPRING)
    assert (fixed.fixed_on, len(fixed.points)) == (SPRING, 9)
    assert "from the months to March 2025" in fixed.method
    came = {p.start: p.value for p in queries.measure_series("burglary", BROMLEY).known}
    before = [came[date(2024, m, 1)] for m in range(4, 13)]
    # Each month's middle lies among the counts of the year before it: it knows nothing of the year it speaks of.
    assert all(min(before) * 0.7 < p.centre < max(before) * 1.3 for p in fixed.points)


def test_a_measure_that_restarted_within_the_year_before_has_no_range_and_says_so():
    assert given("drug_trafficking", BROMLEY, "2025/26", SPRING).refused
