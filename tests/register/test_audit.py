"""Every change is kept, by the session and by the database itself."""

from datetime import timedelta

import pytest
from sqlalchemy import Connection, inspect, select, text
from sqlalchemy.exc import DBAPIError

from dashboard.register import audit, export_import, priorities, priority_steps
from dashboard.register.errors import InvalidEntry, NothingIsDeleted, Unaudited
from dashboard.register.models import AuditEntry, Base, Plan, Priority
from dashboard.register.permissions import PUBLIC, command
from tests.register.conftest import NOW
from tests.register.people import ADMIN, CLERK, COUNCIL, MAYOR, POLICE, SUCCESS, borough_entry, ranges_for
from tests.register.test_priorities import proposed


def test_a_change_says_who_when_from_to_and_why(register):
    record = proposed(register)
    later = NOW + timedelta(hours=1)
    with register.writing() as session:
        priorities.edit(
            session,
            POLICE,
            record.id,
            borough_entry(title="Home burglary"),
            seen_version=record.version,
            why="clearer",
            now=later,
        )
    with register.reading() as session:
        entry = audit.entries(session, PUBLIC, entity_id=record.id)[-1]
    assert (entry.actor_name, entry.actor_role, entry.act, entry.why, entry.at) == (
        "Bob Police",
        "borough lead",
        "edit",
        "clearer",
        later,
    )
    assert entry.changes["title"] == ("Burglary", "Home burglary")
    assert entry.changes["proposed_at"] == (NOW.isoformat(), later.isoformat())
    assert set(entry.changes) == {"title", "proposed_at"}


def test_only_the_author_reads_a_drafts_text_in_the_audit(register):
    with register.writing() as session:
        draft = priorities.draft(session, COUNCIL, borough_entry(rationale="a thought not meant for others"), now=NOW)
        edited = priorities.edit(session, COUNCIL, draft.id, borough_entry(), seen_version=draft.version, why="", now=NOW)
        priorities.propose(session, COUNCIL, edited.id, seen_version=edited.version, now=NOW)
    with register.reading() as session:
        assert [entry.act for entry in audit.entries(session, COUNCIL, entity_id=draft.id)] == ["draft", "edit", "propose"]
        for viewer in (PUBLIC, POLICE, MAYOR, ADMIN):
            assert [entry.act for entry in audit.entries(session, viewer, entity_id=draft.id)] == ["propose"]
        assert "a thought not meant" not in export_import.audit_csv(session, PUBLIC)
        assert "a thought not meant" not in str(export_import.export(session, ADMIN, now=NOW))


def test_only_administrators_see_changes_to_accounts(register):
    with register.reading() as session:
        assert audit.entries(session, ADMIN, entity_kind="account")
        for viewer in (PUBLIC, COUNCIL, CLERK):
            assert audit.entries(session, viewer, entity_kind="account") == ()


def test_a_change_without_the_name_of_who_made_it_is_refused(register):
    with pytest.raises(Unaudited), register.writing() as session:
        session.get(Plan, "2025-2029").title = "Another title"
    with register.reading() as session:
        assert session.get(Plan, "2025-2029").title.startswith("A Safer London")


def test_a_deletion_is_refused_by_the_session(register):
    with pytest.raises(NothingIsDeleted), register.writing() as session:
        session.delete(session.get(Plan, "2025-2029"))


KEPT = sorted(set(Base.metadata.tables) - {"guess"})
"""Wrong passwords are no entry of the register: they are removed after hours."""
APPEND_ONLY = ("audit_entry", "recommendation_status", "frozen_edition")


def some_row(connection: Connection, table: str):
    """The id of a row of the table, one being put there by hand where the facts bring none."""
    row_id = connection.execute(text(f"SELECT id FROM {table} LIMIT 1")).scalar()
    if row_id is not None:
        return row_id
    kinds = {"INTEGER": 1, "BOOLEAN": False, "DATE": "2026-01-01", "JSON": "[]", "JSONB": "[]"}
    columns = inspect(connection).get_columns(table)
    parents = {k["constrained_columns"][0]: k["referred_table"] for k in inspect(connection).get_foreign_keys(table)}
    words = {"state": "open", "body": "council", "aspect": "accepted"}
    values = {}
    for column in columns:
        name = column["name"]
        if name in parents:
            values[name] = None if column["nullable"] else some_row(connection, parents[name])
        elif not column["nullable"]:
            kind = str(column["type"]).split("(")[0]
            moment = "2026-01-01 00:00:00" if "TIME" in kind else None
            values[name] = words.get(name, moment or kinds.get(kind, f"made-{table}"[:9]))
    names = ", ".join(values)
    marks = ", ".join(f":{name}" for name in values)
    connection.execute(text(f"INSERT INTO {table} ({names}) VALUES ({marks})"), values)
    return values["id"]


@pytest.mark.parametrize("table", KEPT)
def test_the_database_refuses_to_delete_a_row_of_any_table(register, table):
    with register.engine.execution_options(register_writes=True).begin() as connection:
        identity = some_row(connection, table)
    statements = [f"DELETE FROM {table} WHERE id = :id"]
    if register.engine.dialect.name == "postgresql":
        statements.append(f"TRUNCATE {table} CASCADE")
    else:
        statements.append(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table} WHERE id = :id")
    if table in APPEND_ONLY:
        column = {"audit_entry": "why", "recommendation_status": "evidence", "frozen_edition": "document"}[table]
        statements.append(f"UPDATE {table} SET {column} = 'rewritten' WHERE id = :id")
    for statement in statements:
        with (
            pytest.raises(DBAPIError, match="the register keeps everything"),
            register.engine.execution_options(register_writes=True).begin() as connection,
        ):
            connection.execute(text(statement), {"id": identity} if ":id" in statement else {})
    with register.engine.connect() as connection:
        assert connection.execute(text(f"SELECT count(*) FROM {table} WHERE id = :id"), {"id": identity}).scalar() == 1


def test_a_refused_change_leaves_neither_the_change_nor_an_audit_of_it(register):
    record = proposed(register)
    with register.reading() as session:
        before = len(session.scalars(select(AuditEntry.id)).all())

    def edit_and_fail():
        with register.writing() as session:
            priorities.edit(
                session, COUNCIL, record.id, borough_entry(title="Lost"), seen_version=record.version, why="", now=NOW
            )
            raise RuntimeError("the power fails")

    with pytest.raises(RuntimeError, match="the power fails"):
        edit_and_fail()
    with register.reading() as session:
        assert len(session.scalars(select(AuditEntry.id)).all()) == before
        assert session.get(Priority, record.id).title == "Burglary"


def test_text_too_long_for_its_column_is_refused_on_sqlite_and_postgresql(register):
    with pytest.raises(InvalidEntry) as refused, register.writing() as session:
        priorities.draft(session, COUNCIL, borough_entry(title="x" * 201), now=NOW)
    assert refused.value.errors == {"title": "Use at most 200 characters."}
    with pytest.raises(InvalidEntry), register.writing() as session:
        priorities.draft(session, COUNCIL, borough_entry(rationale="a\x00b"), now=NOW)


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"success": SUCCESS.model_copy(update={"improving": "a\x00b"})}, "success.improving"),
        ({"success": SUCCESS.model_copy(update={"not_counted": "x" * 20_001})}, "success.not_counted"),
        ({"rationale": "x" * 20_001}, "rationale"),
        ({"title": "Lewisham \u202egnidaelsim"}, "title"),
        ({"title": "Burglary\rSet-Cookie: a=b"}, "title"),
        ({"residents_asked": "\ud83d"}, "residents_asked"),
    ],
)
def test_text_that_is_unsafe_to_show_on_a_page_is_refused_beside_its_field(register, changes, place):
    with pytest.raises(InvalidEntry) as refused, register.writing() as session:
        priorities.draft(session, COUNCIL, borough_entry(**changes), now=NOW)
    assert list(refused.value.errors) == [place]


@pytest.mark.parametrize("written", ["سرقة المنازل\u200f", "גניבה", "Brockley\nand\tCatford", "🏠"])
def test_letters_of_any_language_are_kept_as_written(register, written):
    with register.writing() as session:
        assert priorities.draft(session, COUNCIL, borough_entry(rationale=written), now=NOW).rationale == written


def test_a_cell_of_the_audit_file_is_never_run_as_a_formula(register):
    with register.writing() as session:
        draft = priorities.draft(session, COUNCIL, borough_entry(title="=HYPERLINK(1)"), now=NOW)
        priorities.propose(session, COUNCIL, draft.id, seen_version=draft.version, now=NOW)
        record = priorities.edit(session, COUNCIL, draft.id, borough_entry(title="+1"), seen_version=2, why="@why", now=NOW)
    with register.writing() as session:
        priority_steps.agree(
            session, COUNCIL, record.id, seen_version=record.version, minute_link=None, ranges_for=ranges_for, now=NOW
        )
    with register.reading() as session:
        cells = [line.split(",") for line in export_import.audit_csv(session, command("tests")).splitlines()]
    assert not any(cell[:1] in ("=", "+", "@") for row in cells for cell in row)
