"""Which boroughs a borough or a command is compared with, and which lie next door: by likeness and borders alone."""

import json
from collections.abc import Collection, Sequence
from functools import cache
from typing import Any

from etl.definitions.reference import REFERENCE
from etl.definitions.similar import neighbours

MOST_COMPARED = 10
"""On made-up dates ten similar boroughs foretold as well as all others, and five less well."""
POINT = 5
"""Decimals a corner of an outline is compared to: about a metre."""


@cache
def next_door() -> dict[str, tuple[str, ...]]:
    """The boroughs that share a piece of border with each, A to Z by code; a single corner is no border."""
    outlines = json.loads((REFERENCE / "boroughs.geojson").read_text(encoding="utf-8"))["features"]
    corners: dict[tuple[float, float], set[str]] = {}
    for outline in outlines:
        for x, y in _corners(outline["geometry"]["coordinates"]):
            corners.setdefault((round(x, POINT), round(y, POINT)), set()).add(outline["properties"]["code"])
    shared: dict[tuple[str, str], int] = {}
    for codes in corners.values():
        for one in codes:
            for other in codes - {one}:
                shared[one, other] = shared.get((one, other), 0) + 1
    names = sorted(outline["properties"]["code"] for outline in outlines)
    return {one: tuple(other for other in names if shared.get((one, other), 0) > 1) for one in names}


def boroughs_around(members: Collection[str]) -> tuple[str, ...]:
    """The boroughs that border any of these, without these themselves."""
    bordering = next_door()
    return tuple(sorted({near for code in members for near in bordering.get(code, ())} - set(members)))


def most_alike(members: Sequence[str], usable: Collection[str], number: int = MOST_COMPARED) -> tuple[str, ...]:
    """The usable boroughs most like these, by the sum of their places in the order of likeness to each.

    Args:
        members: one borough, or those of a command.
        usable: those that may be chosen; members never are.
        number: at most so many.
    """
    places: dict[str, int] = {}
    for member in members:
        for near in neighbours(member):
            places[near.area] = places.get(near.area, 0) + near.place
    candidates = [code for code in sorted(places, key=lambda c: (places[c], c)) if code in usable and code not in members]
    return tuple(candidates[:number])


def _corners(coordinates: Any) -> list[tuple[float, float]]:  # noqa: ANN401
    if isinstance(coordinates[0], int | float):
        return [(coordinates[0], coordinates[1])]
    return [corner for part in coordinates for corner in _corners(part)]
