"""Reliability diagram: how likely a thing was called, beside how often it then came true."""

from dataclasses import dataclass

from dashboard.charts.scale import Linear, tick_texts
from dashboard.charts.svg import MIDDLE, Box, Canvas, circle, line, path, pixels, text_width

SIZES = {560: 320, 340: 270}
TOP, UNDER, LEFT, RIGHT = 14.0, 46.0, 44.0, 12.0
TICKS = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
SQUARE = 3.6


@dataclass(frozen=True)
class Tenth:
    """Forecasts of one tenth of probability in one kind of place: their mean, the share that came true, and how many."""

    forecast: float
    came: float
    windows: int


@dataclass(frozen=True)
class Reliability:
    """Everything in the picture: the tenths counted against the aim, those too few for it, and how far off the aim allows."""

    name: str
    counted: tuple[Tenth, ...]
    too_few: tuple[Tenth, ...]
    other_name: str
    other: tuple[Tenth, ...]
    allowed: float


def reliability(data: Reliability, width: int, *, label: str | None = None) -> str:
    """SVG of what came true against what was forecast, in a band round the diagonal on which the two agree.

    A disc is a tenth that counts, a ring one with too few windows, a square one of the other kind of place.

    Args:
        data: tenths and words.
        width: 560 or 340.
        label: the facts in words, made from the tenths unless given.
    """
    height = SIZES[width]
    canvas, base = Canvas(width, height), float(height - UNDER)
    x, y = Linear((0.0, 1.0), (LEFT, width - RIGHT)), Linear((0.0, 1.0), (base, TOP))
    _axes(canvas, x, y)
    _band(canvas, x, y, data.allowed)
    for tenth in (*data.counted, *data.too_few, *data.other):
        at, up = x(tenth.forecast), y(tenth.came)
        canvas.take(Box(at - 6, up - 6, at + 6, up + 6))
    for tenth in data.other:
        canvas.add("point", _square(x(tenth.forecast), y(tenth.came)))
    for tenths, css in ((data.too_few, "dot-hollow-blue"), (data.counted, "dot-blue")):
        canvas.add("point", *(circle(x(t.forecast), y(t.came), 5, css) for t in tenths))
    return canvas.svg(label or alt_text(data))


def reliability_set(data: Reliability, *, label: str | None = None) -> tuple[str, ...]:
    """The same chart at 560 and 340 px."""
    return tuple(reliability(data, width, label=label) for width in SIZES)


def alt_text(data: Reliability) -> str:
    """Text alternative: of each tenth that counts what was forecast and what came, "forecast 85%, came true 81%"."""
    parts = [f"forecast {t.forecast:.0%}, came true {t.came:.0%} ({t.windows:,})" for t in data.counted]
    return f"{data.name}: {'; '.join(parts)}." if parts else f"{data.name}: too few windows in every tenth."


def _axes(canvas: Canvas, x: Linear, y: Linear) -> None:
    (left, right), (base, _) = x.pixels, y.pixels
    for tick, words in zip(TICKS, tick_texts(TICKS, is_percentage=True), strict=True):
        canvas.add("grid", line(left, y(tick), right, y(tick), "axis" if tick == 0 else "grid"))
        canvas.text(left - 6, y(tick) + MIDDLE, words, "t q", "end")
        half = text_width(words, "t q") / 2
        canvas.text(min(x(tick), canvas.width - half), base + 18, words, "t q", "middle")
    canvas.text((left + right) / 2, base + 40, "forecast to last", "t q", "middle")
    canvas.place([(left + 6, TOP + 10, "start")], "lasted", "t q")


def _band(canvas: Canvas, x: Linear, y: Linear, allowed: float) -> None:
    upper = [(0.0, allowed), (1 - allowed, 1.0), (1.0, 1.0)]
    lower = [(1.0, 1 - allowed), (allowed, 0.0), (0.0, 0.0)]
    canvas.add("band", path([(x(a), y(b)) for a, b in (*upper, *lower)], "band", closed=True))
    canvas.add("band", line(x(0), y(allowed), x(1 - allowed), y(1), "band-edge"))
    canvas.add("band", line(x(allowed), y(0), x(1), y(1 - allowed), "band-edge"))
    canvas.add("centre", line(x(0), y(0), x(1), y(1), "centre"))


def _square(x: float, y: float) -> str:
    corner = f'x="{pixels(x - SQUARE)}" y="{pixels(y - SQUARE)}"'
    return f'<rect {corner} width="{pixels(2 * SQUARE)}" height="{pixels(2 * SQUARE)}" class="m"/>'
