"""Sentences, word for word. Figures counted by hand from the edition of January 2026."""

from dataclasses import replace
from datetime import date

import pytest

from dashboard.records import Area, Break
from dashboard.words import compare, facts, headlines, summary, verdicts
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
    verdict,
)

LONDON_ROBBERY = series(ROBBERY, LONDON_AREA, {"2024-12": 2200, "2025-12": 1900})
ARROWS_AND_RANKS = ("↑", "↓", "▲", "▼", "%", "rank", "highest", "lowest", "worst", "best")


def test_a_count_is_said_beside_the_same_month_a_year_before():
    assert facts.value_sentence(LONDON_ROBBERY) == "1,900 robberies were recorded in December 2025; 2,200 in December 2024."


def test_a_comparison_gives_two_numbers_and_no_arrow_percentage_or_rank():
    said = facts.value_sentence(LONDON_ROBBERY)
    assert not any(word in said for word in ARROWS_AND_RANKS)


def test_twelve_months_stand_beside_the_twelve_before():
    rolling = series(ROLLING, LONDON_AREA, {"2024-12": 27897, "2025-12": 23842})
    said = "23,800 in the 12 months to December 2025; 27,900 in the 12 months before."
    assert facts.rolling_sentence(rolling) == said


def test_years_parted_by_a_break_are_not_set_side_by_side():
    rolling = series(ROLLING, LONDON_AREA, {"2024-12": 27897, "2025-12": 23842}, (CRIME_SYSTEM,))
    said = "23,800 in the 12 months to December 2025. The 12 months before cannot be compared: the crime system changed."
    assert facts.rolling_sentence(rolling) == said


def test_a_year_that_holds_a_break_is_said_to_add_up_two_ways_of_counting():
    rolling = series(ROLLING, LONDON_AREA, {"2024-12": 27897}, (CRIME_SYSTEM,))
    assert "adds up two ways of counting: the crime system changed" in facts.rolling_sentence(rolling)


def test_months_on_the_same_side_of_a_break_are_compared():
    both_after = series(ROBBERY, LONDON_AREA, {"2024-12": 2200, "2025-12": 1900}, (CRIME_SYSTEM,))
    assert facts.value_sentence(both_after).endswith("; 2,200 in December 2024.")


def test_a_break_that_is_only_marked_does_not_stop_a_comparison():
    marked = replace(CRIME_SYSTEM, treatment="mark")
    rolling = series(ROLLING, LONDON_AREA, {"2024-12": 27897, "2025-12": 23842}, (marked,))
    assert "27,900" in facts.rolling_sentence(rolling)


def test_a_break_on_the_first_of_a_month_leaves_that_month_after_it():
    new_year = Break(date(2025, 1, 1), None, "Categories changed", "definition", "restart", "")
    assert compare.break_between(series(ROBBERY, LONDON_AREA, {}, (new_year,)), "2025-01", "2025-02") is None
    assert compare.break_between(series(ROBBERY, LONDON_AREA, {}, (new_year,)), "2024-12", "2025-01") == new_year


def test_a_month_not_held_a_year_before_is_said():
    one = series(ROBBERY, LONDON_AREA, {"2025-12": 1900})
    assert facts.value_sentence(one) == "1,900 robberies were recorded in December 2025. December 2024 is not held."


def test_none_and_one_are_said_as_a_person_would():
    few = series(replace(ROBBERY, noun="homicides"), BROMLEY, {"2024-12": 0, "2025-12": 1})
    assert facts.value_sentence(few) == "1 homicide was recorded in December 2025; none in December 2024."
    none = series(replace(ROBBERY, noun="homicides"), BROMLEY, {"2024-12": 1, "2025-12": 0})
    assert facts.value_sentence(none) == "No homicides were recorded in December 2025; 1 in December 2024."


def test_what_is_not_held_is_said_not_counted_as_none():
    assert facts.value_sentence(series(ROBBERY, BROMLEY, {})) == "No figure is held for Bromley."
    hidden = series(ROBBERY, BROMLEY, {"2025-12": None}, status="suppressed")
    assert facts.value_sentence(hidden) == "The figure for Bromley is hidden to protect people."


def test_a_provisional_month_is_said():
    newest = series(ROBBERY, LONDON_AREA, {"2025-12": 1900}, status="provisional")
    assert facts.provisional_sentence(newest) == "December 2025 is provisional."
    assert facts.provisional_sentence(LONDON_ROBBERY) is None


def test_a_borough_rate_stands_beside_its_command_and_london():
    here = series(ROLLING_RATE, BROMLEY, {"2025-12": 1.262})
    beside = (series(ROLLING_RATE, SOUTH, {"2025-12": 2.04}), series(ROLLING_RATE, LONDON_AREA, {"2025-12": 2.623}))
    said = "1.3 per 1,000 residents in the 12 months to December 2025; South Area 2.0, London 2.6."
    assert facts.rate_sentence(here, beside) == said


def test_a_survey_share_comes_with_its_interval_and_what_it_cannot_show():
    asked = {"denominator": 403.0, "lower": 0.45, "upper": 0.57}
    bromley = replace(
        series(GOOD_JOB, BROMLEY, {}),
        points=(
            point("2022-12", 0.55, "rolling_year", lower=0.49, upper=0.61),
            point("2023-12", 0.51, "rolling_year", **asked),
        ),
    )
    london = series(GOOD_JOB, LONDON_AREA, {"2023-12": 0.47})
    assert facts.survey_sentence(bromley, london) == (
        "51% in the 12 months to December 2023; London 47%. With about 403 interviews, Bromley’s figure could be 45% to 57%. "
        "It cannot tell you whether Bromley differs from London, or from itself the year before."
    )


def test_a_court_quarter_is_said_in_days():
    courts = series(MEDIAN_DAYS, LONDON_AREA, {"2024-Q4": 321, "2025-Q4": 339})
    assert facts.value_sentence(courts) == "339 days in October to December 2025; 321 in October to December 2024."


def test_home_opens_on_what_was_recorded():
    rolling = series(TOTAL, LONDON_AREA, {"2024-12": 939957, "2025-12": 910851})
    assert headlines.recorded_headline(rolling, "") == (
        "The Metropolitan Police recorded 911,000 offences in the 12 months to December 2025; 940,000 in the 12 months before"
    )


def test_a_borough_opens_on_its_own_name():
    rolling = series(TOTAL, BROMLEY, {"2024-12": 24261, "2025-12": 24066})
    assert headlines.recorded_headline(rolling, " in Bromley") == (
        "The Metropolitan Police recorded 24,100 offences in Bromley in the 12 months to December 2025; "
        "24,300 in the 12 months before"
    )
    assert headlines.place_line(BROMLEY, SOUTH, ("Croydon", "Sutton")) == (
        "Bromley, in the South Area command with Croydon and Sutton"
    )


def test_the_city_of_london_is_another_force():
    city = Area("E09000001", "City of London", "borough")
    assert headlines.other_force_sentence(city) == (
        "The City of London has its own police force, and the Metropolitan Police’s files hold nothing for it"
    )


def test_better_gives_size_with_its_range():
    assert verdicts.verdict_sentence(LONDON_ROBBERY, verdict("B")) == (
        "17,800 robberies from April to December 2025, 12% fewer than expected (6% to 19% fewer)."
    )


def test_twice_or_more_is_said_as_a_multiple():
    many = verdict("W", observed=1186, ratio=2.5, ratio_lower=2.2, ratio_upper=2.8)
    assert verdicts.verdict_sentence(LONDON_ROBBERY, many) == (
        "1,190 robberies from April to December 2025, 2.5 times what was expected (2.2 to 2.8 times)."
    )


def test_changed_says_that_the_direction_is_not_judged():
    note = "More recorded can mean more reported: direction not judged."
    reported = replace(LONDON_ROBBERY, measure=replace(ROBBERY, better="neither", better_note=note))
    said = verdicts.verdict_sentence(reported, verdict("C", ratio=1.07, ratio_lower=1.02, ratio_upper=1.13))
    assert said == (
        "17,800 robberies from April to December 2025, 7% more than expected (2% to 13% more). "
        "More recorded can mean more reported: direction not judged."
    )


def test_what_police_look_for_is_not_said_to_be_reported_more():
    note = "Longer hearings can mean harder cases or slower courts."
    hours = replace(LONDON_ROBBERY, measure=replace(ROBBERY, better="neither", better_note=note))
    said = verdicts.verdict_sentence(hours, verdict("C"))
    assert said.endswith("Longer hearings can mean harder cases or slower courts. Direction not judged.")


def test_no_change_gives_the_range_that_was_expected():
    quiet = verdict("N", observed=23900, expected_lower=23900, expected_upper=27000)
    burglaries = replace(LONDON_ROBBERY, measure=replace(ROBBERY, noun="burglaries"))
    said = "23,900 burglaries from April to December 2025; 23,900 to 27,000 were expected."
    assert verdicts.verdict_sentence(burglaries, quiet) == said


def test_no_change_in_a_borough_says_what_could_have_been_seen():
    quiet = verdict("N", observed=651, expected_lower=570, expected_upper=913, visible_change=0.23)
    bromley = replace(LONDON_ROBBERY, area=BROMLEY, measure=replace(ROBBERY, noun="burglaries"))
    assert verdicts.verdict_sentence(bromley, quiet) == (
        "651 burglaries from April to December 2025; 570 to 913 were expected. "
        "At this volume nine months can show a change of about 23%. A smaller change would not be visible."
    )


def test_provisional_names_the_month_it_rests_on():
    said = verdicts.verdict_sentence(LONDON_ROBBERY, verdict("P", ratio=1.07, ratio_lower=0.99, ratio_upper=1.13))
    assert said.endswith("7% more than expected (1% fewer to 13% more). Without December there would be no signal.")


def test_too_early_says_when_to_look_again():
    said = verdicts.verdict_sentence(LONDON_ROBBERY, verdict("T", reason="First honest review: after March 2026"))
    assert said == "Too early to judge. First honest review: after March 2026."


def test_a_break_says_what_changed():
    broken = series(ROBBERY, LONDON_AREA, {"2023-12": 2500, "2025-12": 1900}, (CRIME_SYSTEM,))
    assert verdicts.verdict_sentence(broken, verdict("X")) == (
        "Figures before and after February 2024 cannot be compared: the crime system changed."
    )


def test_late_names_the_newest_month_held():
    knife = series(ROBBERY, LONDON_AREA, {"2025-07": 116})
    said = verdicts.verdict_sentence(knife, verdict("L", reason="Seven later months are not held"))
    assert said == ("116 in July 2025, the newest month held. Seven later months are not held, so there is no verdict.")


def test_cannot_tell_gives_the_figure_and_says_why():
    said = verdicts.verdict_sentence(
        LONDON_ROBBERY, verdict("U", observed=3, reason="Too few offences to tell a change from chance.")
    )
    assert said == "3 robberies from April to December 2025. Too few offences to tell a change from chance."


def test_a_reason_is_said_with_its_periods_written_out():
    said = verdicts.in_words("The newest figure is for the year to 2022-03. 7 later quarters are not held.")
    assert said == "The newest figure is for the year to March 2022. Seven later quarters are not held."


def test_a_late_survey_names_its_year_and_what_is_not_held():
    late = verdict(
        "L", reason="The newest figure held is for the year to 2023-12. 7 later quarters are not held, so there is no verdict."
    )
    said = verdicts.verdict_sentence(series(GOOD_JOB, BROMLEY, {"2023-12": 0.51}), late)
    assert said == (
        "51% in the 12 months to December 2023, the newest held. Seven later quarters are not held, so there is no verdict."
    )


def test_a_survey_is_said_beside_the_separate_year_before():
    fair = verdict(
        "B", window=("2024-09", "2025-09"), observed=0.66, expected=0.62, ratio=None, visible_change=0.0142, rule="survey years"
    )
    said = verdicts.verdict_sentence(series(GOOD_JOB, LONDON_AREA, {"2025-09": 0.66}), fair)
    assert said == (
        "66% in the 12 months to September 2025; 62% in the 12 months before. "
        "A change of less than 1.4 points would not be visible."
    )


def test_a_quarterly_series_is_said_beside_its_expected_range():
    days = verdict(
        "B", window=("2025-Q1", "2025-Q4"), observed=339, expected_lower=345.4, expected_upper=485.2, ratio=None, ratio_lower=None
    )
    said = verdicts.verdict_sentence(series(MEDIAN_DAYS, LONDON_AREA, {"2025-Q4": 339}), days)
    assert said == "339 days in October to December 2025; 345 to 485 were expected."


def test_a_figure_outside_its_range_that_is_no_verdict_says_how_often_chance_does_that():
    lean = verdict("N", observed=139, expected_lower=65, expected_upper=131)
    said = verdicts.verdict_sentence(LONDON_ROBBERY, lean)
    assert said.endswith("65 to 131 were expected. Outside that range, as about one series in twenty is by chance.")


def test_a_place_too_small_to_show_a_doubling_says_so():
    few = verdict("N", observed=80, expected_lower=53, expected_upper=112, visible_change=1.4)
    said = verdicts.verdict_sentence(replace(LONDON_ROBBERY, area=BROMLEY), few)
    assert said.endswith("At this volume nine months could not show even a doubling.")


def test_a_judged_state_without_its_numbers_is_refused():
    with pytest.raises(ValueError, match="without observed"):
        verdicts.verdict_sentence(LONDON_ROBBERY, verdict("B", ratio=None, expected_lower=None))


def test_a_letter_that_is_no_verdict_is_refused():
    with pytest.raises(ValueError, match="'Q' is not a verdict"):
        verdicts.verdict_sentence(LONDON_ROBBERY, verdict("Q"))


def test_a_list_says_how_many_chance_would_give():
    said = summary.list_headline(384, 26, 0.4, [verdict("B")], "borough series")
    assert said == "26 of 384 borough series have changed since April 2025. Fewer than 1 would by chance"
    assert summary.chance(4.05) == "About 4"


def test_a_quiet_place_says_that_nothing_changed():
    assert summary.place_headline("Bromley", [verdict("N"), verdict("L")]) == (
        "Nothing in Bromley has changed by more than chance since April 2025"
    )


def test_a_place_that_changed_names_what_did_the_worst_news_in_the_same_words():
    found = [verdict("B"), verdict("W", measure="shoplifting"), verdict("N", measure="arson")]
    titles = {"robbery_personal": "Personal robbery", "shoplifting": "Shoplifting", "arson": "Arson"}
    assert summary.place_headline("Bromley", found) == "2 of 3 measures in Bromley have changed since April 2025"
    assert summary.which_sentence(found, titles) == "Worse: shoplifting. Better: personal robbery."


def test_the_states_of_a_list_add_up_in_words():
    found = [verdict(state) for state in "BWWCPNN"]
    assert summary.states_sentence(found) == (
        "1 is better, 2 worse. 1 changed in a way that is neither, because they count what police look for or what people "
        "feel able to report. 1 rests on the newest month alone. In the other 2 there is no significant change."
    )
