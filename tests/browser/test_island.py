"""Exploring a chart: Dash draws in one place, and the page round it stays as it was sent."""

import pytest

from dashboard import island
from dashboard.island import FAILED, NOTICE

pytestmark = pytest.mark.browser

EXPLORE = "/measure/homicide?explore=yes"
DRAWN = "#explore-graph .main-svg"
REST = """() => { const copy = document.querySelector('#main').cloneNode(true);
  copy.querySelector('#react-entry-point').remove(); return copy.innerHTML; }"""


def explore(page, site, address=EXPLORE):
    """The page once its graph is drawn."""
    page.goto(site + address)
    page.locator(DRAWN).first.wait_for()


def choose_bromley(page):
    page.locator("#explore-choices").get_by_label("Place").select_option("Bromley")
    page.get_by_text("Homicide, Bromley.").wait_for()


def test_the_page_is_read_before_any_script_has_come(page, site):
    page.route("**/_dash-component-suites/**", lambda route: route.abort())
    page.goto(site + EXPLORE, wait_until="commit")
    page.get_by_role("heading", name="Explore this chart").wait_for()
    assert page.get_by_text("this browser must run the scripts of this page").is_visible()
    assert page.locator("#periods table").count() > 0


def test_a_place_changed_beside_the_graph_redraws_it_and_leaves_the_page(page, site, faults):
    explore(page, site)
    before = page.evaluate(REST)
    choose_bromley(page)
    assert page.evaluate(REST) == before
    assert page.url == f"{site}/measure/homicide?area=E09000006&explore=yes"
    assert faults == []


def test_one_request_a_choice(page, site):
    explore(page, site)
    posts = []
    page.on("request", lambda request: posts.append(request.url) if "_dash-update-component" in request.url else None)
    choose_bromley(page)
    assert len(posts) == 1


def test_the_address_kept_while_exploring_leads_back_to_the_choice(page, site):
    explore(page, site)
    choose_bromley(page)
    page.reload()
    page.locator(DRAWN).first.wait_for()
    assert page.get_by_text("Homicide, Bromley.").is_visible()
    assert "Bromley" in page.locator(".lead").inner_text()


def test_a_request_that_fails_leaves_the_old_chart_and_says_so(page, site, monkeypatch):
    explore(page, site)

    def fails(*_address):
        raise RuntimeError("broken for this test")

    monkeypatch.setattr(island, "explored", fails)
    lines = page.locator(f"{DRAWN} .lines").first.evaluate("e => e.innerHTML")
    page.locator("#explore-choices").get_by_label("Place").select_option("Bromley")
    page.locator(f"#{NOTICE}").get_by_text(FAILED).wait_for()
    assert page.locator(f"{DRAWN} .lines").first.evaluate("e => e.innerHTML") == lines


def test_without_script_the_choices_lead_to_the_page_of_the_choice(browser, site):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site + EXPLORE)
    form = page.locator("#explore-choices")
    form.get_by_label("Place").select_option("Bromley")
    form.get_by_role("button", name="Show the whole page").click()
    assert "Bromley" in page.locator(".lead").inner_text()
    context.close()
