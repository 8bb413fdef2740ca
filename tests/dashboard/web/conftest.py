"""The app in front of a register of its own for each test, with one person of each role, and a clock that stands still."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from dashboard.register.store import open_register
from dashboard.web.limits import limiter
from dashboard.web.site_register import EXTENSION
from tests.dashboard.web.browser import Browser
from tests.signed_in import own_copy, people_register

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


class Clock:
    def __init__(self):
        self.now = NOW

    def __call__(self):
        return self.now


@pytest.fixture(scope="session")
def people_template(tmp_path_factory):
    """A register made once: the public record, one person of each role, one password for all of them."""
    return people_register(tmp_path_factory.mktemp("people"), NOW)


@pytest.fixture
def register(app, people_template, tmp_path, monkeypatch):
    """This test's register, which the app uses too."""
    opened = open_register(own_copy(people_template, tmp_path, monkeypatch))
    yield opened
    opened.close()


@pytest.fixture
def clock(app):
    """The app's clock, at one moment until a test moves it; and tries that have not been counted yet."""
    standing, kept = Clock(), app.server.extensions[EXTENSION]
    app.server.extensions[EXTENSION] = replace(kept, now=standing, tries=limiter())
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
