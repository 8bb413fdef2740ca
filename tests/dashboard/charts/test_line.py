"""A measure over time: geometry worked out by hand, gaps, shades, breaks, the newest point, what each width shows."""

from dataclasses import replace

import pytest

from dashboard.charts.expected import ExpectedMonth, ExpectedRange
from dashboard.charts.line import FULL, card, line, line_set
from dashboard.figures.records import Break
from tests.dashboard.charts.made import (
    BROMLEY,
    CATEGORIES,
    HOSTILE,
    SYSTEM,
    dots,
    marks,
    measure,
    months,
    parsed,
    realistic,
    series,
    size,
    texts,
    verdict,
    words,
)

FOUR = series([10, 20, 30, 40])


def test_four_months_stand_where_arithmetic_puts_them() -> None:
    # 340 x 280: two-figure ticks leave 28 px on the left, "Apr 2024" needs less than the 76 px kept on the right.
    # Four months share 340 - 76 - 28 = 236 px, 59 each, and stand in their middles. The scale runs from zero (10 is
    # under 30% of 40) to 40 x 1.04 = 41.6, over 254 - 22 = 232 px upwards from the base at 280 - 26 = 254.
    assert dots(line(FOUR, 340), "raw") == [[(57.5, 198.2), (116.5, 142.5), (175.5, 86.7), (234.5, 30.9)]]
    assert pytest.approx(198.2, abs=0.05) == 254 - 10 / 41.6 * 232


def test_ticks_are_round_and_start_at_a_solid_zero() -> None:
    svg = line(FOUR, 340)
    assert [w for w in words(svg) if w.isdigit() and w != "2024"] == ["0", "10", "20", "30", "40", "40"]
    base = [node for node in marks(svg, "line", "axis") if node.get("y1") == node.get("y2")]
    assert [(n.get("x1"), n.get("x2"), n.get("y1")) for n in base] == [("28.0", "264.0", "254.0")]


def test_a_scale_that_starts_higher_has_a_dotted_base() -> None:
    svg = line(series([1000, 1100, 1050, 1080]), 340)
    assert not [n for n in marks(svg, "line", "axis") if n.get("y1") == n.get("y2")]
    assert [n for n in marks(svg, "line", "grid") if n.get("y1") == "254.0"]
    assert "0" not in words(svg)


def test_the_percent_sign_stands_on_the_top_tick_only() -> None:
    shares = series([0.5, 0.46, 0.52, 0.48], of=measure(is_percentage=True))
    ticks = [t for t in texts(line(shares, 560)) if t.css == "t q" and t.right < 60]
    top = min(ticks, key=lambda t: t.top)
    assert top.words.endswith("%")
    assert [t.words for t in ticks if t.words.endswith("%")] == [top.words]


def test_a_missing_month_is_a_gap_and_never_zero() -> None:
    svg = line(series([10, 20, None, 30, 40]), 560)
    stretches = dots(svg, "raw")
    assert [len(s) for s in stretches] == [2, 2]
    assert max(y for s in stretches for _, y in s) < 294, "nothing was drawn on the base line"
    assert not marks(svg, "rect", "shade")


def test_two_missing_months_are_not_shaded_and_three_are_shaded_and_named() -> None:
    two, three = line(series([10, None, None, 30, 40]), 560), line(series([10, None, None, None, 40, 50]), 560)
    assert not marks(two, "rect", "shade")
    assert len(marks(three, "rect", "shade")) == 1
    assert "not held" in words(three)


def test_a_shaded_gap_covers_the_months_it_names() -> None:
    # Six months over 560 - 76 - 28 = 456 px are 76 px each: months two to four run from 28 + 76 to 28 + 4 x 76.
    shade = marks(line(series([10, None, None, None, 40, 50]), 560), "rect", "shade")[0]
    assert (shade.get("x"), shade.get("width")) == ("104.0", "228.0")


def test_suppressed_is_said_not_drawn_as_zero() -> None:
    whole = series([10, None, None, None, 40, 50])
    hidden = whole.__class__(
        whole.measure, whole.area,
        tuple(p if p.value is not None else replace(p, status="suppressed") for p in whole.points),
        (), (),
    )  # fmt: skip
    assert "hidden" in words(line(hidden, 560))


def test_a_month_alone_between_gaps_is_a_dot() -> None:
    svg = line(series([10, None, 30, None, 50], first="2015-01"), 340)
    assert len(marks(svg, "circle", "dot")) >= 3
    assert dots(svg, "raw") == []


def test_months_that_the_series_skips_are_gaps_too() -> None:
    whole = series([10, 20, 30, 40, 50, 60])
    skipping = whole.__class__(whole.measure, whole.area, (*whole.points[:2], *whole.points[5:]), (), ())
    assert [len(s) for s in dots(line(skipping, 560), "raw")] == [2]
    assert marks(line(skipping, 560), "rect", "shade")


def test_a_late_series_shows_how_late_it_is() -> None:
    svg = line(series([10, 20, 30]), 560, until="2024-09")
    shade = marks(svg, "rect", "shade")
    assert len(shade) == 1
    right = float(shade[0].get("x")) + float(shade[0].get("width"))
    assert right == pytest.approx(560 - 76, abs=0.1)
    assert "Mar 2024" in words(svg)


def test_a_break_is_a_dashed_line_with_a_square_on_the_axis_and_two_lines_of_words() -> None:
    svg = line(series(realistic(1, holes=False), first="2017-01", breaks=(SYSTEM,)), 1160)
    dashed, square = marks(svg, "line", "break"), marks(svg, "rect", "m m-X")
    assert len(dashed) == len(square) == 1
    x = float(dashed[0].get("x1"))
    assert float(square[0].get("x")) + float(square[0].get("width")) / 2 == pytest.approx(x, abs=0.1)
    assert float(square[0].get("y")) + float(square[0].get("height")) / 2 == pytest.approx(374, abs=0.1)
    day, what = (next(t for t in texts(svg) if t.words == w) for w in ("28 February 2024", "new crime system"))
    assert day.left == pytest.approx(x + 6, abs=0.1)
    assert what.top - day.top == pytest.approx(15)


def test_the_break_of_late_february_stands_at_the_start_of_march() -> None:
    svg = line(series([100, 110, 120, 130], breaks=(SYSTEM,)), 340)
    # January to April 2024 from x = 34 (three-figure ticks: 3 x 7.7 + 8 = 31): March starts half way.
    left, right = (float(marks(svg, "line", "grid")[0].get(k)) for k in ("x1", "x2"))
    assert float(marks(svg, "line", "break")[0].get("x1")) == pytest.approx((left + right) / 2, abs=0.1)


def test_a_long_account_of_a_break_is_put_in_two_words() -> None:
    svg = line(series(realistic(1, holes=False), first="2017-01", breaks=(CATEGORIES,)), 1160)
    assert {"March 2019", "definition changed"} <= set(words(svg))


def test_two_breaks_in_one_month_are_drawn_once_and_the_cutting_one_is_named() -> None:
    other = Break(SYSTEM.start, None, "airports moved", "boundary", "mark", "x")
    svg = line(series([100, 110, 120, 130], breaks=(other, SYSTEM)), 560)
    assert len(marks(svg, "line", "break")) == 1
    assert "new crime system" in words(svg)
    assert "airports moved" not in words(svg)


def test_a_stretch_with_an_end_is_no_dashed_line() -> None:
    stretch = Break(SYSTEM.start, SYSTEM.start.replace(month=3), "October was short", "system", "mark", "x")
    assert not marks(line(series([100, 110, 120, 130], breaks=(stretch,)), 560), "line", "break")


def test_covid_is_shaded_and_named_where_it_is_in_the_window() -> None:
    before = line(series([100.0] * 12, first="2018-01"), 560)
    across = line(series([float(100 + i % 7) for i in range(60)], first="2018-01"), 1160)
    assert "Covid" not in words(before)
    assert not marks(before, "rect", "shade")
    assert "Covid" in words(across)
    assert "left out" not in words(across), "only a range leaves months out"
    shade = marks(across, "rect", "shade")[0]
    # 60 months over 1160 - 76 - 31 = 1053 px are 17.55 px each: March 2020 is month 26, July 2021 month 42.
    assert float(shade.get("x")) == pytest.approx(31 + 26 * 17.55, abs=0.1)
    assert float(shade.get("width")) == pytest.approx(16 * 17.55, abs=0.1)


@pytest.mark.parametrize(("state", "tag", "css"), [("B", "circle", "m m-B"), ("W", "path", "m m-W"), ("C", "path", "m m-C")])
def test_the_newest_point_has_its_verdicts_shape(state: str, tag: str, css: str) -> None:
    assert len(marks(line(series([10, 20, 30, 40], newest="provisional"), 560, verdict=verdict(state)), tag, css)) == 1


@pytest.mark.parametrize("state", ["N", "T", "X", "L", "U"])
def test_no_other_state_marks_a_point(state: str) -> None:
    svg = line(FOUR, 560, verdict=verdict(state))
    assert not [n for n in parsed(svg).iter() if (n.get("class") or "").startswith("m m-")]


def test_a_provisional_newest_point_is_hollow_and_a_final_one_is_not() -> None:
    assert len(marks(line(series([10, 20, 30], newest="provisional"), 560), "circle", "dot-hollow")) == 1
    assert not marks(line(series([10, 20, 30]), 560), "circle", "dot-hollow")


def test_the_newest_value_stands_in_bold_with_its_month_under_it() -> None:
    value, month = (next(t for t in texts(line(FOUR, 560)) if t.css == css) for css in ("t b halo", "t q s halo"))
    assert (value.words, month.words) == ("40", "Apr 2024")
    assert value.left == month.left
    assert month.top > value.bottom - 1


def test_the_narrowest_drawing_shows_four_years_and_the_wider_ones_all() -> None:
    long = series([float(100 + i % 5) for i in range(96)])
    assert sum(len(s) for s in dots(line(long, 340), "raw")) == 48
    assert sum(len(s) for s in dots(line(long, 560), "raw")) == 96


def test_a_card_starts_in_january_of_last_year_but_one() -> None:
    to_december = series([float(i) for i in range(1, 61)], first="2021-01")
    to_june = series([float(i) for i in range(1, 55)], first="2021-01")
    assert sum(len(s) for s in dots(card(to_december), "raw")) == 24
    assert sum(len(s) for s in dots(card(to_june), "raw")) == 30
    assert size(card(to_june)) == (340, 150)


def test_every_full_size_is_drawn() -> None:
    assert (
        [size(svg) for svg in line_set(FOUR)]
        == [(w, h) for w, h in FULL.items()]
        == [(1160, 400), (860, 380), (560, 320), (340, 280)]
    )


def test_years_shrink_where_there_is_no_room() -> None:
    long = series([float(100 + i % 5) for i in range(180)], first="2010-01")
    assert "2019" in words(line(long, 1160))
    assert {"’19", "’20"} <= set(words(line(long, 560)))
    assert "2019" not in words(line(long, 560))


def _range() -> ExpectedRange:
    every = [ExpectedMonth(p, 30, 20, 40) for p in months("2023-01", 24)]
    return ExpectedRange(tuple(every[:15]), tuple(every[15:]), "2024-03")


def test_the_judged_band_joins_the_months_before_it_where_the_range_was_made() -> None:
    svg = line(series([float(25 + i % 9) for i in range(24)], first="2023-01"), 1160, expected=_range())
    baseline, judged = dots(svg, "band-2")[0], dots(svg, "band")[0]
    assert len(baseline) == 15 * 2
    assert len(judged) == (9 + 1) * 2
    assert judged[0] == baseline[14]
    assert float(marks(svg, "line", "leader")[0].get("x1")) == judged[0][0]
    assert {"expected range, made March 2024", "as expected at the time"} <= set(words(svg))


def test_a_break_cuts_the_baseline() -> None:
    svg = line(series([float(25 + i % 9) for i in range(24)], first="2023-01", breaks=(SYSTEM,)), 1160, expected=_range())
    assert [len(s) // 2 for s in dots(svg, "band-2")] == [14, 1]


def test_months_left_out_leave_a_hole_in_the_band() -> None:
    whole = _range()
    holed = ExpectedRange(whole.earlier[:5] + whole.earlier[9:], whole.judged, whole.fixed)
    svg = line(series([float(25 + i % 9) for i in range(24)], first="2023-01"), 1160, expected=holed)
    assert [len(s) // 2 for s in dots(svg, "band-2")] == [5, 6]


def test_layers_are_painted_back_to_front() -> None:
    svg = line(series(realistic(2), first="2017-01", breaks=(SYSTEM,)), 1160, expected=_range())
    order = [svg.index(f'class="{css}"') for css in ("shade", "grid", "band-2", "centre", "break", "raw", "dot", "t q")]
    assert order == sorted(order)


def test_the_description_says_lowest_highest_newest_missing_and_verdict() -> None:
    svg = line(series([10, None, None, None, 40, 25], area=BROMLEY), 560, verdict=verdict("N"))
    assert parsed(svg).get("aria-label") == (
        "Personal robbery, Bromley, January to June 2024. Lowest 10, January 2024. Highest 40, May 2024. Newest 25, June 2024. "
        "3 periods have no figure. Verdict: no clear change."
    )


def test_a_series_without_a_number_says_so() -> None:
    svg = line(series([None, None]), 560)
    assert words(svg) == ["No figure is held"]
    assert "no figure is held" in parsed(svg).get("aria-label", "")


def test_a_label_given_is_the_label_and_is_escaped() -> None:
    assert parsed(line(FOUR, 560, label=HOSTILE)).get("aria-label") == HOSTILE
    assert HOSTILE not in line(FOUR, 560, label=HOSTILE)


AWAITED = ExpectedRange(
    tuple(ExpectedMonth(f"2024-{m:02d}", 25, 15, 35) for m in (1, 2)),
    tuple(ExpectedMonth(f"2024-{m:02d}", 25, 15, 35) for m in (3, 4)),
    "2024-02",
    tuple(ExpectedMonth(f"2024-{m:02d}", 26, 12, 60) for m in (5, 6, 7, 8)),
)


@pytest.mark.parametrize("width", FULL)
def test_the_range_goes_on_over_months_without_a_figure_and_they_are_named(width: int) -> None:
    svg = line(FOUR, width, expected=AWAITED, awaited_until="2024-08")
    # Paler than the months judged: those the range was made from, and those awaited.
    assert (len(marks(svg, "path", "band")), len(marks(svg, "path", "band-2"))) == (1, 2)
    assert "no figure yet" in words(svg)
    assert "40" in words(svg)
    (judged,) = (max(x for x, _ in shape) for shape in dots(svg, "band"))
    assert max(x for shape in dots(svg, "band-2") for x, _ in shape) > judged


def test_months_without_a_figure_are_drawn_though_no_range_is_shown_for_them() -> None:
    svg = line(FOUR, 860, awaited_until="2024-10")
    assert "no figure yet" in words(svg)
    assert not marks(svg, "path", "band-2")


def test_one_month_that_is_not_due_yet_is_left_open_and_unnamed() -> None:
    svg = line(FOUR, 860, expected=replace(AWAITED, awaited=AWAITED.awaited[:1]), awaited_until="2024-05")
    assert "no figure yet" not in words(svg)
    assert len(marks(svg, "path", "band-2")) == 2
