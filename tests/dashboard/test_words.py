"""Sentences, word for word. Figures counted by hand from the edition of January 2026."""

from dataclasses import replace
from datetime import date

from dashboard.figures import compare
from dashboard.figures.records import Area, Break
from dashboard.words import facts, headlines, measures
from tests.dashboard.small_records import (
    BROMLEY,
    CRIME_SYSTEM,
    GOOD_JOB,
    LONDON_AREA,
    MEDIAN_DAYS,
    ROBBERY,
    ROLLING,
    ROLLING_RATE,
    SOUTH,
    TOTAL,
    point,
    series,
)

LONDON_ROBBERY = series(ROBBERY, LONDON_AREA, {"2024-12": 2200, "2025-12": 1900})
ARROWS_AND_RANKS = ("↑", "↓", "▲", "▼", "%", "rank", "highest", "lowest", "worst", "best")


def test_count_is_compared_with_the_same_month_a_year_before():
    assert facts.value_sentence(LONDON_ROBBERY) == "1,900 robberies were recorded in December 2025; 2,200 in December 2024."


def test_comparison_gives_two_numbers_without_arrow_percentage_or_rank():
    sentence = facts.value_sentence(LONDON_ROBBERY)
    assert not any(word in sentence for word in ARROWS_AND_RANKS)


def test_twelve_months_are_compared_with_the_twelve_before():
    rolling = series(ROLLING, LONDON_AREA, {"2024-12": 27897, "2025-12": 23842})
    expected = "23,800 in the 12 months to December 2025; 27,900 in the 12 months before."
    assert facts.rolling_sentence(rolling) == expected


def test_years_parted_by_a_break_are_not_compared():
    rolling = series(ROLLING, LONDON_AREA, {"2024-12": 27897, "2025-12": 23842}, (CRIME_SYSTEM,))
    expected = "23,800 in the 12 months to December 2025. The 12 months before cannot be compared: the crime system changed."
    assert facts.rolling_sentence(rolling) == expected


PARTED = series(ROLLING, LONDON_AREA, {"2024-07": None, "2024-08": None}, (CRIME_SYSTEM,), status="straddles_restart")


def test_year_on_both_sides_of_a_restart_is_not_added_up_and_says_why():
    expected = "The 12 months to August 2024 lie on both sides of February 2024 and are not added up: the crime system changed."
    assert facts.rolling_sentence(PARTED) == facts.no_figure_sentence(PARTED) == expected
    assert measures.mixed_years_sentence(PARTED) == (
        "Twelve months ending July to August 2024 lie on both sides of a restart and are not added up."
    )


def test_a_total_of_before_a_restart_is_not_the_newest_of_what_is_counted_since():
    before = series(ROLLING, LONDON_AREA, {"2023-12": 27897})
    rolling = replace(PARTED, points=(*before.points, *PARTED.points))
    assert compare.newest(rolling) is None
    assert "27,900" not in facts.rolling_sentence(rolling) + headlines.recorded_headline(rolling, "", None)
    assert "are not added up" in headlines.recorded_headline(rolling, "", None)


def test_a_year_before_that_is_not_added_up_says_why():
    parted = series(ROLLING, LONDON_AREA, {"2024-12": None}, (CRIME_SYSTEM,), status="straddles_restart")
    rolling = replace(parted, points=(*parted.points, *series(ROLLING, LONDON_AREA, {"2025-12": 23842}).points))
    assert facts.rolling_sentence(rolling).endswith("The 12 months before cannot be compared: the crime system changed.")


def test_months_on_the_same_side_of_a_break_are_compared():
    both_after = series(ROBBERY, LONDON_AREA, {"2024-12": 2200, "2025-12": 1900}, (CRIME_SYSTEM,))
    assert facts.value_sentence(both_after).endswith("; 2,200 in December 2024.")


def test_a_break_that_is_only_marked_does_not_stop_a_comparison():
    marked = replace(CRIME_SYSTEM, treatment="mark")
    rolling = series(ROLLING, LONDON_AREA, {"2024-12": 27897, "2025-12": 23842}, (marked,))
    assert "27,900" in facts.rolling_sentence(rolling)


def test_break_on_the_first_of_a_month_puts_that_month_after_it():
    new_year = Break(date(2025, 1, 1), None, "Categories changed", "definition", "restart", "")
    assert compare.break_between(series(ROBBERY, LONDON_AREA, {}, (new_year,)), "2025-01", "2025-02") is None
    assert compare.break_between(series(ROBBERY, LONDON_AREA, {}, (new_year,)), "2024-12", "2025-01") == new_year


def test_missing_month_a_year_before_is_called_not_held():
    one = series(ROBBERY, LONDON_AREA, {"2025-12": 1900})
    assert facts.value_sentence(one) == "1,900 robberies were recorded in December 2025. December 2024 is not held."


def test_counts_of_none_and_one_are_written_in_plain_english():
    few = series(replace(ROBBERY, noun="homicides"), BROMLEY, {"2024-12": 0, "2025-12": 1})
    assert facts.value_sentence(few) == "1 homicide was recorded in December 2025; none in December 2024."
    none = series(replace(ROBBERY, noun="homicides"), BROMLEY, {"2024-12": 1, "2025-12": 0})
    assert facts.value_sentence(none) == "No homicides were recorded in December 2025; 1 in December 2024."


def test_missing_figure_is_called_not_held_rather_than_none():
    assert facts.value_sentence(series(ROBBERY, BROMLEY, {})) == "No figure is held for Bromley."
    hidden = series(ROBBERY, BROMLEY, {"2025-12": None}, status="suppressed")
    assert facts.value_sentence(hidden) == "The figure for Bromley is hidden to protect people."


def test_provisional_month_is_called_provisional():
    newest = series(ROBBERY, LONDON_AREA, {"2025-12": 1900}, status="provisional")
    assert facts.provisional_sentence(newest) == "December 2025 is provisional."
    assert facts.provisional_sentence(LONDON_ROBBERY) is None


def test_borough_rate_is_compared_with_its_command_and_london():
    here = series(ROLLING_RATE, BROMLEY, {"2025-12": 1.262})
    beside = (series(ROLLING_RATE, SOUTH, {"2025-12": 2.04}), series(ROLLING_RATE, LONDON_AREA, {"2025-12": 2.623}))
    expected = "1.3 per 1,000 residents in the 12 months to December 2025; South Area 2.0, London 2.6."
    assert facts.rate_sentence(here, beside) == expected


def test_a_survey_share_comes_with_its_interval_and_what_it_cannot_show():
    sample = {"denominator": 403.0, "lower": 0.45, "upper": 0.57}
    bromley = replace(
        series(GOOD_JOB, BROMLEY, {}),
        points=(
            point("2022-12", 0.55, "rolling_year", lower=0.49, upper=0.61),
            point("2023-12", 0.51, "rolling_year", **sample),
        ),
    )
    london = series(GOOD_JOB, LONDON_AREA, {"2023-12": 0.47})
    assert facts.survey_sentence(bromley, london) == (
        "51% in the 12 months to December 2023; London 47%. With about 403 interviews, Bromley’s figure could be 45% to 57%. "
        "It cannot tell you whether Bromley differs from London, or from itself the year before."
    )


def test_court_quarter_is_written_in_days():
    courts = series(MEDIAN_DAYS, LONDON_AREA, {"2024-Q4": 321, "2025-Q4": 339})
    assert facts.value_sentence(courts) == "339 days in October to December 2025; 321 in October to December 2024."


def test_home_headline_says_what_was_recorded():
    rolling = series(TOTAL, LONDON_AREA, {"2024-12": 939957, "2025-12": 910851})
    assert headlines.recorded_headline(rolling, "", None) == (
        "The Metropolitan Police recorded 911,000 offences in the 12 months to December 2025; 940,000 in the 12 months before"
    )


def test_borough_headline_names_the_borough():
    rolling = series(TOTAL, BROMLEY, {"2024-12": 24261, "2025-12": 24066})
    assert headlines.recorded_headline(rolling, " in Bromley", None) == (
        "The Metropolitan Police recorded 24,100 offences in Bromley in the 12 months to December 2025; "
        "24,300 in the 12 months before"
    )
    assert headlines.place_line(BROMLEY, SOUTH, ("Croydon", "Sutton")) == (
        "Bromley, in the South Area command with Croydon and Sutton"
    )


def test_city_of_london_page_says_it_has_its_own_force():
    city = Area("E09000001", "City of London", "borough")
    assert headlines.other_force_sentence(city) == (
        "The City of London has its own police force, and the Metropolitan Police’s files hold nothing for it"
    )
