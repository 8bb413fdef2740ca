"""The command `check`."""

from etl import pipeline
from etl.commands import dates
from etl.commands.arguments import DEFAULT_WAREHOUSE, Accept, Paths, Published, Warehouse, say
from etl.core import clock

EPILOG = "For example: `python -m etl check downloads/`. It ends as `add` would: with 0 if all would be taken."


def command(paths: Paths, warehouse: Warehouse = DEFAULT_WAREHOUSE, published: Published = None, accept: Accept = None) -> None:
    """Do all that `add` does, except publish; says which changes would enter the ledger and which would leave it."""
    pipeline.add(paths, warehouse, say, published=dates.day(published), accept=accept, publish_it=False, today=clock.today())
