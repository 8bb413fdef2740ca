"""A map of the boroughs, filled by class, north up."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil, cos, radians
from typing import Any

from dashboard.charts.borough_tiles import THREE_LETTERS
from dashboard.charts.svg import MIDDLE, Canvas, outlined, text_width

WIDTHS = (560, 340)
NAMES_FROM = 560
EDGE = 6.0
CLEAR = 5.0
"""Room a name keeps from its borough's border, left and right together."""
CLASSES = ("area-0", "area-1", "area-2")

Ring = tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class BoroughShape:
    """One borough's outline: the outer rings of its parts, as (longitude, latitude)."""

    code: str
    name: str
    rings: tuple[Ring, ...]


def shapes(collection: Mapping[str, Any]) -> tuple[BoroughShape, ...]:
    """The boroughs of a GeoJSON collection whose features carry `code` and `name`.

    Raises:
        KeyError: the collection or a feature lacks what a boundary must have.
    """
    return tuple(
        BoroughShape(feature["properties"]["code"], feature["properties"]["name"], _rings(feature["geometry"]))
        for feature in collection["features"]
    )


def borough_map(
    boroughs: Sequence[BoroughShape],
    classes: Mapping[str, int],
    words: tuple[str, str, str],
    width: int,
    *,
    label: str | None = None,
) -> str:
    """SVG map of the boroughs filled white, pale or blue; a borough without a class is hatched.

    Args:
        boroughs: the outlines.
        classes: code to 0, 1 or 2. A borough with another police force, or with no figure, is left out of it.
        words: what the three classes are called, lowest first; said in the description, and by the page in words.
        width: 560 (with three-letter names inside) or 340.
        label: the facts in words, made from the classes unless given.
    """
    project, height = _projection(boroughs, width)
    canvas = Canvas(width, height)
    for borough in sorted(boroughs, key=lambda b: b.code in classes, reverse=True):
        css = CLASSES[classes[borough.code]] if borough.code in classes else "area-none"
        outline = "".join(outlined([project(*spot) for spot in ring[:-1]]) for ring in borough.rings)
        canvas.add("line", f'<path d="{outline}" class="{css}"/>')
    if width >= NAMES_FROM:
        for borough in boroughs:
            css, name = "t s inv" if classes.get(borough.code) == 2 else "t s", THREE_LETTERS.get(borough.code, "")
            x, y = _name_spot([project(*spot) for spot in max(borough.rings, key=len)], text_width(name, css) + CLEAR)
            canvas.place([(x, y + MIDDLE, "middle")], name, css)
    return canvas.svg(label or alt_text(boroughs, classes, words))


def borough_map_set(
    boroughs: Sequence[BoroughShape], classes: Mapping[str, int], words: tuple[str, str, str], *, label: str | None = None
) -> tuple[str, ...]:
    """The same map at 560 and 340 px."""
    return tuple(borough_map(boroughs, classes, words, width, label=label) for width in WIDTHS)


def alt_text(boroughs: Sequence[BoroughShape], classes: Mapping[str, int], words: tuple[str, str, str]) -> str:
    """Text alternative: which boroughs are in which class, highest class first, A to Z."""
    sentences = []
    for number in (2, 1, 0):
        names = sorted(b.name for b in boroughs if classes.get(b.code) == number)
        if names:
            sentences.append(f"{words[number]}: {', '.join(names)}")
    unclassed = sorted(b.name for b in boroughs if b.code not in classes)
    if unclassed:
        sentences.append(f"No figure: {', '.join(unclassed)}")
    return f"Map of London boroughs. {'. '.join(sentences)}."


class _Projection:
    """Longitude and latitude to pixels; a degree east is shortened as it is at the latitude of London."""

    def __init__(self, west: float, north: float, scale: float, squeeze: float) -> None:
        self._west, self._north, self._scale, self._squeeze = west, north, scale, squeeze

    def __call__(self, longitude: float, latitude: float) -> tuple[float, float]:
        x = EDGE + (longitude - self._west) * self._squeeze * self._scale
        return x, EDGE + (self._north - latitude) * self._scale


def _projection(boroughs: Sequence[BoroughShape], width: int) -> tuple[_Projection, int]:
    spots = [spot for b in boroughs for ring in b.rings for spot in ring]
    west, east = min(s[0] for s in spots), max(s[0] for s in spots)
    south, north = min(s[1] for s in spots), max(s[1] for s in spots)
    squeeze = cos(radians((south + north) / 2))
    scale = (width - 2 * EDGE) / ((east - west) * squeeze)
    return _Projection(west, north, scale, squeeze), ceil((north - south) * scale + 2 * EDGE)


def _name_spot(spots: Sequence[tuple[float, float]], width: float) -> tuple[float, float]:
    """Point for the middle of a name of that width inside a ring: on its centre's level, else on a wider one near it."""
    x, y = _centre(spots)
    best = (-1000.0, x, y)
    for away in (0.0, 5.0, -5.0, 10.0, -10.0, 16.0, -16.0, 22.0, -22.0):
        above, below = _inside(spots, y + away - MIDDLE), _inside(spots, y + away + MIDDLE)
        stretches = [(max(a[0], b[0]), min(a[1], b[1])) for a in above for b in below]
        start, end = max(stretches, key=lambda s: s[1] - s[0], default=(x, x))
        name_x = min(max(x, start + width / 2), end - width / 2) if end - start >= width else (start + end) / 2
        if away == 0 and name_x == x and end - start >= 2 * width:
            return x, y
        score = min(end - start, 2 * width) - abs(away) * 0.2 - abs(name_x - x) * 0.2
        best = max(best, (score, name_x, y + away), key=lambda b: b[0])
    return best[1], best[2]


def _inside(spots: Sequence[tuple[float, float]], y: float) -> list[tuple[float, float]]:
    """The stretches (from x to x) of the level y that lie inside a ring."""
    crossed = sorted(
        x1 + (y - y1) / (y2 - y1) * (x2 - x1)
        for (x1, y1), (x2, y2) in zip(spots, (*spots[1:], spots[0]), strict=True)
        if (y1 > y) != (y2 > y)
    )
    return list(zip(crossed[::2], crossed[1::2], strict=True))


def _centre(spots: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """The centre of area of a ring: the mean of its triangles' centres, weighed by their areas."""
    double_area = x = y = 0.0
    for (x1, y1), (x2, y2) in zip(spots, (*spots[1:], spots[0]), strict=True):
        cross = x1 * y2 - x2 * y1
        double_area, x, y = double_area + cross, x + (x1 + x2) * cross, y + (y1 + y2) * cross
    return x / (3 * double_area), y / (3 * double_area)


def _rings(geometry: Mapping[str, Any]) -> tuple[Ring, ...]:
    parts = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    return tuple(tuple((float(x), float(y)) for x, y, *_ in part[0]) for part in parts)
