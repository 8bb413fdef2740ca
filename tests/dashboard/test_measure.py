"""The page of a measure: figures counted again from the published files, and what stands where there is no figure."""

import csv
import datetime as dt
import re

import pytest

from etl.definitions import catalogue
from tests.dashboard.page_text import rows_named, words
from tests.etl.commands import done

NEWEST = "mps-recorded-crime-borough/2026-01/MPS Borough Level Crime (most recent 24 months).csv"


@pytest.fixture(scope="module")
def published(published_data):
    """Rows of the newest published file, read without any code of ours."""
    path = next(published_data.glob(NEWEST.replace("(", "[(]").replace(")", "[)]")), published_data / NEWEST)
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def counted(rows, month, offence, borough=None):
    offence_rows = [r for r in rows if r["MinorText"].casefold() == offence]
    return sum(int(r[month]) for r in offence_rows if borough in {None, r["BoroughName"]})


def test_london_and_borough_figures_equal_a_recount_of_the_published_file(get, published):
    page = get("/measure/bicycle_theft")
    london = counted(published, "202512", "bicycle theft")
    assert [f"{london:,}"] == [row[1] for row in rows_named(page, "December 2025, provisional")][:1]
    bromley = rows_named(page, "Bromley")[0]
    assert bromley[1] == f"{counted(published, '202512', 'bicycle theft', 'Bromley'):,}"
    assert bromley[2] == f"{counted(published, '202412', 'bicycle theft', 'Bromley'):,}"
    year = sum(counted(published, f"2025{m:02d}", "bicycle theft", "Bromley") for m in range(1, 13))
    assert bromley[3] == f"{year:,}"


def test_opening_gives_the_verdict_then_both_rounded_numbers(get, published):
    now, before = (sum(counted(published, f"{y}{m:02d}", "bicycle theft") for m in range(1, 13)) for y in (2025, 2024))
    opening = re.search(r'<div class="lead">(.*?)</div>', get("/measure/bicycle_theft").get_data(as_text=True), re.S)[1]
    assert re.search(r"Bicycle thefts in London\W[^;]*\bdown\b[^;]* on the year[^;]*, as expected", opening)
    assert f"{round(now, -2):,} in the 12 months to December 2025; {round(before, -2):,} in the 12 months before." in opening


def test_a_change_is_the_headline_with_its_range(get):
    heading = re.search(r"<h1>(.*?)</h1>", get("/measure/criminal_damage?area=E09000027").get_data(as_text=True), re.S)[1]
    assert re.search(
        r"Offences of criminal damage in Richmond upon Thames were \d+% more than expected from April to \w+ 2025 "
        r"\(\d+% to \d+% more\)",
        heading,
    )


@pytest.mark.parametrize("base", ["robbery", "mopac7", "good_job_local", "homicide"])
def test_every_link_within_the_page_has_a_target(get, base):
    html = get(f"/measure/{base}").get_data(as_text=True)
    jumps = re.findall(r'href="#([^"]+)"', re.search(r'<nav[^>]*class="contents".*?</nav>', html)[0])
    assert len(jumps) > 3
    assert [j for j in jumps if f'id="{j}"' not in html] == []


def test_no_comparison_with_the_year_before_across_a_break(get):
    page = get("/measure/violence_with_injury")
    assert "The 12 months before cannot be compared: London" in words(page)
    assert rows_named(page, "Bromley")[0][4] == "not comparable"
    assert (
        "Twelve months ending April 2010 to February 2011 and March 2024 to January 2025 lie on both sides of a restart and are "
        "not added up."
    ) in words(page)


def test_definition_names_the_owner_and_how_the_measure_could_be_gamed(get):
    page_text = words(get("/measure/burglary_residential"))
    definition = catalogue.measures()["burglary_residential"]
    for text in (definition.counts, definition.leaves_out, definition.gamed_by, definition.counter_measure, *definition.caveats):
        assert text in page_text
    assert f"Owner {definition.owner} Checked by {definition.checker}" in page_text
    due = dt.date.fromisoformat(definition.next_review)
    assert f"Review due {due.day} {due:%B %Y}" in page_text
    assert "Not comparable" in words(get("/measure/violence_without_injury"))


@pytest.mark.slow
@pytest.mark.parametrize("base", list(catalogue.measures()))
def test_every_measure_has_a_page_or_says_it_is_not_held(get, base):
    answer = get(f"/measure/{base}")
    assert answer.status_code in {200, 404}
    if answer.status_code == 404:
        assert "no figures" in words(answer)


@pytest.mark.parametrize(
    ("address", "status", "expected"),
    [
        ("/measure/robery", 404, "robbery"),
        ("/measure/robbery_rate", 404, "All its forms are at /measure/robbery."),
        ("/measure/robbery?area=E09000001", 400, "“E09000001” is not a value of “area”"),
        ("/measure/robbery?area=<script>alert(1)</script>", 400, "is not a value of “area”"),
        ("/measure/robbery?since=2019-13", 400, "“2019-13” is not a value of “since”"),
        ("/measure/robbery?show=percent", 400, "It can be: count, rate."),
        ("/measure/mopac7?since=2020-01", 400, "runs from January 2008 to December 2018"),
        ("/measure/robbery?area=K04000001", 404, "has no figures for England and Wales"),
        ("/measure/..%2f..%2fetc", 404, "There is no such page"),
    ],
)
def test_unknown_address_or_option_gets_an_answer_in_words(get, address, status, expected):
    answer = get(address)
    assert answer.status_code == status
    assert expected in words(answer)
    assert "<script>alert" not in answer.get_data(as_text=True)


def test_every_select_keeps_what_the_address_chose(get):
    text = get("/measure/robbery?area=E09000006&show=rate&since=2019-04").get_data(as_text=True)
    chosen = re.findall(r'<option[^>]*selected[^>]*>([^<]+)<|<option[^>]*value="([^"]+)"[^>]*selected', text)
    assert {a or b for a, b in chosen} == {"Bromley", "Rate per 1,000 residents", "Since April 2019"}


def test_page_has_no_script_until_the_chart_is_explored(get):
    still, explored = get("/measure/homicide"), get("/measure/homicide?explore=yes")
    assert b"<script" not in still.data
    assert b'href="/measure/homicide?explore=yes#explore"' in still.data
    assert b"<script" in explored.data
    assert "unsafe-eval" not in explored.headers["Content-Security-Policy"]


def test_map_and_table_show_the_same_figures(get):
    page = get("/measure/robbery_personal")
    text = page.get_data(as_text=True)
    map_at = text.index('class="area-')
    assert text.index("A quarter or more") < map_at
    westminster = rows_named(page, "Westminster")
    assert westminster[0][5] == westminster[1][1]
    assert westminster[1][3] == "A quarter or more above"
    assert not rows_named(page, "City of London")


def test_a_survey_calls_different_only_what_its_interval_sets_apart(get):
    text = words(get("/measure/good_job_local"))
    assert "Nine boroughs differ from London by more than the sample allows" in text
    assert "Dashed: London, 47% (46% to 48%)." in text


def test_command_shown_reproduces_the_number(get, warehouse):
    command = re.search(r"python -m (etl explain [^<]+)<", get("/measure/robbery").get_data(as_text=True))[1].split()
    ran = done(*command[1:], "--warehouse", warehouse)
    assert "sha256" in ran.out


def test_the_list_names_each_measure_that_is_loaded_or_awaited_once(get):
    text = get("/measure").get_data(as_text=True)
    of_new_sources = {"dfe_youth_justice", "mps_outcomes_borough", "met_stop_and_search"}
    for measure in catalogue.measures().values():
        times = 0 if measure.source in of_new_sources else 1
        assert text.count(f'href="/measure/{measure.id}"') == times, measure.id
