"""The evidence sheet: level, trend, what two years brought elsewhere, and what is not held."""

import csv
import re

import numpy as np
import pytest

from dashboard import queries
from dashboard.register.measures import candidates
from dashboard.shown.evidence import evidence
from tests.dashboard.registers import plant, read, rows

BROMLEY = "E09000006"
SHEET = f"/priorities/evidence/{BROMLEY}"


@pytest.fixture(scope="module")
def sheet(app):
    return {c.measure.id: c for c in evidence(BROMLEY)}


def rate(measure_id, code, period):
    series = queries.measure_series(f"{measure_id}_rolling_year_rate", code)
    return next(p for p in series.points if p.period == period)


def test_every_measure_that_may_be_chosen_is_on_the_sheet_high_harm_first(sheet):
    assert list(sheet) == [*candidates().harm, *candidates().volume]


def test_level_is_set_beside_all_other_boroughs_added_up(sheet):
    level = sheet["burglary"].level
    others = [rate("burglary", a.code, level.period) for a in queries.areas("borough") if a.code not in (BROMLEY, "E09000001")]
    rest = sum(p.numerator for p in others) / sum(p.denominator for p in others) * 1000
    assert level.rest == pytest.approx(rest)
    assert level.ratio == pytest.approx(rate("burglary", BROMLEY, level.period).value / rest)
    assert level.lower < level.ratio < level.upper


def test_two_years_elsewhere_are_the_changes_of_the_other_boroughs(sheet):
    found = sheet["burglary"].two_years
    before = f"{int(found.period[:4]) - 2}{found.period[4:]}"
    changes = [
        rate("burglary", a.code, found.period).value / rate("burglary", a.code, before).value - 1
        for a in queries.areas("borough")
        if a.code not in (BROMLEY, "E09000001")
    ]
    if not found.is_similar:
        assert found.changes == pytest.approx(sorted(changes))
    assert found.spread == pytest.approx(tuple(np.quantile(found.changes, [0, 0.25, 0.5, 0.75, 1])))
    assert found.fell_by_a_fifth == sum(1 for c in found.changes if c <= -0.2)


def test_two_years_are_never_taken_across_a_break(sheet):
    found = sheet["shoplifting"].two_years
    # Shoplifting starts again in March 2024: no two years since can be compared yet.
    assert found is None or found.period <= "2024-02"


def test_measure_with_hardly_any_offences_promises_nothing(app, on_record, page_at, sheet):
    assert sheet["homicide"].two_years is None
    assert any(r.startswith("Homicide") and "not shown" in r for r in rows(page_at(SHEET)))


def test_wards_are_said_not_to_be_held(page_at, on_record):
    assert "No ward figure is held here" in read(page_at(SHEET))


def test_residents_speak_through_the_survey_and_through_earlier_choices(page_at, on_record):
    said = read(page_at(SHEET))
    assert "What residents asked for before None recorded." in said
    assert re.search(r"Police do a good job in the local area ?: \d+%", said)
    plant(on_record, BROMLEY, "shoplifting", residents_asked="Safer buses")
    assert "2025/26: Safer buses" in read(page_at(SHEET))


def test_sheet_is_printed_with_its_tables(page_at, on_record):
    html = page_at(SHEET)
    assert "Each measure that may be chosen" in html
    assert "Change over two years, per 1,000 residents" in html
    assert "<details" not in html.split("Each measure that may be chosen")[0].rsplit("<section", 1)[1]


def test_sheet_downloads_one_line_a_measure(page_at, on_record):
    table = list(csv.DictReader(page_at(f"/download{SHEET}").splitlines()))
    assert [r["measure"] for r in table] == [*candidates().harm, *candidates().volume]


def test_only_boroughs_under_the_plan_have_a_sheet(page_at, on_record):
    for code in ("E09000001", "E12000007", "BCU-SN"):
        assert "chooses no priorities here" in read(page_at(f"/priorities/evidence/{code}", 404))


def test_boroughs_compared_with_are_named(page_at, sheet):
    said = read(page_at(SHEET))
    if sheet["burglary"].two_years.is_similar:
        named = re.search(r"in the ten most similar boroughs \(([^)]*)\)", said)
        assert named is not None
        assert sum(1 for a in queries.areas("borough") if a.name in named[1]) == 10


def test_what_residents_say_has_its_interval_and_what_it_cannot_tell(page_at):
    said = read(page_at(SHEET)).split("What residents say")[1]
    assert re.search(r"\d+% in the 12 months to \w+ \d{4}; London \d+%\. Bromley’s figure could be \d+% to \d+%", said)


def test_a_count_outside_its_range_is_explained(page_at):
    assert "one as far out comes by chance too often" in read(page_at(SHEET))
