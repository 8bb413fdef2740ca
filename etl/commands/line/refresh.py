"""The command `refresh`."""

from etl import pipeline
from etl.commands.arguments import DEFAULT_WAREHOUSE, Warehouse, say


def command(warehouse: Warehouse = DEFAULT_WAREHOUSE) -> None:
    """Work the live release out again with this copy's methods and definitions; every edition is kept."""
    pipeline.refresh(warehouse, say)
