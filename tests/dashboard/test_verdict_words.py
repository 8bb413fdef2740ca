"""What may be concluded, word for word, one sentence for each state of a verdict."""

from dataclasses import replace

import pytest

from dashboard.figures.records import Back, LongRun
from dashboard.words import moves, reasons, sizes, summary, verdicts
from etl.core.reason import Code, Reason
from etl.core.reason_words import TO_LAST, sentence
from tests.dashboard.small_records import (
    BROMLEY,
    CRIME_SYSTEM,
    GOOD_JOB,
    LONDON_AREA,
    MEDIAN_DAYS,
    ROBBERY,
    series,
    verdict,
)

LONDON_ROBBERY = series(ROBBERY, LONDON_AREA, {"2024-12": 2200, "2025-12": 1900})


def test_better_gives_size_with_its_range():
    assert verdicts.verdict_sentence(LONDON_ROBBERY, verdict("B")) == (
        "17,800 robberies from April to December 2025, 12% fewer than expected (6% to 19% fewer): about 270 fewer a month."
    )


def test_doubling_or_more_is_written_as_a_multiple():
    many = verdict("W", observed=1186, expected=475, ratio=2.5, ratio_lower=2.2, ratio_upper=2.8)
    assert verdicts.verdict_sentence(LONDON_ROBBERY, many) == (
        "1,190 robberies from April to December 2025, 2.5 times what was expected (2.2 to 2.8 times): about 79 more a month."
    )


def test_changed_says_that_the_direction_is_not_judged():
    note = "More recorded can mean more reported: direction not judged."
    reported = replace(LONDON_ROBBERY, measure=replace(ROBBERY, better="neither", better_note=note, note_says_not_judged=True))
    text = verdicts.verdict_sentence(reported, verdict("C", expected=16642, ratio=1.07, ratio_lower=1.02, ratio_upper=1.13))
    assert text == (
        "17,800 robberies from April to December 2025, 7% more than expected (2% to 13% more): about 130 more a month. "
        "More recorded can mean more reported: direction not judged."
    )


def test_measure_with_its_own_note_on_direction_uses_that_note():
    note = "Longer hearings can mean harder cases or slower courts."
    hours = replace(LONDON_ROBBERY, measure=replace(ROBBERY, better="neither", better_note=note))
    text = verdicts.verdict_sentence(hours, verdict("C"))
    assert text.endswith("Longer hearings can mean harder cases or slower courts. Direction not judged.")


def test_no_change_gives_the_range_that_was_expected():
    quiet = verdict("N", observed=23900, expected_lower=23900, expected_upper=27000)
    burglaries = replace(LONDON_ROBBERY, measure=replace(ROBBERY, noun="burglaries"))
    text = "23,900 burglaries from April to December 2025; 23,900 to 27,000 were expected."
    assert verdicts.verdict_sentence(burglaries, quiet) == text


def test_no_change_in_a_borough_says_how_it_stands_beside_the_year_before_and_what_record_it_is():
    view = LongRun((Back(1, 780, -0.165, -0.25, -0.08),), "lowest", 2021, 2010)
    quiet = verdict("E", observed=651, expected_lower=570, expected_upper=913, long_run=view)
    bromley = replace(LONDON_ROBBERY, area=BROMLEY, measure=replace(ROBBERY, noun="burglaries"))
    assert verdicts.verdict_sentence(bromley, quiet) == (
        "651 burglaries from April to December 2025; 570 to 913 were expected. "
        "17% fewer than in the same months a year before (8% to 25% fewer), the lowest since 2021."
    )


def test_a_record_that_nothing_loaded_ever_passed_says_since_when_figures_are_known():
    view = LongRun((Back(1, 600, 0.0, -0.08, 0.08), Back(2, 500, 0.3, 0.2, 0.4)), "highest", None, 2010)
    text = moves.long_run_sentence(ROBBERY, verdict("N", long_run=view))
    assert text == (
        "As many as in the same months a year before (8% fewer to 8% more), the highest since these figures began in 2010."
    )
    assert moves.long_run_sentence(ROBBERY, verdict("N")) == ""


def test_provisional_names_the_month_it_rests_on():
    alone = verdict("P", ratio=1.07, ratio_lower=0.99, ratio_upper=1.13, expected=16642, grade="likely", rests_on="2025-12")
    assert verdicts.verdict_sentence(LONDON_ROBBERY, alone) == (
        "17,800 robberies from April to December 2025, 7% more than expected (1% fewer to 13% more): about 130 more a month. "
        "Likely to last. Without December 2025 nothing would stand out."
    )
    assert verdicts.verdict_words(alone) == "Provisional: leaning up"


@pytest.mark.parametrize(("grade", "words"), TO_LAST.items())
def test_a_move_says_how_sure_it_is_to_last_in_the_words_of_its_grade(grade, words):
    text = verdicts.verdict_sentence(LONDON_ROBBERY, verdict("M", grade=grade))
    assert text.endswith(f"about 270 fewer a month. {words[:1].upper()}{words[1:]}.")
    assert verdicts.verdict_words(verdict("M", grade=grade)) == "Leaning down, not proven"


def test_apart_from_london_gives_its_range_and_what_the_rest_of_london_did():
    text = verdicts.verdict_sentence(LONDON_ROBBERY, verdict("A", observed=20100, against_force="against"))
    assert text == (
        "20,100 robberies from April to December 2025; 19,000 to 22,000 were expected. The rest of London moved the other way."
    )


def test_too_early_says_when_to_look_again():
    text = verdicts.verdict_sentence(
        LONDON_ROBBERY, verdict("T", reason=(Reason.of(Code.TOO_FEW_MONTHS, held=12, needed=15, review="2026-03"),))
    )
    assert text == "Too early to judge. Twelve months are held; 15 are needed. First honest review: after March 2026."


def test_a_break_says_what_changed():
    broken = series(ROBBERY, LONDON_AREA, {"2023-12": 2500, "2025-12": 1900}, (CRIME_SYSTEM,))
    assert verdicts.verdict_sentence(broken, verdict("X")) == (
        "Figures before and after February 2024 cannot be compared: the crime system changed."
    )


def test_late_names_the_newest_month_held():
    knife = series(ROBBERY, LONDON_AREA, {"2025-07": 116})
    text = verdicts.verdict_sentence(
        knife, verdict("L", reason=(Reason.of(Code.LATE, last="2025-07", is_year=False, missing=7, noun="month"),))
    )
    assert text == (
        "116 robberies in July 2025, the newest month held. Seven later months should be out by now and are not held, "
        "so there is no verdict."
    )


def test_cannot_tell_gives_the_figure_and_says_why():
    text = verdicts.verdict_sentence(LONDON_ROBBERY, verdict("U", observed=3, reason=(Reason(Code.TOO_FEW_IN_YEAR),)))
    assert text == "3 robberies from April to December 2025. Too few offences to tell a change from chance."


def test_reason_writes_out_its_periods():
    text = reasons.in_words("The newest figure is for the year to 2022-03. 7 later quarters are not held.")
    assert text == "The newest figure is for the year to March 2022. Seven later quarters are not held."


def test_a_late_survey_names_its_year_and_what_is_not_held():
    late = verdict("L", reason=(Reason.of(Code.LATE_HERE, last="2023-12", is_year=True, missing=7, noun="quarter"),))
    text = verdicts.verdict_sentence(series(GOOD_JOB, BROMLEY, {"2023-12": 0.51}), late)
    assert text == (
        "51% in the 12 months to December 2023, the newest held. Seven later quarters are held for other areas and not for "
        "this one, so there is no verdict."
    )


def test_survey_sentence_compares_with_the_separate_year_before():
    fair = verdict(
        "B", window=("2024-09", "2025-09"), observed=0.66, expected=0.62, ratio=None, visible_change=0.0142, rule="survey years"
    )
    text = verdicts.verdict_sentence(series(GOOD_JOB, LONDON_AREA, {"2025-09": 0.66}), fair)
    assert text == (
        "66% in the 12 months to September 2025; 62% in the 12 months before. "
        "Only a change of 1.4 points or more would be visible."
    )


def test_quarterly_sentence_gives_the_expected_range():
    days = verdict(
        "B", window=("2025-Q1", "2025-Q4"), observed=339, expected_lower=345.4, expected_upper=485.2, ratio=None, ratio_lower=None
    )
    text = verdicts.verdict_sentence(series(MEDIAN_DAYS, LONDON_AREA, {"2025-Q4": 339}), days)
    assert text == "339 days in October to December 2025; 345 to 485 were expected."


def test_quarterly_change_with_newest_inside_its_range_says_why():
    days = verdict(
        "W", window=("2025-Q1", "2025-Q4"), observed=480, expected=415, expected_lower=345.4, expected_upper=485.2, ratio=None,
        ratio_lower=None, rule="quarters",
    )  # fmt: skip
    text = verdicts.verdict_sentence(series(MEDIAN_DAYS, LONDON_AREA, {"2025-Q4": 480}), days)
    assert text == (
        "480 days in October to December 2025; 345 to 485 were expected. "
        "The newest four quarters all lie in the upper half of that range, two or more near its edge."
    )


def test_a_lean_says_why_it_is_not_proven_whether_inside_its_range_or_outside():
    assert sentence(Reason(Code.LEANS_OUTSIDE)).startswith("The count lies outside the range expected. That alone proves nothing")
    assert sentence(Reason(Code.LEANS_INSIDE)).endswith("so it leans and is not proven.")


def test_a_change_seen_later_or_earlier_than_the_first_month_judged_is_dated():
    text = verdicts.verdict_sentence(LONDON_ROBBERY, verdict("B", since="2025-07"))
    assert text.endswith("about 270 fewer a month. Seen from July 2025.")
    text = verdicts.verdict_sentence(LONDON_ROBBERY, verdict("B", since="2024-10"))
    assert text.endswith("about 270 fewer a month. Seen from October 2024.")
    assert summary.since_words(verdict("B", since="2024-10")) == "April 2025 or before"
    assert summary.since_words(verdict("B", since="2025-07")) == "July 2025"


def test_change_below_one_offence_a_month_is_written_as_fewer_than_one():
    few = verdict("W", observed=21, expected=14, ratio=1.5, ratio_lower=1.1, ratio_upper=1.9)
    assert verdicts.verdict_sentence(LONDON_ROBBERY, few).endswith("(10% to 90% more): fewer than one more a month.")


def test_rounding_never_moves_a_figure_onto_the_edge_of_its_range():
    edge = verdict("A", observed=1541, expected_lower=1544, expected_upper=2104)
    assert verdicts.verdict_sentence(LONDON_ROBBERY, edge).startswith(
        "1,541 robberies from April to December 2025; 1,544 to 2,104 were expected."
    )
    share = verdict("W", window=("2025-Q1", "2025-Q4"), observed=0.283, expected_lower=0.252, expected_upper=0.279, ratio=None)
    percentage = replace(MEDIAN_DAYS, is_percentage=True, decimals=0)
    text = verdicts.verdict_sentence(series(percentage, LONDON_AREA, {"2025-Q4": 0.283}), share)
    assert text.startswith("28.3% in October to December 2025; 25.2% to 27.9% was expected.")


def test_months_that_are_missing_or_too_new_are_named():
    robberies = series(
        ROBBERY, LONDON_AREA, {"2025-04": 2000, "2025-05": None, "2025-08": 1900, "2025-09": 1900, "2025-10": 1800}
    )
    level_verdict = verdict(
        "N", window=("2025-04", "2025-08"), observed=3900, expected_lower=3800, expected_upper=4400, rule="window"
    )
    assert verdicts.verdict_sentence(robberies, level_verdict).endswith(
        "May 2025 is not held and not counted. "
        "September and October 2025 are too new to be judged: such months are still revised."
    )


def test_figure_of_unusual_months_names_them_in_its_table():
    newest = verdict("P", window=("2025-12", "2025-12"))
    usual = summary.usual_window([verdict("N"), newest, verdict("B")])
    assert usual == ("2025-04", "2025-12")
    assert (summary.other_months(newest, usual), summary.other_months(verdict("N"), usual)) == (" (December 2025)", "")


def test_what_can_be_ruled_out_is_whole_percents_and_no_fall_of_all_there_is():
    both = Reason.of(Code.RULED_OUT, fall=0.261, rise=0.1)
    assert sentence(both) == "A rise of more than 10% and a fall of more than 27% can be ruled out."
    few = Reason.of(Code.RULED_OUT, fall=1.0, rise=1.4)
    assert sentence(few) == "A rise of more than 140% can be ruled out."


def test_a_judged_state_without_its_numbers_is_refused():
    with pytest.raises(ValueError, match="without observed"):
        verdicts.verdict_sentence(LONDON_ROBBERY, verdict("B", ratio=None, expected_lower=None))


def test_unknown_verdict_letter_is_refused():
    with pytest.raises(ValueError, match="'Q' is not a verdict"):
        verdicts.verdict_sentence(LONDON_ROBBERY, verdict("Q"))


TITLES = {
    "robbery_personal": "Personal robbery", "shoplifting": "Shoplifting", "arson": "Arson", "burglary": "Burglary",
    "burglary_residential": "Residential burglary", "bicycle_theft": "Bicycle theft",
    "possession_of_weapons": "Possession of weapons",
}  # fmt: skip
PLACES = {"a": "Ash", "b": "Birch", "c": "Cedar", "d": "Elm", "e": "Fir"}
UP = {"ratio": 1.3, "ratio_lower": 1.1, "ratio_upper": 1.5}


def test_a_list_names_each_crime_and_where_it_is_up_or_down_the_most_shared_first():
    risen = [verdict("W", area=code, **UP) for code in "abcde"]
    fallen = [verdict("B", measure="arson", area="a"), verdict("W", measure="arson", area="b", **UP)]
    leaning = [verdict("M", measure="shoplifting", area="c")]
    assert summary.list_headline([*fallen, *risen, *leaning], TITLES, PLACES, None) == (
        "Personal robbery is up in five boroughs; arson is up in Birch and down in Ash from April to December 2025"
    )
    assert summary.list_headline(leaning, TITLES, PLACES, None) == "Shoplifting may be down in Cedar from April to December 2025"
    quiet = summary.list_headline([verdict("N"), verdict("E")], TITLES, PLACES, None)
    assert quiet == "No crime moved clearly in any borough from April to December 2025"
    assert summary.chance(4.05) == "About 4"


def test_place_without_changes_says_that_no_crime_moved_clearly():
    assert summary.place_headline("Bromley", [verdict("N"), verdict("L")], TITLES, None) == (
        "In Bromley no crime moved clearly from April to December 2025"
    )


def test_place_whose_crimes_only_lean_says_that_nothing_is_proven():
    leaning = [verdict("M"), verdict("P", measure="arson", **UP)]
    assert summary.place_headline("Bromley", leaning, TITLES, None) == (
        "In Bromley arson may be up; personal robbery may be down; nothing is proven from April to December 2025"
    )


def test_place_with_changes_names_the_worse_measures_before_the_better():
    some_verdicts = [verdict("B"), verdict("W", measure="shoplifting", **UP), verdict("N", measure="arson")]
    text = summary.place_headline("Bromley", some_verdicts, TITLES, None)
    assert text == "In Bromley shoplifting is up; personal robbery is down from April to December 2025"
    assert summary.which_sentence(some_verdicts, TITLES) == "Worse: shoplifting up. Better: personal robbery down."


def test_measures_that_count_the_same_offences_are_one_finding_where_they_moved_alike():
    alike = [verdict("B", measure="burglary"), verdict("B", measure="burglary_residential")]
    assert summary.place_headline("Bromley", alike, TITLES, None) == "In Bromley burglary is down from April to December 2025"
    apart = [verdict("W", measure="burglary", **UP), verdict("B", measure="burglary_residential")]
    text = summary.place_headline("Bromley", apart, TITLES, None)
    assert text == "In Bromley burglary is up; residential burglary is down from April to December 2025"


def test_many_moves_of_a_place_name_the_surest_and_count_the_rest():
    chances = dict(zip(TITLES, (0.9, 0.8, 0.95, 0.7, 0.0, 0.99, 0.6), strict=True))
    some_verdicts = [verdict("M", measure=m, probability=p) for m, p in chances.items() if m != "burglary_residential"]
    assert summary.place_headline("Bromley", some_verdicts, TITLES, None) == (
        "In Bromley bicycle theft, arson and four more may be down; nothing is proven from April to December 2025"
    )


def test_the_states_of_a_list_add_up_in_words():
    some_verdicts = [verdict(state) for state in "BWWCAMMPENNTU"]
    assert summary.counts_sentence(some_verdicts, 0.02, "series") == (
        "5 of 11 series moved: 1 better, 2 worse, 1 where neither way is better and 1 apart from London. "
        "Fewer than 1 of these 5 is expected not to last. "
        "3 more lean one way and are not proven, 1 of them on the newest month alone. "
        "1 is up or down on the year, as expected. No clear change in 2. "
        "1 more is too early to judge. 1 more has too few offences to tell."
    )
    one = summary.counts_sentence([verdict("M"), verdict("E"), verdict("N")], 0.0, "series")
    assert one == (
        "None of 3 series moved clearly. 1 leans one way and is not proven. 1 is up or down on the year, as expected. "
        "No clear change in 1."
    )


def test_caveat_of_a_change_follows_its_date():
    step = Reason.of(Code.STEP_EVERYWHERE, changed=32, judged=32, is_rise=False, month="2025-07")
    text = verdicts.verdict_sentence(LONDON_ROBBERY, verdict("B", since="2025-07", caveat=(step,)))
    assert text.endswith(f"Seen from July 2025. {sentence(step)}")


def test_large_multiples_of_the_expected_are_rounded_to_whole_times():
    assert sizes.size_words(73.2, 31.2, 132.3, is_count=True) == "73 times what was expected (31 to 132 times)"
