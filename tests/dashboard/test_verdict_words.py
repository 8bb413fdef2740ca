"""What may be concluded, word for word, one sentence for each state of a verdict."""

from dataclasses import replace

import pytest

from dashboard.words import reasons, sizes, summary, verdicts
from etl.core.reason import Code, Reason
from etl.core.reason_words import sentence
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


def test_no_change_in_a_borough_says_what_could_have_been_seen():
    quiet = verdict("N", observed=651, expected_lower=570, expected_upper=913, visible_change=0.23)
    bromley = replace(LONDON_ROBBERY, area=BROMLEY, measure=replace(ROBBERY, noun="burglaries"))
    assert verdicts.verdict_sentence(bromley, quiet) == (
        "651 burglaries from April to December 2025; 570 to 913 were expected. "
        "At this volume nine months can show a change of about 23%. A smaller change would not be visible."
    )


def test_provisional_names_the_month_it_rests_on():
    alone = verdict(
        "P", window=("2025-12", "2025-12"), observed=2310, expected=2159, ratio=1.07, ratio_lower=0.99, ratio_upper=1.13
    )
    assert verdicts.verdict_sentence(LONDON_ROBBERY, alone) == (
        "2,310 robberies in December 2025, 7% more than expected (1% fewer to 13% more). "
        "Without December nothing would stand out."
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


def test_figure_outside_its_range_that_is_not_called_changed_says_why():
    lean = verdict("N", observed=139, expected_lower=65, expected_upper=131, rule="window")
    text = verdicts.verdict_sentence(LONDON_ROBBERY, lean)
    assert text.endswith(
        "65 to 131 were expected. "
        "Outside that range, but among so many series looked at together one as far out comes by chance too often."
    )
    spike = verdicts.verdict_sentence(LONDON_ROBBERY, replace(lean, rule="one month"))
    assert spike.endswith("Outside that range because of one month alone; the others were not out of the ordinary.")
    moved = verdicts.verdict_sentence(LONDON_ROBBERY, replace(lean, rule="pattern"))
    assert moved.endswith("with months far out on both sides: the time of year has moved, not the level.")


def test_a_change_seen_later_or_earlier_than_the_first_month_judged_is_dated():
    text = verdicts.verdict_sentence(LONDON_ROBBERY, verdict("B", since="2025-07"))
    assert text.endswith("about 270 fewer a month. Seen from July 2025.")
    text = verdicts.verdict_sentence(LONDON_ROBBERY, verdict("B", since="2024-10"))
    assert text.endswith("Seen from about October 2024, within the months it is compared with, so its size is understated.")
    assert summary.since_words(verdict("B", since="2024-10")) == "April 2025 or before"
    assert summary.since_words(verdict("B", since="2025-07")) == "July 2025"


def test_change_below_one_offence_a_month_is_written_as_fewer_than_one():
    few = verdict("W", observed=21, expected=14, ratio=1.5, ratio_lower=1.1, ratio_upper=1.9)
    assert verdicts.verdict_sentence(LONDON_ROBBERY, few).endswith("(10% to 90% more): fewer than one more a month.")


def test_rounding_never_moves_a_figure_onto_the_edge_of_its_range():
    edge = verdict("N", observed=1541, expected_lower=1544, expected_upper=2104, rule="window")
    assert verdicts.verdict_sentence(LONDON_ROBBERY, edge).startswith(
        "1,541 robberies from April to December 2025; 1,544 to 2,104 were expected. Outside that range"
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


def test_a_place_too_small_to_show_a_doubling_says_so():
    few = verdict("N", observed=80, expected_lower=53, expected_upper=112, visible_change=1.4)
    text = verdicts.verdict_sentence(replace(LONDON_ROBBERY, area=BROMLEY), few)
    assert text.endswith("At this volume nine months could not show even a doubling.")


def test_a_judged_state_without_its_numbers_is_refused():
    with pytest.raises(ValueError, match="without observed"):
        verdicts.verdict_sentence(LONDON_ROBBERY, verdict("B", ratio=None, expected_lower=None))


def test_unknown_verdict_letter_is_refused():
    with pytest.raises(ValueError, match="'Q' is not a verdict"):
        verdicts.verdict_sentence(LONDON_ROBBERY, verdict("Q"))


def test_list_of_verdicts_says_how_many_changes_chance_would_give():
    text = summary.list_headline(384, 26, 0.4, [verdict("B")], "borough series", None)
    assert text == "26 of 384 borough series changed from April to December 2025. Fewer than 1 would by chance"
    assert summary.chance(4.05) == "About 4"


def test_place_without_changes_says_nothing_changed():
    assert summary.place_headline("Bromley", [verdict("N"), verdict("L")], None) == (
        "Nothing in Bromley changed by more than chance from April to December 2025"
    )


def test_place_with_changes_names_the_worse_measures_before_the_better():
    some_verdicts = [verdict("B"), verdict("W", measure="shoplifting"), verdict("N", measure="arson")]
    titles = {"robbery_personal": "Personal robbery", "shoplifting": "Shoplifting", "arson": "Arson"}
    assert (
        summary.place_headline("Bromley", some_verdicts, None) == "2 of 3 measures in Bromley changed from April to December 2025"
    )
    assert summary.which_sentence(some_verdicts, titles) == "Worse: shoplifting. Better: personal robbery."


def test_the_states_of_a_list_add_up_in_words():
    some_verdicts = [verdict(state) for state in "BWWCPNN"]
    assert summary.states_sentence(some_verdicts, 0.02) == (
        "1 is better, 2 worse. 1 changed in a way that is neither, because they count what police look for or what people "
        "feel able to report. 1 rests on the newest month alone; fewer than 1 would by chance. "
        "In the other 2 there is no significant change."
    )


def test_caveat_of_a_change_follows_its_date():
    step = Reason.of(Code.STEP_EVERYWHERE, changed=32, judged=32, is_rise=False, month="2025-07")
    text = verdicts.verdict_sentence(LONDON_ROBBERY, verdict("B", since="2025-07", caveat=(step,)))
    assert text.endswith(f"Seen from July 2025. {sentence(step)}")


def test_large_multiples_of_the_expected_are_rounded_to_whole_times():
    assert sizes.size_words(73.2, 31.2, 132.3, is_count=True) == "73 times what was expected (31 to 132 times)"
