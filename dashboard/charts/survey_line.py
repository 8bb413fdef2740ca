"""A survey's share over time: overlapping years as a thin line, separate years as points with their intervals."""

from dashboard.charts.line_in_words import value_words
from dashboard.charts.period_dots import Dot, months_per_step, newest_dot, period_dots, unbroken_runs
from dashboard.charts.scale import Linear
from dashboard.charts.svg import MIDDLE, Canvas, circle, line, path, text_width
from dashboard.figures.records import MeasureSeries
from etl.core.period import month_number, year_of
from etl.core.written import month_short, period, span

WIDTH, HEIGHT = 300, 150
LEFT, RIGHT, TOP, BASE = 43.0, 238.0, 14.0, 124.0
ALL = ((0.0, "0"), (0.5, "50"), (1.0, "100%"))


def survey_line(series: MeasureSeries, *, first: str | None = None, until: str | None = None, label: str | None = None) -> str:
    """SVG of one measure of a survey on 0 to 100%, 300 by 150, for small multiples.

    Args:
        series: shares of one by the last month of each rolling year, with limits where published or worked out.
        first: the first year shown, by its last month, so that all small multiples share their years.
        until: the year other measures run to; one that ends before says when.
        label: the facts in words, made from the series unless given.
    """
    canvas, dots = Canvas(WIDTH, HEIGHT), period_dots(series, first=first, until=until)
    last = newest_dot(dots)
    aria_label = label or alt_text(series, dots)
    if last is None or last.value is None:
        canvas.text(WIDTH / 2, HEIGHT / 2, "No figure is held", "t q", "middle")
        return canvas.svg(aria_label)
    y = Linear((0, 1), (BASE, TOP))
    half = months_per_step(series) / 2
    x = Linear((dots[0].month - half, dots[-1].month + half), (LEFT, RIGHT))
    for value, words in ALL:
        canvas.add("grid", line(LEFT, y(value), RIGHT, y(value), "grid" if value else "axis"))
        canvas.text(LEFT - 6, y(value) + MIDDLE, words, "t q", "end")
    for stretch in unbroken_runs(dots):
        spots = [(x(d.month), y(d.value)) for d in stretch if d.value is not None]
        canvas.add("line", path(spots, "other") if len(spots) > 1 else circle(*spots[0], 1.9, "dot-other"))
    separate = separate_years(dots, last)
    for dot in separate:
        if dot.value is None:
            continue
        if dot.lower is not None and dot.upper is not None:
            canvas.add("point", line(x(dot.month), y(dot.lower), x(dot.month), y(dot.upper), "range-blue"))
        canvas.add("point", circle(x(dot.month), y(dot.value), 3.4, "dot-blue"))
    _years(canvas, separate, x)
    at = min(max(y(last.value) + 5, TOP + 6), BASE - 18)
    canvas.text(x(last.month) + 9, at, value_words(series.measure, last.value), "t b halo")
    if until is not None and month_number(last.period) < month_number(until):
        canvas.text(x(last.month) + 9, at + 16, month_short(last.period), "t q s halo")
    return canvas.svg(aria_label)


def separate_years(dots: tuple[Dot, ...], last: Dot) -> tuple[Dot, ...]:
    """The dots a whole number of years before the last: rolling years that share no answers."""
    return tuple(d for d in dots if d.value is not None and (month_number(last.period) - month_number(d.period)) % 12 == 0)


def alt_text(series: MeasureSeries, dots: tuple[Dot, ...]) -> str:
    """Text alternative: every separate year's value, with the newest one's interval."""
    last = newest_dot(dots)
    if last is None:
        return f"{series.measure.title}, {series.area.name}: no figure is held."
    values = [f"{value_words(series.measure, d.value)} in the {period(d.period, 'rolling_year')}"
            for d in separate_years(dots, last) if d.value is not None]  # fmt: skip
    limits = ""
    if last.lower is not None and last.upper is not None:
        limits = f" ({span(value_words(series.measure, last.lower), value_words(series.measure, last.upper))})"
    return f"{series.measure.title}, {series.area.name}: {', '.join(values)}{limits}."


def _years(canvas: Canvas, separate: tuple[Dot, ...], x: Linear) -> None:
    """The year under every third separate dot, counted back from the oldest so that all multiples agree."""
    for dot in separate[::3]:
        year = f"{year_of(dot.period)}"
        if x(dot.month) + text_width(year, "t q s") / 2 <= WIDTH:
            canvas.place([(x(dot.month), BASE + 18, "middle")], year, "t q s")
