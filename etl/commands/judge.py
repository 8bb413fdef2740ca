"""Judges any monthly counts somebody brings: `python -m etl judge FILE.csv`. Needs no release, and loads nothing of one."""

import sys
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import numpy as np
import typer

from etl.commands import own_counts
from etl.commands.own_counts import MONTH, Counts
from etl.commands.printing import print_rows
from etl.core.errors import NoSuchThing
from etl.core.grade import letter_of
from etl.core.period import every_month
from etl.judging import fitted, moves
from etl.judging.expectation_made import FORCE, LEAST_FOR_FORCE
from etl.judging.move_sentence import sentence
from etl.judging.moves import Move
from etl.judging.panel import Panel
from etl.methods.arrays import Floats

COLUMNS = (
    "area", "state", "letter", "grade", "probability_lasts", "since", "observed", "expected_lower", "expected", "expected_upper",
    "change", "change_lower", "change_upper", "against_force", "ruled_out_below", "ruled_out_above", "sentence",
)  # fmt: skip
STANDS_IN = "The boroughs' sum stands in for the force."
SHARE_DECIMALS = 4
EPILOG = "For example: `python -m etl judge calls.csv --as-of 2025-12 --format table`."
BETTER = ("lower", "higher", "neither")


def judged(path: Path, as_of: str | None, better: str) -> list[tuple[object, ...]]:
    """A row with `COLUMNS` for each area of a file, the force first.

    Args:
        path: CSV of area, kind, month, count and perhaps population.
        as_of: the newest month looked at; None for the newest in the file.
        better: which way is: lower, higher or neither.

    Raises:
        SourceUnavailable: the file cannot be opened.
        DataRejected: it is not such a file; every reason with its line.
        NoSuchThing: no such month, or way.
    """
    if better not in BETTER:
        raise NoSuchThing(f"no way {better!r}; {', '.join(BETTER)}")
    counts = own_counts.read(path)
    last = _last(counts.panel, as_of)
    window = moves.window_to(last)
    panel, people = _within(counts, window[0], last)
    stands_in = STANDS_IN if _is_stood_in(panel) else ""
    return [_row(move, better, stands_in) for move in moves.judge(panel, window, fitted.fitted(), sizes=people)]


def _last(panel: Panel, as_of: str | None) -> str:
    if as_of is None:
        return panel.months[-1]
    if not MONTH.fullmatch(as_of):
        raise NoSuchThing(f"--as-of {as_of!r} is not a month such as 2025-12")
    if as_of < panel.months[0]:
        raise NoSuchThing(f"--as-of {as_of} lies before the first month of the file, {panel.months[0]}")
    if as_of > panel.months[-1]:
        raise NoSuchThing(f"--as-of {as_of} lies after the newest month of the file, {panel.months[-1]}")
    return as_of


def _within(counts: Counts, first: str, last: str) -> tuple[Panel, Floats | None]:
    """The panel up to a month, with empty months before it where the window begins before the file does."""
    panel = counts.panel
    stop = panel.months.index(last) + 1
    before = max(0, len(every_month(first, panel.months[0])) - 1) if first < panel.months[0] else 0
    months = tuple(every_month(min(first, panel.months[0]), last))
    lead = np.full((len(panel.areas), before), np.nan)
    joined = [np.concatenate([lead, table[:, :stop]], axis=1) for table in (panel.counts, counts.people) if table is not None]
    return replace(panel, months=months, counts=joined[0]), joined[1] if counts.people is not None else None


def _is_stood_in(panel: Panel) -> bool:
    boroughs = panel.kinds.count("borough")
    return FORCE not in panel.kinds and boroughs >= LEAST_FOR_FORCE and not np.isnan(panel.counts).any()


def _row(move: Move, better: str, stands_in: str) -> tuple[object, ...]:
    words = sentence(move)
    shares = [_share(share) for share in (move.change, move.change_lower, move.change_upper)]
    return (
        move.area, move.state.value, letter_of(move.state, better), move.grade.word if move.grade else None,
        _share(move.probability), move.since, move.observed, move.lower,
        None if move.expected is None else round(move.expected, 1), move.upper,
        *shares, move.against_force or None, shares[1], shares[2],
        f"{words} {stands_in}" if stands_in and move.against_force else words,
    )  # fmt: skip


def _share(value: float | None) -> float | None:
    return None if value is None else round(value, SHARE_DECIMALS)


def command(
    file: Annotated[
        Path, typer.Argument(help="CSV: area,kind,month,count and perhaps population. Kind is borough, or force for the whole.")
    ],
    as_of: Annotated[str | None, typer.Option("--as-of", help="The newest month looked at (2025-12); else the newest.")] = None,
    better: Annotated[str, typer.Option(help="Which way is better: lower, higher or neither.")] = "neither",
    format: Annotated[str, typer.Option("--format", help="csv, json or table.")] = "csv",  # noqa: A002
) -> None:
    """Judge monthly counts of your own: what moved this year, how sure that is, and what can be ruled out.

    One row an area. `change` is from what was expected, as a share (-0.2: a fifth below), with the limits it must lie in for the
    count to have come out as it did; beyond them it can be ruled out. Letters: C rose or fell (B better, W worse with --better),
    A moved against the force alone, M leaning and not proven, E as expected but not as last year, N no clear change, T too early,
    X cannot be compared, L late, U cannot tell. C and A are the list of what moved. The months judged are those since April, or
    the newest twelve before June ends; twelve months before them are needed, and 24 make the ranges narrower.
    A month that is not known is left out of the file; none is ever taken for 0. Covid (March 2020 to June 2021) is left out.
    """
    print_rows(list(COLUMNS), judged(file, as_of, better), format)


def alone() -> None:
    """Run this command and no other, as `python -m etl judge` was called."""
    app = typer.Typer(pretty_exceptions_enable=False)
    app.command(epilog=EPILOG)(command)
    app(args=sys.argv[2:], prog_name="python -m etl judge")
