"""Printing of the commands' results: rows as CSV, JSON or a table, and one line for each measure that moved."""

import csv
import json
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

import typer

from etl.core.errors import NoSuchThing

if TYPE_CHECKING:
    from etl.release.diff import Moved


def print_rows(columns: Sequence[str], rows: Sequence[Sequence[object]], output_format: str) -> None:
    """Print rows under their column names on standard output.

    Raises:
        NoSuchThing: `output_format` is not csv, json or table.
    """
    if output_format == "csv":
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([[_cell(v) for v in row] for row in rows])
    elif output_format == "json":
        typer.echo(json.dumps([dict(zip(columns, row, strict=True)) for row in rows], default=str, indent=1, ensure_ascii=False))
    elif output_format == "table":
        text = [[_cell(v) for v in row] for row in [columns, *rows]]
        widths = [max(len(row[i]) for row in text) for i in range(len(columns))]
        for row in text:
            typer.echo("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
    else:
        raise NoSuchThing(f"no format {output_format!r}; csv, json or table")


def moved_lines(rows: "Sequence[Moved]") -> list[str]:
    """One line for each measure that has new periods, has lost some, or says other figures than before."""
    lines = []
    for m in rows:
        parts = []
        if m.new_periods:
            parts.append(f"{m.new_periods} new ({m.first_new} to {m.last_new})")
        if m.lost_periods:
            parts.append(f"{m.lost_periods} no longer there")
        if m.cells_moved:
            largest = (
                f"; London most in {m.largest_period}: {m.largest_from:,.0f} to {m.largest_to:,.0f}"
                if m.largest_period and m.largest_to and m.largest_to > 1
                else ""
            )
            parts.append(f"{m.cells_moved:,} of {m.cells:,} figures moved{largest}")
        lines.append(f"  {m.measure_id}: {', '.join(parts)}")
    return lines


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.0f}" if value.is_integer() else f"{value:.6g}" if abs(value) < 100 else f"{value:.4f}"
    return str(value)
