"""Where a reader explores: Dash proper, in one place of a document that is plain HTML and stays as it was sent.

Nothing else imports Dash, and this is imported when somebody first explores: it takes a second and 20 MB.
"""

from functools import cached_property

import dash
import structlog
from dash import Dash, Input, Output, State, dcc, html
from dash.exceptions import DependencyException
from flask import Flask, Response

from dashboard.charts.explore import config
from dashboard.features.measure.explore import explored_figure
from dashboard.features.measure.page import PAGE
from dashboard.figures.measure_in_place import measure_shown
from dashboard.figures.view import view_of
from dashboard.site.document import Scripts

log = structlog.get_logger()
ADDRESS, NOTICE, EXPLORED, GRAPH = "explore-address", "explore-notice", "explored", "explore-graph"
FAILED = "That did not work. The chart still shows what it did before. Try again, or tell us."
UNUSED = "/dash_table/"
"""A bundle Dash lists whether it is used or not."""


class Island(Dash):
    """Dash with the one layout there is to explore. It answers its own addresses alone, never one of a page."""

    def __init__(self) -> None:
        self._document: dict[str, str] = {}
        super().__init__(
            __name__,
            include_assets_files=False,
            # Pages are ours to find: Dash's own loader imports them a second time under another name.
            use_pages=False,
            pages_folder="",
            suppress_callback_exceptions=True,
            update_title="",
            on_error=_on_error,
        )

    def interpolate_index(self, **parts: str) -> str:  # type: ignore[override]
        """Keeps what Dash would have put into its own document, for ours."""
        self._document = parts
        return str(super().interpolate_index(**parts))  # type: ignore[no-untyped-call]

    @cached_property
    def in_document(self) -> Scripts:
        """What a document needs for Dash to start in it.

        Dash registers callbacks on the first request, and threads that come meanwhile are told there is no such callback: this
        is asked for before anyone is answered.
        """
        self.server.test_client().get("/_dash-dependencies")
        with self.server.test_request_context("/"):
            self.index()  # type: ignore[no-untyped-call]
        bundles = "\n".join(line for line in self._document["scripts"].splitlines() if UNUSED not in line)
        return Scripts(self._document["config"], bundles, self._document["renderer"], tuple(self.csp_hashes()))


def create_island() -> Island:
    """The island, ready to be asked. Call once per process: Dash hands the registered callbacks to the first app only."""
    island = Island()
    island.layout = [
        html.Div(id=NOTICE, role="alert"),
        dcc.Location(id=ADDRESS, refresh=False),
        html.Div(id=EXPLORED),
    ]

    @island.callback(Output(EXPLORED, "children"), Input(ADDRESS, "pathname"), State(ADDRESS, "search"))
    def explored(path: str, query: str | None) -> dcc.Graph:
        return graph_at(path, query or "")

    _answer_errors(island.server)
    island.in_document  # noqa: B018 (made now, before anyone is answered)
    return island


def graph_at(path: str, query: str) -> dcc.Graph:
    """The graph of the measure at an address, as its choices say.

    Raises:
        LookupError: it is no address of a measure, or of one that is not held.
        NotUnderstood: its choices are none of those there are.
    """
    understood = view_of(PAGE.path, PAGE.options, path, query)
    if understood is None:
        raise LookupError("nothing can be explored there")
    return dcc.Graph(
        id=GRAPH,
        figure=explored_figure(measure_shown(understood[0])),
        config={**config(), "doubleClick": "reset"},  # type: ignore[arg-type]
        responsive=True,
    )


def _on_error(error: Exception) -> None:
    # The old chart stays and the notice says so; the log says why. Never a zero, never a blank.
    log.error("callback_failed", exc_info=error)
    dash.set_props(NOTICE, {"children": FAILED})


def _answer_errors(server: Flask) -> None:
    @server.errorhandler(DependencyException)
    def no_such_bundle(_error: DependencyException) -> Response:
        return Response("There is no such file.", 404, mimetype="text/plain")
