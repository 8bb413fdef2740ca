"""What the survey shows: its series with the interval a sample of that size has, and what a sample can show at all."""

from dataclasses import dataclass

from dashboard.figures import queries
from dashboard.figures.compare import at, newest
from dashboard.figures.records import Area, MeasureSeries, Point, Verdict
from dashboard.figures.view import Option, View
from etl.core.areas import LONDON
from etl.core.period import year_before
from etl.kinds.survey import DESIGN_EFFECT, interviews
from etl.methods.survey import change_interval, margin, smallest_visible_change

FIRST_READ = "good_job_local"
HALF = 0.5


def survey_measures() -> tuple[str, ...]:
    """Every measure of the survey, in catalogue order."""
    return tuple(m.id for m in queries.measures(theme="confidence"))


def survey_boroughs() -> tuple[str, ...]:
    """Codes of the boroughs the survey is published for."""
    return tuple(s.area.code for s in queries.measure_by_area(FIRST_READ, "borough"))


OPTIONS = (Option("measure", survey_measures, default=FIRST_READ), Option("area", survey_boroughs))
"""What the address of the page may hold."""


@dataclass(frozen=True)
class Answered:
    """One question in London: its series with intervals, its verdict, and the last year held for boroughs."""

    series: MeasureSeries
    verdict: Verdict | None
    boroughs_to: str | None


@dataclass(frozen=True)
class BoroughAnswer:
    """One borough's newest year, with its interval, beside London and beside its own separate year before.

    `beside_london` and `beside_before` are higher, lower or "cannot tell"; None where there is nothing to set it beside.
    """

    series: MeasureSeries
    point: Point | None
    before: Point | None
    beside_london: str | None
    beside_before: str | None

    @property
    def area(self) -> Area:
        """The borough."""
        return self.series.area


@dataclass(frozen=True)
class Sample:
    """What a number of interviews can show at a true half: the margin of one figure and the least change between two years."""

    who: str
    interviews: int
    margin: float
    change: float


@dataclass(frozen=True)
class ConfidenceFigures:
    """Everything the page shows of the survey."""

    answers: tuple[Answered, ...]
    headline: Answered
    chosen: Answered
    boroughs: tuple[BoroughAnswer, ...]
    london: Point | None
    """London in the year the boroughs are shown for."""
    period: str
    place: BoroughAnswer | None
    """The borough the address names."""
    samples: tuple[Sample, ...]
    design_effect: float


def confidence_figures(view: View) -> ConfidenceFigures:
    """What the address asks to see."""
    answers = tuple(_answered(s) for s in queries.area_series(LONDON, survey_measures()))
    by_id = {a.series.measure.id: a for a in answers}
    chosen = by_id[view.choice("measure")]
    series = queries.measure_by_area(chosen.series.measure.id, "borough")
    period = max((p.period for s in series for p in s.known), default="")
    london = at(chosen.series, period)
    boroughs = tuple(_borough(s, period, london) for s in sorted(series, key=lambda s: s.area.name))
    area_code = view.choice("area")
    return ConfidenceFigures(
        answers,
        by_id[FIRST_READ],
        chosen,
        boroughs,
        london,
        period,
        next((b for b in boroughs if b.area.code == area_code), None),
        samples(),
        DESIGN_EFFECT,
    )


def samples() -> tuple[Sample, ...]:
    """Samples from all London down to a tenth of a borough."""
    borough = interviews("borough")
    sizes = (
        ("London, 1 year", interviews("force")),
        ("3 boroughs, 1 year", borough * 3),
        ("1 borough, 2 years", borough * 2),
        ("1 borough, 1 year", borough),
        ("A tenth of a borough", borough / 10),
    )
    return tuple(
        Sample(
            label,
            round(count),
            float(margin(HALF, count, design_effect=DESIGN_EFFECT)),
            float(smallest_visible_change(HALF, count, design_effect=DESIGN_EFFECT)),
        )
        for label, count in sizes
    )


def _answered(series: MeasureSeries) -> Answered:
    measure = series.measure.id
    periods = [p.period for s in queries.measure_by_area(measure, "borough") for p in s.known]
    return Answered(series, queries.verdict(measure, series.area.code), max(periods, default=None))


def _borough(series: MeasureSeries, period: str, london: Point | None) -> BoroughAnswer:
    point = at(series, period)
    before = at(series, year_before(period)) if period else None
    return BoroughAnswer(
        series, point, before, _beside_london(point, london), _beside_before(point, before, _interviews(series.area))
    )


def _beside_london(point: Point | None, london: Point | None) -> str | None:
    if point is None or point.lower is None or point.upper is None or london is None or london.value is None:
        return None
    return "higher" if point.lower > london.value else "lower" if point.upper < london.value else "cannot tell"


def _beside_before(point: Point | None, before: Point | None, interviews_a_year: float) -> str | None:
    if point is None or point.value is None or before is None or before.value is None:
        return None
    change = change_interval(point.value, interviews_a_year, before.value, interviews_a_year, design_effect=DESIGN_EFFECT)
    return "higher" if float(change.lower) > 0 else "lower" if float(change.upper) < 0 else "cannot tell"


def _interviews(area: Area) -> float:
    return interviews(area.kind, len(area.members) or 1)


def newest_period(answer: Answered) -> str:
    """The last year held for London."""
    last = newest(answer.series)
    return last.period if last else ""
