"""What the page of a borough or command shows for one address, and the file downloaded from it holds."""

from dataclasses import replace

from dashboard.features.borough.peers import options as peer_options
from dashboard.figures import queries
from dashboard.figures.compare import newest
from dashboard.figures.records import Area, MeasureSeries
from dashboard.figures.view import Option, View
from etl.core.areas import CITY_OF_LONDON, LONDON
from etl.core.period import last_month, moved, year_before

TOTAL = "total_recorded_crime"
MONTHS_DRAWN = 36
"""How many months are drawn unless the address says since when."""
MARCH = 3


def months_held() -> tuple[str, ...]:
    """Every month of recorded crime held for London, oldest first: what the address may ask to see since."""
    return tuple(point.period for point in queries.measure_series(TOTAL, LONDON).points)


OPTIONS = (Option("show", ("rate", "count"), default="rate"), Option("since", months_held), *peer_options())
"""What the address of a place may hold."""


def place_of(view: View) -> Area:
    """The borough or command an address names.

    Raises:
        LookupError: the code is of another kind of area, or of none.
    """
    place = queries.area(view.argument("code"))
    if place.kind not in {"borough", "bcu"}:
        raise LookupError(f"{place.name} is not a borough or a command.")
    return place


def first_month(view: View) -> str:
    """The first month drawn."""
    return view.choice("since") or moved(queries.release().data_to, 1 - MONTHS_DRAWN)


def start_of(series: MeasureSeries, first_month: str) -> str:
    """Where one measure starts: at the first month drawn, or as long before its own end where that came sooner."""
    last = newest(series)
    return moved(last.period, 1 - MONTHS_DRAWN) if last and last.period < first_month else first_month


def place_series(view: View) -> tuple[MeasureSeries, ...]:
    """Every series of the page of a place, cut to what it draws or tables: the place itself, its command, London.

    Raises:
        LookupError: the address names no borough or command, or one with no figures here.
    """
    place, start = place_of(view), first_month(view)
    if place.code == CITY_OF_LONDON:
        raise LookupError(place.note)
    bases = tuple(m.id for m in queries.measures(form="count"))
    survey = tuple(m.id for m in queries.measures(theme="confidence"))
    compared_codes = (*((place.parent,) if place.kind == "borough" and place.parent else ()), LONDON)
    months = queries.area_series(place.code, bases)
    starts = {s.measure.base: start_of(s, start) for s in months}
    rolling = queries.area_series(place.code, tuple(f"{base}_rolling_year" for base in bases))
    rate_ids = tuple(f"{base}_rolling_year_rate" for base in bases)
    rates = tuple(s for code in (place.code, *compared_codes) for s in queries.area_series(code, rate_ids))
    survey_series = tuple(s for code in (place.code, LONDON) for s in queries.area_series(code, survey))
    return (*(_cut(s, starts) for s in (*months, *rolling, *rates) if s.measure.base in starts), *survey_series)


def _cut(series: MeasureSeries, starts: dict[str, str]) -> MeasureSeries:
    start, last = starts[series.measure.base], newest(series)
    compared = {year_before(last.period)} if last else set()
    is_retired = series.measure.theme == "retired" and series.measure.form == "rolling_year"
    points = (
        p for p in series.points if p.period >= start or p.period in compared or (is_retired and last_month(p.period)[1] == MARCH)
    )
    return replace(series, points=tuple(points))
