"""The tables: made, unmade, and the same as the program believes; a killed process loses nothing committed."""

import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, select, text

from dashboard.register import archive, export_import, priorities, seed
from dashboard.register.audit import acting
from dashboard.register.errors import NotReady
from dashboard.register.models import Base, Commentary, Plan, Priority
from dashboard.register.permissions import PUBLIC, command
from dashboard.register.store import MIGRATIONS, migrate, migrate_down, newest_revision, open_register
from tests.register.conftest import NOW
from tests.register.people import add_people, borough_entry
from tests.register.test_priorities import proposed

ROOT = Path(__file__).parents[2]


def test_the_migrations_make_exactly_the_tables_the_program_uses(empty_register):
    with empty_register.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []
        constraints = {c["name"] for c in inspect(connection).get_check_constraints("priority")}
    assert {"ck_priority_area_of_kind", "ck_priority_state", "ck_priority_london_has_basket"} <= constraints


def test_migrations_go_up_and_down_and_keep_the_rows(blank_url, facts):
    register = open_register(blank_url)
    migrate(register, "0002")
    with register.writing() as session:
        seed.seed(session, facts, now=NOW)
    with register.reading() as session:
        before = export_import.export(session, PUBLIC, now=NOW)
    for revision in ("0003", "head"):
        migrate(register, revision)
        with register.reading() as session:
            assert export_import.export(session, PUBLIC, now=NOW) == before
    migrate_down(register, "0002")
    with register.reading() as session:
        assert export_import.export(session, PUBLIC, now=NOW) == before
    migrate(register, "head")
    with register.reading() as session:
        assert export_import.export(session, PUBLIC, now=NOW) == before
    migrate_down(register, "base")
    with register.engine.connect() as connection:
        assert set(inspect(connection).get_table_names()) <= {"alembic_version"}
    migrate(register, "head")
    assert register.is_ready()
    register.close()


def test_a_register_that_was_never_made_says_how_to_make_it(blank_url):
    register = open_register(blank_url)
    with pytest.raises(NotReady, match="init"):
        register.require_ready()
    register.close()


def test_a_register_not_migrated_to_this_version_is_refused(blank_url):
    register = open_register(blank_url)
    migrate(register, "0002")
    assert newest_revision() != "0002"
    with pytest.raises(NotReady):
        register.require_ready()
    register.close()


def test_a_reading_session_cannot_write(register):
    with register.reading() as session, acting(session, command("tests"), "try", NOW, ""):
        session.get(Plan, "2025-2029").title = "Changed while reading"
    with register.reading() as session:
        assert session.get(Plan, "2025-2029").title != "Changed while reading"


def test_sqlite_keeps_a_write_ahead_log_and_its_file_to_itself(tmp_path):
    path = tmp_path / "deep" / "register.sqlite"
    register = open_register(f"sqlite:///{path}")
    migrate(register, "head")
    with register.engine.connect() as connection:
        assert connection.execute(text("PRAGMA journal_mode")).scalar() == "wal"
        assert connection.execute(text("PRAGMA foreign_keys")).scalar() == 1
        assert connection.execute(text("PRAGMA synchronous")).scalar() == 2
    assert path.stat().st_mode & 0o077 == 0
    register.close()


@pytest.mark.slow
def test_a_new_file_is_opened_by_several_at_once(tmp_path):
    at_once = Barrier(4)

    def opened(url):
        at_once.wait()
        register = open_register(url)
        is_ready = register.is_ready()
        register.close()
        return is_ready

    with ThreadPoolExecutor(4) as people:
        for number in range(60):
            assert list(people.map(opened, [f"sqlite:///{tmp_path / f'{number}.sqlite'}"] * 4)) == [False] * 4


def test_a_reader_does_not_wait_for_a_writer(register):
    record = proposed(register)
    with register.writing() as writer:
        priorities.comment(writer, actor("police"), record.id, said_by="x", capacity="resident", text="x", now=NOW)
        with register.reading() as reader:
            assert reader.get(Priority, record.id).title == "Burglary"


def actor(account_id):
    from tests.register.people import EVERYONE

    return next(person for person in EVERYONE if person.account_id == account_id)


WRITER = """
import sys
from datetime import date
from itertools import count
from dashboard.register import commentary
from dashboard.register.store import open_register
from tests.register.conftest import NOW
from tests.register.people import OFFICER
import logging, structlog
structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
register = open_register(sys.argv[1])
for number in count():
    with register.writing() as session:
        for part in ("first half", "second half"):
            commentary.sign_commentary(
                session, OFFICER, measure_id="robbery", area_code="E12000007", period_start=date(2026, 1, 1),
                period_end=date(2026, 1, 31), text=f"{sys.argv[2]} {number} {part}", replaces=None, now=NOW,
            )
    sys.stdout.write(f"{sys.argv[2]} {number}\\n")
    sys.stdout.flush()
"""


@pytest.mark.slow
def test_killing_the_process_while_it_writes_loses_nothing_committed(seeded_url):
    url = seeded_url
    promised = []
    for run in range(3):
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, url, f"run{run}"],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": "."},
        )
        for _ in range(5 + 10 * run):
            promised.append(writer.stdout.readline().strip())
        writer.send_signal(signal.SIGKILL)
        promised += [line.strip() for line in writer.stdout.readlines() if line.endswith("\n")]
        assert writer.wait(timeout=30) == -signal.SIGKILL
        writer.stdout.close()
    register = open_register(url)
    with register.reading() as session:
        kept = session.scalars(select(Commentary.text)).all()
        if register.engine.dialect.name == "sqlite":
            assert session.execute(text("PRAGMA integrity_check")).scalar() == "ok"
    register.close()
    halves = {
        half: {line.removesuffix(f" {half} half") for line in kept if line.endswith(f"{half} half")}
        for half in ("first", "second")
    }
    assert len(promised) >= 5 + 15 + 25
    assert set(promised) <= halves["first"]
    # A change is whole or absent: no first half stands without its second.
    assert halves["first"] == halves["second"]


def test_a_backup_restores_to_the_same_register(register, blank_url, tmp_path):
    proposed(register)
    with register.writing() as session:
        priorities.draft(session, actor("council"), borough_entry(measure_id="robbery", title="A draft"), now=NOW)
    path = tmp_path / "register.backup"
    made = archive.backup(register, path, now=NOW)
    assert path.stat().st_mode & 0o077 == 0
    other = open_register(blank_url)
    taken = archive.restore(other, path)
    assert taken.rows == made.rows
    for viewer in (PUBLIC, actor("council"), actor("admin")):
        with register.reading() as one, other.reading() as two:
            assert export_import.export(one, viewer, now=NOW) == export_import.export(two, viewer, now=NOW)
    again = tmp_path / "again.backup"
    archive.backup(other, again, now=NOW)
    assert again.read_bytes() == path.read_bytes()
    # The restored register goes on: the audit's numbers continue and the triggers are on.
    assert proposed(other, entry=borough_entry(measure_id="shoplifting")).version == 2
    other.close()


def test_a_backup_moves_from_sqlite_to_postgresql_and_back(postgres, facts, tmp_path):
    with postgres.new("template1") as url:
        _there_and_back(url, facts, tmp_path)


def _there_and_back(url, facts, tmp_path):
    first = open_register(f"sqlite:///{tmp_path / 'first.sqlite'}")
    migrate(first, "head")
    with first.writing() as session:
        seed.seed(session, facts, now=NOW)
        add_people(session, NOW)
    archive.backup(first, tmp_path / "one", now=NOW)
    second = open_register(url)
    archive.restore(second, tmp_path / "one")
    archive.backup(second, tmp_path / "two", now=NOW)
    third = open_register(f"sqlite:///{tmp_path / 'third.sqlite'}")
    archive.restore(third, tmp_path / "two")
    with first.reading() as one, third.reading() as two:
        assert export_import.export(one, actor("admin"), now=NOW) == export_import.export(two, actor("admin"), now=NOW)
    for opened in (first, second, third):
        opened.close()


@pytest.mark.parametrize("damage", ["cut", "changed", "not a backup", "missing"])
def test_a_damaged_backup_is_refused_and_nothing_is_made(register, blank_url, tmp_path, damage):
    import gzip

    path = tmp_path / "register.backup"
    archive.backup(register, path, now=NOW)
    whole = gzip.decompress(path.read_bytes())
    if damage == "cut":
        path.write_bytes(path.read_bytes()[:-200])
    elif damage == "changed":
        path.write_bytes(gzip.compress(whole.replace(b"Ada Council", b"Eve Council")))
    elif damage == "not a backup":
        path.write_bytes(gzip.compress(b'{"hello": 1}\n{"rows": 0}\n'))
    else:
        path.write_bytes(gzip.compress(b"".join(whole.splitlines(keepends=True)[:-1])))
    other = open_register(blank_url)
    with pytest.raises(archive.ArchiveRejected):
        archive.restore(other, path)
    with other.engine.connect() as connection:
        assert inspect(connection).get_table_names() == []
    other.close()


def test_a_backup_is_not_restored_over_a_register_with_rows(register, tmp_path):
    archive.backup(register, tmp_path / "b", now=NOW)
    with pytest.raises(archive.ArchiveRejected, match="not empty"):
        archive.restore(register, tmp_path / "b")


def test_the_newest_revision_is_the_one_alembic_goes_up_to():
    assert newest_revision() == ScriptDirectory(str(MIGRATIONS)).get_current_head()
