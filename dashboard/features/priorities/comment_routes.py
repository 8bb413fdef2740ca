"""Anyone may say what they think of a proposal; and whoever answers for the place reads it, and shows it or sets it aside."""

from flask import Blueprint, Response, request
from werkzeug.wrappers import Response as AnyResponse

from dashboard.features.priorities import priority_document
from dashboard.register import comments, reading
from dashboard.register.comments import DECIDE, MOST_CHARACTERS, OPEN_CAPACITIES, SentCommentRecord
from dashboard.register.errors import Conflict, InvalidEntry, NotAllowed
from dashboard.register.follow_up import notice_ends
from dashboard.register.permissions import PUBLIC
from dashboard.register.records import AnyPriorityRecord
from dashboard.register.years import london_date
from dashboard.ui import html
from dashboard.ui.forms import Choice, Field, Values
from dashboard.ui.frame import breadcrumb
from dashboard.ui.html import Element
from dashboard.ui.problem import problem
from dashboard.ui.sections import page_opening, section
from dashboard.ui.table import closed
from dashboard.web import site_register
from dashboard.web.flash import go_on
from dashboard.web.form_page import VERSION, FormPage, Press, Questions, show
from dashboard.web.measure_choices import area_words
from dashboard.web.permits import OPEN, to_act
from dashboard.web.private_pages import HOME, page, refused
from dashboard.web.routes import changes, shows
from dashboard.web.sessions import is_in_the_clear, signed
from dashboard.web.typed_fields import sent, text
from dashboard.web.viewer import priority_address, say_address
from etl.core.written import day

routes = Blueprint("comment", __name__)
PRIORITIES = ("Priorities", "/priorities")
SAY_RULE, READ_RULE = "/priority/<priority_id>/say", "/comment/<comment_id>"
TOO_MANY = "There have been several comments from your network. Wait a few minutes and send it again."
IN_THE_CLEAR = "This page came over an unencrypted connection. Open the site at its https address to comment."
SAY = (
    Field(
        "said_by",
        "How you wish to be named",
        "line",
        "Such as “A resident of Catford”. No other detail of you is asked.",
        size=40,
    ),
    Field("capacity", "You speak as", "radios", choices=tuple(Choice(one, one.capitalize()) for one in OPEN_CAPACITIES)),
    Field(
        "text",
        "What you think of it",
        "text",
        f"Whether it is the right priority, what is missing, what success would be. At most {MOST_CHARACTERS:,} characters. "
        "Leave out anything that could tell who a victim or a suspect is.",
        size=8,
    ),
)
DECISION = (
    Field("decision", "It is", "radios", choices=(Choice("show", "Shown beside the priority"), Choice("aside", "Set aside"))),
    Field("because", "If it is set aside, why", "text", "Anyone may read the reason, not the comment.", size=3),
)


@shows(routes, SAY_RULE, OPEN)
def show_say(priority_id: str) -> Response:
    """The form anyone may comment with, while the proposal is in its notice."""
    priority = _open(priority_id)
    if is_in_the_clear():
        return page("Comment", problem("Comment", IN_THE_CLEAR), status=400)
    return _show_say(priority, {})


@changes(routes, SAY_RULE, OPEN)
def send_say(priority_id: str) -> AnyResponse:
    """The priority's page, with thanks; or the form again with every error."""
    values = sent(SAY)
    try:
        priority = _open(priority_id)
    except NotAllowed as error:
        return _closed(str(error), text(values, "text"))
    here, tries = site_register.network(), site_register.web().tries
    if not (tries.may("comment", here, priority.id) and tries.allow("comment from a network", here)):
        return _show_say(priority, values, faults={"text": TOO_MANY}, status=429)
    try:
        with site_register.writing() as session:
            texts = {name: text(values, name) for name in ("said_by", "capacity", "text")}
            comments.send_in(session, priority.id, **texts, sender=here, now=site_register.now())
    except InvalidEntry as error:
        return _show_say(priority, values, faults=error.errors, status=422)
    except NotAllowed as error:
        return _show_say(priority, values, faults={"text": str(error)}, status=422)
    tries.count("comment", here, priority.id)
    return go_on(priority_address(priority.id), "send a comment in")


@shows(routes, READ_RULE, to_act(DECIDE))
def show_decision(comment_id: str) -> Response:
    """One comment as it was sent in, and what may be done with it."""
    comment = _sent(comment_id)
    if comment.decided_at is not None:
        return refused(f"{comment.decided_by} has decided on this comment already.", 409)
    return _show_decision(comment, {})


@changes(routes, READ_RULE, to_act(DECIDE))
def send_decision(comment_id: str) -> AnyResponse:
    """The priority's page, with the comment or without; or the form again."""
    comment = _sent(comment_id)
    values = sent(DECISION)
    decision, version_text = text(values, "decision"), request.form.get(VERSION, "")
    if decision not in ("show", "aside"):
        return _show_decision(comment, values, faults={"decision": "Say whether it is shown or set aside."}, status=422)
    seen_version = int(version_text) if version_text.isdecimal() and len(version_text) < 9 else comment.version - 1
    try:
        with site_register.writing() as session:
            comments.decide(
                session,
                signed().actor,
                comment.id,
                seen_version=seen_version,
                is_shown=decision == "show",
                because=text(values, "because"),
                now=site_register.now(),
            )
    except InvalidEntry as error:
        return _show_decision(comment, values, faults=error.errors, status=422)
    except Conflict:
        return refused("Somebody else has decided on this comment. Nothing was changed.", 409)
    return go_on(priority_address(comment.priority_id), "show a comment" if decision == "show" else "set a comment aside")


def _open(priority_id: str) -> AnyPriorityRecord:
    with site_register.reading() as session:
        priority = reading.priority(session, PUBLIC, priority_id)
    if priority.is_example or not comments.is_open(priority, site_register.now()):
        raise NotAllowed(comments.CLOSED)
    return priority


def _closed(why: str, typed: str) -> Response:
    """Why a comment was not taken, with what was typed, so that it is not lost with the page."""
    typed_section = [section("typed", "What you typed", [html.P(typed, className="written")])] if typed else []
    opening = page_opening("Your comment was not taken", standfirst=why)
    return page("Your comment was not taken", [breadcrumb((HOME, PRIORITIES), "Not taken"), opening, *typed_section], status=403)


def _sent(comment_id: str) -> SentCommentRecord:
    with site_register.reading() as session:
        return comments.one(session, signed().actor, comment_id)


def _show_say(
    priority: AnyPriorityRecord, values: Values, *, faults: dict[str, str] | None = None, status: int = 200
) -> Response:
    ends = notice_ends(priority)
    until = f" Comments are taken until {day(ends)}." if ends else ""
    form_page = FormPage(
        "Say what you think of it",
        say_address(priority.id),
        (Questions(SAY, "Your comment"),),
        (Press("Send it"),),
        f"Somebody who answers for policing in {area_words(priority.area_code)} reads it before it is shown here. "
        f"What is set aside is counted, with the reason.{until}",
        f"{area_words(priority.area_code)}: {priority.title}",
        (PRIORITIES, (priority.title, priority_address(priority.id))),
        "priorities",
    )
    proposal = html.Div(closed(priority_document.wording(priority), "What is proposed"), className="gap")
    return show(form_page, values, faults=faults, status=status, before=[proposal])


def _show_decision(
    comment: SentCommentRecord, values: Values, *, faults: dict[str, str] | None = None, status: int = 200
) -> Response:
    form_page = FormPage(
        "Read a comment",
        f"/comment/{comment.id}",
        (Questions(DECISION, "What is done with it"),),
        (Press("Decide"),),
        "A comment is shown whether or not you agree with it. It is set aside only where it names or harms somebody, or is about "
        "something else.",
        f"{area_words(comment.area_code)}: {comment.priority_title}",
        (PRIORITIES, (comment.priority_title, priority_address(comment.priority_id))),
        "priorities",
    )
    by = f"{comment.said_by}, {comment.capacity}, {day(london_date(comment.sent_at))}"
    words: list[Element] = [
        html.Blockquote(html.P(comment.text, className="written")),
        html.P(by, className="small quiet"),
    ]
    return show(form_page, values, faults=faults, status=status, hidden={VERSION: str(comment.version)},
                before=[section("sent", "What was sent in", words)])  # fmt: skip
