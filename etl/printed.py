"""How the commands print rows: CSV for programs, JSON, or a table for a screen."""

import csv
import json
import sys
from collections.abc import Sequence

import typer

from etl.errors import NoSuchThing


def print_rows(columns: Sequence[str], rows: Sequence[Sequence[object]], how: str) -> None:
    """Rows under their column names, on standard output.

    Raises:
        NoSuchThing: `how` is not csv, json or table.
    """
    if how == "csv":
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([[_cell(v) for v in row] for row in rows])
    elif how == "json":
        typer.echo(json.dumps([dict(zip(columns, row, strict=True)) for row in rows], default=str, indent=1, ensure_ascii=False))
    elif how == "table":
        text = [[_cell(v) for v in row] for row in [columns, *rows]]
        widths = [max(len(row[i]) for row in text) for i in range(len(columns))]
        for row in text:
            typer.echo("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
    else:
        raise NoSuchThing(f"no format {how!r}; csv, json or table")


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.0f}" if value.is_integer() else f"{value:.6g}" if abs(value) < 100 else f"{value:.4f}"
    return str(value)
