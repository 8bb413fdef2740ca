"""One change to the register empties the pages that show it, and no other."""

import pytest

from dashboard.figures import queries_register
from dashboard.figures.choices import year_now
from dashboard.figures.register_answers import one_reading
from dashboard.register import comments, priorities
from dashboard.register.models import Plan
from dashboard.register.store import open_register
from dashboard.site.answer import Answers
from tests.dashboard.registers import NOW, change, plant, read
from tests.register.people import COUNCIL, OFFICER, add_people, borough_entry

LEWISHAM, BROMLEY = "E09000023", "E09000006"
LEWISHAM_PAGE, BROMLEY_PAGE = f"/borough/{LEWISHAM}", f"/borough/{BROMLEY}"


@pytest.fixture
def answers(app):
    """The pages as one process keeps them."""
    return Answers(app.answers._pages, lambda: ())


@pytest.fixture
def another_process(app):
    """The pages as another process of the same site keeps them."""
    return Answers(app.answers._pages, lambda: ())


def made(answers, address):
    """How many pages had to be made to answer."""
    before = answers.times_made
    answers.page(address)
    return answers.times_made - before


@pytest.mark.slow
def test_a_choice_of_one_borough_is_on_its_page_at_once_and_leaves_the_others_pages(on_record, answers, another_process):
    for site in (answers, another_process):
        for address in (LEWISHAM_PAGE, BROMLEY_PAGE, "/data"):
            site.page(address)
            assert made(site, address) == 0
    assert answers.page(LEWISHAM_PAGE).tag == another_process.page(LEWISHAM_PAGE).tag
    plant(on_record, LEWISHAM, "robbery", year=year_now())
    for site in (answers, another_process):
        assert made(site, BROMLEY_PAGE) == 0
        assert made(site, "/data") == 0
        assert made(site, LEWISHAM_PAGE) == 1
        assert "robbery" in read(site.page(LEWISHAM_PAGE).body)
        assert made(site, LEWISHAM_PAGE) == 0
    # The same page has the same name in every process, before and after.
    assert answers.page(LEWISHAM_PAGE).tag == another_process.page(LEWISHAM_PAGE).tag


@pytest.mark.slow
def test_a_draft_an_account_and_a_comment_nobody_has_read_make_no_page_again(on_record, answers):
    register = open_register(on_record)
    with register.writing() as session:
        add_people(session, NOW)
        proposed = priorities.draft(session, COUNCIL, borough_entry(), now=NOW)
        proposed = priorities.propose(session, COUNCIL, proposed.id, seen_version=proposed.version, now=NOW)
    addresses = ("/", LEWISHAM_PAGE, "/priorities", "/recommendations")
    for address in addresses:
        answers.page(address)
    with register.writing() as session:
        priorities.draft(session, OFFICER, borough_entry(measure_id="robbery", title="Secret until proposed"), now=NOW)
        comments.send_in(session, proposed.id, said_by="A resident", capacity="resident", text="Bicycles.", now=NOW)
    register.close()
    for address in addresses:
        assert made(answers, address) == 0, address
        assert "Secret until proposed" not in answers.page(address).body


def test_a_page_that_asks_nothing_of_the_register_does_not_ask_whether_it_is_there(on_record, answers, monkeypatch):
    answers.page("/data")
    monkeypatch.setattr("dashboard.figures.register_answers._state_now", None)
    assert made(answers, "/data") == 0


def test_an_older_copy_put_in_place_is_read_at_once(on_record, tmp_path):
    def titles():
        with one_reading():
            return {p.title for p in queries_register.borough_priorities(area_code=LEWISHAM)}

    older, file = tmp_path / "older.sqlite", tmp_path / "register.sqlite"
    older.write_bytes(file.read_bytes())
    plant(on_record, LEWISHAM, "robbery", title="Only in the newer one")
    assert "Only in the newer one" in titles()
    older.replace(file)
    assert "Only in the newer one" not in titles()
    plant(on_record, LEWISHAM, "robbery", title="In the older one")
    assert "In the older one" in titles()


def test_every_question_is_asked_again_after_a_change_of_what_it_is_answered_from(on_record):
    with one_reading():
        before = queries_register.plans()
    change(on_record, lambda session: setattr(session.get(Plan, before[0].id), "title", "Renamed"))
    with one_reading():
        assert queries_register.plans()[0].title == "Renamed"
