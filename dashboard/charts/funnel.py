"""Funnel plot: boroughs by size and rate, with the limits that chance and ordinary differences allow."""

from dataclasses import dataclass

from dashboard.charts.scale import Axis, Linear, tick_texts, ticks_between, value_axis
from dashboard.charts.svg import MIDDLE, Box, Canvas, circle, line, path, text_width

SIZES = {560: 380, 340: 330}
TOP, UNDER, RIGHT = 20.0, 44.0, 20.0
STEPS = (10_000, 20_000, 25_000, 50_000, 100_000, 200_000, 250_000, 500_000, 1_000_000)


@dataclass(frozen=True)
class FunnelPoint:
    """One borough: its size (residents), its rate, whether it lies beyond the 95% limits, whether to name it anyway."""

    name: str
    size: float
    rate: float
    is_beyond: bool
    is_named: bool = False


@dataclass(frozen=True)
class FunnelLimit:
    """The limits at one size, in the rate's unit."""

    size: float
    lower_95: float
    upper_95: float
    lower_998: float
    upper_998: float


@dataclass(frozen=True)
class Funnel:
    """Everything in the picture. `limits` run over the sizes, smallest first; `size_words` names the x axis."""

    points: tuple[FunnelPoint, ...]
    limits: tuple[FunnelLimit, ...]
    centre: float
    centre_words: str
    size_words: str
    decimals: int = 1


def funnel(data: Funnel, width: int, *, label: str | None = None) -> str:
    """SVG of dots against limits: 95% dashed, 99.8% solid, the centre a line; every dot beyond 95% is named.

    Args:
        data: points, limits and words.
        width: 560 or 340.
        label: the facts in words, made from the points unless given.
    """
    height = SIZES[width]
    canvas, aria_label = Canvas(width, height), label or alt_text(data)
    if not data.points or not data.limits:
        canvas.text(width / 2, height / 2, "No figure is held", "t q", "middle")
        return canvas.svg(aria_label)
    rates = [p.rate for p in data.points] + [v for f in data.limits for v in (f.lower_998, f.upper_998)]
    axis = value_axis([max(r, 0.0) for r in rates], is_whole=False)
    texts = tick_texts(axis.ticks)
    left = max(34.0, max(text_width(t) for t in texts) + 8)
    base = height - UNDER
    y = Linear((axis.low, axis.high), (base, TOP))
    sizes = [p.size for p in data.points]
    room = (max(sizes) - min(sizes) or max(sizes)) * 0.06
    x = Linear((min(sizes) - room, max(sizes) + room), (left, width - RIGHT))
    _axes(canvas, data, axis, (x, y), texts)
    _limits(canvas, data, axis, (x, y))
    _dots(canvas, data, (x, y))
    return canvas.svg(aria_label)


def funnel_set(data: Funnel, *, label: str | None = None) -> tuple[str, ...]:
    """The same chart at 560 and 340 px."""
    return tuple(funnel(data, width, label=label) for width in SIZES)


def alt_text(data: Funnel) -> str:
    """Text alternative: how many boroughs there are and which lie beyond the limits."""
    beyond = [f"{p.name} {p.rate:,.{data.decimals}f}" for p in data.points if p.is_beyond]
    verdict = f"beyond the 95% limits: {', '.join(beyond)}" if beyond else "none lies beyond the 95% limits"
    return f"Funnel plot of {len(data.points)} boroughs around {data.centre_words}; {verdict}."


def _axes(canvas: Canvas, data: Funnel, axis: Axis, scales: tuple[Linear, Linear], texts: tuple[str, ...]) -> None:
    x, y = scales
    left, right = x.pixels
    base = y.pixels[0]
    for value, words in zip(axis.ticks, texts, strict=True):
        if value != axis.low:
            canvas.add("grid", line(left, y(value), right, y(value), "grid"))
        canvas.text(left - 6, y(value) + MIDDLE, words, "t q", "end")
    canvas.add("grid", line(left, base, right, base, "axis" if axis.starts_at_zero else "grid"))
    step = next((s for s in STEPS if x(s) - x(0) >= (60 if canvas.width >= 500 else 44)), STEPS[-1])
    ticks = ticks_between(*x.domain, step)
    for i, size in enumerate(ticks):
        canvas.add("grid", line(x(size), base, x(size), base + 5, "axis"))
        full, short = f"{size:,.0f}", f"{size / 1000:,.0f}"
        tight = x(step) - x(0) < text_width("100,000") + 10
        words = short if tight and 0 < i < len(ticks) - 1 else full
        half = text_width(words) / 2
        at = min(max(x(size), half), canvas.width - half)
        canvas.place([(at, base + 18, "middle")], words, "t q")
    canvas.text((left + right) / 2, base + 40, data.size_words, "t q", "middle")


def _limits(canvas: Canvas, data: Funnel, axis: Axis, scales: tuple[Linear, Linear]) -> None:
    x, y = scales
    (low, high), right = x.domain, x.pixels[1]
    limits_in_window = [f for f in data.limits if low <= f.size <= high]
    for name, css in (("lower_95", "limit-2"), ("upper_95", "limit-2"), ("lower_998", "limit"), ("upper_998", "limit")):
        spots = [(x(f.size), y(max(getattr(f, name), axis.low))) for f in limits_in_window]
        canvas.add("band", path(spots, css))
    canvas.add("centre", line(x.pixels[0], y(data.centre), right, y(data.centre), "axis"))
    canvas.take(Box(0, 0, x.pixels[0] - 1, y.pixels[0] + 4))
    for p in data.points:
        reach = 5 if p.is_beyond else 4
        canvas.take(Box(x(p.size) - reach, y(p.rate) - reach, x(p.size) + reach, y(p.rate) + reach))
    start = x.pixels[0] + 3
    end = right
    centre = [(start, y(data.centre) - 6, "start"), (end, y(data.centre) - 6, "end"), (start, y(data.centre) + 15, "start")]
    canvas.place([*centre, (end, y(data.centre) + 15, "end")], data.centre_words, "t halo")


def _dots(canvas: Canvas, data: Funnel, scales: tuple[Linear, Linear]) -> None:
    x, y = scales
    for p in data.points:
        reach, css = (5, "dot-blue") if p.is_beyond else (4, "dot-other")
        canvas.add("point", circle(x(p.size), y(p.rate), reach, css))
    for p in sorted(data.points, key=lambda p: not p.is_beyond):
        if p.is_beyond or p.is_named:
            _name(canvas, p, x(p.size), y(p.rate))
    limits_in_window = [f for f in data.limits if x.domain[0] <= f.size <= x.domain[1]]
    order = sorted(limits_in_window, key=lambda f: abs(f.size - (0.3 * x.domain[0] + 0.7 * x.domain[1])))
    canvas.place([(x(f.size), y(f.upper_998) - 7, "middle") for f in order], "99.8% limit", "t q s halo")


def _name(canvas: Canvas, point: FunnelPoint, x: float, y: float) -> None:
    """The name at the first free place round its dot; where none is free the description still tells it."""
    css = "t b halo" if point.is_beyond else "t q halo"
    round_it = [
        (x + 9, y + 5, "start"), (x - 9, y + 5, "end"), (x + 7, y - 7, "start"), (x - 7, y - 7, "end"),
        (x + 7, y + 16, "start"), (x - 7, y + 16, "end"), (x, y - 10, "middle"), (x, y + 20, "middle"),
    ]  # fmt: skip
    farther = [
        (x + 12, y - 20, "start"), (x - 12, y - 20, "end"), (x + 12, y + 28, "start"), (x - 12, y + 28, "end"),
        (x + 12, y - 34, "start"), (x - 12, y - 34, "end"), (x + 12, y + 42, "start"), (x - 12, y + 42, "end"),
    ]  # fmt: skip
    canvas.place(round_it + farther if point.is_beyond else round_it, point.name, css)
