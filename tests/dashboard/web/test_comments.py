"""What anyone may say of a proposal without an account: sent in, unseen until it is read, shown or set aside with a reason."""

from datetime import timedelta

import pytest

from dashboard.register import comments
from dashboard.register.comments import CROWDED, MOST_OF_ONE_SENDER, MOST_READ, MOST_WHERE_CROWDED
from dashboard.register.errors import NotAllowed
from dashboard.register.models import AuditEntry, SentComment
from tests.dashboard.web import stages
from tests.dashboard.web.browser import Form, errors_beside, words
from tests.dashboard.web.conftest import NOW
from tests.register.people import ADMIN, CLERK, COUNCIL, ELSEWHERE, LEWISHAM, OFFICER, POLICE

SAID = {"said_by": "A resident of Catford", "capacity": "resident", "text": "Bicycles are stolen here every week."}
PLACES = (
    "/priorities",
    "/priorities?year=2027/28",
    f"/borough/{LEWISHAM}",
    "/register.json",
    "/history",
    "/history.csv",
    "/my-work",
)


@pytest.fixture
def proposal(register, clock):
    return stages.proposed(register, NOW)


def say(browser, proposal, **typed):
    return browser.send(f"/priority/{proposal.id}/say", **(SAID | typed))


def waiting(register, who):
    with register.reading() as session:
        return comments.to_read(session, who)


def test_anyone_may_comment_from_the_proposals_own_page(browser_of, proposal):
    resident = browser_of()
    page = resident.get(f"/priority/{proposal.id}").get_data(as_text=True)
    assert f'href="/priority/{proposal.id}/say"' in page
    assert "until then anyone may comment" in page
    thanked = resident.read(say(resident, proposal).headers["Location"])
    assert "Your comment has been received. It is shown here once it has been read." in thanked


def test_what_was_sent_in_is_seen_by_nobody_else_before_it_is_read(browser_of, proposal):
    say(browser_of(), proposal)
    for person in (None, CLERK, ADMIN, ELSEWHERE):
        browser = browser_of(person)
        for address in (*PLACES, f"/priority/{proposal.id}"):
            assert "Bicycles" not in browser.get(address).get_data(as_text=True), (person, address)


def test_whoever_answers_for_the_place_reads_it_and_shows_it_in_its_writers_name(browser_of, register, proposal):
    say(browser_of(), proposal)
    for reader in (COUNCIL, POLICE, OFFICER):
        assert "Comments to read" in browser_of(reader).read("/my-work")
    (comment,) = waiting(register, POLICE)
    address = f"/comment/{comment.id}"
    assert "Bicycles are stolen" in browser_of(POLICE).read(address)
    assert browser_of(ELSEWHERE).get(address).status_code == 404
    assert browser_of(CLERK).get(address).status_code == 403
    browser_of(POLICE).send(address, decision="show")
    read = browser_of().read(f"/priority/{proposal.id}")
    assert "Bicycles are stolen here every week. A resident of Catford, resident, 22 November 2026" in read
    assert waiting(register, OFFICER) == ()
    # Who showed it, and when, is in the history for anyone who works in the register.
    assert "Bob Police" in browser_of(CLERK).read("/history?kind=comment")


def test_what_is_set_aside_is_counted_with_its_reason_and_its_words_are_never_shown(browser_of, register, proposal):
    say(browser_of(), proposal)
    (comment,) = waiting(register, COUNCIL)
    lacking = browser_of(COUNCIL).send(f"/comment/{comment.id}", decision="aside", expect=422)
    assert set(errors_beside(lacking)[0]) == {"field-because"}
    browser_of(COUNCIL).send(f"/comment/{comment.id}", decision="aside", because="It names a victim.")
    read = browser_of().read(f"/priority/{proposal.id}")
    assert "One comment was set aside: It names a victim." in read
    for person in (None, CLERK, OFFICER):
        for address in (*PLACES, f"/priority/{proposal.id}"):
            assert "Bicycles" not in browser_of(person).get(address).get_data(as_text=True)


def test_two_people_reading_one_comment_decide_once(browser_of, register, proposal):
    say(browser_of(), proposal)
    (comment,) = waiting(register, COUNCIL)
    late = browser_of(POLICE)
    form = late.form(f"/comment/{comment.id}")
    browser_of(COUNCIL).send(f"/comment/{comment.id}", decision="show")
    response = late.send_form(form, decision="aside", because="Off the point", expect=409)
    assert "Somebody else has decided" in words(response)
    assert browser_of(POLICE).get(f"/comment/{comment.id}").status_code == 409
    assert "set aside" not in browser_of().read(f"/priority/{proposal.id}")


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"said_by": " "}, "said_by"),
        ({"capacity": ""}, "capacity"),
        # The bodies that agree priorities speak through their own accounts.
        ({"capacity": "police"}, "capacity"),
        ({"text": ""}, "text"),
        ({"text": "x" * 4_001}, "text"),
        ({"said_by": "\u202ereyam ehT"}, "said_by"),
        ({"text": "a\x00b"}, "text"),
    ],
)
def test_what_is_wrong_is_said_beside_it_and_stays_as_typed(browser_of, proposal, typed, field):
    answer = say(browser_of(), proposal, expect=422, **typed)
    beside = errors_beside(answer)[0]
    assert set(beside) == {f"field-{field}"}
    assert Form(answer.get_data(as_text=True)).values["text"] == [(SAID | typed)["text"]]


def test_markup_is_shown_as_words(browser_of, register, proposal):
    say(browser_of(), proposal, text="<script>alert(1)</script> =cmd")
    (comment,) = waiting(register, COUNCIL)
    browser_of(COUNCIL).send(f"/comment/{comment.id}", decision="show")
    page = browser_of().get(f"/priority/{proposal.id}").get_data(as_text=True)
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_a_draft_or_one_whose_notice_has_run_takes_no_comment(browser_of, register, clock):
    draft, before = stages.draft(register, NOW), NOW - timedelta(days=29)
    run, agreed = stages.proposed(register, before, measure_id="arson"), stages.agreed(register, before, measure_id="robbery")
    for made, status in ((draft, 404), (agreed, 403), (run, 403)):
        assert browser_of().get(f"/priority/{made.id}/say").status_code == status
        assert f"/priority/{made.id}/say" not in browser_of().get(f"/priority/{made.id}").get_data(as_text=True)
    assert browser_of().get("/priority/bromley-2017-18-burglary/say").status_code == 403


def test_two_bodies_who_agree_on_the_first_day_do_not_cut_the_notice_short(browser_of, register, clock):
    agreed = stages.agreed(register, NOW)
    resident = browser_of()
    page = resident.read(f"/priority/{agreed.id}")
    assert "Notice runs to 20 December 2026: until then anyone may comment." in page
    assert "Your comment has been received." in resident.read(say(resident, agreed).headers["Location"])
    assert len(waiting(register, COUNCIL)) == 1
    assert "Open for comment" in resident.read("/priorities?year=2027/28")


def test_what_was_typed_is_given_back_where_the_notice_ran_out_meanwhile(browser_of, proposal, clock):
    resident = browser_of()
    form = resident.form(f"/priority/{proposal.id}/say")
    clock.now = NOW + timedelta(days=29)
    answer = resident.send_form(form, expect=403, **SAID)
    assert "Your comment was not taken" in words(answer)
    assert "Bicycles are stolen here every week." in words(answer)


def test_the_last_day_of_the_notice_still_counts(browser_of, proposal, clock):
    clock.now = NOW + timedelta(days=28)
    assert browser_of().get(f"/priority/{proposal.id}/say").status_code == 200
    clock.now = NOW + timedelta(days=29)
    assert browser_of().get(f"/priority/{proposal.id}/say").status_code == 403


def test_one_network_cannot_flood_a_proposal(browser_of, proposal):
    browser = browser_of()
    for _ in range(5):
        say(browser, proposal)
    assert "Wait a few minutes" in words(say(browser, proposal, expect=429))


def send(session, proposal, text, sender, said_by="x"):
    comments.send_in(session, proposal.id, said_by=said_by, capacity="resident", text=text, sender=sender, now=NOW)


def test_one_network_fills_no_queue_and_the_others_still_get_in(register, proposal, clock):
    with register.writing() as session:
        for number in range(MOST_OF_ONE_SENDER):
            send(session, proposal, f"{number}", "192.0.2.1")
        with pytest.raises(NotAllowed, match="your network"):
            send(session, proposal, "One more", "192.0.2.1")
        send(session, proposal, "From elsewhere", "192.0.2.2")


def test_a_crowded_queue_shuts_no_resident_out(register, proposal, clock, monkeypatch):
    assert CROWDED == 200
    monkeypatch.setattr(comments, "CROWDED", 3 * MOST_OF_ONE_SENDER)
    with register.writing() as session:
        for number in range(3 * MOST_OF_ONE_SENDER):
            send(session, proposal, f"{number}", f"192.0.2.{number // MOST_OF_ONE_SENDER}")
        for number in range(MOST_WHERE_CROWDED):
            send(session, proposal, f"mine {number}", "198.51.100.1")
        with pytest.raises(NotAllowed, match="your network"):
            send(session, proposal, "mine again", "198.51.100.1")
        send(session, proposal, "another's", "198.51.100.2")
    texts = [one.text for one in waiting(register, OFFICER)]
    # The first of everybody is read before the second of whoever flooded it.
    assert texts.index("another's") < texts.index("1")
    assert len(texts) <= MOST_READ
    assert texts == [one.text for one in waiting(register, COUNCIL)]
    assert waiting(register, ELSEWHERE) == ()


def test_the_register_has_an_end_however_many_networks_there_are(register, proposal, clock, monkeypatch):
    monkeypatch.setattr(comments, "MOST_WAITING", 30)
    with register.writing() as session:
        for number in range(30):
            send(session, proposal, f"{number}", f"192.0.2.{number}")
        with pytest.raises(NotAllowed, match="wait to be read"):
            send(session, proposal, "One more", "198.51.100.1")


def test_where_a_comment_came_from_is_kept_only_while_it_waits_and_in_no_history(register, proposal, clock):
    with register.writing() as session:
        send(session, proposal, "Bicycles", "192.0.2.1")
    with register.reading() as session:
        row = session.query(SentComment).one()
        assert row.sender
        assert "192.0.2.1" not in row.sender
        identity, digest = row.id, row.sender
    with register.writing() as session:
        comments.decide(session, COUNCIL, identity, seen_version=1, is_shown=True, because="", now=NOW)
    with register.reading() as session:
        assert session.get(SentComment, identity).sender is None
        assert digest not in str([entry.changes for entry in session.query(AuditEntry)])


def test_a_form_from_elsewhere_or_without_our_token_sends_nothing(browser_of, register, proposal):
    browser = browser_of()
    form = browser.form(f"/priority/{proposal.id}/say")
    values = form.values | {name: [value] for name, value in SAID.items()}
    assert browser.post(form.action, values, origin="https://elsewhere.example").status_code == 403
    assert browser.post(form.action, {**values, "form_token": ["rubbish"]}).status_code == 403
    assert browser_of().post(form.action, values).status_code == 403
    assert waiting(register, OFFICER) == ()
