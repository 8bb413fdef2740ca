"""The London page: who drives a change, what a command hides, and figures counted again from the published file."""

import csv
import re
from datetime import date

import pytest

from dashboard.words.london import (
    change_words,
    changes_headline,
    clear_sentence,
    command_sentence,
    london_headline,
    rates_headline,
    where_sentence,
)
from dashboard.words.verdicts import STATES
from etl.definitions import catalogue
from etl.definitions.calendar import gap
from etl.methods.area_change import area_changes
from tests.dashboard.page_text import rows_named, words
from tests.dashboard.small_records import LONDON_AREA, ROBBERY, series, verdict

NEWEST = "mps-recorded-crime-borough/2026-01/MPS Borough Level Crime (most recent 24 months).csv"
FROM_VEHICLES = "THEFT FROM A VEHICLE"
ARROWS_AND_RANKS = re.compile("[\u2190-\u21ff\u25b2\u25bc]|\\branked\\b|\\btop \\d|\\bleague\\b")
ROBBERIES = series(ROBBERY, LONDON_AREA, {"2025-12": 1900})


@pytest.fixture(scope="module")
def published(published_data):
    """Rows of the newest published file, read without any code of ours."""
    with (published_data / NEWEST).open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def test_headline_of_a_change_gives_its_size_and_range():
    sentence = london_headline(ROBBERIES, verdict("B"), None)
    assert sentence == "From April to December 2025 London recorded 12% fewer robberies than expected (6% to 19% fewer)"


def test_doubling_or_more_is_written_as_a_multiple():
    sentence = london_headline(ROBBERIES, verdict("W", ratio=2.5, ratio_lower=2.2, ratio_upper=2.8), None)
    assert sentence == "From April to December 2025 London recorded 2.5 times as many robberies as expected (2.2 to 2.8 times)"


def test_headline_says_plainly_when_nothing_changed():
    quiet = "Robberies in London: no clear change from April to December 2025"
    assert london_headline(ROBBERIES, verdict("N"), None) == quiet
    late = gap(catalogue.sources()["mps_recorded_crime_borough"], "2025-12", date(2026, 11, 30))
    assert london_headline(ROBBERIES, verdict("N"), late) == f"{quiet}; nothing is known since"


def test_changed_boroughs_are_named_and_unchanged_ones_counted():
    named = [("Camden", verdict("W")), ("Croydon", verdict("B")), ("Sutton", verdict("N")), ("Brent", verdict("N"))]
    assert where_sentence(named) == "Worse in Camden. Better in Croydon. No clear change in the other two."


def test_shares_of_a_change_are_given_only_where_london_changed():
    named = [("Ash", -60.0, -90.0, -30.0), ("Beech", -30.0, -60.0, 0.0), ("Cedar", 10.0, -20.0, 40.0)]
    assert changes_headline(named, -80.0, -120.0, -40.0) == "2 of 3 boroughs recorded fewer; Ash and Beech rose most".replace(
        "rose", "fell"
    )
    assert changes_headline([*named, ("Dale", -40.0, -70.0, -10.0)], -120.0, -160.0, -80.0).startswith(
        "3 of 4 boroughs recorded fewer; Ash"
    )
    assert "within chance" in changes_headline(named, -80.0, -190.0, 30.0)
    assert clear_sentence(named) == "Clear of 0, each taken alone: Ash (fewer)."
    assert change_words(32, -80, -120, -40) == "All 32 boroughs: −80 (−120 to −40)."


def test_borough_that_worsens_while_its_command_does_not_is_named():
    quiet, worse, better = verdict("N"), verdict("W"), verdict("B")
    assert command_sentence(quiet, [("Bromley", quiet), ("Croydon", worse)]) == "Its figure hides Croydon, which is worse."
    assert command_sentence(worse, [("Bromley", quiet), ("Croydon", worse)]) == "Worse, and so is Croydon."
    assert command_sentence(worse, [("Bromley", better), ("Croydon", worse)]) == "Croydon is worse, Bromley better."
    assert command_sentence(quiet, [("Bromley", quiet), ("Sutton", quiet)]) == "Nothing is hidden: no borough in it moved."


def test_rates_headline_gives_no_ranking():
    assert (
        rates_headline(["higher", "lower", "similar"]) == "Rates are higher than in the rest of London in 1 borough, lower in 1"
    )


def test_interval_of_a_change_widens_as_areas_differ_more():
    # Worked by hand: shares of one half; Pearson 100/45 + 100/55 = 4.04 with one degree of freedom.
    changes = area_changes([100, 100], [80, 120])
    assert changes.dispersion == pytest.approx(4.0404, abs=1e-4)
    assert changes.lower[0] == pytest.approx(-20 - 1.95996 * (4.0404 * 180) ** 0.5, abs=0.01)
    assert area_changes([100, 100], [100, 100]).dispersion == 1.0


def test_no_change_is_computed_from_missing_counts():
    with pytest.raises(ValueError, match="not below nil"):
        area_changes([1, float("nan")], [1, 2])


def test_borough_contributions_equal_the_published_file(get, published):
    months = [f"{year}{month:02d}" for year in (2024, 2025) for month in range(1, 13)]
    page = get("/london?measure=theft_from_motor_vehicle")
    for borough in ("Lambeth", "Kingston upon Thames"):
        mine = [r for r in published if r["BoroughName"].strip() == borough and r["MinorText"].strip() == FROM_VEHICLES]
        assert mine, borough
        before = sum(int(float(r[m])) for r in mine for m in months[:12])
        now = sum(int(float(r[m])) for r in mine for m in months[12:])
        changes = [row for row in rows_named(page, borough) if len(row) == 6]
        assert changes[0][1:3] == [f"{before:,}", f"{now:,}"]


def test_verdict_table_has_a_cell_in_words_for_every_area_and_measure(get):
    page = get("/london").get_data(as_text=True)
    labels = re.findall(r'aria-label="([^":]+), ([^":]+): ([^"]+)"', page)
    areas = list(dict.fromkeys(area for area, _, _ in labels))
    assert areas[0] == "London"
    assert areas[1:] == sorted(areas[1:])
    assert len(areas) == 33
    assert "City of London" not in areas
    named = {f"{way} on the year, as expected" for way in ("Up", "Down")} | {f"Changed: {way}" for way in ("up", "down")}
    leans = {
        f"{lean} {way}{tail}"
        for lean, tail in (("Leaning", ", not proven"), ("Provisional: leaning", ""))
        for way in ("up", "down")
    }
    assert {word for _, _, word in labels} <= {*STATES.values(), *named, *leans}


def test_city_of_london_has_a_tile_without_a_figure(get):
    page = get("/london").get_data(as_text=True)
    tile = re.search(r"<li[^>]*><?[^>]*>?(?:(?!</li>).)*City of London(?:(?!</li>).)*</li>", page, flags=re.S)
    assert tile is not None
    assert "Its own police force" in tile[0]
    assert "<svg" not in tile[0]


@pytest.mark.parametrize(
    "measure", ["violence_with_injury", "homicide", "shoplifting", "drug_trafficking", "total_recorded_crime"]
)
def test_no_measure_gets_arrows_or_ranks(get, measure):
    page = get(f"/london?measure={measure}")
    assert page.status_code == 200
    text = words(page)
    assert not ARROWS_AND_RANKS.search(text)
    assert "nan" not in text.split()
    assert "None" not in re.findall(r"\bNone\b(?! after| of| is| recorded|:)", text)


def test_break_shortens_the_months_compared_and_the_page_says_so(get):
    text = words(get("/london?measure=violence_with_injury"))
    assert "March to December 2025 less the same months a year before" in text
    assert "Months before March 2024 were counted another way" in text


def test_rare_crime_is_drawn_as_twelve_month_totals(get):
    assert "over twelve months, since single months are too few to draw" in words(get("/london?measure=homicide"))


def test_themes_list_their_measures_and_name_what_is_not_held(get):
    text = words(get("/london"))
    assert "Theme Volume Harm Victims Confidence Outcomes" in text
    assert "none held" in text


def test_picker_is_a_plain_form_that_keeps_the_other_choices(get):
    page = get("/london?measure=rape&table=all").get_data(as_text=True)
    form = re.search(r'<form[^>]*method="get"[^>]*>.*?</form>', page, flags=re.S)
    assert form is not None
    assert 'name="measure"' in form[0]
    assert 'name="table"' in form[0]


@pytest.mark.parametrize("measure", ["%3Cscript%3E", "mopac7", "robbery_rate", "good_job_local", "%00"])
def test_unknown_measure_is_named_on_the_error_page(get, measure):
    page = get(f"/london?measure={measure}")
    assert page.status_code == 400
    assert "is not a value of" in words(page)
    assert "<script>" not in page.get_data(as_text=True)
