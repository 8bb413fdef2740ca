"""What a request must be before anything reads it: an address in letters, a host that can be one, a length in figures.

What is not is refused with a sentence, whoever would have answered it: no page, form or callback meets such a request.
"""

import re
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING

from dashboard.site.own_address import LONGEST, own_address
from dashboard.site.security import HEADERS, OTHER_POLICY

if TYPE_CHECKING:
    from collections.abc import Iterable
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS"})
ALLOWED = ", ".join(sorted(METHODS))
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_HOST = re.compile(r"(?:[A-Za-z0-9](?:[A-Za-z0-9._-]{0,252})|\[[0-9A-Fa-f:.]{2,45}\])(?::[0-9]{1,5})?")
_LENGTH = re.compile(r"[0-9]{1,18}")


@dataclass(frozen=True)
class Refusal:
    """A request that is not answered: the status, the sentence, and headers that only this answer has."""

    status: HTTPStatus
    sentence: str
    headers: tuple[tuple[str, str], ...] = ()


RETRY_AFTER_SECONDS = 5
BUSY = Refusal(
    HTTPStatus.SERVICE_UNAVAILABLE,
    "The site is busy: more is asked for than can be made at once. Try again in a few seconds.",
    (("Retry-After", str(RETRY_AFTER_SECONDS)),),
)


def front_door(inside: "WSGIApplication") -> "WSGIApplication":
    """The application behind a door that lets in only requests it can read."""

    def answered(environ: "WSGIEnvironment", start_response: "StartResponse") -> "Iterable[bytes]":
        refusal = refusal_of(environ)
        if refusal is None:
            return inside(environ, start_response)
        return refuse(refusal, environ, start_response)

    return answered


def refuse(refusal: Refusal, environ: "WSGIEnvironment", start_response: "StartResponse") -> "Iterable[bytes]":
    """The answer that says so, with the headers every answer has."""
    body = b"" if environ.get("REQUEST_METHOD") == "HEAD" else f"{refusal.sentence}\n".encode()
    own = {"Content-Type": "text/plain; charset=utf-8", "Content-Security-Policy": OTHER_POLICY, "Cache-Control": "no-store"}
    headers = [*HEADERS.items(), *own.items(), *refusal.headers, ("Content-Length", str(len(body)))]
    start_response(f"{refusal.status.value} {refusal.status.phrase}", headers)
    return [body]


def refusal_of(environ: "WSGIEnvironment") -> Refusal | None:
    """Why a request is not let in; None where it is."""
    method = environ.get("REQUEST_METHOD", "")
    if method not in METHODS:
        return Refusal(HTTPStatus.METHOD_NOT_ALLOWED, f"Nothing here takes that method, but {ALLOWED}.", (("Allow", ALLOWED),))
    if _HOST.fullmatch(environ.get("HTTP_HOST") or "localhost") is None:
        return Refusal(HTTPStatus.BAD_REQUEST, "This request names a host that cannot be one.")
    if _LENGTH.fullmatch(environ.get("CONTENT_LENGTH") or "0") is None:
        return Refusal(HTTPStatus.BAD_REQUEST, "This request says its length in something other than figures.")
    return _refusal_of_address(environ)


def _refusal_of_address(environ: "WSGIEnvironment") -> Refusal | None:
    path, query = environ.get("PATH_INFO", ""), environ.get("QUERY_STRING", "")
    if len(path) + len(query) > 2 * LONGEST:
        return Refusal(HTTPStatus.REQUEST_URI_TOO_LONG, "This address is longer than any of this site.")
    written = _text(path)
    if written is None or _CONTROL.search(written) or _CONTROL.search(query):
        return Refusal(HTTPStatus.BAD_REQUEST, "This address holds signs that no address of this site has.")
    if "//" in path or not path.startswith("/"):
        to = own_address(written, query)
        return Refusal(HTTPStatus.PERMANENT_REDIRECT, f"This is at {to}", (("Location", to),))
    return None


def _text(path: str) -> str | None:
    """The path as it was written; None where its bytes are no text. WSGI gives one character a byte."""
    try:
        return path.encode("latin-1").decode()
    except UnicodeError:
        return None
