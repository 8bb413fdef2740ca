"""A measure in all places: a table with limits, small multiples in the shape of London, a map, and its table twin."""

from collections.abc import Sequence

from dashboard.charts.borough_map import WIDTHS as MAP_WIDTHS
from dashboard.charts.borough_map import BoroughShape, borough_map_set
from dashboard.charts.borough_tiles import TILE_PLACES, is_leftmost, short_name
from dashboard.charts.intervals import CLEAR_OF_LONDON, IntervalRow, intervals_set, is_clear
from dashboard.charts.intervals import WIDTHS as INTERVAL_WIDTHS
from dashboard.charts.tile import tile, tile_scale
from dashboard.figures.compare import at, break_between, newest, point_at
from dashboard.figures.measure_in_place import MeasureInPlace, Place
from dashboard.figures.records import Measure, MeasureSeries, Point
from dashboard.ui import html
from dashboard.ui.addresses import place_address
from dashboard.ui.area_map import map_with_table
from dashboard.ui.figure import drawn
from dashboard.ui.html import Element
from dashboard.ui.measure_lines import value_alone, value_cell
from dashboard.ui.notice import empty
from dashboard.ui.passport import source_line
from dashboard.ui.table import Cell, Column, data_table
from dashboard.ui.tiles import Tile, tiles
from dashboard.ui.verdict import mark_of
from dashboard.words.facts import bare, share_words
from dashboard.words.measures import limits_words
from etl.core.period import year_before
from etl.core.state import CHANGES
from etl.core.written import any_period, count_word, in_period, month, months, period, rounded

NOT_COMPARABLE = "not comparable"
QUARTER = 0.25
BESIDE = ("A quarter or more below", "Within a quarter", "A quarter or more above")
CLASSES = ("at least a quarter below London", "within a quarter of London", "at least a quarter above London")
VISITORS = "Residents only: people who visit or work in a place are counted in its crimes and not in its residents."


def count_table(in_place: MeasureInPlace) -> Element:
    """One row a borough: newest month and 12 months, each beside the year before, and the rate with its limits."""
    first = next((p for p in in_place.places if newest(p.month)), None)
    if first is None:
        return html.P("No borough figure is held.")
    last = _newest_point(first.month).period
    has_rates = any(p.rate is not None and newest(p.rate) for p in in_place.places)
    is_judged = any(p.verdict for p in in_place.places)
    columns = [
        Column("Borough"),
        Column(month(last), is_number=True),
        Column(month(year_before(last)), is_number=True),
        Column(f"12 months to {month(last)}", is_number=True),
        Column("12 months before", is_number=True),
        *([Column("Per 1,000 residents", is_number=True), Column("95% limits", is_number=True)] if has_rates else []),
        *([Column("Verdict")] if is_judged else []),
    ]
    rows = [_count_row(place, last, has_rates=has_rates, is_judged=is_judged) for place in in_place.places]
    return data_table(columns, rows, label=f"{in_place.measure.title}, every borough, A to Z")


def value_table(in_place: MeasureInPlace) -> Element:
    """One row a borough: the newest period with its interval, and the separate one a year before."""
    periods = [p.period for place in in_place.places for p in place.month.known]
    last = max(periods, default="")
    if not last:
        return html.P("No borough figure is held.")
    has_limits = any(p.lower is not None for place in in_place.places for p in place.month.points)
    columns = (
        Column("Borough"),
        Column(_newest(last, in_place.measure), is_number=True),
        *([Column("Could be", is_number=True)] if has_limits else []),
        Column(_before(last, in_place.measure), is_number=True),
    )
    rows = [_value_row(place, last, has_limits=has_limits) for place in in_place.places]
    return data_table(columns, rows, label=f"{in_place.measure.title}, every borough, A to Z")


def region_table(in_place: MeasureInPlace) -> Element:
    """One row a court region or nation: newest quarter and the same quarter a year before."""
    last = max((p.period for place in in_place.places for p in place.month.known), default="")
    if not last:
        return html.P("No region’s figure is held.")
    columns = (
        Column("Place"),
        Column(period(last, "quarter"), is_number=True),
        Column(period(year_before(last), "quarter"), is_number=True),
    )
    rows = [(p.area.name, _cell(p.month, last), _cell(p.month, year_before(last))) for p in in_place.places]
    return data_table(columns, rows, label=f"{in_place.measure.title}, every place held")


def borough_tiles(in_place: MeasureInPlace) -> Element:
    """One tile a borough on one ratio scale, in the shape of London; London behind it in grey where figures are rates."""
    boroughs = [p for p in in_place.places if newest(p.line) and any((x.value or 0) > 0 for x in p.line.known)]
    if not boroughs:
        return empty("No small charts can be drawn", "No borough has a figure above zero in the period shown.")
    scale = tile_scale([p.line for p in boroughs], first=in_place.first)
    items = [
        Tile(
            short_name(p.area.code, p.area.name),
            place_address(p.area.code),
            value_cell(p.line, newest(p.line)),
            tile(
                p.line, scale, beside=in_place.london_line, is_named=not p.line.measure.is_percentage and is_leftmost(p.area.code)
            ),
            *TILE_PLACES[p.area.code],
            verdict=p.verdict.state if p.verdict and p.verdict.state in CHANGES else None,
        )
        for p in boroughs
    ]
    return tiles(items)


def tiles_note(in_place: MeasureInPlace) -> str:
    """What the tiles show, and how to read them."""
    measure = in_place.places[0].line.measure
    borough_lines = [p.line for p in in_place.places if newest(p.line)]
    last = newest(borough_lines[0]) if borough_lines else None
    lines = "One scale for all: each dotted line is twice the one below."
    if measure.is_percentage:
        lines = "One scale for all; a dotted line stands at 50%. Thin line: London."
    elif in_place.is_rate or in_place.kind.is_alike_everywhere:
        lines += " Thin line: London."
    each = " to each month" if measure.period == "rolling_year" else ""
    when = f"{each}, {_stretch(borough_lines[0].known[0].period, last.period)}; the number is the newest" if last else ""
    length = ", 12 months" if measure.period == "rolling_year" else ""
    return f"{measure.unit[:1].upper()}{measure.unit[1:]}{length}{when}. {lines} {source_line(in_place.places[0].line)}"


def _stretch(first: str, last: str) -> str:
    return months(first, last) if "-" in last else f"{first} to {last}"


def rate_map(in_place: MeasureInPlace, boundaries: Sequence[BoroughShape], attribution: str) -> Element:
    """Boroughs by how their 12-month rate stands to London's, beside the same as a table."""
    rates = {p.area.code: _newest_point(p.rate) for p in in_place.places if p.rate is not None and newest(p.rate)}
    london = newest(in_place.wider_rate) if in_place.wider_rate else None
    if not rates or london is None or not london.value:
        return empty("No map can be drawn", "A rate needs the number of residents, and no estimate is held for these months.")
    classes = {code: _class(point, london.value) for code, point in rates.items()}
    counts = [sum(1 for c in classes.values() if c == n) for n in range(3)]
    above = _lie(counts[2], noun="borough")
    sentence = (
        f"London’s rate is {rounded(london.value, 1)} per 1,000 residents. {above[:1].upper()}{above[1:]} at least a quarter "
        f"above it, {_lie(counts[0])} at least a quarter below"
    )
    columns = (
        Column("Borough"),
        Column("Per 1,000 residents", is_number=True),
        Column("95% limits", is_number=True),
        Column("Beside London"),
    )
    rows = [
        (html.A(p.area.name, href=place_address(p.area.code)), *_map_cells(p, rates[p.area.code], classes[p.area.code]))
        for p in in_place.places
        if p.area.code in rates
    ]
    table = data_table(columns, rows, label=f"{in_place.measure.title} per 1,000 residents, every borough")
    when = month(london.period)
    return map_with_table(
        sentence,
        f"Offences per 1,000 residents in the 12 months to {when}. Dark: {CLASSES[2]}. Pale: {CLASSES[1]}. White: {CLASSES[0]}. "
        "Hatched: the City of London, another force.",
        drawn(borough_map_set(boundaries, classes, CLASSES), MAP_WIDTHS),
        table,
        f"{VISITORS} {source_line(in_place.places[0].month)}",
        boundaries=attribution,
    )


def intervals_beside_london(in_place: MeasureInPlace) -> Element:
    """Each borough's figure against London's, with its interval where one is published, and what that can show."""
    last = max((p.period for place in in_place.places for p in place.month.known), default="")
    if not last:
        return empty("No borough figure is held", "The figures are published for London and its boroughs.")
    wider = in_place.beside or in_place.series
    london = at(wider, last) if wider else None
    value = london.value if london else None
    rows = [_interval_row(p, last, in_place.measure) for p in in_place.places]
    at_london = f", {share_words(london, in_place.measure)}" if london is not None else ""
    has_limits = any(r.lower is not None for r in rows)
    return map_with_table(
        _beside_words(rows, value, in_place, has_limits=has_limits),
        f"{_unit(in_place.measure)} {in_period(last, in_place.measure.period)}. Dashed: London{at_london}."
        + (f" {CLEAR_OF_LONDON}" if has_limits else ""),
        drawn(intervals_set(rows, value, is_percentage=in_place.measure.is_percentage), INTERVAL_WIDTHS),
        value_table(in_place),
        source_line(in_place.places[0].month),
    )


def _unit(measure: Measure) -> str:
    """The unit at the start of a sentence; a share is called one."""
    words = f"share {measure.unit[1:].strip()}" if measure.is_percentage else measure.unit
    return f"{words[:1].upper()}{words[1:]}"


def _newest(last: str, measure: Measure) -> str:
    return f"12 months to {month(last)}" if measure.period == "rolling_year" else any_period(last)


def _before(last: str, measure: Measure) -> str:
    return "12 months before" if measure.period == "rolling_year" else any_period(year_before(last))


def _beside_words(rows: Sequence[IntervalRow], london: float | None, in_place: MeasureInPlace, *, has_limits: bool) -> str:
    values = [r.value for r in rows if r.value is not None]
    if not has_limits or london is None:
        low, high = bare(min(values), in_place.measure), bare(max(values), in_place.measure)
        return f"Borough figures run from {low} to {high}; {in_place.kind.uncertainty}"
    apart = sum(1 for r in rows if is_clear(r, london))
    if not apart:
        return "No borough differs from London by more than its sample allows"
    named = count_word(apart)
    boroughs = "borough differs" if apart == 1 else "boroughs differ"
    return f"{named[:1].upper()}{named[1:]} {boroughs} from London by more than the sample allows"


def _count_row(place: Place, last: str, *, has_rates: bool, is_judged: bool) -> list[Cell]:
    earlier = year_before(last)
    cells: list[Cell] = [html.A(place.area.name, href=place_address(place.area.code))]
    cells += [_cell(place.month, last), _cell(place.month, earlier, beside=last)]
    cells += [_cell(place.year, last), _cell(place.year, earlier, beside=last)] if place.year else ["not held", "not held"]
    if has_rates:
        point = point_at(place.rate, last) if place.rate else None
        if place.rate is None or point is None:
            cells += ["not held", "none"]
        else:
            limits = limits_words(point, place.rate.measure) if point.value is not None else "none"
            cells += [value_cell(place.rate, point), limits]
    if is_judged:
        cells.append(html.Span(mark_of(place.verdict), className="nowrap") if place.verdict else "not judged")
    return cells


def _value_row(place: Place, last: str, *, has_limits: bool) -> list[Cell]:
    point, earlier = at(place.month, last), year_before(last)
    cells: list[Cell] = [html.A(place.area.name, href=place_address(place.area.code))]
    if has_limits:
        cells += [value_alone(place.month, point), limits_words(point, place.month.measure) if point else "not held"]
    else:
        cells.append(_cell(place.month, last))
    return [*cells, _cell(place.month, earlier, beside=last)]


def _cell(series: MeasureSeries, when: str, *, beside: str | None = None) -> str:
    """A figure, unless it cannot be set beside another."""
    if beside and break_between(series, when, beside):
        return NOT_COMPARABLE
    return value_cell(series, point_at(series, when))


def _class(point: Point, london: float) -> int:
    ratio = (point.value or 0.0) / london
    return 2 if ratio >= 1 + QUARTER else 0 if ratio <= 1 - QUARTER else 1


def _map_cells(place: Place, point: Point, number: int) -> tuple[Cell, ...]:
    if place.rate is None:
        return "not held", "none", "not held"
    return value_cell(place.rate, point), limits_words(point, place.rate.measure), html.Span(BESIDE[number], className="nowrap")


def _interval_row(place: Place, last: str, measure: Measure) -> IntervalRow:
    point = at(place.month, last)
    if point is None or point.value is None:
        return IntervalRow(place.area.name, None, None, None, value_cell(place.month, None))
    return IntervalRow(place.area.name, point.value, point.lower, point.upper, bare(point.value, measure))


def _lie(count: int, *, noun: str = "") -> str:
    """How many lie somewhere: "One borough lies", "four lie", "none lies"."""
    words = count_word(count) if count else "none"
    verb = "lies" if count in {0, 1} else "lie"
    plural = "" if count == 1 or not noun or not count else "s"
    return " ".join(part for part in (words, f"{noun}{plural}", verb) if part)


def _newest_point(series: MeasureSeries | None) -> Point:
    last = newest(series) if series else None
    if last is None:
        raise LookupError("No figure is held.")
    return last
