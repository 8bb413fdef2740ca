"""Control charts and runs agree with qicharts2's textbook examples, and behave for any input."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.methods import control_charts as charts
from etl.methods.runs import binomial_quantile, runs
from tests.etl.methods.published import read_csv, read_json

PUBLISHED = read_csv("spc_qicharts2.csv")
EXAMPLES = read_json("spc_qicharts2.meta.json")["examples"]


def test_every_published_example_is_tested():
    assert set(EXAMPLES) == set(PUBLISHED["example"]) == set(CHART_OF)


CHART_OF = {
    "ex_6.5_3": lambda t: charts.i_chart(t["y_sum"], include=limits_from(t)),
    "ex_6.5_4": lambda t: charts.mr_chart(t["y_sum"], include=limits_from(t)),
    "ex_7.1_5": lambda t: charts.p_chart(t["y_sum"], t["n"], groups=t["part"].tolist(), include=limits_from(t)),
    "tbl_7.4_1": lambda t: charts.p_chart(t["y_sum"], t["n"]),
    "ex_7.3_3": lambda t: charts.c_chart(t["y_sum"], include=limits_from(t)),
    "ex_7.4_1": lambda t: charts.u_chart(t["y_sum"], t["n"]),
    "ex_7.5_1": lambda t: charts.u_chart(t["y_sum"], t["n"], multiplier=50),
    "ex_7.6_1": lambda t: charts.t_chart(t["y_sum"]),
}


def limits_from(table: pd.DataFrame):
    return (table["baseline"] == 1) & (table["include"] == 1)


@pytest.mark.parametrize("example", EXAMPLES)
def test_limits_of_the_textbook_example(example):
    table = PUBLISHED[PUBLISHED["example"] == example].reset_index(drop=True)
    chart = CHART_OF[example](table)
    for ours, published in ((chart.value, "y"), (chart.centre, "cl"), (chart.lower, "lcl"), (chart.upper, "ucl")):
        np.testing.assert_allclose(ours, table[published], rtol=1e-9, atol=1e-9)
    assert chart.outside.astype(bool).astype(int).tolist() == table["sigma_signal"].tolist()


@pytest.mark.parametrize("example", EXAMPLES)
def test_runs_of_the_textbook_example(example):
    table = PUBLISHED[PUBLISHED["example"] == example]
    for _, part in table.groupby("part"):
        found = runs(part["y"], part["cl"], include=part["include"] == 1)
        row = part.iloc[0]
        assert (found.useful, found.longest_run, found.crossings) == (row["n_useful"], row["longest_run"], row["n_crossings"])
        assert (found.longest_run_limit, found.crossings_limit) == (row["longest_run_max"], row["n_crossings_min"])
        assert found.has_signal == bool(row["runs_signal"])


def test_binomial_quantile_of_a_fair_coin():
    # ten tosses: P(X <= 1) = 11/1024 = 0.0107, P(X <= 2) = 56/1024 = 0.0547
    assert binomial_quantile(0.05, 10, 0.5) == 2


def test_runs_without_useful_points_have_no_signal():
    assert not runs([3.0, 3.0, np.nan], 3.0).has_signal


def test_a_size_of_nil_is_refused():
    with pytest.raises(ValueError, match="above zero"):
        charts.u_chart([1.0, 2.0], [10.0, 0.0])


def test_a_missing_count_leaves_a_gap_and_no_mark():
    chart = charts.u_chart([5.0, np.nan, 6.0, 5.0], [10.0, 10, 10, 10])
    assert np.isnan(chart.value[1])
    assert chart.outside[1] == 0
    assert chart.centre[0] == pytest.approx((5 + 6 + 5) / 30)


def test_laney_limits_are_the_plain_ones_when_spread_is_as_expected_and_wider_when_it_is_not():
    rng = np.random.default_rng(2)
    sizes = np.full(400, 10_000.0)
    plain = rng.binomial(10_000, 0.3, 400).astype(float)
    wild = rng.binomial(10_000, np.clip(rng.normal(0.3, 0.02, 400), 0, 1)).astype(float)
    width = [(c.upper - c.lower)[0] for c in (charts.p_chart(plain, sizes), charts.laney_p_chart(plain, sizes))]
    assert width[1] == pytest.approx(width[0], rel=0.1)
    assert (charts.laney_p_chart(wild, sizes).upper - charts.p_chart(wild, sizes).upper).min() > 0.03


@given(st.lists(st.integers(0, 500), min_size=2, max_size=40))
def test_count_limits_hold_the_centre_and_never_fall_below_nil(counts):
    chart = charts.c_chart(counts)
    assert (chart.lower >= 0).all()
    assert (chart.lower <= chart.centre).all()
    assert (chart.centre <= chart.upper).all()
