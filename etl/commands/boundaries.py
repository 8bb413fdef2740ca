"""Borough outlines for the map: `python -m etl.commands.boundaries FILE.geojson` writes `data/reference/boroughs.geojson`.

Coordinates are rounded, never thinned: neighbours share their vertices, and a vertex rounds alike in both, so no gap opens.
"""

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from etl.core.errors import DataRejected, SourceUnavailable
from etl.definitions.reference import REFERENCE, areas

DECIMALS = 4  # about ten metres: less than a pixel on any map we draw
ATTRIBUTION = (
    "Contains National Statistics data (c) Crown copyright and database right; "
    "Contains OS data (c) Crown copyright and database right"
)

Ring = list[list[float]]


def compiled(content: dict[str, Any]) -> dict[str, Any]:
    """The boroughs of a GeoJSON collection with rounded outlines, in code order; properties are `code` and `name` only.

    Raises:
        DataRejected: the features are not exactly our 33 boroughs, or one is not a polygon.
    """
    boroughs = {area.code: area.name for area in areas().values() if area.kind == "borough"}
    feature_by_code = {str(feature.get("properties", {}).get("code")): feature for feature in content.get("features", [])}
    missing, unexpected = sorted(boroughs.keys() - feature_by_code.keys()), sorted(feature_by_code.keys() - boroughs.keys())
    failures = [f"expected an outline of {boroughs[code]} ({code}), found none" for code in missing]
    failures += [f"expected boroughs of London only, found {code}" for code in unexpected]
    failures += [
        f"{code}: expected a Polygon or MultiPolygon, found {feature['geometry']['type']}"
        for code, feature in feature_by_code.items()
        if feature["geometry"]["type"] not in ("Polygon", "MultiPolygon")
    ]
    if failures:
        raise DataRejected("borough outlines: rejected", failures)
    features = [
        {
            "type": "Feature",
            "properties": {"code": code, "name": boroughs[code]},
            "geometry": {"type": "MultiPolygon", "coordinates": _rounded(feature_by_code[code]["geometry"])},
        }
        for code in sorted(boroughs)
    ]
    return {
        "type": "FeatureCollection",
        "attribution": ATTRIBUTION,
        "licence": "Open Government Licence v3.0",
        "features": features,
    }


def _rounded(geometry: dict[str, Any]) -> list[list[Ring]]:
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    return [[_rounded_ring(ring) for ring in polygon] for polygon in polygons]


def _rounded_ring(ring: Ring) -> Ring:
    """The ring with rounded points; points that round to the one before are dropped."""
    points: Ring = []
    for x, y, *_ in ring:
        point = [round(x, DECIMALS), round(y, DECIMALS)]
        if not points or point != points[-1]:
            points.append(point)
    return points


def main(path: Annotated[Path, typer.Argument(help="GeoJSON of the 33 boroughs, each with its GSS code as `code`.")]) -> None:
    """Write data/reference/boroughs.geojson from a published file."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SourceUnavailable(f"{path}: cannot be opened: {error.strerror}") from error
    target = REFERENCE / "boroughs.geojson"
    target.write_text(json.dumps(compiled(content), separators=(",", ":")) + "\n", encoding="utf-8")
    typer.echo(f"{target}: {target.stat().st_size:,} bytes")


if __name__ == "__main__":
    typer.run(main)
