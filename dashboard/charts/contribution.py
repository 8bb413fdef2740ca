"""What each borough adds to London's change: bars from zero, the one chart sorted by size."""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.charts.svg import Canvas, line, rect, text_width
from etl.core.written import signed

WIDTHS = (1160, 860, 560, 340)
TWO_PANELS_FROM, BETWEEN = 700, 40.0
PITCH, HEAD, BAR = 20.0, 24.0, 12.0
MORE_ROOM = 44.0


@dataclass(frozen=True)
class Contribution:
    """One borough's change in count, with its limits where they were worked out; `name` short enough for a tile."""

    name: str
    change: float
    lower: float | None = None
    upper: float | None = None

    @property
    def reach(self) -> tuple[float, float]:
        """How far left and right of zero the row's marks go: the bar and its interval."""
        ends = [v for v in (0.0, self.change, self.lower, self.upper) if v is not None]
        return min(ends), max(ends)


@dataclass(frozen=True)
class _Panel:
    """One column of bars: its left edge, where zero stands, and pixels to one offence."""

    left: float
    zero: float
    scale: float


def contribution(rows: Sequence[Contribution], width: int, *, label: str | None = None) -> str:
    """SVG of bars with intervals: falls solid to the left, rises hollow to the right; two panels where there is room.

    Args:
        rows: in any order; drawn from the largest fall to the largest rise.
        width: 1160, 860, 560 or 340.
        label: the facts in words, made from the rows unless given.
    """
    ordered = sorted(rows, key=lambda r: (r.change, r.name))
    panels = 2 if width >= TWO_PANELS_FROM else 1
    rows_per_panel = -(-len(ordered) // panels)
    canvas = Canvas(width, HEAD + PITCH * rows_per_panel)
    across = (width - BETWEEN * (panels - 1)) / panels
    for number in range(panels):
        part = ordered[number * rows_per_panel : (number + 1) * rows_per_panel]
        panel = _panel(ordered, number * (across + BETWEEN), across)
        canvas.add("grid", line(panel.zero, 14, panel.zero, canvas.height, "axis"))
        canvas.text(panel.zero - 7, 13, "fewer", "t q s", "end")
        canvas.text(panel.zero + 7, 13, "more", "t q s")
        for i, row in enumerate(part):
            _bar(canvas, panel, row, HEAD + 4 + i * PITCH)
    return canvas.svg(label or alt_text(ordered))


def contribution_set(rows: Sequence[Contribution], *, label: str | None = None) -> tuple[str, ...]:
    """The same chart at 1160, 860, 560 and 340 px."""
    return tuple(contribution(rows, width, label=label) for width in WIDTHS)


def alt_text(rows: Sequence[Contribution]) -> str:
    """Text alternative: every borough's change, in the order drawn."""
    return f"Bars: change in count by borough. {', '.join(f'{r.name} {signed(r.change)}' for r in rows)}"


def _panel(rows: Sequence[Contribution], left: float, across: float) -> _Panel:
    """The same scale in every panel, with room for names on the left and for the value at each bar's end."""
    names = max((text_width(r.name, "t s") for r in rows), default=0) + 10
    fall = max((-r.reach[0] for r in rows), default=0.0)
    rise = max((r.reach[1] for r in rows), default=0.0)
    number = max((text_width(signed(r.change), "t s q") for r in rows), default=0) + 8
    low_room = number if fall else 42.0
    high_room = max(number if rise else 0.0, MORE_ROOM)
    scale = max(across - names - low_room - high_room, 1.0) / ((fall + rise) or 1)
    return _Panel(left, left + names + low_room + fall * scale, scale)


def _bar(canvas: Canvas, panel: _Panel, row: Contribution, top: float) -> None:
    canvas.text(panel.left, top + 10, row.name, "t s")
    low, high = row.reach
    length = abs(row.change) * panel.scale
    middle = top + BAR / 2
    if row.change < 0:
        canvas.add("line", rect(panel.zero - length, top, length, BAR, "bar"))
        canvas.text(panel.zero + low * panel.scale - 6, top + 10, signed(row.change), "t s q", "end")
    else:
        if length:
            canvas.add("line", rect(panel.zero, top, length, BAR, "bar-2"))
        canvas.text(panel.zero + high * panel.scale + 6, top + 10, signed(row.change), "t s q")
    if row.lower is not None and row.upper is not None:
        start, end = panel.zero + row.lower * panel.scale, panel.zero + row.upper * panel.scale
        # A pale strip with an edge: it shows on the white of the page and on the solid of a bar, in print too.
        canvas.add("point", rect(start, middle - 2, max(end - start, 0.0), 4, "bar-quiet"))
