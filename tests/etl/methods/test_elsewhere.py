"""The methods beside other people's numbers: printed tables, examples of R's help pages, and a second library's answers."""

import math
from fractions import Fraction

import numpy as np
import pytest
from scipy import stats

from etl.methods import change, control_charts, count_chart, inequality, intervals, standardised, survey
from etl.methods.arrays import normal_quantile

# Garwood (1936), as printed in Armitage & Berry and in every table since: 95% limits of a Poisson count.
GARWOOD = {
    0: (0, 3.6889),
    1: (0.0253, 5.5716),
    2: (0.2422, 7.2247),
    3: (0.6187, 8.7673),
    4: (1.0899, 10.2416),
    5: (1.6235, 11.6683),
    6: (2.2019, 13.0595),
    7: (2.8144, 14.4227),
    8: (3.4538, 15.7632),
    9: (4.1154, 17.0848),
}
# Newcombe (1998), Statistics in Medicine 17, table I, method 3.
NEWCOMBE = {(81, 263): (0.2553, 0.3662), (15, 148): (0.0624, 0.1605), (0, 20): (0.0, 0.1611), (1, 29): (0.0061, 0.1718)}


@pytest.mark.parametrize("count", GARWOOD)
def test_a_standardised_ratio_of_few_events_has_the_printed_limits(count):
    low, high = GARWOOD[count]
    found = standardised.indirectly_standardised_ratio(count, 3.3, per=100)
    assert [float(x) for x in found] == pytest.approx([count / 3.3 * 100, low / 3.3 * 100, high / 3.3 * 100], abs=0.002)


def test_a_standardised_ratio_of_many_events_is_byars_worked_by_hand():
    # 25 over 20 expected: 25 (1 - 1/225 - 1.959964/15)^3 and 26 (1 - 1/234 + 1.959964/(3 sqrt 26))^3
    z = 1.959963984540054
    low = 25 * (1 - 1 / 225 - z / 15) ** 3 / 20
    high = 26 * (1 - 1 / 234 + z / (3 * math.sqrt(26))) ** 3 / 20
    found = standardised.indirectly_standardised_ratio([25, None], [20, 20])
    assert (found.value[0], found.lower[0], found.upper[0]) == pytest.approx((1.25, low, high), rel=1e-12)
    assert np.isnan([found.value[1], found.lower[1], found.upper[1]]).all()


def test_expected_events_are_exact_in_whole_numbers():
    people, events, reference = [120, 3500, 41], [7, 90, 3], [1000, 12_000, 77]
    exact = sum(Fraction(p * e, r) for p, e, r in zip(people, events, reference, strict=True))
    assert standardised.expected_events(people, events, reference) == pytest.approx(float(exact), rel=1e-14)


def test_limits_of_a_rate_are_those_of_the_help_page_of_poisson_test():
    # R, ?poisson.test: poisson.test(137, 24.19893) and poisson.test(c(11, 6+8+7), c(800, 1083+1050+878))
    assert [float(x) / 24.19893 for x in intervals.exact_poisson(137)] == pytest.approx([4.753125, 6.692709], abs=5e-7)
    found = intervals.rate_ratio(11, 800, 21, 1083 + 1050 + 878)
    assert [float(x) for x in found] == pytest.approx([1.971488, 0.8584264, 4.277266], abs=5e-7)


@pytest.mark.parametrize("shares", NEWCOMBE)
def test_limits_of_a_share_are_newcombes(shares):
    asked = shares[1]
    plain = intervals.wilson(*shares)
    surveyed = survey.share_interval(shares[0] / asked, asked)
    assert [float(plain.lower), float(plain.upper)] == pytest.approx(NEWCOMBE[shares], abs=5e-5)
    assert [float(surveyed.lower), float(surveyed.upper)] == pytest.approx(NEWCOMBE[shares], abs=5e-5)


def test_standard_errors_come_back_from_printed_limits():
    # a mean of 50 (40.2 to 59.8) at 95% has a standard error of 9.8 / 1.96 = 5; on the log scale 2 (1 to 4) has log 2 / 1.96
    linear = inequality.standard_error_from_limits([40.2], [59.8])
    logs = inequality.standard_error_from_limits([1.0], [4.0], scale="log")
    assert (linear[0], logs[0]) == pytest.approx((5.0, math.log(2) / 1.96), rel=1e-4)


@pytest.mark.parametrize("counts", [(3, 9, 1.0, 1.0), (0, 4, 1.0, 1.0), (10, 2, 2.0, 1.0), (2, 0, 30.0, 31.0), (6, 6, 1.0, 1.0)])
def test_the_e_test_is_the_sum_over_every_pair_of_counts(counts):
    now, before, days, days_before = counts
    pooled = (now + before) / (days + days_before)

    def score(x, y):
        variance = x / days**2 + y / days_before**2
        return 0.0 if variance == 0 else (x / days - y / days_before) / math.sqrt(variance)

    first, second = (stats.poisson.pmf(np.arange(80), pooled * size) for size in (days, days_before))
    seen = abs(score(now, before)) * (1 - 1e-12)
    by_hand = sum(first[x] * second[y] for x in range(80) for y in range(80) if abs(score(x, y)) >= seen)
    assert change.e_test(now, before, exposure=days, exposure_before=days_before) == pytest.approx(min(by_hand, 1.0), abs=1e-9)


def test_the_e_test_of_huge_counts_is_quick_and_normal():
    # 4,000,000 against 4,008,000: z = 8,000 / sqrt(8,008,000); a table of both counts would hold a billion cells
    expected = 2 * stats.norm.sf(8_000 / math.sqrt(8_008_000))
    assert change.e_test(4_008_000, 4_000_000) == pytest.approx(expected, rel=0.01)


def test_limits_of_small_counts_are_quantiles_of_the_poisson():
    mean = np.array([0.02, 0.3, 1.0, 2.7, 9.99, 40.0, 1e6])
    for chance in (0.00135, 0.02275, 0.5, 0.97725, 0.99865):
        np.testing.assert_array_equal(count_chart.poisson_quantile(chance, mean), stats.poisson.ppf(chance, mean))


def test_one_size_serves_every_point_of_a_rate_chart():
    # Montgomery, table 7.1: 347 of 1,500 cans; the limits printed are 0.0524 and 0.4102
    cans = [12, 15, 8, 10, 4, 7, 16, 9, 14, 10, 5, 6, 17, 12, 22, 8, 10, 5, 13, 11, 20, 18, 24, 15, 9, 12, 7, 13, 9, 6]
    chart = control_charts.p_chart(cans, 50)
    assert (chart.centre[0], chart.lower[0], chart.upper[-1]) == pytest.approx((0.2313, 0.0524, 0.4102), abs=5e-5)


def test_equal_shares_without_any_spread_are_no_change():
    alike = survey.change_interval([0.0, 0.0], [400, 400], [0.0, np.nan], [400, 400])
    assert survey.change_p_value(alike)[0] == 1.0
    assert np.isnan(survey.change_p_value(alike)[1])


def test_the_normal_quantile_is_the_printed_one():
    assert [normal_quantile(level) for level in (0.95, 0.99, 0.998)] == pytest.approx([1.959964, 2.575829, 3.090232], abs=5e-7)
