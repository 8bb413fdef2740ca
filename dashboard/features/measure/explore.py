"""The same series under the reader's own hand: a graph that says each value and looks closer at part of it."""

from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.charts.explore import config, line_figure, rolling_figure
from dashboard.figures.records import MeasureSeries
from dashboard.ui.attributes import attributes
from dashboard.ui.links import links
from dashboard.ui.sections import section
from dashboard.words.measures import extent_sentence

GRAPH = "measure-graph"


def explore_section(series: MeasureSeries, beside: MeasureSeries | None, *, close: str) -> html.Section:
    """A graph of a series, and of the place beside it, in a section of its own. Its script loads only on a page that has one.

    Args:
        series: what is explored; a table of the same figures stands under the chart above it.
        beside: a second line on the same scale.
        close: address of the page without it.
    """
    figure = rolling_figure(series, (beside,)) if beside is not None else line_figure(series)
    figure["layout"] |= {"hovermode": "x unified", "dragmode": "zoom", "title": {"text": ""}}
    figure["layout"]["xaxis"] |= {"fixedrange": False, "hoverformat": "%B %Y"}
    spoken = f"{series.measure.title}, {series.area.name}. {extent_sentence(series)}."
    settings: Any = {**config(), "doubleClick": "reset"}
    graph = dcc.Graph(id=GRAPH, figure=figure, config=settings, responsive=True)
    return section(
        "explore",
        "Explore this chart",
        [
            html.Div(graph, tabIndex=0, role="group", **attributes(aria_label=spoken)),
            links([("Close this chart", close)]),
        ],
        say=(
            "Point at a month to read its figure. Drag across months to look closer; double-click to see all again. "
            "With a keyboard, choose the months under “Months drawn”; the table above holds every figure."
        ),
    )


def explore_link(address: str) -> Component:
    """Where the same page stands with the graph."""
    return html.Div(links([("Explore this chart", f"{address}#explore")]), className="no-print")
