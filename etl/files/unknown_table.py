"""What a table is that no source takes, in a sentence that helps whoever asked for it."""

import re
from collections.abc import Sequence
from pathlib import Path

from etl.core.errors import NotTaken, SourceChanged
from etl.definitions import reference
from etl.definitions.catalogue import normalised, sources
from etl.files.labels import fold
from etl.files.table import Table

FEWEST_NUMBERS = 12
"""A table of so many columns of whole numbers is laid out by month, whatever stands over them."""
HALF = 0.5
LABELS_SHOWN = 12
POLICE_UK = {"reported by", "falls within"}


def refusal(path: Path, tables: Sequence[Table], recorded_crime: str) -> NotTaken | SourceChanged:
    """The error to raise for a file of which no table was taken.

    SourceChanged for one that is ours under labels nobody knows: it must not be passed over in a folder.
    """
    for table in tables:
        columns = _month_columns(table, recorded_crime)
        if columns:
            labels = ", ".join(repr(c) for c in columns[:3])
            return SourceChanged(
                f"{path.name}: recorded crime by borough, but no column is a month: expected labels such as 202506, 2025-06, "
                f"Jun-25 or 2025-06-01 over its {len(columns)} columns of numbers, found {labels}, …"
            )
        if {fold(c) for c in table.columns} >= POLICE_UK:
            forces = sorted({row for _, (row,) in table.records(["Falls within"]) if row})
            return NotTaken(
                f"{path.name}: street-level crime from data.police.uk, {', '.join(forces[:3])}: no source here takes it"
                + ("" if any("metropolitan" in fold(f) for f in forces) else ", and it is of another police force")
            )
    labels = "; ".join(", ".join(t.columns[:LABELS_SHOWN]) for t in tables)
    listed = "`python -m etl sources` lists what is taken"
    return NotTaken(f"{path.name}: no source takes a table with these columns: {labels}. {listed}")


def _month_columns(table: Table, recorded_crime: str) -> list[str]:
    """Labels of the columns of whole numbers, where the others hold boroughs and offences; [] for any other table."""
    values_by_column = [{row[i] for row in table.rows if i < len(row) and row[i]} for i in range(len(table.columns))]
    columns = zip(table.columns, values_by_column, strict=True)
    numbers = [label for label, values in columns if values and all(re.fullmatch(r"\d+", v) for v in values)]
    if len(numbers) < FEWEST_NUMBERS:
        return []
    places = reference.area_codes(("borough", "pseudo"))
    groups = {normalised(g) for form in sources()[recorded_crime].forms.values() for g in form.groups}
    has_places = any(
        values and sum(reference.spelling(v) in places for v in values) >= HALF * len(values) for values in values_by_column
    )
    has_groups = any(values and sum(normalised(v) in groups for v in values) >= HALF * len(values) for values in values_by_column)
    return numbers if has_places and has_groups else []
