"""How each kind of measure is told on its page: its sections, what it is set beside, its words. One module a kind."""

import importlib
import pkgutil
from functools import cache

from dashboard.kinds.telling import Section, Telling
from etl.kinds import OfAKind


@cache
def every() -> dict[str, Telling]:
    """How each kind is told, by id of the kind: the `TELLING` of each module of this folder."""
    modules = (importlib.import_module(f"{__name__}.{m.name}") for m in pkgutil.iter_modules(__path__))
    return {m.TELLING.kind.id: m.TELLING for m in modules if hasattr(m, "TELLING")}


def of(measure: OfAKind) -> Telling:
    """How the kind of a measure is told."""
    return every()[measure.kind]


__all__ = ["Section", "Telling", "every", "of"]
