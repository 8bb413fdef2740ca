"""The same series under the reader's own hand: a graph that says each value and looks closer at part of it."""

from dataclasses import dataclass
from typing import Any

from dashboard.charts.explore import line_figure, rolling_figure
from dashboard.features.measure.opening import measure_picks
from dashboard.figures.measure_in_place import OPTIONS, MeasureInPlace, find_measure_in_place
from dashboard.figures.records import MeasureSeries
from dashboard.figures.view import view_of
from dashboard.kinds.telling import Beside
from dashboard.ui import html
from dashboard.ui.addresses import MEASURE
from dashboard.ui.html import Element
from dashboard.ui.island_place import IslandPlace
from dashboard.ui.links import links
from dashboard.ui.picker import picker
from dashboard.ui.sections import section
from dashboard.words.measures import extent_sentence

NEEDS_SCRIPT = "To explore it here, this browser must run the scripts of this page. Every figure is in the table above."


@dataclass(frozen=True)
class Explored:
    """A graph of one measure, what it shows in words, and its address."""

    figure: dict[str, Any]
    """Data and layout, as Plotly takes them."""
    sentence: str
    address: str


def explore_section(in_place: MeasureInPlace) -> html.Section:
    """A section in which Dash draws a graph of the series. Its script loads only on a page that has one.

    What is chosen here changes the graph alone; sent as a form, as it is without script, it changes the page. The selects are
    the browser's own: in those Dash brings, a keyboard meets a field that a screen reader is not told of.
    """
    choices = picker(in_place.view, measure_picks(in_place), label="Choose what is drawn", button="Show the whole page")
    return section(
        "explore",
        "Explore this chart",
        [
            html.Div(choices, id="explore-choices"),
            html.Div(IslandPlace(html.P(NEEDS_SCRIPT, className="quiet")), className="gap"),
            links([("Close this chart", in_place.view.link(explore=""))]),
        ],
        say=(
            "Point at a month to read its figure. Drag across months to look closer; double-click to see all again. "
            "With a keyboard, choose the months under “Months drawn”; the table above holds every figure."
        ),
    )


def explore_link(address: str) -> Element:
    """Where the same page stands with the graph."""
    return html.Div(links([("Explore this chart", f"{address}#explore")]), className="no-print")


def explored(path: str, query: str) -> Explored:
    """What is explored at the address of a measure.

    Raises:
        LookupError: there is no such measure, or it has no figures in the place asked for.
        NotUnderstood: a choice is none of those there are.
    """
    understood = view_of(MEASURE, OPTIONS, path, query)
    if understood is None:
        raise LookupError(f"nothing is explored at {path}")
    view = understood[0]
    in_place = find_measure_in_place(view)
    if in_place.series is None:
        raise LookupError(f"{in_place.measure.title} is published by court only")
    sentence = f"{in_place.series.measure.title}, {in_place.series.area.name}. {extent_sentence(in_place.series)}."
    return Explored(_figure(in_place.series, in_place), sentence, view.link(explore="yes"))


def _figure(series: MeasureSeries, in_place: MeasureInPlace) -> dict[str, Any]:
    """The series, and the place beside it where both are on one scale."""
    beside = in_place.beside if in_place.kind.beside is not Beside.NOT_DRAWN else None
    figure = rolling_figure(series, (beside,)) if beside is not None else line_figure(series)
    figure["layout"] |= {"hovermode": "x unified", "dragmode": "zoom", "title": {"text": ""}}
    figure["layout"]["xaxis"] |= {"fixedrange": False, "hoverformat": "%B %Y"}
    return figure
