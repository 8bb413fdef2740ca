"""Every page, wide and narrow, with every table opened: nothing to report, and readable without script."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import TimeoutError

from dashboard.factory import all_pages
from dashboard.ui.navigation import menu_of
from tests.try_pages import TRY

pytestmark = pytest.mark.browser

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDTHS = (1440, 390)
FITS_IN = (1440, 834, 770, 390, 320)
"""Just above 768 px tables are rows again, and have the least room."""
A4 = 688
"""Pixels across a sheet between its margins."""
SETTLED = 10_000
"""Milliseconds after which a page that is still too wide is held to stay so."""
MENU = menu_of(all_pages())
ADDRESSES = sorted({address for page in all_pages() for address in page.addresses} | {link.path for link in MENU} | {TRY})
NOT_FOUND = "/nothing-here"
ALIKE_LOOKED_AT = 2
# What is made by one function has one shape (its tags and classes, not its words): a hundred tables of two hundred months and
# thirty cards alike would take axe minutes a page. Of each shape a few are looked at: rows and items in their own table or list,
# blocks anywhere on the page.
FEWER_ALIKE = """most => {
    const shapes = new Map();
    const shape = element => {
        if (!shapes.has(element)) {
            const inside = element.tagName === 'svg' ? '' : [...element.children].map(shape).join();
            shapes.set(element, `${element.tagName}.${element.classList}[${inside}]`);
        }
        return shapes.get(element);
    };
    const alike = new Map();
    for (const element of document.querySelectorAll('main :is(tbody > tr, li, article, figure, details)')) {
        const place = element.matches('tr, li') ? element.parentElement : document;
        const counts = alike.get(place) ?? alike.set(place, new Map()).get(place);
        counts.set(shape(element), (counts.get(shape(element)) ?? 0) + 1);
        if (counts.get(shape(element)) > most) element.remove();
    }
}"""


@pytest.mark.parametrize("address", [*ADDRESSES, NOT_FOUND])
def test_page_is_accessible_without_console_errors_and_fits_the_screen(page, site, faults, address):
    page.goto(site + address)
    if "explore=yes" in address:
        page.locator("#explore-graph .main-svg").first.wait_for()
    page.evaluate("document.querySelectorAll('details').forEach(details => { details.open = true; })")
    wide = {width: report for width in FITS_IN if (report := too_wide(page, width))}
    assert wide == {}
    page.evaluate(FEWER_ALIKE, ALIKE_LOOKED_AT)
    broken = {width: report for width in WIDTHS if (report := violations(page, width))}
    assert broken == {}
    expected = ["Failed to load resource: the server responded with a status of 404 (NOT FOUND)"] if address == NOT_FOUND else []
    assert faults == expected


@pytest.mark.parametrize("address", ADDRESSES)
def test_page_can_be_read_without_script(browser, site, address):
    with_script, without = browser.new_context(), browser.new_context(java_script_enabled=False)
    read, plain = with_script.new_page(), without.new_page()
    read.goto(site + address)
    plain.goto(site + address)
    assert plain.locator("h1").count() == 1
    assert plain.locator("h1").is_visible()
    assert plain.locator("main").inner_text().split()[:40] == read.locator("#main").first.inner_text().split()[:40]
    with_script.close()
    without.close()


@pytest.mark.parametrize("address", ADDRESSES)
def test_page_prints_without_what_only_a_screen_needs(page, site, address):
    page.goto(site + address)
    page.emulate_media(media="print")
    for screen_only in (".skip", ".nav", ".footer"):
        assert page.locator(screen_only).first.is_hidden()
    assert page.locator("h1").first.is_visible()
    assert "Open Government Licence" in margin(page)
    assert re.search("Published |Publication date not given", margin(page))
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
    page.set_viewport_size({"width": A4, "height": 970})
    assert page.evaluate(CUT_ON_PAPER, A4) == []


CUT_ON_PAPER = """width => [...document.querySelectorAll('table')].filter(table => !table.closest('.a3')
    && table.getBoundingClientRect().right > width + 1).map(table => table.textContent.slice(0, 60))"""


def margin(page):
    """What a printed sheet has at its foot: the rules for sheets, with code points turned back into letters."""
    rules = page.evaluate(
        "[...document.styleSheets].flatMap(sheet => [...sheet.cssRules])"
        ".filter(rule => rule instanceof CSSPageRule).map(rule => rule.cssText).join(' ')"
    )
    return re.sub(r"\\([0-9a-f]+) ?", lambda report: chr(int(report[1], 16)), rules)


def violations(page, width):
    """What axe finds at one width, with the elements it finds it in."""
    page.set_viewport_size({"width": width, "height": 900})
    report = Axe().run(page, options={"runOnly": WCAG, "resultTypes": ["violations"]}).response["violations"]
    return [(fault["id"], [node["html"][:120] for node in fault["nodes"][:3]]) for fault in report]


def too_wide(page, width):
    """The elements that make the page scroll sideways at one width, once drawings that fit themselves to it have done so."""
    page.set_viewport_size({"width": width, "height": 900})
    try:
        page.wait_for_function("width => document.documentElement.scrollWidth <= width", arg=width, timeout=SETTLED)
    except TimeoutError:
        pass
    else:
        return []
    return page.evaluate(
        "width => [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > width + 1)"
        ".filter(e => !e.closest('.scroll')).slice(0, 5).map(e => e.outerHTML.slice(0, 160))",
        width,
    ) or ["something outside every element"]
