"""What the register's pages say of a priority's clock and range, word for word."""

from datetime import date

from dashboard.register.record_parts import ExpectedRange, RangePoint
from dashboard.words.priorities import inside_words


def test_months_inside_the_range_are_counted_over_held_months_only():
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
