"""How the figures of a few periods moved from edition to edition: a sentence, a table with every figure, a chart."""

from collections.abc import Sequence

from dashboard.charts.revisions import SIZES, revisions_set
from dashboard.figures.records import Measure, Revision
from dashboard.ui import html
from dashboard.ui.figure import drawn, figure
from dashboard.ui.html import Element
from dashboard.ui.notice import empty
from dashboard.ui.table import Cell, Column, data_table
from etl.core.written import any_period, count_word, listed, number, percent, signed, span, value_text

SMALL_COUNT = 100
"""Below so many a revision is told in numbers: there one offence more is a large share."""


def revisions_block(measure: Measure, place: str, revisions: Sequence[Revision], source: str, *, level: int = 2) -> Element:
    """What later editions said of the periods that were once the newest.

    Args:
        measure: in its base form: editions hold no rates.
        place: where, for the unit line.
        revisions: every edition's figure of these periods.
        source: where the editions come from.
        level: of the heading.
    """
    table = revisions_table(measure, revisions)
    if not _first_and_newest(revisions):
        heading = {2: html.H2, 3: html.H3}[level]("How the newest figures were revised")
        return html.Div([heading, empty("Nothing to compare", _why_not_comparable(revisions))], className="flow-s")
    words = revision_words(measure, revisions)
    if all(first == now for _, first, now in _first_and_newest(revisions)):
        return html.Div([{2: html.H2, 3: html.H3}[level](words), table, html.P(source, className="source")], className="flow-s")
    return figure(
        words,
        f"{measure.unit[:1].upper()}{measure.unit[1:]}, {place}. Change from the figure first published, edition by edition.",
        table,
        drawn(revisions_set(revisions, label=f"{words}."), SIZES),
        f"Ring: first publication. A line ends where its period leaves the file. {source}",
        level=level,
    )


def revision_words(measure: Measure, revisions: Sequence[Revision]) -> str:
    """The largest revision as a heading: "November 2025 has risen 2.5% since it was first published"."""
    first_and_newest = _first_and_newest(revisions)
    if not any(now != first for _, first, now in first_and_newest):
        stand_verb = "stands" if len(first_and_newest) == 1 else "stand"
        return f"{listed(tuple(any_period(p) for p, _, _ in first_and_newest))} {stand_verb} as first published"
    period, first, now = max(first_and_newest, key=lambda m: abs(m[2] / m[1] - 1) if m[1] else 0)
    if measure.is_percentage:
        return f"{any_period(period)} went from {percent(first, 1)} when first published to {percent(now, 1)}"
    if first < SMALL_COUNT:
        return f"{any_period(period)} was {number(first)} when first published and is {number(now)} now"
    verb = "risen" if now > first else "fallen"
    largest_sentence = f"{any_period(period)} has {verb} {percent(abs(now / first - 1), 1)} since it was first published"
    return (
        largest_sentence
        if len(first_and_newest) == 1
        else f"{largest_sentence}. No other of the {count_word(len(first_and_newest))} followed has moved further"
    )


def revisions_table(measure: Measure, revisions: Sequence[Revision]) -> Element:
    """One row a period, one column an edition: the figure then, and its change from the first."""
    labels = list(dict.fromkeys(r.label for r in sorted(revisions, key=lambda r: (r.published_on, r.edition))))
    columns = [Column("Period"), *(Column(f"{label[:1].upper()}{label[1:]}", is_number=True) for label in labels)]
    rows = [_row(measure, period, labels, revisions) for period in sorted({r.period for r in revisions})]
    return data_table(columns, rows, label=f"{measure.title}: each period in each edition")


def _row(measure: Measure, period: str, labels: Sequence[str], revisions: Sequence[Revision]) -> list[Cell]:
    values_by_label = {r.label: r.value for r in revisions if r.period == period}
    intervals_by_label = {r.label: r.interval for r in revisions if r.period == period}
    first = next((values_by_label[label] for label in labels if values_by_label.get(label) is not None), None)
    start = next((i for i, label in enumerate(labels) if label in values_by_label), len(labels))
    cells: list[Cell] = [any_period(period)]
    for index, label in enumerate(labels):
        value = values_by_label.get(label)
        if value is None:
            cells.append("not out yet" if index < start else "not in the file")
            continue
        value_words = value_text(value, decimals=measure.decimals, is_percentage=measure.is_percentage)
        if interval := intervals_by_label[label]:
            value_words += f" ({span(*(percent(limit, measure.decimals) for limit in interval))})"
        if first is None or index == start or not first:
            cells.append(value_words)
        else:
            change = (value - first) * 100 if measure.is_percentage else (value / first - 1) * 100
            unit = " points" if measure.is_percentage else "%"
            cells.append([value_words, html.Br(), html.Span(f"{signed(change, 2)}{unit}", className="small quiet")])
    return cells


def _first_and_newest(revisions: Sequence[Revision]) -> list[tuple[str, float, float]]:
    """(period, first figure, newest figure) of the periods that two editions hold."""
    moves = []
    for period in sorted({r.period for r in revisions}):
        values = [r.value for r in sorted(revisions, key=lambda r: r.published_on) if r.period == period and r.value is not None]
        if len(values) > 1:
            moves.append((period, values[0], values[-1]))
    return moves


def _why_not_comparable(revisions: Sequence[Revision]) -> str:
    editions = len({r.label for r in revisions})
    if editions <= 1:
        return "One edition is held, so no figure can have moved."
    return "Each of these periods stands in one edition only, so no figure can have moved."
