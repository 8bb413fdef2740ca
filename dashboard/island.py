"""Where a reader explores: Dash proper, in one place of a document that is plain HTML and stays as it was sent.

Nothing else imports Dash, and this is imported when somebody first explores: it takes a second and 20 MB.
"""

from collections.abc import Callable
from functools import cached_property
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

import dash
import structlog
from dash import ClientsideFunction, Dash, Input, Output, Patch, State, dcc, html, no_update
from dash.exceptions import DependencyException
from flask import Flask, Response
from werkzeug.exceptions import HTTPException

from dashboard.charts.explore import config
from dashboard.features.measure.explore import explored
from dashboard.figures.view import NotUnderstood
from dashboard.site.document import Scripts
from dashboard.site.island_calls import ADDRESS, CHOICE, EXPLORED, GRAPH, GROUP, KEPT, LABEL, NOTICE, SENTENCE

log = structlog.get_logger()
LIVE: dict[str, Any] = {"aria-live": "polite"}
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


def create_island(prepare: Callable[[Flask], None]) -> Island:
    """The island, ready to be asked. Call once per process: Dash hands the registered callbacks to the first app only.

    Args:
        prepare: gives its server what every server of the site has; Flask takes nothing more once it has answered.
    """
    island = Island()
    island.layout = [
        html.Div(id=NOTICE, role="alert"),
        dcc.Location(id=ADDRESS, refresh=False),
        dcc.Store(id=CHOICE),
        dcc.Store(id=KEPT),
        html.Div(id=EXPLORED),
    ]
    island.callback(Output(EXPLORED, "children"), Input(ADDRESS, "pathname"), State(ADDRESS, "search"))(open_at)
    island.callback(
        Output(GRAPH, "figure"),
        Output(GROUP, LABEL),
        Output(SENTENCE, "children"),
        Output(KEPT, "data"),
        Input(CHOICE, "data"),
        State(ADDRESS, "pathname"),
        prevent_initial_call=True,
    )(choose)
    island.clientside_callback(ClientsideFunction("explore", "keep_address"), Input(KEPT, "data"))  # type: ignore[no-untyped-call]
    _answer_errors(island.server)
    prepare(island.server)
    island.in_document  # noqa: B018 (made now, before anyone is answered)
    return island


def open_at(path: str, query: str | None) -> list[Any]:
    """The sentence and the graph at the address the page was opened at."""
    here = explored(path, query or "")
    graph = dcc.Graph(id=GRAPH, figure=here.figure, config={**config(), "doubleClick": "reset"}, responsive=True)  # type: ignore[arg-type]
    spoken: dict[str, Any] = {LABEL: here.sentence}
    return [
        html.P(here.sentence, id=SENTENCE, className="say", **LIVE),
        html.Div(graph, id=GROUP, tabIndex=0, role="group", **spoken),
    ]


def choose(choices: dict[str, str], path: str) -> tuple[Any, Any, Any, Any]:
    """What changes with a choice: the lines, the words, the address. The old chart stays where a choice has no figures."""
    try:
        here = explored(path, urlencode(choices))
    except NotUnderstood as error:
        # These figures begin or end elsewhere than those that were drawn.
        dash.set_props(NOTICE, {"children": str(error)})
        return no_update, no_update, no_update, no_update
    dash.set_props(NOTICE, {"children": ""})
    return _changed(here.figure), here.sentence, here.sentence, here.address


def _changed(figure: dict[str, Any]) -> Patch:
    """The parts of a figure that differ from choice to choice; the look is there already."""
    patch = Patch()
    patch["data"] = figure["data"]
    for part in ("annotations", "shapes", "xaxis", "yaxis"):
        patch["layout"][part] = figure["layout"][part]
    return patch


def _on_error(error: Exception) -> None:
    # The old chart stays and the notice says so; the log says why. Never a zero, never a blank.
    is_of_address = isinstance(error, LookupError | NotUnderstood) and not isinstance(error, KeyError | IndexError)
    if is_of_address:
        # There is no such measure or choice: nothing of ours failed.
        log.info("callback_failed", reason=str(error)[:200])
    else:
        log.error("callback_failed", exc_info=error)
    dash.set_props(NOTICE, {"children": FAILED})


def _answer_errors(server: Flask) -> None:
    @server.errorhandler(DependencyException)
    def no_such_bundle(_error: DependencyException) -> Response:
        return Response("There is no such file.", 404, mimetype="text/plain")

    # Flask would write every failure a second time, as text.
    server.logger.disabled = True

    @server.errorhandler(HTTPException)
    def refused(error: HTTPException) -> Response:
        if error.code == HTTPStatus.INTERNAL_SERVER_ERROR:
            log.error("callback_failed", exc_info=getattr(error, "original_exception", None) or error)
        return Response(f"{error.description or error.name}\n", error.code, mimetype="text/plain")
