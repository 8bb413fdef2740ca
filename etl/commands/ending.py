"""How a command ends: with 0, or with the message and the number of its refusal and no traceback."""

import os
import sys
from collections.abc import Callable

import typer

from etl.core.errors import PipelineError


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
    except SystemExit as ended:
        # The command line's own library ends with 1 where it meets the closed pipe first.
        if not isinstance(ended.__context__, BrokenPipeError):
            raise
        _stop_writing()


def _stop_writing() -> None:
    """Nothing more goes to the closed pipe, not even what Python writes out as it ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.__stdout__.fileno() if sys.__stdout__ else 1)
