"""Layout of charts made of rows: name left of the mark, or above it on narrow screens, all marks on one scale."""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.charts.svg import MIDDLE, Canvas, line, shortened, text_width, wrapped

NARROW_UNDER = 500
HEADING = 30.0
"""Height of a group's heading."""
NAME_LEADING, MOST_NAME_LINES = 13.0, 2


@dataclass(frozen=True)
class Pitch:
    """How high a row is: on wide drawings, and on narrow ones with the name above the mark."""

    wide: float
    narrow: float
    head: float = 22.0
    foot: float = 8.0


@dataclass(frozen=True)
class Rows:
    """Where each row of a drawing stands. `tops` holds the top of every slot, headings among them."""

    width: int
    pitch: Pitch
    tops: tuple[float, ...]
    height: float
    is_narrow: bool
    """Whether names stand above their marks."""

    def middle(self, slot: int) -> float:
        """The middle of the mark in a slot."""
        return self.tops[slot] + (self.pitch.narrow - 10 if self.is_narrow else self.pitch.wide / 2)

    def baseline(self, slot: int) -> float:
        """The baseline of the name in a slot."""
        return self.tops[slot] + 22 if self.is_narrow else self.middle(slot) + MIDDLE


def lay_out_rows(width: int, pitch: Pitch, slots: Sequence[bool], *, always_beside: bool = False) -> Rows:
    """The drawing's rows; `slots` says of each whether it is a group's heading.

    `always_beside` keeps names beside their marks on narrow drawings too.
    """
    is_narrow = width < NARROW_UNDER and not always_beside
    row_height = pitch.narrow if is_narrow else pitch.wide
    tops, y = [], pitch.head
    for is_heading in slots:
        tops.append(y)
        y += HEADING if is_heading else row_height
    return Rows(width, pitch, tuple(tops), y + pitch.foot, is_narrow)


def left_of_scale(rows: Rows, names: Sequence[str], css: str = "t", *, share: float = 0.36) -> float:
    """Where the scale starts: right of the longest name, but not beyond a share of the drawing; 0 when narrow."""
    if rows.is_narrow:
        return 0.0
    return round(min(max((text_width(n, css) for n in names), default=0.0) + 16, rows.width * share))


def name_row(canvas: Canvas, rows: Rows, slot: int, name: str, css: str, room: float) -> None:
    """Write a row's name: smaller and on two lines where it is longer than its room, cut only where rows are too low."""
    write_name(canvas, rows, rows.baseline(slot), name, css, room - 6)


def write_name(canvas: Canvas, rows: Rows, baseline: float, name: str, css: str, room: float) -> None:
    """Write a row's name with its last line at a given baseline, for rows of unusual height."""
    if text_width(name, css) <= room:
        canvas.text(0, baseline, name, css)
        return
    small = css if "s" in css.split() else f"{css} s"
    lines = wrapped(name, room, small)
    pitch = rows.pitch.narrow if rows.is_narrow else rows.pitch.wide
    if len(lines) * NAME_LEADING > pitch or len(lines) > MOST_NAME_LINES or any(text_width(x, small) > room for x in lines):
        canvas.text(0, baseline, shortened(name, room, css), css)
        return
    # Narrow rows have their mark below the name, so it grows upwards; beside a mark it grows both ways.
    lift = (len(lines) - 1) * NAME_LEADING * (1 if rows.is_narrow else 0.5)
    for i, words in enumerate(lines):
        canvas.text(0, baseline - lift + i * NAME_LEADING, words, small)


def value_at_right(canvas: Canvas, rows: Rows, slot: int, words: str, css: str) -> None:
    """Write the row's value at the right edge, on the line of its name."""
    canvas.text(rows.width, rows.baseline(slot), words, css, "end")


def draw_columns(canvas: Canvas, rows: Rows, columns: Sequence[tuple[float, str, str]]) -> None:
    """Draw upright lines with words over them, given as (x, words, class of the line).

    The most needed comes first: words that would cover others are left out.
    """
    head, width = rows.pitch.head, float(rows.width)
    for x, words, css in columns:
        canvas.add("grid", line(x, head, x, rows.height, css))
        half = text_width(words, "t q s") / 2
        anchor, at = ("start", max(x, 0.0)) if x < half else ("end", width) if x + half > width else ("middle", x)
        canvas.place([(at, head - 8, anchor)], words, "t q s")
