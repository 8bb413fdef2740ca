"""The forms in a real browser: by keyboard alone, without script, two people at once, and nothing to report with errors shown."""

import re

import pytest

from tests.browser.page_checks import WIDTHS, too_wide, violations_opened
from tests.register.people import LEWISHAM
from tests.signed_in import PASSWORD

pytestmark = pytest.mark.browser

PROPOSE = f"/priorities/2027-28/{LEWISHAM}/propose"
RECOMMENDATION = "/recommendation/police-and-crime-committee-2013-01"
# Each form, who may open it, and the button that finds every fault at once.
FORMS = (
    (None, "/sign-in", "Sign in"),
    (None, "/invitation", "Choose password"),
    ("council", "/account/password", "Change password"),
    ("council", PROPOSE, "Propose"),
    ("officer", "/priorities/2027-28/E12000007/propose", "Propose"),
    ("officer", f"/priorities/2025-26/{LEWISHAM}/record", "Record"),
    ("council", f"/commentary/new?measure=burglary&area={LEWISHAM}&period=2025-12", "Sign"),
    ("council", f"/actions/new?area={LEWISHAM}&measure=burglary", "Raise it"),
    ("clerk", f"{RECOMMENDATION}/status", "Record"),
    ("officer", f"{RECOMMENDATION}/status", "Answer"),
    ("clerk", "/recommendation-sets/new", "Record"),
    ("admin", "/accounts/new", "Invite"),
)
PAGES = (
    ("council", "/my-work"),
    ("officer", "/my-work"),
    ("clerk", "/my-work"),
    ("admin", "/accounts"),
    ("admin", "/accounts/council"),
    ("clerk", "/accounts"),
    ("clerk", "/history"),
    ("council", "/sign-out"),
    (None, "/actions"),
    (None, RECOMMENDATION),
    (None, "/priority/bromley-2017-18-burglary"),
)
CONTROLS = ".entry input:not([type=hidden]), .entry select, .entry textarea, .entry button, .account a"
TOO_SMALL = """selector => [...document.querySelectorAll(selector)].filter(e => e.getClientRects().length)
  .filter(e => { const box = e.getBoundingClientRect(); return Math.min(box.height, box.width) < 24; })
  .map(e => e.outerHTML.slice(0, 80))"""
EXPECTED = re.compile(r"status of 4(03|22)")


class Keyboard:
    """Someone who never touches a mouse: Tab until the control is reached, then type, choose or press."""

    def __init__(self, page):
        self.page = page

    def reach(self, name, exact=True):
        for _ in range(150):
            self.page.keyboard.press("Tab")
            focused = self.page.locator(":focus")
            label = (
                focused.evaluate("e => (e.labels && e.labels.length ? e.labels[0].innerText : e.innerText || '').trim()")
                if focused.count()
                else ""
            )
            if label == name or (not exact and label.startswith(name)):
                return focused
        raise AssertionError(f"Tab never reached {name!r}")

    def type(self, name, text):
        self.reach(name)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)

    def tick(self, name):
        self.reach(name)
        self.page.keyboard.press("Space")

    def press(self, name):
        self.reach(name)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")


def test_two_people_agree_a_priority_by_keyboard_alone(someone, place):
    page = someone(None)
    council = Keyboard(page)
    page.goto(f"{place}/sign-in")
    council.type("Email address", "council@example.org")
    council.type("Password", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{place}/my-work")
    council.press("Propose a priority for 2027/28 for Lewisham")
    council.type("Name of the priority", "Burglary")
    council.reach("Volume: how often it happens")
    page.keyboard.press("ArrowDown")
    council.reach("Measure it is read by", exact=False)
    page.keyboard.type("Burglary")
    council.reach("New this year")
    page.keyboard.press("Space")
    council.press("Propose")
    summary = page.get_by_role("alert")
    summary.wait_for()
    # Each error leads to its field by one key.
    assert page.evaluate("document.activeElement.className") == "problems"
    council.reach("Say why this is a priority.")
    page.keyboard.press("Enter")
    assert page.locator(":focus").get_attribute("name") == "rationale"
    page.keyboard.type("Above its range for two years")
    council.type("What residents asked for", "Ward panels asked for burglary")
    council.type("How the choice answers them", "Burglary is chosen")
    council.type("What improving would look like", "Fewer than the range gives")
    council.type("Over what time", "2027/28")
    council.tick("Burglary")
    council.type("What would not count", "A change of recording")
    council.type("In force from", "1 April 2027")
    council.type("Review on", "30 April 2028")
    council.press("Propose")
    address = page.url
    page.get_by_text("Two people from different bodies must agree it.").wait_for()
    council.press("Agree")
    council.press("Sign")

    other = someone("police")
    police = Keyboard(other)
    other.goto(f"{place}/my-work")
    police.press("Burglary")
    police.type("Address of the minute, if there is one", "https://lewisham.example.org/minutes/7")
    other.keyboard.press("Enter")
    other.wait_for_url(address)
    other.get_by_text("The Deputy Mayor’s office brings it into force").wait_for()
    for name in ("Ada Council", "Bob Police"):
        other.get_by_role("rowheader", name=name).first.wait_for()
    other.get_by_text(re.compile("Fixed on .* from release")).first.wait_for()


def test_second_editor_of_a_draft_loses_nothing_they_typed(someone, place):
    first, second = someone("council"), someone("council")
    first.goto(place + PROPOSE)
    first.get_by_label("Name of the priority").fill("Burglary")
    first.get_by_role("button", name="Save as a draft").click()
    first.get_by_role("link", name="Edit").click()
    second.goto(first.url)
    first.get_by_label("Why this is a priority").fill("From the first window")
    second.get_by_label("Why this is a priority").fill("From the second window")
    first.get_by_role("button", name="Save as a draft").click()
    second.get_by_role("button", name="Save as a draft").click()
    table = second.get_by_role("table", name="Where the two differ")
    table.get_by_text("From the first window").wait_for()
    table.get_by_text("From the second window").wait_for()
    assert second.get_by_label("Why this is a priority").input_value() == "From the second window"
    second.get_by_role("button", name="Save as a draft").click()
    second.get_by_text("From the second window").first.wait_for()


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize(("person", "address", "press"), FORMS, ids=lambda value: str(value))
def test_form_with_errors_is_accessible_and_fits_the_screen(someone, place, person, address, press, width):
    page = someone(person, script=True, width=width)
    console_lines = []
    page.on("console", lambda message: console_lines.append(message.text) if message.type in {"error", "warning"} else None)
    page.goto(place + address)
    assert violations_opened(page, width) == []
    page.get_by_role("button", name=press, exact=True).click()
    page.get_by_role("alert").wait_for()
    assert page.title().startswith("Error: ")
    assert page.evaluate("document.activeElement.className") == "problems"
    assert page.evaluate("document.documentElement.scrollWidth") <= width, too_wide(page, width)
    assert violations_opened(page, width) == []
    assert [line for line in console_lines if not EXPECTED.search(line)] == []


@pytest.mark.parametrize(("person", "address"), PAGES, ids=lambda value: str(value))
def test_signed_in_page_is_accessible_and_fits_the_screen(someone, place, person, address):
    for width in WIDTHS:
        page = someone(person, script=True, width=width)
        page.goto(place + address)
        assert violations_opened(page, width) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width, too_wide(page, width)


def test_every_control_is_large_enough_to_hit(someone, place):
    page = someone("council", script=True, width=390)
    page.goto(place + PROPOSE)
    small = page.evaluate(TOO_SMALL, CONTROLS)
    assert small == []


def test_typed_text_survives_being_signed_out_in_another_tab(someone, place):
    page, other = someone("council"), None
    page.goto(place + PROPOSE)
    page.get_by_label("Name of the priority").fill("Burglary of homes")
    other = page.context.new_page()
    other.goto(f"{place}/sign-out")
    other.get_by_role("button", name="Sign out").click()
    page.get_by_role("button", name="Save as a draft").click()
    page.get_by_label("Email address").fill("council@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    assert page.get_by_label("Name of the priority").input_value() == "Burglary of homes"
    page.get_by_role("button", name="Save as a draft").click()
    page.get_by_role("heading", name="Burglary of homes").wait_for()
