"""The outlines we ship are the published ones, rounded, with every shared border still shared."""

import copy
from typing import Any

import pytest

from etl.commands.boundaries import compiled
from etl.core.errors import DataRejected
from etl.definitions.reference import boundaries

Feature = dict[str, Any]


def as_published(feature: Feature) -> Feature:
    """One outline as the publisher writes it: more decimals, more properties, a single polygon where there is one."""
    shape = copy.deepcopy(feature)
    shape["properties"] |= {"area_hectares": 1.5}
    for polygon in shape["geometry"]["coordinates"]:
        for ring in polygon:
            ring[:] = [[x + 0.000013, y + 0.000013] for x, y in ring]
    return shape


def published() -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": [as_published(f) for f in boundaries()["features"]]}


def test_rounding_gives_back_what_is_shipped() -> None:
    assert compiled(published())["features"] == boundaries()["features"]


def test_neighbours_still_share_their_border() -> None:
    corners: dict[tuple[float, float], int] = {}
    for feature in boundaries()["features"]:
        rings = (ring for polygon in feature["geometry"]["coordinates"] for ring in polygon)
        for x, y in {(x, y) for ring in rings for x, y in ring}:
            corners[x, y] = corners.get((x, y), 0) + 1
    # 578 corners of two boroughs and 36 of three: counted in the published file before rounding.
    assert sum(1 for n in corners.values() if n == 2) == 578
    assert sum(1 for n in corners.values() if n == 3) == 36


def test_the_licence_is_stated_in_the_file() -> None:
    assert "Crown copyright and database right" in boundaries()["attribution"]


def test_a_missing_borough_and_a_strange_one_are_both_named() -> None:
    content = published()
    content["features"][5]["properties"]["code"] = "E07000001"
    with pytest.raises(DataRejected) as refused:
        compiled(content)
    assert refused.value.failures == (
        "expected an outline of Bromley (E09000006), found none",
        "expected boroughs of London only, found E07000001",
    )
