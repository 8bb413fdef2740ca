"""Labels along the top of a chart, each at the mark it names, moved aside or down until none covers another."""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.charts.svg import LINE_HEIGHT, Box, Canvas, text_width

GAP = 6.0


@dataclass(frozen=True)
class HeadingOption:
    """One way to write a heading: lines of (words, class) from top to bottom, aligned at x."""

    x: float
    anchor: str
    lines: tuple[tuple[str, str], ...]

    def extent(self) -> tuple[float, float]:
        """Leftmost and rightmost pixel."""
        width = max(text_width(words, css) for words, css in self.lines)
        left = self.x - {"start": 0.0, "middle": width / 2, "end": width}[self.anchor]
        return left, left + width


@dataclass(frozen=True)
class Heading:
    """One label and the ways to write it, best first; one that is not needed is left out when the first row is full."""

    options: tuple[HeadingOption, ...]
    is_needed: bool = True


@dataclass(frozen=True)
class PlacedHeading:
    """A heading as it will be written: which option, and the row its first line stands in, from 0."""

    option: HeadingOption
    row: int


def options_beside(x: float, *texts: tuple[tuple[str, str], ...]) -> tuple[HeadingOption, ...]:
    """Options with each text to the right of x, then each to its left."""
    right = tuple(HeadingOption(x + GAP, "start", lines) for lines in texts)
    return right + tuple(HeadingOption(x - GAP, "end", lines) for lines in texts)


def place_headings(headings: Sequence[Heading], left: float, right: float) -> tuple[PlacedHeading, ...]:
    """Each heading with its place: the highest row where one of its options is free, between left and right."""
    occupied: list[Box] = []
    placed: list[PlacedHeading] = []
    for heading in headings:
        heading_place = _first_free(heading, occupied, left, right)
        if heading_place:
            low, high = heading_place.option.extent()
            occupied.append(
                Box(low - GAP / 2, heading_place.row, high + GAP / 2, heading_place.row + len(heading_place.option.lines))
            )
            placed.append(heading_place)
    return tuple(placed)


def rows_used(placed: Sequence[PlacedHeading]) -> int:
    """How many rows of text the headings take."""
    return max((p.row + len(p.option.lines) for p in placed), default=0)


def write_headings(canvas: Canvas, placed: Sequence[PlacedHeading], first_baseline: float) -> None:
    """Write the headings, the first row on the given baseline."""
    for heading in placed:
        for i, (words, css) in enumerate(heading.option.lines):
            y = first_baseline + (heading.row + i) * LINE_HEIGHT
            canvas.text(heading.option.x, y, words, css, heading.option.anchor)


def _first_free(heading: Heading, occupied: Sequence[Box], left: float, right: float) -> PlacedHeading | None:
    fitting = [o for o in heading.options if o.extent()[0] >= left and o.extent()[1] <= right]
    for row in range(8 if heading.is_needed else 1):
        for option in fitting:
            low, high = option.extent()
            room = Box(low - GAP / 2, row, high + GAP / 2, row + len(option.lines))
            if not any(room.overlaps(box) for box in occupied):
                return PlacedHeading(option, row)
    return None
