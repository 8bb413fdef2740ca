"""Comparisons agree with Fingertips; peers are chosen as stated."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.methods.comparison import against_line, against_rest, most_similar
from tests.etl.methods.published import read_json

BENCHMARK = read_json("fingertips_benchmark.json")


@pytest.mark.parametrize("case", BENCHMARK["cases"], ids=lambda case: case["polarity"])
def test_better_similar_worse(case):
    area = np.array(case["area"], dtype=float)
    sides = against_line(area - BENCHMARK["spread"], area + BENCHMARK["spread"], case["benchmark"], case["polarity"])
    assert sides.tolist() == case["expected"]


def test_a_limit_on_the_line_is_similar_and_a_missing_one_is_nothing():
    sides = against_line([1.0, np.nan, 1.01], [2.0, 3.0, 2.0], 1.0, "Low is good")
    assert sides.tolist() == ["Similar", "", "Worse"]


def test_an_area_is_compared_with_the_rest_and_never_with_itself():
    sides = against_rest([50.0, 100.0, 150.0], [1000.0, 1000.0, 1000.0])
    np.testing.assert_allclose(sides.rest_rate, [250 / 2000, 200 / 2000, 150 / 2000])
    np.testing.assert_allclose(sides.ratio.value, [0.4, 1.0, 2.0])
    assert sides.side.tolist() == ["Lower", "Similar", "Higher"]


def test_a_missing_area_is_in_nobodys_rest():
    sides = against_rest([50.0, np.nan, 150.0], [1000.0, 1000.0, 1000.0])
    assert sides.rest_rate[0] == 150 / 1000
    assert sides.side[1] == ""


def test_dispersion_makes_a_comparison_more_careful():
    counts, people = [130.0, 100, 100, 100], [1000.0] * 4
    assert against_rest(counts, people, level=0.9).side[0] == "Higher"
    assert against_rest(counts, people, level=0.9, dispersion=4.0).side[0] == "Similar"


def test_most_similar_follows_the_weights():
    table = [[0.0, 0.0], [0.1, 5.0], [5.0, 0.1], [0.2, np.nan]]
    assert most_similar(table, [1.0, 0.0], 0, 2).position.tolist() == [1, 3]
    assert most_similar(table, [0.0, 1.0], 0, 3).position.tolist() == [2, 1]
    with pytest.raises(ValueError, match="weights"):
        most_similar(table, [0.0, 0.0], 0, 2)


@given(st.lists(st.integers(1, 10_000), min_size=3, max_size=33), st.integers(1, 1000))
def test_comparisons_do_not_depend_on_the_unit_of_exposure(counts, unit):
    people = np.arange(1.0, len(counts) + 1) * 1000
    first, second = against_rest(counts, people), against_rest(counts, people * unit)
    np.testing.assert_allclose(first.ratio.lower, second.ratio.lower, rtol=1e-9)
