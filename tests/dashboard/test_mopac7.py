"""MOPAC 7, then and now: counted again from the published file by another route, and held to what was published."""

import csv
import re

import pytest

from dashboard.features.mopac7.view_model import TargetLine, targets_by_borough, targets_in
from dashboard.features.mopac7.words import target_word
from dashboard.figures import queries
from etl.core.state import LEANS, QUIET
from tests.dashboard.registers import read, rows

CRIMES = {
    "mopac7_violence_with_injury": [
        ("Violence Against the Person", c) for c in ("Assault with Injury", "Grievous Bodily Harm", "Murder", "Wounding/GBH")
    ],
    "mopac7_robbery": [("Robbery", "Business Property"), ("Robbery", "Personal Property")],
    "mopac7_burglary": [("Burglary", "Burglary in a Dwelling"), ("Burglary", "Burglary in Other Buildings")],
    "mopac7_theft_from_person": [("Theft and Handling", "Other Theft Person")],
    "mopac7_theft_from_motor_vehicle": [("Theft and Handling", "Theft From Motor Vehicle")],
    "mopac7_theft_of_motor_vehicle": [("Theft and Handling", "Theft/Taking Of Motor Vehicle")],
    "mopac7_criminal_damage": [("Criminal Damage", None)],
}  # fmt: skip
YEARS = [[f"{y}{m:02d}" for m in range(4, 13)] + [f"{y + 1}{m:02d}" for m in range(1, 4)] for y in range(2011, 2016)]


@pytest.fixture(scope="module")
def published(published_data):
    path = published_data / "mps-recorded-crime-borough" / "2019-01" / "MPS_Borough_Level_Crime_Historic.csv"
    with path.open(encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


def counted(published, crime, borough=None):
    """Offences in each year April to March."""
    wanted = CRIMES[crime]

    def is_wanted(row):
        named = (row["Major Category"], row["Minor Category"])
        return any(major == named[0] and minor in (None, named[1]) for major, minor in wanted)

    chosen = [r for r in published if is_wanted(r) and borough in (None, r["Borough"])]
    return tuple(float(sum(int(r[m]) for r in chosen for m in year)) for year in YEARS)


def of_seven(targets, measure_id):
    return next(x for x in targets.seven if x.measure_id == measure_id)


@pytest.mark.parametrize("crime", CRIMES)
@pytest.mark.parametrize(("code", "borough"), [("E12000007", None), ("E09000006", "Bromley"), ("E09000033", "Westminster")])
def test_yearly_counts_equal_the_sums_of_the_published_file(app, published, crime, code, borough):
    assert of_seven(targets_in(code), crime).counts == counted(published, crime, borough)


def test_total_of_the_seven_equals_their_sum_in_every_borough(app):
    for targets in (targets_in("E12000007"), *targets_by_borough()):
        for year in range(5):
            assert targets.together.counts[year] == sum(x.counts[year] for x in targets.seven), targets.area.name


def test_london_totals_are_shown_as_first_published_and_as_held_now(page_at, on_record):
    text = read(page_at("/mopac-7"))
    for total in ("410,193", "382,970", "411,033", "384,474", "0.2% below", "0.4% below"):
        assert total in text


def test_three_of_the_seven_met_the_target_in_london(page_at, on_record):
    text = read(page_at("/mopac-7"))
    assert "The seven fell 19% from 2011/12 to 2015/16; three of seven met the target" in text
    met = {x.name for x in targets_in("E12000007").seven if x.is_met}
    assert met == {"Robbery", "Burglary", "Theft from a motor vehicle"}


def test_target_and_range_are_both_shown_and_may_disagree(page_at, on_record):
    table = rows(page_at("/mopac-7"))
    theft = next(r for r in table if r.startswith("Theft from the person") and "Missed" in r)
    assert "−19.2%" in theft
    assert "Better" in theft
    damage = next(r for r in table if r.startswith("Criminal damage") and "Missed" in r)
    assert "Leaning up, not proven" in damage


def test_high_harm_crimes_without_a_target_are_shown_but_not_called_worse(page_at, on_record):
    table = rows(page_at("/mopac-7"))
    rape = next(r for r in table if r.startswith("Rape") and "No target" in r)
    assert "Changed" in rape
    assert "+67" in rape
    assert not any(r.startswith(("Rape", "Other sexual", "Stalking")) and "Worse" in r for r in table)


def test_fall_of_exactly_20_per_cent_meets_the_target_and_anything_less_misses():
    def line(last):
        return TargetLine("mopac7_robbery", "Robbery", (1000.0, 990.0, 950.0, 900.0, last), None, has_target=True, citations=())

    assert target_word(line(800.0)) == "Met"
    assert target_word(line(801.0)) == "Missed"


def test_missing_year_is_called_not_held_rather_than_missed():
    line = TargetLine("mopac7_robbery", "Robbery", (1000.0, 990.0, None, 900.0, None), None, has_target=True, citations=())
    assert target_word(line) == "Not held"
    assert line.changes == ()


def test_targets_met_without_a_clear_change_are_counted_across_boroughs(page_at, on_record):
    borough_targets = targets_by_borough()
    met = [x for t in borough_targets for x in t.seven if x.counts[-1] <= 0.8 * x.counts[0]]
    unclear = [x for x in met if x.verdict.state in (*QUIET, *LEANS)]
    text = read(page_at("/mopac-7?area=E09000006"))
    assert f"{len(met)} of 224 targets were met. {len(unclear)} of those met show no clear change" in text


def test_reasons_it_ended_are_quoted_with_their_source(page_at, on_record):
    text = read(page_at("/mopac-7"))
    assert "both arbitrary and overly simplistic" in text
    assert "risked setting perverse incentives" in text
    assert "London Assembly Labour Group, 2 March 2017" in text


def test_mopac7_download_holds_every_place_and_names_its_sources(page_at, on_record):
    table = list(csv.DictReader(page_at("/download/mopac-7").splitlines()))
    assert {r["area"] for r in table} == {"E12000007", *(a.code for a in queries.areas("borough") if a.code != "E09000001")}
    london = next(r for r in table if r["area"] == "E12000007" and r["measure"] == "mopac7")
    assert (london["offences_2011_12"], london["offences_2015_16"], london["target"]) == ("410193", "333874", "Missed")
    assert all(re.match(r"mps_recorded_crime_borough/", r["editions"]) for r in table)


def test_city_of_london_is_not_among_the_places(page_at, on_record):
    assert "was not understood" in page_at("/mopac-7?area=E09000001", 400)


def test_chart_heading_states_its_finding(page_at):
    assert "Three of the seven met the target; all five that no target watched rose" in read(page_at("/mopac-7"))
