"""The kinds of measure: what each must declare, what is derived from it and how it is judged. One module a kind."""

import importlib
import pkgutil
from functools import cache
from typing import Protocol

from etl.kinds.kind import Kind


class OfAKind(Protocol):
    """A measure as far as its kind can be looked up."""

    @property
    def kind(self) -> str:
        """Id of its kind."""


@cache
def every() -> dict[str, Kind]:
    """Every kind by id: the `KIND` of each module of this folder."""
    modules = (importlib.import_module(f"{__name__}.{m.name}") for m in pkgutil.iter_modules(__path__))
    return {m.KIND.id: m.KIND for m in modules if hasattr(m, "KIND")}


def of(measure: OfAKind) -> Kind:
    """The kind of a measure the catalogue has taken."""
    return every()[measure.kind]


__all__ = ["Kind", "OfAKind", "every", "of"]
