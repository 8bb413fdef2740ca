"""The sections of a measure's page about all places: boroughs as tiles, table and map; survey shares; courts and regions."""

from collections.abc import Mapping
from typing import Any

from dashboard.charts.borough_map import shapes
from dashboard.features.measure.places import borough_tiles, crime_table, rate_map, region_table, survey_intervals, tiles_note
from dashboard.figures.measure_in_place import MeasureShown
from dashboard.ui import html
from dashboard.ui.court_tables import courts_figure
from dashboard.ui.html import Element
from dashboard.ui.sections import section
from dashboard.words.measures import mixed_years_sentence
from dashboard.words.themes import SAY
from etl.core.state import ANSWERED, State


def places_sections(shown: MeasureShown, outlines: Mapping[str, Any]) -> list[Element]:
    """Every place the measure is published for.

    Args:
        shown: the measure in all its places.
        outlines: the boroughs as GeoJSON, with its attribution.
    """
    if shown.kind == "courts":
        return _courts(shown)
    if not shown.places:
        return [section("all", "All boroughs", [html.P("No borough figure is held.")])]
    retired = SAY["retired"] if shown.measure.theme == "retired" else None
    mixed = mixed_years_sentence(shown.rolling) if shown.rolling else None
    tile_section = section(
        "all",
        "All boroughs",
        [borough_tiles(shown), html.P(tiles_note(shown), className="source")],
        say=retired or _tiles_say(shown),
    )
    if shown.kind == "survey":
        return [tile_section, section("boroughs", "Boroughs beside London", [survey_intervals(shown)])]
    attribution = f"{outlines['attribution'].replace('(c)', '©').replace('; ', '. ')}."
    return [
        tile_section,
        section("table", "Every borough", [crime_table(shown)], say=mixed),
        section("map", "Boroughs beside London’s rate", [rate_map(shown, shapes(outlines), attribution)]),
    ]


def _tiles_say(shown: MeasureShown) -> str:
    """How many boroughs have changed, where they are judged; else where the names lead."""
    states = [p.verdict.state for p in shown.places if p.verdict]
    judged = [state for state in states if state in ANSWERED]
    if not judged:
        return "Each borough’s name leads to its page."
    changed = sum(1 for state in judged if state != State.NO_CHANGE)
    if not changed:
        return "No borough has changed by more than chance."
    verb = "has" if changed == 1 else "have"
    return f"{changed} of {len(judged)} boroughs {verb} changed by more than chance; each carries its letter."


def _courts(shown: MeasureShown) -> list[Element]:
    parts: list[Element] = []
    if shown.breakdowns:
        parts.append(section("courts", "Court by court", [courts_figure(shown.breakdowns)]))
    if shown.places and not shown.beside:
        parts.append(section("all", "London, other regions, England and Wales", [region_table(shown)]))
    return parts
