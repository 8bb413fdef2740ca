"""Two thousand made-up series: state, range, change, grade, date and sentence of each are one story."""

import re

import numpy as np
import pytest

from etl.core.grade import DOWN, LEANING, ON_YEAR, PROVEN, SET_AGAINST, UP, MoveState, grade_of, letter_of
from etl.core.period import every_month
from etl.judging import fitted, moves
from etl.judging.move_sentence import TO_LAST, sentence
from etl.judging.moves import window_to
from etl.judging.panel import Break, Panel

MONTHS = tuple(every_month("2014-04", "2025-12"))
COVID = Break("2020-03", "2021-06", is_restart=False, what="Covid")
FORCE_SIZE = 400


def made(kind_of_change, seed, with_force):
    """400 boroughs from 0.2 to 3,000 a month that wander, with a season; a third of them change this year."""
    generator = np.random.default_rng(seed)
    level = np.exp(generator.uniform(np.log(0.2), np.log(3000), FORCE_SIZE))[:, None]
    place = np.arange(len(MONTHS))
    wander = np.cumsum(generator.normal(0, 0.03, (FORCE_SIZE, place.size)), axis=1)
    rate = level * np.exp(wander) * (1 + 0.15 * np.cos(2 * np.pi * place / 12))
    some = np.arange(FORCE_SIZE) % 3 == 0
    if kind_of_change == "step":
        rate[np.ix_(some, place >= place.size - 9)] *= generator.uniform(0.4, 1.8, (some.sum(), 1))
    if kind_of_change == "one month":
        rate[some, -4] *= 5
    counts = generator.poisson(rate).astype(float)
    if kind_of_change == "gaps":
        counts[generator.random(counts.shape) < 0.05] = np.nan
    if kind_of_change == "short":
        counts[some, : generator.integers(110, 130)] = np.nan
    areas = tuple(f"A{i:03}" for i in range(FORCE_SIZE))
    kinds = ("borough",) * FORCE_SIZE
    if with_force:
        counts, areas, kinds = np.vstack([counts.sum(axis=0), counts]), ("Force", *areas), ("force", *kinds)
    return Panel("", "neither", areas, kinds, MONTHS, counts, {area: (COVID,) for area in areas}, {})


@pytest.fixture(scope="module", params=[("step", True), ("one month", True), ("gaps", False), ("short", False), ("none", True)])
def judged(request):
    change, with_force = request.param
    return moves.judge(made(change, 7, with_force), window_to("2025-12"), fitted.fitted())


def test_a_count_outside_its_range_is_never_no_clear_change_and_the_change_says_the_same(judged):
    for move in (m for m in judged if m.state in SET_AGAINST):
        is_outside = not move.lower <= move.observed <= move.upper
        assert is_outside == (move.change_lower > 0 or move.change_upper < 0), move
        assert not (is_outside and move.state in (MoveState.NO_CLEAR_CHANGE, MoveState.APART, *ON_YEAR)), move
        assert move.change_lower <= move.change <= move.change_upper, move
        assert move.lower <= move.expected + 1, move
        assert move.expected - 1 <= move.upper, move


def test_a_rise_lies_above_what_was_expected_and_a_fall_below(judged):
    for move in judged:
        if move.state in UP:
            assert move.observed > move.expected
        if move.state in DOWN:
            assert move.observed < move.expected


def test_the_grade_is_that_of_the_probability_and_the_proven_are_sure(judged):
    for move in judged:
        if move.grade is not None:
            assert move.state in (*UP, *DOWN)
            assert move.grade is grade_of(move.probability)
        if move.state in (MoveState.ROSE, MoveState.FELL):
            assert move.probability >= 0.75
            assert move.rests_on is None


def test_the_sentence_says_the_numbers_and_the_grade_of_the_row(judged):
    for move in judged:
        words = sentence(move)
        assert words.endswith(".")
        assert "nan" not in words
        assert "  " not in words
        if move.observed is not None:
            assert f"{move.observed:,} in April to December 2025" in words
            assert f"({move.lower:,} to {move.upper:,})" in words
        if move.grade is not None:
            assert TO_LAST[move.grade] in words
        if move.state in (*PROVEN, *LEANING) and move.state is not MoveState.APART:
            percent = re.search(r"(\d+)% (above|below) what was expected", words)
            assert percent, words
            assert int(percent[1]) == pytest.approx(abs(move.change) * 100, abs=0.51)
            assert (percent[2] == "above") == (move.state in UP)
        assert ("can be ruled out" in words) == (move.state in (MoveState.NO_CLEAR_CHANGE, *ON_YEAR))


def test_a_move_is_dated_within_its_window_and_only_moves_are(judged):
    for move in judged:
        assert (move.since is not None) == (move.state in (*UP, *DOWN))
        assert move.since is None or move.window[0] <= move.since <= move.window[1]


def test_every_state_has_one_letter_whatever_is_better():
    for state in MoveState:
        letters = {better: letter_of(state, better) for better in ("lower", "higher", "neither")}
        assert len(set(letters.values())) == (3 if state in (MoveState.ROSE, MoveState.FELL) else 1)


def test_a_months_burst_is_never_proven():
    judged = moves.judge(made("one month", 3, with_force=False), window_to("2025-12"), fitted.fitted())
    burst = [move for i, move in enumerate(judged) if i % 3 == 0]
    assert any(move.rests_on == "2025-09" for move in burst)
    assert not [move for move in burst if move.rests_on == "2025-09" and move.state in PROVEN]


@pytest.mark.parametrize(
    ("last", "first"),
    [("2025-12", "2025-04"), ("2025-06", "2025-04"), ("2025-05", "2024-06"), ("2025-04", "2024-05"), ("2026-03", "2025-04")],
)
def test_the_window_is_the_year_so_far_or_the_newest_twelve_months(last, first):
    assert window_to(last) == (first, last)


def test_a_restart_in_the_window_is_not_compared_across():
    panel = made("none", 1, with_force=False)
    area = panel.areas[0]
    panel.breaks[area] = (COVID, Break("2025-08", None, is_restart=True, what="Counted in another way."))
    move = moves.judge(panel, window_to("2025-12"), fitted.fitted())[0]
    assert (move.state, move.why) == (MoveState.BREAK, "Counted in another way.")
