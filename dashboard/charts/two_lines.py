"""London beside England and Wales over time, for the courts."""

from collections.abc import Mapping, Sequence

from dashboard.charts.strands import ENGLAND_AND_WALES, Manner, described, drawn
from dashboard.figures.records import MeasureSeries

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
    """The subject in blue and its comparator dotted, from zero, each named at its end; the subject's highest is valued.

    Args:
        subject: London.
        comparator: England and Wales.
        width: 560 or 340.
        shared: values of the chart beside this one (median and mean), so that both have one scale.
        first: the first period shown.
        label: the facts in words, made from the series unless given.
    """
    manner = Manner(from_zero=True, shared=tuple(shared), values_highest=True, names=SHORT)
    spoken = label or described(subject, (comparator,))
    return drawn(subject, (comparator,), (width, SIZES[width]), first=first, manner=manner, spoken=spoken)


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
