"""What Home shows: the headline series, the verdicts on every borough, and the feeds that have fallen behind."""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.figures import queries, queries_judgement
from dashboard.figures.records import MeasureSeries, Verdict
from dashboard.words.themes import theme_order
from etl.core.areas import LONDON
from etl.core.state import State
from etl.definitions import catalogue

TOTAL = "total_recorded_crime"
LATE_PLACES = {"borough": "for boroughs", "force": "for London"}
"""The places whose lateness is told, by kind of area."""


def headline_series() -> tuple[tuple[MeasureSeries, MeasureSeries | None], ...]:
    """(series, its rolling year) of every measure the catalogue marks as a headline, high harm before volume."""
    headlines = sorted((m for m in catalogue.measures().values() if m.headline), key=lambda m: (theme_order(m.theme), m.order))
    rolling = tuple(f.id for m in headlines for f in catalogue.measure_forms(m) if f.form == "rolling_year")
    series_by_id = {s.measure.id: s for s in queries.area_series(LONDON, (*(m.id for m in headlines), *rolling))}
    return tuple(
        (series_by_id[m.id], series_by_id.get(f"{m.id}_rolling_year"))
        for m in headlines
        if m.id in series_by_id and m.id != TOTAL
    )


@dataclass(frozen=True)
class VerdictList:
    """The verdicts on recorded crime in every borough, and how many of the moves are expected not to last."""

    verdicts: tuple[Verdict, ...]
    not_lasting: float


def borough_verdicts() -> VerdictList | None:
    """The list the headline is about; None before anything has been judged."""
    family = next((f for f in queries_judgement.verdict_families() if f.family == "boroughs"), None)
    if family is None:
        return None
    codes = {area.code for area in queries.areas("borough")}
    crime_measures = {m.id for m in queries.crimes()}
    verdicts = tuple(v for v in queries.verdicts() if v.area in codes and v.measure in crime_measures)
    return VerdictList(verdicts, family.not_lasting)


@dataclass(frozen=True)
class LateFeed:
    """A source that has fallen so far behind in one kind of place that nothing is concluded from it there."""

    source: str
    kind: str
    series: int
    last_period: str


def late_feeds(verdicts: Sequence[Verdict]) -> tuple[LateFeed, ...]:
    """Every late feed, boroughs before London, with the newest period any of its late series holds."""
    kinds = {area.code: kind for kind in LATE_PLACES for area in queries.areas(kind)}
    late_verdicts: dict[tuple[str, str], list[Verdict]] = {}
    for verdict in verdicts:
        if verdict.state == State.LATE and verdict.area in kinds:
            late_verdicts.setdefault((kinds[verdict.area], queries.measure(verdict.measure).source), []).append(verdict)
    return tuple(_late_feed(kind, source, late_verdicts[kind, source]) for kind, source in sorted(late_verdicts))


def _late_feed(kind: str, source: str, verdicts: Sequence[Verdict]) -> LateFeed:
    measures = tuple(dict.fromkeys(v.measure for v in verdicts))
    codes = {v.area for v in verdicts}
    every_series = (s for measure in measures for s in queries.measure_by_area(measure, kind) if s.area.code in codes)
    newest_periods = [s.known[-1].period for s in every_series if s.known]
    return LateFeed(source, kind, len(verdicts), max(newest_periods, default=""))
