"""A Lewisham priority at each stage of its life, made through the register's own services."""

from datetime import date, timedelta

from dashboard.register import actions, comments, priorities, priority_steps
from dashboard.register.entries import ActionEntry
from dashboard.register.models import SentComment
from dashboard.register.permissions import State
from tests.register.people import COUNCIL, LEWISHAM, MAYOR, OFFICER, POLICE, borough_entry, ranges_for

# A year that is under way at the tests' moment, so that it can be in force.
THIS_YEAR = {"financial_year": "2026/27", "in_force_from": date(2027, 1, 8), "review_on": date(2027, 6, 1)}


def draft(register, now, **changes):
    with register.writing() as session:
        return priorities.draft(session, COUNCIL, borough_entry(**changes), now=now)


def proposed(register, now, **changes):
    made = draft(register, now, **changes)
    with register.writing() as session:
        return priorities.propose(session, COUNCIL, made.id, seen_version=made.version, now=now)


def agreed(register, now, ranges=ranges_for, **changes):
    made = proposed(register, now, **changes)
    for person in (POLICE, OFFICER):
        with register.writing() as session:
            made = priority_steps.agree(
                session, person, made.id, seen_version=made.version, minute_link=None, ranges_for=ranges, now=now
            )
    assert made.state is State.AGREED
    return made


def in_force(register, now):
    """Agreed forty days ago and in force by now; `now` must be after 8 January 2027."""
    made = agreed(register, now - timedelta(days=40), **THIS_YEAR)
    with register.writing() as session:
        return priority_steps.bring_into_force(session, MAYOR, made.id, seen_version=made.version, now=now)


def action(register, now, person=COUNCIL, area=LEWISHAM):
    entry = ActionEntry(
        text="Ask why burglary rose", area_code=area, owner=person.name, owner_id=person.account_id, due_on=date(2027, 1, 31),
        chart=f"/borough/{area}",
    )  # fmt: skip
    with register.writing() as session:
        return actions.raise_action(session, person, entry, now=now)


def sent_comment(register, now, text="Please do"):
    """The id of a comment somebody without an account sent in about a Lewisham proposal."""
    made = proposed(register, now)
    with register.writing() as session:
        comments.send_in(session, made.id, said_by="A resident of Catford", capacity="resident", text=text, now=now)
        session.flush()
        return session.query(SentComment.id).order_by(SentComment.sent_at.desc()).first()[0]
