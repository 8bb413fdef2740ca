"""The Justice page: what is timed and what is not, which years gave a range, and figures read again from the published tables."""

import csv
import re
from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import pytest

from dashboard.features.justice.words import (
    course_sentence,
    court_verdict_sentence,
    flow_headline,
    justice_headline,
    open_then_sentence,
    running_sentence,
    share_headline,
    then_sentence,
)
from etl.core.reason import Code, Reason
from tests.dashboard.page_text import words
from tests.dashboard.small_records import LONDON_AREA, MEDIAN_DAYS, series, verdict

TIMES = "moj-criminal-courts/2025Q4/gold_timeliness_by_region.csv"
AGES = "moj-criminal-courts/2025Q4/gold_oldest_by_region.csv"
FLOW = "moj-criminal-courts/2025Q4/gold_backlog_trajectory.csv"
COURTS = "moj-criminal-courts/2025Q4/gold_backlog_by_court.csv"
CASES = replace(MEDIAN_DAYS, id="crown_receipts", title="Cases received by the Crown Court", noun="cases", unit="cases")
SLOWING = series(
    MEDIAN_DAYS,
    LONDON_AREA,
    {"2019-Q4": 241, "2022-Q3": 466, "2024-Q4": 328, "2025-Q1": 290.5, "2025-Q2": 316.5, "2025-Q3": 328, "2025-Q4": 339},
)


def rows(published_data, name):
    with (published_data / name).open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def judged(state, **named):
    plain = {"measure": "offence_to_completion_median", "window": ("2025-Q1", "2025-Q4"), "observed": 339.0, "expected": 415.3}
    limits = {
        "expected_lower": 345.4,
        "expected_upper": 485.2,
        "ratio": None,
        "ratio_lower": None,
        "ratio_upper": None,
        "reason": "",
    }
    return verdict(state, **{**plain, **limits, **named})


def test_the_page_opens_with_both_averages_of_finished_cases():
    mean = series(MEDIAN_DAYS, LONDON_AREA, {"2025-Q4": 620})
    sentence = justice_headline(SLOWING, mean, None)
    assert (
        sentence == "Half of London’s Crown Court cases that finished in October to December 2025 took more than 339 days from "
        "offence to end. The average was 620"
    )


def test_consecutive_rising_quarters_are_counted():
    assert running_sentence(SLOWING) == "It has risen for three quarters running."
    assert running_sentence(series(CASES, LONDON_AREA, {"2025-Q2": 3, "2025-Q3": 5, "2025-Q4": 4})) == ""
    assert (
        running_sentence(series(CASES, LONDON_AREA, {"2025-Q2": 5, "2025-Q3": 4, "2025-Q4": 3}))
        == "It has fallen for two quarters running."
    )


def test_course_sentence_gives_the_figure_before_covid_and_the_highest():
    sentence = course_sentence(SLOWING, before="2019-Q4")
    assert sentence == "It was 241 days in October to December 2019; 466 days at its highest, in July to September 2022."


def test_better_verdict_names_the_slow_years_it_is_compared_with():
    sentence = court_verdict_sentence(SLOWING, judged("B"))
    assert "345 to 485 were expected." in sentence
    assert "The range comes from the three years before, its highest among them." in sentence
    assert sentence.endswith("It has risen for three quarters running.")


def test_change_called_while_inside_the_range_is_explained():
    sentence = court_verdict_sentence(SLOWING, judged("B", observed=350.0))
    assert "All four quarters judged lay below the middle of that range" in sentence


def test_trial_limits_are_named_when_the_verdict_rests_on_them():
    sentence = court_verdict_sentence(SLOWING, judged("N", observed=400.0, reason=(Reason.of(Code.TRIAL_LIMITS, quarters=9),)))
    assert sentence.endswith("Trial limits: too few quarters are held for settled ones.")
    assert "rial limits" not in court_verdict_sentence(SLOWING, judged("N", observed=400.0))


def test_cases_received_and_finished_are_compared():
    received, finished = series(CASES, LONDON_AREA, {"2025-Q4": 29482}), series(CASES, LONDON_AREA, {"2025-Q4": 28812})
    assert flow_headline(received, finished) == (
        "In England and Wales the Crown Court received 670 more cases than it finished in October to December 2025"
    )
    assert flow_headline(received, series(CASES, LONDON_AREA, {"2025-Q3": 1})) == (
        "Cases received and finished are not held for the same quarter"
    )


def test_old_figure_is_dated_or_called_not_held():
    assert then_sentence(SLOWING, "2019-Q4", "The middle case") == "The middle case was 241 days in October to December 2019"
    assert then_sentence(SLOWING, "2016-Q4", "The middle case") == "The middle case is not held for October to December 2016"
    assert open_then_sentence(series(CASES, LONDON_AREA, {"2016-Q3": 8925, "2016-Q4": 8529}), ("2016-Q3", "2016-Q4")) == (
        "8,930 were open at the end of September 2016, 8,530 at the end of December 2016"
    )
    assert open_then_sentence(SLOWING, ("2016-Q3",)) == "None is held"


def test_share_of_old_cases_is_compared_with_an_earlier_quarter():
    share = series(replace(MEDIAN_DAYS, is_percentage=True, unit="%"), LONDON_AREA, {"2019-Q4": 0.08, "2025-Q4": 0.321})
    assert (
        share_headline(share, "2019-Q4")
        == "32% of London’s open cases are a year old or more; 8% were at the end of December 2019"
    )


def test_justice_figures_equal_the_published_tables(get, published_data):
    text = words(get("/justice"))
    newest = next(r for r in rows(published_data, TIMES) if r["region"] == "London" and r["quarter_end"] == "2025-12-31")
    assert f"took more than {float(newest['offence_to_completion_median']):.0f} days from offence to end" in text
    assert f"The average was {float(newest['offence_to_completion_mean']):.0f}" in text


def test_sum_over_courts_equals_the_published_table(get, published_data):
    table = rows(published_data, COURTS)
    name = next(c for c in table[0] if "court" in c.lower() or "centre" in c.lower())
    mine = [r for r in table if "Snaresbrook" in r[name]]
    assert len(mine) == 1
    page = get("/justice").get_data(as_text=True)
    match = re.search(r'<th scope="row">Snaresbrook</th>(.*?)</tr>', page, flags=re.S)
    assert match is not None
    matches = re.findall(r">([\d,]+)<", match[1])
    published = {f"{int(float(v)):,}" for v in mine[0].values() if v and re.fullmatch(r"[\d.]+", v)}
    assert set(matches[:2]) <= published


def test_page_says_that_only_finished_cases_are_timed(get):
    text = words(get("/justice"))
    assert "Only finished cases are timed. Old cases still open are in no figure here until they end." in text


def test_statements_of_2017_are_quoted_with_date_beside_the_series(get):
    text = words(get("/justice"))
    assert "17 January 2017" in text
    assert "An average case takes nearly 173 days" in text
    assert "backlog of over 7,000 cases" in text
    assert "The report names neither the courts nor which average" in text
    assert "includes the City of London" in text


def test_figures_not_held_are_listed_with_where_to_look(get):
    text = words(get("/justice"))
    assert "Courts do not publish by borough" in text
    assert "Trials effective, cracked or ineffective, and why No figure is held." in text
    assert "Conviction rates by offence None is held for London" in text
    assert "Crown Prosecution Service" in text


def test_no_court_is_ranked_and_no_colour_judges(get):
    page = get("/justice").get_data(as_text=True)
    assert not re.search("[\u2190-\u21ff\u25b2\u25bc]", page)
    assert "rag-" not in page


def test_unknown_option_is_ignored_and_named_on_the_page(get):
    page = get("/justice?court=Harrow")
    assert page.status_code == 200
    assert "court" in words(page)


@pytest.mark.parametrize("quarters", [("2025-Q4",), ()])
def test_single_rise_gets_no_sentence_about_consecutive_quarters(quarters):
    assert running_sentence(series(CASES, LONDON_AREA, dict.fromkeys(quarters, 1.0))) == ""


@pytest.mark.parametrize("address", ["/london?measure=robbery_personal", "/confidence?measure=trust_mps", "/justice"])
def test_justice_download_is_a_table_with_a_note(get, address):
    page = get(address)
    assert f'href="/download{address}"' in page.get_data(as_text=True)
    sent = get(f"/download{address}")
    assert sent.status_code == 200
    with ZipFile(BytesIO(sent.data)) as archive:
        table, note = archive.namelist()
        lines = archive.read(table).decode().splitlines()
        assert note == "README.txt"
    assert lines[0].startswith("measure,area,breakdown,period,value")
    assert len(lines) == len(set(lines)) > 100


def test_vulnerability_page_lists_what_is_not_held(get):
    text = words(get("/vulnerability"))
    assert "no figure below borough is held" in text
    assert "top 10 per cent of wards (63)" in text
    assert "No table of severity weights is loaded" in text


def test_times_of_finished_cases_are_shown_with_the_cases_still_open(get):
    opening = words(get("/justice")).split("Only finished cases are timed")[0]
    assert re.search(r"(Better|Worse|No clear change|Too early to judge) Finished cases, the middle one: ", opening)
    assert re.search(r"(Better|Worse|No clear change|Too early to judge) Cases still waiting: ", opening)


def test_court_names_are_never_cut_short(get):
    page = get("/justice").get_data(as_text=True)
    assert "Inner London Sessions House</text>" in page


def test_conviction_gaps_of_2017_are_all_given_and_only_real_words_are_quoted(get):
    text = words(get("/justice"))
    gaps = "6% for hate crime, 10% for domestic abuse, 4% for rape and 5% for sexual offences (2015/16)"
    assert f"lower than in the rest of England and Wales: {gaps}" in text
    assert "“Conviction rates in London are 10 per cent lower" not in text
    assert "“1 in 4 cracked or ineffective trials are due to the prosecution ending the case”" in text
