"""A line chart in words, for readers who cannot see it, and a value as it is written beside its mark."""

from dashboard.charts.period_dots import Dot, holes, months_per_step
from dashboard.charts.time_axes import LONGEST_UNNAMED_HOLE
from dashboard.charts.verdict_shapes import WORDS
from dashboard.figures.records import Measure, MeasureSeries, Verdict
from etl.core.written import months, number, period, value_text


def value_words(measure: Measure, value: float) -> str:
    """A value as written beside its mark: "5,061", "46%"."""
    return value_text(value, decimals=measure.decimals, is_percentage=measure.is_percentage)


def alt_text(series: MeasureSeries, dots: tuple[Dot, ...], verdict: Verdict | None = None) -> str:
    """Text alternative: measure, place, first and last period, lowest, highest and newest value, periods missing."""
    measure = series.measure
    numbered = [(d.value, d) for d in dots if d.value is not None]
    opening = f"{measure.title}, {series.area.name}"
    if not numbered:
        return f"{opening}: no figure is held."
    low, high = min(numbered, key=lambda k: k[0]), max(numbered, key=lambda k: k[0])
    sentences = [f"{opening}, {_span(numbered[0][1], numbered[-1][1], measure.period)}."]
    for name, (value, dot) in (("Lowest", low), ("Highest", high), ("Newest", numbered[-1])):
        sentences.append(f"{name} {value_words(measure, value)}, {period(dot.period, measure.period)}.")
    missing = sum(h.count for h in holes(dots, months_per_step(series)) if h.count > LONGEST_UNNAMED_HOLE)
    if missing:
        sentences.append(f"{number(missing)} periods have no figure.")
    if verdict and verdict.state in WORDS:
        sentences.append(f"Verdict: {WORDS[verdict.state]}.")
    return " ".join(sentences)


def _span(first: Dot, last: Dot, kind: str) -> str:
    if kind == "month":
        return months(first.period, last.period)
    return f"{period(first.period, kind)} to {period(last.period, kind)}"
