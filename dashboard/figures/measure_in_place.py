"""What a measure's page shows for one address, and the file downloaded from it holds."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from dashboard.figures import queries, queries_editions
from dashboard.figures.compare import is_parted_now, newest
from dashboard.figures.queries_editions import first_published_periods
from dashboard.figures.records import Area, Measure, MeasureSeries, Point, Revision, Verdict
from dashboard.figures.view import NotUnderstood, Option, View
from dashboard.kinds import Telling, of
from etl.core.areas import CITY_OF_LONDON, LONDON
from etl.core.period import months_between, quarter_of, year_before
from etl.core.written import any_period
from etl.kinds.kind import FormName

TOTAL = "total_recorded_crime"
REVISED = 6
"""How many periods are followed from edition to edition."""


def area_codes() -> tuple[str, ...]:
    """Every place a measure may be asked for, London first."""
    kinds = ("borough", "bcu", "nation", "region")
    return (LONDON, *(area.code for kind in kinds for area in queries.areas(kind) if area.code != CITY_OF_LONDON))


def periods_held() -> tuple[str, ...]:
    """Every month, and every quarter of them, that some measure may start from: those of recorded crime and before."""
    months = {p.period for base in (TOTAL, "mopac7") for s in queries.area_series(LONDON, (base,)) for p in s.points}
    quarters = {quarter_of(m) for m in months}
    return (*sorted(months), *sorted(quarters))


OPTIONS = (
    Option("show", ("count", "rate"), default="count"),
    Option("area", area_codes, default=LONDON),
    Option("since", periods_held),
    Option("explore", ("yes",)),
)
"""What the address of a measure may hold."""


@dataclass(frozen=True)
class Place:
    """One place in the table of all places, each series cut to the periods the table shows.

    `month` and `year` hold the newest period and the one a year before, `rate` the newest; of what is as published all is in
    `month`. `line` is what its small chart draws.
    """

    area: Area
    month: MeasureSeries
    year: MeasureSeries | None
    rate: MeasureSeries | None
    line: MeasureSeries
    verdict: Verdict | None


@dataclass(frozen=True)
class MeasureInPlace:
    """One measure in one place, all places, and what earlier editions said.

    `series` is None where the measure is held by court only. `beside` is what the place is compared with, as its kind says.
    """

    view: View
    """What the address asked for: where links of the page start from."""
    measure: Measure
    kind: Telling
    area: Area
    is_rate: bool
    first: str
    series: MeasureSeries | None
    rolling: MeasureSeries | None
    beside: MeasureSeries | None
    places: tuple[Place, ...]
    breakdowns: tuple[tuple[str, MeasureSeries], ...]
    verdict: Verdict | None
    facts: tuple[MeasureSeries, ...]
    """What the headline says, each cut to the newest period and the one a year before: months, 12 months, 12-month rate."""
    wider_rate: MeasureSeries | None
    """London's newest 12-month rate: what the map compares boroughs with."""
    is_first_chosen: bool
    """Whether the reader asked to see from `first`, or it is where the figures start."""

    @property
    def download_address(self) -> str:
        """The figures of the page as a file; whether the graph is open changes nothing in it."""
        return f"/download{self.view.link(explore='')}"

    @property
    def london_line(self) -> MeasureSeries | None:
        """London’s line behind the boroughs’ small charts: for rates and shares; None for counts, which do not compare."""
        if not self.kind.is_alike_everywhere and not self.is_rate:
            return None
        own = self.series if self.kind.is_alike_everywhere else self.rolling
        return own if self.area.code == LONDON else self.beside or own

    @property
    def every_series(self) -> tuple[tuple[str, MeasureSeries], ...]:
        """(breakdown, series) of all that is drawn or tabled, in the order of the page, each point once."""
        main = [s for s in (self.series, self.rolling, self.beside, *self.facts, self.wider_rate) if s is not None]
        places = [s for p in self.places for s in (p.month, p.year, p.rate, p.line) if s is not None]
        return (*(("", s) for s in _merged((*main, *places))), *self.breakdowns)


def find_measure_in_place(view: View) -> MeasureInPlace:
    """What the address of a measure asks to see.

    Raises:
        LookupError: no such measure, or it has no figures in the place asked for.
        NotUnderstood: it has no figures since the period asked for.
    """
    measure_id = view.argument("measure")
    measure = queries.measure(measure_id)
    if measure.id != measure.base:
        title = queries.measure(measure.base).title
        raise LookupError(f"“{measure_id}” is one form of {title}. All its forms are at /measure/{measure.base}.")
    return _counted(view, measure) if measure.form == "count" else _as_published(view, measure)


def revised(in_place: MeasureInPlace) -> tuple[Revision, ...]:
    """What each edition said of the periods that were once the newest: base figures, since editions hold no rates."""
    periods = first_published_periods(in_place.measure.base, in_place.area.code, REVISED)
    return queries_editions.revisions(in_place.measure.base, in_place.area.code, periods)


def since(series: MeasureSeries, first: str) -> MeasureSeries:
    """The series from a period on; whole where `first` is empty."""
    return replace(series, points=tuple(p for p in series.points if not first or months_between(first, p.period) >= 0))


def _counted(view: View, measure: Measure) -> MeasureInPlace:
    """A monthly count: its months, twelve months at a time, and their rates where its kind has residents."""
    place, kind = queries.area(view.choice("area")), of(measure)
    is_rate = kind.kind.has_residents and view.choice("show") == "rate"
    base = measure.base
    ids = (f"{base}_rate", f"{base}_rolling_year_rate") if is_rate else (base, f"{base}_rolling_year")
    months = queries.measure_series(ids[0], place.code)
    first = _first_period(view, months)
    years = _first_of(queries.area_series(place.code, ids[1:]))
    london = _first_of(queries.area_series(LONDON, ids[1:])) if is_rate and place.code != LONDON else None
    return MeasureInPlace(
        view,
        measure,
        kind,
        place,
        is_rate,
        first,
        since(months, first),
        since(years, first) if years else None,
        since(london, first) if london else None,
        _boroughs(measure, first, is_rate=is_rate),
        (),
        queries.verdict(measure.base, place.code),
        _facts(place.code, (base, *_in_form(measure, "rolling_year"), *_in_form(measure, "rolling_year_rate"))),
        next((f for f in _facts(LONDON, _in_form(measure, "rolling_year_rate")) if newest(f)), None),
        bool(view.choice("since")),
    )


def _as_published(view: View, measure: Measure) -> MeasureInPlace:
    """A measure that is as published: the place asked for, the places its kind lists, and courts."""
    kind = of(measure)
    place = queries.area(view.choice("area"))
    series = _first_of(queries.area_series(place.code, (measure.id,)))
    courts = queries.breakdown_series(measure.id, place.code)
    if series is None and not courts and not dict(view.chosen).get("area"):
        # Some court figures are published for England and Wales alone.
        place = queries.area(kind.wider[-1])
        series = _first_of(queries.area_series(place.code, (measure.id,)))
    if series is None and not courts:
        queries.measure_series(measure.id, place.code)
    first = _first_period(view, series or courts[0][1])
    wider = next((code for code in kind.wider if code != place.code), None)
    beside = _first_of(queries.area_series(wider, (measure.id,))) if wider else None
    return MeasureInPlace(
        view,
        measure,
        kind,
        place,
        False,
        first,
        since(series, first) if series else None,
        None,
        since(beside, first) if beside else None,
        _places(measure, first, kind.places),
        tuple((name, since(court, first)) for name, court in courts),
        queries.verdict(measure.base, place.code),
        _facts(place.code, (measure.id,)),
        None,
        bool(view.choice("since")),
    )


def _in_form(measure: Measure, form: FormName) -> tuple[str, ...]:
    """The id of a measure in a form; none where its kind has no such form."""
    return (f"{measure.base}_{form}",) if form in of(measure).kind.forms else ()


def _facts(code: str, ids: tuple[str, ...]) -> tuple[MeasureSeries, ...]:
    return tuple(_newest_two(s) for s in queries.area_series(code, ids) if newest(s) or is_parted_now(s))


def _boroughs(measure: Measure, first: str, *, is_rate: bool) -> tuple[Place, ...]:
    """Every borough with figures, A to Z."""
    months = queries.measure_by_area(measure.base, "borough")
    years = {s.area.code: s for s in queries.measure_by_area(f"{measure.base}_rolling_year", "borough")}
    rates = {s.area.code: s for i in _in_form(measure, "rolling_year_rate") for s in queries.measure_by_area(i, "borough")}
    lines = rates if is_rate else years
    return tuple(
        Place(
            s.area,
            _newest_two(s),
            _newest_two(years[s.area.code]) if s.area.code in years else None,
            _newest_one(rates[s.area.code]) if s.area.code in rates else None,
            since(lines[s.area.code], first) if s.area.code in lines else since(s, first),
            queries.verdict(measure.base, s.area.code),
        )
        for s in months
    )


def _places(measure: Measure, first: str, kinds: tuple[str, ...]) -> tuple[Place, ...]:
    all_series = (s for kind in kinds for s in queries.measure_by_area(measure.id, kind))
    return tuple(
        Place(s.area, _newest_two(s), None, None, since(s, first), queries.verdict(measure.base, s.area.code)) for s in all_series
    )


def _first_period(view: View, series: MeasureSeries) -> str:
    """Where the figures shown start: the period asked for, or the first one held.

    Raises:
        NotUnderstood: nothing is held since the period asked for.
    """
    since_choice, last = view.choice("since"), newest(series)
    if since_choice and last and months_between(since_choice, last.period) < 0:
        sentence = f"{series.measure.title} runs from {any_period(series.points[0].period)} to {any_period(last.period)}."
        raise NotUnderstood(sentence, (series.points[0].period, year_before(last.period)))
    # Rates begin with the first estimate of residents: months before it hold nothing to draw.
    first_known = series.known[0].period if series.known else series.points[0].period
    return max(since_choice, series.points[0].period) if since_choice else first_known


def _newest_two(series: MeasureSeries) -> MeasureSeries:
    last = newest(series)
    periods = (last.period, year_before(last.period)) if last else ()
    return _cut_to(series, periods)


def _newest_one(series: MeasureSeries) -> MeasureSeries:
    last = newest(series)
    return _cut_to(series, (last.period,) if last else ())


def _cut_to(series: MeasureSeries, periods: tuple[str, ...]) -> MeasureSeries:
    points: tuple[Point, ...] = tuple(p for p in series.points if p.period in periods) or series.points[-1:]
    return replace(series, points=points)


def _first_of(all_series: tuple[MeasureSeries, ...]) -> MeasureSeries | None:
    return all_series[0] if all_series else None


def _merged(all_series: Iterable[MeasureSeries]) -> tuple[MeasureSeries, ...]:
    """Series of one measure and place made one, oldest point first, without repeats."""
    by_key: dict[tuple[str, str], MeasureSeries] = {}
    for series in all_series:
        key = (series.measure.id, series.area.code)
        point_by_period = {p.period: p for s in (by_key.get(key), series) if s for p in s.points}
        by_key[key] = replace(series, points=tuple(point_by_period[period] for period in sorted(point_by_period)))
    return tuple(by_key.values())
