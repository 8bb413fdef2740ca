"""Twelve-month totals or rates over time for a place beside others, on one scale."""

from collections.abc import Mapping, Sequence

from dashboard.charts.compared_lines import LineOptions, alt_text, compared_lines
from dashboard.figures.records import MeasureSeries
from etl.core.period import month_number, moved

FULL: Mapping[int, int] = {1160: 400, 860: 380, 560: 320, 340: 280}
HALF: Mapping[int, int] = {560: 250, 340: 220}
NARROW, NARROW_MONTHS = 340, 48


def rolling(
    subject: MeasureSeries,
    others: Sequence[MeasureSeries],
    width: int,
    *,
    height: int | None = None,
    first: str | None = None,
    label: str | None = None,
) -> str:
    """SVG of a place's series over time beside others, named at the end of each line.

    Args:
        subject: the heavy line; its breaks and its gaps are the ones marked.
        others: the comparison (its borough command, London), in the same measure; London is dotted. Rates, so that
            one scale serves.
        width: 1160, 860, 560 or 340.
        height: of the drawing, unless that of a full chart.
        first: the first period shown; at 340 px the last four years unless given.
        label: the facts in words, made from the series unless given.
    """
    start = first
    if start is None and width <= NARROW and subject.points:
        start = moved(max((p.period for p in subject.points), key=month_number), 1 - NARROW_MONTHS)
    size = (width, height or FULL[width])
    aria_label = label or alt_text(subject, others)
    return compared_lines(subject, others, size, first=start, options=LineOptions(), aria_label=aria_label)


def rolling_set(
    subject: MeasureSeries,
    others: Sequence[MeasureSeries],
    *,
    sizes: Mapping[int, int] = FULL,
    first: str | None = None,
    label: str | None = None,
) -> tuple[str, ...]:
    """The same chart at every width of `sizes` (width to height), widest first."""
    return tuple(rolling(subject, others, w, height=h, first=first, label=label) for w, h in sizes.items())
