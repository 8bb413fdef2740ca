"""Arithmetic on periods, the financial year included."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from etl.core import period


@given(st.integers(12, 12 * 9999))
def test_a_month_written_from_its_number_has_that_number(number):
    label = f"{number // 12:04d}-{number % 12 + 1:02d}"
    assert period.month_number(label) == number


def test_a_quarter_or_a_year_counts_by_its_last_month():
    assert period.last_month_label("2025-Q2") == "2025-06"
    assert period.last_month_label("2025") == "2025-12"
    assert period.months_between("2024-Q4", "2025-Q2") == 6
    assert period.moved("2025-Q4", 3) == "2026-Q1"


def test_a_list_of_periods_holds_both_ends():
    assert period.every_month("2024-11", "2025-01") == ["2024-11", "2024-12", "2025-01"]
    assert period.every_quarter("2024-Q3", "2025-Q1") == ["2024-Q3", "2024-Q4", "2025-Q1"]
    assert period.every_third_month("2014-12", "2015-07") == ["2014-12", "2015-03", "2015-06"]


def test_a_financial_year_runs_from_april_to_march():
    assert period.financial_year_months("2018/19") == ("2018-04", "2019-03")
    assert period.written_year(period.year_begins("1999/00")) == "1999/00"


def test_a_label_names_its_first_and_last_day():
    assert period.days_of("2024-02") == (date(2024, 2, 1), date(2024, 2, 29))
    assert period.days_of("2024-Q1") == (date(2024, 1, 1), date(2024, 3, 31))
    assert period.days_of("2024") == (date(2024, 1, 1), date(2024, 12, 31))
