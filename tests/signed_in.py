"""A register with one person of each role who can sign in: made once, and copied for every test that writes."""

import shutil

from dashboard.register import passwords
from dashboard.register.audit import acting
from dashboard.register.models import Account
from dashboard.register.permissions import command
from dashboard.register.store import open_register
from dashboard.web.site_register import make_ready
from tests.register.people import add_people

PASSWORD = "seven plain quiet words"


def people_register(folder, now):
    """The file of a register with the public record, one person of each role, and one password for all of them."""
    path = folder / "register.sqlite"
    make_ready(f"sqlite:///{path}", None)
    register = open_register(f"sqlite:///{path}")
    with register.writing() as session:
        add_people(session, now)
    hashed = passwords.hashed(PASSWORD)
    with register.writing() as session, acting(session, command("tests"), "passwords", now, ""):
        for account in session.query(Account):
            account.password_hash = hashed
    # Everything into the one file that is copied.
    with register.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    register.close()
    return path


def own_copy(people, folder, monkeypatch):
    """The address of a copy that is this test's own, which the app uses from now on."""
    path = folder / "register.sqlite"
    shutil.copyfile(people, path)
    url = f"sqlite:///{path}"
    monkeypatch.setenv("REGISTER_URL", url)
    return url
