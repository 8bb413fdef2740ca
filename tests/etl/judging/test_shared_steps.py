"""A step that most boroughs take in one month is said to be more likely one of recording."""

from dataclasses import replace

import pytest

from etl.core.reason_words import sentence
from etl.definitions import reference
from etl.judging.finding import Finding
from etl.judging.shared_steps import caveats

BOROUGHS = [code for code, area in reference.areas().items() if area.kind == "borough" and code != "E09000001"]
LONDON = "E12000007"
QUIET = Finding("other_theft", LONDON, "N", window=("2025-04", "2025-12"), ratio=0.98, rule="window")


def changed(area, since="2025-04", ratio=0.7):
    return replace(QUIET, area=area, state="B" if ratio < 1 else "W", since=since, ratio=ratio)


def test_a_step_of_every_borough_in_one_month_is_said_beside_each_and_beside_london():
    sentences = caveats([changed(LONDON), *(changed(area) for area in BOROUGHS)])
    assert set(sentences) == {("other_theft", area) for area in (LONDON, *BOROUGHS)}
    assert sentence(sentences["other_theft", LONDON]) == (
        "All 32 boroughs fell, most of them from April 2025: a step that so many take in one month is more often a change in how "
        "crime is recorded than in crime."
    )


def test_the_category_that_gains_is_told_too_and_quiet_areas_are_not():
    rising = [changed(area, ratio=1.6) for area in BOROUGHS[:19]]
    sentences = caveats([QUIET, *rising, *(replace(QUIET, area=area) for area in BOROUGHS[19:])])
    assert len(sentences) == 19
    assert all(sentence(step).startswith("19 of 32 boroughs rose, most of them from April 2025:") for step in sentences.values())


@pytest.mark.parametrize("case", ["spread over months", "fewer than half", "few boroughs judged"])
def test_a_change_that_is_not_shared_in_one_month_needs_no_caveat(case):
    months = ["2025-04", "2025-05", "2025-06", "2024-11"]
    findings = {
        # the rise of shoplifting in 2023: most boroughs, four in ten from one month
        "spread over months": [changed(area, since=months[i % 4]) for i, area in enumerate(BOROUGHS)],
        "fewer than half": [changed(a) for a in BOROUGHS[:15]] + [replace(QUIET, area=a) for a in BOROUGHS[15:]],
        "few boroughs judged": [changed(area) for area in BOROUGHS[:9]],
    }
    assert caveats(findings[case]) == {}
