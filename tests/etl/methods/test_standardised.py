"""Standardised rates and the slope index agree with PHEindicatormethods."""

import numpy as np
import pytest

from etl.methods.inequality import slope_index, standard_error_from_limits
from etl.methods.standardised import (
    EUROPEAN_STANDARD_2013,
    directly_standardised_rate,
    expected_events,
    indirectly_standardised_rate,
    indirectly_standardised_ratio,
)
from tests.etl.methods.published import read_csv

STRATA = read_csv("phe_dsr_input.csv")
LEVELS = ((0.95, "95_0cl"), (0.998, "99_8cl"))


def strata(area):
    part = STRATA[STRATA["area"] == area]
    return part["count"].to_numpy(float), part["pop"].to_numpy(float)


def test_directly_standardised_rates():
    expected = read_csv("phe_dsr_expected.csv")
    # the expected rows of 1976 and of non-independent events were published without their strata
    rows = expected[expected["area"].isin(STRATA["area"])]
    assert len(rows) == 6
    for row in rows.to_dict("records"):
        per = 10_000 if row["statistic"].endswith(" 10000") else 100_000
        for level, suffix in LEVELS:
            found = directly_standardised_rate(*strata(row["area"]), EUROPEAN_STANDARD_2013, per=per, level=level)
            published = [row["value"], row["lower" + suffix], row["upper" + suffix]]
            np.testing.assert_allclose(np.array(found), published, rtol=1e-9)


def test_below_ten_events_or_with_a_missing_stratum_there_is_no_rate():
    people = np.full(19, 500.0)
    few, unknown = np.zeros(19), np.full(19, 5.0)
    few[:3], unknown[4] = 3.0, np.nan
    found = directly_standardised_rate([few, unknown, np.full(19, 5.0)], people, EUROPEAN_STANDARD_2013, per=1000)
    assert np.isnan(found.value).tolist() == [True, True, False]


def test_events_that_come_in_clusters_widen_the_limits():
    events, people = strata("testdata_big")
    plain = directly_standardised_rate(events, people, EUROPEAN_STANDARD_2013, per=100)
    # every person counted twice: sum of k^2 is twice the events
    clustered = directly_standardised_rate(events, people, EUROPEAN_STANDARD_2013, per=100, event_variance=2 * events)
    assert clustered.value == plain.value
    assert (clustered.upper - clustered.value) / (plain.upper - plain.value) == pytest.approx(2**0.5)


def test_indirectly_standardised_rates_and_ratios():
    reference = read_csv("phe_isr_reference.csv")
    people = strata("testdata_big")[1]
    expected_count = expected_events(people, reference["refcount"], reference["refpop"])
    rows = read_csv("phe_isr_expected.csv").to_dict("records")
    assert expected_count == pytest.approx(rows[0]["expected"], rel=1e-12)
    for row in rows:
        for level, suffix in LEVELS:
            if np.isnan(row["lower" + suffix]):
                continue
            if np.isnan(row["ref_rate"]):
                per = float(row["statistic"].split(" x ")[1])
                found = indirectly_standardised_ratio(row["observed"], row["expected"], per=per, level=level)
            else:
                found = indirectly_standardised_rate(row["observed"], row["expected"], row["ref_rate"], level=level)
            published = [row["value"], row["lower" + suffix], row["upper" + suffix]]
            np.testing.assert_allclose(np.array(found), published, rtol=1e-9)


SLOPES = read_csv("phe_sii_expected.csv").to_dict("records")
GROUPS = read_csv("phe_sii_input.csv")


@pytest.mark.parametrize("row", [pytest.param(row, id=row["case"]) for row in SLOPES])
def test_slope_and_relative_index(row):
    part = GROUPS[GROUPS["case"] == row["case"]]
    scale = {0: "linear", 1: "log", 2: "logit"}[part["value_type"].iloc[0]]
    found = slope_index(part["value"], part["population"], standard_errors=part["standard_error"], scale=scale)
    assert (found.slope, found.ratio) == pytest.approx((row["sii"], row["rii"]), rel=1e-9)
    if np.isnan(row["sii_lower95"]):
        return
    # both sides simulate: two draws of 100,000 differ by about a hundredth of a standard error
    for ours, published, width in (
        ((found.slope_lower, found.slope_upper), ("sii_lower95", "sii_upper95"), found.slope_upper - found.slope_lower),
        ((found.ratio_lower, found.ratio_upper), ("rii_lower95", "rii_upper95"), found.ratio_upper - found.ratio_lower),
    ):
        assert ours == pytest.approx([row[name] for name in published], abs=0.012 * width)


def test_standard_errors_come_back_from_limits():
    part = GROUPS[GROUPS["value_type"] == 1]
    found = standard_error_from_limits(part["lower_cl"], part["upper_cl"], scale="log")
    np.testing.assert_allclose(found, part["standard_error"], rtol=1e-3)


def test_a_group_missing_leaves_no_slope():
    with pytest.raises(ValueError, match="none missing"):
        slope_index([1.0, np.nan, 3.0], [10, 10, 10])


def test_a_straight_gradient_is_its_own_slope():
    # equal fifths with values 1 to 5: the line rises 1 a fifth, 5 over the whole
    found = slope_index([1.0, 2, 3, 4, 5], [10.0] * 5)
    assert found.slope == pytest.approx(5.0)
    assert found.ratio == pytest.approx(5.5 / 0.5)
