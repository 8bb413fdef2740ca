"""What the London page shows for one address: one measure in every borough, and every verdict beside it."""

from dataclasses import dataclass, replace

from dashboard.figures import queries, queries_judgement
from dashboard.figures.compare import break_between, newest
from dashboard.figures.judgement_records import AreaComparison, Contribution, ExpectedMonth, VerdictFamily
from dashboard.figures.queries_judgement import area_comparisons, contributions
from dashboard.figures.queries_london import expected_by_area
from dashboard.figures.records import Area, Measure, MeasureSeries, Verdict
from dashboard.figures.view import Option, View
from etl.core.areas import CITY_OF_LONDON, LONDON
from etl.core.period import months_between, moved
from etl.core.state import State
from etl.definitions import catalogue
from etl.definitions.reference import PARTING
from etl.methods.area_change import area_changes

FIRST_READ = "violence_with_injury"
MONTHS_DRAWN = 24
ENOUGH_A_MONTH = 10
"""Below so many offences a month in the middle borough, tiles draw twelve months at a time: single months are noise."""
FEWEST_COMPARED = 3
YEAR = 12
A_TENTH = 0.1
"""How far from the rest of London a rate must lie, with its whole interval, to be called higher or lower."""


def crime_measures() -> tuple[str, ...]:
    """Measures the page can be asked for: every count of recorded crime that is still kept."""
    return tuple(m.id for m in queries.crimes() if m.theme != "retired")


OPTIONS = (
    Option("measure", crime_measures, default=FIRST_READ),
    Option("table", ("headline", "all"), default="headline"),
)
"""What the address of the page may hold."""


@dataclass(frozen=True)
class Borough:
    """One borough: the count, the line its tile draws, what was expected of the line, and its verdict."""

    area: Area
    count: MeasureSeries
    line: MeasureSeries
    expected: tuple[ExpectedMonth, ...]
    verdict: Verdict | None


@dataclass(frozen=True)
class Changes:
    """What each borough adds to the change of all: months compared, the rows A to Z, and the boroughs' change together.

    The whole is the boroughs' sum, not London's own: crimes that gain or lose a borough on record would pass for change.
    """

    first: str
    last: str
    rows: tuple[Contribution, ...]
    total: float
    total_lower: float
    total_upper: float
    is_shortened: bool

    @property
    def is_clear(self) -> bool:
        """Whether the boroughs together changed, so that shares of the change mean something."""
        return self.total_lower > 0 or self.total_upper < 0


@dataclass(frozen=True)
class Command:
    """A command's verdict beside those of its boroughs, A to Z."""

    area: Area
    verdict: Verdict | None
    members: tuple[tuple[Area, Verdict | None], ...]


@dataclass(frozen=True)
class Compared:
    """A borough's rate over twelve months against the rest of London's."""

    area: Area
    comparison: AreaComparison

    @property
    def side(self) -> str:
        """Higher or lower where the whole interval lies a tenth or more from the rest of London, else similar."""
        if self.comparison.ratio_lower > 1 + A_TENTH:
            return "higher"
        return "lower" if self.comparison.ratio_upper < 1 - A_TENTH else "similar"


@dataclass(frozen=True)
class Worsening:
    """A borough where a measure is worse than expected, and higher than in the rest of London too."""

    area: Area
    measure: Measure
    verdict: Verdict
    compared: Compared


@dataclass(frozen=True)
class LondonFigures:
    """Everything the page tells of one measure, and the verdicts of all."""

    measure: Measure
    series: MeasureSeries
    line: MeasureSeries
    """London's own line, drawn behind every borough's."""
    verdict: Verdict | None
    family: VerdictFamily | None
    boroughs: tuple[Borough, ...]
    is_monthly: bool
    """Whether tiles draw single months, with what was expected of them."""
    changes: Changes | None
    comparisons: tuple[Compared, ...]
    commands: tuple[Command, ...]


def london_figures(view: View) -> LondonFigures:
    """What the address asks to see."""
    measure = queries.measure(view.choice("measure"))
    series = queries.measure_series(measure.id, LONDON)
    counts = queries.measure_by_area(measure.id, "borough")
    is_monthly = _middle_month(counts) >= ENOUGH_A_MONTH
    form = "rate" if is_monthly else "rolling_year_rate"
    first = moved(_last(series), 1 - MONTHS_DRAWN)
    lines = {s.area.code: _since(s, first) for s in queries.measure_by_area(f"{measure.base}_{form}", "borough")}
    expected = expected_by_area(measure.id) if is_monthly else {}
    return LondonFigures(
        measure,
        series,
        _since(queries.measure_series(f"{measure.base}_{form}", LONDON), first),
        queries.verdict(measure.id, LONDON),
        next((f for f in queries_judgement.verdict_families() if f.family == "boroughs"), None),
        tuple(
            Borough(s.area, s, lines[s.area.code], _per_1000(expected.get(s.area.code, ()), lines[s.area.code]),
                    queries.verdict(measure.id, s.area.code))
            for s in counts
            if s.area.code in lines
        ),
        is_monthly,
        borough_changes(series, counts),
        comparisons(measure.base, _last(series)),
        tuple(_command(area, measure.id) for area in sorted(queries.areas("bcu"), key=lambda a: a.name)),
    )  # fmt: skip


def heat_measures(scope: str, chosen: str) -> tuple[Measure, ...]:
    """The columns of the table of verdicts: headline counts and the one chosen, or every count, in catalogue order."""
    headline = {m.id for m in catalogue.measures().values() if m.headline} | {chosen}
    ids = (m for m in crime_measures() if scope == "all" or m in headline)
    return tuple(queries.measure(m) for m in ids)


def heat_areas() -> tuple[Area, ...]:
    """The rows of the table: London, then boroughs A to Z. The City of London is another force's."""
    return (queries.area(LONDON), *policed())


def policed() -> tuple[Area, ...]:
    """The boroughs the Met polices, A to Z."""
    return tuple(a for a in sorted(queries.areas("borough"), key=lambda a: a.name) if a.code != CITY_OF_LONDON)


def hidden_by_commands() -> tuple[tuple[Command, Measure, Area, Verdict], ...]:
    """Where a borough is worse and its command, which adds up its boroughs, is not: by command, then measure."""
    hidden = []
    for area in sorted(queries.areas("bcu"), key=lambda a: a.name):
        for measure_id in crime_measures():
            command = _command(area, measure_id)
            if command.verdict is None or command.verdict.state == State.WORSE:
                continue
            hidden += [(command, queries.measure(measure_id), a, v) for a, v in command.members if v and v.state == State.WORSE]
    return tuple(hidden)


def worse_and_worsening() -> tuple[Worsening, ...]:
    """Boroughs higher than the rest of London in a measure that is also worse than expected there: strongest evidence first."""
    worsenings = []
    for measure_id in crime_measures():
        worse = {v.area: v for a in policed() if (v := queries.verdict(measure_id, a.code)) and v.state == State.WORSE}
        if not worse:
            continue
        last = _last(queries.measure_series(measure_id, LONDON))
        higher = {c.area.code: c for c in comparisons(measure_id, last) if c.side == "higher"}
        worsenings += [
            Worsening(queries.area(a), queries.measure(measure_id), v, higher[a]) for a, v in worse.items() if a in higher
        ]
    return tuple(sorted(worsenings, key=lambda w: (w.verdict.q_value if w.verdict.q_value is not None else 1.0, w.area.name)))


def comparisons(base: str, period: str) -> tuple[Compared, ...]:
    """Each borough's twelve months against the rest of London, A to Z; () where a break falls inside them or no rate is held."""
    start = moved(period, 1 - YEAR)
    is_cut = any(start < f"{b.start:%Y-%m}" <= period for b in queries.breaks(base, LONDON) if b.treatment in PARTING)
    records = () if is_cut else area_comparisons(base)
    return tuple(Compared(queries.area(c.area), c) for c in records if c.period == period)


def borough_changes(london: MeasureSeries, boroughs: tuple[MeasureSeries, ...]) -> Changes | None:
    """The newest months against the same months a year before: as many as a break allows, up to twelve; None below three."""
    last = _last(london)
    cuts = [f"{b.start:%Y-%m}" for b in london.breaks if b.treatment in PARTING]
    count = YEAR
    for cut in cuts:
        if cut <= last:
            count = min(count, max(0, months_between(cut, last) + 1 - YEAR))
    if count < FEWEST_COMPARED:
        return None
    first = moved(last, 1 - count)
    rows = contributions(london.measure.id) if count == YEAR else ()
    if not rows or rows[0].period != last:
        rows = _contributions(london, boroughs, (moved(first, -YEAR), first, last), count)
    if len(rows) < 2:
        return None
    estimate = area_changes([r.before for r in rows], [r.now for r in rows])
    named = tuple(sorted(rows, key=lambda r: queries.area(r.area).name))
    return Changes(first, last, named, estimate.total, estimate.total_lower, estimate.total_upper, count < YEAR)


def _contributions(
    london: MeasureSeries, boroughs: tuple[MeasureSeries, ...], months: tuple[str, str, str], count: int
) -> tuple[Contribution, ...]:
    """Each borough's contribution over fewer than twelve months, where a break allows no more; worked out as for twelve."""
    earlier_first, first, last = months
    unbroken = [s for s in boroughs if break_between(s, earlier_first, last) is None]
    sums = [(s.area.code, _sum(s, earlier_first, count), _sum(s, first, count)) for s in unbroken]
    complete = [(code, earlier, later) for code, earlier, later in sums if earlier is not None and later is not None]
    london_earlier, london_later = _sum(london, earlier_first, count), _sum(london, first, count)
    if len(complete) < 2 or london_earlier is None or london_later is None:
        return ()
    estimate = area_changes([earlier for _, earlier, _ in complete], [later for _, _, later in complete])
    london_change = london_later - london_earlier
    is_clear = london_change != 0 and (estimate.total_lower > 0 or estimate.total_upper < 0)
    return tuple(
        Contribution(
            london.measure.id, code, last, earlier, later, float(estimate.change[i]), float(estimate.lower[i]),
            float(estimate.upper[i]), london_change, float(estimate.change[i]) / london_change if is_clear else None,
        )
        for i, (code, earlier, later) in enumerate(complete)
    )  # fmt: skip


def _command(area: Area, measure_id: str) -> Command:
    members = sorted((queries.area(code) for code in area.members), key=lambda a: a.name)
    return Command(area, queries.verdict(measure_id, area.code), tuple((m, queries.verdict(measure_id, m.code)) for m in members))


def _per_1000(months: tuple[ExpectedMonth, ...], line: MeasureSeries) -> tuple[ExpectedMonth, ...]:
    """What was expected of the months judged, per 1,000 residents as the line is."""
    residents = {p.period: p.denominator for p in line.points if p.denominator}
    return tuple(
        replace(m, expected=m.expected * k, lower=m.lower * k, upper=m.upper * k)
        for m in months
        if m.role in {"window", "provisional"} and (people := residents.get(m.period)) and (k := 1000 / people)
    )


def _middle_month(counts: tuple[MeasureSeries, ...]) -> float:
    last = sorted(s.known[-1].value or 0.0 for s in counts if s.known)
    return last[len(last) // 2] if last else 0.0


def _since(series: MeasureSeries, first: str) -> MeasureSeries:
    return replace(series, points=tuple(p for p in series.points if p.period >= first))


def _last(series: MeasureSeries) -> str:
    last = newest(series)
    return last.period if last else series.points[-1].period


def _sum(series: MeasureSeries, first: str, count: int) -> float | None:
    """The sum of so many months from `first`; None unless every one is held."""
    periods = {moved(first, i) for i in range(count)}
    values = [p.value for p in series.points if p.period in periods and p.value is not None]
    return sum(values) if len(values) == count else None
