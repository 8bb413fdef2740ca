"""What stands round every page, with a keyboard only; and Dash taking over from the first answer without a trace."""

import pytest

from dashboard.factory import FAILED
from dashboard.ui.navigation import NAVIGATION
from tests.try_pages import LIVE

pytestmark = pytest.mark.browser

PLAIN = "/vulnerability"
FOCUSED = "document.activeElement.innerText || document.activeElement.id"
LOOK = """() => [...document.querySelectorAll('#main *, header *, footer *')]
  .filter(e => e.checkVisibility({visibilityProperty: true}))
  .filter(e => !e.closest('.mantine-Select-root, .control-before-script, svg'))
  .map(e => { const s = getComputedStyle(e); return [e.tagName, e.className, s.font, s.color, s.margin, s.padding,
    s.letterSpacing, s.border, s.background, s.textDecoration, s.webkitFontSmoothing].join(' | '); })"""
TWICE = "[...document.querySelectorAll('[id]')].map(e => e.id).filter((id, i, all) => all.indexOf(id) !== i)"
SMALL = """[...document.querySelectorAll('header a:not(.skip), button, .links a')]
  .filter(e => e.getBoundingClientRect().height < 24).map(e => e.innerText)"""


@pytest.fixture
def held_back(page):
    """Holds every script back until it is let go: a slow line."""
    waiting, is_open = [], []
    page.route("**/*.js*", lambda route: route.continue_() if is_open else waiting.append(route))

    def let_go():
        is_open.append(True)
        for route in waiting:
            route.continue_()

    return let_go


def taken_over(page):
    page.locator("#react-entry-point.ready").wait_for(state="attached")


def test_the_first_thing_a_keyboard_meets_is_the_way_past_the_menu(page, site):
    page.goto(site + PLAIN)
    page.keyboard.press("Tab")
    skip = page.locator(".skip")
    assert page.evaluate(FOCUSED) == "Skip to the content"
    assert skip.bounding_box()["y"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_a_keyboard_reaches_the_name_and_the_eight_links_in_order(page, site):
    page.goto(site + PLAIN)
    reached = []
    for _ in range(10):
        page.keyboard.press("Tab")
        reached.append(page.evaluate(FOCUSED))
    assert reached == ["Skip to the content", "Policing London priorities and progress", *[link.label for link in NAVIGATION]]


def test_focus_is_seen(page, site):
    page.goto(site + PLAIN)
    for _ in range(3):
        page.keyboard.press("Tab")
        assert page.evaluate("getComputedStyle(document.activeElement).outlineWidth") == "3px"


def test_every_link_and_button_is_large_enough_to_hit(page, site):
    page.set_viewport_size({"width": 390, "height": 900})
    page.goto(site + PLAIN)
    assert page.evaluate(SMALL) == []


def test_the_menu_wraps_and_hides_nothing(page, site):
    page.set_viewport_size({"width": 320, "height": 900})
    page.goto(site + PLAIN)
    assert page.locator(".nav a:visible").count() == len(NAVIGATION) == 8


def test_words_are_there_before_any_script(page, site, held_back):
    page.goto(site + LIVE, wait_until="commit")
    page.get_by_role("heading", name="A page with something for Dash to do").wait_for()
    assert page.locator("#react-entry-point.ready").count() == 0
    held_back()
    taken_over(page)


def test_dash_takes_over_without_a_trace(page, site, held_back):
    page.goto(site + LIVE, wait_until="commit")
    page.get_by_role("heading", name="Second").wait_for()
    page.evaluate("document.fonts.ready")
    before = page.evaluate(LOOK)
    held_back()
    taken_over(page)
    assert page.evaluate(LOOK) == before
    assert page.locator("#first-answer").count() == 0
    assert page.evaluate(TWICE) == []


def test_a_reader_keeps_place_focus_and_opened_table(page, site, held_back):
    page.set_viewport_size({"width": 900, "height": 500})
    page.goto(site + LIVE, wait_until="commit")
    page.get_by_role("heading", name="Second").wait_for()
    page.locator("#first-answer summary").first.click()
    page.locator("#first-answer #try-link").focus()
    place = page.evaluate("window.scrollY")
    assert place > 100
    held_back()
    taken_over(page)
    assert page.evaluate("document.activeElement.id") == "try-link"
    assert page.locator("details").first.get_attribute("open") is not None
    assert abs(page.evaluate("window.scrollY") - place) <= 80


def test_one_request_a_click(page, site, faults):
    page.goto(site + LIVE)
    taken_over(page)
    posts = []
    page.on("request", lambda request: posts.append(request.url) if "_dash-update-component" in request.url else None)
    page.get_by_role("button", name="Draw").click()
    page.locator("#try-out .js-plotly-plot").wait_for()
    assert page.get_by_text("Drawn 1").is_visible()
    assert len(posts) == 1
    assert faults == []


def test_a_failed_callback_leaves_what_was_there_and_says_so(page, site):
    page.goto(site + LIVE)
    taken_over(page)
    page.get_by_role("button", name="Draw").click()
    page.get_by_text("Drawn 1").wait_for()
    page.locator("#try-area").click()
    page.get_by_role("option", name="Beech").click()
    page.get_by_role("alert").get_by_text(FAILED).wait_for()
    assert page.get_by_text("Drawn 1").is_visible()


def test_the_address_holds_the_view(page, site):
    page.goto(f"{site}{LIVE}?form=rate")
    taken_over(page)
    assert page.get_by_text("Form: rate").is_visible()
    page.reload()
    taken_over(page)
    assert page.get_by_text("Form: rate").is_visible()


def test_two_readers_do_not_meet(browser, site):
    first, second = browser.new_context(), browser.new_context()
    one, two = first.new_page(), second.new_page()
    one.goto(f"{site}{LIVE}?form=rate")
    two.goto(f"{site}{LIVE}")
    taken_over(one)
    taken_over(two)
    assert (one.get_by_text("Form: rate").count(), two.get_by_text("Form: count").count()) == (1, 1)
    first.close()
    second.close()


FOLDED = """[...document.querySelectorAll('.measures article .rest')]
  .map(e => [e.open, e.querySelector('.plot').checkVisibility()])"""
CUT = """[...document.querySelectorAll('main table')].filter(e => e.checkVisibility() && !e.closest('.a3'))
  .filter(e => e.getBoundingClientRect().right > innerWidth + 1)
  .map(e => e.parentElement.ariaLabel || e.innerText.slice(0, 40))"""
LEWISHAM = "/borough/E09000023"


def test_on_a_phone_a_borough_is_read_through_and_unfolds_by_keyboard(browser, site):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 900})
    page = context.new_page()
    page.goto(site + LEWISHAM)
    folded = page.evaluate(FOLDED)
    assert all(is_open == is_drawn for is_open, is_drawn in folded)
    assert 0 < sum(is_open for is_open, _ in folded) < len(folded) / 2
    assert page.evaluate("document.documentElement.scrollHeight") < 26_000
    page.locator(".measures article .rest:not([open]) > summary").first.press("Enter")
    unfolded = page.evaluate(FOLDED)
    assert all(is_open == is_drawn for is_open, is_drawn in unfolded)
    assert sum(is_open for is_open, _ in unfolded) == sum(is_open for is_open, _ in folded) + 1
    context.close()


def test_a_wide_screen_and_paper_show_the_charts_of_every_measure(page, site):
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(site + LEWISHAM)
    assert all(is_drawn for _, is_drawn in page.evaluate(FOLDED))
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 688, "height": 900})
    assert all(is_drawn for _, is_drawn in page.evaluate(FOLDED))


@pytest.mark.parametrize("path", ["/", LEWISHAM, "/measure/robbery_personal", "/priorities", "/boroughs"])
def test_no_table_runs_over_the_edge_of_a_sheet(page, site, path):
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 688, "height": 900})
    page.goto(site + path)
    assert page.evaluate(CUT) == []


def test_in_forced_colours_one_line_of_the_menu_shows_and_icons_take_the_readers_colour(page, site):
    page.emulate_media(forced_colors="active")
    page.goto(site + LEWISHAM)
    lines = page.evaluate("""[...document.querySelectorAll('.nav a')].filter(e => getComputedStyle(e).borderBottomColor
      !== getComputedStyle(document.body).backgroundColor).map(e => e.innerText)""")
    assert lines == ["Boroughs"]
    assert page.evaluate("getComputedStyle(document.querySelector('svg.icon')).forcedColorAdjust") == "auto"


def test_at_400_per_cent_the_bars_of_what_changed_keep_to_their_rows(page, site):
    page.set_viewport_size({"width": 320, "height": 256})
    page.goto(site)
    over = page.evaluate("""[...document.querySelectorAll('table.brief td:nth-child(5)')].filter(e => {
      const bar = e.querySelector('svg').getBoundingClientRect(), own = e.getBoundingClientRect();
      return bar.width > own.width + 1 || bar.width < 132 }).length""")
    assert over == 0
