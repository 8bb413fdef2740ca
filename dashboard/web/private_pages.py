"""Whole pages of the signed-in side, in the site's frame. None of them is kept by a browser or a proxy."""

import json
from collections.abc import Sequence
from urllib.parse import urlencode

from flask import Response
from werkzeug.datastructures import MultiDict

from dashboard.figures import queries
from dashboard.register.oidc_settings import settings_from_environment
from dashboard.site.kept_answers import Answer
from dashboard.ui import html
from dashboard.ui.forms import Field, button, error_summary, form
from dashboard.ui.forms import field as drawn_field
from dashboard.ui.frame import breadcrumb, framed, margin_text
from dashboard.ui.html import Element
from dashboard.ui.links import Link
from dashboard.ui.problem import problem
from dashboard.ui.render import to_html
from dashboard.ui.sections import page_opening
from dashboard.web import flash, tokens
from dashboard.web.sessions import is_in_the_clear
from dashboard.web.site_register import web
from dashboard.web.typed_fields import SIGN_IN
from dashboard.web.viewer import account_links

HOME: Link = ("Home", "/")
NOT_KEPT = frozenset({tokens.NAME, "password", "again", "current", "invitation"})
SIGN_IN_FIELDS = (
    Field("email", "Email address", "line", size=40, fills="username"),
    Field("password", "Password", "password", fills="current-password"),
)
IN_THE_CLEAR = (
    "This page came over an unencrypted connection, and passwords are not taken over one. Open the site at its https address."
)


def page(
    title: str, content: Sequence[Element], *, status: int = 200, nav: str | None = None, address: str = SIGN_IN
) -> Response:
    """A page as a response: its way back first, then what has just been done, if anything.

    An error's title says so first, for those who hear the tab's name before anything else.
    """
    release = queries.release()
    opening, rest = list(content[:1]), list(content[1:])
    if status == 200:
        opening += flash.message()
    tree = framed([*opening, *rest], menu=web().menu, nav=nav, release=release, account=account_links())
    heading = title if status < 400 else f"Error: {title}"
    margin, body = margin_text(title, release), to_html(tree)
    answer = Answer(status, heading, title, address, margin, body, has_island=False, is_private=True)
    response: Response = web().respond(answer)
    return response


def refused(reason: str, status: int) -> Response:
    """A page that says why not, and where to go."""
    title = "There is no such page" if status == 404 else "This was not done"
    return page(title, problem(title, reason, [("Go on to", [*account_links(), HOME])]), status=status)


def ask_to_sign_in(address: str, submitted: MultiDict[str, str]) -> Response:
    """The sign-in page for someone who sent a form without being signed in, holding all they typed."""
    form_values = {name: values for name, values in submitted.lists() if name not in NOT_KEPT}
    standfirst = "You are not signed in, or were left alone for half an hour. What you typed is kept: sign in and go on."
    return sign_in_page(address, kept=json.dumps(form_values) if form_values else "", standfirst=standfirst, status=403)


def sign_in_page(
    then: str, *, kept: str = "", email: str = "", refusal: str = "", standfirst: str = "", status: int = 200
) -> Response:
    """The sign-in page. It says the same whether or not there is such an account."""
    if is_in_the_clear():
        return page("Sign in", problem("Sign in", IN_THE_CLEAR), status=400)
    faults = {"password": refusal} if refusal else {}
    values = {"email": (email,)}
    hidden = {tokens.NAME: tokens.form_token(), "next": then, "kept": kept}
    content: list[Element] = [
        breadcrumb((HOME,), "Sign in"),
        *([error_summary(SIGN_IN_FIELDS, faults)] if faults else []),
        page_opening(
            "Sign in", standfirst=standfirst or "Reading needs no account. Signing in is for those who write in the register."
        ),
        form(
            [drawn_field(question, values, faults) for question in SIGN_IN_FIELDS],
            action=SIGN_IN,
            hidden=hidden,
            buttons=[button("Sign in")],
        ),
    ]
    if settings_from_environment() is not None:
        to_provider = f"{SIGN_IN}/oidc?{urlencode({'next': then})}"
        way = html.A("Sign in with your organisation’s account", href=to_provider, className="button plain")
        content.append(html.P(way, className="gap"))
    invited = html.A("choose your password", href="/invitation")
    content += [
        html.P(["Invited? First ", invited, "."], className="gap"),
        html.P("No account, or a lost password: ask an administrator for an invitation.", className="quiet"),
    ]
    return page("Sign in", content, status=status)
