"""Data tables: captioned or labelled, numbers to the right, groups with a head, blocks instead of rows on a phone."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from dashboard.ui import html
from dashboard.ui.attributes import attributes
from dashboard.ui.html import Element
from dashboard.ui.raw import Raw

Cell = str | Element | list[str | Element]


@dataclass(frozen=True)
class Column:
    """One column: its head, whether it holds numbers, and the scale drawn over it where its cells hold pictures.

    `is_short`: in a table told row by row on a phone, two such columns share a line.
    """

    head: str
    is_number: bool = False
    scale: Element | None = None
    is_short: bool = False


@dataclass(frozen=True)
class Group:
    """Rows under one head; the first cell of each is its row head. `head` None for rows that need none."""

    rows: Sequence[Sequence[Cell]]
    head: str | None = None
    is_total: bool = False


def data_table(
    columns: Sequence[Column],
    rows: Sequence[Sequence[Cell]] | Sequence[Group],
    *,
    caption: str | None = None,
    label: str | None = None,
    stack: bool = False,
    brief: bool = False,
) -> html.Div | html.Table:
    """A table that can be named: by a caption above it, or by a label for screen readers.

    Args:
        columns: heads, in order; the first belongs to the row heads.
        rows: rows, or groups of rows.
        caption: printed above the table.
        label: names a region that scrolls sideways when the table is wider than the page.
        stack: below 768 px each row becomes a block with the column's name before each value.
        brief: the blocks of a table of six columns hold two values a line: for a list that is long on a phone.

    Raises:
        ValueError: neither caption nor label is given, or a row has not as many cells as there are columns.
    """
    if not caption and not label:
        raise ValueError("a table needs a caption or a label")
    groups = [g if isinstance(g, Group) else Group((g,)) for g in rows]
    bodies = [_body(columns, group, stack) for group in _merged_plain_groups(groups)]
    head = html.Thead(html.Tr([html.Th(_head(c), scope="col", **_cell_class(c)) for c in columns]))
    table = html.Table(
        [*([html.Caption(caption)] if caption else []), head, *bodies],
        className=f"tight plain{' stack' if stack else ''}{' brief' if brief else ''}",
    )
    if not label:
        return table
    return html.Div(table, className="scroll", tabIndex=0, role="region", **attributes(aria_label=label))


def closed(table: Element, summary: str = "Table of these figures", *, is_printed: bool = False) -> html.Details:
    """A table behind its summary: closed until asked for, always in the page."""
    name = "data-table print-open" if is_printed else "data-table"
    return html.Details([html.Summary(html.Span(summary)), table], className=name)


def folded(summary: str, of_what: str, content: Sequence[Element], *, is_open: bool = False) -> html.Details:
    """What stands behind a measure's words: a phone shows it when asked, a wide screen and paper always.

    Args:
        summary: what is behind it, as read on the screen.
        of_what: what it is about, said by a screen reader after the summary.
        content: in reading order.
        is_open: open on a phone too, until closed.
    """
    name: Cell = [summary, html.Span(f" {of_what}", className="visually-hidden")]
    return html.Details([html.Summary(html.Span(name)), *content], className="rest print-open", open=is_open)


def _head(column: Column) -> Cell:
    return column.head if column.scale is None else [html.Span(column.head, className="visually-hidden"), column.scale]


def _merged_plain_groups(groups: Sequence[Group]) -> list[Group]:
    """Runs of plain rows made one body."""
    joined: list[Group] = []
    for group in groups:
        last = joined[-1] if joined else None
        if last and last.head is None and group.head is None and last.is_total == group.is_total:
            joined[-1] = Group((*last.rows, *group.rows), None, group.is_total)
        else:
            joined.append(group)
    return joined


def _body(columns: Sequence[Column], group: Group, stack: bool) -> Element:
    if group.head is None and not group.is_total and not stack and all(isinstance(c, str) for row in group.rows for c in row):
        return _plain_body(columns, group.rows)
    rows: list[Element] = []
    if group.head is not None:
        rows.append(html.Tr(html.Th(group.head, scope="rowgroup", colSpan=len(columns)), className="group"))
    for cells in group.rows:
        _check_cell_count(columns, cells)
        first, *other_cells = cells
        values = [_value(column, cell, stack) for column, cell in zip(columns[1:], other_cells, strict=True)]
        rows.append(html.Tr([html.Th(first, scope="row"), *values], **attributes(className="total" if group.is_total else None)))
    return html.Tbody(rows)


def _plain_body(columns: Sequence[Column], rows: Sequence[Sequence[Cell]]) -> Element:
    """The rows of a table of words alone, as text: a component a cell takes most of the time of a page of thirty tables."""
    cell_starts = ['<th scope="row">', *('<td class="n">' if c.is_number else "<td>" for c in columns[1:])]
    cell_ends = ["</th>", *("</td>" for _ in columns[1:])]
    rows_written = []
    for cells in rows:
        _check_cell_count(columns, cells)
        cells_written = (f"{o}{escape(str(c), quote=False)}{e}" for o, c, e in zip(cell_starts, cells, cell_ends, strict=True))
        rows_written.append(f"<tr>{''.join(cells_written)}</tr>")
    return Raw("".join(rows_written), tag="tbody")


def _check_cell_count(columns: Sequence[Column], cells: Sequence[Cell]) -> None:
    if len(cells) != len(columns):
        raise ValueError(f"a row has {len(cells)} cells, the table {len(columns)} columns: {cells!r}")


def _value(column: Column, cell: Cell, stack: bool) -> html.Td:
    content = cell if isinstance(cell, list) else [cell]
    label = [html.Span(f"{column.head}: ", className="stack-label")] if stack else []
    return html.Td([*label, *content] if label or len(content) > 1 else content[0], **_cell_class(column))


def _cell_class(column: Column) -> dict[str, Any]:
    class_name = " ".join(name for name, applies in (("n", column.is_number), ("half", column.is_short)) if applies)
    return attributes(className=class_name or None)
