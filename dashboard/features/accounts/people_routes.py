"""Accounts: who may sign in, as what, and for which borough. For administrators."""

from flask import Blueprint, Response, request
from werkzeug.wrappers import Response as AnyResponse

from dashboard.register import accounts, areas, oidc_settings
from dashboard.register.entries import AccountEntry
from dashboard.register.errors import Conflict, InvalidEntry, NotAllowed, NotFound
from dashboard.register.permissions import Body, Role
from dashboard.register.records import AccountRecord
from dashboard.register.years import london_date
from dashboard.ui import html
from dashboard.ui.forms import Choice, Field, Values
from dashboard.ui.frame import breadcrumb
from dashboard.ui.html import Element
from dashboard.ui.links import button_link
from dashboard.ui.notice import notice
from dashboard.ui.sections import page_opening
from dashboard.ui.table import Column, data_table
from dashboard.web import site_register
from dashboard.web.flash import go_on
from dashboard.web.form_page import VERSION, FormPage, Press, Questions, both_versions, show
from dashboard.web.measure_choices import area_words, areas_to_choose
from dashboard.web.permits import to_act
from dashboard.web.private_pages import HOME, page
from dashboard.web.routes import changes, shows
from dashboard.web.sessions import signed
from dashboard.web.typed_fields import sent, text, text_or_none
from dashboard.words.people import body_words
from etl.core.written import day

routes = Blueprint("people", __name__)
MANAGE = to_act("manage accounts")
LIST, NEW = ("Accounts", "/accounts"), "/accounts/new"
ACTIVE = Field("is_active", "May sign in", "radios", choices=(Choice("yes", "Yes"), Choice("no", "No: the account is closed")))
INVITE_AGAIN = "invite"


@shows(routes, LIST[1], MANAGE)
def show_accounts() -> Response:
    """Every account."""
    with site_register.reading() as session:
        people = accounts.accounts(session, signed().actor)
    rows: list[list[str | Element | list[str | Element]]] = [
        [
            html.A(one.name, href=f"/accounts/{one.id}"),
            one.email,
            _role(one),
            area_words(one.area_code) if one.area_code else "All of London",
            _standing(one),
            day(london_date(one.last_signed_in_at)) if one.last_signed_in_at else "Never",
        ]
        for one in people
    ]
    heads = ("Name", "Email address", "Role", "Place", "May sign in", "Last signed in")
    content: list[Element] = [
        breadcrumb((HOME,), LIST[0]),
        page_opening("Accounts", standfirst="Reading needs no account. Every account is made here by invitation."),
        html.P(button_link("Invite someone", NEW), className="gap"),
        html.Div(data_table(tuple(Column(head) for head in heads), rows, caption="By name", stack=True), className="gap"),
    ]
    return page(LIST[0], content, address=LIST[1])


@shows(routes, NEW, MANAGE)
def show_invite() -> Response:
    """The form for a new account."""
    return show(_form(None), {})


@changes(routes, NEW, MANAGE)
def send_invite() -> AnyResponse:
    """The new account's invitation, shown once; or the form again with every error."""
    values = sent(_form(None).fields)
    entry, faults = _entry(values)
    if entry is not None:
        try:
            with site_register.writing() as session:
                account, token = accounts.invite(session, signed().actor, entry, now=site_register.now())
            return _invitation(account, token)
        except InvalidEntry as error:
            faults = error.errors
    return show(_form(None), values, faults=faults, status=422)


@shows(routes, "/accounts/<account_id>", MANAGE)
def show_account(account_id: str) -> Response:
    """The form with what is held."""
    account = _one(account_id)
    return show(_form(account), _answers(account), hidden={VERSION: str(account.version)})


@changes(routes, "/accounts/<account_id>", MANAGE)
def send_account(account_id: str) -> AnyResponse:
    """The account changed, or invited again; the form again where something is wrong or someone else was first."""
    account = _one(account_id)
    values = sent(_form(account).fields)
    version_text = request.form.get(VERSION, "")
    seen_version = int(version_text) if version_text.isdecimal() and len(version_text) < 9 else account.version - 1
    entry, faults = _entry(values)
    try:
        if request.form.get("press") == INVITE_AGAIN:
            with site_register.writing() as session:
                account, token = accounts.invite_again(
                    session, signed().actor, account.id, seen_version=seen_version, now=site_register.now()
                )
            return _invitation(account, token)
        if entry is not None:
            with site_register.writing() as session:
                is_active = text(values, "is_active") == "yes"
                accounts.change_account(
                    session,
                    signed().actor,
                    account.id,
                    entry,
                    is_active=is_active,
                    seen_version=seen_version,
                    now=site_register.now(),
                )
            return go_on(LIST[1], "account")
    except InvalidEntry as error:
        faults = error.errors
    except NotAllowed as error:
        faults = {"role": str(error)}
    except Conflict:
        now_held = _one(account_id)
        before = both_versions(_form(now_held).fields, _answers(now_held), values)
        return show(_form(now_held), values, status=409, hidden={VERSION: str(now_held.version)}, before=before)
    return show(_form(account), values, faults=faults, status=422, hidden={VERSION: str(account.version)})


def _one(account_id: str) -> AccountRecord:
    with site_register.reading() as session:
        for account in accounts.accounts(session, signed().actor):
            if account.id == account_id:
                return account
    raise NotFound("There is no such account.")


def _invitation(account: AccountRecord, token: str) -> Response:
    content: list[Element] = [
        breadcrumb((HOME, LIST), "Invitation"),
        page_opening(f"Invitation for {account.name}", standfirst=f"It works once, until {_until()}, and is not shown again."),
        notice(
            "late", "Give it to them in person or by a channel you trust.", "Whoever has it can choose the account’s password."
        ),
        html.P(html.Code(token), className="gap"),
        html.P(["They paste it at ", html.A("Choose a password", href="/invitation"), f" and then sign in as {account.email}."]),
    ]
    return page("Invitation", content, address=LIST[1])


def _until() -> str:
    return day(london_date(site_register.now() + accounts.INVITATION_LASTS))


def _role(account: AccountRecord) -> str:
    """What the account is for, and whom it speaks for where that is not the same thing."""
    words = (
        account.role.value
        if account.body.value in account.role.value
        else f"{account.role.value}, for {body_words(account.body)}"
    )
    return f"{words[:1].upper()}{words[1:]}"


def _standing(account: AccountRecord) -> str:
    if not account.is_active:
        return "No: closed"
    if account.locked_until is not None and account.locked_until > site_register.now():
        return "Only where they have signed in before: many wrong passwords were tried"
    if account.has_password:
        return "Yes"
    return "By their organisation’s account" if oidc_settings.settings_from_environment() else "Not yet: no password chosen"


def _entry(values: Values) -> tuple[AccountEntry | None, dict[str, str]]:
    role, body = text(values, "role"), text(values, "body")
    faults = {}
    if role not in set(Role):
        faults["role"] = "Choose what the account is for."
    if body not in set(Body):
        faults["body"] = "Choose whom they speak for."
    if faults:
        # Whatever else is wrong is said with them: nobody corrects a form twice.
        email, name = text(values, "email"), text(values, "name")
        return None, accounts.person_faults(email, name) | faults
    entry = AccountEntry(
        email=text(values, "email"),
        name=text(values, "name"),
        role=Role(role),
        body=Body(body),
        area_code=text_or_none(values, "area_code"),
    )
    return entry, {}


def _answers(account: AccountRecord) -> Values:
    plain = {
        "email": account.email,
        "name": account.name,
        "role": account.role.value,
        "body": account.body.value,
        "area_code": account.area_code or "",
    }
    return {name: (value,) for name, value in plain.items()} | {"is_active": ("yes" if account.is_active else "no",)}


def _form(account: AccountRecord | None) -> FormPage:
    boroughs = tuple(place for place in areas_to_choose() if place.value in areas.POLICED_BY_THE_MET)
    fields = (
        Field("name", "Name", "line", "It stands beside what they sign.", size=40),
        Field("email", "Email address", "line", "They sign in with it.", size=40),
        Field(
            "role", "The account is for a", "select", choices=(Choice("", ""), *(Choice(one.value, one.value) for one in Role))
        ),
        Field("body", "They speak for", "select", choices=(Choice("", ""), *(Choice(one.value, one.value) for one in Body))),
        Field("area_code", "Borough", "select", "For a borough lead, and only for one.", choices=(Choice("", "None"), *boroughs)),
    )
    if account is None:
        return FormPage("Invite someone", NEW, (Questions(fields),), (Press("Invite"),), above=(LIST,))
    presses = (Press("Save", "save"), Press("Invite again", INVITE_AGAIN, is_plain=True))
    note = "Saving or inviting again signs them out everywhere. Inviting again ends their password."
    return FormPage(
        "Change an account", f"/accounts/{account.id}", (Questions((*fields, ACTIVE)),), presses, note, account.name, (LIST,)
    )
