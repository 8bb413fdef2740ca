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
from dashboard.figures import queries, queries_judgement
from dashboard.figures.measure_in_place import MeasureInPlace
from dashboard.kinds.telling import Section
from dashboard.ui import html
from dashboard.ui.attributes import attributes
from dashboard.ui.court_tables import courts_figure
from dashboard.ui.html import Element
from dashboard.ui.judged_blocks import funnel_figure
from dashboard.ui.passport import source_line
from dashboard.ui.sections import section
from dashboard.words.measures import mixed_years_sentence
from dashboard.words.themes import SAY
from etl.core.state import CHANGES, JUDGED
from etl.definitions import reference


def every_place(in_place: MeasureInPlace) -> list[Element]:
    """Every place the measure is published for."""
    if Section.COURTS in in_place.kind.sections:
        return _courts(in_place)
    if not in_place.places:
        return [section("all", "All boroughs", [html.P("No borough figure is held.")])]
    build: dict[Section, Callable[[], Element]] = {
        Section.TILES: lambda: _tiles(in_place),
        Section.BESIDE_LONDON: lambda: section("boroughs", "Boroughs beside London", [intervals_beside_london(in_place)]),
        Section.BOROUGH_TABLE: lambda: section("table", "Every borough", [count_table(in_place)], say=_mixed(in_place)),
        Section.MAP: lambda: _map(in_place, reference.boundaries()),
    }
    return [build[name]() for name in in_place.kind.sections if name in build]


def _tiles(in_place: MeasureInPlace) -> Element:
    retired = SAY["retired"] if in_place.measure.theme == "retired" else None
    content = [borough_tiles(in_place), html.P(tiles_note(in_place), className="source")]
    return section("all", "All boroughs", content, say=retired or _tiles_say(in_place))


def _map(in_place: MeasureInPlace, outlines: Mapping[str, Any]) -> Element:
    attribution = f"{outlines['attribution'].replace('(c)', '©').replace('; ', '. ')}."
    return section("map", "Boroughs beside London’s rate", [rate_map(in_place, shapes(outlines), attribution)])


def _mixed(in_place: MeasureInPlace) -> str | None:
    return mixed_years_sentence(in_place.rolling) if in_place.rolling else None


def _tiles_say(in_place: MeasureInPlace) -> str:
    """How many boroughs have changed, where they are judged; else where the names lead."""
    states = [p.verdict.state for p in in_place.places if p.verdict]
    judged = [state for state in states if state in JUDGED]
    if not judged:
        return "Each borough’s name leads to its page."
    changed = sum(1 for state in judged if state in CHANGES)
    if not changed:
        return "No borough has moved clearly."
    verb = "has" if changed == 1 else "have"
    return f"{changed} of {len(judged)} boroughs {verb} moved; each carries its letter."


def _courts(in_place: MeasureInPlace) -> list[Element]:
    parts: list[Element] = []
    if in_place.breakdowns:
        parts.append(section("courts", "Court by court", [courts_figure(in_place.breakdowns)]))
    if in_place.places and not in_place.beside:
        parts.append(section("all", "London, other regions, England and Wales", [region_table(in_place)]))
    return parts


def funnel(in_place: MeasureInPlace) -> list[Element]:
    """Every borough on the funnel of the 12-month rate; nothing for measures that have no rates."""
    compared = queries_judgement.area_comparisons(in_place.measure.base) if Section.FUNNEL in in_place.kind.sections else ()
    if not compared or in_place.series is None:
        return []
    names = {a.code: a for a in queries.areas("borough")}
    block = funnel_figure(queries.measure(in_place.measure.base), compared, names, source_line(in_place.series))
    return [html.Section(block, id="funnel", **attributes(aria_label="Boroughs on the funnel"))]
