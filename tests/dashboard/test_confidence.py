"""The Confidence page: intervals a sample of that size has, what it cannot show, figures read again from the files."""

import csv
import re
from dataclasses import replace
from datetime import date
from html import unescape
from math import sqrt

import pytest

from dashboard.features.confidence.words import (
    apart_headline,
    confidence_headline,
    goal_sentences,
    runs_sentence,
    sample_limits_sentence,
)
from dashboard.figures.records import Area
from dashboard.figures.survey import samples
from dashboard.figures.survey_intervals import with_intervals
from etl.definitions import catalogue
from etl.definitions.calendar import gap
from tests.dashboard.page_text import words
from tests.dashboard.small_records import BROMLEY, GOOD_JOB, LONDON_AREA, point, series, verdict

LONDON_FILE = "mopac-public-attitude-survey/2025-11/public-perception-data.csv"
GOOD_JOB_THERE = "good job"
QUIET = verdict("N", measure="good_job_local", window=("2024-09", "2025-09"), observed=0.46, expected=0.46, visible_change=0.015)


@pytest.fixture(scope="module")
def said_in_london(published_data):
    """(month, share in whole per cent) of the good-job question in London, read without any code of ours."""
    with (published_data / LONDON_FILE).open(encoding="utf-8-sig", newline="") as stream:
        return {r["date"]: int(r["proportion"]) for r in csv.DictReader(stream) if GOOD_JOB_THERE in r["measure"]}


def test_borough_interval_equals_that_of_400_interviews():
    # METHODS: at 62% one borough and year is 5.8 points either way with a design effect of 1.5.
    point = with_intervals(series(GOOD_JOB, BROMLEY, {"2023-12": 0.62})).points[0]
    assert (point.upper - point.lower) / 2 == pytest.approx(0.058, abs=0.001)


def test_london_interval_is_about_one_percentage_point():
    point = with_intervals(series(GOOD_JOB, LONDON_AREA, {"2025-09": 0.62})).points[0]
    assert (point.upper - point.lower) / 2 == pytest.approx(0.0103, abs=0.0005)


def test_published_limits_are_kept_and_missing_stays_missing():
    shares = series(GOOD_JOB, BROMLEY, {"2022-12": None})
    assert with_intervals(shares).points[0].lower is None
    given = replace(shares, points=(point("2023-12", 0.5, "rolling_year", lower=0.4, upper=0.6),))
    assert with_intervals(given).points[0].lower == 0.4


def test_margin_of_a_sample_shrinks_with_the_square_root_of_its_size():
    samples_by_place = {s.who: s for s in samples()}
    borough, tenth = samples_by_place["1 borough, 1 year"], samples_by_place["A tenth of a borough"]
    assert borough.interviews == 400
    assert borough.margin == pytest.approx(1.95996 * sqrt(0.25 * 1.5 / 400), abs=1e-4)
    assert tenth.margin == pytest.approx(borough.margin * sqrt(10), abs=1e-4)
    assert borough.change == pytest.approx(borough.margin * sqrt(2), abs=1e-4)


def test_the_page_opens_with_how_many_agree_and_whether_that_changed():
    shares = with_intervals(series(GOOD_JOB, LONDON_AREA, {"2024-09": 0.46, "2025-09": 0.46}))
    sentence = confidence_headline(shares, QUIET, None)
    share = "Fewer than half of Londoners asked in the 12 months to September 2025 said police do a good job in the local area"
    assert sentence == f"{share}. No clear change in a year"
    late = gap(catalogue.sources()["mopac_public_attitude_survey"], "2025-09", date(2026, 11, 30))
    assert confidence_headline(shares, QUIET, late) == f"{sentence}; nothing is known since"
    assert confidence_headline(series(GOOD_JOB, LONDON_AREA, {"2025-09": 0.5}), None, None).startswith("Half of Londoners")
    assert confidence_headline(series(GOOD_JOB, LONDON_AREA, {"2025-09": 0.51}), None, None).startswith("More than half")


def test_boroughs_that_cannot_be_told_apart_are_counted():
    sides = ["higher", "cannot tell", "cannot tell", None]
    assert apart_headline(sides, "2023-12") == "1 of 3 boroughs could be told apart from London in the 12 months to December 2023"
    sentence = sample_limits_sentence(sides, ["cannot tell", "lower", None, None])
    assert sentence.startswith(
        "For the other two the sample cannot tell. About one would seem apart by chance alone. One differs from its own"
    )


def test_questions_that_end_early_are_named():
    on_its_way = gap(catalogue.sources()["mopac_public_attitude_survey"], "2025-09", date(2026, 1, 20))
    strong, text = runs_sentence(on_its_way, "2023-12", [("Trust in the Met", "2023-12")])
    assert strong == "The survey runs to September 2025 for London and to December 2023 for boroughs."
    assert text.startswith("For London “Trust in the Met” stops at December 2023. Nothing is known of the three months since")


def test_goal_of_2013_is_compared_with_the_figures_of_its_time():
    shares = series(GOOD_JOB, LONDON_AREA, {"2014-12": 0.67, "2016-06": 0.69, "2017-03": 0.68, "2025-09": 0.46})
    sentence = " ".join(goal_sentences(shares, "2017-03", 0.75))
    assert "The earliest figure held is 67%, in the 12 months to December 2014." in sentence
    assert "When the plan ended it was 68%, in the 12 months to March 2017." in sentence
    assert "75% was not reached in any year held; the highest was 69%." in sentence


def test_confidence_figures_equal_the_published_file(get, said_in_london):
    text = words(get("/confidence"))
    newest, before, top = said_in_london["Sep-25"], said_in_london["Sep-24"], max(said_in_london.values())
    assert re.search(rf"{newest}% \(\d+% to \d+%\) in the 12 months to September 2025", text)
    between = r"\(\d+% to \d+%\)"
    assert re.search(rf"; {before}% {between} in the 12 months before; {top}% {between} at its highest", text)
    assert f"When the plan ended it was {said_in_london['Mar-17']}%" in text


def test_every_question_shows_its_verdict_and_last_period(get):
    text = words(get("/confidence"))
    for question in ("Trust in the Met", "Police treat everyone fairly", "Know how to contact the ward officer"):
        assert question in text
    assert re.search(
        r"69% \(\d+% to \d+%\) in the 12 months to December 2023, the newest held\.|Held to December 2023 only\.", text
    )


def test_borough_without_a_verdict_says_why_in_words(get):
    text = words(get("/confidence?area=E09000006"))
    assert re.search(r"Bromley’s figure could be \d+% to \d+%\. It cannot tell you whether Bromley differs from London", text)


def test_gaps_between_groups_are_not_published_and_the_page_says_so(get):
    text = words(get("/confidence"))
    assert "Gaps between groups Not published" in text
    assert "17 January 2017" in text


def test_boroughs_are_listed_alphabetically(get):
    page = get("/confidence?measure=trust_mps").get_data(as_text=True)
    table = re.search(r'aria-label="Trust in the Met, every borough, A to Z".*?</table>', page, flags=re.S)
    assert table is not None
    names = re.findall(r'<th scope="row"><a[^>]*>([^<]+)</a>', table[0])
    assert len(names) == 32
    assert names == sorted(names)


@pytest.mark.parametrize("query", ["measure=homicide", "area=E09000001", "area=London", "measure=%3Cb%3E"])
def test_unknown_question_or_place_is_named_on_the_error_page(get, query):
    # A place named by its name is first led to its code, and is then no more known to the survey than before.
    page = get(f"/confidence?{query}", follow_redirects=True)
    assert page.status_code == 400
    assert "is not a value of" in words(page)


def test_command_sample_is_the_sum_of_its_boroughs():
    three = Area("BCU-SN", "South Area", "bcu", members=("E09000006", "E09000008", "E09000029"))
    one = with_intervals(series(GOOD_JOB, BROMLEY, {"2023-12": 0.5})).points[0]
    many = with_intervals(series(GOOD_JOB, three, {"2023-12": 0.5})).points[0]
    assert (many.upper - many.lower) * sqrt(3) == pytest.approx(one.upper - one.lower, abs=0.003)


def test_boroughs_that_moved_are_named_with_the_direction():
    sentence = sample_limits_sentence(["cannot tell"] * 3, ["cannot tell", "lower", None], ["Barnet", "Croydon", "Harrow"])
    assert sentence.endswith("One differs from its own year before by more than the sample allows: Croydon (lower).")


def test_statement_on_trust_is_shown_beside_the_survey_then_and_now(get, published_data):
    page = unescape(re.sub(r"<[^>]+>", " ", get("/confidence").get_data(as_text=True)))
    text = re.sub(r"\s+", " ", page)
    assert "9 out of 10 Londoners agree that the MPS is an organisation they can trust" in text
    with next((published_data / "mopac-public-attitude-survey").glob("*/PAS_MPS.csv")).open(encoding="utf-8-sig") as stream:
        rows = [r for r in csv.DictReader(stream, delimiter=";") if "trust" in r["Measure"].lower()]
    then = next(float(r["Proportion"].replace(",", ".")) for r in rows if r["Date"] == "31/12/2016")
    assert re.search(rf"“Trust in the Met”: {then * 100:.0f}% \([^)]*\) in the 12 months to December 2016; ", text)
