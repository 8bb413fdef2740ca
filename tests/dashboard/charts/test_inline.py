"""A drawing that needs no page."""

import pytest

from dashboard.charts.borough_map import borough_map
from dashboard.charts.line import line
from dashboard.charts.standalone_svg import standalone
from dashboard.charts.styles import attributes
from tests.dashboard.charts.drawn import BOROUGHS
from tests.dashboard.charts.made import parsed, series

SPACE = "{http://www.w3.org/2000/svg}"


def test_the_line_is_ink_on_screen_and_black_in_print() -> None:
    # Values read from the published stylesheet: --ink #16202a on screen, #000000 in print; .raw is 1.5 px wide.
    assert attributes("raw", "screen") == {"fill": "none", "stroke": "#16202a", "stroke-width": "1.5", "stroke-linejoin": "round"}
    assert attributes("raw", "print")["stroke"] == "#000000"
    assert attributes("t blue s halo", "screen") == {"fill": "#12436d", "font-size": "13", "font-weight": "700"}
    assert attributes("g g-W", "print") == {"fill": "#c4c4c4", "stroke": "#000000", "stroke-width": "1.5"}


def test_a_drawing_that_stands_alone_has_size_font_and_title() -> None:
    root = parsed(standalone(line(series([10, 20, 30]), 560)))
    assert (root.tag, root.get("width"), root.get("height")) == (f"{SPACE}svg", "560", "320")
    assert "Liberation Sans" in root.get("font-family", "")
    assert root.find(f"{SPACE}title").text == root.get("aria-label")


def test_hatching_comes_along_where_it_is_used_and_in_the_palettes_grey() -> None:
    drawn = borough_map(BOROUGHS, {"E09000006": 1}, ("a", "b", "c"), 340)
    assert '<pattern id="hatch"' in standalone(drawn)
    assert "#6a7681" not in standalone(drawn, palette="print")
    assert "<pattern" not in standalone(line(series([1, 2]), 340))


def test_what_is_no_drawing_of_ours_is_refused() -> None:
    with pytest.raises(ValueError, match="viewBox"):
        standalone("<svg></svg>")
