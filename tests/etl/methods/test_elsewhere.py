"""The methods beside other people's numbers: printed tables, examples of R's help pages, and a second library's answers."""

import numpy as np
import pytest

from etl.methods import intervals, survey
from etl.methods.arrays import normal_quantile

# Garwood (1936), as printed in Armitage & Berry and in every table since: 95% limits of a Poisson count.
GARWOOD = {0: (0, 3.6889), 1: (0.0253, 5.5716), 3: (0.6187, 8.7673), 9: (4.1154, 17.0848)}
# Newcombe (1998), Statistics in Medicine 17, table I, method 3.
NEWCOMBE = {(81, 263): (0.2553, 0.3662), (15, 148): (0.0624, 0.1605), (0, 20): (0.0, 0.1611), (1, 29): (0.0061, 0.1718)}


@pytest.mark.parametrize("count", GARWOOD)
def test_limits_of_few_events_are_the_printed_ones(count):
    assert [float(x) for x in intervals.poisson_interval(count)] == pytest.approx(GARWOOD[count], abs=6e-5)


def test_limits_of_a_rate_are_those_of_the_help_page_of_poisson_test():
    # R, ?poisson.test: poisson.test(137, 24.19893) and poisson.test(c(11, 6+8+7), c(800, 1083+1050+878))
    assert [float(x) / 24.19893 for x in intervals.exact_poisson(137)] == pytest.approx([4.753125, 6.692709], abs=5e-7)
    interval = intervals.rate_ratio(11, 800, 21, 1083 + 1050 + 878)
    assert [float(x) for x in interval] == pytest.approx([1.971488, 0.8584264, 4.277266], abs=5e-7)


@pytest.mark.parametrize("shares", NEWCOMBE)
def test_limits_of_a_share_are_newcombes(shares):
    share = shares[1]
    plain = intervals.wilson(*shares)
    surveyed = survey.share_interval(shares[0] / share, share)
    assert [float(plain.lower), float(plain.upper)] == pytest.approx(NEWCOMBE[shares], abs=5e-5)
    assert [float(surveyed.lower), float(surveyed.upper)] == pytest.approx(NEWCOMBE[shares], abs=5e-5)


def test_equal_shares_without_any_spread_are_no_change():
    alike = survey.change_interval([0.0, 0.0], [400, 400], [0.0, np.nan], [400, 400])
    assert survey.change_p_value(alike)[0] == 1.0
    assert np.isnan(survey.change_p_value(alike)[1])


def test_the_normal_quantile_is_the_printed_one():
    assert [normal_quantile(level) for level in (0.95, 0.99, 0.998)] == pytest.approx([1.959964, 2.575829, 3.090232], abs=5e-7)
