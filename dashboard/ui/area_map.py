"""A map, or another picture of all places, that is never alone: it stands beside a table of the same places, A to Z."""

from dashboard.ui import html
from dashboard.ui.attributes import attributes
from dashboard.ui.figure import HEADINGS, Drawing
from dashboard.ui.html import Element
from dashboard.ui.raw import Raw


def map_with_table(
    sentence: str,
    unit: str,
    drawing: Drawing,
    table: Element,
    source: str | list[str | Element],
    *,
    boundaries: str | None = None,
    level: int = 3,
) -> html.Div:
    """Map and table side by side from 960 px; the table first in the page, and open.

    Args:
        sentence: what the map shows, with a verb.
        unit: what the classes are, in words.
        drawing: filled polygons at two widths.
        table: every place, the same figures, exact.
        source: source and edition.
        level: of the heading, 2 to 4.
        boundaries: attribution of the boundaries, repeated here for print; None where the picture is no map.
    """
    picture = html.Figure(
        [
            html.Figcaption([HEADINGS[level](sentence), html.P(unit, className="unit")]),
            Raw(drawing.markup, className="plot"),
            html.P(source, className="source"),
            *([html.P(boundaries, className="source")] if boundaries else []),
        ],
        className="chart",
        **attributes(data_set=drawing.data_set),
    )
    return html.Div([html.Div(table), picture], className="split even")
