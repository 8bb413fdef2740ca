"""Every page, wide and narrow, with every table opened: nothing to report, and readable without script.

A page is loaded once, with script, and once without; every check looks at the page as the checks above it left it.
"""

import re
from dataclasses import dataclass

import pytest

from dashboard.factory import all_pages
from dashboard.ui.navigation import menu_of
from tests.browser.page_checks import ALIKE_LOOKED_AT, CLASHES, FEWER_ALIKE, WIDTHS, too_wide, violations
from tests.try_pages import TRY

pytestmark = pytest.mark.browser

FITS_IN = (1440, 834, 770, 390, 320)
"""Just above 768 px tables are rows again, and have the least room."""
DRAWN_FOR = (320, 390, 834, 1440, 1920, 2560)
A4 = 688
"""Pixels across a sheet between its margins."""
WIDE = {"width": 1440, "height": 900}
MENU = menu_of(all_pages())
OF_PAGES = {address for page in all_pages() for address in page.addresses}
ADDRESSES = sorted(OF_PAGES | {link.path for link in MENU} | {TRY})
NOT_FOUND = "/nothing-here"
NOT_FOUND_LINE = "Failed to load resource: the server responded with a status of 404 (NOT FOUND)"


@dataclass(frozen=True)
class Opened:
    """A page as it stands in a browser, and what it did that a page should never do."""

    address: str
    page: object
    faults: list


@pytest.fixture(scope="module")
def window(browser):
    """A window of a browser, in which one page after another is opened."""
    with browser.new_context(viewport=WIDE) as context:
        yield context.new_page()


@pytest.fixture(scope="module")
def plain_window(browser):
    """A window of a browser that runs no script."""
    with browser.new_context(viewport=WIDE, java_script_enabled=False) as context:
        yield context.new_page()


@pytest.fixture(scope="module")
def opened(request, window, site, watched):
    """The page of one address, for all the tests of it."""
    return _opened(request.param, window, site, watched)


@pytest.fixture(scope="module")
def watched(window, site):
    """What the page in the window does that it should not, as it happens: errors in the console, requests to anyone else."""
    faults = []
    window.on("console", lambda message: faults.append(message.text) if message.type in {"error", "warning"} else None)
    window.on("pageerror", lambda error: faults.append(str(error)))
    own = (site, "data:", "blob:")
    window.on("request", lambda request: None if request.url.startswith(own) else faults.append(request.url))
    return faults


def _opened(address, window, site, watched):
    watched.clear()
    window.set_viewport_size(WIDE)
    window.goto(site + address)
    return Opened(address, window, watched)


each_address = pytest.mark.parametrize("opened", ADDRESSES, indirect=True)


@each_address
def test_page_can_be_read_without_script(opened, plain_window, site):
    plain_window.goto(site + opened.address)
    assert plain_window.locator("h1").count() == 1
    assert plain_window.locator("h1").is_visible()
    with_script = opened.page.locator("#main").first.inner_text().split()[:40]
    assert plain_window.locator("main").inner_text().split()[:40] == with_script


@each_address
def test_page_prints_without_what_only_a_screen_needs(opened):
    page = opened.page
    page.emulate_media(media="print")
    try:
        for screen_only in (".skip", ".nav", ".footer"):
            assert page.locator(screen_only).first.is_hidden()
        assert page.locator("h1").first.is_visible()
        assert "Open Government Licence" in margin(page)
        assert re.search("Published |Publication date not given", margin(page))
        assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
        page.set_viewport_size({"width": A4, "height": 970})
        assert page.evaluate(CUT_ON_PAPER, A4) == []
    finally:
        page.emulate_media(media="screen")
        page.set_viewport_size(WIDE)


@pytest.mark.parametrize("opened", sorted(OF_PAGES), indirect=True)
def test_no_two_labels_of_a_chart_overlap_and_none_is_cut_off(opened):
    clashes = {}
    for width in DRAWN_FOR:
        opened.page.set_viewport_size({"width": width, "height": 900})
        clashes[width] = opened.page.evaluate(CLASHES)
    assert {width: labels for width, labels in clashes.items() if labels} == {}


@each_address
def test_page_is_accessible_without_console_errors_and_fits_the_screen(opened):
    looked_through(opened)
    assert opened.faults == []


def test_page_that_is_not_there_is_accessible_and_fits_the_screen(window, site, watched):
    missing = _opened(NOT_FOUND, window, site, watched)
    looked_through(missing)
    assert missing.faults == [NOT_FOUND_LINE]


def looked_through(opened):
    """Looks at a page at every width with every table open; what is alike is taken out of it first for axe."""
    page = opened.page
    if "explore=yes" in opened.address:
        page.locator("#explore-graph .main-svg").first.wait_for()
    page.evaluate("document.querySelectorAll('details').forEach(details => { details.open = true; })")
    wide = {width: report for width in FITS_IN if (report := too_wide(page, width))}
    assert wide == {}
    page.evaluate(FEWER_ALIKE, ALIKE_LOOKED_AT)
    broken = {width: report for width in WIDTHS if (report := violations(page, width))}
    assert broken == {}


CUT_ON_PAPER = """width => [...document.querySelectorAll('table')].filter(table => !table.closest('.a3')
    && table.getBoundingClientRect().right > width + 1).map(table => table.textContent.slice(0, 60))"""


def margin(page):
    """What a printed sheet has at its foot: the rules for sheets, with code points turned back into letters."""
    rules = page.evaluate(
        "[...document.styleSheets].flatMap(sheet => [...sheet.cssRules])"
        ".filter(rule => rule instanceof CSSPageRule).map(rule => rule.cssText).join(' ')"
    )
    return re.sub(r"\\([0-9a-f]+) ?", lambda report: chr(int(report[1], 16)), rules)
