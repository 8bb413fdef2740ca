"""Putting the signed-in side into the app: one call in the factory."""

from flask import Flask, Response
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.middleware.proxy_fix import ProxyFix

from dashboard.register.errors import NotAllowed, NotFound
from dashboard.register.store import register_url
from dashboard.settings import Settings
from dashboard.site import Site
from dashboard.web import (
    account_routes,
    action_routes,
    comment_routes,
    commentary_routes,
    done,
    history_routes,
    move_routes,
    people_routes,
    priority_routes,
    provider_routes,
    recommendation_routes,
    recommendation_set_routes,
    record_routes,
    work_routes,
)
from dashboard.web.guard import stand_guard
from dashboard.web.limits import limiter
from dashboard.web.opened import EXTENSION, Web, make_ready, utc_now
from dashboard.web.respond import refused
from dashboard.web.sessions import keep_visit

BLUEPRINTS = (
    account_routes.routes,
    provider_routes.routes,
    people_routes.routes,
    work_routes.routes,
    priority_routes.routes,
    record_routes.routes,
    move_routes.routes,
    comment_routes.routes,
    commentary_routes.routes,
    action_routes.routes,
    recommendation_routes.routes,
    recommendation_set_routes.routes,
    history_routes.routes,
)


def mount(site: Site, settings: Settings) -> None:
    """Makes the register ready and adds the routes that need an account.

    Raises:
        NotReady: the register is not SQLite and has not been brought up to date.
    """
    make_ready(register_url())
    server: Flask = site.server
    server.extensions[EXTENSION] = Web(settings, site.response, limiter(), utc_now)
    if settings.proxies:
        count = settings.proxies
        server.wsgi_app = ProxyFix(server.wsgi_app, x_for=count, x_proto=count, x_host=count)  # type: ignore[method-assign]
    # A form is words, never a file: what is larger is not read.
    server.config["MAX_CONTENT_LENGTH"] = 2 * 1024 * 1024
    stand_guard(server)
    for blueprint in BLUEPRINTS:
        server.register_blueprint(blueprint)
    server.after_request(keep_visit)
    server.after_request(done.forget)
    server.register_error_handler(NotAllowed, _not_allowed)
    server.register_error_handler(NotFound, _not_found)
    server.register_error_handler(RequestEntityTooLarge, _too_large)


def _not_allowed(error: NotAllowed) -> Response:
    return refused(str(error), 403)


def _too_large(_error: RequestEntityTooLarge) -> Response:
    return refused("What you sent is longer than any form here takes. Nothing was changed: go back and shorten it.", 413)


def _not_found(error: NotFound) -> Response:
    return refused(str(error), 404)
