"""Registers of the tests' own, and what pages show of them."""

import re
from datetime import UTC, datetime
from html import unescape

from dashboard.features.priorities.demonstration import given
from dashboard.register import demo, seed
from dashboard.register.audit import acting
from dashboard.register.entries import BoroughEntry
from dashboard.register.facts import read_facts
from dashboard.register.measures import PLANS_DIR
from dashboard.register.models import Sort
from dashboard.register.permissions import command
from dashboard.register.priorities import past_row
from dashboard.register.store import migrate, open_register

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
TAG = re.compile(r"<[^>]+>")
PICTURE = re.compile(r"<svg.*?</svg>", re.DOTALL)
ROW = re.compile(r"<tr\b.*?</tr>", re.DOTALL)


def make_register(folder, *, examples=False):
    """The address of a register with the facts on the public record, and the demonstration's entries if asked for."""
    url = f"sqlite:///{folder / 'register.sqlite'}"
    register = open_register(url)
    migrate(register, "head")
    with register.writing() as session:
        seed.seed(session, read_facts(PLANS_DIR), now=NOW)
        if examples:
            demo.fill(session, now=NOW, range_of=given)
    register.close()
    return url


def plant(url, area_code, measure_id, year="2025/26", **named):
    """A choice on the public record, in force for its whole year."""
    entry = BoroughEntry(
        plan_id="2025-2029", area_code=area_code, financial_year=year, title=measure_id, sort=Sort.VOLUME, measure_id=measure_id
    )
    change(
        url,
        lambda session: session.add(_named(past_row(entry, sources=(), author_id=None, author_name="a test", now=NOW), named)),
    )


def change(url, what):
    """A change to a register, audited as every change is."""
    register = open_register(url)
    with register.writing() as session, acting(session, command("tests"), "plant", NOW, ""):
        what(session)
    register.close()


def read(html):
    """What a page says, as one line of text, without its pictures."""
    return " ".join(unescape(TAG.sub(" ", PICTURE.sub("", html))).split())


def rows(html):
    """What each table row of a page says."""
    return [read(row) for row in ROW.findall(PICTURE.sub("", html))]


def _named(row, fields):
    for name, value in fields.items():
        setattr(row, name, value)
    return row
