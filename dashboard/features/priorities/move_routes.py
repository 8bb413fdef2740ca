"""One priority's page, and the forms that move it: comment, propose, agree, bring into force, review, end, score, withdraw."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from dashboard.features.priorities import priority_document
from dashboard.features.priorities.outturns import outturns_for
from dashboard.features.priorities.ranges import ranges_for
from dashboard.features.priorities.routes import evidence_of
from dashboard.features.priorities.worked import did_it_work
from dashboard.register import audit, comments, permissions, priorities, priority_steps, reading
from dashboard.register.errors import Conflict, InvalidEntry, NotAllowed
from dashboard.register.permissions import Actor, State
from dashboard.register.records import AnyPriorityRecord
from dashboard.register.years import london_date
from dashboard.ui.forms import Choice, Field, Values
from dashboard.ui.frame import breadcrumb
from dashboard.ui.html import Element
from dashboard.ui.notice import notice
from dashboard.ui.sections import page_opening, section
from dashboard.web import site_register
from dashboard.web.flash import go_on
from dashboard.web.form_page import VERSION, FormPage, Press, Questions, show
from dashboard.web.measure_choices import area_words
from dashboard.web.permits import OPEN, Permit, to_act, to_move
from dashboard.web.private_pages import HOME, page
from dashboard.web.routes import changes, shows
from dashboard.web.sessions import signed
from dashboard.web.typed_fields import dates, sent, text, text_or_none
from dashboard.web.viewer import MOVE_PATHS, moves, priority_address

routes = Blueprint("move", __name__)
PRIORITIES = ("Priorities", "/priorities")
WHY = Field("why", "Why", "text", "It is kept in the history for anyone to read.", size=3)
SUMMARY = "The priority as it stands"
FRESH = "The evidence as it stands on the day it is proposed."


@dataclass(frozen=True)
class Step:
    """A move as a form. `take` does it and gives the priority back; it raises what the register raises."""

    name: str
    title: str
    said: str
    press: str
    fields: tuple[Field, ...]
    take: Callable[[Session, Actor, AnyPriorityRecord, int, Values], AnyPriorityRecord]

    @property
    def permit(self) -> Permit:
        """What the register asks for this."""
        return to_act("comment") if self.name == "comment" else to_move(self.name)

    @property
    def path(self) -> str:
        """The end of its address."""
        return "comment" if self.name == "comment" else MOVE_PATHS[self.name][1]


def _day(values: Values, name: str) -> Any:  # noqa: ANN401 - a date, once the fault is excluded
    days, faults = dates(values, (name,))
    if faults or days[name] is None:
        raise InvalidEntry(faults or {name: "Give the day."})
    return days[name]


def _comment(session: Session, who: Actor, priority: AnyPriorityRecord, _seen: int, values: Values) -> AnyPriorityRecord:
    texts = {name: text(values, name) for name in ("said_by", "capacity", "text")}
    return priorities.comment(session, who, priority.id, **texts, now=site_register.now())


def _propose(session: Session, who: Actor, priority: AnyPriorityRecord, seen_version: int, _values: Values) -> AnyPriorityRecord:
    sheet = evidence_of(priority)
    if sheet is not None and sheet != getattr(priority, "evidence_sheet", None):
        # Proposed on what the figures say today, not on what they said when the draft was begun.
        entry = priorities.entry_of(priority).model_copy(update={"evidence_sheet": sheet})
        seen_version = priorities.edit(
            session, who, priority.id, entry, seen_version=seen_version, why=FRESH, now=site_register.now()
        ).version
    return priorities.propose(session, who, priority.id, seen_version=seen_version, now=site_register.now())


def _agree(session: Session, who: Actor, priority: AnyPriorityRecord, seen_version: int, values: Values) -> AnyPriorityRecord:
    return priority_steps.agree(
        session,
        who,
        priority.id,
        seen_version=seen_version,
        minute_link=text_or_none(values, "minute_link"),
        ranges_for=ranges_for(priority, site_register.now()),
        now=site_register.now(),
    )


def _into_force(
    session: Session, who: Actor, priority: AnyPriorityRecord, seen_version: int, _values: Values
) -> AnyPriorityRecord:
    return priority_steps.bring_into_force(session, who, priority.id, seen_version=seen_version, now=site_register.now())


def _review(session: Session, who: Actor, priority: AnyPriorityRecord, seen_version: int, values: Values) -> AnyPriorityRecord:
    on = _day(values, "review_on")
    return priority_steps.amend_review(
        session, who, priority.id, seen_version=seen_version, review_on=on, why=text(values, "why"), now=site_register.now()
    )


def _end(session: Session, who: Actor, priority: AnyPriorityRecord, seen_version: int, values: Values) -> AnyPriorityRecord:
    on = _day(values, "on")
    return priority_steps.end(
        session, who, priority.id, seen_version=seen_version, on=on, why=text(values, "why"), now=site_register.now()
    )


def _score(session: Session, who: Actor, priority: AnyPriorityRecord, seen_version: int, _values: Values) -> AnyPriorityRecord:
    came = outturns_for(priority, site_register.now())
    return priority_steps.score(session, who, priority.id, seen_version=seen_version, outturns=came, now=site_register.now())


def _withdraw(session: Session, who: Actor, priority: AnyPriorityRecord, seen_version: int, values: Values) -> AnyPriorityRecord:
    return priorities.withdraw(
        session, who, priority.id, seen_version=seen_version, why=text(values, "why"), now=site_register.now()
    )


STEPS = (
    Step(
        "comment",
        "Comment",
        "A comment is public and stands beside the priority with the name given here.",
        "Add the comment",
        (
            Field("said_by", "Whose comment it is", "line", "As they wish to be named.", size=40),
            Field("capacity", "They speak as", "select", choices=tuple(Choice(one, one) for one in ("", *priorities.CAPACITIES))),
            Field("text", "Comment", "text", size=6),
        ),
        _comment,
    ),
    Step("propose", "Propose", "The draft becomes public today and its notice begins.", "Propose", (), _propose),
    Step(
        "agree",
        "Agree",
        "You sign for the body you speak for, with today’s date. Once two bodies have signed it is agreed, and the expected "
        "range is fixed from the live release.",
        "Sign",
        (Field("minute_link", "Address of the minute, if there is one", "line", "Beginning with https://.", size=60),),
        _agree,
    ),
    Step(
        "bring into force",
        "Bring into force",
        "Its notice must have run and its day must have come.",
        "Bring into force",
        (),
        _into_force,
    ),
    Step(
        "amend",
        "Move the review",
        "Nothing else of a priority in force can be changed.",
        "Move the review",
        (Field("review_on", "Review on", "line", "Such as 1 April 2028.", size=24), WHY),
        _review,
    ),
    Step(
        "end",
        "End",
        "It stays in the register with what followed.",
        "End it",
        (Field("on", "Last day in force", "line", "Such as 31 March 2027.", size=24), WHY),
        _end,
    ),
    Step("score", "Score the year", "What came is set beside the range fixed on agreement.", "Score", (), _score),
    Step("withdraw", "Withdraw", "It stays in the register, marked as withdrawn.", "Withdraw it", (WHY,), _withdraw),
)


@shows(routes, "/priority/<priority_id>", OPEN)
def show_priority(priority_id: str) -> Response:
    """One priority for anyone; a draft for its author alone."""
    with site_register.reading() as session:
        priority = reading.priority(session, signed().actor, priority_id)
        aside = comments.set_aside(session, priority_id)
        changes_made = audit.entries(session, signed().actor, entity_kind="priority", entity_id=priority_id)
    place = area_words(priority.area_code) + (f", {priority.financial_year}" if priority.financial_year else "")
    content: list[Element] = [
        breadcrumb((HOME, PRIORITIES), priority.title),
        page_opening(
            priority.title, place=place, standfirst=priority_document.where_it_stands(priority, london_date(site_register.now()))
        ),
        *priority_document.because(priority, changes_made),
        *priority_document.standing(priority),
        section(
            "says",
            "What it says",
            [priority_document.wording(priority), *priority_document.where_read(priority), *priority_document.evidence(priority)],
        ),
        section("agreed", "Who agreed it", priority_document.agreement(priority)),
        section("range", "What was expected, and what came", priority_document.ranges(priority)),
        *([section("worked", "Did it work?", worked)] if (worked := did_it_work(priority)) else []),
        section("comments", "What was said about it", priority_document.comments(priority, aside)),
        section("history", "History", [priority_document.history(changes_made)]),
    ]
    return page(priority.title, content, nav="priorities", address=priority_address(priority.id))


def _show_step(step: Step, priority_id: str) -> Response:
    priority = _priority_to_move(step, priority_id)
    return show(
        _form(step, priority), _opening(step, priority), hidden={VERSION: str(priority.version)}, before=_as_it_stands(priority)
    )


def _send_step(step: Step, priority_id: str) -> AnyResponse:
    priority = _priority_to_move(step, priority_id)
    values = sent(step.fields)
    version_text = request.form.get(VERSION, "")
    seen_version = int(version_text) if version_text.isdecimal() and len(version_text) < 9 else priority.version - 1
    try:
        with site_register.writing() as session:
            priority_saved = step.take(session, signed().actor, priority, seen_version, values)
    except InvalidEntry as error:
        return _again(step, priority, values, error.errors, 422)
    except Conflict:
        return _again(step, _priority_to_move(step, priority_id), values, {}, 409)
    is_first_of_two = step.name == "agree" and priority_saved.state is State.PROPOSED
    return go_on(priority_address(priority.id), "sign" if is_first_of_two else step.name)


def _again(step: Step, priority: AnyPriorityRecord, values: Values, faults: dict[str, str], status: int) -> Response:
    warning = [
        notice("refused", "Someone changed this priority after you opened it.", "Read it as it now stands, then send again.")
    ]
    before = [*(warning if status == 409 else []), *_as_it_stands(priority)]
    return show(
        _form(step, priority), values, faults=faults, status=status, hidden={VERSION: str(priority.version)}, before=before
    )


def _priority_to_move(step: Step, priority_id: str) -> AnyPriorityRecord:
    who = signed().actor
    with site_register.reading() as session:
        priority = reading.priority(session, who, priority_id)
    if step.name == "comment":
        permissions.require(who, "comment", priority.area_code)
    elif not any(move.name == step.name for move in moves(priority)):
        raise NotAllowed(f"This priority is {priority.state}: you may not {step.name} it now.")
    return priority


def _opening(step: Step, priority: AnyPriorityRecord) -> Values:
    # Whoever records a comment is usually recording their own.
    return {"said_by": (signed().actor.name,)} if step.name == "comment" else {}


def _as_it_stands(priority: AnyPriorityRecord) -> list[Element]:
    return [section("stands", SUMMARY, [priority_document.wording(priority)])]


def _form(step: Step, priority: AnyPriorityRecord) -> FormPage:
    here = priority_address(priority.id)
    place = f"{area_words(priority.area_code)}: {priority.title}"
    return FormPage(
        step.title,
        f"{here}/{step.path}",
        (Questions(step.fields, step.title),) if step.fields else (),
        (Press(step.press),),
        step.said,
        place,
        (PRIORITIES, (priority.title, here)),
        "priorities",
    )


def _declare(step: Step) -> None:
    rule, name = f"/priority/<priority_id>/{step.path}", step.name.replace(" ", "_")

    def show_step(priority_id: str) -> Response:
        return _show_step(step, priority_id)

    def send_step(priority_id: str) -> AnyResponse:
        return _send_step(step, priority_id)

    show_step.__name__, send_step.__name__ = f"show_{name}", f"send_{name}"
    shows(routes, rule, step.permit)(show_step)
    changes(routes, rule, step.permit)(send_step)


for _step in STEPS:
    _declare(_step)
