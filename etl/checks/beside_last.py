"""The one rule for every source: each edition beside the last edition before it, figure by figure.

How far real revisions have moved figures is written in `data/reference/revision_bounds.csv`. What goes further is looked at more
closely (`etl/checks/explanations.py`) so that it can be named as what it is: two areas exchanged, days become weeks, an offence
gone. A person may say why it is so; without a reason it is not published.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass

import duckdb
import pandas as pd

from etl.checks.edition_rules import LargeMove
from etl.checks.explanations import Explanation, explanations
from etl.checks.figures_beside import AXES, FiguresBeside, group_name
from etl.core.sql_text import sql
from etl.definitions import catalogue
from etl.definitions.revision_bounds import RevisionBounds, revision_bounds

FEWEST_SETTLED = 12
"""Of fewer settled figures many may well have moved."""
FEWEST_FAR = 3
FEWEST_GONE = 20
FEWEST_ROUNDED = 9
ROUNDED = 0.95
MOST_LISTED = 20


@dataclass(frozen=True)
class Group:
    """How the figures of one area, series or period (or all of them: axis "all") moved between two editions."""

    edition_id: str
    other_id: str
    source_id: str
    axis: str
    key: str
    settled: int
    settled_moved: int
    figures: int
    far: float | None
    total: float
    other_total: float
    gone: int
    had: int
    large: int
    tens: int
    tens_before: int

    @property
    def is_rounded(self) -> bool:
        """Whether nearly all its figures are tens, as they were not before."""
        return self.large >= FEWEST_ROUNDED and self.tens >= ROUNDED * self.large and self.tens_before < self.large / 2


def large_moves(connection: duckdb.DuckDBPyConnection, touched: Sequence[str] | None = None) -> list[LargeMove]:
    """What moved further between two editions of any source than real revisions have, one sentence each.

    Args:
        connection: where `edition` and `observation` are; the table `cell_beside` is left there.
        touched: editions of which each pair has one; None for every pair.
    """
    lay_beside(connection, touched)
    moves: list[LargeMove] = []
    for groups in _by_pair(groups_beside(connection)):
        moves += _moves(connection, groups)
    return moves


def lay_beside(connection: duckdb.DuckDBPyConnection, touched: Sequence[str] | None = None) -> None:
    """Make the table `cell_beside`: every figure an edition shares with the last before it, with both values."""
    bounds = pd.DataFrame([asdict(b) for b in revision_bounds().values()])
    connection.register("bounds_frame", bounds)
    connection.execute("CREATE OR REPLACE TEMP TABLE revision_bound AS FROM bounds_frame")
    connection.unregister("bounds_frame")
    sources = catalogue.sources().values()
    parameters = {
        "touched": list(touched) if touched is not None else None,
        "zeros": [s.id for s in sources if s.missing_row_is_zero],
        "across": [s.id for s in sources if s.layout == "long" and not any(form.groups for form in s.forms.values())],
    }
    connection.execute(sql(__file__, "cells_beside"), parameters)


def groups_beside(connection: duckdb.DuckDBPyConnection) -> list[Group]:
    """How each pair of editions in `cell_beside` moved: whole, and by area, series and period."""
    return [Group(*row) for row in connection.execute(sql(__file__, "groups_beside")).fetchall()]


def _by_pair(groups: Sequence[Group]) -> Iterator[list[Group]]:
    pairs: dict[tuple[str, str], list[Group]] = {}
    for group in groups:
        pairs.setdefault((group.edition_id, group.other_id), []).append(group)
    yield from pairs.values()


def _moves(connection: duckdb.DuckDBPyConnection, groups: Sequence[Group]) -> Iterator[LargeMove]:
    first = groups[0]
    bounds = revision_bounds()[first.source_id]
    beyond = {(g.axis, g.key): g for g in groups if _is_beyond(g, bounds)}
    cells = _far_cells(connection, first, bounds)
    if not beyond and not cells:
        return
    figures = FiguresBeside.of(connection, first.edition_id, first.other_id, bounds.scale)
    known = explanations(figures, {axis: [key for a, key in beyond if a == axis] for axis in AXES})
    sentences = [*(e.sentence for e in known if e.sentence), *_unexplained(beyond, known, first.other_id, bounds)]
    sentences += _cell_sentences([c for c in cells if not _is_explained(c, known)], first.other_id)
    for sentence in sentences:
        yield LargeMove(first.edition_id, first.other_id, sentence)


def _is_beyond(group: Group, bounds: RevisionBounds) -> bool:
    if group.had and group.gone == group.had and (bounds.scale != "count" or group.other_total >= FEWEST_GONE):
        return True
    if group.is_rounded:
        return True
    most = {
        "all": (bounds.moved_all, None),
        "area": (bounds.moved_area, bounds.far_area * _placeless(group, bounds)),
        "series": (bounds.moved_series, bounds.far_series),
        "period": (bounds.moved_period, bounds.far_period),
    }
    moved, far = most[group.axis]
    many = group.settled >= FEWEST_SETTLED and group.settled_moved > moved * group.settled
    placeless_moved = group.axis == "area" and _placeless(group, bounds) > 1
    return (many and not placeless_moved) or (
        far is not None and group.far is not None and group.figures >= FEWEST_FAR and group.far > far
    )


def _placeless(group: Group, bounds: RevisionBounds) -> float:
    """How much further a place that is no borough may move: crime without one is placed later."""
    return 2**0.5 if bounds.scale == "count" and group.key in ("UNKNOWN", "AIRPORTS", "OTHER") else 1


Cell = tuple[str, str, str, str, str, float, float]
"""(its address, area, series, breakdown, period, figure before, figure now)."""


def _far_cells(connection: duckdb.DuckDBPyConnection, pair: Group, bounds: RevisionBounds) -> list[Cell]:
    return connection.execute(
        """SELECT coalesce(cell, 'no row'), area_code, series, breakdown, period, other, value FROM cell_beside
           WHERE edition_id = ? AND other_id = ?
             AND far > CASE WHEN is_settled THEN ? ELSE ? END
                       * CASE WHEN ? AND area_code NOT LIKE 'E09%' THEN 2 ELSE 1 END
           ORDER BY far DESC, period, area_code, series, breakdown""",
        [pair.edition_id, pair.other_id, bounds.far_settled_cell, bounds.far_cell, bounds.scale == "count"],
    ).fetchall()


def _is_explained(cell: Cell, known: Sequence[Explanation]) -> bool:
    _, area, series, _, period, _, _ = cell
    keys = {"area": area, "series": series, "period": period}
    return any(e.axis == "all" or keys.get(e.axis) in e.keys for e in known)


def _unexplained(
    beyond: Mapping[tuple[str, str], Group], known: Sequence[Explanation], other_id: str, bounds: RevisionBounds
) -> Iterator[str]:
    """Groups that moved beyond bounds and are not told of yet: the smallest number of sentences that covers them."""
    if any(e.axis == "all" for e in known):
        return
    explained = {(e.axis, key) for e in known for key in e.keys}
    whole = beyond.get(("all", ""))
    if whole is not None:
        yield _moved_sentence("all areas together", whole, other_id, bounds.moved_all)
        return
    questions = {"area": "another area's rows", "series": "another series' rows", "period": "another period's column"}
    moved = {"area": bounds.moved_area, "series": bounds.moved_series, "period": bounds.moved_period}
    for axis in AXES:
        if known and axis != "area" and not any(a == axis for a, _ in explained):
            continue
        left = [g for (a, key), g in beyond.items() if a == axis and (axis, key) not in explained]
        for group in left[:MOST_LISTED]:
            name = group_name(axis, group.key)
            yield f"{_moved_sentence(name, group, other_id, moved[axis])}. Are these {questions[axis]}?"
        if len(left) > MOST_LISTED:
            yield f"and {len(left) - MOST_LISTED:,} more moved as far since {edition_name(other_id)}"


def _moved_sentence(name: str, group: Group, other_id: str, most: float) -> str:
    if group.is_rounded:
        return f"{name}: its {group.large:,} figures are rounded to tens, as in {edition_name(other_id)} they were not"
    together = f", {group.other_total:,.0f} to {group.total:,.0f} in all" if group.other_total >= FEWEST_SETTLED else ""
    if group.settled >= FEWEST_SETTLED and group.settled_moved > most * group.settled:
        share = group.settled_moved / group.settled
        return (
            f"{name}: {group.settled_moved:,} of {group.settled:,} older figures ({share:.0%}) are not what they were in "
            f"{edition_name(other_id)}{together}; real revisions have moved {most:.0%} of them at most"
        )
    return f"{name}: its {group.figures:,} figures moved further since {edition_name(other_id)} than any revision has{together}"


def _cell_sentences(cells: Sequence[Cell], other_id: str) -> Iterator[str]:
    for address, area, series, breakdown, period, earlier, value in cells[:MOST_LISTED]:
        place = group_name("area", area) + (f", {breakdown}" if breakdown else "")
        yield (
            f"{address}: {place}, {series}, {period}: {figure(earlier)} in {edition_name(other_id)}, {figure(value)} now; no "
            "revision has moved a cell so far"
        )
    if len(cells) > MOST_LISTED:
        yield f"and {len(cells) - MOST_LISTED:,} more cells moved as far since {edition_name(other_id)}"


def figure(value: float) -> str:
    """A figure as a sentence says it: 1,234, or 0.56."""
    return f"{value:,.0f}" if float(value).is_integer() or abs(value) >= 1_000 else f"{value:.4g}"


def edition_name(edition_id: str) -> str:
    """Edition 2026-01, from an edition's id."""
    return f"edition {edition_id.split('/')[1]}"
