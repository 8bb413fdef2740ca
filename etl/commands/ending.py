"""How a command ends: with 0, or with the message and the number of its refusal and no traceback."""

import os
import sys
from collections.abc import Callable

import typer

from etl.core.errors import CannotWrite, PipelineError


def run(command: Callable[[], object]) -> None:
    """Run a command; a refusal prints its message and exits with its own code.

    A reader that stops listening (`... | head`) is no error.
    """
    try:
        try:
            command()
        finally:
            sys.stdout.flush()
    except PipelineError as error:
        typer.echo(str(error), err=True)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        _stop_writing()
    except _of_disk_and_memory() as error:
        # A full disk, a folder that may not be written to, too many files open: nothing a traceback would tell.
        typer.echo(
            f"{_sentence(error)} What is live stays as it was; make room, or see to the file, and run this again.", err=True
        )
        _stop_writing()
        sys.exit(CannotWrite.exit_code)
    except SystemExit as ended:
        # The command line's own library ends with 1 where it meets the closed pipe first.
        if not isinstance(ended.__context__, BrokenPipeError):
            raise
        _stop_writing()


def _of_disk_and_memory() -> tuple[type[BaseException], ...]:
    """What is raised where nothing can be written; by DuckDB too, once it has been imported, and where its memory is used up."""
    database = sys.modules.get("duckdb")
    return (OSError, database.IOException, database.OutOfMemoryException) if database else (OSError,)


def _sentence(error: BaseException) -> str:
    if isinstance(error, OSError) and error.strerror:
        return f"{f'{error.filename}: ' if error.filename else ''}{error.strerror}."
    return f"{(str(error) or type(error).__name__).splitlines()[0]}."


def _stop_writing() -> None:
    """Nothing more goes to the closed pipe, not even what Python writes out as it ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.__stdout__.fileno() if sys.__stdout__ else 1)
