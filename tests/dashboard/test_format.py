"""How numbers, dates and periods look."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.core import period
from etl.core import written as look


@pytest.mark.parametrize(
    ("value", "decimals", "words"),
    [
        (17812, 0, "17,812"),
        (0, 0, "0"),
        (-18, 0, "−18"),
        (-0.4, 0, "0"),
        (5.25, 1, "5.3"),
        (2.5, 0, "3"),
        (910851, 0, "910,851"),
    ],
)
def test_a_table_shows_the_exact_number(value, decimals, words):
    assert look.number(value, decimals) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [(17812, "17,800"), (971, "971"), (73664, "73,700"), (910851, "911,000"), (999_600, "1,000,000"), (1000, "1,000"), (0, "0")],
)
def test_prose_rounds_to_three_figures(value, words):
    assert look.rounded(value) == words


@given(st.integers(min_value=1, max_value=10_000_000))
def test_rounded_number_is_within_half_a_percent_of_the_exact_one(value):
    text = float(look.rounded(value).replace(",", ""))
    assert abs(text - value) <= 0.005 * value


def test_difference_has_a_sign_and_a_true_minus():
    assert [look.signed(v) for v in (125, -18, 0)] == ["+125", "−18", "0"]


def test_share_is_written_as_a_percentage():
    assert look.percent(0.463) == "46%"
    assert look.span(look.percent(0.45), look.percent(0.57)) == "45% to 57%"


@pytest.mark.parametrize(
    ("status", "expected"),
    [("suppressed", "hidden to protect people"), ("unavailable", "not held"), ("not published", "not published")],
)
def test_missing_number_is_written_as_its_reason_never_zero(status, expected):
    assert look.value_or_reason(None, status, decimals=0, is_percentage=False) == expected


def test_a_missing_number_without_a_reason_is_refused():
    with pytest.raises(ValueError, match="gives no reason"):
        look.value_or_reason(None, "final", decimals=0, is_percentage=False)


@pytest.mark.parametrize(
    ("label", "kind", "expected"),
    [
        ("2025-12", "month", "December 2025"),
        ("2025-Q4", "quarter", "October to December 2025"),
        ("2024-03", "rolling_year", "year ending March 2024"),
        ("2025", "year", "2025"),
    ],
)
def test_a_period_is_written_out(label, kind, expected):
    assert look.period(label, kind) == expected


def test_months_across_a_new_year_name_both_years():
    assert look.months("2025-04", "2025-12") == "April to December 2025"
    assert look.months("2024-11", "2025-03") == "November 2024 to March 2025"


def test_a_day_is_written_without_a_leading_zero():
    assert look.day(date(2026, 3, 1)) == "1 March 2026"


@pytest.mark.parametrize(
    ("noun", "one"),
    [
        ("robberies", "robbery"),
        ("thefts from a vehicle", "theft from a vehicle"),
        ("offences of violence", "offence of violence"),
        ("shoplifting offences", "shoplifting offence"),
    ],
)
def test_count_of_one_takes_the_singular(noun, one):
    assert look.counted(1, noun) == f"1 {one}"
    assert look.counted(2, noun) == f"2 {noun}"


def test_names_are_joined_with_commas_and_and():
    assert look.listed(("Bromley", "Croydon", "Sutton")) == "Bromley, Croydon and Sutton"
    assert look.listed(("Bromley",)) == "Bromley"
    assert look.listed(()) == "none"


def test_names_with_their_own_comma_or_and_stay_distinct_in_a_list():
    command = ("Hammersmith and Fulham", "Kensington and Chelsea", "Westminster")
    assert look.listed(command) == "Hammersmith and Fulham, Kensington and Chelsea, and Westminster"
    assert look.listed(("Barking and Dagenham", "Havering", "Redbridge")) == "Barking and Dagenham, Havering and Redbridge"
    violence = "violence without injury, with stalking and harassment"
    assert look.listed(("rape", violence)) == f"rape; and {violence}"


@pytest.mark.parametrize("label", ["2025-13", "2025-Q5", "June 2025", "", "2025-6x"])
def test_text_that_is_no_period_is_refused(label):
    with pytest.raises(ValueError, match="is not a period"):
        period.last_month(label)


@given(st.integers(2000, 2030), st.integers(1, 12), st.integers(-200, 200))
def test_moving_months_forth_and_back_gives_the_same_month(year, month, months):
    label = f"{year}-{month:02d}"
    assert period.moved(period.moved(label, months), -months) == label


def test_a_rolling_year_covers_twelve_whole_months():
    assert period.bounds("2025-06", "rolling_year") == (date(2024, 7, 1), date(2025, 6, 30))
    assert period.bounds("2025-Q2", "quarter") == (date(2025, 4, 1), date(2025, 6, 30))


def test_a_year_before_a_quarter_is_the_same_quarter():
    assert period.year_before("2025-Q2") == "2024-Q2"
