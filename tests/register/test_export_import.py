"""Export and import: the public record travels whole; drafts, accounts and secrets do not."""

import json
from datetime import date

import pytest

from dashboard.register import actions, commentary, demo, export_import, meetings, priorities, priority_steps
from dashboard.register.errors import ArchiveRejected
from dashboard.register.permissions import PUBLIC
from dashboard.register.store import migrate, open_register
from tests.register.conftest import NOW
from tests.register.people import CLERK, COUNCIL, EVERYONE, OFFICER, POLICE, borough_entry, ranges_for
from tests.register.test_priorities import proposed


def filled(register):
    record = proposed(register)
    with register.writing() as session:
        demo.fill(session, now=NOW, range_of=None)
        priority_steps.agree(
            session,
            COUNCIL,
            record.id,
            seen_version=record.version,
            minute_link="https://example.org/m",
            ranges_for=ranges_for,
            now=NOW,
        )
        priorities.comment(session, POLICE, record.id, said_by="A resident", capacity="resident", text="Yes", now=NOW)
        priorities.draft(session, COUNCIL, borough_entry(title="Nobody else's business", measure_id="robbery"), now=NOW)
        old = commentary.sign_commentary(
            session, OFFICER, measure_id="robbery", area_code="E12000007", period_start=date(2026, 9, 1),
            period_end=date(2026, 9, 30), text="First", replaces=None, now=NOW,
        )  # fmt: skip
        commentary.sign_commentary(
            session, OFFICER, measure_id="robbery", area_code="E12000007", period_start=date(2026, 9, 1),
            period_end=date(2026, 9, 30), text="Second", replaces=old.id, now=NOW,
        )  # fmt: skip
        actions.raise_action(
            session,
            CLERK,
            actions.ActionEntry(
                text="Report back",
                area_code="E12000007",
                owner="MOPAC",
                due_on=date(2027, 1, 1),
                recommendation_id="police-and-crime-committee-2013-02",
            ),
            now=NOW,
        )
        meetings.arrange(
            session, CLERK, title="December", committee="Police and Crime Committee", held_on=date(2026, 12, 9), now=NOW
        )


def exported(register, viewer=PUBLIC):
    with register.reading() as session:
        return json.loads(json.dumps(export_import.export(session, viewer, now=NOW)))


def without_audit(document):
    bookkeeping = {"version", "updated_at", "created_at"}

    def plain(value):
        if isinstance(value, dict):
            return {name: plain(inner) for name, inner in value.items() if name not in bookkeeping}
        return [plain(inner) for inner in value] if isinstance(value, list) else value

    return plain({name: value for name, value in document.items() if name != "audit"})


def test_an_export_imported_into_a_new_register_gives_the_same_public_record(register, blank_url):
    filled(register)
    document = exported(register)
    other = open_register(blank_url)
    migrate(other, "head")
    with other.writing() as session:
        done = export_import.take_in(session, document, now=NOW)
    assert done.unchanged == 0
    assert without_audit(exported(other)) == without_audit(document)
    with other.writing() as session:
        again = export_import.take_in(session, document, now=NOW)
    assert (again.added, again.unchanged) == (0, done.added)
    other.close()


def test_an_export_holds_no_draft_no_account_and_no_address(register):
    filled(register)
    text = json.dumps(exported(register))
    assert "Nobody else's business" not in text
    for person in EVERYONE:
        assert f"{person.account_id}@example.org" not in text
    for name in ("author_id", "account_id", "owner_id", "raised_by_id", "password"):
        assert f'"{name}"' not in text
    assert "Nobody else's business" in json.dumps(exported(register, COUNCIL))


def test_an_import_that_contradicts_a_record_is_refused_and_nothing_of_it_is_kept(register):
    document = exported(register)
    document["plans"][0]["title"] = "Another history"
    document["stated_facts"].append(document["stated_facts"][0] | {"id": "new", "value": "not a number"})
    before = exported(register)
    with register.writing() as session, pytest.raises(ArchiveRejected) as refused:
        export_import.take_in(session, document, now=NOW)
    assert "plans 2013-2016: differs" in str(refused.value)
    assert "stated_facts new" in str(refused.value)
    assert exported(register) == before


@pytest.mark.parametrize("document", [{}, {"format": "register export 0"}, {"plans": []}])
def test_a_file_that_is_not_an_export_is_refused(register, document):
    with register.writing() as session, pytest.raises(ArchiveRejected):
        export_import.take_in(session, document, now=NOW)
