"""The register is a guest of the figures: without it every page of figures stays up, and says in one line what is missing."""

import os
import sqlite3
import time
from contextlib import contextmanager, suppress

import pytest

from dashboard.register.store import site_register
from tests.dashboard.web import stages
from tests.dashboard.web.browser import Form, words
from tests.dashboard.web.conftest import NOW
from tests.register.people import COUNCIL, LEWISHAM, OFFICER
from tests.register.sqlite_damages import cut_short, damage_name, filled_with_noise, newer, row_not_understood, taken_away

UNREAD = "The register of priorities can’t be read just now"
FIGURES = ("/", f"/borough/{LEWISHAM}", "/measure/robbery", "/mopac-7", "/london", "/priorities", "/recommendations", "/data")
SAID = {"said_by": "A resident of Catford", "capacity": "resident", "text": "Bicycles are stolen\nhere every week, “truly”."}


@pytest.fixture
def path(register, tmp_path):
    return tmp_path / "register.sqlite"


@contextmanager
def out_of_order(path, damage, tmp_path):
    """The register out of order, and a good copy put back in its place at the end."""
    good = tmp_path / "good.sqlite"
    with sqlite3.connect(path) as whole, sqlite3.connect(good) as copy:
        whole.backup(copy)
    damage(path)
    try:
        yield
    finally:
        good.replace(path)


@pytest.mark.parametrize("damage", [taken_away, filled_with_noise, cut_short, newer, row_not_understood], ids=damage_name)
def test_figures_stay_up_whatever_became_of_the_register_and_health_says_so(get, register, clock, path, tmp_path, damage):
    with out_of_order(path, damage, tmp_path):
        answer = get("/priorities")
        assert answer.status_code == 200
        assert UNREAD in words(answer)
        health = get("/health").get_json()
        assert health["status"] == "register unreadable"
        assert health["register"]["store"] == "SQLite"
        assert health["register"]["reason"]
        assert health["register"]["since"].startswith("20")
    assert UNREAD not in words(get("/priorities"))
    assert get("/health").get_json()["register"] == {"store": "SQLite", "status": "ok"}


@pytest.mark.slow
def test_every_page_of_figures_says_in_one_line_what_is_missing_and_is_itself_again_afterwards(get, register, path, tmp_path):
    whole = {address: get(address).headers["ETag"] for address in FIGURES}
    with out_of_order(path, taken_away, tmp_path):
        for address in FIGURES:
            answer = get(address)
            assert answer.status_code == 200, address
            # What asks nothing of the register is the same page as ever.
            assert (UNREAD in words(answer)) == (answer.headers["ETag"] != whole[address]), address
        for address in ("/", f"/borough/{LEWISHAM}", "/measure/robbery", "/priorities"):
            assert UNREAD in words(get(address)), address
        assert get("/data").headers["ETag"] == whole["/data"]
    assert {address: get(address).headers["ETag"] for address in FIGURES} == whole


def test_what_the_register_alone_can_answer_says_so_in_one_sentence(browser_of, register, path, tmp_path):
    reader, council = browser_of(), browser_of(COUNCIL)
    with out_of_order(path, taken_away, tmp_path):
        for browser in (reader, council):
            for address in ("/register.json", "/priority/any", "/priorities?plan=2013-2016", "/download/priorities"):
                answer = browser.get(address)
                assert answer.status_code == 503, address
                assert UNREAD in words(answer)
        for address in ("/my-work", "/history", "/history.csv", "/accounts"):
            answer = council.get(address)
            assert answer.status_code == 503, address
            assert UNREAD in words(answer)
            assert int(answer.headers["Retry-After"]) > 0
        # Nobody is signed in here, and nobody needs the register to know that.
        assert reader.get("/my-work").status_code == 303
        assert reader.get("/sign-in").status_code == 200
    assert council.get("/my-work").status_code == 200


@contextmanager
def nothing_may_be_written(path):
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.execute("ROLLBACK")
        other.close()


@pytest.mark.slow
def test_a_form_that_cannot_be_kept_comes_back_with_all_that_was_typed(browser_of, register, clock, path):
    proposal = stages.proposed(register, NOW)
    resident = browser_of()
    form = resident.form(f"/priority/{proposal.id}/say")
    with nothing_may_be_written(path):
        answer = resident.send_form(form, expect=503, **SAID)
        assert "has not been confirmed as saved" in words(answer)
        again = Form(answer.get_data(as_text=True))
        assert {name: again.values[name][0] for name in SAID} == SAID
        assert resident.get("/priorities").status_code == 200
        assert resident.get("/health").get_json()["register"]["status"] == "unwritable"
    _until_written(register)
    assert resident.send_form(again).headers["Location"] == f"/priority/{proposal.id}"


def _until_written(register):
    site = site_register(f"sqlite:///{register.file.path}")
    until = time.monotonic() + 10
    while site.writes.outage is not None and time.monotonic() < until:
        with suppress(Exception):
            site.require_writable()
        time.sleep(0.05)


@pytest.mark.parametrize("damage", [taken_away, filled_with_noise, newer], ids=damage_name)
def test_a_form_comes_back_though_nothing_can_be_read_either(browser_of, register, clock, path, tmp_path, damage):
    proposal = stages.proposed(register, NOW)
    resident, officer = browser_of(), browser_of(OFFICER)
    comment = resident.form(f"/priority/{proposal.id}/say")
    action = officer.form("/actions/new")
    typed = {"text": "Ask the Met\nwhy", "owner": "A person", "due_on": "31 December 2026", "area_code": LEWISHAM, "chart": "/"}
    with out_of_order(path, damage, tmp_path):
        answer = resident.send_form(comment, expect=503, **SAID)
        again = Form(answer.get_data(as_text=True))
        assert {name: again.values[name][0] for name in SAID} == SAID
        answer = officer.send_form(action, expect=503, **typed)
        action_again = Form(answer.get_data(as_text=True))
        assert {name: action_again.values[name][0] for name in typed} == typed
    assert resident.send_form(again).headers["Location"] == f"/priority/{proposal.id}"
    assert officer.send_form(action_again).headers["Location"].startswith("/action")


def test_the_sign_in_page_gives_back_the_address_and_never_the_password(browser_of, register, path, tmp_path):
    browser = browser_of()
    form = browser.form("/sign-in")
    with out_of_order(path, taken_away, tmp_path):
        answer = browser.send_form(form, expect=503, email="ada@example.org", password="seven plain quiet words")
    text = answer.get_data(as_text=True)
    assert "ada@example.org" in text
    assert "seven plain quiet words" not in text


def test_who_is_signed_in_stays_so_though_nothing_can_be_written(browser_of, register, clock, path):
    council = browser_of(COUNCIL)
    clock.now = NOW.replace(hour=NOW.hour, minute=20)
    site_register(f"sqlite:///{path}").writes.failed(sqlite3.OperationalError("database or disk is full"), 0)
    with nothing_may_be_written(path):
        assert council.get("/my-work").status_code == 200


def test_a_site_starts_and_shows_figures_though_its_register_cannot_be_made_ready(tmp_path):
    from dashboard.web.site_register import make_ready_if_possible

    path = tmp_path / "register.sqlite"
    path.write_bytes(os.urandom(20_000))
    make_ready_if_possible(f"sqlite:///{path}", None)
    make_ready_if_possible(f"sqlite:///{path}/below", None)
    make_ready_if_possible("postgresql+psycopg://@127.0.0.1:1/none", None)
