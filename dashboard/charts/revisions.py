"""Chart of how the published figure of one month moved from edition to edition."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from dashboard.charts.scale import Axis, Linear, tick_texts, value_axis
from dashboard.charts.svg import MIDDLE, Canvas, circle, line, path, text_width
from dashboard.charts.time_axes import spread_labels
from dashboard.figures.records import Revision
from etl.core.written import MONTHS, month, month_short, number

SIZES: Mapping[int, int] = {560: 270, 340: 250}
LEFT, TOP, UNDER, INSET = 44.0, 20.0, 30.0, 21.0
APART = 16.0
"""Least distance between the names at the ends of the lines."""


@dataclass(frozen=True)
class _Steps:
    """One month's figures: (published on, change since the first figure as a share of one), oldest first."""

    period: str
    moves: tuple[tuple[date, float], ...]


def revisions(records: Sequence[Revision], width: int, *, label: str | None = None) -> str:
    """SVG with a line of steps for each period, in per cent of the figure first published.

    Args:
        records: every edition's figure for the periods shown; an edition in which the figure is missing is passed over.
        width: 560 or 340.
        label: the facts in words, made from the records unless given.
    """
    height = SIZES[width]
    canvas, tracks = Canvas(width, height), _tracks(records)
    aria_label = label or alt_text(records)
    if not tracks:
        canvas.text(width / 2, height / 2, "One edition is held, so nothing can have moved", "t q", "middle")
        return canvas.svg(aria_label)
    dates = sorted({when for t in tracks for when, _ in t.moves})
    axis = _axis(tracks)
    right = width - 12 - max(text_width(month_short(t.period), "t blue") for t in tracks)
    y, base = Linear((axis.low, axis.high), (height - UNDER, TOP)), height - UNDER
    slot = (right - LEFT - 2 * INSET) / (len(dates) - 1)
    x = {when: LEFT + INSET + i * slot for i, when in enumerate(dates)}
    _grid(canvas, axis, y, right)
    _editions(canvas, x, base)
    newest = max(tracks, key=lambda t: t.period)
    for t in tracks:
        is_newest = t is newest
        canvas.add("line", path(_staircase(t, x, y), "subject" if is_newest else "other"))
        start = (x[t.moves[0][0]], y(0))
        canvas.add("point", circle(*start, 3, "dot-hollow-blue" if is_newest else "dot-hollow"))
    _name_ends(canvas, tracks, newest, (x, y), (right + 10, base))
    return canvas.svg(aria_label)


def revisions_set(records: Sequence[Revision], *, label: str | None = None) -> tuple[str, ...]:
    """The same chart at 560 and 340 px."""
    return tuple(revisions(records, width, label=label) for width in SIZES)


def alt_text(records: Sequence[Revision]) -> str:
    """Text alternative: first and newest figure of each period, "June 2024 first 5,772, now 5,853"."""
    figures = _figures_by_period(records)
    sentences = [f"{month(p)} first {number(r[0][1])}, now {number(r[-1][1])}" for p, r in figures.items()]
    return f"Revisions: {'; '.join(sentences)}" if sentences else "Revisions: no figure is held"


def _figures_by_period(records: Sequence[Revision]) -> dict[str, list[tuple[date, float]]]:
    by_period: dict[str, list[tuple[date, float]]] = {}
    for r in sorted(records, key=lambda r: (r.period, r.published_on)):
        if r.value is not None:
            by_period.setdefault(r.period, []).append((r.published_on, r.value))
    return by_period


def _tracks(records: Sequence[Revision]) -> tuple[_Steps, ...]:
    """Periods with two figures at least and a first one above zero: only they can have moved by a share."""
    return tuple(
        _Steps(period, tuple((when, value / figures[0][1] - 1) for when, value in figures))
        for period, figures in _figures_by_period(records).items()
        if len(figures) > 1 and figures[0][1] > 0
    )


def _axis(tracks: Sequence[_Steps]) -> Axis:
    moves = [m for t in tracks for _, m in t.moves]
    reach = max(*(abs(m) for m in moves), 0.005)
    return value_axis((*moves, -0.15 * reach, 0.15 * reach), is_whole=False, from_zero=False)


def _grid(canvas: Canvas, axis: Axis, y: Linear, right: float) -> None:
    for value, words in zip(axis.ticks, tick_texts(axis.ticks, is_percentage=True, signed=True), strict=True):
        canvas.add("grid", line(LEFT, y(value), right, y(value), "grid" if value else "axis"))
        canvas.text(LEFT - 6, y(value) + MIDDLE, words, "t q", "end")


def _editions(canvas: Canvas, x: Mapping[date, float], base: float) -> None:
    """A tick for every edition; the newest and the oldest are named first, the others where they fit."""
    order = [*x][-1:] + [*x][:1] + [*x][1:-1]
    for when in order:
        canvas.add("grid", line(x[when], base, x[when], base + 5, "axis"))
        name = f"{MONTHS[when.month - 1][:3]} ’{when.year % 100:02d}"
        canvas.place([(x[when], base + 19, "middle")], name, "t q s")


def _staircase(steps: _Steps, x: Mapping[date, float], y: Linear) -> list[tuple[float, float]]:
    """Level from one edition to the next, then straight up or down on the day it changed."""
    spots = [(x[steps.moves[0][0]], y(steps.moves[0][1]))]
    for when, move in steps.moves[1:]:
        spots += [(x[when], spots[-1][1]), (x[when], y(move))]
    return spots


def _name_ends(
    canvas: Canvas,
    tracks: Sequence[_Steps],
    newest: _Steps,
    scales: tuple[Mapping[date, float], Linear],
    room: tuple[float, float],
) -> None:
    ordered = sorted(tracks, key=lambda t: (scales[1](t.moves[-1][1]), t.period))
    middles = spread_labels([scales[1](t.moves[-1][1]) for t in ordered], [APART] * len(ordered), TOP - 8, room[1] + 8)
    for t, middle in zip(ordered, middles, strict=True):
        canvas.text(room[0], middle + MIDDLE, month_short(t.period), "t blue" if t is newest else "t q")
