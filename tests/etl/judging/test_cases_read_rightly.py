"""Real series a competent analyst has read: the judging reads each the same way, April to December on what March knew."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from etl.core.areas import LONDON
from etl.core.grade import DOWN, LEANING, ON_YEAR, PROVEN, UP, Grade, MoveState
from etl.definitions import reference
from etl.judging import fitted, moves
from etl.judging.move_sentence import sentence

UPWARDS = (*UP, MoveState.UP_ON_YEAR)
DOWNWARDS = (*DOWN, MoveState.DOWN_ON_YEAR)
CODE = {area.name: code for code, area in reference.areas().items()}


@pytest.fixture(scope="module")
def read(panels):
    @cache
    def in_year(measure, year):
        judged = moves.judge(panels[measure], (f"{year}-04", f"{year}-12"), fitted.fitted(), measure=measure)
        return {move.area: move for move in judged}

    return lambda measure, place, year=2025: in_year(measure, year)[CODE.get(place, place)]


FELL = [
    ("theft_from_person", "Westminster", "28% fewer, London's largest single contribution"),
    ("theft_from_person", "Camden", "32% fewer"),
    ("robbery_personal", "Camden", "34% fewer"),
    ("shoplifting", "Barking and Dagenham", "42% fewer; ask whether shops still report"),
    ("shoplifting", "Southwark", "37% fewer, in an erratic series"),
    ("theft_from_motor_vehicle", "Waltham Forest", "32% fewer, with London"),
    ("theft_from_motor_vehicle", "Islington", "31% fewer, with London"),
    ("theft_from_person", "Lewisham", "fell against last year, not against two years"),
    ("theft_from_motor_vehicle", LONDON, "19% fewer"),
    ("burglary", LONDON, "11% fewer and the lowest there is"),
    ("theft_from_person", LONDON, "15% fewer"),
]
ROSE = [
    ("shoplifting", "Kensington and Chelsea", "34% more"),
    ("robbery_business", "Westminster", "48% more"),
    ("robbery", "Redbridge", "36% more: a likely rise"),
    ("rape", "Hounslow", "35% more"),
    ("violence_without_injury_with_stalking", LONDON, "rose in 32 of 32 boroughs"),
    ("violence_without_injury", LONDON, "rose in 30 of 32 boroughs"),
    ("violence_without_injury", "Redbridge", "up"),
    ("possession_of_weapons", LONDON, "13% more"),
]


@pytest.mark.parametrize(("measure", "place", "why"), FELL)
def test_what_fell_reads_as_a_fall(read, measure, place, why):
    move = read(measure, place)
    assert move.state in DOWNWARDS, (why, sentence(move))
    assert "fewer than the year before" in sentence(move)


@pytest.mark.parametrize(("measure", "place", "why"), ROSE)
def test_what_rose_reads_as_a_rise(read, measure, place, why):
    move = read(measure, place)
    assert move.state in UPWARDS, (why, sentence(move))
    assert "more than the year before" in sentence(move)


@pytest.mark.parametrize("year", [2023, 2024])
def test_londons_thefts_from_the_person_rose_in_both_years(read, year):
    assert read("theft_from_person", LONDON, year).state in UPWARDS


def test_westminsters_thefts_stood_outside_their_range_and_were_almost_certain_to_stay_down(read):
    move = read("theft_from_person", "Westminster")
    assert move.observed < move.lower
    assert move.grade is Grade.ALMOST_CERTAIN


def test_an_erratic_series_is_not_proven(read):
    assert read("shoplifting", "Southwark").state not in PROVEN


@pytest.mark.parametrize("place", ["Redbridge", "Waltham Forest"])
def test_a_series_back_at_its_level_has_not_moved_from_what_was_expected(read, place):
    measure = "robbery_personal" if place == "Redbridge" else "theft_from_person"
    assert read(measure, place).state not in (*PROVEN, *LEANING)


@pytest.mark.parametrize("place", ["Hillingdon", LONDON])
def test_a_step_of_recording_is_no_change_of_crime(read, place):
    """Hillingdon counted 128% more and London 43% more: since September 2024 other things are counted as drug trafficking."""
    assert read("drug_trafficking", place, 2024).state is MoveState.BREAK
    assert read("drug_trafficking", place).state is MoveState.TOO_EARLY


def test_covid_makes_no_expectation_through_the_table_of_breaks_as_it_is_stored(panels):
    """The row of Covid is stored by area, not for every area: the months must be out of level and season all the same."""
    panel = panels["theft_from_person"]
    months = np.array(panel.months)
    covid = (months >= "2020-03") & (months <= "2021-06")
    spoiled = panel.counts.copy()
    spoiled[:, covid] = 1.0
    window = ("2025-04", "2025-12")
    plain = moves.judge(panel, window, fitted.fitted())
    again = moves.judge(replace(panel, counts=spoiled), window, fitted.fitted())
    assert [m.expected for m in again] == pytest.approx([m.expected for m in plain])


def test_no_borough_or_measure_contradicts_itself(panels):
    for measure, panel in panels.items():
        for move in moves.judge(panel, ("2025-04", "2025-12"), fitted.fitted(), measure=measure):
            if move.change is None:
                continue
            outside = not move.lower <= move.observed <= move.upper
            assert not (outside and move.state in (MoveState.NO_CLEAR_CHANGE, *ON_YEAR))
            assert f"{move.observed:,} in April to December 2025" in sentence(move)
