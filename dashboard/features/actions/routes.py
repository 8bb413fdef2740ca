"""Actions: raising one against a chart or a recommendation, changing it, closing it, and the list of them all."""

from collections.abc import Sequence
from datetime import date

from flask import Blueprint, Response, request
from werkzeug.wrappers import Response as AnyResponse

from dashboard.features.actions.form import (
    DUE,
    LIST,
    NEW,
    OUTCOME,
    OWNER,
    STATE,
    TEXT,
    answers_of,
    change_form,
    close_form,
    due_day,
    raise_form,
)
from dashboard.register import actions, audit
from dashboard.register.entries import ActionEntry
from dashboard.register.errors import Conflict, InvalidEntry, NotAllowed, NotFound
from dashboard.register.follow_up import overdue
from dashboard.register.models import ActionState
from dashboard.register.records import ActionRecord
from dashboard.register.years import london_date
from dashboard.ui import html
from dashboard.ui.frame import breadcrumb
from dashboard.ui.html import Element
from dashboard.ui.links import links
from dashboard.ui.notice import empty
from dashboard.ui.sections import page_opening, section
from dashboard.ui.table import Column, closed, data_table
from dashboard.web import site_register
from dashboard.web.flash import go_on
from dashboard.web.form_page import VERSION, both_versions, show
from dashboard.web.history import history_table
from dashboard.web.measure_choices import area_words, measure_words
from dashboard.web.permits import OPEN, to_act
from dashboard.web.private_pages import HOME, page
from dashboard.web.routes import changes, shows
from dashboard.web.sessions import signed
from dashboard.web.typed_fields import refuse, sent, text, text_or_none
from dashboard.web.viewer import action_links
from etl.core.written import day

routes = Blueprint("action", __name__)
RAISE, CLOSE = to_act("raise an action"), to_act("close an action")


@shows(routes, LIST[1], OPEN)
def show_actions() -> Response:
    """Every action: overdue first, then open, then closed."""
    today = london_date(site_register.now())
    with site_register.reading() as session:
        every_action = actions.actions(session)
    late = overdue(every_action, today)
    ahead = [one for one in every_action if one.state is ActionState.OPEN and one not in late]
    over = [one for one in every_action if one.state is not ActionState.OPEN]
    groups = (("overdue", "Overdue", late), ("open", "Open", ahead), ("closed", "Closed", over))
    content: list[Element] = [
        breadcrumb((HOME,), LIST[0]),
        page_opening("Actions", standfirst="What somebody is to do about a figure or a recommendation."),
        *(section(anchor, heading, [_table(heading, group_actions)]) for anchor, heading, group_actions in groups),
    ]
    return page(LIST[0], content, nav="meetings", address=LIST[1])


@shows(routes, "/action/<action_id>", OPEN)
def show_action(action_id: str) -> Response:
    """One action for anyone."""
    action = _one(action_id)
    with site_register.reading() as session:
        changed = audit.entries(session, signed().actor, entity_kind="action", entity_id=action.id)
    pairs: list[tuple[str, str | Element]] = [
        ("Place", area_words(action.area_code)),
        ("Who will do it", action.owner),
        ("Due", day(action.due_on)),
        ("Raised by", f"{action.raised_by}, {day(london_date(action.created_at))}"),
        ("State", action.state.value.capitalize() + (f", {day(action.closed_on)}" if action.closed_on else "")),
    ]
    if action.measure_id:
        pairs.append(("Measure", measure_words(action.measure_id)))
    if action.chart:
        pairs.append(("Raised against", html.A("The chart it is about", href=action.chart)))
    if action.recommendation_id:
        pairs.append(
            ("Raised against", html.A("The recommendation it is about", href=f"/recommendation/{action.recommendation_id}"))
        )
    if action.outcome:
        pairs.append(("What came of it", action.outcome))
    doors = action_links(action)
    content: list[Element] = [
        breadcrumb((HOME, LIST), "Action"),
        page_opening(action.text, place=action.label or None),
        html.Dl([part for name, words in pairs for part in (html.Dt(name), html.Dd(words))], className="pairs stacked gap"),
        *([html.Div(links(doors, label="What you can do"), className="gap")] if doors else []),
        section("history", "History", [closed(history_table(changed, leads_there=False), "Every change to this action")]),
    ]
    return page("Action", content, nav="meetings", address=f"/action/{action.id}")


@shows(routes, NEW, RAISE, area_from="area")
def show_raise() -> Response:
    """The form, filled from the address it was opened with."""
    values = {
        "area_code": (request.args.get("area", "") or signed().actor.area_code or "",),
        "measure_id": (request.args.get("measure", ""),),
        "chart": (request.args.get("chart", ""),),
        "owner": (signed().actor.name,),
    }
    about = request.args.get("recommendation", "")
    return show(raise_form(about), values, hidden={"recommendation": about})


@changes(routes, NEW, RAISE, area_from="area_code")
def send_raise() -> AnyResponse:
    """The new action; or the form again with every error."""
    values = sent(raise_form().fields)
    due, faults = due_day(values)
    recommendation = request.form.get("recommendation", "")
    entry = ActionEntry(
        text=text(values, "text"),
        area_code=text(values, "area_code"),
        owner=text(values, "owner"),
        # Only to find every other fault at once where the day cannot be read; such an action is not raised.
        due_on=due or date.max,
        owner_id=signed().actor.account_id if text(values, "owner") == signed().actor.name else None,
        chart=text_or_none(values, "chart"),
        measure_id=text_or_none(values, "measure_id"),
        recommendation_id=recommendation or None,
    )
    try:
        with site_register.writing() as session:
            action_saved = actions.raise_action(session, signed().actor, entry, now=site_register.now())
            refuse(faults)
        return go_on(f"/action/{action_saved.id}", "raise")
    except InvalidEntry as error:
        faults = error.errors | faults
    return show(raise_form(recommendation), values, faults=faults, status=422, hidden={"recommendation": recommendation})


@shows(routes, "/action/<action_id>/change", CLOSE)
def show_change(action_id: str) -> Response:
    """The form with what is held."""
    action = _theirs(action_id)
    return show(change_form(action), answers_of(action), hidden={VERSION: str(action.version)})


@changes(routes, "/action/<action_id>/change", CLOSE)
def send_change(action_id: str) -> AnyResponse:
    """The action changed; the form again where something is wrong or someone else was first."""
    action = _theirs(action_id)
    question_page = change_form(action)
    values = sent(question_page.fields)
    due, faults = due_day(values)
    texts = {name: text(values, name) for name in ("text", "owner", "why")}
    try:
        with site_register.writing() as session:
            action_saved = actions.change_action(
                session,
                signed().actor,
                action.id,
                seen_version=_seen(action),
                due_on=due or date.max,
                now=site_register.now(),
                **texts,
            )
            refuse(faults)
        return go_on(f"/action/{action_saved.id}", "change")
    except InvalidEntry as error:
        return show(question_page, values, faults=error.errors | faults, status=422, hidden={VERSION: str(action.version)})
    except Conflict:
        now_held = _one(action_id)
        before = both_versions((TEXT, OWNER, DUE), answers_of(now_held), values)
        return show(change_form(now_held), values, status=409, hidden={VERSION: str(now_held.version)}, before=before)


@shows(routes, "/action/<action_id>/close", CLOSE)
def show_close(action_id: str) -> Response:
    """The form that closes an action."""
    action = _theirs(action_id)
    return show(close_form(action), {}, hidden={VERSION: str(action.version)})


@changes(routes, "/action/<action_id>/close", CLOSE)
def send_close(action_id: str) -> AnyResponse:
    """The action closed; the form again where something is wrong or someone else was first."""
    action = _theirs(action_id)
    values = sent((STATE, OUTCOME))
    new_state = text(values, "state")
    state = ActionState(new_state) if new_state in set(ActionState) else ActionState.OPEN
    try:
        with site_register.writing() as session:
            outcome = text(values, "outcome")
            action_saved = actions.close_action(
                session,
                signed().actor,
                action.id,
                seen_version=_seen(action),
                state=state,
                outcome=outcome,
                now=site_register.now(),
            )
        return go_on(f"/action/{action_saved.id}", "close")
    except InvalidEntry as error:
        return show(close_form(action), values, faults=error.errors, status=422, hidden={VERSION: str(action.version)})
    except Conflict:
        now_held = _one(action_id)
        before = both_versions((STATE, OUTCOME), answers_of(now_held), values)
        return show(close_form(now_held), values, status=409, hidden={VERSION: str(now_held.version)}, before=before)


def _table(heading: str, group_actions: Sequence[ActionRecord]) -> Element:
    if not group_actions:
        return empty(f"{heading}: none recorded.", "")
    rows: list[list[str | Element | list[str | Element]]] = [
        [
            html.A(one.text, href=f"/action/{one.id}"),
            area_words(one.area_code),
            one.owner,
            day(one.due_on),
            one.outcome or one.state.value.capitalize(),
        ]
        for one in group_actions
    ]
    columns = (Column("What is to be done"), Column("Place"), Column("Who"), Column("Due"), Column("What came of it"))
    return data_table(columns, rows, caption=f"{heading} actions", stack=True)


def _one(action_id: str) -> ActionRecord:
    with site_register.reading() as session:
        for action in actions.actions(session):
            if action.id == action_id:
                return action
    raise NotFound("There is no such action.")


def _theirs(action_id: str) -> ActionRecord:
    action = _one(action_id)
    if not action_links(action):
        raise NotAllowed("You may not change or close this action, or it is closed already.")
    return action


def _seen(action: ActionRecord) -> int:
    new_state = request.form.get(VERSION, "")
    return int(new_state) if new_state.isdecimal() and len(new_state) < 9 else action.version - 1
