"""SVG elements as text: numbers to a tenth of a pixel, every string escaped."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape

LAYERS = ("shade", "grid", "band", "centre", "break", "line", "point", "label")
"""Back to front: the order in which the parts of every chart are painted."""
TYPE = 14.0
SMALL_TYPE = 13.0
LINE_HEIGHT = 15.0
"""Baseline to baseline of a label of two lines."""
MIDDLE = 4.5
"""From the middle of a mark down to the baseline of the text beside it."""
_CONTROL = dict.fromkeys([*range(9), 11, 12, *range(14, 32)])

HATCH = (
    '<pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<rect width="6" height="6" fill="#fff"/>'
    '<line x1="0" y1="0" x2="0" y2="6" stroke="#6a7681" stroke-width="1.2"/></pattern>'
)
HATCH_DEFINITION = (
    f'<svg width="0" height="0" style="position:absolute" aria-hidden="true" focusable="false"><defs>{HATCH}</defs></svg>'
)
"""What a page that shows a map or the coverage chart must hold once, outside anything hidden."""

Dots = Iterable[tuple[float, float]]


def escaped(words: str) -> str:
    """Text safe inside an element or an attribute; characters that XML forbids are dropped."""
    return escape(words.translate(_CONTROL), quote=True)


def pixels(value: float) -> str:
    """A coordinate to one decimal, never "-0.0"."""
    rounded = f"{value:.1f}"
    return "0.0" if rounded == "-0.0" else rounded


def line(x1: float, y1: float, x2: float, y2: float, css: str) -> str:
    """A straight line."""
    return f'<line x1="{pixels(x1)}" y1="{pixels(y1)}" x2="{pixels(x2)}" y2="{pixels(y2)}" class="{css}"/>'


def rect(x: float, y: float, width: float, height: float, css: str) -> str:
    """A rectangle by its top left corner."""
    return f'<rect x="{pixels(x)}" y="{pixels(y)}" width="{pixels(width)}" height="{pixels(height)}" class="{css}"/>'


def hatched(x: float, y: float, width: float, height: float) -> str:
    """A rectangle hatched for "not held"; the page holds the pattern (`HATCH_DEFINITION`)."""
    return rect(x, y, width, height, "area-none")


def circle(x: float, y: float, radius: float, css: str) -> str:
    """A disc or a ring, as its class says."""
    return f'<circle cx="{pixels(x)}" cy="{pixels(y)}" r="{radius:g}" class="{css}"/>'


def outlined(dots: Dots, *, closed: bool = True) -> str:
    """The `d` of a path through the dots; empty where there is no dot.

    Each step is told from the dot before, both to a tenth of a pixel: half as long as places, and rounding does not add up.
    """
    places = [(round(x * 10), round(y * 10)) for x, y in dots]
    if not places:
        return ""
    moves = [(x - a, y - b) for (a, b), (x, y) in zip(places, places[1:], strict=False)]
    start, *steps = (f"{x / 10:g} {y / 10:g}".replace(" -", "-") for x, y in (places[0], *moves))
    followed = f"l{' '.join(steps)}".replace(" -", "-") if steps else ""
    return f"M{start}{followed}{'Z' if closed else ''}"


def path(dots: Dots, css: str, *, closed: bool = False) -> str:
    """Straight lines from dot to dot; nothing at all where there is no dot."""
    steps = outlined(dots, closed=closed)
    return f'<path d="{steps}" class="{css}"/>' if steps else ""


def text_width(words: str, css: str = "t") -> float:
    """How wide the text will be at most, in pixels: 0.55 of its size a character, 0.58 in bold, 0.9 for a percent sign."""
    classes = css.split()
    size = SMALL_TYPE if "s" in classes else TYPE
    bold = any(c in classes for c in ("b", "blue", "inv"))
    em_per_character = 0.58 if bold else 0.55
    return size * (len(words) * em_per_character + words.count("%") * (0.9 - em_per_character))


def shortened(words: str, width: float, css: str = "t") -> str:
    """The text, or as many whole words of it as fit the width, ending in an ellipsis."""
    if text_width(words, css) <= width:
        return words
    fitting = words.split(" ")
    while len(fitting) > 1 and text_width(" ".join(fitting) + " …", css) > width:
        fitting.pop()
    return " ".join(fitting) + " …"


def wrapped(words: str, width: float, css: str = "t") -> tuple[str, ...]:
    """The text broken between words into lines that fit the width (a single longer word stays whole)."""
    lines: list[str] = []
    for word in words.split():
        if lines and text_width(f"{lines[-1]} {word}", css) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return tuple(lines)


@dataclass(frozen=True)
class Box:
    """The space a mark or a line of text takes, in pixels from the top left."""

    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: "Box") -> bool:
        """Whether the two share any area."""
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom


def text_box(x: float, y: float, words: str, css: str = "t", anchor: str = "start") -> Box:
    """The space that a line of text takes; (x, y) is its baseline at the anchor."""
    width, size = text_width(words, css), SMALL_TYPE if "s" in css.split() else TYPE
    left = x - {"start": 0.0, "middle": width / 2, "end": width}[anchor]
    return Box(left, y - 0.76 * size, left + width, y + 0.22 * size)


class Canvas:
    """A drawing of one width while it is made: elements by layer, and where its texts stand."""

    def __init__(self, width: int, height: float) -> None:
        self.width = width
        self.height = height
        self._layers: Mapping[str, list[str]] = {name: [] for name in LAYERS}
        self._taken: list[Box] = []

    def add(self, layer: str, *elements: str) -> None:
        """Paint elements in a layer, after those already there."""
        self._layers[layer].extend(e for e in elements if e)

    def text(self, x: float, y: float, words: str, css: str = "t", anchor: str = "start") -> None:
        """Write one line of text; its place is then taken. Nothing is written for an empty string."""
        if not words:
            return
        self._taken.append(text_box(x, y, words, css, anchor))
        aligned = "" if anchor == "start" else f' text-anchor="{anchor}"'
        self.add("label", f'<text x="{pixels(x)}" y="{pixels(y)}" class="{css}"{aligned}>{escaped(words)}</text>')

    def keep_text(self, x: float, y: float, words: str, css: str = "t") -> None:
        """Keep the room of a text that is written in more than one weight."""
        self._taken.append(text_box(x, y, words, css))

    def take(self, *boxes: Box) -> None:
        """Keep room that later labels must leave free."""
        self._taken.extend(boxes)

    def is_free(self, box: Box) -> bool:
        """Whether the box lies inside the drawing and off everything already placed."""
        inside = box.left >= -0.5 and box.right <= self.width + 0.5 and box.top >= -0.5 and box.bottom <= self.height + 0.5
        return inside and not any(box.overlaps(other) for other in self._taken)

    def place(self, places: Sequence[tuple[float, float, str]], words: str, css: str = "t") -> bool:
        """Write the text at the first (x, y, anchor) that is free; False, and nothing written, where none is."""
        for x, y, anchor in places:
            if self.is_free(text_box(x, y, words, css, anchor)):
                self.text(x, y, words, css, anchor)
                return True
        return False

    def svg(self, label: str, *, is_member: bool = True) -> str:
        """The whole drawing.

        Args:
            label: the facts of the picture in words, for a reader who cannot see it.
            is_member: whether it is one of a set of widths the stylesheet chooses from.
        """
        data = f' data-w="{self.width}"' if is_member else ""
        view = f"0 0 {self.width} {self.height:g}"
        body = "".join(element for layer in LAYERS for element in self._layers[layer])
        return f'<svg viewBox="{view}"{data} role="img" aria-label="{escaped(label)}">{body}</svg>'
