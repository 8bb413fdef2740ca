"""The server of the pages: every address is answered with the page itself, written out."""

import re
from base64 import b64encode
from collections.abc import Callable, Mapping
from hashlib import sha256
from pathlib import Path
from secrets import token_urlsafe
from threading import Lock
from typing import TYPE_CHECKING, Protocol

from flask import Flask, Response, request
from werkzeug.wrappers import Response as AnyResponse

from dashboard.figures.live_release import one_release_if_any
from dashboard.site.answer import Answers, Moved, Question, Unchanged
from dashboard.site.compression import BUNDLES
from dashboard.site.document import Parts, Scripts, document, margin_rule
from dashboard.site.front_door import BUSY, front_door, refuse
from dashboard.site.island_calls import CALL, calls_only
from dashboard.site.kept_answers import Answer, Head
from dashboard.site.own_address import lead_to, own_address
from dashboard.site.security import page_policy
from dashboard.site.workshop import TooBusy
from dashboard.ui.page import Download

if TYPE_CHECKING:
    from collections.abc import Iterable
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

ASSETS = Path(__file__).parents[2] / "assets"
BEFORE_DASH = "explore.js"
BUNDLE = re.compile(rf"{BUNDLES}(?:[A-Za-z0-9_@-][A-Za-z0-9_.@-]*/)+[A-Za-z0-9_.@-]+\.(?:js|css|map|json)")
"""A file of Dash's code. To any other address under there Dash would answer with a page of its own."""
ISLAND = frozenset({"/_dash-layout", "/_dash-dependencies", CALL})
"""Addresses that Dash answers, beside the files of its code."""


class Island(Protocol):
    """Where a reader explores: a server of its own behind this one, and what a document needs to start it."""

    @property
    def server(self) -> Flask: ...  # noqa: D102

    @property
    def in_document(self) -> Scripts: ...  # noqa: D102


class Site:
    """The pages at their addresses, answered from `answers`; the island is made when it is first needed, by one thread."""

    def __init__(self, answers: Answers, make_island: Callable[[], Island]) -> None:
        self.answers = answers
        self._make_island = make_island
        self._island: Island | None = None
        self._one_at_a_time = Lock()
        self._parts = Parts(
            favicon=_address_of("favicon.svg"),
            styles=tuple(_address_of(file.name) for file in sorted(ASSETS.glob("*.css"))),
            before_dash=_address_of(BEFORE_DASH),
        )
        self.server = Flask(__name__, static_folder=ASSETS, static_url_path="/assets")
        self.server.wsgi_app = front_door(self._with_island(self.server.wsgi_app))  # type: ignore[method-assign,assignment]
        self.server.add_url_rule("/", view_func=self._at_an_address, endpoint="home")
        self.server.add_url_rule("/<path:_path>", view_func=self._at_an_address, endpoint="page")

    def island(self) -> Island:
        """The island, made if it has not been yet."""
        with self._one_at_a_time:
            if self._island is None:
                self._island = self._make_island()
            return self._island

    def response(self, answer: Answer) -> Response:
        """One answer as an HTTP response, with the policy its page needs."""
        scripts = self.island().in_document if answer.has_island else None
        nonce = token_urlsafe(16) if scripts else ""
        response = Response(document(answer, self._parts, scripts, nonce), answer.status, mimetype="text/html")
        style = f"nonce-{nonce}" if scripts else _hash_of(margin_rule(answer.margin))
        response.headers["Content-Security-Policy"] = page_policy(style, scripts.hashes if scripts else None)
        response.headers["Cache-Control"] = "private, no-store" if answer.is_private else "no-cache"
        if scripts is None and not answer.is_private and answer.status == 200 and answer.tag:
            # The same page has the same tag, so a reader who comes back is told "not modified".
            response.set_etag(answer.tag)
            response.make_conditional(request)
        return response

    def _at_an_address(self, _path: str = "") -> AnyResponse:
        """The answer to any address that is not a file, a chart, a form or the island's."""
        if request.path != "/" and request.path.endswith("/"):
            return lead_to(own_address(request.path, request.query_string.decode("latin-1")), 308)
        tags = tags_of_reader()
        query = request.query_string.decode("utf-8", "replace")
        answer = self.answers.to(Question(request.path, query, tags, request.method == "HEAD"))
        if isinstance(answer, Moved):
            # For now only: a command may be drawn anew and its name lead elsewhere.
            return lead_to(answer.address, 302)
        if isinstance(answer, Unchanged):
            return unchanged(tags[answer.tag])
        if isinstance(answer, Head):
            return self._head(answer)
        return _file(answer) if isinstance(answer, Download) else self.response(answer)

    def _head(self, head: Head) -> Response:
        whole = _file(head.answer) if isinstance(head.answer, Download) else self.response(head.answer)
        # Its length is not known here, and is not said.
        whole.automatically_set_content_length = False
        whole.headers.pop("Content-Length", None)
        return whole

    def _with_island(self, pages: "WSGIApplication") -> "WSGIApplication":
        def answered(environ: "WSGIEnvironment", start_response: "StartResponse") -> "Iterable[bytes]":
            # All that one request asks is asked of one release, though another goes live meanwhile.
            with one_release_if_any():
                return at_an_address(environ, start_response)

        def at_an_address(environ: "WSGIEnvironment", start_response: "StartResponse") -> "Iterable[bytes]":
            path = environ.get("PATH_INFO", "")
            if path not in ISLAND and BUNDLE.fullmatch(path) is None:
                return pages(environ, start_response)
            if path != CALL:
                return self.island().server.wsgi_app(environ, start_response)
            try:
                with self.answers.workshop.place():
                    return calls_only(self.island().server.wsgi_app)(environ, start_response)
            except TooBusy:
                return refuse(BUSY, environ, start_response)

        return answered


def _address_of(asset: str) -> str:
    return f"/assets/{asset}?m={(ASSETS / asset).stat().st_mtime}"


def tags_of_reader() -> Mapping[str, str]:
    """Of each answer that this reader has kept: its tag, and the tag as the reader has it, which names its compression too."""
    return {tag.partition(":")[0]: tag for tag in request.if_none_match.as_set(include_weak=True)}


def unchanged(tag: str) -> Response:
    """The answer to a reader who has it already."""
    response = Response(status=304, headers={"Cache-Control": "no-cache"})
    response.set_etag(tag)
    return response


def _file(download: Download) -> Response:
    disposition = {"Content-Disposition": f'attachment; filename="{download.name}"', "Cache-Control": "no-cache"}
    response = Response(download.content, 200, headers=disposition, mimetype=download.content_type)
    response.set_etag(download.tag)
    return response


def _hash_of(style: str) -> str:
    return f"sha256-{b64encode(sha256(style.encode()).digest()).decode()}"
