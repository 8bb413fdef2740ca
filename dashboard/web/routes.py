"""How a route is declared: what it shows or changes, and the permit it needs."""

from collections.abc import Callable
from functools import wraps

from flask import Blueprint
from werkzeug.wrappers import Response

from dashboard.web.permits import Permit
from dashboard.web.site_register import web

View = Callable[..., Response]
PERMIT, AREA = "permit", "area_from"


def shows(blueprint: Blueprint, rule: str, permit: Permit, *, area_from: str | None = None) -> Callable[[View], View]:
    """Declares a page. `area_from` names the part of the path or the query that holds the area it is about."""
    return _declare(blueprint, rule, permit, area_from, "GET")


def costly(view: View) -> View:
    """The view of a page or file that takes long to make and is made anew for each who asks: few are made at once.

    Raises (the view):
        TooBusy: too many others are being made.
    """

    @wraps(view)
    def made_in_the_workshop(*arguments: object, **options: object) -> Response:
        with web().answers.workshop.place():
            return view(*arguments, **options)

    return made_in_the_workshop


def changes(blueprint: Blueprint, rule: str, permit: Permit, *, area_from: str | None = None) -> Callable[[View], View]:
    """Declares what happens when a form is sent. `area_from` names the part of the path or the field that holds the area."""
    return _declare(blueprint, rule, permit, area_from, "POST")


def _declare(blueprint: Blueprint, rule: str, permit: Permit, area_from: str | None, method: str) -> Callable[[View], View]:
    def declare(view: View) -> View:
        setattr(view, PERMIT, permit)
        setattr(view, AREA, area_from)
        blueprint.add_url_rule(rule, view.__name__, view, methods=[method])
        return view

    return declare
