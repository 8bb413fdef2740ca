"""Comparisons and recent trends agree with Fingertips; peers are chosen as stated."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.methods.comparison import against_line, against_rest, most_similar, rank_interval
from etl.methods.trend import recent_trend
from tests.etl.methods.published import read_json

BENCHMARK = read_json("fingertips_benchmark.json")
TRENDS = read_json("fingertips_trend.json")["cases"]


@pytest.mark.parametrize("case", BENCHMARK["cases"], ids=lambda case: case["polarity"])
def test_better_similar_worse(case):
    area = np.array(case["area"], dtype=float)
    found = against_line(area - BENCHMARK["spread"], area + BENCHMARK["spread"], case["benchmark"], case["polarity"])
    assert found.tolist() == case["expected"]


@pytest.mark.parametrize("case", TRENDS, ids=lambda case: case["name"])
def test_recent_trend(case):
    columns = {key: [point[key] for point in case["points"]] for key in case["points"][0]}
    found = recent_trend(
        columns["value"], columns["lower_ci"], columns["upper_ci"],
        polarity=case["polarity"], counts=columns["count"], denominators=columns["denominator"],
    )  # fmt: skip
    # without limits the published engine falls through to no change; the truth is that nothing can be said
    without_limits = all(limit is None for limit in columns["lower_ci"])
    assert found.state == ("CannotBeCalculated" if without_limits else case["expected"])


def test_only_the_latest_five_points_count():
    values = np.array([90.0, 80, 70, 10, 20, 30, 40, 50])
    assert recent_trend(values, values - 1, values + 1, polarity="High is good").state == "IncreasingAndGettingBetter"


def test_one_point_cannot_make_a_trend():
    values = np.array([10.1, 10.0, 10.1, 10.0, 60.0])
    assert recent_trend(values, values - 1, values + 1).state == "NoChange"


def test_a_limit_on_the_line_is_similar_and_a_missing_one_is_nothing():
    found = against_line([1.0, np.nan, 1.01], [2.0, 3.0, 2.0], 1.0, "Low is good")
    assert found.tolist() == ["Similar", "", "Worse"]


def test_an_area_is_compared_with_the_rest_and_never_with_itself():
    found = against_rest([50.0, 100.0, 150.0], [1000.0, 1000.0, 1000.0])
    np.testing.assert_allclose(found.rest_rate, [250 / 2000, 200 / 2000, 150 / 2000])
    np.testing.assert_allclose(found.ratio.value, [0.4, 1.0, 2.0])
    assert found.side.tolist() == ["Lower", "Similar", "Higher"]


def test_a_missing_area_is_in_nobodys_rest():
    found = against_rest([50.0, np.nan, 150.0], [1000.0, 1000.0, 1000.0])
    assert found.rest_rate[0] == 150 / 1000
    assert found.side[1] == ""


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


def test_rank_intervals_hold_the_rank_and_overlap_for_equal_areas():
    rank, low, high = rank_interval([10.0, 11, 12, 500], [100.0] * 4)
    assert rank.tolist() == [4, 3, 2, 1]
    assert (low <= rank).all()
    assert (rank <= high).all()
    assert (low[0], high[2]) == (2, 4)


@given(st.lists(st.integers(1, 10_000), min_size=3, max_size=33), st.integers(1, 1000))
def test_comparisons_do_not_depend_on_the_unit_of_exposure(counts, unit):
    people = np.arange(1.0, len(counts) + 1) * 1000
    first, second = against_rest(counts, people), against_rest(counts, people * unit)
    np.testing.assert_allclose(first.ratio.lower, second.ratio.lower, rtol=1e-9)


def test_a_slope_beyond_95_but_not_99_8_percent_is_no_change():
    values = np.arange(5.0)
    # equal errors e: chi-squared of a slope of 1 over five points is 10 / e^2; e = 1.25 gives 6.4, e = 1 gives 10
    state = {e: recent_trend(values, values - 1.96 * e, values + 1.96 * e) for e in (1.25, 1.0)}
    assert state[1.25].chi_squared == pytest.approx(10 / 1.25**2)
    assert (state[1.25].state, state[1.0].state) == ("NoChange", "Increasing")
