"""Signing in and out, choosing a password."""

import json
from datetime import timedelta

import structlog
from flask import Blueprint, Response, current_app, g, request
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse

from dashboard.register import accounts, guesses, passwords, sign_in
from dashboard.register.errors import InvalidEntry, NotFound, RegisterUnavailable
from dashboard.site.own_address import lead_to
from dashboard.ui.forms import Field
from dashboard.web.flash import go_on
from dashboard.web.form_page import FormPage, Press, Questions, show
from dashboard.web.guard import area_of
from dashboard.web.permits import OPEN, SIGNED_IN
from dashboard.web.private_pages import refused, sign_in_page
from dashboard.web.routes import changes, shows
from dashboard.web.sessions import adopt, close, hand_over, signed
from dashboard.web.site_register import keeping_sessions, network, now, reading, web, writing
from dashboard.web.typed_fields import SIGN_IN, Kept, safe_address, sent, text
from dashboard.words.register import UNREAD

log = structlog.get_logger()
routes = Blueprint("account", __name__)
TOO_MANY = "There have been too many wrong tries. Wait a few minutes and try again."
DIFFERENT = "The two new passwords differ."
LENGTH = f"At least {passwords.LEAST_CHARACTERS} characters, without your name or address. Several plain words are good."
NEW = (
    Field("password", "New password", "password", LENGTH, fills="new-password"),
    Field("again", "The same again", "password", fills="new-password"),
)
CHANGE = FormPage(
    "Change password",
    "/account/password",
    (Questions((Field("current", "Current password", "password", fills="current-password"), *NEW)),),
    (Press("Change password"),),
    "Your other browsers are signed out.",
)
ACCEPT = FormPage(
    "Choose a password",
    "/invitation",
    (
        Questions(
            (Field("invitation", "Invitation", "line", "As it was given to you. It works once, for three days.", size=60), *NEW)
        ),
    ),
    (Press("Choose password"),),
)
LEAVE = FormPage("Sign out", "/sign-out", (), (Press("Sign out"),), "This browser is signed out; what you saved stays.")


@shows(routes, SIGN_IN, OPEN)
def show_sign_in() -> Response:
    """The sign-in page."""
    return sign_in_page(safe_address(request.args.get("next", "")))


@changes(routes, SIGN_IN, OPEN)
def send_sign_in() -> AnyResponse:
    """A signed-in browser with a new session, on the page it was meant for; or the page again, with one sentence for all."""
    then, interrupted_form, email = (
        safe_address(request.form.get("next", "")),
        request.form.get("kept", ""),
        request.form.get("email", ""),
    )
    lasts = timedelta(hours=web().settings.session_hours)
    try:
        with reading() as session:
            if not sign_in.may_try(session, email, network(), now=now()):
                return sign_in_page(then, kept=interrupted_form, email=email, refusal=TOO_MANY, status=429)
            known = sign_in.held_hash(session, email)
        tried = passwords.tried(request.form.get("password", ""), known)
        with keeping_sessions() as session:
            answer = sign_in.sign_in(session, email=email, tried=tried, network=network(), now=now(), lasts=lasts)
    except RegisterUnavailable:
        return sign_in_page(then, kept=interrupted_form, email=email, refusal=f"{UNREAD}. Try again in a while.", status=503)
    if isinstance(answer, sign_in.Refused):
        return sign_in_page(then, kept=interrupted_form, email=email, refusal=answer.sentence, status=403)
    adopt(answer)
    response = _with_what_was_typed(then, interrupted_form) if interrupted_form else None
    return hand_over(response or lead_to(then, 303), answer)


@shows(routes, "/sign-out", SIGNED_IN)
def show_sign_out() -> Response:
    """The page that signs out."""
    return show(LEAVE, {})


@changes(routes, "/sign-out", SIGNED_IN)
def send_sign_out() -> AnyResponse:
    """The sign-in page, with the session ended and the cookie gone."""
    response = go_on(SIGN_IN, "sign out")
    close(response)
    return response


@shows(routes, CHANGE.address, SIGNED_IN)
def show_password() -> Response:
    """The page that changes a password."""
    return show(CHANGE, {})


@changes(routes, CHANGE.address, SIGNED_IN)
def send_password() -> AnyResponse:
    """The account with its new password, every other browser signed out."""
    values = sent(CHANGE.fields)
    with keeping_sessions() as session:
        may_try = guesses.allow_own(session, str(signed().actor.account_id), now())
    if not may_try:
        return show(CHANGE, {}, faults={"current": TOO_MANY}, status=429)
    faults = {"again": DIFFERENT} if values["again"] != values["password"] else {}
    if not faults:
        with reading() as session:
            own_hash = accounts.own_hash(session, signed().actor)
        current = passwords.tried(request.form.get("current", ""), own_hash)
        chosen = passwords.chosen(request.form.get("password", ""))
        try:
            with writing() as session:
                accounts.change_password(
                    session, signed().actor, current=current, password=chosen, keep_token=signed().token, now=now()
                )
        except InvalidEntry as error:
            faults = error.errors
    return show(CHANGE, {}, faults=faults, status=422) if faults else go_on("/my-work", "password")


@shows(routes, ACCEPT.address, OPEN)
def show_invitation() -> Response:
    """The page where an invited person chooses a password. The invitation is typed or pasted: an address would be logged."""
    return show(ACCEPT, {})


@changes(routes, ACCEPT.address, OPEN)
def send_invitation() -> AnyResponse:
    """The sign-in page, with the account's password chosen."""
    values = sent(ACCEPT.fields)
    hidden = {"invitation": values["invitation"]}
    with reading() as session:
        is_invited = accounts.is_invitation(session, text(values, "invitation"), now=now())
    if not is_invited:
        # A wrong one costs no hashing; and however many were tried, a right one is taken.
        if not web().tries.allow("invitation", network()):
            return show(ACCEPT, hidden, faults={"invitation": TOO_MANY}, status=429)
        return show(ACCEPT, hidden, faults={"invitation": accounts.NOT_INVITED}, status=422)
    if values["again"] != values["password"]:
        return show(ACCEPT, hidden, faults={"again": DIFFERENT}, status=422)
    chosen = passwords.chosen(request.form.get("password", ""))
    try:
        with writing() as session:
            accounts.accept_invitation(session, text(values, "invitation"), password=chosen, now=now())
    except NotFound as error:
        return show(ACCEPT, hidden, faults={"invitation": str(error)}, status=422)
    except InvalidEntry as error:
        return show(ACCEPT, hidden, faults=error.errors, status=422)
    return go_on(SIGN_IN, "invitation")


def _with_what_was_typed(then: str, interrupted_form: str) -> Response | None:
    """The page someone was on, with what they had typed; None where it cannot be shown."""
    try:
        values = {
            str(name): tuple(str(one) for one in values_of_field)
            for name, values_of_field in json.loads(interrupted_form).items()
        }
        endpoint, arguments = current_app.url_map.bind_to_environ(request.environ).match(then, method="GET")
    except (ValueError, AttributeError, TypeError, HTTPException):
        return None
    view = current_app.view_functions[endpoint]
    permit = getattr(view, "permit", None)
    if permit is None:
        return None
    if not permit.allows(signed().actor, area_of(view, arguments)):
        return refused(f"Your account may not {permit.words}.", 403)
    g.kept = Kept(then, values)
    response: Response = current_app.ensure_sync(view)(**arguments)
    return response
