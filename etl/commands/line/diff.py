"""The command `diff`."""

from typing import Annotated

import typer

from etl.commands.arguments import DEFAULT_WAREHOUSE, Warehouse, say
from etl.commands.lookup import Lookup
from etl.commands.printing import moved_lines
from etl.core.errors import NoSuchThing
from etl.release.diff import moved
from etl.warehouse import current_release

EPILOG = "For example: `python -m etl diff 2026-01-01-4e23f2d4ef`, or without a name after `add`."


def command(
    other: Annotated[
        str | None, typer.Argument(help="An older release's name; without it, the release built before the live one.")
    ] = None,
    warehouse: Warehouse = DEFAULT_WAREHOUSE,
) -> None:
    """Print what the live release says that another does not: new months, and figures that moved."""
    live = Lookup.live(warehouse)
    (current,) = live.table("SELECT name FROM release")[1][0]
    releases = sorted(warehouse.glob("*.duckdb"), key=lambda p: p.stat().st_mtime)
    older_releases = [p for p in releases if p.stem == other] if other else [p for p in releases if p.stem != current][-1:]
    if not older_releases:
        raise NoSuchThing(
            f"no other release{f' {other!r}' if other else ''} in {warehouse}; held: {', '.join(p.stem for p in releases)}"
        )
    lines = moved_lines(moved(older_releases[0], current_release(warehouse)))
    say(f"{older_releases[0].stem} to {current}")
    for line in lines or ["Nothing differs."]:
        say(line)
