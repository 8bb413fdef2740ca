"""Places beside each other: rolling lines, tiles on one ratio scale, the map, revisions, coverage, the funnel."""

from datetime import date

import pytest

from dashboard.charts.borough_map import BoroughShape, borough_map, shapes
from dashboard.charts.borough_tiles import THREE_LETTERS, TILE_PLACES, is_leftmost
from dashboard.charts.coverage import CoverageRow, coverage
from dashboard.charts.funnel import Funnel, FunnelLimit, FunnelPoint, funnel
from dashboard.charts.revisions import revisions
from dashboard.charts.rolling import rolling
from dashboard.charts.tile import tile, tile_scale
from dashboard.charts.time_axes import spread_labels
from dashboard.charts.two_lines import two_lines
from dashboard.figures.records import Area, Revision
from tests.dashboard.charts.drawn import BOROUGHS
from tests.dashboard.charts.made import BROMLEY, LONDON_AREA, dots, marks, measure, parsed, series, texts, words

RATE = measure(form="rolling_year_rate", period="rolling_year", decimals=1, is_rolling=True, unit="per 1,000 residents")
SOUTH = Area("BCU-SN", "South Area", "bcu")


def test_a_place_its_command_and_london_share_one_scale() -> None:
    own, command, london = (series([v] * 6, area=a, of=RATE) for v, a in ((4.0, BROMLEY), (6.0, SOUTH), (8.0, LONDON_AREA)))
    svg = rolling(own, (command, london), 560)
    (low,), (middle,), (high,) = (dots(svg, css) for css in ("subject", "other", "third"))
    assert low[0][1] - middle[0][1] == pytest.approx(middle[0][1] - high[0][1], abs=0.15)
    assert low[0][1] > middle[0][1] > high[0][1]
    assert {"Bromley 4.0", "South Area 6.0", "London 8.0"} <= set(words(svg))


def test_close_lines_have_their_names_apart() -> None:
    places = [series([v] * 6, area=Area(f"E{i}", f"Place {i}", "borough"), of=RATE) for i, v in enumerate((5.0, 5.02, 5.04))]
    named = sorted((t for t in texts(rolling(places[0], places[1:], 860)) if t.words.startswith("Place")), key=lambda t: t.top)
    assert len(named) == 3
    assert all(b.top >= a.bottom for a, b in zip(named, named[1:], strict=False))


def test_names_stay_in_order_and_inside_when_they_are_spread() -> None:
    assert spread_labels([50, 51, 52], [16, 16, 16], 0, 200) == (50, 66, 82)
    assert spread_labels([190, 195, 199], [16, 16, 16], 0, 200) == (160, 176, 192)
    assert spread_labels([20, 100], [16, 16], 0, 200) == (20, 100)


def test_the_highest_value_of_the_subject_is_written_over_its_point() -> None:
    days = measure(title="Median days", period="quarter", unit="days")
    london = series([200, 466, 339], first="2023-01", of=days)
    both = two_lines(
        london, series([210, 400, 346], first="2023-01", of=days, area=Area("K04000001", "England and Wales", "nation")), 560
    )
    assert {"London 339", "E&W 346", "466"} <= set(words(both))
    assert "0" in words(both), "from zero"


def test_every_borough_has_a_tile_of_its_own_and_a_name_on_the_map() -> None:
    assert len(TILE_PLACES) == len(set(TILE_PLACES.values())) == 33
    assert {b.code for b in BOROUGHS} == set(TILE_PLACES)
    assert len(THREE_LETTERS) == len(set(THREE_LETTERS.values())) == 32
    assert is_leftmost("E09000017")
    assert not is_leftmost("E09000033")


def _tiles(*levels: float) -> list[str]:
    rate = measure(form="rate", decimals=1, unit="per 10,000 residents")
    every = [series([v, v], area=Area(f"E{v}", f"Place {v}", "borough"), of=rate) for v in levels]
    scale = tile_scale(every, first="2024-01")
    return [tile(s, scale) for s in every]


def test_twice_is_the_same_distance_everywhere_on_a_tile() -> None:
    heights = [dots(svg, "subject thin")[0][0][1] for svg in _tiles(1, 2, 4, 8)]
    steps = [a - b for a, b in zip(heights, heights[1:], strict=False)]
    assert steps == pytest.approx([steps[0]] * 3, abs=0.15)


def test_zero_stands_at_the_foot_of_a_tile_and_is_said() -> None:
    svg = _tiles(0, 2, 4)[0]
    assert {y for _, y in dots(svg, "subject thin")[0]} == {82.0}
    assert "0.0 in February 2024" in parsed(svg).get("aria-label", "")


def test_a_set_of_tiles_without_a_number_above_zero_has_no_scale() -> None:
    with pytest.raises(ValueError, match="above zero"):
        tile_scale([series([0, 0])], first="2024-01")


def test_only_the_leftmost_tiles_name_the_scale() -> None:
    every = [series([1.0, 8.0])]
    scale = tile_scale(every, first="2024-01")
    assert words(tile(every[0], scale)) == []
    assert words(tile(every[0], scale, is_named=True)) == ["1", "2", "4", "8"]


@pytest.mark.parametrize(
    ("low", "high", "labels"),
    [
        (430, 2300, ["500", "1,000", "2,000"]),
        (0.3, 1.3, ["0.5", "1"]),
        (2.1, 17, ["2", "4", "8", "16"]),
        (60, 420, ["100", "200", "400"]),
    ],
)
def test_the_lines_of_the_scale_are_round_numbers_each_twice_the_last(low, high, labels) -> None:
    drawn_series = [series([low, high])]
    assert words(tile(drawn_series[0], tile_scale(drawn_series, first="2024-01"), is_named=True)) == labels


def _square(code: str, west: float) -> BoroughShape:
    corners = ((west, 51.0), (west + 1, 51.0), (west + 1, 52.0), (west, 52.0), (west, 51.0))
    return BoroughShape(code, code, (corners,))


def test_a_map_is_north_up_fills_its_width_and_hatches_another_force() -> None:
    svg = borough_map([_square("E09000006", 0), _square("E09000001", 1)], {"E09000006": 2}, ("Lower", "Level", "Higher"), 340)
    (blue,) = dots(svg, "area-2")
    # Two degrees over 340 - 12 = 328 px: the western square runs from 6 to 170; its first corner is south. A degree north is as
    # long as 1 / cos(51.5 degrees) east: 328 / (2 x 0.6225) = 263.4 px under the 6 px of the edge.
    assert blue == [(6.0, 269.4), (170.0, 269.4), (170.0, 6.0), (6.0, 6.0)]
    assert len(marks(svg, "path", "area-none")) == 1
    assert "Higher: E09000006. No figure: E09000001." in parsed(svg).get("aria-label", "")


def test_names_stand_inside_the_map_from_560_pixels_only() -> None:
    classes = {b.code: 0 for b in BOROUGHS if b.code != "E09000001"}
    wide, narrow = (borough_map(BOROUGHS, classes, ("a", "b", "c"), width) for width in (560, 340))
    assert set(words(wide)) == set(THREE_LETTERS.values())
    assert words(narrow) == []


def test_boundaries_without_a_code_are_refused() -> None:
    with pytest.raises(KeyError):
        shapes({"features": [{"properties": {}, "geometry": {"type": "Polygon", "coordinates": []}}]})


def _revised(*values: float | None) -> list[Revision]:
    return [Revision("2025-05", f"e{i}", f"e{i}", date(2025, 6 + i, 20), v) for i, v in enumerate(values)]


def test_a_figure_that_rose_by_a_tenth_is_one_step_up_from_its_ring() -> None:
    svg = revisions(_revised(1000, 1000, 1100), 560)
    (path,) = dots(svg, "subject")
    assert len({y for _, y in path[:4]}) == 1, "level while unchanged"
    assert path[-1][0] == path[-2][0], "straight up on the day it changed"
    assert path[-1][1] < path[0][1]
    zero = next(t for t in texts(svg) if t.words == "0")
    assert (zero.top + zero.bottom) / 2 == pytest.approx(path[0][1], abs=2)
    assert "+10%" in words(svg)


def test_an_edition_that_lacks_the_month_is_passed_over() -> None:
    assert len(dots(revisions(_revised(1000, None, 1100), 560), "subject")[0]) == 3


def test_one_edition_cannot_have_moved() -> None:
    assert words(revisions(_revised(1000), 560)) == ["One edition is held, so nothing can have moved"]


def test_what_is_held_starts_where_its_first_day_falls() -> None:
    rows = [
        CoverageRow("Whole", ((date(2020, 1, 1), date(2026, 1, 1)),)),
        CoverageRow("Half", ((date(2023, 1, 1), date(2026, 1, 1)),)),
    ]
    whole, half = marks(coverage(rows, 560), "rect", "bar-quiet")
    assert float(half.get("width")) == pytest.approx(float(whole.get("width")) / 2, abs=0.1)
    year = next(t for t in texts(coverage(rows, 560)) if t.words == "2020")
    assert (year.left + year.right) / 2 == pytest.approx(float(whole.get("x")), abs=0.1)


def test_missing_months_are_hatched_and_said() -> None:
    svg = coverage(
        [CoverageRow("Survey", ((date(2020, 1, 1), date(2023, 12, 31)),), ((date(2024, 1, 1), date(2025, 12, 31)),))], 340
    )
    assert len(marks(svg, "rect", "area-none")) == 1
    assert "January 2024 to December 2025 missing" in parsed(svg).get("aria-label", "")


def test_only_what_lies_beyond_the_limits_is_blue_and_all_of_it_is_named() -> None:
    points = (
        FunnelPoint("Westminster", 200_000, 15.0, True),
        FunnelPoint("Barnet", 390_000, 5.0, False),
        FunnelPoint("Bromley", 330_000, 6.5, False, True),
    )
    limits = tuple(FunnelLimit(s, 5, 9, 4, 11) for s in (100_000, 250_000, 450_000))
    svg = funnel(Funnel(points, limits, 7.0, "London 7.0", "residents"), 560)
    assert len(marks(svg, "circle", "dot-blue")) == 1
    assert {"Westminster", "Bromley", "London 7.0", "99.8% limit"} <= set(words(svg))
    assert "Barnet" not in words(svg)
    assert len(dots(svg, "limit-2")) == len(dots(svg, "limit")) == 2
