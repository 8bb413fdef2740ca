"""Funnels agree with PHEindicatormethods; overdispersion behaves."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.methods import funnel
from tests.etl.methods.published import read_csv

LABELS = {
    "High (0.001)": "high 99.8", "High (0.025)": "high 95", "Low (0.001)": "low 99.8", "Low (0.025)": "low 95",
    "Not significant": "not significant", "Not applicable for events less than 10 for dsrs": "not judged",
}  # fmt: skip


def test_proportion_limits():
    table = read_csv("phe_funnel_prop_outputs.csv")
    limits = funnel.proportion_limits(table["Baseline"].iloc[0] / 100, table["Population"])
    columns = ("Lower2s0025limit", "Upper2s0025limit", "Lower3s0001limit", "Upper3s0001limit")
    for ours, published in zip(limits, columns, strict=True):
        np.testing.assert_allclose(ours * 100, table[published], atol=1e-6)


def test_proportion_significance():
    table = read_csv("phe_funnel_prop_inputs.csv")
    labels = funnel.proportion_significance(table["numerator"], table["denominator"])
    assert labels.tolist() == table["significance"].map(LABELS).tolist()


@pytest.mark.parametrize("name", ["phe_funnel_rate_outputs.csv", "phe_funnel_rate_outputs_2.csv"])
def test_rate_funnel(name):
    table = read_csv(name)
    people, rates = funnel.rate_limits(table["Events"], table["baseline"].iloc[0], per=100_000, years=3)
    sides = ("lower_2s", "upper_2s", "lower_3s", "upper_3s")
    for side, population, rate in zip(sides, people, rates, strict=True):
        # the publisher finds limits by search, to about one part in ten thousand at one event
        np.testing.assert_allclose(population, table[f"{side}_population_1_year"], rtol=1.5e-4)
        np.testing.assert_allclose(rate, table[f"{side}_limit"], rtol=1.5e-4)


@pytest.mark.parametrize(("name", "dropped"), [("phe_funnel_rate_outputs.csv", False), ("phe_funnel_rate_outputs_2.csv", True)])
def test_rate_funnel_baseline_is_pooled_events_over_exposure(name, dropped):
    table = read_csv("phe_funnel_rate_input_funnels.csv")
    people = table["ev"] / table["rate"] * 100_000
    # the second published funnel leaves out the area whose rate was blank in the first input
    baseline = table["ev"].sum() / people.sum() * 100_000
    kept = table["denominator_derived"].notna()
    published = read_csv(name)["baseline"].iloc[0]
    pooled = table["ev"][kept].sum() / people[kept].sum() * 100_000 if dropped else baseline
    assert pooled == pytest.approx(published, rel=1e-4)
    derived = table["denominator_derived_crude"]
    np.testing.assert_allclose(people, derived * 3, rtol=1e-6)


@pytest.mark.parametrize("kind", ["dsr", "crude"])
@pytest.mark.parametrize("zero", ["with_0", "without_0"])
@pytest.mark.parametrize("per", ["100000", "100"])
def test_rate_significance(kind, zero, per):
    table = read_csv("phe_funnel_rate_dsr_inputs.csv")
    events = table["count"].to_numpy(float)
    exposure = events / table["rate_dsr"].to_numpy(float) if kind == "dsr" else table["pop"].to_numpy(float)
    judged = np.isfinite(exposure) & ((events > 0) | (zero == "with_0"))
    baseline = events[judged].sum() / exposure[judged].sum()
    minimum = 10 if kind == "dsr" else 0
    labels = funnel.poisson_significance(np.where(judged, events, np.nan), exposure * baseline, minimum_events=minimum)
    published = table[f"{kind}_per_{per}_{zero}"].map(LABELS).to_numpy()
    np.testing.assert_array_equal(labels[judged], published[judged])
    # an area left out is not judged; the publisher calls it not significant, which would be a judgement
    assert set(labels[~judged]) <= {"not judged"}


def test_ratio_funnel():
    table = read_csv("phe_funnel_ratio_outputs.csv")
    expected, ratio = funnel.expected_at_limits(table["Observed_events"]), funnel.ratio_limits(table["Observed_events"])
    for side, ours, isr in zip(("lower_2s", "upper_2s", "lower_3s", "upper_3s"), expected, ratio, strict=True):
        np.testing.assert_allclose(ours, table[f"{side}_exp_events"], atol=2e-4)
        np.testing.assert_allclose(isr * 100, table[f"{side}_isr"], rtol=2e-4)
        np.testing.assert_allclose(isr - 1, table[f"{side}_count"], rtol=2e-4)


def test_ratio_significance():
    table = read_csv("phe_funnel_ratio_inputs.csv")
    labels = funnel.poisson_significance(table["obs"], table["expected"])
    assert labels.tolist() == table["significance"].map(LABELS).tolist()


def test_areas_that_differ_by_chance_alone_have_no_overdispersion():
    rng = np.random.default_rng(5)
    expected = rng.uniform(50, 500, 500)
    plain = funnel.overdispersion(*funnel.transformed_scores(rng.poisson(expected), expected))
    assert plain.phi == pytest.approx(1, abs=0.35)
    assert plain.share_added < 0.1


def test_real_differences_between_areas_are_recovered_and_shrink_the_scores():
    rng = np.random.default_rng(6)
    expected = np.full(2000, 400.0)
    truth = np.exp(rng.normal(0, 0.2, 2000))
    deviation, error = funnel.transformed_scores(rng.poisson(expected * truth), expected)
    spread = funnel.overdispersion(deviation, error, share=0.0)
    # on the square-root scale a log spread of 0.2 is about 0.1
    assert spread.tau2 == pytest.approx(0.1**2, rel=0.15)
    assert (np.abs(spread.adjusted_z) < np.abs(spread.z)).all()
    assert spread.adjusted_z.std() == pytest.approx(1, abs=0.1)


def test_two_areas_are_too_few_for_overdispersion():
    with pytest.raises(ValueError, match="at least three"):
        funnel.overdispersion([0.1, 0.2], [0.1, 0.1])


def test_z_scores_get_the_same_labels():
    labels = funnel.z_significance([0.0, 2.0, 3.2, -2.0, -3.2, np.nan])
    assert labels.tolist() == ["not significant", "high 95", "high 99.8", "low 95", "low 99.8", "not judged"]


@given(st.floats(0.01, 0.99), st.integers(1, 10**6))
def test_the_funnel_narrows_as_areas_grow_and_holds_its_centre(centre, trials):
    small, large = funnel.proportion_limits(centre, trials), funnel.proportion_limits(centre, trials * 4)
    assert small.outer_lower <= small.inner_lower <= centre <= small.inner_upper <= small.outer_upper
    assert large.inner_upper - large.inner_lower <= small.inner_upper - small.inner_lower


@given(st.lists(st.floats(-30, 30), min_size=1, max_size=50))
def test_winsorising_only_pulls_in(z):
    trimmed = funnel.winsorised(z)
    assert trimmed.min() >= min(z)
    assert trimmed.max() <= max(z)
