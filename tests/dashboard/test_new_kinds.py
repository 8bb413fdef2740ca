"""An annual table, a second grid of months and a file of records are added like any other, and their pages tell the truth."""

import csv
import datetime as dt
import html
import re
from zoneinfo import ZoneInfo

import pytest

from dashboard.figures import live_release
from tests.etl.commands import done, run, values
from tests.etl.made import edition

YOUTH = "dfe-youth-justice/derived_london_youth_rows.csv"
OUTCOMES = "mps-outcomes-borough/2022-09"
STOPS = "stop-and-search"


@pytest.fixture(scope="module")
def added(published_data, tmp_path_factory):
    """A warehouse of one made-up edition of recorded crime and the publishers' own files of three new sources."""
    folder = tmp_path_factory.mktemp("kinds")
    paths = [edition().write(folder / "made.csv"), *(published_data / name for name in (YOUTH, OUTCOMES, STOPS))]
    done("add", *paths, "--warehouse", folder / "warehouse", whole_catalogue=True)
    return folder / "warehouse"


@pytest.fixture
def page(added, app, monkeypatch):
    """The words of a page over that warehouse."""
    monkeypatch.setattr(live_release, "warehouse_dir", lambda: added)

    def words(address):
        answer = app.server.test_client().get(address, buffered=True)
        assert answer.status_code == 200, address
        text = re.sub(r"(?s)<(svg|script|style).*?</\1>|<[^>]+>", " ", answer.get_data(as_text=True))
        return re.sub(r"\s+", " ", html.unescape(text))

    return words


def test_an_annual_rate_is_told_as_one(added, page, published_data):
    with (published_data / YOUTH).open(encoding="utf-8") as lines:
        rows = [r for r in csv.DictReader(lines) if r["Short Desc"] == "FirstYJS" and r["LA and Regions"] == "Barnet"]
    assert values(added, "first_time_entrants", "Barnet") == {r["Years"]: float(r["Values"]) for r in rows}
    words = page("/measure/first_time_entrants")
    assert "157 first-time entrants per 100,000 aged 10 to 17 in London in 2024; 147 in 2023" in words
    assert "Borough figures run from 71 to 272" in words
    assert "Not judged: one figure a year is too few to tell a change from chance." in words
    assert "people asked" not in words
    assert "residents" not in words


def test_a_share_written_in_percent_is_a_share(added, page):
    assert values(added, "youth_reoffending", "London")["2024"] == pytest.approx(0.2873)
    assert "28.7% in London in 2024; 27.7% in 2023" in page("/measure/youth_reoffending")


def test_a_second_grid_of_months_is_not_taken_for_recorded_crime(added, page, published_data):
    path = next((published_data / OUTCOMES).glob("*SDs*"))
    with path.open(encoding="utf-8-sig") as lines:
        total = sum(int(row["202208"]) for row in csv.DictReader(lines))
    assert values(added, "sanction_detections", "London")["2022-08"] == total == 5_075
    assert max(values(added, "total_recorded_crime", "London")) == "2025-05"
    words = page("/measure/sanction_detections")
    assert "70,200 sanction detections were recorded in London in the 12 months to August 2022" in words
    assert "Per 1,000 residents" not in words
    assert "Not judged: " in words


def test_records_are_counted_by_the_month_in_london(added, page, published_data):
    london = ZoneInfo("Europe/London")
    with (published_data / STOPS / "2017-04-metropolitan-stop-and-search.csv").open(encoding="utf-8") as lines:
        months = [f"{dt.datetime.fromisoformat(r['Date']).astimezone(london):%Y-%m}" for r in csv.DictReader(lines)]
    figures = values(added, "stops_and_searches", "London")
    assert figures == {"2017-04": months.count("2017-04"), "2021-06": 16_685, "2023-03": 14_303}
    words = page("/measure/stops_and_searches")
    assert "14,300 stops and searches in London in March 2023" in words
    assert "Three single months are held from April 2017 to March 2023" in words
    assert "month has stayed" not in words


@pytest.mark.parametrize(
    ("measure", "period", "method"),
    [
        ("first_time_entrants", "2024", "As published."),
        ("sanction_detections", "2022-08", "Outcomes of the categories"),
        ("stops_and_searches", "2023-03", "As published."),
    ],
)
def test_a_figure_of_a_new_kind_is_explained_by_its_own_method(added, measure, period, method):
    passport = run("explain", measure, "London", period, "--warehouse", added, whole_catalogue=True)
    assert passport.code == 0
    assert method in passport.out
    assert "Offences of the categories" not in passport.out
    assert "Poisson" not in passport.out


def test_a_measure_without_figures_stands_in_no_list(page_at):
    assert "/measure/first_time_entrants" not in page_at("/measure").split("<main")[1]
