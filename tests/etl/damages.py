"""Ways in which a table of figures is damaged on its way, as functions from rows to rows; the first row is the header."""

import math
from collections.abc import Callable, Sequence

Rows = list[list[str]]
Damage = Callable[[Rows], Rows]


def column(rows: Rows, label: str) -> int:
    """Where the column stands."""
    return rows[0].index(label)


def changed(label: str, change: Callable[[str, int], str], only: Callable[[Sequence[str]], bool] = lambda _: True) -> Damage:
    """Each cell of a column changed, given the number of its row."""

    def damage(rows: Rows) -> Rows:
        place = column(rows, label)
        return [
            row if number == 0 or not only(row) else [*row[:place], change(row[place], number), *row[place + 1 :]]
            for number, row in enumerate(rows)
        ]

    return damage


def times(label: str, factor: float, only: Callable[[Sequence[str]], bool] = lambda _: True) -> Damage:
    """A column multiplied."""
    return changed(label, lambda text, _: written(figure(text) * factor, text), only)


def noise(label: str, share: float) -> Damage:
    """Every cell of a column a little higher or lower."""
    return changed(label, lambda text, n: written(figure(text) * (1 + share * (1 if n * 7919 % 13 < 6 else -1)), text))


def exchanged(label: str, one: str, other: str) -> Damage:
    """Two names of a column in each other's place."""
    names = {one: other, other: one}
    return changed(label, lambda text, _: names.get(text, text))


def labels_exchanged(one: str, other: str) -> Damage:
    """Two columns under each other's name."""
    names = {one: other, other: one}
    return lambda rows: [[names.get(label, label) for label in rows[0]], *rows[1:]]


def cells_exchanged(one: str, other: str) -> Damage:
    """Two columns' figures in each other's place."""

    def damage(rows: Rows) -> Rows:
        there, here = column(rows, one), column(rows, other)
        places = {there: here, here: there}
        return [rows[0], *([row[places.get(i, i)] for i in range(len(row))] for row in rows[1:])]

    return damage


def copied(source: str, target: str) -> Damage:
    """One column's figures in another."""

    def damage(rows: Rows) -> Rows:
        there, here = column(rows, source), column(rows, target)
        return [rows[0], *([*row[:here], row[there], *row[here + 1 :]] for row in rows[1:])]

    return damage


def without(label: str, value: str) -> Damage:
    """The rows of one value left out."""
    return lambda rows: [row for row in rows if row[column(rows, label)] != value]


def displaced(labels: Sequence[str], by: int) -> Damage:
    """Columns pasted a few rows along."""

    def damage(rows: Rows) -> Rows:
        places = [column(rows, label) for label in labels]
        body = rows[1:]
        return [
            rows[0],
            *(
                [body[(n + by) % len(body)][i] if i in places else cell for i, cell in enumerate(row)]
                for n, row in enumerate(body)
            ),
        ]

    return damage


def figure(text: str) -> float:
    """The number a cell holds; NaN for shorthand."""
    return float(text.replace(",", ".")) if text.strip("-:*") else math.nan


def written(value: float, like: str) -> str:
    """A number with as many decimals as another is written with, and the same decimal mark."""
    if math.isnan(value):
        return like
    mark = "," if "," in like else "."
    decimals = len(like.partition(mark)[2])
    if like.endswith(".0"):
        return f"{round(value)}.0"
    return f"{value:.{decimals}f}".replace(".", mark)
