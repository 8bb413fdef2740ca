"""Complete grids of one row an area and category and one column a month: read as the source's definition says."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import NamedTuple

import pandas as pd

from etl.core.period import moved
from etl.definitions import reference
from etl.definitions.catalogue import Form, normalised
from etl.definitions.table_layouts import MonthColumns
from etl.files import long, month_labels
from etl.files.labels import fold
from etl.files.table import Reading, Table

AREA_KINDS = ("borough", "pseudo")
FEWEST_MONTHS = 2
ROWS_OF_NOUGHTS = 0.02
"""A grid that writes noughts out has more rows of nothing else than this; one that leaves them out has none."""


class _Column(NamedTuple):
    position: int
    period: str


@dataclass(frozen=True)
class MonthColumnsParser:
    """What a source with a `parse.py` has as a module, made of its definition."""

    forms: Mapping[str, tuple[Form, MonthColumns]]

    def recognise(self, table: Table) -> str | None:
        """The form whose columns the table has and whose figures are of the size of the table's; None if it is none of them."""
        months = {label for label in table.columns if month_labels.month_of(label)}
        keys = {fold(label) for label in table.columns if label and label not in months}
        forms = {
            name: layout
            for name, (_, layout) in self.forms.items()
            if keys == {fold(label) for label in (layout.area, layout.group, layout.category)}
        }
        if not forms or len(months) < FEWEST_MONTHS:
            return None
        average = _average_of_a_grid(table, [table.column(label) for label in months])
        return next((n for n, x in forms.items() if average and x.average_figure[0] <= average < x.average_figure[1]), None)

    def read(self, table: Table, form: str) -> Reading:
        """The table's figures.

        Raises:
            DataRejected: any cell, key, area or category is not as it must be; every one is listed.
        """
        return _read(table, *self.forms[form])


def _average_of_a_grid(table: Table, columns: list[int]) -> float | None:
    """The average figure; None where noughts are not written out, or a figure is no whole number."""
    rows = [[row[i] for i in columns] for row in table.rows if len(row) >= len(table.columns)]
    if not rows or not all(text.isdigit() for row in rows for text in row):
        return None
    figures = [[int(text) for text in row] for row in rows]
    if sum(not any(row) for row in figures) <= ROWS_OF_NOUGHTS * len(figures):
        return None
    return sum(map(sum, figures)) / (len(figures) * len(columns))


def _read(table: Table, form: Form, layout: MonthColumns) -> Reading:
    long.refuse(table, long.ragged(table))
    failures: list[str] = []
    columns = [_Column(i, p) for i, label in enumerate(table.columns) if (p := month_labels.month_of(label))]
    known = form.series()
    keys: list[tuple[str, str]] = []
    rows: list[tuple[str, ...]] = []
    for index, (place, group, category) in table.records((layout.area, layout.group, layout.category)):
        series, code = (
            f"{normalised(f'{layout.counts} {group}')} / {normalised(category)}",
            reference.area_code(place, AREA_KINDS),
        )
        if code is None:
            failures.append(f"{table.cell(index, table.column(layout.area))}: unknown area {place!r}")
        if series not in known:
            failures.append(f"{table.cell(index, table.column(layout.category))}: unknown category {group!r} / {category!r}")
        key = (series, code or place, "")
        keys.append(key[:2])
        rows += [(*key, c.period, table.rows[index][c.position], table.cell(index, c.position)) for c in columns]
    frame = pd.DataFrame(rows, columns=["series", "area_code", "breakdown", "period", "text", "cell"])
    failures += [f"{cell}: expected a whole number, found {text!r}" for text, cell in _not_whole(frame)]
    failures += _not_a_grid(keys)
    long.refuse(table, failures)
    frame = frame.assign(value=frame["text"].astype(float), status="final")
    frame = frame[list(long.COLUMNS)].sort_values(["series", "area_code", "breakdown", "period"], ignore_index=True)
    first, last = frame["period"].min(), frame["period"].max()
    return Reading(
        observations=frame,
        first_period=first,
        last_period=last,
        edition_label=moved(last, layout.comes_out_months_after),
        edition_basis=f"inferred from its last month, {last}: an edition comes out {layout.comes_out_months_after} month after",
        part="whole",
        notices=(f"Taken as {form.title}: its average figure is {frame['value'].mean():.1f}.",),
        checks=(("figures", "passed", f"{len(frame):,} final"),),
        rejected=(),
    )


def _not_whole(frame: pd.DataFrame) -> list[tuple[str, str]]:
    wrong = frame[~frame["text"].str.fullmatch(r"\d+")]
    return list(zip(wrong["text"], wrong["cell"], strict=True))


def _not_a_grid(keys: Sequence[tuple[str, str]]) -> list[str]:
    """What a complete grid does not have: a key twice, or an area without a category that others have."""
    rows = Counter(keys)
    repeated = [f"{area}, {series}: expected one row, found {n}" for (series, area), n in rows.items() if n > 1]
    expected = product({series for series, _ in rows}, {area for _, area in rows})
    return repeated + [f"{area}, {series}: expected a row, found none" for series, area in sorted(set(expected) - set(rows))]
