"""London beside England and Wales over time, for the courts."""

from collections.abc import Mapping, Sequence

from dashboard.charts.compared_lines import LineOptions, alt_text, compared_lines
from dashboard.figures.records import MeasureSeries
from etl.core.areas import ENGLAND_AND_WALES

SIZES: Mapping[int, int] = {560: 300, 340: 240}
SHORT = {ENGLAND_AND_WALES: "E&W"}


def two_lines(
    subject: MeasureSeries,
    comparator: MeasureSeries,
    width: int,
    *,
    shared: Sequence[float] = (),
    first: str | None = None,
    label: str | None = None,
) -> str:
    """SVG of the subject in blue and its comparator dotted, from zero, each named at its end; the subject's highest labelled.

    Args:
        subject: London.
        comparator: England and Wales.
        width: 560 or 340.
        shared: values of the chart beside this one (median and mean), so that both have one scale.
        first: the first period shown.
        label: the facts in words, made from the series unless given.
    """
    options = LineOptions(from_zero=True, shared=tuple(shared), values_highest=True, names=SHORT)
    aria_label = label or alt_text(subject, (comparator,))
    return compared_lines(subject, (comparator,), (width, SIZES[width]), first=first, options=options, aria_label=aria_label)


def two_lines_set(
    subject: MeasureSeries,
    comparator: MeasureSeries,
    *,
    shared: Sequence[float] = (),
    first: str | None = None,
    label: str | None = None,
) -> tuple[str, ...]:
    """The same chart at 560 and 340 px."""
    return tuple(two_lines(subject, comparator, width, shared=shared, first=first, label=label) for width in SIZES)
