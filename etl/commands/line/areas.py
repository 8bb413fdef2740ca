"""The command `areas`."""

from etl.commands.arguments import Format
from etl.commands.printing import print_rows
from etl.definitions import reference


def command(output: Format = "table") -> None:
    """List the areas: London, boroughs, basic command units and the places that are neither."""
    rows: list[tuple[object, ...]] = [(a.code, a.name, a.kind, a.parent, a.note) for a in reference.areas().values()]
    print_rows(["area", "name", "kind", "parent", "note"], rows, output)
