"""The same series under the reader's own hand: a graph that says each value and looks closer at part of it."""

from typing import Any

from dashboard.charts.explore import line_figure, rolling_figure
from dashboard.figures.measure_in_place import MeasureShown
from dashboard.figures.records import MeasureSeries
from dashboard.kinds.telling import Beside
from dashboard.ui import html
from dashboard.ui.attributes import attributes
from dashboard.ui.html import Element
from dashboard.ui.island_place import IslandPlace
from dashboard.ui.links import links
from dashboard.ui.sections import section
from dashboard.words.measures import extent_sentence

NEEDS_SCRIPT = "To explore it here, this browser must run the scripts of this page. Every figure is in the table above."


def explore_section(series: MeasureSeries, *, close: str) -> html.Section:
    """A section in which Dash draws a graph of the series. Its script loads only on a page that has one.

    Args:
        series: what is explored; a table of the same figures stands under the chart above it.
        close: address of the page without it.
    """
    spoken = f"{series.measure.title}, {series.area.name}. {extent_sentence(series)}."
    return section(
        "explore",
        "Explore this chart",
        [
            html.Div(
                IslandPlace(html.P(NEEDS_SCRIPT, className="quiet")), tabIndex=0, role="group", **attributes(aria_label=spoken)
            ),
            links([("Close this chart", close)]),
        ],
        say=(
            "Point at a month to read its figure. Drag across months to look closer; double-click to see all again. "
            "With a keyboard, choose the months under “Months drawn”; the table above holds every figure."
        ),
    )


def explored_figure(shown: MeasureShown) -> dict[str, Any]:
    """A Plotly figure of the series, and of the place beside it where both are on one scale.

    Raises:
        LookupError: nothing is held for the place.
    """
    if shown.series is None:
        raise LookupError(f"{shown.measure.title} is held for no whole area")
    beside = shown.beside if shown.kind.beside is not Beside.NOT_DRAWN else None
    figure = rolling_figure(shown.series, (beside,)) if beside is not None else line_figure(shown.series)
    figure["layout"] |= {"hovermode": "x unified", "dragmode": "zoom", "title": {"text": ""}}
    figure["layout"]["xaxis"] |= {"fixedrange": False, "hoverformat": "%B %Y"}
    return figure


def explore_link(address: str) -> Element:
    """Where the same page stands with the graph."""
    return html.Div(links([("Explore this chart", f"{address}#explore")]), className="no-print")
