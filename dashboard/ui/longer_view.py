"""The longer view of a count as a table: the months judged beside the same months one, two and five years before."""

from dashboard.figures.records import MeasureSeries, Verdict
from dashboard.ui.html import Element
from dashboard.ui.table import Cell, Column, closed, data_table
from dashboard.words.sizes import size_of
from etl.core.period import MONTHS_OF_A_YEAR, moved
from etl.core.written import count_word, months, rounded


def longer_view(series: MeasureSeries, verdict: Verdict | None) -> list[Element]:
    """The table, closed until asked for; nothing where no earlier year can be compared."""
    view = verdict.long_run if verdict else None
    if verdict is None or view is None or verdict.window is None or verdict.observed is None:
        return []
    first, last = verdict.window
    columns = (
        Column("Beside the same months"),
        Column("Then", is_number=True),
        Column("Now", is_number=True),
        Column("Change", is_number=True),
        Column("95% limits", is_number=True),
    )
    rows: list[list[Cell]] = []
    for back in view.back:
        size = size_of(1 + back.change, 1 + back.change_lower, 1 + back.change_upper, is_count=True)
        then = months(*(moved(month, -MONTHS_OF_A_YEAR * back.years) for month in (first, last)))
        ago = f"{count_word(back.years)} year{'' if back.years == 1 else 's'} before, {then}"
        rows.append([f"{ago[:1].upper()}{ago[1:]}", rounded(back.before), rounded(verdict.observed), size.amount, size.interval])
    label = f"{series.measure.title}, {series.area.name}: {months(first, last)} beside earlier years"
    return [closed(data_table(columns, rows, label=label), "The longer view: one, two and five years back")] if rows else []
