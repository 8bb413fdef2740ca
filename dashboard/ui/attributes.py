"""Attributes whose names Python cannot spell, and attributes that are only sometimes there."""

from typing import Any


def attributes(**attributes_given: str | int | bool | dict[str, int] | None) -> dict[str, Any]:
    """Keyword arguments for an `html` element: `aria_label` becomes `aria-label`, `data_set` `data-set`; None is left out."""
    return {
        f"{name[:4]}-{name[5:]}" if name.startswith(("aria_", "data_")) else name: value
        for name, value in attributes_given.items()
        if value is not None
    }
