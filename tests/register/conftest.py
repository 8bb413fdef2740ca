"""The register on both engines: an SQLite file, and a real PostgreSQL started for the tests.

Each test gets its own register, copied from one made by the migrations themselves.
"""

import os
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from dashboard.register import seed
from dashboard.register.facts import read_facts
from dashboard.register.measures import PLANS_DIR
from dashboard.register.store import migrate, open_register
from tests.register.people import add_people

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
ENGINES = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)]
INSTALL = "PostgreSQL's server is needed for the register's tests: apt-get install -y postgresql"


class Server:
    """A private PostgreSQL, reached through a socket in its own folder."""

    def __init__(self, folder):
        self.folder = folder
        self.has_templates = False
        self._numbers = count()

    def url(self, database):
        return f"postgresql+psycopg://postgres@/{database}?host={self.folder}"

    def run(self, statement):
        with psycopg.connect(f"host={self.folder} user=postgres dbname=postgres", autocommit=True) as connection:
            connection.execute(statement)

    @contextmanager
    def new(self, template):
        name = f"register_{next(self._numbers)}"
        self.run(f"CREATE DATABASE {name} TEMPLATE {template}")
        yield self.url(name)
        self.run(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def postgres():
    initdb = shutil.which("initdb") or next(iter(sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), reverse=True)), None)
    if initdb is None:
        pytest.fail(INSTALL)
    programs = Path(initdb).resolve().parent
    # The server refuses to run as root; the package made a user for it.
    who = {"user": "postgres", "group": "postgres", "extra_groups": []} if os.geteuid() == 0 else {}
    # In memory where there is room: a hundred small databases are slow to remove from a disk.
    memory = Path("/dev/shm")  # noqa: S108
    roomy = memory.is_dir() and shutil.disk_usage(memory).free > 2**30
    # A short path: a socket's may not pass 107 characters.
    folder = Path(tempfile.mkdtemp(prefix="register-pg-", dir=memory if roomy else "/tmp"))  # noqa: S108
    if who:
        shutil.chown(folder, "postgres", "postgres")
    data = folder / "data"
    run = {"check": True, "capture_output": True, "cwd": folder, **who}
    subprocess.run([programs / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync"], **run)
    options = f"-c listen_addresses='' -k {folder} -c fsync=off -c max_connections=60"
    # Its output goes to a file: a pipe would never close while the server lives.
    start = [programs / "pg_ctl", "-D", data, "-o", options, "-l", folder / "log", "-w", "start"]
    subprocess.run(start, check=True, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **who)
    yield Server(folder)
    subprocess.run([programs / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop"], **run)
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def facts():
    return read_facts(PLANS_DIR)


@pytest.fixture(scope="session", params=ENGINES)
def templates(request, tmp_path_factory, facts):
    """Addresses of registers made once: "empty" (tables only) and "seeded" (facts and people)."""
    if request.param == "sqlite":
        folder = tmp_path_factory.mktemp("register")
        empty, seeded = folder / "empty.sqlite", folder / "seeded.sqlite"
        _make(f"sqlite:///{empty}", None)
        _make(f"sqlite:///{seeded}", facts)

        @contextmanager
        def copy(name):
            target = folder / uuid4().hex / "register.sqlite"
            if name != "blank":
                target.parent.mkdir()
                shutil.copyfile({"empty": empty, "seeded": seeded}[name], target)
            yield f"sqlite:///{target}"

        return copy
    server = request.getfixturevalue("postgres")
    # A worker that is given one file after another comes back to this engine after the other: the databases still stand.
    if not server.has_templates:
        server.run("CREATE DATABASE empty")
        _make(server.url("empty"), None)
        server.run("CREATE DATABASE seeded TEMPLATE empty")
        _make(server.url("seeded"), facts)
        server.has_templates = True

    @contextmanager
    def create(name):
        with server.new({"blank": "template1"}.get(name, name)) as url:
            yield url

    return create


def _make(url, facts):
    register = open_register(url)
    migrate(register, "head")
    if facts is not None:
        with register.writing() as session:
            seed.seed(session, facts, now=NOW)
            add_people(session, NOW)
    register.close()


@pytest.fixture
def seeded_url(templates):
    """The address of a register with the facts and one person of each role."""
    with templates("seeded") as url:
        yield url


@pytest.fixture
def register(seeded_url):
    """A register with the facts and one person of each role."""
    opened = open_register(seeded_url)
    yield opened
    opened.close()


@pytest.fixture
def empty_register(templates):
    """A register with its tables and nothing in them."""
    with templates("empty") as url:
        opened = open_register(url)
        yield opened
        opened.close()


@pytest.fixture
def blank_url(templates):
    """The address of a place where no register has been made yet, on the same engine."""
    with templates("blank") as url:
        yield url
