"""A row of the warehouse, or a definition of the catalogue, as a frozen record: each field from what has the same name."""

from collections.abc import Callable
from dataclasses import fields
from functools import cache
from operator import attrgetter
from types import MappingProxyType
from typing import Any, TypeVar

Record = TypeVar("Record")

COLUMNS = MappingProxyType(
    {
        "measure": "measure_id",
        "area": "area_code",
        "edition": "edition_id",
        "cell": "cells",
        "is_in_step": "in_step",
    }
)
"""Fields that a record names otherwise than the warehouse's column does."""


def record_of(kind: Callable[..., Record], row: object, **given: object) -> Record:
    """A record of this kind; `given` are the fields the row does not hold as they are, every other is read from it.

    Raises:
        AttributeError: the row lacks one.
    """
    names, values = _reader(kind, tuple(given))
    return kind(**dict(zip(names, values(row), strict=True)), **given)


@cache
def _reader(kind: Any, given: tuple[str, ...]) -> tuple[tuple[str, ...], Callable[[object], tuple[object, ...]]]:  # noqa: ANN401
    """(the fields to read, what reads them): worked out once, since a page makes thousands of records."""
    names = tuple(field.name for field in fields(kind) if field.name not in given)
    read = attrgetter(*(COLUMNS.get(name, name) for name in names))
    return names, read if len(names) > 1 else lambda row: (read(row),)
