"""Charts made of rows: order, marks, and words in place of a mark."""

import pytest

from dashboard.charts.before_after import BeforeAfterRow, before_and_after
from dashboard.charts.contribution import Contribution, contribution
from dashboard.charts.dot_matrix import MatrixRow, dot_matrix
from dashboard.charts.forest import ForestGroup, ForestRow, forest
from dashboard.charts.intervals import IntervalRow, intervals
from dashboard.charts.ratio_bar import ratio_bar
from dashboard.charts.retired_targets import TargetRow, retired_targets
from dashboard.charts.step_test import StepRow, step_test
from dashboard.charts.strip import REST_OF_LONDON, TWO_YEARS_BEFORE, StripRow, strip
from dashboard.charts.survey_line import survey_line
from dashboard.charts.verdict_shapes import WORDS, glyph, shape
from dashboard.figures.records import MeasureSeries
from tests.dashboard.charts.made import LONDON_AREA, dots, marks, measure, months, parsed, point, texts, verdict, words


def test_half_and_twice_stand_as_far_from_as_expected() -> None:
    rows = (
        ForestRow("Low", 0.5, None, None, "N", ""),
        ForestRow("High", 2.0, None, None, "N", ""),
        ForestRow("Level", 1.0, None, None, "N", ""),
    )
    low, high, level = (float(n.get("cx")) for n in marks(forest([ForestGroup("All", rows)], 860), "circle", "dot-hollow"))
    assert level - low == pytest.approx(high - level, abs=0.15)


def test_a_changed_measure_has_its_shape_and_one_not_judged_only_words() -> None:
    rows = (ForestRow("Robbery", 1.5, 1.2, 1.8, "W", "50% more"), ForestRow("Fraud", None, None, None, "T", "too early to judge"))
    svg = forest([ForestGroup("Chosen", rows)], 560)
    assert len(marks(svg, "path", "m m-W")) == 1
    assert len(marks(svg, "line", "range")) == 1
    assert "too early to judge" in words(svg)
    assert "Chosen" in words(svg)


def test_on_a_narrow_screen_names_stand_above_their_marks() -> None:
    rows = (ForestRow("Personal robbery", 1.0, 0.8, 1.2, "N", "as expected"),)
    svg = forest([ForestGroup("Chosen", rows)], 340)
    name = next(t for t in texts(svg) if t.words == "Personal robbery")
    assert name.bottom < float(marks(svg, "circle", "dot-hollow")[0].get("cy")) - 5


def test_an_interval_clear_of_the_comparator_is_a_disc_on_a_thick_line_and_any_other_a_ring() -> None:
    rows = [IntervalRow("Clear", 0.6, 0.55, 0.65, "60%"), IntervalRow("Not", 0.5, 0.44, 0.56, "50%")]
    svg = intervals(rows, 0.5, 560, is_percentage=True)
    assert len(marks(svg, "line", "range-blue")) == len(marks(svg, "line", "range")) == 1
    assert len(marks(svg, "circle", "dot-blue")) == len(marks(svg, "circle", "dot-hollow")) == 1
    assert len(marks(svg, "line", "centre")) == 1


def test_below_five_stands_in_words_and_not_as_a_mark() -> None:
    svg = intervals([IntervalRow("Darwin", None, None, None, "fewer than 5"), IntervalRow("Orpington", 8, 3, 16, "8")], None, 340)
    assert "fewer than 5" in words(svg)
    assert len(marks(svg, "circle", "dot-hollow")) == 1


def test_places_stay_in_the_order_given() -> None:
    rows = [IntervalRow(n, v, v - 1, v + 1, str(v)) for n, v in (("Acton", 9), ("Barnes", 2), ("Chelsea", 5))]
    assert [w for w in words(intervals(rows, None, 560)) if w.isalpha()] == ["Acton", "Barnes", "Chelsea"]


def test_fewer_is_solid_to_the_left_and_more_hollow_to_the_right() -> None:
    svg = contribution([Contribution("Up", 50), Contribution("Down", -100), Contribution("Level", 0)], 560)
    (solid,), (hollow,) = marks(svg, "rect", "bar"), marks(svg, "rect", "bar-2")
    zero = float(marks(svg, "line", "axis")[0].get("x1"))
    assert float(solid.get("x")) + float(solid.get("width")) == pytest.approx(zero, abs=0.1)
    assert float(hollow.get("x")) == zero
    assert float(solid.get("width")) == pytest.approx(2 * float(hollow.get("width")), abs=0.2)
    assert [w for w in words(svg) if w in {"Down", "Level", "Up"}] == ["Down", "Level", "Up"]
    assert {"−100", "+50", "0"} <= set(words(svg))


def test_two_panels_share_one_scale() -> None:
    svg = contribution([Contribution(f"Place {i}", -10.0 * i) for i in range(1, 11)], 860)
    widths = sorted(float(n.get("width")) for n in marks(svg, "rect", "bar"))
    assert widths[-1] == pytest.approx(10 * widths[0], rel=0.02)
    assert len(marks(svg, "line", "axis")) == 2


def test_a_change_beyond_thirty_per_cent_is_bold() -> None:
    svg = before_and_after([BeforeAfterRow("A", 1000, 1310), BeforeAfterRow("B", 1000, 1290)], ("Dec 2024", "Dec 2025"), 560)
    css = {t.words: t.css for t in texts(svg)}
    assert css["+31%"] == "t b"
    assert css["+29%"] == "t"


def test_a_court_without_an_earlier_figure_is_not_given_one() -> None:
    svg = before_and_after([BeforeAfterRow("A", None, 500), BeforeAfterRow("B", 400, 450)], ("Dec 2024", "Dec 2025"), 340)
    assert len(marks(svg, "circle", "dot-hollow-blue")) == 1
    assert "not held" in words(svg)


def test_a_step_beyond_the_usual_is_a_square() -> None:
    svg = step_test([StepRow("Shoplifting", 0.35, True), StepRow("Theft", 0.01, False)], 560)
    assert len(marks(svg, "rect", "m m-X")) == len(marks(svg, "circle", "dot-other")) == 1
    assert {"no step", "+35%", "+1%"} <= set(words(svg))


def test_a_target_is_met_or_missed_in_words_and_unwatched_crimes_stand_below() -> None:
    rows = [
        TargetRow("Rape", (0.1, 0.67), None),
        TargetRow("Robbery", (-0.1, -0.45), True),
        TargetRow("Violence", (0.0, 0.2), False),
    ]
    svg = retired_targets(rows, -0.2, "2011/12", "Not among the seven", 860)
    assert [w for w in words(svg) if w in {"Rape", "Robbery", "Violence", "Not among the seven"}] == [
        "Robbery",
        "Violence",
        "Not among the seven",
        "Rape",
    ]
    assert {"−45%, met", "+20%, missed", "+67%", "target −20%", "2011/12"} <= set(words(svg))


def test_the_subject_is_one_disc_among_strokes() -> None:
    svg = strip([StripRow("Burglary", 0.5, (1.0,), (0.25, 2.0, 99.0), "50% lower")], "Bromley", 560, REST_OF_LONDON)
    assert len(marks(svg, "line", "other")) == 3
    assert len(marks(svg, "circle", "dot-blue")) == 1
    assert {"Bromley", "rest of London", "50% lower"} <= set(words(svg))
    assert max(float(n.get("x1")) for n in marks(svg, "line", "other")) <= 560


def test_a_subject_that_is_not_held_has_no_disc_and_the_next_is_named() -> None:
    rows = [StripRow("Rape", None, (), (0.9, 1.2), "not shown"), StripRow("Burglary", 0.7, (), (0.8, 1.0), "−30%")]
    svg = strip(rows, "Bromley", 560, TWO_YEARS_BEFORE)
    assert len(marks(svg, "circle", "dot-blue")) == 1
    assert {"Bromley", "−20%", "0%", "not shown", "−30%"} <= set(words(svg))
    assert "beside two years before" in svg


def _row(**states: str) -> MatrixRow:
    return MatrixRow("Shoplifting", tuple((f"Place {i:02d}", states.get(f"p{i}", "N")) for i in range(32)))


def test_only_what_changed_has_a_shape_and_is_named() -> None:
    svg = dot_matrix([_row(p3="W", p9="P")], 1160)
    assert len(marks(svg, "circle", "m-none")) == 30
    assert len(marks(svg, "path", "m m-W")) == len(marks(svg, "circle", "m m-P")) == 1
    assert {"Worse: Place 03", "Provisional: Place 09"} <= set(words(svg))


def test_london_keeps_its_capital_and_a_lean_says_its_way() -> None:
    svg = dot_matrix([MatrixRow("Shoplifting", (("Brent", "A"), ("Camden", "M")), frozenset({"Camden"}))], 1160)
    assert {"Apart from London: Brent", "Leaning up: Camden"} <= set(words(svg))
    assert len(marks(svg, "path", "m-half")) == 1


def test_what_does_not_fit_is_counted() -> None:
    many = _row(**{f"p{i}": "C" for i in range(20)})
    assert any(w.startswith("Changed: Place 00") and w.endswith("more") for w in words(dot_matrix([many], 860)))
    assert "20 changed" in words(dot_matrix([many], 560))
    assert "no change" in words(dot_matrix([_row()], 340))


@pytest.mark.parametrize("width", [860, 560])
def test_a_name_of_many_lines_stands_between_the_rules_of_its_row_and_its_marks_in_the_middle(width: int) -> None:
    long = "Burglary of businesses, charities and all community buildings of the borough"
    svg = dot_matrix([_row(), MatrixRow(long, _row(p3="W").marks), _row()], width)
    rules = sorted(float(n.get("y1")) for n in marks(svg, "line", "grid"))
    lines = [t for t in texts(svg) if t.words in long]
    assert len(lines) >= 3
    assert rules[0] < min(t.top for t in lines)
    assert max(t.bottom for t in lines) < rules[1]
    dot = float(marks(svg, "circle", "m-none")[32].get("cy"))
    assert dot == pytest.approx((rules[0] + rules[1]) / 2, abs=0.1)
    assert rules[1] - rules[0] > rules[2] - rules[1]


def test_the_bar_shows_observed_over_expected_beside_its_range() -> None:
    svg = ratio_bar(verdict("W", observed=200, expected=100))
    # One doubling is 79.1 px from 104.6; the range 92 to 108 becomes 0.92 to 1.08.
    band = marks(svg, "rect", "band")[0]
    assert float(band.get("x")) == pytest.approx(104.6 + 79.1 * -0.1203, abs=0.1)
    assert marks(svg, "path", "m m-W")[0].get("d", "").startswith("M183.7 ")


def test_a_verdict_that_refuses_has_an_empty_bar() -> None:
    assert list(parsed(ratio_bar(verdict("X", None, None)))) == []


@pytest.mark.parametrize("state", WORDS)
def test_every_state_has_a_letter_in_a_shape(state: str) -> None:
    drawn = parsed(glyph(state))
    assert "".join(drawn.itertext()) == ("?" if state == "U" else state)
    assert drawn.get("viewBox") == "0 0 28 28"
    assert len(list(drawn)) >= 2


def test_the_shapes_differ_without_their_colours() -> None:
    outlines = {glyph(s).split(' class="')[0].split("><", 1)[1] for s in "BWCNXLT"}
    assert len(outlines) == 7


def test_an_unknown_state_is_refused() -> None:
    with pytest.raises(KeyError):
        glyph("Z")
    assert 'class="m-none"' in shape("N", 0, 0, 4.6)


def _survey() -> MeasureSeries:
    share = measure(title="Good job", period="rolling_year", is_percentage=True, is_rolling=True)
    points = [
        point(p, 0.6 - i / 300, lower=0.59 - i / 300, upper=0.61 - i / 300)
        for i, p in enumerate(months("2022-12", 37))
        if i % 3 == 0
    ]
    return MeasureSeries(share, LONDON_AREA, tuple(points), (), ())


def test_separate_years_have_points_and_intervals_and_overlapping_ones_a_thin_line() -> None:
    svg = survey_line(_survey())
    assert len(dots(svg, "other")[0]) == 13
    assert len(marks(svg, "circle", "dot-blue")) == len(marks(svg, "line", "range-blue")) == 4
    assert {"0", "50", "100%", "48%"} <= set(words(svg))


def test_a_measure_no_longer_asked_says_when_it_ended() -> None:
    assert "Dec 2025" in words(survey_line(_survey(), until="2027-12"))
    assert "Dec 2025" not in words(survey_line(_survey(), until="2025-12"))
