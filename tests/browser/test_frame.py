"""What stands round every page, with a keyboard only."""

import pytest

from dashboard.factory import all_pages
from dashboard.ui.navigation import menu_of

pytestmark = pytest.mark.browser

MENU = menu_of(all_pages())
PLAIN = "/vulnerability"
FOCUSED = "document.activeElement.innerText || document.activeElement.id"
SMALL = """[...document.querySelectorAll('header a:not(.skip), button, .links a')]
  .filter(e => e.getBoundingClientRect().height < 24).map(e => e.innerText)"""


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
    assert reached == ["Skip to the content", "Policing London priorities and progress", *[link.label for link in MENU]]


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
    assert page.locator(".nav a:visible").count() == len(MENU) == 8


FOLDED = """[...document.querySelectorAll('.measures article .rest')]
  .map(e => [e.open, e.querySelector('.plot').checkVisibility()])"""
CUT = """[...document.querySelectorAll('main table')].filter(e => e.checkVisibility() && !e.closest('.a3'))
  .filter(e => e.getBoundingClientRect().right > innerWidth + 1)
  .map(e => e.parentElement.ariaLabel || e.innerText.slice(0, 40))"""
LEWISHAM = "/borough/E09000023"
HAVERING = "/borough/E09000016"
"""Two of its measures changed."""


def test_on_a_phone_a_borough_is_read_through_and_unfolds_by_keyboard(browser, site):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 900})
    page = context.new_page()
    page.goto(site + HAVERING)
    folded = page.evaluate(FOLDED)
    assert all(is_open == is_drawn for is_open, is_drawn in folded)
    assert 0 < sum(is_open for is_open, _ in folded) < len(folded) / 2
    assert page.evaluate("document.documentElement.scrollHeight") < 29_000
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
