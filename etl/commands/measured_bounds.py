"""How far the editions held have moved figures, beside how far they may: what `data/reference/revision_bounds.csv` rests on."""

from collections.abc import Iterable, Iterator

import duckdb

from etl.checks.beside_last import FEWEST_FAR, FEWEST_SETTLED, Group, groups_beside, lay_beside
from etl.definitions.revision_bounds import RevisionBounds, revision_bounds

COLUMNS = ("source", "bound", "allowed", "measured", "pairs", "basis")
CELLS = "SELECT max(far) FILTER (NOT is_settled), max(far) FILTER (is_settled) FROM cell_beside WHERE source_id = ? AND far > 0"
MOVED = (("moved_all", "all"), ("moved_area", "area"), ("moved_series", "series"), ("moved_period", "period"))
FAR = (("far_area", "area"), ("far_series", "series"), ("far_period", "period"))


def rows(connection: duckdb.DuckDBPyConnection) -> list[tuple[object, ...]]:
    """One row a source and bound: (source, bound, allowed, the furthest measured or None, pairs of editions, basis).

    `connection` has `edition` and `observation`. A source with one edition has nothing to be measured on.
    """
    lay_beside(connection)
    groups = groups_beside(connection)
    lines: list[tuple[object, ...]] = []
    for source, bounds in sorted(revision_bounds().items()):
        of_source = [group for group in groups if group.source_id == source]
        pairs = len({(group.edition_id, group.other_id) for group in of_source})
        cells = connection.execute(CELLS, [source]).fetchone() or (None, None)
        measured = {**_measured(of_source), "far_cell": cells[0], "far_settled_cell": cells[1]}
        lines += _lines(bounds, measured, pairs)
    return lines


def _measured(groups: Iterable[Group]) -> dict[str, float | None]:
    by_axis: dict[str, list[Group]] = {}
    for group in groups:
        by_axis.setdefault(group.axis, []).append(group)
    moved = {
        bound: max((g.settled_moved / g.settled for g in by_axis.get(axis, []) if g.settled >= FEWEST_SETTLED), default=None)
        for bound, axis in MOVED
    }
    far = {
        bound: max((g.far for g in by_axis.get(axis, []) if g.far is not None and g.figures >= FEWEST_FAR), default=None)
        for bound, axis in FAR
    }
    return {**moved, **far}


def _lines(bounds: RevisionBounds, measured: dict[str, float | None], pairs: int) -> Iterator[tuple[object, ...]]:
    for name, value in measured.items():
        figure = None if value is None else round(value, 4)
        yield bounds.source, name, getattr(bounds, name), figure, pairs, bounds.basis_word
