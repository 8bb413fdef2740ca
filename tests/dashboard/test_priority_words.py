"""What the register's pages say of a priority's clock and range, word for word."""

from dataclasses import replace
from datetime import date

from dashboard.register.values import ExpectedRange, RangePoint
from dashboard.register.watch import BedIn
from dashboard.words.priorities import bed_in_words, inside_words


def test_the_clock_says_when_a_review_is_honest_or_why_none_is():
    clock = BedIn(date(2026, 4, 1), 7, 4, date(2026, 12, 1), True)
    said = bed_in_words(clock, {-0.2: 8})
    assert said.startswith("Seven months in, four of them held. First honest review: 1 December 2026,")
    never = replace(clock, first_honest_review=None, is_too_early=None)
    assert bed_in_words(never, {-0.2: None, -0.3: 15}).endswith(
        "At this volume a fall of 20% would not be seen within three years; a fall of 30% would after 15 months."
    )
    assert bed_in_words(never, {-0.2: None, -0.3: None}).endswith("within three years, nor would a fall of 30%.")
    assert bed_in_words(never, {}).endswith("worked out for recorded crime only.")


def test_how_many_months_fell_inside_the_fixed_range_is_counted_on_those_held_alone():
    points = tuple(
        RangePoint(period_start=date(2026, m, 1), centre=10, lower_80=8, upper_80=12, lower_95=6, upper_95=14)
        for m in range(4, 10)
    )
    fixed = ExpectedRange(
        measure_id="burglary",
        area_code="E09000023",
        release_id="r",
        editions=(),
        method="m",
        fixed_on=date(2026, 3, 1),
        points=points,
    )
    came = {date(2026, 4, 1): 6.0, date(2026, 5, 1): 5.0, date(2026, 6, 1): 15.0, date(2026, 3, 1): 99.0}
    assert inside_words(fixed, came) == "Of three months held, one inside the range fixed on agreement, one below, one above."
    assert inside_words(fixed, {}) == ""
