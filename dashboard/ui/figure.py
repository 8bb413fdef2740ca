"""A figure: sentence, unit, table, picture, source, in that order, so words and numbers come before the drawing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dashboard.ui import html
from dashboard.ui.attributes import attributes
from dashboard.ui.html import Element
from dashboard.ui.raw import Raw
from dashboard.ui.table import closed

NARROWEST = 340
HEADINGS = {2: html.H2, 3: html.H3, 4: html.H4}


@dataclass(frozen=True)
class Drawing:
    """A picture drawn at several widths: the SVGs in one string, each with its `data-w`, and those widths."""

    markup: str
    widths: tuple[int, ...]

    @property
    def data_set(self) -> str:
        """The widths as the style sheet looks for them, widest first: "560 340"; "one" where one drawing serves every width."""
        if len(self.widths) == 1 and self.widths[0] != NARROWEST:
            return "one"
        return " ".join(str(width) for width in sorted(self.widths, reverse=True))


def figure(
    sentence: str,
    unit: str,
    table: Element,
    drawing: Drawing,
    source: str | list[str | Element],
    *,
    level: int = 3,
    large: bool = False,
    is_table_printed: bool = False,
) -> html.Figure:
    """One chart with everything a reader needs to do without it.

    Args:
        sentence: the finding, with a verb; the figure's heading.
        unit: what, per what, where, when, what the marks are.
        table: the same rows in the same order, exact.
        drawing: from a chart's `_set` function.
        source: caveat, source and edition.
        level: of the heading, 2 to 4; never skips one on the page.
        large: a figure as wide as the page.
        is_table_printed: the table is printed too, open.
    """
    heading = HEADINGS[level](sentence)
    return html.Figure(
        [
            html.Figcaption([heading, *([html.P(unit, className="unit")] if unit else [])]),
            closed(table, is_printed=is_table_printed),
            Raw(drawing.markup, className="plot"),
            html.P(source, className="source"),
        ],
        className="chart large" if large else "chart",
        **attributes(data_set=drawing.data_set),
    )


def drawn(svgs: Sequence[str], widths: Iterable[int]) -> Drawing:
    """The drawings of a chart's `_set` function with the widths they were drawn at."""
    return Drawing("".join(svgs), tuple(widths))
