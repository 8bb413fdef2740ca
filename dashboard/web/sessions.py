"""Who is signed in: the cookie, which holds a random number and nothing else, and the session it belongs to."""

import secrets
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from flask import Response, current_app, g, has_request_context, request

from dashboard.register import sign_in
from dashboard.register.errors import RegisterUnavailable
from dashboard.register.permissions import PUBLIC, Actor
from dashboard.web.site_register import EXTENSION, keeping_sessions, now, reading, web

SESSION, VISIT = "session", "visit"
LOOPBACK = ("localhost", "127.0.0.1", "::1")
# As long as a signed-in browser at most: somebody may take a day over what they have to say.
_VISIT_LASTS = timedelta(hours=12)


@dataclass(frozen=True)
class Signed:
    """This request's person, and the token of their browser; an empty token where nobody is signed in."""

    actor: Actor
    token: str
    is_unknown: bool = False
    """The browser brought the token of a session, and whose it is could not be looked up: nothing is granted to it."""


NOBODY = Signed(PUBLIC, "")


def signed() -> Signed:
    """Who asks. Looked up once a request; outside a request it is nobody."""
    if not has_request_context():
        return NOBODY
    if "signed" not in g:
        g.signed = _look_up()
    signed_person: Signed = g.signed
    return signed_person


def require_known() -> None:
    """Nothing, where it is known who asks, were it nobody.

    Raises:
        RegisterUnavailable: it could not be looked up.
    """
    if signed().is_unknown:
        raise RegisterUnavailable("who is signed in can't be looked up")


def is_secure() -> bool:
    """Whether cookies go over https only: always, unless set otherwise, but for plain http on this machine."""
    setting = web().settings.cookie_secure
    return (request.is_secure or urlsplit(request.host_url).hostname not in LOOPBACK) if setting is None else setting


def is_in_the_clear() -> bool:
    """Whether a browser would drop our cookies: it asked over http where they are for https."""
    return is_secure() and not request.is_secure


def adopt(browser: sign_in.SignedIn) -> None:
    """From here on this request is the newly signed-in person's; the session this browser had before, if any, is ended."""
    before = signed()
    if before.token:
        with keeping_sessions() as session:
            sign_in.sign_out(session, before.token, now=now())
    g.signed = Signed(browser.actor, browser.token)


def hand_over(response: Response, browser: sign_in.SignedIn) -> Response:
    """The response with the new session's token in its cookie, and the number of the unknown visitor taken away."""
    _set(response, SESSION, browser.token, browser.expires_at)
    take_short(response, VISIT)
    return response


def close(response: Response) -> None:
    """Ends this browser's session and takes its cookie away."""
    token = signed().token
    if token:
        with keeping_sessions() as session:
            sign_in.sign_out(session, token, now=now())
    g.signed = NOBODY
    response.delete_cookie(_name(SESSION), path="/", secure=is_secure(), httponly=True, samesite="Lax")


def visit_token() -> str:
    """A random number for a browser that is not signed in, so that its forms can be told from anyone else's."""
    visit_number = request.cookies.get(_name(VISIT), "")
    if not visit_number and "visit" not in g:
        g.visit = secrets.token_urlsafe(32)
    return visit_number or str(g.visit)


def known_visit() -> str:
    """The number this browser brought, or nothing."""
    return request.cookies.get(_name(VISIT), "")


def keep_visit(response: Response) -> Response:
    """Sends the number made while answering, if one was."""
    if "visit" in g and not signed().token:
        _set(response, VISIT, str(g.visit), now() + _VISIT_LASTS)
    return response


def set_short(response: Response, name: str, value: str, lasts: timedelta) -> None:
    """A cookie for something under way."""
    _set(response, name, value, now() + lasts)


def take_short(response: Response, name: str) -> None:
    """Takes that cookie away."""
    response.delete_cookie(_name(name), path="/", secure=is_secure(), httponly=True, samesite="Lax")


def short(name: str) -> str:
    """What that cookie holds, or nothing."""
    return request.cookies.get(_name(name), "")


def _look_up() -> Signed:
    # A page may be asked for in an app that has no signed-in side, as when a single page is tried.
    if EXTENSION not in current_app.extensions:
        return NOBODY
    token = request.cookies.get(_name(SESSION), "")
    if not token:
        return NOBODY
    try:
        with reading() as session:
            browser = sign_in.whose(session, token, now=now())
    except RegisterUnavailable:
        return Signed(PUBLIC, token, is_unknown=True)
    if browser is None:
        return NOBODY
    if browser.needs_touch:
        _touch(token)
    return Signed(browser.actor, token)


def _touch(token: str) -> None:
    """Notes that the session is in use. Where nothing can be written it goes idle sooner, and reading goes on."""
    with suppress(RegisterUnavailable), keeping_sessions() as session:
        sign_in.touch(session, token, now=now())


def _name(base: str) -> str:
    # The browser itself holds a name that begins so to https, this host and the whole site.
    return f"__Host-{base}" if is_secure() else base


def _set(response: Response, base: str, value: str, expires: datetime) -> None:
    response.set_cookie(_name(base), value, expires=expires, path="/", secure=is_secure(), httponly=True, samesite="Lax")
