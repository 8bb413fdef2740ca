"""The command `sources`."""

from typing import Annotated

import typer

from etl.commands import late_feeds
from etl.commands.arguments import DEFAULT_WAREHOUSE, Format, Warehouse
from etl.commands.lookup import Lookup
from etl.commands.printing import print_rows
from etl.core import clock
from etl.core.errors import FiguresLate

EPILOG = "For a timer that is to raise an alarm: `python -m etl sources --late` prints nothing and ends with 0 while none is."


def command(
    warehouse: Warehouse = DEFAULT_WAREHOUSE,
    late: Annotated[
        bool,
        typer.Option("--late", help="Only what is late today by its publisher's calendar; ends with 20 where anything is."),
    ] = False,
    output: Format = "table",
) -> None:
    """List the sources, and each edition held of them; or what is late of them today."""
    live = Lookup.live(warehouse)
    if late:
        rows = late_feeds.late_rows(live.connection, clock.today())
        if rows:
            print_rows(late_feeds.COLUMNS, rows, output)
            raise FiguresLate(late_feeds.sentence(rows, clock.today()))
        return
    statement = (
        "SELECT s.source_id AS source, e.label AS edition, CASE e.published_basis WHEN 'given' THEN e.published_on::VARCHAR "
        "WHEN 'inferred' THEN 'not given, taken as ' || e.label END AS published, e.part, e.form, e.first_period AS first, "
        "e.last_period AS last, e.rows, e.areas, "
        "e.series AS categories, substr(e.sha256, 1, 12) AS sha256, e.file_name AS file "
        "FROM source s LEFT JOIN edition e USING (source_id) ORDER BY 1, e.published_on, e.edition_id"
    )
    print_rows(*live.table(statement), output)
