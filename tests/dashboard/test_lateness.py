"""Lateness is counted to the day a page is read, on every page that shows figures, by `/health` and by the command."""

import re
from datetime import UTC, date, datetime

import pytest

from dashboard.figures.feeds import feeds_today
from dashboard.words.lateness import runs_words
from etl.core import clock
from etl.definitions import catalogue
from etl.definitions.calendar import gap
from tests.dashboard.page_text import words

CRIME = catalogue.sources()["mps_recorded_crime_borough"]
SOON, LATE, A_YEAR_ON = (
    datetime(2026, 2, 10, 9, tzinfo=UTC),
    datetime(2026, 11, 30, 9, tzinfo=UTC),
    datetime(2027, 11, 30, tzinfo=UTC),
)
UNKNOWN = {
    SOON: "of January 2026: its figures are not due yet",
    LATE: "of the ten months since",
    A_YEAR_ON: "of the 22 months since",
}
DUE = {LATE: "Figures to September 2026 should be public", A_YEAR_ON: "Figures to September 2027 should be public"}
JUDGED_MONTHS = re.compile(r"from April to December 2025")


@pytest.fixture
def on(monkeypatch):
    """Sets the clock."""

    def set_clock(moment):
        monkeypatch.setattr(clock, "now", lambda: moment)

    return set_clock


def heading(response):
    return re.search(r"<h1[^>]*>(.*?)</h1>", response.get_data(as_text=True), re.S)[1]


@pytest.mark.parametrize("moment", [SOON, LATE, A_YEAR_ON])
def test_home_says_what_is_unknown_to_the_day_it_is_read(get, on, moment):
    on(moment)
    home = get("/")
    assert f"Recorded crime runs to December 2025. Nothing is known {UNKNOWN[moment]}" in words(home)
    assert (DUE.get(moment, "should be public and are not held.") in words(home)) == (moment is not SOON)
    assert JUDGED_MONTHS.search(heading(home))
    assert ("; nothing is known since" in heading(home)) == (moment is not SOON)


@pytest.mark.parametrize("address", ["/london?measure=burglary", "/measure/burglary", "/borough/E09000006", "/borough/BCU-SN"])
def test_headline_of_a_page_names_its_months_and_says_that_nothing_is_known_since(get, on, address):
    on(LATE)
    page = get(address)
    assert JUDGED_MONTHS.search(heading(page))
    assert heading(page).endswith("; nothing is known since")
    assert words(page).count(UNKNOWN[LATE]) == 1


@pytest.mark.parametrize(
    ("address", "unknown"), [("/justice", "ten months"), ("/confidence", "13 months"), ("/measure/trust_mps", "34 months")]
)
def test_quarterly_figures_are_counted_to_today_too(get, on, address, unknown):
    on(LATE)
    page = get(address)
    assert re.search(r"[Nn]othing is known since( December 2023)?$", heading(page))
    assert f"Nothing is known of the {unknown} since. Figures to June 2026 should be public" in words(page)


def test_a_measure_of_a_retired_list_is_not_called_late(get, on):
    on(LATE)
    assert "known since" not in heading(get("/measure/mopac7"))


def test_every_page_has_one_notice_of_how_late_figures_are(get, on):
    on(LATE)
    for address in ("/data", "/data/checks", "/boroughs", "/mopac-7", "/vulnerability", "/priorities"):
        assert get(address).get_data(as_text=True).count('class="notice late"') == 1, address


def test_a_page_kept_before_midnight_is_made_anew_after_it(get, on):
    on(datetime(2026, 2, 28, 23, 59, tzinfo=UTC))
    assert "its figures are not due yet" in words(get("/boroughs"))
    on(datetime(2026, 3, 1, 0, 1, tzinfo=UTC))
    assert "Figures to January 2026 should be public" in words(get("/boroughs"))


def test_the_day_is_londons(on):
    on(datetime(2026, 6, 30, 23, 30, tzinfo=UTC))
    assert clock.today() == date(2026, 7, 1)


def test_health_is_not_ok_once_a_source_is_late_and_counts_the_months(get, on):
    on(LATE)
    health = get("/health").get_json()
    assert (health["status"], health["today"], health["is_stale"]) == ("late", "2026-11-30", True)
    assert health["months_unknown"][CRIME.id] == 10
    crime = next(feed for feed in health["late"] if feed["source"] == CRIME.id)
    assert (crime["held_to"], crime["due_to"], crime["periods_late"], crime["late_since"]) == (
        "2025-12", "2026-09", 9, "2026-03-01",
    )  # fmt: skip
    on(A_YEAR_ON)
    assert get("/health").get_json()["months_unknown"][CRIME.id] == 22


def test_health_is_ok_while_every_source_runs_as_far_as_it_should(get, on, monkeypatch):
    on(SOON)
    monkeypatch.setattr("dashboard.site.lateness.feeds_today", lambda: tuple(f for f in feeds_today() if f.source.id == CRIME.id))
    health = get("/health").get_json()
    assert (health["status"], health["late"], health["is_stale"], health["months_unknown"]) == ("ok", [], False, {CRIME.id: 1})


@pytest.mark.parametrize(
    ("today", "follows"),
    [
        (date(2025, 12, 31), "Nothing later has ended."),
        (date(2026, 2, 1), "Nothing is known of January 2026: its figures are not due yet."),
        (
            date(2026, 3, 1),
            "Nothing is known of the two months since. Figures to January 2026 should be public and are not held.",
        ),
        (
            date(2026, 11, 30),
            "Nothing is known of the ten months since. Figures to September 2026 should be public and are not held.",
        ),
    ],
)
def test_what_follows_from_how_far_figures_run(today, follows):
    assert runs_words("recorded crime", gap(CRIME, "2025-12", today)) == ("Recorded crime runs to December 2025.", follows)


def test_the_expected_range_goes_on_over_months_that_have_no_figure_yet(get, on):
    on(LATE)
    page = get("/measure/burglary")
    text = words(page)
    assert (
        "To October 2026 there is no figure yet, and the band what they may have brought in nineteen of twenty futures." in text
    )
    assert re.search(r"October 2026 no figure yet; [\d,]+ to [\d,]+ expected", text)
    assert "November 2026 no figure yet" not in text
    # The label over the grey, and the last year of the axis, in the drawing itself.
    assert re.search(r"<text[^>]*>no figure yet</text>", page.get_data(as_text=True))
    on(datetime(2026, 1, 20, tzinfo=UTC))
    assert "no figure yet" not in words(get("/measure/burglary"))
