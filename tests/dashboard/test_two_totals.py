"""Where the Met publishes two totals of London, a page says by how much they differ, since when, and why as far as is known."""

import pytest

from dashboard.figures.two_totals import compared
from dashboard.words.two_totals import HEADING, difference_sentence, reason_sentences
from etl.core.period import every_month
from etl.definitions.second_total import MonthOfDashboard
from tests.dashboard.page_text import words

MONTHS = every_month("2023-01", "2024-12")


def _dashboard(before: int, after: int, placed: int = 98) -> list[MonthOfDashboard]:
    return [MonthOfDashboard(m, before if m < "2024-03" else after, placed, "The Met, August 2025") for m in MONTHS]


def test_difference_period_share_and_turn_are_said() -> None:
    totals = compared(_dashboard(1000, 1013, 990), dict.fromkeys(MONTHS, 1000), dict.fromkeys(MONTHS, 5))
    assert totals is not None
    assert difference_sentence(totals) == (
        "The Met’s Monthly Crime Dashboard gives 12,130 offences in London in the 12 months to December 2024: 130 (1.1%) more "
        "than the 12,000 of its geographic breakdown, which is counted here."
    )
    assert reason_sentences(totals) == (
        "Each month from January 2023 to February 2024 the two agree to a tenth of a per cent; they part in March 2024. With a "
        "borough, the dashboard holds 60 (0.5%) fewer. The difference lies in offences that it gives to no borough, to aviation "
        "or to another force’s area: 250, against 60 with no borough here. The Met does not say why."
    )


def test_two_totals_that_were_never_alike_name_no_turn() -> None:
    totals = compared(_dashboard(1100, 900), dict.fromkeys(MONTHS, 1000), {})
    assert totals is not None
    assert totals.alike_until is None
    assert "part in" not in reason_sentences(totals)
    assert "1,600 (13.3%)" not in difference_sentence(totals)
    assert " fewer than the " in difference_sentence(totals)


@pytest.mark.parametrize(
    ("months", "ours"),
    [([], dict.fromkeys(MONTHS, 1000)), (_dashboard(1000, 1000), dict.fromkeys(MONTHS, 1000)),
     (_dashboard(1000, 1013)[:11], dict.fromkeys(MONTHS, 1000)), (_dashboard(1000, 1013), {})],
)  # fmt: skip
def test_nothing_is_said_where_only_one_total_is_held_or_they_are_the_same(
    months: list[MonthOfDashboard], ours: dict[str, int]
) -> None:
    assert compared(months, ours, {}) is None


def test_london_and_the_page_of_all_crime_carry_the_note(get) -> None:
    for address in ("/london", "/measure/total_recorded_crime"):
        text = words(get(address))
        assert HEADING in text, address
        assert "939,793 offences in London in the 12 months to July 2025: 11,894 (1.3%) more than the 927,899" in text
        assert "The Met does not say why." in text
    for address in ("/measure/robbery", "/measure/total_recorded_crime?area=E09000006"):
        assert HEADING not in words(get(address)), address
