"""The command line of the pipeline: `python -m etl --help`."""

import sys

import typer

from etl.commands import ending
from etl.commands.command_line import app
from etl.core.errors import ReleaseUnusable


def main() -> None:
    """Run the command; a refusal prints its message and exits with its own code, no traceback."""
    ending.run(_started)


def _started() -> None:
    try:
        app()
    except _database_errors() as error:
        # Its file has gone bad while it was read, or it was made by another copy of the project.
        typer.echo(f"the release cannot be read: {str(error).splitlines()[0]}; try `python -m etl refresh`", err=True)
        sys.exit(ReleaseUnusable.exit_code)


def _database_errors() -> tuple[type[Exception], ...]:
    """The errors of DuckDB, where a command has loaded it."""
    duckdb = sys.modules.get("duckdb")
    return (duckdb.Error,) if duckdb else ()


if __name__ == "__main__":
    main()
