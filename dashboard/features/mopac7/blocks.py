"""The retired targets of one place: chart, table beside what is said now, every borough, and what was first published."""

from collections.abc import Mapping, Sequence

from dashboard.charts.retired_targets import WIDTHS, TargetRow, retired_targets_set
from dashboard.features.mopac7 import words as words
from dashboard.features.mopac7.view_model import BASE, LAST, TARGET, YEARS, TargetLine, Targets
from dashboard.figures.records import Citation
from dashboard.figures.view import href
from dashboard.register.records import StatedFactRecord
from dashboard.ui import html
from dashboard.ui.addresses import measure_address
from dashboard.ui.figure import drawn, figure
from dashboard.ui.html import Element
from dashboard.ui.register_marks import sources
from dashboard.ui.table import Cell, Column, Group, data_table
from dashboard.ui.verdict import mark_of
from dashboard.words.priorities import change_words
from etl.core.state import LEANS, QUIET, State
from etl.core.written import number, signed, span


def targets_figure(targets: Targets) -> Element:
    """Each crime's path since 2011/12, the target, and below it what no target watched."""
    rows = [TargetRow(x.name, x.changes, x.is_met) for x in (*targets.seven, targets.together)]
    rows += [TargetRow(x.name, x.changes, None) for x in targets.unwatched if x.changes]
    drawing = drawn(retired_targets_set(rows, TARGET, BASE, "No target watched these"), WIDTHS)
    return figure(
        words.chart_headline(targets),
        f"Change since {BASE}, {targets.area.name}. Small dots: {', '.join(YEARS[1:-1])}. Large: {LAST}. Dashed: the target, "
        "a fall of a fifth.",
        years_table(targets),
        drawing,
        source_words(targets),
        large=True,
    )


def years_table(targets: Targets) -> Element:
    """Offences in each year, April to March."""
    columns = (Column("Crime"), *(Column(year, is_number=True) for year in YEARS), Column("Change", is_number=True))
    rows = [
        Group([_years_row(x) for x in targets.seven]),
        Group([_years_row(targets.together)], is_total=True),
        Group([_years_row(x) for x in targets.unwatched], "No target watched these"),
    ]
    return data_table(columns, rows, label=f"Offences by year in {targets.area.name}")


def target_and_range_table(targets: Targets) -> Element:
    """What the target said beside what the range says."""
    columns = (
        Column("Crime"),
        Column(BASE, is_number=True),
        Column(LAST, is_number=True),
        Column("Change", is_number=True),
        Column("What the target said"),
        Column("What the range says"),
        Column("Beside the two years to March 2013"),
        Column("Expected", is_number=True),
    )
    rows = [
        Group([_row(x) for x in targets.seven]),
        Group([_row(targets.together)], is_total=True),
        Group([_row(x) for x in targets.unwatched], "No target watched these"),
    ]
    return data_table(columns, rows, label=f"Target and range, {targets.area.name}", stack=True)


def boroughs_table(borough_targets: Sequence[Targets]) -> Element:
    """Each borough: the seven together, how many targets were met, and where the two ways differ."""
    columns = (
        Column("Borough"),
        Column(BASE, is_number=True),
        Column(LAST, is_number=True),
        Column("Change", is_number=True),
        Column("Targets met", is_number=True),
        Column("Met, no clear change", is_number=True),
        Column("Missed, though a clear fall", is_number=True),
        Column("The seven together, range"),
    )
    rows: list[list[Cell]] = [
        [
            html.A(targets.area.name, href=href("/mopac-7", area=targets.area.code)),
            *(_count(targets.together.counts[i]) for i in (0, -1)),
            words.change_cell(targets.together),
            f"{sum(1 for x in targets.seven if x.is_met)} of {len(targets.seven)}",
            str(len(targets.called(True, *QUIET, *LEANS))),
            str(len(targets.called(False, State.BETTER))),
            mark_of(targets.together.verdict) if targets.together.verdict else "Not judged",
        ]
        for targets in borough_targets
    ]
    return data_table(columns, rows, label="The retired targets, borough by borough", stack=True)


def published_table(targets: Targets, published: Mapping[tuple[str, str], StatedFactRecord]) -> Element:
    """What was first published for London beside what is held now."""
    headings = [f"{year}, {what}" for year in YEARS[:2] for what in ("first published", "held now", "difference")]
    columns = (Column("Crime"), *(Column(head, is_number=True) for head in headings))
    rows: list[list[Cell]] = []
    for line in (*targets.seven, targets.together):
        cells: list[Cell] = [line.name]
        for index, year in enumerate(YEARS[:2]):
            fact, count = published.get((line.measure_id, year)), line.counts[index]
            first_count = fact.value if fact else None
            difference = "not held" if first_count is None or count is None else signed(count - first_count)
            cells += [_count(first_count), _count(count), difference]
        rows.append(cells)
    return data_table(columns, rows, label="First published and held now, London", stack=True)


def published_source(published: Mapping[tuple[str, str], StatedFactRecord]) -> Element:
    """Where the first figures were read."""
    fact = next(iter(published.values()), None)
    return html.P(["Source: ", *(sources(fact.sources) if fact else ["not held"])], className="source")


def source_words(targets: Targets) -> str:
    """Every file the counts were read from."""
    citations: dict[str, Citation] = {c.edition: c for line in targets.lines for c in line.citations}
    source_names = [f"{c.publisher}, {c.title}, {c.edition_words} ({c.file_name})" for c in citations.values()]
    return f"Source: {'; '.join(source_names)}."


def _years_row(line: TargetLine) -> list[Cell]:
    return [html.A(line.name, href=measure_address(line.measure_id)), *(_count(c) for c in line.counts), words.change_cell(line)]


def _row(line: TargetLine) -> list[Cell]:
    verdict = line.verdict
    expected = "Not judged"
    if verdict and verdict.expected_lower is not None and verdict.expected_upper is not None:
        expected = span(number(verdict.expected_lower), number(verdict.expected_upper))
    return [
        html.A(line.name, href=measure_address(line.measure_id)),
        _count(line.counts[0]),
        _count(line.counts[-1]),
        words.change_cell(line),
        words.target_word(line),
        mark_of(verdict) if verdict else "Not judged",
        change_words(verdict),
        expected,
    ]


def _count(value: float | None) -> str:
    return "not held" if value is None else number(value)
