"""Which boroughs are most alike: published characteristics, weights anyone may change, and the distance they give.

The characteristics are those that change how much crime a place has whatever its police do: how densely people live, how old they
are, how poor, how many come in to work, who rents, and how easily the place is reached. They are compiled by
`python -m etl characteristics` into `data/reference/borough_characteristics.csv`; the weights stand beside them in
`similar_weights.csv`. No crime figure enters, so that likeness never depends on what is compared.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from etl.core.errors import CatalogueError
from etl.definitions.reference import REFERENCE
from etl.methods.comparison import most_similar

CHARACTERISTICS = "borough_characteristics.csv"
WEIGHTS = "similar_weights.csv"
SCALES = ("plain", "ratio")


@dataclass(frozen=True)
class Weight:
    """How much a characteristic counts. `scale` ratio compares by proportion: twice as dense is the same step everywhere."""

    characteristic: str
    title: str
    weight: float
    scale: str


@dataclass(frozen=True)
class Neighbour:
    """Another borough and its distance: 0 is identical, 1 about one standard deviation of boroughs apart on everything."""

    area: str
    place: int
    distance: float


@cache
def weights() -> tuple[Weight, ...]:
    """The published weights, in order.

    Raises:
        CatalogueError: a weight that is not a number from 0 up, or a scale that is not known.
    """
    published = []
    for row in _rows(WEIGHTS):
        try:
            published.append(Weight(row["characteristic"], row["title"], float(row["weight"]), row["scale"]))
        except ValueError as error:
            raise CatalogueError(f"{WEIGHTS}: {row['characteristic']}: {error}") from error
    problems = [
        f"{WEIGHTS}: {w.characteristic}: weight {w.weight}, scale {w.scale}"
        for w in published
        if w.weight < 0 or w.scale not in SCALES
    ]
    if problems:
        raise CatalogueError("\n".join(problems))
    return tuple(published)


@cache
def characteristics() -> dict[str, dict[str, float]]:
    """Each borough's published figures by characteristic; a figure that is not published is not there."""
    figures: dict[str, dict[str, float]] = {}
    for row in _rows(CHARACTERISTICS):
        figures.setdefault(row["area_code"], {})[row["characteristic"]] = float(row["value"])
    return figures


def neighbours(area: str, changed: Mapping[str, float] | None = None) -> tuple[Neighbour, ...]:
    """The other boroughs of the force, most similar first; () for an area without characteristics.

    Args:
        area: code of a borough.
        changed: a reader's own weights by characteristic; those not named keep the published ones.

    Raises:
        ValueError: weights below nil, or all nil.
    """
    known = characteristics()
    if area not in known:
        return ()
    places = sorted(known)
    used = weights()
    table = np.array([[_scaled(known[p].get(w.characteristic, float("nan")), w.scale) for w in used] for p in places])
    weight = [(changed or {}).get(w.characteristic, w.weight) for w in used]
    nearest = most_similar(table, weight, places.index(area), len(places) - 1)
    pairs = zip(nearest.position, nearest.distance, strict=True)
    return tuple(Neighbour(places[int(position)], place, float(distance)) for place, (position, distance) in enumerate(pairs, 1))


def _scaled(value: float, scale: str) -> float:
    return float(np.log(value)) if scale == "ratio" else value


def _rows(name: str) -> list[dict[str, str]]:
    path: Path = REFERENCE / name
    if not path.exists():
        raise CatalogueError(f"{name}: not in {REFERENCE}")
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))
