"""What is written in a chart can be read: no two labels overlap and none is cut off, at the six widths charts are drawn for."""

import pytest

from dashboard.factory import all_pages

pytestmark = pytest.mark.browser

WIDTHS = (320, 390, 834, 1440, 1920, 2560)
ADDRESSES = sorted({address for page in all_pages() for address in page.addresses})
# Two boxes may touch: a box is as tall as its line, and letters are not. A label may stand beside its drawing (the scale of
# the first tile in a row does), but not beyond the page.
CLASHES = """() => {
  const found = [], edge = document.documentElement.clientWidth;
  for (const svg of document.querySelectorAll('main svg[viewBox]')) {
    if (!svg.checkVisibility() || !svg.getBoundingClientRect().width) continue;
    const labels = [...svg.querySelectorAll('text')].map(text => [text.textContent, text.getBoundingClientRect()])
      .filter(([words, box]) => words.trim() && box.width);
    labels.forEach(([words, box], index) => {
      if (box.left < 0 || box.right > edge) found.push(`cut off: ${words}`);
      for (const [others, other] of labels.slice(index + 1)) {
        const across = Math.min(box.right, other.right) - Math.max(box.left, other.left);
        const down = Math.min(box.bottom, other.bottom) - Math.max(box.top, other.top);
        if (across > 1 && down > Math.min(box.height, other.height) * 0.3) found.push(`${words} over ${others}`);
      }
    });
  }
  return found.slice(0, 6);
}"""


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_two_labels_of_a_chart_overlap_and_none_is_cut_off(page, site, address):
    page.goto(site + address)
    found = {}
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        clashes = page.evaluate(CLASHES)
        if clashes:
            found[width] = clashes
    assert found == {}
