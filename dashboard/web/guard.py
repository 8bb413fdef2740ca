"""What every request passes before it is answered. Deny by default: a change that no permit is declared for is refused."""

from collections.abc import Mapping

import structlog
from flask import Flask, current_app, g, request
from werkzeug.wrappers import Response

from dashboard.site.own_address import lead_to, own_address
from dashboard.web.permits import OPEN, Permit
from dashboard.web.private_pages import ask_to_sign_in, refused
from dashboard.web.routes import AREA, PERMIT
from dashboard.web.sessions import require_known, signed
from dashboard.web.tokens import is_from_here, is_ours
from dashboard.web.typed_fields import sign_in_address

log = structlog.get_logger()
CHANGING = frozenset({"POST", "PUT", "PATCH", "DELETE"})
STRANGE = (
    "This form did not come from this site, or has been open for too long. Nothing was changed. Open the page again and send it."
)


def stand_guard(server: Flask) -> None:
    """Puts the guard before every route of the app, whoever declared it."""
    server.before_request(_guard)


def permit_of(server: Flask, endpoint: str) -> Permit | None:
    """The permit a route was declared with; None where none was."""
    permit: Permit | None = getattr(server.view_functions.get(endpoint), PERMIT, None)
    return permit


def _guard() -> Response | None:
    permit = permit_of(current_app, request.endpoint) if request.endpoint else None
    if request.method in CHANGING:
        return _may_change(permit)
    if permit is None or permit.is_open:
        return None
    require_known()
    if signed().actor.account_id is None:
        return lead_to(sign_in_address(own_address(request.path, request.query_string.decode("latin-1"))), 303)
    return None if permit.allows(signed().actor, _area()) else _not_theirs(permit)


def _may_change(permit: Permit | None) -> Response | None:
    if permit is None:
        # An address that does not exist, or is not sent to, has its own answer.
        if request.endpoint is None:
            return None
        log.error("route_without_permit", endpoint=request.endpoint)
        return refused("This cannot be done.", 403)
    if not is_from_here():
        log.warning("form_from_elsewhere", endpoint=request.endpoint, host=request.host_url)
        return refused(STRANGE, 403)
    if permit is not OPEN and is_ours():
        # Who sent a form of ours is given back what they typed.
        require_known()
    if permit is not OPEN and signed().actor.account_id is None:
        return ask_to_sign_in(request.path, request.form)
    if not is_ours():
        log.warning("form_without_token", endpoint=request.endpoint)
        return refused(STRANGE, 403)
    if not permit.allows(signed().actor, _area()):
        return _not_theirs(permit)
    g.may_write = True
    return None


def _area() -> str | None:
    return area_of(current_app.view_functions[str(request.endpoint)], request.view_args or {})


def area_of(view: object, arguments: Mapping[str, object]) -> str | None:
    """The area a route is about, from the parts of its address or from what was sent; None where it is about none."""
    name = getattr(view, AREA, None)
    if name is None:
        return None
    return str(arguments.get(name) or request.values.get(name) or "") or None


def _not_theirs(permit: Permit) -> Response:
    log.warning("not_permitted", account=signed().actor.account_id, permit=permit.words)
    return refused(f"Your account may not {permit.words} here. Nothing was changed.", 403)
