"""The command `judge`."""

from pathlib import Path
from typing import Annotated

import typer

from etl.commands import judge
from etl.commands.printing import print_rows

EPILOG = "For example: `python -m etl judge calls.csv --as-of 2025-12 --format table`."


def command(
    file: Annotated[
        Path, typer.Argument(help="CSV: area,kind,month,count and perhaps population. Kind is borough, or force for the whole.")
    ],
    as_of: Annotated[str | None, typer.Option("--as-of", help="The newest month looked at (2025-12); else the newest.")] = None,
    better: Annotated[str, typer.Option(help="Which way is better: lower, higher or neither.")] = "neither",
    output: Annotated[str, typer.Option("--format", help="csv, json or table.")] = "csv",
) -> None:
    """Judge monthly counts of your own: what moved this year, how sure that is, and what can be ruled out.

    One row an area. `change` is from what was expected, as a share (-0.2: a fifth below), with the limits it must lie in for the
    count to have come out as it did; beyond them it can be ruled out. Letters: C rose or fell (B better, W worse with --better),
    A moved against the force alone, M leaning and not proven, E as expected but not as last year, N no clear change, T too early,
    X cannot be compared, L late, U cannot tell. C and A are the list of what moved. The months judged are those since April, or
    the newest twelve before June ends; twelve months before them are needed, and 24 make the ranges narrower.
    A month that is not known is left out of the file; none is ever taken for 0. Covid (March 2020 to June 2021) is left out.
    """
    print_rows(list(judge.COLUMNS), judge.judged(file, as_of, better), output)
