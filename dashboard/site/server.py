"""The Dash app whose first answer to an address is the page itself, written out."""

from base64 import b64encode
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from secrets import token_urlsafe

from dash import Dash
from flask import Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from dashboard.site.answer import Answer, Answers, Moved
from dashboard.site.document import Parts, document, margin_rule
from dashboard.site.security import page_policy
from dashboard.ui.page import Download

ASSETS = Path(__file__).parents[2] / "assets"
TAKE_OVER = "take-over.js"


class Site(Dash):
    """Dash, answering every address from `answers`. Call `warm_up` once all callbacks are registered, before serving."""

    def __init__(self, answers: Answers, on_error: Callable[[Exception], None]) -> None:
        self.answers = answers
        self._parts: Parts | None = None
        self._script_hashes: tuple[str, ...] = ()
        super().__init__(
            __name__,
            assets_folder=str(ASSETS),
            # Loaded by the document itself, before every other script.
            assets_ignore=TAKE_OVER.replace(".", r"\."),
            # Pages are ours to find: Dash's own loader imports them a second time under another name.
            use_pages=False,
            pages_folder="",
            suppress_callback_exceptions=True,
            update_title="",
            on_error=on_error,
        )

    def warm_up(self) -> None:
        """Makes the app ready for its first request, and Home ready to be sent.

        Dash registers callbacks on the first request, and threads that come meanwhile are told there is no such callback.
        """
        client = self.server.test_client()
        client.get("/_dash-dependencies")
        with self.server.test_request_context("/"):
            super().index()  # type: ignore[no-untyped-call]
        self._script_hashes = tuple(self.csp_hashes())
        client.get("/")

    def index(self, *_args: object, **_kwargs: object) -> AnyResponse:
        """The answer to any address that is not a file, a chart or a callback."""
        if request.path != "/" and request.path.endswith("/"):
            query = f"?{request.query_string.decode('latin-1')}" if request.query_string else ""
            return redirect("/" + request.path.strip("/") + query, code=308)
        answer = self.answers.to(request.path, request.query_string.decode("utf-8", "replace"))
        if isinstance(answer, Moved):
            # For now only: a command may be drawn anew and its name lead elsewhere.
            return redirect(answer.address, code=302)
        return _file(answer) if isinstance(answer, Download) else self.response(answer)

    def interpolate_index(self, **parts: str) -> str:  # type: ignore[override]
        """Keeps what Dash would have put into its own document, for ours."""
        self._parts = Parts(
            favicon=self._address_of("favicon.svg"),
            take_over=self._address_of(TAKE_OVER),
            css=parts["css"],
            config=parts["config"],
            scripts=parts["scripts"],
            renderer=parts["renderer"],
        )
        return str(super().interpolate_index(**parts))  # type: ignore[no-untyped-call]

    def response(self, answer: Answer) -> Response:
        """One answer as an HTTP response, with the policy its page needs.

        Raises:
            RuntimeError: the app has not been warmed up.
        """
        if self._parts is None:
            raise RuntimeError("warm_up() has not been called")
        nonce = token_urlsafe(16)
        response = Response(document(answer, self._parts, nonce if answer.is_live else ""), answer.status, mimetype="text/html")
        style = f"nonce-{nonce}" if answer.is_live else _hash_of(margin_rule(answer.margin))
        response.headers["Content-Security-Policy"] = page_policy(style, self._script_hashes, is_live=answer.is_live)
        response.headers["Cache-Control"] = "private, no-store" if answer.is_private else "no-cache"
        if not answer.is_live and not answer.is_private and answer.status == 200:
            # The same page is the same bytes, so a reader who comes back is told "not modified".
            response.add_etag()
            response.make_conditional(request)
        return response

    def _address_of(self, asset: str) -> str:
        return f"{self.get_asset_url(asset)}?m={(ASSETS / asset).stat().st_mtime}"


def _file(download: Download) -> Response:
    disposition = {"Content-Disposition": f'attachment; filename="{download.name}"', "Cache-Control": "no-cache"}
    return Response(download.content, 200, headers=disposition, mimetype=download.content_type)


def _hash_of(style: str) -> str:
    return f"sha256-{b64encode(sha256(style.encode()).digest()).decode()}"
