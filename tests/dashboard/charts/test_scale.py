"""Ticks, text and pixels."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.charts.scale import Linear, Ratio, tick_texts, value_axis
from dashboard.charts.svg import escaped, pixels, shortened, text_width, wrapped

SPREAD = st.lists(st.floats(0, 1e7).map(lambda v: round(v, 4)), min_size=2, max_size=20)


@given(SPREAD)
def test_any_values_get_three_to_five_ticks_inside_the_scale(values: list[float]) -> None:
    axis = value_axis(values, is_whole=False)
    assert 3 <= len(axis.ticks) <= 5
    assert axis.low <= min(values)
    assert axis.high >= max(values)
    assert all(axis.low - 1e-6 * abs(axis.high) <= t <= axis.high * (1 + 1e-6) for t in axis.ticks)


@given(st.lists(st.integers(0, 50_000), min_size=2, max_size=20))
def test_counts_are_never_given_a_tick_between_whole_numbers(values: list[int]) -> None:
    assert all(t == int(t) for t in value_axis([float(v) for v in values], is_whole=True).ticks)


@given(SPREAD)
def test_a_scale_starts_at_zero_when_its_lowest_is_under_thirty_per_cent_of_its_highest(values: list[float]) -> None:
    if min(values) < 0.3 * max(values):
        assert value_axis(values, is_whole=False).starts_at_zero


def test_ticks_say_no_more_than_tells_them_apart() -> None:
    assert tick_texts((4000, 5000, 6000)) == ("4,000", "5,000", "6,000")
    assert tick_texts((0, 0.5, 1)) == ("0", "0.5", "1")
    assert tick_texts((0.4, 0.6, 0.8), is_percentage=True) == ("40", "60", "80%")
    assert tick_texts((-0.01, 0, 0.01), is_percentage=True, signed=True) == ("−1", "0", "+1%")


def test_a_value_half_way_is_half_way() -> None:
    assert Linear((0, 10), (100, 200))(5) == 150
    assert Ratio((1, 4), (0, 100))(2) == 50
    assert Ratio((1, 4), (0, 100))(0) == 0, "zero stands at the foot"
    assert Ratio((1, 4), (0, 100))(99) == 100


@given(st.text())
def test_any_text_is_safe_in_an_element_and_in_an_attribute(words: str) -> None:
    safe = escaped(words)
    assert not set(safe) & set("<>\"'")
    assert all(ord(c) >= 32 or c in "\t\n\r" for c in safe)


def test_coordinates_have_one_decimal_and_no_negative_zero() -> None:
    assert (pixels(1.25), pixels(-0.01), pixels(10)) == ("1.2", "0.0", "10.0")


def test_words_are_cut_and_wrapped_between_words_only() -> None:
    assert shortened("Inner London Sessions House", 150) == "Inner London …"
    assert shortened("Barnet", 10) == "Barnet …"
    assert wrapped("Hammersmith and Fulham 8.4", 110) == ("Hammersmith", "and Fulham 8.4")
    assert text_width("abcd") == pytest.approx(4 * 14 * 0.55)
