"""A register that is frozen, gone, replaced, locked, full or damaged: whoever asks is told so in time, and nothing is lost."""

import os
import resource
import shutil
import signal
import sqlite3
import time
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from sqlalchemy import func, select, text

from dashboard.register import archive, priorities
from dashboard.register.audit import acting
from dashboard.register.errors import RegisterUnavailable, SiteIsOpen
from dashboard.register.models import AuditEntry, Plan, Priority
from dashboard.register.permissions import command
from dashboard.register.store import SERVING, open_register, opened_for_site
from tests.register.conftest import NOW
from tests.register.people import OFFICER, borough_entry
from tests.register.sqlite_damages import DAMAGES, damage_name

IN_TIME = 2.5
AT_ONCE = 0.2


@pytest.fixture
def site(register, seeded_url):
    """The register as a site has it open."""
    opened = opened_for_site(seeded_url)
    yield opened
    opened.close()


def plans(register):
    with register.reading() as session:
        return session.scalar(select(func.count()).select_from(Plan))


def write(register, title="A draft"):
    with register.writing() as session:
        return priorities.draft(session, OFFICER, borough_entry(title=title), now=NOW)


def seconds_until_refused(do):
    began = time.monotonic()
    with pytest.raises(RegisterUnavailable):
        do()
    return time.monotonic() - began


def wait_until(is_so):
    until = time.monotonic() + 10
    while not is_so():
        assert time.monotonic() < until
        time.sleep(0.05)


def works_again(do):
    def tried():
        with suppress(RegisterUnavailable):
            return do()
        return None

    wait_until(lambda: tried() is not None)


def file_of(url):
    return Path(url.removeprefix("sqlite:///"))


on_sqlite = pytest.mark.parametrize("templates", ["sqlite"], indirect=True)
on_postgresql = pytest.mark.parametrize("templates", [pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True)


@pytest.fixture
def sqlite_file(seeded_url):
    return file_of(seeded_url)


@pytest.fixture
def server(postgres):
    return postgres


@contextmanager
def frozen(server):
    """Every process of the server stopped: it keeps its connections open and answers none."""
    main = int((server.folder / "data" / "postmaster.pid").read_text().split()[0])
    children = [int(p) for p in Path(f"/proc/{main}/task/{main}/children").read_text().split()]
    for process in (main, *children):
        os.kill(process, signal.SIGSTOP)
    try:
        yield
    finally:
        for process in (*children, main):
            os.kill(process, signal.SIGCONT)


@pytest.mark.slow
@on_postgresql
def test_a_frozen_server_keeps_nobody_waiting_and_is_read_again_when_it_answers(server, site):
    assert plans(site) == 4
    write(site)
    with frozen(server):
        assert seconds_until_refused(lambda: plans(site)) < IN_TIME
        for _ in range(3):
            assert seconds_until_refused(lambda: plans(site)) < AT_ONCE
        assert seconds_until_refused(lambda: write(site)) < IN_TIME
        assert seconds_until_refused(lambda: write(site)) < AT_ONCE
        assert site.reads.outage.reason == "it does not answer"
    works_again(lambda: plans(site))
    works_again(lambda: write(site, "Another"))
    assert site.reads.outage is None
    assert site.writes.outage is None


@pytest.mark.slow
@on_postgresql
def test_a_server_frozen_before_anyone_was_connected_keeps_nobody_waiting(server, site):
    with frozen(server):
        assert seconds_until_refused(lambda: plans(site)) < IN_TIME
    works_again(lambda: plans(site))


@pytest.mark.slow
@on_postgresql
def test_a_server_that_answers_too_slowly_is_given_up(server, site):
    def slowly():
        with site.reading() as session:
            for _ in range(6):
                session.execute(text("SELECT pg_sleep(0.6)"))

    assert seconds_until_refused(slowly) < IN_TIME


@pytest.mark.slow
@on_postgresql
def test_a_table_somebody_has_locked_keeps_nobody_waiting(server, site, register):
    with register.engine.begin() as other:
        other.execute(text("LOCK TABLE plan IN ACCESS EXCLUSIVE MODE"))
        assert seconds_until_refused(lambda: plans(site)) < IN_TIME
    works_again(lambda: plans(site))


@pytest.mark.postgres
def test_nothing_at_the_servers_address_is_said_at_once(tmp_path):
    for address in (f"/none?host={tmp_path}", "@127.0.0.1:1/none", "@no-such-host.invalid/none"):
        register = opened_for_site(f"postgresql+psycopg://{address}")
        assert seconds_until_refused(lambda register=register: plans(register)) < IN_TIME
        register.close()


@on_postgresql
def test_connections_cut_by_a_server_that_was_started_again_are_made_anew(server, site, seeded_url):
    assert plans(site) == 4
    name = seeded_url.split("/@/")[-1].partition("@/")[2].partition("?")[0]
    server.run(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}' AND pid <> pg_backend_pid()")
    assert plans(site) == 4
    write(site)


@contextmanager
def locked(path):
    """Another program has the whole file to itself."""
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("PRAGMA locking_mode=EXCLUSIVE")
    other.execute("BEGIN EXCLUSIVE")
    try:
        yield
    finally:
        other.execute("ROLLBACK")
        other.close()


@pytest.mark.slow
@on_sqlite
def test_a_locked_file_keeps_nobody_waiting_twice(site, sqlite_file):
    with locked(sqlite_file):
        assert seconds_until_refused(lambda: plans(site)) < IN_TIME
        assert seconds_until_refused(lambda: plans(site)) < AT_ONCE
        assert site.reads.outage.reason == "another program keeps it locked"
    works_again(lambda: plans(site))


@pytest.mark.slow
@on_sqlite
def test_while_another_writes_all_the_time_reading_goes_on_and_writing_is_refused_in_time(site, sqlite_file):
    assert plans(site) == 4
    other = sqlite3.connect(sqlite_file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    assert plans(site) == 4
    assert seconds_until_refused(lambda: write(site)) < SERVING.turn + 1
    assert seconds_until_refused(lambda: write(site)) < AT_ONCE
    assert plans(site) == 4
    other.execute("ROLLBACK")
    other.close()
    works_again(lambda: write(site))


@pytest.mark.parametrize("is_open", [True, False], ids=["while it is open", "before it is opened"])
@pytest.mark.parametrize("damage", DAMAGES, ids=damage_name)
@on_sqlite
def test_a_damaged_file_is_refused_and_a_good_one_in_its_place_is_read(site, sqlite_file, tmp_path, damage, is_open):
    good = tmp_path / "good.sqlite"
    if is_open:
        write(site)
    shutil.copyfile(sqlite_file, good)
    damage(sqlite_file)
    assert seconds_until_refused(lambda: plans(site)) < IN_TIME
    assert seconds_until_refused(lambda: write(site)) < SERVING.turn + 1
    assert site.reads.outage is not None
    if sqlite_file.is_dir():
        sqlite_file.rmdir()
    # As somebody would: the good copy moved to where the damaged file is.
    good.replace(sqlite_file)
    works_again(lambda: plans(site))
    works_again(lambda: write(site, "Kept in the file that stands there"))
    with sqlite3.connect(sqlite_file) as fresh:
        assert fresh.execute("SELECT count(*) FROM priority WHERE title = 'Kept in the file that stands there'").fetchone() == (
            1,
        )
        assert fresh.execute("PRAGMA integrity_check").fetchone() == ("ok",)


@pytest.mark.parametrize("how", ["moved", "copied over it", "taken away first"])
@on_sqlite
def test_nothing_is_kept_in_a_file_that_was_replaced(site, sqlite_file, tmp_path, how):
    """Each change that was not refused is in the file that stands there at the end."""
    copy = tmp_path / "copy.sqlite"
    write(site, "Before the copy")
    shutil.copyfile(sqlite_file, copy)
    write(site, "After the copy")
    if how == "taken away first":
        sqlite_file.unlink()
        with pytest.raises(RegisterUnavailable):
            write(site, "Into nothing")
    if how == "copied over it":
        shutil.copyfile(copy, sqlite_file)
    else:
        copy.replace(sqlite_file)
    for number in range(6):
        write(site, f"Change {number}")
    with sqlite3.connect(sqlite_file) as fresh:
        titles = {title for (title,) in fresh.execute("SELECT title FROM priority")}
        assert fresh.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert titles >= {"Before the copy", *(f"Change {number}" for number in range(6))}
    assert "After the copy" not in titles


@on_sqlite
def test_a_change_is_refused_where_the_file_is_replaced_while_it_is_made(site, sqlite_file, tmp_path):
    copy = tmp_path / "copy.sqlite"
    shutil.copyfile(sqlite_file, copy)
    with pytest.raises(RegisterUnavailable):
        _write_while(site, lambda: copy.replace(sqlite_file))
    works_again(lambda: plans(site))


def _write_while(site, happens):
    with site.writing() as session:
        priorities.draft(session, OFFICER, borough_entry(title="Lost otherwise"), now=NOW)
        happens()


@on_sqlite
def test_a_full_disk_refuses_the_change_and_goes_on_reading(site, sqlite_file):
    write(site)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (3_000, limits[1]))
    try:
        assert seconds_until_refused(lambda: write(site, "No room")) < IN_TIME
        assert "full" in site.writes.outage.reason
        assert seconds_until_refused(site.require_writable) < IN_TIME
        assert plans(site) == 4
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    site.require_writable()
    assert site.writes.outage is None
    write(site, "Room")
    with site.reading() as session:
        titles = set(session.scalars(select(Priority.title)))
    assert "Room" in titles
    assert "No room" not in titles


def test_what_a_broken_rule_of_the_register_raises_is_no_outage(register):
    from sqlalchemy.exc import DBAPIError

    with pytest.raises(DBAPIError), register.writing() as session:
        session.execute(text("UPDATE audit_entry SET why = 'changed'"))
    assert register.writes.outage is None


def test_a_backup_is_not_restored_while_a_site_is_open(site, register, templates, tmp_path):
    archive.backup(register, tmp_path / "b", now=NOW)
    with templates("empty") as url:
        target = open_register(url)
        serving = opened_for_site(url)
        with suppress(RegisterUnavailable):
            plans(serving)
        with pytest.raises(SiteIsOpen, match="Stop the site"):
            archive.restore(target, tmp_path / "b")
        serving.close()
        archive.restore(target, tmp_path / "b")
        assert plans(target) == 4
        target.close()


def test_looking_whether_it_can_be_written_writes_nothing(site, register):
    before = _changes(register)
    site.require_writable()
    assert _changes(register) == before


def _changes(register):
    with register.reading() as session:
        return session.scalar(select(func.count()).select_from(AuditEntry))


def test_reading_through_a_site_makes_no_file_where_none_is(tmp_path):
    site = opened_for_site(f"sqlite:///{tmp_path / 'none' / 'register.sqlite'}")
    with pytest.raises(RegisterUnavailable):
        plans(site)
    assert list(tmp_path.iterdir()) == []
    site.close()


def test_an_audited_change_still_says_by_whom(site):
    with site.writing() as session, acting(session, command("tests"), "plant", NOW, ""):
        session.get(Plan, "2025-2029").title = "Named"
    assert plans(site) == 4
