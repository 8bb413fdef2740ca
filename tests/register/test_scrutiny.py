"""Recommendations, actions, commentary, meetings: who may, what is refused, what is kept."""

import json
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from dashboard.register import actions, commentary, meetings, recommendations
from dashboard.register.errors import InvalidEntry, NotAllowed, NotFound
from dashboard.register.models import ActionState, Aspect, FrozenEdition, Rag
from dashboard.register.permissions import PUBLIC
from tests.register.conftest import NOW
from tests.register.people import ADMIN, BROMLEY, CLERK, COUNCIL, ELSEWHERE, LEWISHAM, LONDON, MAYOR, OFFICER, POLICE

FIRST = "police-and-crime-committee-2013-01"


def status(**changes):
    fields = {
        "aspect": Aspect.DELIVERED,
        "rag": Rag.AMBER,
        "as_at": date(2026, 11, 1),
        "as_at_words": "November 2026",
        "evidence": "A first annual report was laid.",
        "evidence_url": "https://example.org/report",
    }
    return recommendations.StatusEntry(**(fields | changes))


def test_accepted_and_delivered_move_apart_and_the_history_stays(register):
    with register.writing() as session:
        before = recommendations.recommendation(session, FIRST)
        recommendations.add_status(session, CLERK, FIRST, status(), now=NOW)
        after = recommendations.add_status(
            session, CLERK, FIRST, status(rag=Rag.GREEN, evidence="And a second."), now=NOW + timedelta(days=1)
        )
    assert after.latest(Aspect.ACCEPTED) == before.latest(Aspect.ACCEPTED)
    assert after.latest(Aspect.DELIVERED).rag is Rag.GREEN
    assert [one.aspect for one in after.history] == [Aspect.ACCEPTED, Aspect.DELIVERED, Aspect.DELIVERED]


def test_mopac_answers_without_a_colour_and_only_the_clerk_judges(register):
    answer = status(aspect=Aspect.ANSWER, rag=None)
    for hours, actor in enumerate((OFFICER, MAYOR)):
        with register.writing() as session:
            kept = recommendations.add_status(session, actor, FIRST, answer, now=NOW + timedelta(hours=hours))
        assert kept.latest(Aspect.ANSWER).recorded_by == actor.name
        with register.writing() as session, pytest.raises(NotAllowed):
            recommendations.add_status(session, actor, FIRST, status(), now=NOW)
    for actor in (CLERK, COUNCIL, ADMIN, PUBLIC):
        with register.writing() as session, pytest.raises(NotAllowed):
            recommendations.add_status(session, actor, FIRST, answer, now=NOW)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"rag": None}, "rag"),
        ({"evidence": " "}, "evidence"),
        ({"as_at": date(2026, 11, 23)}, "as_at"),
        ({"evidence_url": "javascript:alert(1)"}, "evidence_url"),
    ],
)
def test_a_judgement_needs_a_colour_evidence_and_a_day_that_has_come(register, changes, field):
    with register.writing() as session, pytest.raises(InvalidEntry) as refused:
        recommendations.add_status(session, CLERK, FIRST, status(**changes), now=NOW)
    assert list(refused.value.errors) == [field]


def test_a_committee_makes_a_new_set_with_its_own_definitions(register):
    entry = recommendations.RecommendationEntry(
        number=1, title="Publish", wording="Publish it.", owner="MOPAC", due_on=date(2027, 3, 31), due_words=None
    )
    common = {
        "title": "2026 inquiry",
        "committee": "Police and Crime Committee",
        "made_on": date(2026, 11, 1),
        "sources": (),
        "now": NOW,
    }
    words = {Rag.RED: "not accepted", Rag.AMBER: "in part", Rag.GREEN: "in full"}
    with register.writing() as session:
        made = recommendations.make_recommendations(session, CLERK, definitions=words, entries=(entry,), **common)
        (action,) = recommendations.recommendations(session, set_id=made.id)
    assert (action.wording, made.definitions) == ("Publish it.", words)
    with register.writing() as session, pytest.raises(InvalidEntry) as refused:
        recommendations.make_recommendations(session, CLERK, definitions={Rag.RED: "no"}, entries=(entry, entry), **common)
    assert set(refused.value.errors) == {"definitions", "number"}
    with register.writing() as session, pytest.raises(NotAllowed):
        recommendations.make_recommendations(session, OFFICER, definitions=words, entries=(entry,), **common)


def action_entry(**changes):
    fields = {
        "text": "Explain the rise",
        "area_code": LEWISHAM,
        "owner": "Borough lead",
        "due_on": date(2026, 12, 31),
        "chart": "/lewisham/robbery",
    }
    return actions.ActionEntry(**(fields | changes))


def test_an_action_has_an_owner_a_day_and_something_it_is_about(register):
    with register.writing() as session, pytest.raises(InvalidEntry) as refused:
        actions.raise_action(session, MAYOR, action_entry(text="", owner="", due_on=date(2026, 1, 1), chart=None), now=NOW)
    assert set(refused.value.errors) == {"text", "owner", "due_on", "chart"}
    with register.writing() as session, pytest.raises(InvalidEntry):
        actions.raise_action(session, MAYOR, action_entry(chart="https://elsewhere.example.org"), now=NOW)
    with register.writing() as session, pytest.raises(InvalidEntry):
        actions.raise_action(session, MAYOR, action_entry(recommendation_id="none"), now=NOW)
    with register.writing() as session, pytest.raises(NotAllowed):
        actions.raise_action(session, ELSEWHERE, action_entry(), now=NOW)


@pytest.mark.parametrize(
    "chart", ["//elsewhere.example/borough", "/\\elsewhere.example", "https://elsewhere.example", "/a b", "home"]
)
def test_an_action_may_not_link_to_another_site(register, chart):
    with register.writing() as session, pytest.raises(InvalidEntry) as refused:
        actions.raise_action(session, COUNCIL, action_entry(chart=chart), now=NOW)
    assert list(refused.value.errors) == ["chart"]


def test_a_borough_lead_closes_their_own_action_and_others_may_not(register):
    with register.writing() as session:
        raised = actions.raise_action(session, MAYOR, action_entry(owner_id="council"), now=NOW)
    common = {"seen_version": raised.version, "state": ActionState.DONE, "outcome": "Explained to the board", "now": NOW}
    for actor in (POLICE, ELSEWHERE, PUBLIC, ADMIN):
        with register.writing() as session, pytest.raises(NotAllowed):
            actions.close_action(session, actor, raised.id, **common)
    with register.writing() as session:
        closed = actions.close_action(session, COUNCIL, raised.id, **common)
    assert (closed.state, closed.closed_on) == (ActionState.DONE, date(2026, 11, 22))
    with register.writing() as session, pytest.raises(InvalidEntry):
        actions.close_action(session, COUNCIL, raised.id, **(common | {"seen_version": closed.version}))
    with register.writing() as session, pytest.raises(NotFound):
        actions.close_action(session, COUNCIL, "none", **common)


def sign(session, actor, **changes):
    fields = {
        "measure_id": "robbery",
        "area_code": LEWISHAM,
        "period_start": date(2026, 9, 1),
        "period_end": date(2026, 9, 30),
        "text": "A series of linked offences.",
        "replaces": None,
        "now": NOW,
    }
    return commentary.sign_commentary(session, actor, **(fields | changes))


def test_commentary_is_signed_dated_and_replaced_never_rewritten(register):
    with register.writing() as session:
        first = sign(session, POLICE)
        second = sign(session, POLICE, text="Two series, not one.", replaces=first.id, now=NOW + timedelta(days=1))
        standing = commentary.commentary(session, measure_id="robbery", area_code=LEWISHAM, standing_only=True)
        everything = commentary.commentary(session, measure_id="robbery", area_code=LEWISHAM, standing_only=False)
    assert (first.signed_by, first.signed_for, first.signed_at) == ("Bob Police", "police", NOW)
    assert [note.id for note in standing] == [second.id]
    assert {note.text for note in everything} == {"A series of linked offences.", "Two series, not one."}
    with register.writing() as session, pytest.raises(InvalidEntry):
        sign(session, POLICE, replaces=first.id)
    with register.writing() as session, pytest.raises(InvalidEntry):
        sign(session, OFFICER, area_code=BROMLEY, replaces=second.id)
    with register.writing() as session, pytest.raises(NotAllowed):
        sign(session, ELSEWHERE)
    with register.writing() as session, pytest.raises(InvalidEntry) as refused:
        sign(session, POLICE, measure_id="happiness", text=" ", period_end=date(2026, 8, 1))
    assert set(refused.value.errors) == {"measure_id", "text", "period_end"}


def test_a_frozen_edition_is_given_back_as_it_was_and_a_changed_one_is_noticed(register):
    document = {"sentence": "26 of 384 series changed — “fewer than 1” would by chance", "values": [1, 2.5, None], "b": 1, "a": 2}
    with register.writing() as session:
        meeting = meetings.arrange(session, CLERK, title="December", committee="PCC", held_on=date(2026, 12, 9), now=NOW)
        meetings.freeze(session, OFFICER, meeting.id, release_id="2026-10", document=document, now=NOW)
        meetings.freeze(session, CLERK, meeting.id, release_id="2026-11", document={}, now=NOW + timedelta(days=1))
    with register.reading() as session:
        newer, older = meetings.frozen_editions(session, meeting.id)
    assert json.loads(older.document) == document
    assert newer.release_id == "2026-11"
    with register.reading() as session:
        row = session.scalars(select(FrozenEdition).where(FrozenEdition.id == older.id)).one()
        row.document = row.document.replace("384", "385")
        with session.no_autoflush, pytest.raises(meetings.ArchiveRejected, match="no longer matches"):
            meetings.frozen_editions(session, meeting.id)
    with register.writing() as session, pytest.raises(NotAllowed):
        meetings.freeze(session, MAYOR, meeting.id, release_id="x", document={}, now=NOW)
    with register.writing() as session, pytest.raises(NotFound):
        meetings.freeze(session, OFFICER, "none", release_id="x", document={}, now=NOW)
    with register.writing() as session, pytest.raises(InvalidEntry):
        meetings.arrange(session, CLERK, title="", committee="", held_on=date(2026, 12, 9), now=NOW)


def test_recommendations_can_have_actions_of_their_own(register):
    with register.writing() as session:
        actions.raise_action(session, CLERK, action_entry(area_code=LONDON, chart=None, recommendation_id=FIRST), now=NOW)
        (action,) = actions.actions(session, recommendation_id=FIRST, state=ActionState.OPEN)
        assert actions.actions(session, area_code=BROMLEY) == ()
    assert action.raised_by == "Fay Clerk"
