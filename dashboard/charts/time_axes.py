"""The frame of a chart over time: scales, grid, years, shaded months, breaks and the label at a line's end."""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.charts.headings import Heading, HeadingOption, options_beside
from dashboard.charts.period_dots import AWAITED, COVID, Hole, hole_words, nearest_month_start
from dashboard.charts.scale import Axis, Linear, tick_texts
from dashboard.charts.svg import LINE_HEIGHT, MIDDLE, TYPE, Box, Canvas, line, rect, text_box, text_width
from dashboard.charts.verdict_shapes import square
from dashboard.figures.records import Break
from etl.core.period import number_of_date
from etl.core.written import MONTHS, day

UNDER = 26
"""Room under the base line for the years."""
LONGEST_UNNAMED_HOLE = 2
LONGEST_BREAK_WORDS = 26
KINDS = {
    "system": "recording changed",
    "definition": "definition changed",
    "boundary": "boundary changed",
    "behaviour": "behaviour changed",
    "collection": "collection changed",
}
"""A break in two words, by the kind that the table of breaks gives it."""
CUTTING = ("restart", "do_not_compare")
WORD, BOLD = "t q", "t q b"


@dataclass(frozen=True)
class Frame:
    """Where the drawing's axes lie, in pixels. `first` and `after` bound the time shown, in months since year 0.

    `head` is the top of the shaded and dashed marks, `top` that of the values: headings stand between the two.
    """

    left: float
    right: float
    head: float
    top: float
    base: float
    first: float
    after: float
    axis: Axis

    @property
    def x(self) -> Linear:
        """Months since year 0 to pixels."""
        return Linear((self.first, self.after), (self.left, self.right))

    @property
    def y(self) -> Linear:
        """Values to pixels, upwards."""
        return Linear((self.axis.low, self.axis.high), (self.base, self.top))


def left_margin(ticks: Sequence[str]) -> float:
    """Room for the y axis: the widest tick and 6 px before the plot, 28 px at least."""
    return max(28.0, round(max(text_width(t) for t in ticks) + 8))


def draw_values(canvas: Canvas, frame: Frame, *, is_percentage: bool) -> None:
    """The grid with its ticks, and the base line: solid where it means zero, dotted where it does not."""
    texts = tick_texts(frame.axis.ticks, is_percentage=is_percentage)
    for value, words in zip(frame.axis.ticks, texts, strict=True):
        y = frame.y(value)
        if value != frame.axis.low or not frame.axis.starts_at_zero:
            canvas.add("grid", line(frame.left, y, frame.right, y, "grid"))
        canvas.text(frame.left - 6, y + MIDDLE, words, WORD, "end")
    css = "axis" if frame.axis.starts_at_zero else "grid"
    canvas.add("grid", line(frame.left, frame.base, frame.right, frame.base, css))


def draw_years(canvas: Canvas, frame: Frame) -> None:
    """A tick at every January and the years centred under their months, short or spaced out where there is no room."""
    first_year, last_year = int(frame.first // 12), int((frame.after - 0.001) // 12)
    across = frame.x(12) - frame.x(0)
    short = across < text_width("2024") + 6
    interval = 1 if not short or across >= text_width("’24") + 4 else 2 if across * 2 >= text_width("’24") + 4 else 5
    for year in range(first_year, last_year + 1):
        start, end = frame.x(max(year * 12, frame.first)), frame.x(min(year * 12 + 12, frame.after))
        if year * 12 > frame.first:
            canvas.add("grid", line(start, frame.base, start, frame.base + 6, "axis"))
        if (last_year - year) % interval:
            continue
        for words in (f"{year}", f"’{year % 100:02d}")[short:]:
            if text_width(words) <= (end - start) * interval + 2:
                canvas.place([((start + end) / 2, frame.base + 18, "middle")], words, WORD)
                break


def draw_shade(canvas: Canvas, frame: Frame, start: float, end: float) -> None:
    """Grey behind the months from start to end that lie in the window."""
    low, high = max(start, frame.first), min(end, frame.after)
    if high > low:
        canvas.add("shade", rect(frame.x(low), frame.head, frame.x(high) - frame.x(low), frame.base - frame.head, "shade"))


def draw_break(canvas: Canvas, frame: Frame, item: Break) -> None:
    """A dashed line at the nearest month's start, with a square where it meets the axis."""
    x = frame.x(nearest_month_start(item.start))
    canvas.add("break", line(x, frame.head, x, frame.base, "break"), square(x, frame.base, 4.05))


def covid_span() -> tuple[float, float]:
    """The months March 2020 to June 2021, in months since year 0."""
    start, end = COVID
    return float(number_of_date(start)), float(number_of_date(end) + 1)


def covid_heading(frame: Frame, *, is_left_out: bool) -> Heading | None:
    """The name over the months of Covid, or None outside the window."""
    start, end = covid_span()
    low, high = max(start, frame.first), min(end, frame.after)
    if high <= low:
        return None
    lines = (("Covid", BOLD), ("left out", WORD)) if is_left_out else (("Covid", BOLD),)
    return _heading_over(frame, low, high, lines)


def hole_heading(frame: Frame, hole: Hole) -> Heading:
    """The heading of a shaded gap, over its middle or beside it; of one at the end of the line, on from where it begins."""
    if hole.status == AWAITED:
        return Heading(options_beside(frame.x(max(hole.start, frame.first)), ((hole_words(hole.status), WORD),)))
    return _heading_over(frame, max(hole.start, frame.first), min(hole.end, frame.after), ((hole_words(hole.status), WORD),))


def break_heading(frame: Frame, item: Break) -> Heading:
    """The heading of a break: its date and words in two lines, or the month alone where there is no room."""
    css, bold = "t pink halo", "t pink b halo"
    month = f"{MONTHS[item.start.month - 1]} {item.start.year}"
    short = f"{MONTHS[item.start.month - 1][:3]} {item.start.year}"
    full = month if item.start.day == 1 else day(item.start)
    words = break_words(item)
    texts = tuple(((when, bold), (words, css)) for when in dict.fromkeys((full, short)))
    return Heading(options_beside(frame.x(nearest_month_start(item.start)), *texts, ((short, bold),)))


def break_words(item: Break) -> str:
    """The break in a few words: its label, its own words where few, else the kind of change; the page tells the whole."""
    words = item.short or item.what.rstrip(".")
    return words if len(words) <= LONGEST_BREAK_WORDS else KINDS.get(item.kind, "series changed")


def name_break_where_free(canvas: Canvas, frame: Frame, item: Break) -> bool:
    """The two lines of a break on a small chart, where the drawn line leaves room; False where it leaves none."""
    short = f"{MONTHS[item.start.month - 1][:3]} {item.start.year}"
    texts = ((short, "t pink b halo"), (break_words(item), "t pink halo"))
    x = frame.x(nearest_month_start(item.start))
    for y in range(int(frame.head) + 2, int(frame.base) - 20, 8):
        for at, anchor in ((x + 6, "start"), (x - 6, "end")):
            spots = tuple((at, y + i * LINE_HEIGHT) for i in range(2))
            if all(canvas.is_free(text_box(*spot, *text, anchor)) for spot, text in zip(spots, texts, strict=True)):
                for spot, text in zip(spots, texts, strict=True):
                    canvas.text(*spot, *text, anchor)
                return True
    return False


def marked_breaks(breaks: Sequence[Break], frame: Frame) -> tuple[Break, ...]:
    """The breaks drawn as lines: those that start inside the window and have no end, one for each month.

    Where two fall in one month, the one after which nothing can be compared stands for both. Stretches with an end
    are told in words, or shaded.
    """
    break_by_month: dict[int, Break] = {}
    for item in breaks:
        at = nearest_month_start(item.start)
        if item.end is None and frame.first < at < frame.after and (at not in break_by_month or item.treatment in CUTTING):
            break_by_month[at] = item
    return tuple(break_by_month[at] for at in sorted(break_by_month))


def end_label(canvas: Canvas, x: float, y: float, value: str, when: str, *, floor: float) -> None:
    """The value in bold and the month under it in grey, 9 px to the right of a line's last point."""
    baseline = min(y + MIDDLE, floor - 18)
    canvas.text(x + 9, baseline, value, "t b halo")
    canvas.text(x + 9, baseline + 15.5, when, "t q s halo")


def end_room(value: str, when: str, *, minimum: float) -> float:
    """Pixels to leave to the right of the plot for the label at a line's end."""
    return max(minimum, 9 + max(text_width(value, "t b"), text_width(when, "t q s")) + 2)


def line_boxes(spots: Sequence[tuple[float, float]]) -> tuple[Box, ...]:
    """Room that a drawn line takes, so labels keep off it."""
    return tuple(
        Box(min(a[0], b[0]) - 1, min(a[1], b[1]) - 3, max(a[0], b[0]) + 1, max(a[1], b[1]) + 3)
        for a, b in zip(spots, spots[1:], strict=False)
    )


def spread_labels(middles: Sequence[float], heights: Sequence[float], low: float, high: float) -> tuple[float, ...]:
    """Middles for labels stacked beside line ends: as near as possible to those wanted, none covering another.

    Args:
        middles: the middle of each label, top to bottom.
        heights: how high each label is.
        low: the top of the room.
        high: its bottom.
    """
    placed: list[float] = []
    edge = low
    for y, size in zip(middles, heights, strict=True):
        middle = max(y, edge + size / 2)
        placed.append(middle)
        edge = middle + size / 2
    edge = high
    for i in reversed(range(len(placed))):
        placed[i] = min(placed[i], edge - heights[i] / 2)
        edge = placed[i] - heights[i] / 2
    return tuple(placed)


def _heading_over(frame: Frame, low: float, high: float, lines: tuple[tuple[str, str], ...]) -> Heading:
    start, end = frame.x(low), frame.x(high)
    centred = HeadingOption((start + end) / 2, "middle", lines)
    fits = centred.extent()[1] - centred.extent()[0] <= end - start + TYPE
    right, left = options_beside(end, lines)[0], options_beside(start, lines)[1]
    return Heading((centred,) if fits else (right, left, centred))
