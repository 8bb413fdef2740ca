"""What is looked for on a page in a browser: faults of accessibility, what is too wide, and labels over each other."""

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import TimeoutError

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDTHS = (1440, 390)
SETTLED = 10_000
"""Milliseconds after which a page that is still too wide is held to stay so."""
CONTRAST = "color-contrast"
_LOOKED_AT = {width: set() for width in WIDTHS}
"""Inks on their papers whose contrast this process has measured, by width."""
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
# Contrast takes axe longer than its hundred other rules together. It comes out of the letters' colour, size and weight and of all
# that is painted behind them: text that is painted alike is measured once, not on every page.
PAINTED = """() => {
    const papers = new Map();
    const paper = element => {
        if (!element) return '';
        if (!papers.has(element)) {
            const style = getComputedStyle(element);
            papers.set(element, [style.backgroundColor, style.backgroundImage, style.opacity, style.position === 'static',
                style.filter, style.mixBlendMode].join('/') + '<' + paper(element.parentElement));
        }
        return papers.get(element);
    };
    window.texts = [...document.querySelectorAll('body, body *')].filter(element =>
        element.matches('input, select, textarea, button')
        || [...element.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.data.trim()));
    return window.texts.map(element => {
        const style = getComputedStyle(element);
        return [element.tagName, element.className.baseVal ?? element.className, element.disabled, style.color, style.fill,
            style.fontSize, style.fontWeight, style.textShadow, paper(element)].join('|');
    });
}"""
MARK = "at => window.texts.forEach((element, index) => element.toggleAttribute('data-unlike', at.includes(index)))"
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


def violations(page, width):
    """What axe finds at one width, with the elements it finds it in; contrast only where text is painted as nowhere before."""
    page.set_viewport_size({"width": width, "height": 900})
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    options = {"runOnly": WCAG, "resultTypes": ["violations"], "rules": {CONTRAST: {"enabled": False}}}
    faults = page.evaluate("options => axe.run(options).then(report => report.violations)", options)
    faults += _contrast_violations(page, _LOOKED_AT.setdefault(width, set()))
    return [(fault["id"], [node["html"][:120] for node in fault["nodes"][:3]]) for fault in faults]


def violations_opened(page, width):
    """What axe finds with everything that can be opened open."""
    page.evaluate("document.querySelectorAll('details').forEach(details => { details.open = true; })")
    return violations(page, width)


def _contrast_violations(page, looked_at):
    unlike = []
    for index, painted in enumerate(page.evaluate(PAINTED)):
        if painted not in looked_at:
            looked_at.add(painted)
            unlike.append(index)
    if not unlike:
        return []
    page.evaluate(MARK, unlike)
    options = {"runOnly": {"type": "rule", "values": [CONTRAST]}, "resultTypes": ["violations"]}
    return page.evaluate("options => axe.run('[data-unlike]', options).then(report => report.violations)", options)


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
