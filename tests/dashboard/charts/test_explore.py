"""The Plotly dicts: the same records, the same look, nothing sent anywhere."""

import json

from dashboard.charts.explore import config, line_figure, rolling_figure
from dashboard.charts.styles import SCREEN
from dashboard.charts.template import LAYOUT, TRACE
from dashboard.figures.records import Area
from tests.dashboard.charts.drawn import expected
from tests.dashboard.charts.made import BROMLEY, HOSTILE, LONDON_AREA, SYSTEM, realistic, series, verdict


def test_nothing_leaves_the_reader_s_browser() -> None:
    assert config()["showSendToCloud"] is False
    assert config()["plotlyServerURL"] == ""
    assert config()["displayModeBar"] is False


def test_a_missing_month_stays_missing() -> None:
    trace = line_figure(series([10, None, 30]))["data"][0]
    assert trace["y"] == [10, None, 30]
    assert trace["x"] == ["2024-01-01", "2024-02-01", "2024-03-01"]
    assert trace["connectgaps"] is False


def test_the_explored_line_has_the_colours_of_the_drawn_one() -> None:
    assert TRACE["raw"]["line"]["color"] == SCREEN["ink"]
    assert TRACE["subject"]["line"]["color"] == SCREEN["blue"]
    assert TRACE["band_upper"]["fillcolor"] == SCREEN["band"]
    assert TRACE["worse"]["marker"]["color"] == SCREEN["orange"]
    assert LAYOUT["yaxis"]["gridcolor"] == SCREEN["line"]


def test_band_breaks_covid_and_the_newest_point_are_all_there() -> None:
    values = realistic(3)
    band = expected(values, first="2017-01", fixed="2024-12")
    figure = line_figure(series(values, first="2017-01", breaks=(SYSTEM,)), expected=band, verdict=verdict("W"))
    kinds = [t.get("marker", {}).get("symbol") for t in figure["data"]]
    assert "diamond" in kinds
    assert sum(t.get("fill") == "tonexty" for t in figure["data"]) == 2
    assert [s["type"] for s in figure["layout"]["shapes"]] == ["rect", "line"]
    assert any("new crime system" in a["text"] for a in figure["layout"]["annotations"])


def test_lines_are_named_at_their_ends_and_names_are_not_markup() -> None:
    figure = rolling_figure(series([1, 2], area=Area("E1", HOSTILE, "borough")), (series([3, 4], area=LONDON_AREA),))
    annotations = [a["text"] for a in figure["layout"]["annotations"]]
    assert annotations[0] == "London 4"
    assert "<b>" not in annotations[1]
    assert [t["line"].get("dash") for t in figure["data"]] == ["1.5px,3px", None]


def test_a_line_at_zero_is_solid_only_when_the_scale_starts_there() -> None:
    assert line_figure(series([1, 20]))["layout"]["xaxis"]["showline"] is True
    assert line_figure(series([19, 20]))["layout"]["xaxis"]["showline"] is False


def test_changing_one_figure_changes_no_other() -> None:
    first = line_figure(series([1, 2], area=BROMLEY))
    first["layout"]["xaxis"]["tickfont"]["color"] = "red"
    assert line_figure(series([1, 2]))["layout"]["xaxis"]["tickfont"]["color"] == "#45525e"
    json.dumps(first)
