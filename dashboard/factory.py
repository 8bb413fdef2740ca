"""Put the pages together into one app."""

import importlib
import pkgutil
import re
from dataclasses import replace
from types import ModuleType

import structlog
from flask import Blueprint, Flask, Response, request
from werkzeug.exceptions import HTTPException

from dashboard import features
from dashboard.features.priorities.demonstration import given as ranges_of_examples
from dashboard.settings import Settings
from dashboard.site.answer import Answers
from dashboard.site.compression import ASSETS, BUNDLES, compress
from dashboard.site.drawings import FOR_EVER, serve_drawings
from dashboard.site.front_door import RETRY_AFTER_SECONDS
from dashboard.site.health import serve_health
from dashboard.site.logs import write_logs
from dashboard.site.security import A_YEAR_OF_HTTPS, HEADERS, OTHER_POLICY
from dashboard.site.server import Island, Site
from dashboard.site.well_known import serve_well_known
from dashboard.site.workshop import TooBusy, workshop_of
from dashboard.ui.page import Page
from dashboard.web.mount import mount
from dashboard.web.viewer import account_links
from etl.core.errors import PipelineError

log = structlog.get_logger()
FOR_A_DAY = "public, max-age=86400"
FAILED = "That did not work. Nothing was changed. Try again, or tell us."


def all_pages() -> list[Page]:
    """Every page under `dashboard/features`, in menu order.

    Raises:
        AttributeError: a module called `page` or `..._page` there does not end in `PAGE = Page(...)`.
        ValueError: two pages have one path.
    """
    pages: list[Page] = [module.PAGE for module in _modules("page")]
    paths = [page.path for page in pages]
    twice = sorted({path for path in paths if paths.count(path) > 1})
    if twice:
        raise ValueError(f"two pages have the path {', '.join(twice)}")
    return sorted(pages, key=lambda page: page.order)


def all_routes() -> list[Blueprint]:
    """The forms of every page: `routes` of each module called `routes` or `..._routes` under `dashboard/features`."""
    return [module.routes for module in _modules("routes")]


def _modules(kind: str) -> list[ModuleType]:
    """The modules under `dashboard/features` of that name, or whose name ends in it."""
    names = [module.name for module in pkgutil.walk_packages(features.__path__, f"{features.__name__}.")]
    return [importlib.import_module(name) for name in names if re.fullmatch(rf".*[._]{kind}", name)]


def create_app(settings: Settings | None = None, extra_pages: tuple[Page, ...] = ()) -> Site:
    """The app, ready to serve. Call once per process: Dash, behind it, allows no more."""
    settings = settings or Settings()
    write_logs(settings)
    answers = Answers((*all_pages(), *extra_pages), account_links, workshop_of(settings.threads))
    site = Site(answers, _make_island)
    mount(site, settings, all_routes(), ranges_of_examples)
    serve_health(site.server)
    serve_drawings(site.server, answers.workshop)
    serve_well_known(site.server)
    _answer_errors(site)
    _prepare(site.server)
    return site


def _make_island() -> Island:
    # Dash takes a second to import and 20 MB to keep, and most processes of a command, and many of a server, need none of it.
    from dashboard.island import create_island

    return create_island(_prepare)


def _prepare(server: Flask) -> None:
    """What every server of the site has: the headers that keep an answer to itself, and smaller answers."""
    _set_headers(server)
    compress(server)


def _answer_errors(site: Site) -> None:
    # Flask would write every failure a second time, as text.
    server: Flask = site.server
    server.logger.disabled = True

    @server.errorhandler(500)
    def failed(error: HTTPException) -> Response:
        cause = getattr(error, "original_exception", None) or error
        # What is wrong with the figures is a sentence; a fault of the program is written down with where it was.
        how = {"reason": str(cause)} if isinstance(cause, PipelineError) else {"exc_info": cause}
        log.error("request_failed", path=request.path, method=request.method, **how)
        if request.method != "GET":
            return Response(FAILED, 500, mimetype="text/plain")
        answer = site.answers.broken()
        # Without a release to answer from it is worth trying again, and a proxy may say so.
        return site.response(replace(answer, status=503) if isinstance(cause, PipelineError) else answer)

    @server.errorhandler(HTTPException)
    def refused(error: HTTPException) -> Response:
        response = Response(f"{error.description or error.name}\n", error.code, mimetype="text/plain")
        for name, value in error.get_headers():
            response.headers.setdefault(name, value)
        return response

    @server.errorhandler(TooBusy)
    def busy(_error: TooBusy) -> Response:
        response = site.response(site.answers.busy())
        response.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
        return response


def _set_headers(server: Flask) -> None:
    @server.after_request
    def headers(response: Response) -> Response:
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        response.headers.setdefault("Content-Security-Policy", OTHER_POLICY)
        if request.is_secure:
            response.headers["Strict-Transport-Security"] = A_YEAR_OF_HTTPS
        if response.status_code == 200:
            if request.path.startswith(ASSETS):
                # Our documents ask for assets with their time of change, so a new one has a new address.
                response.headers["Cache-Control"] = FOR_EVER if "m" in request.args else FOR_A_DAY
            elif request.path.startswith(BUNDLES) and "max-age" not in response.headers.get("Cache-Control", ""):
                response.headers["Cache-Control"] = FOR_A_DAY
        return response
