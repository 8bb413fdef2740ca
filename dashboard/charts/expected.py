"""The expected range behind a line: the band, its centre, and the words at the month it was fixed."""

from dataclasses import dataclass

from dashboard.charts.headings import Heading, options_beside
from dashboard.charts.period_dots import Dot, months_per_step, nearest_month_start, period_middle
from dashboard.charts.svg import Canvas, line, path
from dashboard.charts.time_axes import Frame
from dashboard.figures.records import MeasureSeries
from etl.core.written import month

QUIET = "t q s"


@dataclass(frozen=True)
class ExpectedMonth:
    """The range one month was expected to stay in, in the measure's unit."""

    period: str
    centre: float
    lower: float
    upper: float


@dataclass(frozen=True)
class ExpectedRange:
    """What was expected: of the months before those judged, as it was at the time, then of the months judged."""

    earlier: tuple[ExpectedMonth, ...]
    judged: tuple[ExpectedMonth, ...]
    fixed: str
    """The month in which the range was made: 2025-03; empty where the words beside a small chart say what the band is."""
    awaited: tuple[ExpectedMonth, ...] = ()
    """What the months after the newest may have brought, of which there is no figure yet."""


@dataclass(frozen=True)
class Stretch:
    """One unbroken piece of the range, each month with where it stands in time."""

    months: tuple[tuple[float, ExpectedMonth], ...]
    is_judged: bool
    """False for the months before those judged, and for those that are awaited: both are drawn paler."""


def stretches(expected: ExpectedRange | None, series: MeasureSeries, dots: tuple[Dot, ...]) -> tuple[Stretch, ...]:
    """The unbroken parts of the range inside the window, cut where months are missing or the series restarts.

    The judged part begins at the last month before it, so that the drawn band has no gap.
    """
    if expected is None:
        return ()
    periods = {d.period for d in dots}
    kind, step = series.measure.period, months_per_step(series)
    cuts = [nearest_month_start(b.start) for b in series.breaks if b.treatment == "restart"]
    runs: list[tuple[list[tuple[float, ExpectedMonth]], str]] = []
    parts = (("earlier", expected.earlier), ("judged", expected.judged), ("awaited", expected.awaited))
    for role, item in ((role, m) for role, months in parts for m in months):
        if item.period not in periods:
            continue
        at = period_middle(item.period, kind)
        previous = runs[-1][0][-1] if runs else None
        follows = previous is not None and at - previous[0] < step + 0.01 and not any(previous[0] < c <= at for c in cuts)
        if follows and runs[-1][1] == role:
            runs[-1][0].append((at, item))
        else:
            joint = [previous] if follows and previous is not None else []
            runs.append(([*joint, (at, item)], role))
    return tuple(Stretch(tuple(months), role == "judged") for months, role in runs)


def draw_stretch(canvas: Canvas, frame: Frame, stretch: Stretch) -> None:
    """The band with its two edges, and the dashed centre."""
    upper = [(frame.x(at), frame.y(m.upper)) for at, m in stretch.months]
    lower = [(frame.x(at), frame.y(m.lower)) for at, m in stretch.months]
    css = "band" if stretch.is_judged else "band-2"
    canvas.add("band", path([*upper, *reversed(lower)], css, closed=True), path(upper, "band-edge"), path(lower, "band-edge"))
    canvas.add("centre", path([(frame.x(at), frame.y(m.centre)) for at, m in stretch.months], "centre"))


def expected_headings(frame: Frame, expected: ExpectedRange | None) -> tuple[Heading, ...]:
    """The headings that name the two bands, either side of the month the range was fixed."""
    x = fixed_at(frame, expected)
    if expected is None or x is None:
        return ()
    fixed = f"made {month(expected.fixed)}"
    texts = tuple(
        tuple((words, QUIET) for words in lines)
        for lines in ((f"expected range, {fixed}",), ("expected range,", fixed), ("expected range",))
    )
    range_heading = Heading(options_beside(x, *texts))
    earlier_heading = Heading(options_beside(x, (("as expected at the time", QUIET),))[1:], is_needed=False)
    return (range_heading, earlier_heading) if expected.earlier else (range_heading,)


def draw_leader(canvas: Canvas, frame: Frame, expected: ExpectedRange | None) -> None:
    """The thin upright line at the month the range was fixed."""
    x = fixed_at(frame, expected)
    if x is not None:
        canvas.add("break", line(x, frame.head, x, frame.base, "leader"))


def fixed_at(frame: Frame, expected: ExpectedRange | None) -> float | None:
    """The pixel of the month the range was fixed, or None where it lies outside the window."""
    if expected is None or not expected.judged or not expected.fixed:
        return None
    at = period_middle(expected.fixed, "month")
    return frame.x(at) if frame.first < at < frame.after else None
