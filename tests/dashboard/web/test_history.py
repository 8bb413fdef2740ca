"""What was done, said once when it is done and for good in the history, in words people use."""

import json
import re

import pytest

from tests.dashboard.web import stages
from tests.dashboard.web.conftest import NOW
from tests.register.people import CLERK, COUNCIL, LEWISHAM, OFFICER, POLICE

NUMBER = re.compile(r"\b[0-9a-f]{32}\b")


def test_the_history_names_people_and_the_site_and_never_a_command(browser_of, register, clock):
    stages.proposed(register, NOW)
    read = browser_of(CLERK).read("/history")
    assert "command line" not in read
    assert "The site, from the public record" in read
    assert "Who: Ada Council, borough lead What was done: Propose (priority) Changes: state: from draft to proposed" in read


def test_the_history_says_places_and_measures_by_name_and_leaves_numbers_to_the_file(browser_of, register, clock):
    made = stages.proposed(register, NOW)
    page = browser_of(CLERK).get("/history?kind=priority").get_data(as_text=True)
    assert f'href="/priority/{made.id}"' in page
    read = browser_of(COUNCIL).read("/history?kind=priority")
    assert "place: Lewisham" in read
    assert "measure: Burglary" in read
    assert not NUMBER.search(read)
    assert made.id in browser_of(CLERK).get("/history.csv").get_data(as_text=True)


def test_a_withdrawn_priority_shows_the_reason_on_its_page(browser_of, register, clock):
    made = stages.proposed(register, NOW)
    answer = browser_of(OFFICER).send(f"/priority/{made.id}/withdraw", why="Residents asked for something else")
    read = browser_of().read(answer.headers["Location"])
    assert "Withdrawn. It stays in the register. Residents asked for something else Di Officer, 22 November 2026" in read


def test_a_change_is_confirmed_once_to_the_person_who_made_it(browser_of, register, clock):
    made = stages.proposed(register, NOW)
    address = f"/priority/{made.id}"
    council, police = browser_of(COUNCIL), browser_of(POLICE)
    council.send(f"{address}/agree")
    assert "Your signature is recorded. Someone from another body must sign too" in council.read(address)
    assert "Your signature is recorded" not in council.read(address)
    assert "Signed for the council; someone from another body must sign too." in browser_of().read(address)
    police.send(f"{address}/agree")
    assert "Two bodies have signed: it is agreed" in police.read(address)


def test_the_message_after_saving_says_whether_it_is_a_draft_or_a_proposal(browser_of, clock):
    browser = browser_of(COUNCIL)
    saved = browser.send(f"/priorities/2027-28/{LEWISHAM}/propose", press="save", title="Burglary")
    assert "Your draft is saved. Only you can see it until you propose it." in browser.read(saved.headers["Location"])


def test_an_unknown_number_in_the_message_cookie_shows_no_message(browser_of):
    browser = browser_of()
    for strange in ("999", "-1", "<b>It is agreed</b>", ""):
        browser.client.set_cookie("done", strange, domain="localhost")
        assert "notice quietly" not in browser.get("/sign-in").get_data(as_text=True)


@pytest.mark.parametrize("address", ["/my-work", "/history", "/history?kind=priority", "/history.csv", "/register.json"])
def test_what_is_long_in_the_making_waits_for_a_place_as_pages_do(browser_of, app, address):
    reader = browser_of(CLERK)
    with app.answers.workshop.full():
        answer = reader.get(address)
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert reader.get(address).status_code == 200


def test_the_public_record_is_made_once_for_each_change(browser_of, register, clock, app):
    reader = browser_of()
    first = reader.get("/register.json").data
    with app.answers.workshop.full():
        assert reader.get("/register.json").data == first
        assert reader.client.head("/register.json").status_code == 200
    stages.proposed(register, NOW)
    assert len(reader.get("/register.json").get_json()["borough_priorities"]) > len(json.loads(first)["borough_priorities"])
