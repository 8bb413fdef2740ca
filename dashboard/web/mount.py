"""Putting the signed-in side into the app: one call in the factory."""

from collections.abc import Sequence

from flask import Blueprint, Flask, Response
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.middleware.proxy_fix import ProxyFix

from dashboard.register.demo import Given
from dashboard.register.errors import NotAllowed, NotFound, RegisterUnavailable
from dashboard.register.store import register_url
from dashboard.settings import Settings
from dashboard.site.server import Site
from dashboard.web import flash
from dashboard.web.given_back import given_back
from dashboard.web.guard import stand_guard
from dashboard.web.limits import limiter
from dashboard.web.private_pages import refused
from dashboard.web.sessions import keep_visit
from dashboard.web.site_register import EXTENSION, Web, make_ready_if_possible, utc_now


def mount(site: Site, settings: Settings, blueprints: Sequence[Blueprint], ranges_of_examples: Given) -> None:
    """Makes the register ready where it can be, and adds the routes that need an account: `blueprints` are those of the pages."""
    make_ready_if_possible(register_url(), ranges_of_examples)
    server: Flask = site.server
    server.extensions[EXTENSION] = Web(settings, site.answers, site.response, limiter(), utc_now, site.answers.menu)
    if settings.proxies:
        count = settings.proxies
        server.wsgi_app = ProxyFix(server.wsgi_app, x_for=count, x_proto=count, x_host=count)  # type: ignore[method-assign]
    # A form is words, never a file: what is larger is not read.
    server.config["MAX_CONTENT_LENGTH"] = 2 * 1024 * 1024
    stand_guard(server)
    for blueprint in blueprints:
        server.register_blueprint(blueprint)
    server.after_request(keep_visit)
    server.after_request(flash.forget)
    server.register_error_handler(NotAllowed, _not_allowed)
    server.register_error_handler(NotFound, _not_found)
    server.register_error_handler(RegisterUnavailable, given_back)
    server.register_error_handler(RequestEntityTooLarge, _too_large)


def _not_allowed(error: NotAllowed) -> Response:
    return refused(str(error), 403)


def _too_large(_error: RequestEntityTooLarge) -> Response:
    return refused("What you sent is longer than any form here takes. Nothing was changed: go back and shorten it.", 413)


def _not_found(error: NotFound) -> Response:
    return refused(str(error), 404)
