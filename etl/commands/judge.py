"""What may be said of any monthly counts somebody brings (`python -m etl judge FILE.csv`). Needs no release."""

from dataclasses import replace
from pathlib import Path

import numpy as np

from etl.commands import own_counts
from etl.commands.own_counts import MONTH, Counts
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
