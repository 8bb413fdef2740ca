"""The history of the register, for those who work in it, and as a file; and the public record as data."""

import json

from flask import Blueprint, Response, request

from dashboard.register import audit, export_import
from dashboard.register.permissions import PUBLIC
from dashboard.register.store import register_url
from dashboard.site.kept_answers import tag_of
from dashboard.ui import html
from dashboard.ui.forms import Choice, Field, button, field
from dashboard.ui.frame import breadcrumb
from dashboard.ui.html import Element
from dashboard.ui.links import download_link
from dashboard.ui.notice import empty
from dashboard.ui.page import Download
from dashboard.ui.sections import page_opening, section
from dashboard.web import site_register
from dashboard.web.history import history_table
from dashboard.web.permits import OPEN, SIGNED_IN
from dashboard.web.private_pages import HOME, page
from dashboard.web.routes import costly, shows
from dashboard.web.sessions import signed

routes = Blueprint("history", __name__)
SHOWN = 200
KINDS = {
    "": "Everything",
    "priority": "Priorities",
    "signature": "Signatures",
    "comment": "Comments",
    "sent_comment": "Comments sent in",
    "commentary": "Explanations",
    "action": "Actions",
    "recommendation_status": "Recommendations",
    "plan": "Plans",
    "account": "Accounts",
}


@shows(routes, "/history", SIGNED_IN)
@costly
def show_history() -> Response:
    """The newest changes this person may see, of one kind or of all."""
    kind = request.args.get("kind", "")
    kind = kind if kind in KINDS else ""
    with site_register.reading() as session:
        entries = audit.entries(session, signed().actor, entity_kind=kind or None)
    newest_entries = entries[-SHOWN:]
    choices = tuple(Choice(value, words) for value, words in KINDS.items())
    choose = html.Form(
        [
            field(Field("kind", "Changes of", "select", choices=choices), {"kind": (kind,)}, {}),
            html.Div(button("Show"), className="buttons"),
        ],
        method="get",
        action="/history",
        className="entry",
    )
    standfirst = (
        f"{len(entries):,} changes, of which the newest {len(newest_entries)} are shown."
        if len(entries) > len(newest_entries)
        else f"{len(entries):,} changes."
    )
    content: list[Element] = [
        breadcrumb((HOME,), "History"),
        page_opening("Every change to the register", standfirst=standfirst),
        html.P(download_link("Every change as CSV", "/history.csv"), className="gap"),
        choose,
        section(
            "changes",
            "Changes",
            [history_table(newest_entries, leads_there=True) if newest_entries else empty("No change recorded.", "")],
        ),
    ]
    return page("History", content, address="/history")


@shows(routes, "/history.csv", SIGNED_IN)
@costly
def history_file() -> Response:
    """The same as CSV, whole."""
    with site_register.reading() as session:
        text = export_import.audit_csv(session, signed().actor)
    return _file(text, "register-history.csv", "text/csv")


@shows(routes, "/register.json", OPEN)
def register_file() -> Response:
    """The public record as JSON: the same for everyone, so nobody's draft is in it; made once for each change to it."""
    with site_register.reading() as session:
        changes_made = audit.public_so_far(session)

    def make() -> Download:
        with site_register.reading() as session:
            document = export_import.export(session, PUBLIC, now=site_register.now())
        text = json.dumps(document, ensure_ascii=False, indent=1)
        return Download("register.json", "application/json", text.encode())

    file = site_register.web().answers.kept.file(tag_of("public record", register_url(), changes_made), make)
    return _file(file.content, file.name, file.content_type)


def _file(text: str | bytes, name: str, content_type: str) -> Response:
    disposition = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return Response(text, 200, headers=disposition, mimetype=content_type)
