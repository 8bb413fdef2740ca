"""The range fixed on agreement is the live release's, for the months the priority runs, or the reason there is none."""

from datetime import date

import pytest
from sqlalchemy import text

from dashboard.features.priorities.outturns import whole_total
from dashboard.features.priorities.ranges import fixed_range
from dashboard.figures import live_release
from dashboard.figures.judgement_records import RangeMonth, RangeTotal
from dashboard.figures.review_dates import NOT_WORKED_OUT, Review, after_months, review
from etl.core.written import count_word
from tests.register.people import BROMLEY, LEWISHAM

TODAY = date(2026, 11, 22)
UNKNOWN = Review(None, NOT_WORKED_OUT)


def live_rows(query):
    """The live release's own rows, without the site's questions in between."""
    return live_release.rows(text(query))


def months(first, count):
    year, number = (int(part) for part in first.split("-"))
    labels = [f"{year + (number - 1 + n) // 12}-{(number - 1 + n) % 12 + 1:02d}" for n in range(count)]
    return [RangeMonth("2026-10", label, 80.0, 90.0, 100.0 + n, 120.0 + n, 130.0 + n) for n, label in enumerate(labels)]


def total(first, last, middle):
    return RangeTotal("2026-10", first, last, middle - 100, middle - 50, middle, middle + 50, middle + 100)


def fixed(given, totals=(), first=date(2027, 4, 1), last=date(2028, 3, 31), honest=UNKNOWN):
    return fixed_range(
        "burglary", "E09000023", given, totals, first=first, last=last, release_id="r1", editions=("e1",), honest=honest,
        fixed_on=TODAY,
    )  # fmt: skip


def test_a_range_covers_only_the_months_the_priority_is_in_force():
    made = fixed(months("2026-11", 24))
    assert [point.period_start for point in made.points] == [date(2027 + (m > 12), (m - 1) % 12 + 1, 1) for m in range(4, 16)]
    assert (made.release_id, made.editions, made.fixed_on, made.refused) == ("r1", ("e1",), TODAY, None)


def test_the_edges_of_a_range_are_those_of_the_release():
    (point,) = fixed(months("2027-04", 1)).points
    assert (point.lower_95, point.lower_80, point.centre, point.upper_80, point.upper_95) == (80.0, 90.0, 100.0, 120.0, 130.0)


def test_a_measure_without_a_range_says_there_is_none(app):
    assert "gives no expected range" in fixed([]).refused


def test_a_range_that_does_not_reach_the_year_says_how_far_it_runs(app):
    refused = fixed(months("2026-01", 12)).refused
    assert "runs to December 2026" in refused
    assert "1 April 2027" in refused


def test_the_months_of_a_year_have_a_total_of_their_own():
    made = fixed(months("2026-11", 24), [total("2027-04", "2028-03", 1_000.0)])
    assert (made.year.period_start, made.year.lower_95, made.year.centre) == (date(2027, 4, 1), 900.0, 1_000.0)


def test_a_total_over_other_months_is_not_used_for_the_year():
    assert fixed(months("2026-11", 24), [total("2027-05", "2028-03", 1_000.0)]).year is None
    assert fixed(months("2026-11", 24), [total("2027-04", "2028-03", 1_000.0)], last=None).year is None


def test_where_the_release_reaches_only_part_of_the_year_the_total_is_of_that_part():
    made = fixed(months("2026-11", 14), [total("2027-04", "2027-12", 700.0)])
    assert (len(made.points), made.year.centre) == (9, 700.0)


def test_the_first_honest_review_is_fixed_with_the_range_or_why_there_is_none():
    assert fixed(months("2027-04", 1), honest=Review(date(2027, 9, 1), "")).first_honest_review == date(2027, 9, 1)
    never = fixed(months("2027-04", 1), honest=Review(None, "Never."))
    assert (never.first_honest_review, never.no_review_because) == (None, "Never.")


def test_a_total_is_scored_only_when_every_month_was_lived_through_and_held():
    made = fixed(months("2027-04", 3), [])
    came = {date(2027, month, 1): 100.0 + month for month in (4, 5, 6)}
    assert whole_total(made.points, made, came) == 104 + 105 + 106
    assert whole_total(made.points[:2], made, came) is None
    assert whole_total(made.points, made, {date(2027, 4, 1): 100.0}) is None


# ── When a fall of a fifth is seen, at a borough's own volume ─────────────────────────────────────────────


@pytest.mark.parametrize(
    ("begins", "after", "on"),
    [
        (date(2027, 4, 1), 4, date(2027, 8, 1)),
        (date(2027, 4, 1), 12, date(2028, 4, 1)),
        # April is not whole, so the four months are May to August.
        (date(2027, 4, 8), 4, date(2027, 9, 1)),
        (date(2026, 11, 30), 3, date(2027, 3, 1)),
    ],
)
def test_only_whole_months_in_force_count_towards_a_review(begins, after, on):
    assert after_months(begins, after) == on


def test_a_review_is_as_early_as_the_release_says_for_that_borough_and_no_earlier(app):
    """By a plain second route: the smallest sample that would see it, from the table itself."""
    for measure_id, area in (("violence_with_injury", LEWISHAM), ("other_sexual_offences", LEWISHAM), ("burglary", BROMLEY)):
        ((fixed_range,),) = live_rows(
            f"SELECT months FROM time_to_see WHERE measure_id = '{measure_id}' AND area_code = '{area}' AND change = -0.2"
        )
        month_of_review = review(measure_id, area, date(2027, 4, 1))
        if fixed_range is None:
            assert month_of_review.on is None
            assert "could not be proven within a year" in month_of_review.because
        else:
            count = 2027 * 12 + 3 + fixed_range
            assert month_of_review == Review(date(count // 12, count % 12 + 1, 1), "")


def test_where_a_fifth_is_never_seen_the_smallest_fall_that_would_be_is_named(app):
    rows = live_rows(
        "SELECT f.measure_id, f.area_code, t.months FROM time_to_see f JOIN time_to_see t USING (measure_id, area_code) "
        "WHERE f.change = -0.2 AND f.months IS NULL AND t.change = -0.3 AND t.months IS NOT NULL "
        "AND f.area_code LIKE 'E09%' LIMIT 1"
    )
    ((measure_id, area, fixed_range),) = rows
    assert f"a fall of 30% could after {count_word(fixed_range)} months." in review(measure_id, area, date(2027, 4, 1)).because
    ((measure_id, area),) = live_rows(
        "SELECT measure_id, area_code FROM time_to_see WHERE area_code LIKE 'E09%' AND change < 0 "
        "GROUP BY ALL HAVING count(months) = 0 LIMIT 1"
    )
    assert review(measure_id, area, date(2027, 4, 1)).because.endswith("nor one of 30%.")


def test_what_was_not_worked_out_is_said_not_guessed(app):
    assert review("good_job_local", LEWISHAM, date(2027, 4, 1)) == Review(None, NOT_WORKED_OUT)
    assert review(None, LEWISHAM, None) == Review(None, NOT_WORKED_OUT)
