"""What the page of a borough or command shows for one address, and the file downloaded from it holds."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from dashboard.features.borough.peers import Peers, peers
from dashboard.features.borough.peers import options as peer_options
from dashboard.figures import queries, queries_judgement
from dashboard.figures.compare import newest
from dashboard.figures.judgement_records import ExpectedMonth, VerdictFamily
from dashboard.figures.records import Area, Citation, MeasureSeries, Release, Verdict
from dashboard.figures.view import Option, View
from dashboard.words.themes import reading_theme, theme_order
from etl.core.areas import CITY_OF_LONDON, LONDON
from etl.core.period import last_month, moved, year_before

TOTAL = "total_recorded_crime"
MONTHS_DRAWN = 36
"""How many months are drawn unless the address says since when."""
MARCH = 3


def months_loaded() -> tuple[str, ...]:
    """Every month of recorded crime held for London, oldest first: what the address may ask to see since."""
    return tuple(point.period for point in queries.measure_series(TOTAL, LONDON).points)


OPTIONS = (Option("show", ("rate", "count"), default="rate"), Option("since", months_loaded), *peer_options())
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
    bases = tuple(m.id for m in queries.crimes())
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


@dataclass(frozen=True)
class PlaceMeasure:
    """The forms of one measure in one place, and the places it is set beside.

    `beside` holds the 12-month rate of the command and of London, nearest first.
    """

    month: MeasureSeries
    rolling: MeasureSeries | None
    rate: MeasureSeries | None
    beside: tuple[MeasureSeries, ...]

    @property
    def anchor(self) -> str:
        """Where the measure stands on its page."""
        return self.month.measure.base.replace("_", "-")


@dataclass(frozen=True)
class PlaceFigures:
    """Everything held about one place, in the order it is told."""

    area: Area
    command: Area | None
    others: tuple[Area, ...]
    """The other boroughs of the command; for a command, all its boroughs."""
    measures: tuple[PlaceMeasure, ...]
    survey: tuple[MeasureSeries, ...]
    survey_of_london: Mapping[str, MeasureSeries]
    total_of_london: MeasureSeries
    unplaced: MeasureSeries | None
    release: Release
    verdicts: Mapping[str, Verdict]
    family: VerdictFamily | None
    """The list its verdicts on recorded crime belong to."""
    expected: Mapping[str, tuple[ExpectedMonth, ...]]
    """The range of each month judged, by measure id."""
    peers: Peers | None
    """The place among the boroughs; None for a command, which is no borough."""

    @property
    def total(self) -> PlaceMeasure:
        """All recorded crime in the place."""
        return next(m for m in self.measures if m.month.measure.base == "total_recorded_crime")

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Every edition behind the page, newest first."""
        by_edition = {c.edition: c for m in self.measures for c in m.month.citations}
        by_edition |= {c.edition: c for series in self.survey for c in series.citations}
        return tuple(sorted(by_edition.values(), key=lambda c: (c.last_period, c.published_on, c.edition), reverse=True))


UNPLACED = "UNKNOWN"
FAMILIES = {"borough": "boroughs", "bcu": "commands"}


def figures_of(place: Area, view: View) -> PlaceFigures:
    """Everything held about a place, with its command and London beside it."""
    command = queries.area(place.parent) if place.kind == "borough" and place.parent else None
    members = (command or place).members
    crime_measures = tuple(m for m in queries.crimes())
    survey_measures = tuple(m.id for m in queries.measures(theme="confidence"))
    bases = tuple(m.id for m in sorted(crime_measures, key=lambda m: theme_order(reading_theme(m))))
    rates = tuple(f"{base}_rolling_year_rate" for base in bases)
    series_here = _by_id(queries.area_series(place.code, (*bases, *(f"{base}_rolling_year" for base in bases), *rates)))
    rates_elsewhere = [_by_id(queries.area_series(code, rates)) for code in (*([command.code] if command else []), LONDON)]
    return PlaceFigures(
        area=place,
        command=command,
        others=tuple(queries.area(code) for code in members if code != place.code),
        measures=tuple(
            PlaceMeasure(
                month=series_here[base],
                rolling=series_here.get(f"{base}_rolling_year"),
                rate=series_here.get(f"{base}_rolling_year_rate"),
                beside=tuple(
                    rates_there[rate] for rates_there in rates_elsewhere if (rate := f"{base}_rolling_year_rate") in rates_there
                ),
            )
            for base in bases
            if base in series_here
        ),
        survey=queries.area_series(place.code, survey_measures),
        survey_of_london=_by_id(queries.area_series(LONDON, survey_measures)),
        total_of_london=queries.measure_series(TOTAL, LONDON),
        unplaced=_first(queries.area_series(UNPLACED, (TOTAL,))),
        release=queries.release(),
        verdicts={base: verdict for base in (*bases, *survey_measures) if (verdict := queries.verdict(base, place.code))},
        expected=queries_judgement.area_expected_months(place.code),
        peers=peers(view, place) if place.kind == "borough" else None,
        family=next((f for f in queries_judgement.verdict_families() if f.family == FAMILIES[place.kind]), None),
    )


def _by_id(series_list: tuple[MeasureSeries, ...]) -> dict[str, MeasureSeries]:
    return {series.measure.id: series for series in series_list}


def _first(series_list: tuple[MeasureSeries, ...]) -> MeasureSeries | None:
    return series_list[0] if series_list else None
