"""A borough's tile: its line and London's on a ratio scale that all tiles share."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log2

from dashboard.charts.expected import ExpectedMonth
from dashboard.charts.scale import Linear, Ratio, tick_texts
from dashboard.charts.spoken import shown
from dashboard.charts.svg import Canvas, circle, line, path
from dashboard.charts.track import Dot, middle, month_number, newest, runs, step_of, track
from dashboard.figures.records import MeasureSeries
from etl.core.periods import year_before
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


def tile_scale(every: Sequence[MeasureSeries], *, first: str) -> TileScale:
    """One scale over all series of the set from the first period on, named at doublings.

    Raises:
        ValueError: no series holds a number above zero, so there is no ratio to draw.
    """
    laid = [track(s, first=first) for s in every]
    values = [d.value for dots in laid for d in dots if d.value is not None and d.value > 0]
    if not values:
        raise ValueError("no series of the set holds a number above zero")
    low = min(values) * 0.92
    high = max(max(values) * 1.08, low * 2)
    doublings = _round_doublings(low, high)
    every_nth = ceil(len(doublings) / MOST_TICKS) or 1
    half = max(step_of(s) for s in every) / 2
    months = [d.month for dots in laid for d in dots]
    return TileScale(low, high, tuple(doublings[::every_nth]), min(months) - half, max(months) + half)


def _round_doublings(low: float, high: float) -> list[float]:
    """The doublings between two values that are shortest to say: 500, 1,000, 2,000 rather than 512, 1,024, 2,048."""
    found = []
    for power in POWERS:
        base = 10.0**power
        steps = range(ceil(log2(low / base) + 1e-9), floor(log2(high / base) + 1e-9) + 1)
        found.append([base * 2.0**i for i in steps if base * 2.0**i > low])
    return min((f for f in found if f), key=_digits, default=[])


def _digits(ticks: Sequence[float]) -> tuple[float, int]:
    """How long the ticks are to say, a tick, the noughts at either end not counted; of equals, the set that has more."""
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
    """One tile, 132 by 84. Zero cannot stand on a ratio scale: it is drawn at the foot.

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
    dots = _within(track(series), scale)
    for value, words in zip(scale.ticks, tick_texts(scale.ticks), strict=True):
        canvas.add("grid", line(0, y(value), WIDTH, y(value), "grid"))
        if is_named:
            canvas.text(-4, y(value) + 4, words, "t q s wide-only", "end")
    kind = series.measure.period
    band = [(x(middle(m.period, kind)), m) for m in expected if scale.first < middle(m.period, kind) < scale.after]
    upper, lower = [(at, y(m.upper)) for at, m in band], [(at, y(m.lower)) for at, m in band]
    if band:
        canvas.add("band", path([*upper, *reversed(lower)], "band", closed=True))
        canvas.add("band", path(upper, "band-edge"), path(lower, "band-edge"))
    for css, laid in (("other", _within(track(beside), scale) if beside else ()), ("subject thin", dots)):
        for stretch in runs(laid):
            spots = [(x(d.month), y(d.value)) for d in stretch if d.value is not None]
            alone = circle(*spots[0], 1.5, "dot-blue" if css != "other" else "dot-other")
            canvas.add("line", path(spots, css) if len(spots) > 1 else alone)
    last = newest(dots)
    if last is not None and last.value is not None:
        canvas.add("point", circle(x(last.month), y(last.value), 2.6, "dot-hollow-blue"))
    return canvas.svg(label or described(series), is_member=False)


def described(series: MeasureSeries) -> str:
    """Newest and a year before: "Bromley: 2.4 in December 2025, 3.8 in December 2024"."""
    known = {p.period: p.value for p in series.known if p.value is not None}
    if not known:
        return f"{series.area.name}: no figure is held"
    last = max(known, key=month_number)
    said = [last, year_before(last)]
    told = [f"{shown(series.measure, known[p])} {in_period(p, series.measure.period)}" for p in said if p in known]
    return f"{series.area.name}: {', '.join(told)}, {series.measure.unit}"


def _within(dots: tuple[Dot, ...], scale: TileScale) -> tuple[Dot, ...]:
    return tuple(d for d in dots if scale.first < d.month < scale.after)
