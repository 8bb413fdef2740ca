"""Nothing can be changed by someone who may not: every route and callback of the app, whoever wrote it, tried by everyone."""

import json
import sqlite3
from datetime import UTC, datetime, timedelta

import pytest
from flask import g

from dashboard.register.permissions import ACTS, MOVES, Reach
from dashboard.web import site_register
from dashboard.web.guard import CHANGING, permit_of
from dashboard.web.tokens import NAME
from tests.dashboard.web import stages
from tests.dashboard.web.browser import Form, words
from tests.dashboard.web.conftest import NOW
from tests.register.people import ADMIN, CLERK, COUNCIL, ELSEWHERE, EVERYONE, LEWISHAM, MAYOR, OFFICER, POLICE

IN_THE_YEAR = datetime(2027, 1, 20, 12, 0, tzinfo=UTC)
RECOMMENDATION = "police-and-crime-committee-2013-01"
NEW_SET = {
    "title": "Inquiry of 2026", "committee": "Police and Crime Committee", "made_on": "1 November 2026", "document": "Its report",
    "short_title": "Publish", "wording": "Publish it.",
}  # fmt: skip
PROPOSE = f"/priorities/2027-28/{LEWISHAM}/propose"


def routes_that_change(server):
    """(endpoint, rule) of every route of the app that takes anything but a question."""
    return sorted((rule.endpoint, rule.rule) for rule in server.url_map.iter_rules() if rule.methods & CHANGING)


# Who may use each route, with what it is used on and what is sent. A route that is not here fails the tests below.
def _priority(end, stage, who, **sent):
    return lambda register, now: (f"/priority/{stage(register, now).id}/{end}", who, sent)


CASES = {
    "account.send_sign_out": lambda *_: ("/sign-out", COUNCIL, {}),
    "account.send_password": lambda *_: ("/account/password", COUNCIL, {"current": "x", "password": "y", "again": "y"}),
    "people.send_invite": lambda *_: (
        "/accounts/new",
        ADMIN,
        {"name": "Hal New", "email": "hal@example.org", "role": "committee clerk", "body": "London Assembly", "area_code": ""},
    ),
    "people.send_account": lambda *_: ("/accounts/clerk", ADMIN, {"name": "Fay Renamed", "is_active": "yes"}),
    "priority.send_propose": lambda *_: (PROPOSE, COUNCIL, {"title": "Burglary", "press": "save"}),
    "priority.send_edit": _priority("edit", stages.draft, COUNCIL, title="Another name", press="save"),
    "record.send_record": lambda *_: (
        f"/priorities/2025-26/{LEWISHAM}/record",
        OFFICER,
        {"title": "Burglary", "measure_id": "burglary", "sources": "Minutes of the board, item 4"},
    ),
    "move.send_comment": _priority("comment", stages.proposed, COUNCIL, said_by="A resident", capacity="resident", text="Good"),
    "move.send_propose": _priority("propose", stages.draft, COUNCIL),
    "move.send_agree": _priority("agree", stages.proposed, POLICE),
    "move.send_bring_into_force": _priority(
        "bring-into-force", lambda register, now: stages.agreed(register, now - timedelta(days=40), **stages.THIS_YEAR), MAYOR
    ),
    "move.send_amend": _priority("review", stages.in_force, OFFICER, review_on="1 July 2027", why="Two months more"),
    "move.send_end": _priority("end", stages.in_force, OFFICER, on="10 January 2027", why="Replaced"),
    "move.send_score": _priority("score", stages.in_force, OFFICER),
    "move.send_withdraw": _priority("withdraw", stages.proposed, COUNCIL, why="Not now"),
    "comment.send_decision": lambda register, now: (
        f"/comment/{stages.sent_comment(register, now)}",
        POLICE,
        {"decision": "show"},
    ),
    "commentary.send_commentary": lambda *_: (
        f"/commentary/new?measure=burglary&area={LEWISHAM}&period=2025-12",
        COUNCIL,
        {"text": "Two prolific offenders were released"},
    ),
    "action.send_raise": lambda *_: (
        f"/actions/new?area={LEWISHAM}&chart=/borough/{LEWISHAM}",
        COUNCIL,
        {"text": "Ask why", "due_on": "1 March 2027"},
    ),
    "action.send_change": lambda register, now: (
        f"/action/{stages.action(register, NOW).id}/change",
        COUNCIL,
        {"text": "Ask again", "why": "Nobody answered"},
    ),
    "action.send_close": lambda register, now: (
        f"/action/{stages.action(register, NOW).id}/close",
        COUNCIL,
        {"state": "done", "outcome": "Answered"},
    ),
    "recommendation_set.send_new_set": lambda *_: ("/recommendation-sets/new", CLERK, NEW_SET),
    "recommendation_set.send_add": lambda *_: (
        f"/recommendation-sets/{RECOMMENDATION.rpartition('-')[0]}/add",
        CLERK,
        {"short_title": "Publish", "wording": "Publish it."},
    ),
    "recommendation.send_status": lambda *_: (
        f"/recommendation/{RECOMMENDATION}/status",
        CLERK,
        {"aspect": "delivered", "rag": "amber", "evidence": "The annual report of June"},
    ),
}
# Used by people who are not signed in: refused without our token like every other (below), and tried in test_sessions
# and test_comments.
OPEN_ROUTES = {"account.send_sign_in", "account.send_invitation", "comment.send_say"}
# What they answer when all is well and nothing of the register needs to have changed.
ANSWERS_IN_PLACE = {"account.send_password": 422, "people.send_invite": 200, "move.send_score": 422}
FOR_EVERY_ACCOUNT = {"account.send_sign_out", "account.send_password"}
# A wrong password, and a year with nothing to score yet.
CHANGES_NOTHING_HERE = {"account.send_sign_out", "account.send_password", "move.send_score"}
NOT_ABOUT_A_BOROUGH = FOR_EVERY_ACCOUNT | {"people.send_invite", "people.send_account", "recommendation.send_status"} | {
    "recommendation_set.send_new_set", "recommendation_set.send_add"
}  # fmt: skip
ELSEWHERES = (
    "https://elsewhere.example", "null", "http://localhost.elsewhere.example", "http://localhost:1", "https://localhost", None
)  # fmt: skip


def everything(register):
    """Everything the register holds but who is signed in and how often they failed to."""
    path = register.engine.url.database
    with sqlite3.connect(path) as connection:
        return [
            line
            for line in connection.iterdump()
            if not line.startswith(('INSERT INTO "login_session"', 'INSERT INTO "account"'))
        ]


def reaches(person, grants):
    return grants.get(person.role) is Reach.ANY or (grants.get(person.role) is Reach.OWN and person.area_code == LEWISHAM)


def own_token(browser):
    return browser.form("/sign-out").values[NAME][0]


def filled(browser, address, sent):
    """(where the page's form is sent, everything it sends with these answers)."""
    form = Form(browser.get(address).get_data(as_text=True))
    return form.action, form.values | {name: [value] for name, value in sent.items()}


@pytest.fixture
def case(register, clock):
    """A route's page, who may use it, and what they would type; on a record made for it."""
    clock.now = IN_THE_YEAR
    return lambda endpoint: CASES[endpoint](register, IN_THE_YEAR)


def test_every_route_that_changes_something_declares_the_permit_it_needs(app):
    undeclared = [rule for endpoint, rule in routes_that_change(app.server) if permit_of(app.server, endpoint) is None]
    assert undeclared == []


def test_every_declared_route_is_tried_below(app):
    declared = {endpoint for endpoint, _ in routes_that_change(app.server)}
    assert declared == set(CASES) | OPEN_ROUTES


def test_a_route_nobody_declared_is_refused(app, browser_of, register):
    view = app.server.view_functions["action.send_raise"]
    undeclared = lambda: "changed"  # noqa: E731
    app.server.view_functions["action.send_raise"] = undeclared
    try:
        answer = browser_of(COUNCIL).post("/actions/new", {})
    finally:
        app.server.view_functions["action.send_raise"] = view
    assert answer.status_code == 403
    assert "changed" not in words(answer).split()


@pytest.mark.parametrize("endpoint", sorted(CASES))
def test_the_right_person_is_let_through(case, browser_of, register, endpoint):
    page, who, sent = case(endpoint)
    browser = browser_of(who)
    action, values = filled(browser, page, sent)
    before = everything(register)
    answer = browser.post(action, values)
    assert answer.status_code == ANSWERS_IN_PLACE.get(endpoint, 303), words(answer)[:1500]
    if endpoint not in CHANGES_NOTHING_HERE:
        assert everything(register) != before


@pytest.mark.parametrize("endpoint", sorted(CASES))
def test_nobody_signed_in_changes_nothing(case, browser_of, register, endpoint):
    page, who, sent = case(endpoint)
    action, values = filled(browser_of(who), page, sent)
    before = everything(register)
    answer = browser_of().post(action, values)
    assert answer.status_code == 403
    assert "Sign in" in words(answer)
    assert everything(register) == before


@pytest.mark.parametrize("endpoint", sorted(CASES))
def test_a_form_without_this_sessions_token_changes_nothing(case, browser_of, register, endpoint):
    page, who, sent = case(endpoint)
    action, values = filled(browser_of(who), page, sent)
    stolen = values.pop(NAME)
    browser = browser_of(who)
    before = everything(register)
    for token in ({}, {NAME: ""}, {NAME: "rubbish"}, {NAME: "AAAA"}, {NAME: stolen}):
        assert browser.post(action, values | token).status_code == 403
    assert everything(register) == before


@pytest.mark.parametrize("endpoint", sorted(CASES))
def test_a_form_sent_from_elsewhere_changes_nothing(case, browser_of, register, endpoint):
    page, who, sent = case(endpoint)
    browser = browser_of(who)
    action, values = filled(browser, page, sent)
    before = everything(register)
    for origin in ELSEWHERES:
        assert browser.post(action, values, origin=origin).status_code == 403
    assert browser.post(action, values, origin=None, Referer="https://elsewhere.example/page").status_code == 403
    assert everything(register) == before


@pytest.mark.parametrize("endpoint", sorted(CASES))
def test_the_wrong_role_changes_nothing(app, case, browser_of, register, endpoint):
    permit = permit_of(app.server, endpoint)
    page, who, sent = case(endpoint)
    action, values = filled(browser_of(who), page, sent)
    wrong = [person for person in EVERYONE if permit.grants and not any(person.role in grants for grants in permit.grants)]
    before = everything(register)
    for person in wrong:
        browser = browser_of(person)
        # Their own token, so that nothing but their role can refuse them.
        answer = browser.post(action, values | {NAME: own_token(browser)})
        assert answer.status_code == 403, (person.name, words(answer))
    assert everything(register) == before
    assert bool(wrong) == (endpoint not in FOR_EVERY_ACCOUNT)


@pytest.mark.parametrize("endpoint", sorted(set(CASES) - NOT_ABOUT_A_BOROUGH))
def test_the_wrong_borough_changes_nothing(case, browser_of, register, endpoint):
    page, who, sent = case(endpoint)
    action, values = filled(browser_of(who), page, sent)
    browser = browser_of(ELSEWHERE)
    before = everything(register)
    answer = browser.post(action, values | {NAME: own_token(browser)})
    assert answer.status_code in (403, 404), words(answer)
    assert everything(register) == before


@pytest.mark.parametrize("person", EVERYONE, ids=lambda person: person.account_id)
def test_every_move_the_table_does_not_grant_is_refused_by_the_web_too(browser_of, register, clock, person):
    """Every person against every step of one proposed priority: let through exactly where the register's own table says so."""
    priority = stages.proposed(register, NOW)
    granted = {
        move.name
        for move in MOVES
        if (move.kind, move.start) == (priority.kind, priority.state) and not move.author_only and reaches(person, move.grants)
    }
    granted |= {"comment"} if reaches(person, ACTS["comment"]) else set()
    ends = {"edit": "edit", "agree": "agree", "withdraw": "withdraw", "comment": "comment", "propose": "propose"}
    ends |= {"bring into force": "bring-into-force", "end": "end", "amend": "review", "score": "score"}
    browser = browser_of(person)
    open_ends = {name for name, end in ends.items() if browser.get(f"/priority/{priority.id}/{end}").status_code == 200}
    assert open_ends == granted
    page = browser.get(f"/priority/{priority.id}").get_data(as_text=True)
    assert {name for name, end in ends.items() if f'/priority/{priority.id}/{end}"' in page} == granted


def callbacks(app):
    return sorted(app.island().callback_map)


def test_there_are_callbacks_to_try(app):
    assert any("explored" in output for output in callbacks(app))


@pytest.mark.parametrize(
    "person", [None, COUNCIL, ELSEWHERE, ADMIN], ids=lambda person: person.account_id if person else "nobody"
)
def test_no_callback_changes_anything(app, browser_of, register, clock, person):
    before = everything(register)
    browser = browser_of(person)
    for output in callbacks(app):
        priority = app.island().callback_map[output]
        inputs = [{"id": one["id"], "property": one["property"], "value": "/measure/homicide"} for one in priority["inputs"]]
        body = {
            "output": output,
            "outputs": {"id": output.partition(".")[0], "property": output.rpartition(".")[2]},
            "inputs": inputs,
            "state": [{"id": one["id"], "property": one["property"], "value": "x"} for one in priority.get("state", [])],
            "changedPropIds": [f"{one['id']}.{one['property']}" for one in inputs],
        }
        browser.client.post(
            "/_dash-update-component", data=json.dumps(body), content_type="application/json", base_url=browser.base
        )
    assert everything(register) == before


@pytest.mark.parametrize("address", ["/_dash-update-component", "/my-work", "/priorities"])
def test_a_request_that_did_not_pass_the_guard_gets_nothing_to_write_with(app, register, address):
    with (
        app.server.test_request_context(address, method="POST"),
        pytest.raises(RuntimeError, match="changes nothing"),
        site_register.writing(),
    ):
        pass


def test_passing_the_guard_is_forgotten_with_the_request(app, browser_of, register, clock):
    browser_of(COUNCIL).send(PROPOSE, press="save", title="Burglary")
    with app.server.test_request_context("/"):
        assert "may_write" not in g


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_no_other_method_reaches_a_form(browser_of, method):
    browser = browser_of(COUNCIL)
    assert getattr(browser.client, method)("/actions/new", base_url=browser.base).status_code == 405
