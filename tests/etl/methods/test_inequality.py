"""The slope index agrees with PHEindicatormethods."""

import numpy as np
import pytest

from etl.methods.inequality import slope_index, standard_error_from_limits
from tests.etl.methods.published import read_csv

SLOPES = read_csv("phe_sii_expected.csv").to_dict("records")
GROUPS = read_csv("phe_sii_input.csv")


@pytest.mark.parametrize("row", [pytest.param(row, id=row["case"]) for row in SLOPES])
def test_slope_and_relative_index(row):
    part = GROUPS[GROUPS["case"] == row["case"]]
    scale = {0: "linear", 1: "log", 2: "logit"}[part["value_type"].iloc[0]]
    slope = slope_index(part["value"], part["population"], standard_errors=part["standard_error"], scale=scale)
    assert (slope.slope, slope.ratio) == pytest.approx((row["sii"], row["rii"]), rel=1e-9)
    if np.isnan(row["sii_lower95"]):
        return
    # both sides simulate: two draws of 100,000 differ by about a hundredth of a standard error
    for ours, published, width in (
        ((slope.slope_lower, slope.slope_upper), ("sii_lower95", "sii_upper95"), slope.slope_upper - slope.slope_lower),
        ((slope.ratio_lower, slope.ratio_upper), ("rii_lower95", "rii_upper95"), slope.ratio_upper - slope.ratio_lower),
    ):
        assert ours == pytest.approx([row[name] for name in published], abs=0.012 * width)


def test_standard_errors_come_back_from_limits():
    part = GROUPS[GROUPS["value_type"] == 1]
    slope = standard_error_from_limits(part["lower_cl"], part["upper_cl"], scale="log")
    np.testing.assert_allclose(slope, part["standard_error"], rtol=1e-3)


def test_a_group_missing_leaves_no_slope():
    with pytest.raises(ValueError, match="none missing"):
        slope_index([1.0, np.nan, 3.0], [10, 10, 10])


def test_a_straight_gradient_is_its_own_slope():
    # equal fifths with values 1 to 5: the line rises 1 a fifth, 5 over the whole
    slope = slope_index([1.0, 2, 3, 4, 5], [10.0] * 5)
    assert slope.slope == pytest.approx(5.0)
    assert slope.ratio == pytest.approx(5.5 / 0.5)
