"""The app in front of a register of its own for each test, with one person of each role, and a clock that stands still."""

import shutil
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from dashboard.register import passwords
from dashboard.register.audit import acting
from dashboard.register.models import Account
from dashboard.register.permissions import command
from dashboard.register.store import open_register
from dashboard.web.limits import limiter
from dashboard.web.opened import EXTENSION, make_ready
from tests.dashboard.web.browser import PASSWORD, Browser
from tests.register.people import add_people

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


class Clock:
    def __init__(self):
        self.now = NOW

    def __call__(self):
        return self.now


@pytest.fixture(scope="session")
def people_template(tmp_path_factory):
    """A register made once: the public record, one person of each role, one password for all of them."""
    path = tmp_path_factory.mktemp("people") / "register.sqlite"
    make_ready(f"sqlite:///{path}")
    register = open_register(f"sqlite:///{path}")
    with register.writing() as session:
        add_people(session, NOW)
    hashed = passwords.hashed(PASSWORD)
    with register.writing() as session, acting(session, command("tests"), "passwords", NOW, ""):
        for account in session.query(Account):
            account.password_hash = hashed
    # Everything into the one file that is copied.
    with register.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    register.close()
    return path


@pytest.fixture
def register(app, people_template, tmp_path, monkeypatch):
    """This test's register, which the app uses too."""
    path = tmp_path / "register.sqlite"
    shutil.copyfile(people_template, path)
    monkeypatch.setenv("REGISTER_URL", f"sqlite:///{path}")
    opened = open_register(f"sqlite:///{path}")
    yield opened
    opened.close()


@pytest.fixture
def clock(app):
    """The app's clock, at one moment until a test moves it; and tries that have not been counted yet."""
    standing, kept = Clock(), app.server.extensions[EXTENSION]
    app.server.extensions[EXTENSION] = replace(kept, now=standing, allow=limiter())
    yield standing
    app.server.extensions[EXTENSION] = kept


@pytest.fixture
def settings(app, clock):
    """Changes what the app is set to, for one test."""

    def change(**changes):
        web = app.server.extensions[EXTENSION]
        app.server.extensions[EXTENSION] = replace(web, settings=web.settings.model_copy(update=changes))

    return change


@pytest.fixture
def browser_of(app, register, clock):
    """A browser, signed in as one of the people, or as nobody."""
    return lambda person=None, **options: Browser(app.server, register, clock, person, **options)
