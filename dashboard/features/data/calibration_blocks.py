"""Calibration as tables and pictures: the few rows that answer the question first, every group behind them."""

from collections.abc import Sequence

from dashboard.charts import reliability as reliability_chart
from dashboard.charts import share_dots as share_dots_chart
from dashboard.charts.reliability import Reliability, Tenth, reliability_set
from dashboard.charts.share_dots import DotRow, ShareDot, share_dots_set
from dashboard.features.data import calibration_words as words
from dashboard.figures.judgement_records import Calibrated, CalibrationFigure
from dashboard.ui import html
from dashboard.ui.figure import drawn, figure
from dashboard.ui.html import Element
from dashboard.ui.table import Cell, Column, Group, closed, data_table
from etl.core.written import number, percent, signed

AIM_OF_GROUPS = 0.9
"""The least share of each group's totals aimed at."""
POINTS_ALLOWED = 0.05
POWER_NOTE = (
    "Found: moved further than the furthest 5% of the same windows left alone, so power is counted on the windows whose 5% make "
    "the alarm. To be named as changed takes more than that."
)
FLAGS_NOTE = (
    "One series in ten is changed, each year’s list looked at as one. Named as changed: rose, fell, or moved against the force."
)


def ranges_block(rows: Sequence[CalibrationFigure]) -> list[Element]:
    """The share of totals inside their range, each measure and size as a dot; then how narrow the ranges are."""
    return [*_range_dots(rows), html.P(words.scores_sentence(rows))]


def sets_table(rows: Sequence[CalibrationFigure]) -> Element:
    """How many totals lay inside their range, and its score, by the years and histories the windows are taken from."""
    columns = (
        Column("Totals of"),
        Column("Windows", is_number=True),
        Column("Inside the 95% range", is_number=True),
        Column("Aim"),
        Column("Score of the range", is_number=True),
        Column("Aim"),
    )
    groups = []
    for place, head in words.PLACES.items():
        pairs = [
            (name, words.picked(rows, Calibrated.COVERAGE, place, group), words.picked(rows, Calibrated.SCORE, place, group))
            for group, name in words.SETS.items()
        ]
        body: list[list[Cell]] = [
            [name, number(coverage.windows), _share(coverage), _aim(coverage), _score(score), _aim(score)]
            for name, coverage, score in pairs
            if coverage
        ]
        if body:
            groups.append(Group(body, head))
    return data_table(columns, groups, label="Nine-month totals inside their 95% range, and its score", stack=True)


def power_block(rows: Sequence[CalibrationFigure]) -> list[Element]:
    """How often each planted change is found, in boroughs and in London."""
    falls = _power_table(rows, words.FALLS, "Planted falls found, by size and month")
    rises = _power_table(rows, words.RISES, "Planted rises found, by size and month")
    return [falls, html.P(POWER_NOTE, className="source"), closed(rises, "Planted rises found", is_printed=True)]


def flags_block(rows: Sequence[CalibrationFigure]) -> list[Element]:
    """What is named as changed of series left alone and of series changed, and what of clear moves is called nothing."""
    columns = (Column("Series"), *(Column(head, is_number=True) for head in words.PLACES.values()), Column("Aim"))
    lines = (
        ("Left alone, named as changed", Calibrated.UNPROVOKED, words.ALL),
        ("Changed by 20 or 30%, named as changed", Calibrated.FOUND_IN_LIST, words.PLANTED),
        ("20 to 30% from what was expected, called no clear change", Calibrated.CALLED_NOTHING, words.ALL),
    )
    body: list[list[Cell]] = []
    for name, what, group in lines:
        figures = [words.picked(rows, what, place, group) for place in words.PLACES]
        if any(figures):
            body.append([name, *(words.share_cell(row) for row in figures), _aims(figures)])
    table = data_table(columns, body, label="Series named as changed, and moves called no clear change", stack=True)
    return [table, html.P(FLAGS_NOTE, className="source")]


def lasting_block(rows: Sequence[CalibrationFigure]) -> list[Element]:
    """What was forecast to last beside what did, by tenths: the picture where both were stored, the table always."""
    table = _tenths_table(rows)
    boroughs, london = (words.tenths(rows, place) for place in (words.BOROUGHS, words.LONDON))
    data = Reliability(
        "Boroughs",
        _points([t for t in boroughs if t.is_met is not None]),
        _points([t for t in boroughs if t.is_met is None]),
        "London",
        _points(london),
        POINTS_ALLOWED,
    )
    if not (data.counted or data.too_few or data.other):
        return [closed(table, "Every tenth")]
    return [
        figure(
            "Forecast to last, and lasted",
            "Each mark is a tenth of the forecasts. Disc: boroughs. Ring: boroughs, under 50 windows. Square: London, too few to "
            "tell. Shaded: within five points.",
            table,
            drawn(reliability_set(data), reliability_chart.SIZES),
            "To last: on the same side of what was expected over the next twelve months. " + words.london_lasting(rows),
        )
    ]


def _power_table(rows: Sequence[CalibrationFigure], changes: Sequence[str], label: str) -> Element:
    columns = (Column("Change"), *(Column(head, is_number=True) for head in words.PLACES.values()), Column("Aim"))
    body: list[list[Cell]] = []
    for change in changes:
        figures = [words.picked(rows, Calibrated.POWER, place, change) for place in words.PLACES]
        if any(figures):
            body.append([words.change_words(change), *(_share(row) for row in figures), _aims(figures)])
    return data_table(columns, body, label=label, stack=True)


def _range_dots(rows: Sequence[CalibrationFigure]) -> list[Element]:
    dot_rows = [
        DotRow(name, tuple(ShareDot(words.group_name(r.group), words.share_of(r), r.is_met is not False) for r in groups))
        for name, groups in (
            ("By measure", words.by_measure(rows, words.BOROUGHS)),
            ("By size", words.by_size(rows, words.BOROUGHS)),
        )
    ]
    if not any(row.dots for row in dot_rows):
        return []
    return [
        figure(
            "Boroughs, by measure and by size",
            "Share of nine-month totals inside the 95% range. Ring: a measure, or a size. Disc: one short of the aim.",
            _groups_table(rows),
            drawn(share_dots_set(dot_rows, AIM_OF_GROUPS), share_dots_chart.WIDTHS),
            f"Windows of {words.years(words.TESTED)}.",
        )
    ]


def _groups_table(rows: Sequence[CalibrationFigure]) -> Element:
    columns = (
        Column("Group"),
        Column("Windows", is_number=True),
        Column("Inside the range", is_number=True),
        Column(f"At least {percent(AIM_OF_GROUPS)}"),
    )
    groups = []
    for place, head in words.PLACES.items():
        for kind, members in (("by measure", words.by_measure(rows, place)), ("by size", words.by_size(rows, place))):
            body: list[list[Cell]] = [
                [words.group_name(r.group), number(r.windows), _share(r), _outcome(r.is_met)] for r in members
            ]
            if body:
                groups.append(Group(body, f"{head}, {kind}"))
    return data_table(columns, groups, label="Nine-month totals inside their 95% range, by measure and size", stack=True)


def _tenths_table(rows: Sequence[CalibrationFigure]) -> Element:
    columns = (
        Column("Forecast to last"),
        Column("Windows", is_number=True),
        Column("Forecast, mean", is_number=True),
        Column("Lasted", is_number=True),
        Column("Difference, points", is_number=True),
        Column("Within 5 points"),
    )
    groups = []
    for place, head in words.PLACES.items():
        body: list[list[Cell]] = [
            [
                words.tenth_words(t.group),
                number(t.windows),
                _known_share(t.forecast),
                _known_share(t.lasted),
                signed(t.off * 100, 1),
                "too few" if t.is_met is None else _outcome(t.is_met),
            ]
            for t in words.tenths(rows, place)
        ]
        if body:
            groups.append(Group(body, head))
    return data_table(columns, groups, label="Forecast to last, and lasted, by tenths", stack=True)


def _points(tenths: Sequence[words.TenthOfChance]) -> tuple[Tenth, ...]:
    return tuple(Tenth(t.forecast, t.lasted, t.windows) for t in tenths if t.forecast is not None and t.lasted is not None)


def _known_share(value: float | None) -> str:
    return words.NOT_MEASURED if value is None else percent(value, 1)


def _share(row: CalibrationFigure | None) -> str:
    return words.NOT_MEASURED if row is None or row.value is None else percent(words.share_of(row), 1)


def _score(row: CalibrationFigure | None) -> str:
    return words.NOT_MEASURED if row is None or row.value is None else number(row.value, 1)


def _aim(row: CalibrationFigure | None) -> Cell:
    if row is None:
        return words.NOT_MEASURED
    return _failed(words.aim_cell(row)) if row.is_met is False else words.aim_cell(row)


def _aims(figures: Sequence[CalibrationFigure | None]) -> Cell:
    """The aims of boroughs and London in one cell: once where they are the same and both reached."""
    aims = {
        place: row
        for place, row in zip(words.PLACES.values(), figures, strict=True)
        if row is not None and row.target is not None
    }
    if not aims:
        return "none set"
    outcomes = {words.aim_cell(row) for row in aims.values()}
    if len(outcomes) == 1 and all(row.is_met for row in aims.values()):
        return outcomes.pop()
    parts: list[str | Element] = []
    for place, row in aims.items():
        text = f"{place}: {words.aim_cell(row)}"
        parts += [*([html.Br()] if parts else []), _failed(text) if row.is_met is False else text]
    return parts


def _outcome(is_met: bool | None) -> Cell:
    return "none set" if is_met is None else "reached" if is_met else _failed(words.NOT_REACHED)


def _failed(text: str) -> Element:
    return html.Strong(text)
