"""What anyone may say of a proposal: in no export, page or history before it is read; kept whatever is decided."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from dashboard.register import archive, audit, comments, export_import, reading
from dashboard.register.errors import Conflict, InvalidEntry, NotAllowed, NotFound
from dashboard.register.models import SentComment
from dashboard.register.permissions import PUBLIC
from dashboard.register.store import open_register
from tests.register.conftest import NOW
from tests.register.people import ADMIN, CLERK, COUNCIL, ELSEWHERE, EVERYONE, MAYOR, OFFICER, POLICE
from tests.register.test_priorities import proposed

SAID = {"said_by": "A resident of Catford", "capacity": "resident", "text": "Bicycles are stolen here.", "now": NOW}


def sent(register, **changes):
    record = proposed(register)
    with register.writing() as session:
        comments.send_in(session, record.id, **(SAID | changes))
    return record


def waiting(register, actor=OFFICER):
    with register.reading() as session:
        return comments.to_read(session, actor)


def decide(register, actor, comment, *, is_shown, because=""):
    with register.writing() as session:
        return comments.decide(
            session,
            actor,
            comment.id,
            seen_version=comment.version,
            is_shown=is_shown,
            because=because,
            now=NOW + timedelta(days=1),
        )


def everything_said(register, viewer):
    with register.reading() as session:
        exported, changes = export_import.export(session, viewer, now=NOW), export_import.audit_csv(session, viewer)
        return f"{exported} {changes} {audit.entries(session, viewer)}"


def test_a_comment_not_read_yet_is_in_no_export_and_no_history(register):
    sent(register)
    for viewer in (PUBLIC, *EVERYONE):
        assert "Bicycles" not in everything_said(register, viewer)


def test_a_comment_waits_only_for_those_who_answer_for_the_place(register):
    sent(register)
    assert [len(waiting(register, who)) for who in (COUNCIL, POLICE, OFFICER)] == [1, 1, 1]
    assert [len(waiting(register, who)) for who in (ELSEWHERE, MAYOR, CLERK, ADMIN, PUBLIC)] == [0] * 5
    (comment,) = waiting(register)
    for who in (ELSEWHERE, CLERK, PUBLIC):
        with pytest.raises(NotFound):
            decide(register, who, comment, is_shown=True)


def test_a_comment_that_is_shown_carries_the_day_it_was_sent(register):
    record = sent(register)
    (comment,) = waiting(register)
    decide(register, POLICE, comment, is_shown=True)
    with register.reading() as session:
        (public_comment,) = reading.priority(session, PUBLIC, record.id).comments
    assert (public_comment.said_by, public_comment.text, public_comment.said_at, public_comment.recorded_by) == (
        "A resident of Catford", "Bicycles are stolen here.", NOW, "Bob Police"
    )  # fmt: skip
    assert "show a comment" in everything_said(register, PUBLIC)
    assert waiting(register) == ()


def test_a_comment_set_aside_has_a_public_reason_and_its_words_are_never_shown(register):
    record = sent(register)
    (comment,) = waiting(register)
    with pytest.raises(InvalidEntry):
        decide(register, COUNCIL, comment, is_shown=False, because=" ")
    decide(register, COUNCIL, comment, is_shown=False, because="It names a victim")
    with register.reading() as session:
        assert reading.priority(session, PUBLIC, record.id).comments == ()
        assert comments.set_aside(session, record.id) == ("It names a victim",)
        assert session.scalar(select(SentComment.text)) == "Bicycles are stolen here."
    for viewer in (PUBLIC, *EVERYONE):
        assert "Bicycles" not in everything_said(register, viewer)
    with pytest.raises(Conflict):
        decide(register, POLICE, comment, is_shown=True)


def test_only_a_proposal_in_its_notice_takes_comments(register):
    record = proposed(register)
    with register.writing() as session, pytest.raises(NotAllowed):
        comments.send_in(session, record.id, **(SAID | {"now": NOW + timedelta(days=29)}))
    with register.writing() as session, pytest.raises(NotFound):
        comments.send_in(session, "nothing", **SAID)


def test_a_backup_keeps_comments_not_read_yet(register, blank_url, tmp_path):
    sent(register)
    archive.backup(register, tmp_path / "backup.gz", now=NOW)
    other = open_register(blank_url)
    archive.restore(other, tmp_path / "backup.gz")
    with other.reading() as session:
        assert session.scalar(select(func.count()).select_from(SentComment)) == 1
    other.close()


def test_the_first_of_every_sender_is_read_before_the_second_of_any(register):
    record = sent(register, text="one", sender="192.0.2.1")
    with register.writing() as session:
        for minutes, (text, sender) in enumerate([("two", "192.0.2.1"), ("three", "192.0.2.1"), ("other", "192.0.2.2")], 1):
            changes = {"text": text, "sender": sender, "now": NOW + timedelta(minutes=minutes)}
            comments.send_in(session, record.id, **(SAID | changes))
    for reader in (OFFICER, COUNCIL):
        assert [one.text for one in waiting(register, reader)] == ["one", "other", "two", "three"]
    assert waiting(register, ELSEWHERE) == ()
    assert waiting(register, PUBLIC) == ()
    decide(register, OFFICER, waiting(register)[0], is_shown=True)
    with register.reading() as session:
        senders = session.scalars(select(SentComment.sender).order_by(SentComment.sent_at)).all()
    assert [sender is None for sender in senders] == [True, False, False, False]
