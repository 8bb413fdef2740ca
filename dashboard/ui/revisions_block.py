"""How the figures of a few periods moved from edition to edition: a sentence, a table with every figure, a chart."""

from collections.abc import Sequence

from dashboard.charts.revisions import SIZES, revisions_set
from dashboard.figures.records import Measure, Revision
from dashboard.ui import html
from dashboard.ui.figure import drawn, figure
from dashboard.ui.html import Element
from dashboard.ui.notice import empty
from dashboard.ui.table import Cell, Column, data_table
from etl.core.written import any_period, count_word, listed, number, percent, signed, value_text

FEW = 100
"""Below so many a revision is told in numbers: there one offence more is a large share."""


def revisions_block(measure: Measure, place: str, found: Sequence[Revision], source: str, *, level: int = 2) -> Element:
    """What later editions said of the periods that were once the newest.

    Args:
        measure: in its base form: editions hold no rates.
        place: where, for the unit line.
        found: every edition's figure of these periods.
        source: where the editions come from.
        level: of the heading.
    """
    table = revisions_table(measure, found)
    if not _moved(found):
        heading = {2: html.H2, 3: html.H3}[level]("How the newest figures were revised")
        return html.Div([heading, empty("Nothing to compare", _once(found))], className="flow-s")
    words = revision_words(measure, found)
    if all(first == now for _, first, now in _moved(found)):
        return html.Div([{2: html.H2, 3: html.H3}[level](words), table, html.P(source, className="source")], className="flow-s")
    return figure(
        words,
        f"{measure.unit[:1].upper()}{measure.unit[1:]}, {place}. Change from the figure first published, edition by edition.",
        table,
        drawn(revisions_set(found, label=f"{words}."), SIZES),
        f"Ring: first publication. A line ends where its period leaves the file. {source}",
        level=level,
    )


def revision_words(measure: Measure, found: Sequence[Revision]) -> str:
    """The largest revision as a heading: "November 2025 has risen 2.5% since it was first published"."""
    moves = _moved(found)
    if not any(now != first for _, first, now in moves):
        stands = "stands" if len(moves) == 1 else "stand"
        return f"{listed(tuple(any_period(p) for p, _, _ in moves))} {stands} as first published"
    period, first, now = max(moves, key=lambda m: abs(m[2] / m[1] - 1) if m[1] else 0)
    if measure.is_percentage:
        return f"{any_period(period)} went from {percent(first, 1)} when first published to {percent(now, 1)}"
    if first < FEW:
        return f"{any_period(period)} was {number(first)} when first published and is {number(now)} now"
    verb = "risen" if now > first else "fallen"
    size = f"{any_period(period)} has {verb} {percent(abs(now / first - 1), 1)} since it was first published"
    return size if len(moves) == 1 else f"{size}. No other of the {count_word(len(moves))} followed has moved further"


def revisions_table(measure: Measure, found: Sequence[Revision]) -> Element:
    """One row a period, one column an edition: the figure then, and its change from the first."""
    labels = list(dict.fromkeys(r.label for r in sorted(found, key=lambda r: (r.published_on, r.edition))))
    columns = [Column("Period"), *(Column(label, is_number=True) for label in labels)]
    rows = [_row(measure, period, labels, found) for period in sorted({r.period for r in found})]
    return data_table(columns, rows, label=f"{measure.title}: each period in each edition")


def _row(measure: Measure, period: str, labels: Sequence[str], found: Sequence[Revision]) -> list[Cell]:
    held = {r.label: r.value for r in found if r.period == period}
    first = next((held[label] for label in labels if held.get(label) is not None), None)
    start = next((i for i, label in enumerate(labels) if label in held), len(labels))
    cells: list[Cell] = [any_period(period)]
    for index, label in enumerate(labels):
        value = held.get(label)
        if value is None:
            cells.append("not out yet" if index < start else "not in the file")
            continue
        shown = value_text(value, decimals=measure.decimals, is_percentage=measure.is_percentage)
        if first is None or index == start or not first:
            cells.append(shown)
        else:
            change = (value - first) * 100 if measure.is_percentage else (value / first - 1) * 100
            unit = " points" if measure.is_percentage else "%"
            cells.append([shown, html.Br(), html.Span(f"{signed(change, 2)}{unit}", className="small quiet")])
    return cells


def _moved(found: Sequence[Revision]) -> list[tuple[str, float, float]]:
    """(period, first figure, newest figure) of the periods that two editions hold."""
    moves = []
    for period in sorted({r.period for r in found}):
        values = [r.value for r in sorted(found, key=lambda r: r.published_on) if r.period == period and r.value is not None]
        if len(values) > 1:
            moves.append((period, values[0], values[-1]))
    return moves


def _once(found: Sequence[Revision]) -> str:
    editions = len({r.label for r in found})
    if editions <= 1:
        return "One edition is held, so no figure can have moved."
    return "Each of these periods stands in one edition only, so no figure can have moved."
