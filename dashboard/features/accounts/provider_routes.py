"""Signing in with an organisation's own account, by OpenID Connect, where one is set up in the environment."""

from dataclasses import asdict
from datetime import timedelta

import structlog
from flask import Blueprint, Response, current_app, redirect, request
from itsdangerous import BadData, URLSafeTimedSerializer
from werkzeug.wrappers import Response as AnyResponse

from dashboard.register.errors import ProviderRefused
from dashboard.register.oidc_settings import Settings, settings_from_environment
from dashboard.site.own_address import lead_to
from dashboard.web.permits import OPEN
from dashboard.web.private_pages import refused, sign_in_page
from dashboard.web.routes import shows
from dashboard.web.sessions import adopt, hand_over, is_in_the_clear, set_short, short, take_short
from dashboard.web.site_register import keeping_sessions, network, now, web
from dashboard.web.typed_fields import SIGN_IN, safe_address

log = structlog.get_logger()
routes = Blueprint("provider", __name__)
ATTEMPT = "attempt"
ATTEMPT_LASTS = timedelta(minutes=10)
# One sentence for every reason: it tells nobody whether there is an account.
NOT_SIGNED_IN = (
    "Your organisation’s sign-in did not bring you in. Try again, or ask an administrator whether you have an account here."
)
TOO_MANY = "There have been too many tries from your network. Wait a few minutes and try again."


@shows(routes, f"{SIGN_IN}/oidc", OPEN)
def begin() -> AnyResponse:
    """The provider's own sign-in page, with what ties its answer to this browser in a cookie."""
    settings = settings_from_environment()
    if settings is None or is_in_the_clear():
        return sign_in_page("/my-work", status=404 if settings is None else 400)
    if not web().tries.allow("provider", network()):
        return refused(TOO_MANY, 429)
    # Its libraries are imported where there is a provider, not at every start.
    from dashboard.register import oidc

    then = safe_address(request.args.get("next", ""))
    try:
        attempt = oidc.begin(oidc.discover(settings), f"{request.host_url.rstrip('/')}{SIGN_IN}/oidc/callback")
    except ProviderRefused as error:
        log.warning("provider_refused", reason=str(error))
        return sign_in_page(then, refusal=NOT_SIGNED_IN, status=502)
    response = current_app.make_response(redirect(attempt.url, code=303))
    set_short(response, ATTEMPT, _seal(settings).dumps(asdict(attempt) | {"then": then}), ATTEMPT_LASTS)
    return response


@shows(routes, f"{SIGN_IN}/oidc/callback", OPEN)
def come_back() -> AnyResponse:
    """A signed-in browser, if the provider's answer is to the question this browser asked."""
    settings = settings_from_environment()
    if settings is None:
        return sign_in_page("/my-work", status=404)
    from dashboard.register import oidc

    try:
        attempt = _seal(settings).loads(short(ATTEMPT), max_age=int(ATTEMPT_LASTS.total_seconds()))
        then = safe_address(attempt.pop("then"))
        identity = oidc.finish(oidc.discover(settings), oidc.Attempt(**attempt), request.url, now=now())
        with keeping_sessions() as session:
            lasts = timedelta(hours=web().settings.session_hours)
            browser = oidc.sign_in_identity(session, identity, now=now(), lasts=lasts)
    except (BadData, ProviderRefused) as error:
        log.warning("provider_refused", reason=str(error))
        response: Response = sign_in_page("/my-work", refusal=NOT_SIGNED_IN, status=403)
        take_short(response, ATTEMPT)
        return response
    adopt(browser)
    response = hand_over(lead_to(then, 303), browser)
    take_short(response, ATTEMPT)
    return response


def _seal(settings: Settings) -> URLSafeTimedSerializer:
    # The provider's secret is the one secret every process shares.
    return URLSafeTimedSerializer(settings.client_secret, salt="a sign-in under way")
