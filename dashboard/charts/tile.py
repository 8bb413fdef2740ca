"""A borough's tile: its line and London's on a ratio scale that all tiles share."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log2

from dashboard.charts.expected import ExpectedMonth
from dashboard.charts.line_in_words import value_words
from dashboard.charts.period_dots import Dot, months_per_step, newest_dot, period_dots, period_middle, unbroken_runs
from dashboard.charts.scale import Linear, Ratio, tick_texts
from dashboard.charts.svg import Canvas, circle, line, path
from dashboard.figures.records import MeasureSeries
from etl.core.period import month_number, year_before
from etl.core.written import in_period

WIDTH, HEIGHT, EDGE = 132, 84, 2.0
MOST_TICKS = 4
POWERS = (0, 1, 2, 3, 4, 5, -1, -2, -3)


@dataclass(frozen=True)
class TileScale:
    """What every tile of a set shares: the ratio scale, its ticks, and the months from first to after."""

    low: float
    high: float
    ticks: tuple[float, ...]
    first: float
    after: float


def tile_scale(all_series: Sequence[MeasureSeries], *, first: str) -> TileScale:
    """The scale shared by all series of the set from the first period on, with ticks at doublings.

    Raises:
        ValueError: no series holds a number above zero, so there is no ratio to draw.
    """
    dots_by_series = [period_dots(s, first=first) for s in all_series]
    values = [d.value for dots in dots_by_series for d in dots if d.value is not None and d.value > 0]
    if not values:
        raise ValueError("no series of the set holds a number above zero")
    low = min(values) * 0.92
    high = max(max(values) * 1.08, low * 2)
    doublings = _round_doublings(low, high)
    every_nth = ceil(len(doublings) / MOST_TICKS) or 1
    half = max(months_per_step(s) for s in all_series) / 2
    months = [d.month for dots in dots_by_series for d in dots]
    return TileScale(low, high, tuple(doublings[::every_nth]), min(months) - half, max(months) + half)


def _round_doublings(low: float, high: float) -> list[float]:
    """The roundest doublings between two values: 500, 1,000, 2,000 rather than 512, 1,024, 2,048."""
    candidates = []
    for power in POWERS:
        base = 10.0**power
        steps = range(ceil(log2(low / base) + 1e-9), floor(log2(high / base) + 1e-9) + 1)
        candidates.append([base * 2.0**i for i in steps if base * 2.0**i > low])
    return min((f for f in candidates if f), key=_digits, default=[])


def _digits(ticks: Sequence[float]) -> tuple[float, int]:
    """Sort key of a set of ticks: digits per tick without zeros at either end, then the larger set."""
    return sum(len(f"{t:.10g}".replace(".", "").strip("0")) for t in ticks) / len(ticks), -len(ticks)


def tile(
    series: MeasureSeries,
    scale: TileScale,
    *,
    beside: MeasureSeries | None = None,
    expected: Sequence[ExpectedMonth] = (),
    is_named: bool = False,
    label: str | None = None,
) -> str:
    """SVG of one tile, 132 by 84. Zero has no place on a ratio scale: it is drawn at the foot.

    Args:
        series: the borough, blue, with a ring at its newest point.
        scale: shared by the set (`tile_scale`).
        beside: London, thin and grey.
        expected: the range expected of the borough, month by month.
        is_named: write the ticks' values to the left of the tile, where no other tile stands.
        label: the facts in words, made from the series unless given.
    """
    canvas = Canvas(WIDTH, HEIGHT)
    x = Linear((scale.first, scale.after), (0, WIDTH))
    y = Ratio((scale.low, scale.high), (HEIGHT - EDGE, EDGE))
    dots = _dots_in_window(period_dots(series), scale)
    for value, words in zip(scale.ticks, tick_texts(scale.ticks), strict=True):
        canvas.add("grid", line(0, y(value), WIDTH, y(value), "grid"))
        if is_named:
            canvas.text(-4, y(value) + 4, words, "t q s wide-only", "end")
    kind = series.measure.period
    band = [(x(period_middle(m.period, kind)), m) for m in expected if scale.first < period_middle(m.period, kind) < scale.after]
    upper, lower = [(at, y(m.upper)) for at, m in band], [(at, y(m.lower)) for at, m in band]
    if band:
        canvas.add("band", path([*upper, *reversed(lower)], "band", closed=True))
        canvas.add("band", path(upper, "band-edge"), path(lower, "band-edge"))
    for css, laid in (("other", _dots_in_window(period_dots(beside), scale) if beside else ()), ("subject thin", dots)):
        for stretch in unbroken_runs(laid):
            spots = [(x(d.month), y(d.value)) for d in stretch if d.value is not None]
            alone = circle(*spots[0], 1.5, "dot-blue" if css != "other" else "dot-other")
            canvas.add("line", path(spots, css) if len(spots) > 1 else alone)
    last = newest_dot(dots)
    if last is not None and last.value is not None:
        canvas.add("point", circle(x(last.month), y(last.value), 2.6, "dot-hollow-blue"))
    return canvas.svg(label or alt_text(series), is_member=False)


def alt_text(series: MeasureSeries) -> str:
    """Text alternative: newest value and the one a year before, "Bromley: 2.4 in December 2025, 3.8 in December 2024"."""
    values = {p.period: p.value for p in series.known if p.value is not None}
    if not values:
        return f"{series.area.name}: no figure is held"
    last = max(values, key=month_number)
    periods = [last, year_before(last)]
    value_texts = [
        f"{value_words(series.measure, values[p])} {in_period(p, series.measure.period)}" for p in periods if p in values
    ]
    return f"{series.area.name}: {', '.join(value_texts)}, {series.measure.unit}"


def _dots_in_window(dots: tuple[Dot, ...], scale: TileScale) -> tuple[Dot, ...]:
    return tuple(d for d in dots if scale.first < d.month < scale.after)
