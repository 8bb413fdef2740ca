"""The sections of a measure's page about all places: boroughs as tiles, table and map; survey shares; courts and regions."""

from collections.abc import Callable, Mapping
from typing import Any

from dashboard.charts.borough_map import shapes
from dashboard.features.measure.places import (
    borough_tiles,
    count_table,
    intervals_beside_london,
    rate_map,
    region_table,
    tiles_note,
)
from dashboard.figures.measure_in_place import MeasureShown
from dashboard.kinds.telling import Section
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
    if Section.COURTS in shown.kind.sections:
        return _courts(shown)
    if not shown.places:
        return [section("all", "All boroughs", [html.P("No borough figure is held.")])]
    build: dict[Section, Callable[[], Element]] = {
        Section.TILES: lambda: _tiles(shown),
        Section.BESIDE_LONDON: lambda: section("boroughs", "Boroughs beside London", [intervals_beside_london(shown)]),
        Section.BOROUGH_TABLE: lambda: section("table", "Every borough", [count_table(shown)], say=_mixed(shown)),
        Section.MAP: lambda: _map(shown, outlines),
    }
    return [build[name]() for name in shown.kind.sections if name in build]


def _tiles(shown: MeasureShown) -> Element:
    retired = SAY["retired"] if shown.measure.theme == "retired" else None
    content = [borough_tiles(shown), html.P(tiles_note(shown), className="source")]
    return section("all", "All boroughs", content, say=retired or _tiles_say(shown))


def _map(shown: MeasureShown, outlines: Mapping[str, Any]) -> Element:
    attribution = f"{outlines['attribution'].replace('(c)', '©').replace('; ', '. ')}."
    return section("map", "Boroughs beside London’s rate", [rate_map(shown, shapes(outlines), attribution)])


def _mixed(shown: MeasureShown) -> str | None:
    return mixed_years_sentence(shown.rolling) if shown.rolling else None


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
