"""A chart as a file of its own: its look written on each element, for downloads, PDF and slides."""

import re

from dashboard.charts.styles import PALETTES, attributes
from dashboard.charts.svg import HATCH
from dashboard.charts.template import FONT

_CLASS = re.compile(r' class="([^"]*)"')
_ROOT = re.compile(r'<svg viewBox="0 0 ([\d.]+) ([\d.]+)"([^>]*)>')
_LABEL = re.compile(r'aria-label="([^"]*)"')


def standalone(svg: str, *, palette: str = "screen") -> str:
    """The drawing as a complete SVG file: size, name space, font, hatching and colours in itself.

    Halos behind labels are dropped: the programs that need this drawing paint them over the letters.

    Args:
        svg: one drawing of this package.
        palette: "screen", or "print" for greys.

    Raises:
        ValueError: the text is not a drawing of this package.
        LookupError: it holds a class whose look is not known.
    """
    root = _ROOT.match(svg)
    if root is None:
        raise ValueError("expected an <svg> with a viewBox from 0 0")
    width, height, other_attributes = root.groups()
    label = _LABEL.search(other_attributes)
    accessible_name = f' role="img" aria-label="{label[1]}"' if label else ' aria-hidden="true"'
    font = FONT.replace('"', "&quot;")
    opening = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
        f' font-family="{font}"{accessible_name}>'
    )
    title = f"<title>{label[1]}</title>" if label else ""
    body = _CLASS.sub(lambda match: _as_attributes(match[1], palette), svg[root.end() :])
    hatch = _hatch(palette) if "url(#hatch)" in body else ""
    return f"{opening}{title}{hatch}{body}"


def _as_attributes(css: str, palette: str) -> str:
    return "".join(f' {name}="{value}"' for name, value in attributes(css, palette).items())


def _hatch(palette: str) -> str:
    coloured = HATCH.replace(PALETTES["screen"]["line"], PALETTES[palette]["line"])
    return f"<defs>{coloured}</defs>"
