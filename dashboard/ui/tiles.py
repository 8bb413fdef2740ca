"""Small multiples: one tile a borough, in the shape of London where there is room, A to Z in the page."""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.ui import html
from dashboard.ui.attributes import attributes
from dashboard.ui.raw import Raw
from dashboard.ui.verdict import verdict_mark
from etl.core.state import SIGNALS, State

MARKED = (*SIGNALS, State.BREAK, State.LATE)
"""States whose mark stands on a tile; the others leave it quiet."""
"""Verdicts worth a mark on a tile; the others are quiet."""


@dataclass(frozen=True)
class Tile:
    """One borough: its name and page, its newest value as shown, its drawing, where it stands on the map of tiles."""

    name: str
    href: str
    value: str
    markup: str
    column: int | None = None
    row: int | None = None
    verdict: State | None = None
    note: str = ""
    """Why there is no drawing, in its place."""


def tiles(items: Sequence[Tile]) -> html.Ul:
    """Every tile, in the order given (A to Z), placed as on a map from 1152 px where all have a place."""
    is_placed = all(item.column and item.row for item in items)
    return html.Ul([_tile(item, is_placed) for item in items], className="tiles london" if is_placed else "tiles")


def _tile(item: Tile, is_placed: bool) -> html.Li:
    place = {"--col": item.column or 0, "--row": item.row or 0} if is_placed else None
    # The mark stands beside the value, not on a line of its own: drawings of one row stay level.
    mark = [verdict_mark(item.verdict, is_quiet=True)] if item.verdict in MARKED else []
    value = [html.Span([*mark, item.value], className="v")] if item.value else []
    changed = " changed" if mark else ""
    heading = html.H3([html.A(item.name, href=item.href), *value])
    drawing = html.P(item.note) if item.note else Raw(item.markup)
    return html.Li([heading, drawing], className=f"tile{changed}", **attributes(style=place))
