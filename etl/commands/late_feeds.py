"""What is late today, source by source: for a person, and for a timer that is to raise an alarm."""

import datetime as dt
from collections.abc import Sequence

import duckdb

from etl.core.written import count_word, day
from etl.definitions import catalogue
from etl.definitions.calendar import gap

COLUMNS = ("source", "areas", "held_to", "due_to", "late_since", "periods_late", "months_unknown")
SEVERAL, ALONE = "several", "one"
Row = tuple[object, ...]


def late_rows(connection: duckdb.DuckDBPyConnection, today: dt.date) -> list[Row]:
    """Rows with `COLUMNS` of each feed of which something should be public by `today` and is not held, latest first.

    Files of one area and files of several are two feeds of a source: the survey's London figures run further than its boroughs'.
    """
    newest = connection.execute(
        "SELECT source_id, CASE WHEN areas > 1 THEN ? ELSE ? END AS areas, max(last_period) "
        "FROM edition GROUP BY ALL ORDER BY 1, 2",
        [SEVERAL, ALONE],
    ).fetchall()
    rows: list[Row] = []
    for source_id, areas, last in newest:
        source = catalogue.sources().get(source_id)
        if source is None:
            continue
        g = gap(source, last, today)
        if g.is_late:
            rows.append((source_id, areas, g.held_to, g.due_to, g.late_since, g.periods_late, g.months_unknown))
    return sorted(rows, key=lambda row: str(row[COLUMNS.index("held_to")]))


def sentence(rows: Sequence[Row], today: dt.date) -> str:
    """How many feeds are late, for the end of the command."""
    many = len(rows)
    return f"{count_word(many)} {'feed is' if many == 1 else 'feeds are'} late on {day(today)}"
