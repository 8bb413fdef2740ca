"""The checks of pages find what they are for, also on a page most of which was looked at before."""

import pytest

from tests.browser.page_checks import violations

pytestmark = pytest.mark.browser

PAGE = (
    "<html lang=en><title>Page</title><body style='background: {paper}'>"
    "<main><h1>Head</h1><p class=a style='{ink}'>Words</p></main>"
)
READABLE, FAINT = "color: #222", "color: #bbb"


def contrast_faults(page, paper, ink):
    page.set_content(PAGE.format(paper=paper, ink=ink))
    return [name for name, _ in violations(page, 1440) if name == "color-contrast"]


@pytest.mark.parametrize(
    ("paper", "ink"),
    [
        ("#fffff0", FAINT),
        ("#333330", READABLE),
        ("#fffff1", f"{READABLE}; opacity: .2"),
        ("#fffff2", "color: #888; font-size: 12px"),
    ],
)
def test_faint_text_is_found_after_the_same_text_was_readable(page, paper, ink):
    assert contrast_faults(page, "#fffff9", READABLE) == []
    assert contrast_faults(page, paper, ink) == ["color-contrast"]


def test_another_fault_is_found_on_every_page_it_stands_on(page):
    for _ in range(2):
        page.set_content("<html lang=en><title>Page</title><main><h1>Head</h1><img src='data:,'></main>")
        assert "image-alt" in [name for name, _ in violations(page, 390)]
