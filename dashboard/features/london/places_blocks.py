"""One measure in every borough: tiles on one scale, who drives London's change, and a map beside its table."""

from collections.abc import Sequence

from dashboard.charts.borough_map import WIDTHS as MAP_WIDTHS
from dashboard.charts.borough_map import BoroughShape, borough_map_set, shapes
from dashboard.charts.borough_tiles import TILE_PLACES, is_leftmost, short_name
from dashboard.charts.contribution import WIDTHS as CONTRIBUTION_WIDTHS
from dashboard.charts.contribution import Contribution as Bar
from dashboard.charts.contribution import contribution_set
from dashboard.charts.expected import ExpectedMonth
from dashboard.charts.scale import tick_texts
from dashboard.charts.tile import TileScale, tile, tile_scale
from dashboard.figures.boroughs_compared import (
    Borough,
    Changes,
    LondonFigures,
)
from dashboard.figures.compare import at, newest
from dashboard.ui import html
from dashboard.ui.addresses import place_address
from dashboard.ui.area_map import map_with_table
from dashboard.ui.figure import drawn, figure
from dashboard.ui.html import Element
from dashboard.ui.measure_lines import value_cell
from dashboard.ui.notice import empty
from dashboard.ui.passport import source_line
from dashboard.ui.sections import section
from dashboard.ui.table import Cell, Column, closed, data_table
from dashboard.ui.tiles import Tile, tiles
from dashboard.ui.verdict import mark_of
from dashboard.words.london import change_words, changes_headline, clear_sentence, rates_headline
from etl.core.areas import CITY_OF_LONDON
from etl.core.period import moved, year_before
from etl.core.state import QUIET
from etl.core.written import listed, month, months, number, percent, period, signed, span, value_text
from etl.definitions import reference

CITY_NOTE = "Its own police force: in no figure here."
CLASSES = ("more than a tenth lower than the rest of London", "similar", "more than a tenth higher than the rest of London")
CLASS_NUMBERS = {"lower": 0, "similar": 1, "higher": 2}
VISITORS = "Residents only: people who visit or work in a place are counted in its crimes and not in its residents."


def borough_tiles(figures: LondonFigures) -> Element:
    """Every borough on one ratio scale in the shape of London, with the City of London's place kept and named."""
    drawable = _drawable_boroughs(figures)
    if not drawable:
        return empty("No small charts can be drawn", "No borough has a figure above zero in the months shown.")
    scale = _scale(drawable)
    borough_items = [_tile(figures, b, scale) for b in drawable]
    city_of_london = Tile("City of London", place_address(CITY_OF_LONDON), "", "", *TILE_PLACES[CITY_OF_LONDON], note=CITY_NOTE)
    return tiles(sorted((*borough_items, city_of_london), key=lambda t: t.name))


def tiles_unit(figures: LondonFigures) -> str:
    """What the tiles draw and how to read them, the lines of the scale named for where there is no room to."""
    line, drawable = figures.line, _drawable_boroughs(figures)
    ticks = tick_texts(_scale(drawable).ticks) if drawable else ()
    scale_words = f"dotted lines at {listed(tuple(ticks))}" if ticks else "each dotted line is twice the one below"
    first, last = line.points[0].period, line.points[-1].period
    noun = f"{figures.measure.noun[:1].upper()}{figures.measure.noun[1:]}"
    drawn_words = (
        f"{noun} a month" if figures.is_monthly else f"{noun} over twelve months, since single months are too few to draw,"
    )
    band_words = " Band: expected of the months judged." if figures.is_monthly else ""
    return (
        f"{drawn_words} per 1,000 residents, {months(first, last)}. Line ending in a ring: the borough. Thin line: London."
        f"{band_words} One ratio scale, {scale_words}. Arranged roughly as on the map. The number is the newest."
    )


def tiles_table(figures: LondonFigures) -> Element:
    """The same figures: a row a borough, newest and a year before, with the verdict."""
    last = figures.line.points[-1].period
    kind = figures.line.measure.period
    columns = (
        Column("Borough"),
        Column(f"{period(year_before(last), kind)}, per 1,000".capitalize(), is_number=True),
        Column(f"{period(last, kind)}, per 1,000".capitalize(), is_number=True),
        Column(f"Offences in {month(last)}", is_number=True),
        Column("Verdict"),
    )
    rows = [
        (
            html.A(b.area.name, href=place_address(b.area.code)),
            value_cell(b.line, at(b.line, year_before(last))),
            value_cell(b.line, at(b.line, last)),
            value_cell(b.count, at(b.count, last)),
            mark_of(b.verdict) if b.verdict else "not judged",
        )
        for b in figures.boroughs
    ]
    return closed(data_table(columns, rows, label=f"{figures.measure.title} per 1,000 residents, every borough, A to Z"))


def contribution_figure(figures: LondonFigures, names: dict[str, str], caveats: Sequence[str]) -> Element:
    """How much each borough adds to London's change, with its interval; or why no two stretches can be compared.

    Args:
        figures: what the page tells.
        names: of the boroughs, by code.
        caveats: what changed in how boroughs are counted within the months compared.
    """
    changes = figures.changes
    if changes is None:
        return empty(
            "No two stretches of months can be compared",
            "The way of counting changed too lately. The breaks are on the measure’s page.",
        )
    changes_by_name = [(names[r.area], r.change, r.change_lower, r.change_upper) for r in changes.rows]
    bars = [Bar(short_name(r.area, names[r.area]), r.change, r.change_lower, r.change_upper) for r in changes.rows]
    sum_words = change_words(len(changes.rows), changes.total, changes.total_lower, changes.total_upper)
    return figure(
        changes_headline(changes_by_name, changes.total, changes.total_lower, changes.total_upper),
        f"Change in {figures.measure.noun}, {months(changes.first, changes.last)} less the same months a year before. "
        "Solid: fewer. Hollow: more. Pale strip: 95% interval. "
        f"{sum_words} {_beside_verdict(figures)}".strip(),
        _changes_table(changes, names, figures),
        drawn(contribution_set(bars), CONTRIBUTION_WIDTHS),
        " ".join(
            [clear_sentence(changes_by_name), *_shortened_sentence(changes), *caveats, NO_BOROUGH, source_line(figures.series)]
        ),
        level=2,
        large=True,
    )


NO_BOROUGH = (
    "Offences with no borough on record are in no bar. Intervals allow for how unlike the boroughs’ changes are, not for how "
    "far a borough strays from year to year: the verdicts do."
)


def rest_of_london_map(figures: LondonFigures, boundaries: Sequence[BoroughShape], attribution: str) -> Element:
    """Boroughs by how their rate stands to the rest of London's, beside the same as a table."""
    if not figures.comparisons:
        return empty(
            "No map can be drawn",
            "Twelve months on one way of counting and the number of residents are needed, and one of them is not held.",
        )
    classes = {c.area.code: CLASS_NUMBERS[c.side] for c in figures.comparisons}
    last = figures.comparisons[0].comparison.period
    return map_with_table(
        rates_headline([c.side for c in figures.comparisons]),
        f"Offences per 1,000 residents in the 12 months to {month(last)}. Dark: more than a tenth higher than the rest of "
        "London. Pale: similar. White: more than a tenth lower. Hatched: another force.",
        drawn(borough_map_set(boundaries, classes, CLASSES), MAP_WIDTHS),
        html.Div([html.H3("The map as a table"), _rest_of_london_table(figures)]),
        "Higher or lower: the 95% interval lies wholly beyond a tenth, and allows for how far a year strays by itself. "
        f"{VISITORS} {source_line(figures.series)} Residents: Office for National Statistics, mid-year estimates.",
        boundaries=attribution,
        level=3,
    )


def _drawable_boroughs(figures: LondonFigures) -> list[Borough]:
    """Boroughs with a figure above nought, which a ratio scale needs."""
    return [b for b in figures.boroughs if newest(b.line) and any((p.value or 0) > 0 for p in b.line.known)]


def _scale(boroughs: Sequence[Borough]) -> TileScale:
    return tile_scale([b.line for b in boroughs], first=boroughs[0].line.points[0].period)


def _tile(figures: LondonFigures, borough: Borough, scale: TileScale) -> Tile:
    expected = tuple(ExpectedMonth(m.period, m.expected, m.lower, m.upper) for m in borough.expected)
    tile_place = TILE_PLACES.get(borough.area.code)
    drawing = tile(
        borough.line,
        scale,
        beside=figures.line,
        expected=expected,
        is_named=is_leftmost(borough.area.code) if tile_place else False,
    )
    name, value = short_name(borough.area.code, borough.area.name), value_cell(borough.line, newest(borough.line))
    column, row = tile_place or (None, None)
    return Tile(
        name, place_address(borough.area.code), value, drawing, column, row, borough.verdict.state if borough.verdict else None
    )


def _changes_table(changes: Changes, names: dict[str, str], figures: LondonFigures) -> Element:
    months_now = months(changes.first, changes.last)
    months_before = months(moved(changes.first, -12), moved(changes.last, -12))
    columns = (
        Column("Borough"),
        Column(months_before, is_number=True),
        Column(months_now, is_number=True),
        Column("Change", is_number=True),
        Column("95% interval", is_number=True),
        Column("Share of the change", is_number=True),
    )
    rows: list[Sequence[Cell]] = [
        (
            html.A(names[r.area], href=place_address(r.area)),
            number(r.before),
            number(r.now),
            signed(r.change),
            span(signed(r.change_lower), signed(r.change_upper)),
            percent(r.change / changes.total) if changes.is_clear else "cannot be said",
        )
        for r in sorted(changes.rows, key=lambda r: (r.change, names[r.area]))
    ]
    return data_table(columns, rows, label=f"What each borough adds to London’s change: {figures.measure.title}")


def _beside_verdict(figures: LondonFigures) -> str:
    """Why a year may differ from the one before while London's verdict is that nothing changed."""
    if figures.verdict is None or figures.verdict.state not in QUIET:
        return ""
    return "The verdict asks another question: whether London lies outside what was expected of it. It does not."


def _shortened_sentence(changes: Changes) -> list[str]:
    if not changes.is_shortened:
        return []
    first_month_before = months(moved(changes.first, -12), moved(changes.first, -12))
    return [f"Months before {first_month_before} were counted another way, so fewer than twelve are compared."]


def _rest_of_london_table(figures: LondonFigures) -> Element:
    columns = (
        Column("Borough"),
        Column("Beside the rest"),
        Column("Per 1,000", is_number=True),
        Column("The rest is 1", is_number=True),
        Column("12 months", is_number=True),
    )
    rows = [
        (
            html.A(c.area.name, href=place_address(c.area.code)),
            c.side,
            value_text(c.comparison.rate, decimals=1, is_percentage=False),
            span(f"{c.comparison.ratio_lower:.2f}", f"{c.comparison.ratio_upper:.2f}"),
            number(c.comparison.events),
        )
        for c in figures.comparisons
    ]
    return data_table(columns, rows, label=f"{figures.measure.title}: rates beside the rest of London, A to Z")


def tiles_section(figures: LondonFigures) -> Element:
    """A small chart a borough, with the same figures as a table."""
    return section(
        "tiles",
        "Every borough on one scale",
        [
            html.P(tiles_unit(figures), className="unit-line"),
            tiles_table(figures),
            html.Div(borough_tiles(figures), className="keep"),
            html.P(
                f"{source_line(figures.series)} Residents: Office for National Statistics, mid-year estimates.",
                className="source",
            ),
        ],
    )


def map_section(figures: LondonFigures) -> Element:
    """Boroughs by how their rate stands to the rest of London's."""
    outlines = reference.boundaries()
    attribution = f"{outlines['attribution'].replace('(c)', '©').replace('; ', '. ')}."
    content = [rest_of_london_map(figures, shapes(outlines), attribution)]
    return section("map", "Each borough against the rest of London", content)
