"""Two people at once: the second is told, holds both versions, and loses nothing."""

from datetime import date
from threading import Barrier, Event, Thread

import pytest
from sqlalchemy import select

from dashboard.register import accounts, actions, priorities, priority_steps, reading
from dashboard.register.errors import Conflict
from dashboard.register.models import Account, ActionState
from dashboard.register.permissions import PUBLIC, State
from tests.register.conftest import NOW
from tests.register.people import ADMIN, COUNCIL, LEWISHAM, MAYOR, OFFICER, POLICE, borough_entry, ranges_for
from tests.register.test_priorities import proposed


def test_the_second_editor_gets_both_versions_and_the_first_edit_is_kept(register):
    record = proposed(register)
    first, second = borough_entry(title="First wording"), borough_entry(title="Second wording", rationale="Typed for an hour")
    with register.writing() as session:
        priorities.edit(session, COUNCIL, record.id, first, seen_version=record.version, why="", now=NOW)
    with register.writing() as session, pytest.raises(Conflict) as refused:
        priorities.edit(session, POLICE, record.id, second, seen_version=record.version, why="", now=NOW)
    assert refused.value.current.title == "First wording"
    assert refused.value.offered["title"] == "Second wording"
    assert refused.value.offered["rationale"] == "Typed for an hour"
    assert (refused.value.seen_version, refused.value.current.version) == (record.version, record.version + 1)
    with register.writing() as session:
        priorities.edit(session, POLICE, record.id, second, seen_version=refused.value.current.version, why="agreed", now=NOW)
    with register.reading() as session:
        assert reading.priority(session, PUBLIC, record.id).title == "Second wording"


def test_every_move_refuses_a_stale_version(register):
    record = proposed(register)
    stale = record.version - 1
    moves = [
        lambda session: priorities.edit(session, COUNCIL, record.id, borough_entry(), seen_version=stale, why="", now=NOW),
        lambda session: priorities.withdraw(session, COUNCIL, record.id, seen_version=stale, why="x", now=NOW),
        lambda session: priority_steps.agree(
            session, COUNCIL, record.id, seen_version=stale, minute_link=None, ranges_for=ranges_for, now=NOW
        ),
    ]
    for move in moves:
        with register.writing() as session, pytest.raises(Conflict):
            move(session)


def test_two_editors_at_the_same_moment_never_both_win(register):
    record = proposed(register)
    ready, outcomes = Barrier(2), []

    def write(actor, title):
        ready.wait()
        try:
            with register.writing() as session:
                priorities.edit(
                    session, actor, record.id, borough_entry(title=title), seen_version=record.version, why="", now=NOW
                )
            outcomes.append(("kept", title))
        except Conflict as conflict:
            outcomes.append(("told", conflict.offered["title"]))

    threads = [Thread(target=write, args=pair) for pair in ((COUNCIL, "One"), (POLICE, "Two"))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert sorted(kind for kind, _ in outcomes) == ["kept", "told"]
    kept = next(title for kind, title in outcomes if kind == "kept")
    with register.reading() as session:
        stored = reading.priority(session, PUBLIC, record.id)
    assert (stored.title, stored.version) == (kept, record.version + 1)


def test_two_bodies_signing_at_the_same_moment_do_not_miss_each_other(register):
    record = proposed(register)
    ready, outcomes = Barrier(2), []

    def sign(actor):
        ready.wait()
        seen, is_refused = record.version, True
        while is_refused:
            is_refused = False
            try:
                with register.writing() as session:
                    signed = priority_steps.agree(
                        session, actor, record.id, seen_version=seen, minute_link=None, ranges_for=ranges_for, now=NOW
                    )
            except Conflict as conflict:
                seen, is_refused = conflict.current.version, True
        outcomes.append(signed.state)

    threads = [Thread(target=sign, args=(actor,)) for actor in (COUNCIL, POLICE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert sorted(outcomes) == [State.AGREED, State.PROPOSED]


def test_closing_an_action_twice_is_refused(register):
    with register.writing() as session:
        entry = actions.ActionEntry(
            text="Explain", area_code="E12000007", owner="MOPAC", due_on=date(2026, 12, 1), chart="/london"
        )
        raised = actions.raise_action(session, MAYOR, entry, now=NOW)
        actions.close_action(
            session, OFFICER, raised.id, seen_version=raised.version, state=ActionState.DONE, outcome="Explained", now=NOW
        )
    with register.writing() as session, pytest.raises(Conflict) as refused:
        actions.close_action(
            session, OFFICER, raised.id, seen_version=raised.version, state=ActionState.DROPPED, outcome="Not needed", now=NOW
        )
    assert refused.value.current.outcome == "Explained"
    assert refused.value.offered["outcome"] == "Not needed"


def test_two_administrators_cannot_overwrite_each_other(register):
    with register.reading() as session:
        seen = next(account for account in accounts.accounts(session, ADMIN) if account.id == "council")
    entry = accounts.AccountEntry(
        email=seen.email, name="Ada B. Council", role=seen.role, body=seen.body, area_code=seen.area_code
    )
    with register.writing() as session:
        accounts.change_account(session, ADMIN, seen.id, entry, is_active=True, seen_version=seen.version, now=NOW)
    with register.writing() as session, pytest.raises(Conflict):
        accounts.change_account(session, ADMIN, seen.id, entry, is_active=False, seen_version=seen.version, now=NOW)


def test_a_writer_sees_no_other_write_between_its_check_and_its_own_write(register):
    """On either engine: the second reads only once the first is done, and then sees what it did."""
    read, titles_read = Event(), []

    def second():
        with register.writing() as session:
            titles_read.append(len(reading.borough_priorities(session, COUNCIL, area_code=LEWISHAM)))
            read.set()

    thread = Thread(target=second)
    with register.writing() as session:
        thread.start()
        priorities.draft(session, COUNCIL, borough_entry(), now=NOW)
        assert not read.wait(0.2)
    thread.join(timeout=20)
    assert titles_read == [1]


def test_signing_in_does_not_wait_for_another_writer_on_postgresql(register):
    # SQLite has one writer at a time, whatever is written.
    waits = register.engine.dialect.name == "sqlite"
    read = Event()

    def sign_in():
        with register.noting() as session:
            session.scalars(select(Account.id)).all()
            read.set()

    thread = Thread(target=sign_in)
    with register.writing() as session:
        priorities.draft(session, COUNCIL, borough_entry(), now=NOW)
        thread.start()
        assert read.wait(0.2 if waits else 20) is not waits
    thread.join(timeout=20)
    assert read.is_set()
