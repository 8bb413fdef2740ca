"""The evidence sheet: level, trend, what two years brought elsewhere, and what is not held."""

import csv
import re

import numpy as np
import pytest

from dashboard.figures import queries
from dashboard.figures.evidence import Candidate, Level, evidence
from dashboard.register.measures import candidates
from dashboard.words import evidence as words
from etl.core.written import count_word
from tests.dashboard.registers import plant, read, rows

BROMLEY = "E09000006"
SHEET = f"/priorities/evidence/{BROMLEY}"


@pytest.fixture(scope="module")
def sheet(app):
    return {c.measure.id: c for c in evidence(BROMLEY)}


def rate(measure_id, code, period):
    series = queries.measure_series(f"{measure_id}_rolling_year_rate", code)
    return next(p for p in series.points if p.period == period)


def test_sheet_lists_every_eligible_measure_high_harm_first(sheet):
    assert list(sheet) == [*candidates().harm, *candidates().volume]


def test_level_is_compared_with_the_sum_of_all_other_boroughs(sheet):
    level = sheet["burglary"].level
    others = [rate("burglary", a.code, level.period) for a in queries.areas("borough") if a.code not in (BROMLEY, "E09000001")]
    rest = sum(p.numerator for p in others) / sum(p.denominator for p in others) * 1000
    assert level.rest == pytest.approx(rest)
    assert level.ratio == pytest.approx(rate("burglary", BROMLEY, level.period).value / rest)
    assert level.lower < level.ratio < level.upper


def test_two_year_spread_holds_the_changes_of_the_other_boroughs(sheet):
    two_years = sheet["burglary"].two_years
    before = f"{int(two_years.period[:4]) - 2}{two_years.period[4:]}"
    changes = [
        rate("burglary", a.code, two_years.period).value / rate("burglary", a.code, before).value - 1
        for a in queries.areas("borough")
        if a.code not in (BROMLEY, "E09000001")
    ]
    if not two_years.is_similar:
        assert two_years.changes == pytest.approx(sorted(changes))
    assert two_years.spread == pytest.approx(tuple(np.quantile(two_years.changes, [0, 0.25, 0.5, 0.75, 1])))
    assert two_years.fell_by_a_fifth == sum(1 for c in two_years.changes if c <= -0.2)


def test_two_year_change_is_never_computed_across_a_break(sheet):
    two_years = sheet["shoplifting"].two_years
    # Shoplifting starts again in March 2024: no two years since can be compared yet.
    assert two_years is None or two_years.period <= "2024-02"


def test_measure_with_very_few_offences_promises_no_detection_time(app, on_record, page_at, sheet):
    assert sheet["homicide"].two_years is None
    assert any(r.startswith("Homicide") and "not shown" in r for r in rows(page_at(SHEET)))


def test_sheet_says_that_ward_figures_are_not_held(page_at, on_record):
    assert "No ward figure is held here" in read(page_at(SHEET))


def test_sheet_shows_survey_answers_and_what_residents_asked_for_before(page_at, on_record):
    text = read(page_at(SHEET))
    assert "What residents asked for before None recorded." in text
    assert re.search(r"Police do a good job in the local area ?: \d+%", text)
    plant(on_record, BROMLEY, "shoplifting", residents_asked="Safer buses")
    assert "2025/26: Safer buses" in read(page_at(SHEET))


def test_sheet_prints_with_its_tables(page_at, on_record):
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


def test_sheet_names_the_boroughs_it_compares_with(page_at, sheet):
    text = read(page_at(SHEET))
    if sheet["burglary"].two_years.is_similar:
        named = re.search(r"in the ten most similar boroughs \(([^)]*)\)", text)
        assert named is not None
        assert sum(1 for a in queries.areas("borough") if a.name in named[1]) == 10


def test_survey_answers_show_their_interval_and_its_limits(page_at):
    text = read(page_at(SHEET)).split("What residents say")[1]
    of_london = r"\d+% in the 12 months to \w+ \d{4}; London \d+% \(\d+% to \d+%\)\."
    assert re.search(rf"{of_london} Bromley’s figure could be \d+% to \d+%", text)


def test_a_count_outside_its_range_is_explained(page_at):
    assert "A count outside its range leans at least" in read(page_at(SHEET))


def test_two_year_chart_marks_the_fall_of_a_fifth(page_at, sheet):
    html = page_at(SHEET)
    text = read(html)
    ambition = html.split('id="ambition"')[1].split("<section")[0]
    assert ">−20%<" in ambition
    known = [c.two_years for c in sheet.values() if c.two_years]
    never = sum(1 for k in known if min(k.changes) > -0.2)
    assert re.search(rf"On \w+ of {len(known)} measures no \w+ borough fell by a fifth in two years", text)
    assert f"On {count_word(never)} of {len(known)}" in text


def test_spread_of_other_boroughs_has_its_own_columns(page_at, sheet):
    two_years = sheet["burglary"].two_years
    # Ten are the most similar; one whose years a restart parts is left out.
    row = next(r for r in rows(page_at(SHEET)) if r.startswith("Burglary ") and f" of {len(two_years.changes)}" in r)
    assert 8 <= len(two_years.changes) <= 10
    low, first, middle, third, high = (f"{round(q * 100):+d}%".replace("-", "−") for q in two_years.spread)
    assert f"{middle} " in row
    assert f"{first} to {third}" in row
    assert f"{low} to {high}" in row


def level(ratio, lower, upper, side):
    return Level("2025-12", ratio, 1.0, ratio, lower, upper, side, ())


def test_doubling_is_written_as_times_and_a_wide_interval_is_not_called_similar():
    assert words.difference_words(level(3.06, 2.77, 3.36, "Higher")) == "3.1 times (2.8 to 3.4 times)"
    assert words.difference_words(level(17.7, 13.8, 22.6, "Higher")) == "18 times (14 to 23 times)"
    assert words.difference_words(level(1.7, 1.39, 2.06, "Higher")) == "70% higher (+39% to +106%)"
    assert words.difference_words(level(0.45, 0.01, 2.56, "Similar")) == "no clear difference (−99% to +156%)"


def test_levels_headline_omits_a_side_without_measures():
    bromley = queries.area(BROMLEY)

    def on(*sides):
        return [Candidate(None, False, level(1.0, 0.9, 1.1, side), None, None, None) for side in sides]

    higher = words.level_headline(bromley, on("Higher", "Higher", "Similar"))
    assert higher == "Bromley is higher than the rest of London on two measures, not clearly different on one"
    assert words.level_headline(bromley, on("Lower")) == "Bromley is lower than the rest of London on one measure"
    both = words.level_headline(bromley, on("Higher", "Lower", "Similar"))
    assert both == "Bromley is higher than the rest of London on one measure, lower on one and not clearly different on one"
    assert "neither higher nor lower" in words.level_headline(bromley, on("Similar"))
