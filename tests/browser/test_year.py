"""A borough's priority through its year in real browsers, each person in their own and without script."""

import os
from dataclasses import replace
from datetime import date, timedelta

import pytest

from dashboard.register.store import open_register
from dashboard.register.years import financial_year, year_after
from dashboard.web.site_register import EXTENSION, utc_now
from etl.core.written import day
from tests.browser.page_checks import WIDTHS, too_wide, violations_opened
from tests.dashboard.web import stages
from tests.register.people import LEWISHAM

pytestmark = pytest.mark.browser


@pytest.fixture
def wait(app, place, monkeypatch):
    """Lets days go by for the site; the browsers' own clocks stay where they are."""
    time_passed = [timedelta(0)]
    web = app.server.extensions[EXTENSION]
    monkeypatch.setitem(app.server.extensions, EXTENSION, replace(web, now=lambda: utc_now() + time_passed[0]))

    def days(number):
        time_passed[0] += timedelta(days=number)

    return days


def begins():
    """The first day of the first month that a notice of 28 days begun today has run before."""
    soon = utc_now().date() + timedelta(days=30)
    return date(soon.year + soon.month // 12, soon.month % 12 + 1, 1)


def test_priority_goes_through_its_year_from_proposal_to_carrying_forward(someone, place, wait):
    first = begins()
    year = financial_year(first)

    lead = someone("council")
    lead.goto(f"{place}/priorities/{year.replace('/', '-')}/{LEWISHAM}/propose")
    lead.get_by_text("What the figures say here").click()
    lead.get_by_label("Name of the priority").fill("Less violence with injury")
    lead.get_by_label("Harm: what it does to them").check()
    lead.get_by_label("Measure it is read by").select_option("violence_with_injury")
    lead.get_by_label("New this year").check()
    for label, words in (
        ("Why this is a priority", "It is above the rest of London"),
        ("What residents asked for", "Ward panels asked for knife crime and for noise"),
        ("How the choice answers them", "Knife crime is part of it; noise is the council’s own work"),
        ("What improving would look like", "Fewer than the range gives"),
        ("Over what time", year),
        ("What would not count", "A change of recording"),
        ("In force from", day(first)),
        ("Review on", day(first + timedelta(days=20))),
    ):
        lead.get_by_label(label).fill(words)
    lead.locator("input[name='success.measure_ids'][value=violence_with_injury]").check()
    lead.get_by_role("button", name="Propose").click()
    address = lead.url
    lead.get_by_text("The review is set before it").wait_for()

    resident = someone(None, width=390)
    resident.goto(f"{place}/priorities")
    resident.get_by_role("link", name="Less violence with injury").first.click()
    resident.get_by_role("link", name="Say what you think of it").click()
    resident.get_by_role("button", name="Send it").click()
    resident.get_by_role("alert").get_by_text("Write the comment.").wait_for()
    resident.get_by_label("How you wish to be named").fill("A resident of Catford")
    resident.get_by_label("Resident", exact=True).check()
    resident.get_by_label("What you think of it").fill("Look at the night bus stop too.")
    resident.get_by_role("button", name="Send it").click()
    resident.get_by_text("Your comment has been received.").wait_for()
    assert resident.get_by_text("night bus").count() == 0

    police = someone("police")
    police.goto(f"{place}/my-work")
    police.get_by_role("link", name="Less violence with injury: A resident of Catford").click()
    police.get_by_label("Shown beside the priority").check()
    police.get_by_role("button", name="Decide").click()
    resident.goto(address)
    resident.get_by_text("Look at the night bus stop too.").wait_for()

    for page in (lead, police):
        page.goto(f"{address}/agree")
        page.get_by_role("button", name="Sign").click()
    police.get_by_text("First honest review:").first.wait_for()

    deputy = someone("mayor")
    deputy.goto(f"{address}/bring-into-force")
    deputy.get_by_role("button", name="Bring into force").click()
    deputy.get_by_role("alert").get_by_text("The notice runs to").wait_for()
    wait((first - utc_now().date()).days)
    # Left alone for longer than half an hour, everyone is asked to sign in again.
    deputy = someone("mayor")
    deputy.goto(f"{place}/my-work")
    deputy.get_by_role("link", name="Less violence with injury").click()
    deputy.get_by_role("button", name="Bring into force").click()
    deputy.get_by_text(f"In force since {day(first)}.").wait_for()

    wait(25)
    officer = someone("officer")
    officer.goto(f"{place}/my-work")
    officer.get_by_role("heading", name="Due for review, or whose year is over").wait_for()
    officer.goto(f"{address}/end")
    officer.get_by_label("Last day in force").fill(day(first + timedelta(days=24)))
    officer.get_by_label("Why").fill("Its review found it is better read another way")
    officer.get_by_role("button", name="End it").click()
    officer.get_by_text("Ended on").first.wait_for()

    lead = someone("council")
    lead.goto(address)
    lead.get_by_role("link", name=f"Carry it forward to {year_after(year)}").click()
    assert lead.get_by_label("Name of the priority").input_value() == "Less violence with injury"
    assert lead.get_by_label("Carried forward from the year before").is_checked()
    assert lead.get_by_label("In force from").input_value() == ""


@pytest.mark.parametrize("width", WIDTHS)
def test_public_comment_form_with_errors_is_accessible_and_fits_the_screen(someone, place, width):
    first = begins()
    register = open_register(os.environ["REGISTER_URL"])
    entry = {"financial_year": financial_year(first), "in_force_from": first, "review_on": first + timedelta(days=20)}
    made = stages.proposed(register, utc_now(), **entry)
    register.close()
    page = someone(None, script=True, width=width)
    for address in (f"/priority/{made.id}", f"/priority/{made.id}/say"):
        page.goto(place + address)
        assert violations_opened(page, width) == []
        assert too_wide(page, width) == []
    page.get_by_role("button", name="Send it").click()
    page.get_by_role("alert").wait_for()
    assert violations_opened(page, width) == []
    assert too_wide(page, width) == []
