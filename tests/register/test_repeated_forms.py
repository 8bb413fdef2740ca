"""A form that is sent twice is kept once; what differs, or comes later, or from someone else, is kept beside it."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from dashboard.register import actions, commentary, comments, priorities, recommendations
from dashboard.register.entries import ActionEntry, StatusEntry
from dashboard.register.models import Action, Aspect, Comment, Commentary, Priority, Rag, RecommendationStatus, SentComment
from dashboard.register.repeated_forms import WITHIN
from tests.register.conftest import NOW
from tests.register.people import CLERK, COUNCIL, COUNCIL_TOO, LEWISHAM, OFFICER, borough_entry, london_entry

FIRST = "police-and-crime-committee-2013-01"


def draft(session, register, now, *, text="Burglary", person=COUNCIL):
    priorities.draft(session, person, borough_entry(title=text), now=now)


def raised(session, register, now, *, text="Ask why", person=COUNCIL):
    entry = ActionEntry(text=text, area_code=LEWISHAM, owner="The board", due_on=date(2027, 4, 1), owner_id=None, chart="/")
    actions.raise_action(session, person, entry, now=now)


def explained(session, register, now, *, text="Two gangs", person=COUNCIL):
    commentary.sign_commentary(
        session, person, measure_id="burglary", area_code=LEWISHAM, period_start=date(2026, 4, 1), period_end=date(2026, 4, 30),
        text=text, replaces=None, now=now,
    )  # fmt: skip


def judged(session, register, now, *, text="Nothing came", person=CLERK):
    entry = StatusEntry(
        aspect=Aspect.DELIVERED, rag=Rag.RED, as_at=date(2026, 11, 1), as_at_words="1 November 2026", evidence=text,
        evidence_url=None,
    )  # fmt: skip
    recommendations.add_status(session, person, FIRST, entry, now=now)


def a_proposal(register):
    with register.writing() as session:
        made = priorities.draft(session, COUNCIL, borough_entry(title="Shops"), now=NOW)
        return priorities.propose(session, COUNCIL, made.id, seen_version=made.version, now=NOW).id


@pytest.fixture
def proposal(register):
    return a_proposal(register)


def sent_in(session, proposal, now, *, text="Please do"):
    comments.send_in(session, proposal, said_by="A resident", capacity="resident", text=text, now=now)


def recorded(session, proposal, now, *, text="Please do"):
    priorities.comment(session, COUNCIL, proposal, said_by="A resident", capacity="resident", text=text, now=now)


KINDS = [(draft, Priority), (raised, Action), (explained, Commentary), (judged, RecommendationStatus)]
SAID = [(sent_in, SentComment), (recorded, Comment)]


def count(register, model):
    with register.reading() as session:
        return session.scalar(select(func.count()).select_from(model))


@pytest.mark.parametrize(("send", "model"), KINDS + SAID, ids=lambda one: getattr(one, "__name__", None))
def test_a_form_sent_twice_is_kept_once(register, proposal, send, model):
    about = proposal if (send, model) in SAID else register
    before = count(register, model)
    for seconds in (0, 1, 30):
        with register.writing() as session:
            send(session, about, NOW + timedelta(seconds=seconds))
    assert count(register, model) == before + 1
    with register.writing() as session:
        send(session, about, NOW, text="Something else")
    with register.writing() as session:
        send(session, about, NOW + WITHIN + timedelta(minutes=1))
    assert count(register, model) == before + 3


def test_the_same_words_from_two_people_are_kept_twice(register):
    for person in (COUNCIL, COUNCIL_TOO):
        with register.writing() as session:
            raised(session, register, NOW, person=person)
    assert count(register, Action) == 2


def test_a_draft_sent_again_after_it_was_proposed_is_the_proposal(register, proposal):
    with register.writing() as session:
        again = priorities.draft(session, COUNCIL, borough_entry(title="Shops"), now=NOW)
    assert (again.id, again.state) == (proposal, "proposed")


def test_a_london_wide_priority_sent_twice_is_kept_once(register):

    with register.writing() as session:
        first = priorities.draft(session, OFFICER, london_entry(), now=NOW)
    with register.writing() as session:
        assert priorities.draft(session, OFFICER, london_entry(), now=NOW).id == first.id
