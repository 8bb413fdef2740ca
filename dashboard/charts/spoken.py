"""A line chart in words, for the reader who cannot see it."""

from dashboard.charts.marks import WORDS
from dashboard.charts.plot import LONGEST_UNNAMED_HOLE
from dashboard.charts.track import Dot, holes, step_of
from dashboard.figures.records import Measure, MeasureSeries, Verdict
from etl.core.written import months, number, period, value_text


def shown(measure: Measure, value: float) -> str:
    """A value beside its mark: "5,061", "46%"."""
    return value_text(value, decimals=measure.decimals, is_percentage=measure.is_percentage)


def described(series: MeasureSeries, dots: tuple[Dot, ...], verdict: Verdict | None = None) -> str:
    """What, where, from when to when, lowest, highest, newest, and what is missing."""
    measure = series.measure
    known = [(d.value, d) for d in dots if d.value is not None]
    opening = f"{measure.title}, {series.area.name}"
    if not known:
        return f"{opening}: no figure is held."
    low, high = min(known, key=lambda k: k[0]), max(known, key=lambda k: k[0])
    said = [f"{opening}, {_span(known[0][1], known[-1][1], measure.period)}."]
    for name, (value, dot) in (("Lowest", low), ("Highest", high), ("Newest", known[-1])):
        said.append(f"{name} {shown(measure, value)}, {period(dot.period, measure.period)}.")
    missing = sum(h.count for h in holes(dots, step_of(series)) if h.count > LONGEST_UNNAMED_HOLE)
    if missing:
        said.append(f"{number(missing)} periods have no figure.")
    if verdict and verdict.state in WORDS:
        said.append(f"Verdict: {WORDS[verdict.state]}.")
    return " ".join(said)


def _span(first: Dot, last: Dot, kind: str) -> str:
    if kind == "month":
        return months(first.period, last.period)
    return f"{period(first.period, kind)} to {period(last.period, kind)}"
