"""The command `bounds`."""

from etl.commands import measured_bounds
from etl.commands.arguments import DEFAULT_WAREHOUSE, Format, Warehouse
from etl.commands.lookup import Lookup
from etl.commands.printing import print_rows

EPILOG = (
    "A bound that is set, not measured, rests on no two editions of its source: once a second one is held, what is measured here "
    "says what to write into data/reference/revision_bounds.csv."
)


def command(warehouse: Warehouse = DEFAULT_WAREHOUSE, output: Format = "table") -> None:
    """Measure how far the editions held have moved figures, beside how far they may before somebody must say why."""
    print_rows(measured_bounds.COLUMNS, measured_bounds.rows(Lookup.live(warehouse).connection), output)
