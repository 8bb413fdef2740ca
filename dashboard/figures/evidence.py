"""Evidence for a borough's next choice: each measure's level, trend and harm, and what other boroughs achieved in two years."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from dashboard.figures import queries, queries_years
from dashboard.figures.compare import at, break_among, break_between, newest
from dashboard.figures.queries_judgement import area_comparisons, similar
from dashboard.figures.queries_years import RATE, RateAt
from dashboard.figures.records import Area, Measure, MeasureSeries, Verdict
from dashboard.figures.review_dates import months_until_seen
from dashboard.register.measures import candidates
from etl.core.areas import LONDON
from etl.core.period import moved
from etl.methods.comparison import against_rest

Rates = Mapping[tuple[str, str, str], RateAt]

MONTHS = 24
COMPARED = {"above": "Higher", "below": "Lower", "similar": "Similar"}
RATE_PER = 1_000
LEAST_EVENTS = 20
"""Twelve months of a middling borough with fewer offences than this say nothing of what was achieved."""
MOST_SIMILAR = 10
FIFTH = -0.2
"""The fall the retired targets asked of everyone: how many achieved it says whether it stretches."""


@dataclass(frozen=True)
class Level:
    """Twelve months per 1,000 residents beside the rest of London; `side` is Higher, Lower or Similar."""

    period: str
    rate: float
    rest: float
    ratio: float
    lower: float
    upper: float
    side: str
    others: tuple[float, ...]
    """Ratios of the other boroughs to the rest of London of each."""


@dataclass(frozen=True)
class TwoYears:
    """Changes of the twelve-month rate over two years in other boroughs, as shares: from least to greatest."""

    period: str
    here: float | None
    changes: tuple[float, ...]
    is_similar: bool
    """Whether the others are the most similar boroughs, or all of them."""

    @property
    def spread(self) -> tuple[float, ...]:
        """Least, lower quarter, middle, upper quarter, greatest."""
        return tuple(float(q) for q in np.quantile(self.changes, [0, 0.25, 0.5, 0.75, 1]))

    @property
    def fell_by_a_fifth(self) -> int:
        """How many fell by a fifth or more."""
        return sum(1 for c in self.changes if c <= FIFTH)


@dataclass(frozen=True)
class Candidate:
    """One measure a borough may choose; None where a question cannot be answered."""

    measure: Measure
    is_harm: bool
    level: Level | None
    verdict: Verdict | None
    two_years: TwoYears | None
    seen_after: int | None
    """Months after which a fall of a fifth would mostly be seen here; None: not within a year, or not worked out."""


def evidence(area_code: str) -> tuple[Candidate, ...]:
    """Every measure a borough may choose, high harm first, in the register's order.

    Raises:
        LookupError: no such area.
    """
    area = queries.area(area_code)
    listed_measures = candidates()
    ids = (*listed_measures.harm, *listed_measures.volume)
    verdicts = queries_years.newest_verdicts(area.code)
    london = {s.measure.base: s for s in queries.area_series(LONDON, tuple(f"{m}{RATE}" for m in ids))}
    newest_of = {m: p.period for m, s in london.items() if (p := newest(s))}
    two_years = {m: period for m, s in london.items() if (period := _comparable(s))}
    periods = {*newest_of.values(), *two_years.values(), *(moved(p, -MONTHS) for p in two_years.values())}
    rates = queries_years.borough_rates(ids, tuple(sorted(periods)))
    return tuple(
        Candidate(
            queries.measure(m),
            m in listed_measures.harm,
            _level(m, area, newest_of.get(m), rates),
            verdicts.get(m),
            _two_years(m, area, two_years.get(m), rates),
            months_until_seen(m, area.code),
        )
        for m in ids
    )


def peers(area: Area) -> tuple[tuple[str, ...], bool]:
    """(the boroughs compared with, whether they are the most similar): all others where likeness is not worked out."""
    near = similar(area.code)[:MOST_SIMILAR]
    if near:
        return tuple(s.area for s in near), True
    return tuple(a.code for a in queries.areas("borough") if a.code != area.code), False


def _level(measure_id: str, area: Area, period: str | None, rates: Rates) -> Level | None:
    if period is None or (measure_id, area.code, period) not in rates:
        return None
    compared = {c.area: c for c in area_comparisons(measure_id) if c.period == period}
    if area.code in compared:
        c = compared[area.code]
        others = tuple(o.ratio for code, o in compared.items() if code != area.code and o.ratio > 0)
        return Level(period, c.rate, c.rest_rate, c.ratio, c.ratio_lower, c.ratio_upper, COMPARED[c.side], others)
    rate_by_area = {code: rate for (m, code, p), rate in rates.items() if m == measure_id and p == period}
    comparison = against_rest([r.events for r in rate_by_area.values()], [r.residents for r in rate_by_area.values()])
    place = list(rate_by_area).index(area.code)
    ratio = [float(r) for r in comparison.ratio.value]
    return Level(
        period,
        rate_by_area[area.code].rate,
        float(comparison.rest_rate[place]) * RATE_PER,
        ratio[place],
        float(comparison.ratio.lower[place]),
        float(comparison.ratio.upper[place]),
        str(comparison.side[place]),
        tuple(r for i, r in enumerate(ratio) if i != place and np.isfinite(r) and r > 0),
    )


def _two_years(measure_id: str, area: Area, period: str | None, rates: Rates) -> TwoYears | None:
    if period is None:
        return None
    others, is_similar = peers(area)
    changes = {code: _change(measure_id, code, period, rates) for code in (area.code, *others)}
    usual = np.median([r.events for (m, _, p), r in rates.items() if m == measure_id and p == period])
    if usual < LEAST_EVENTS:
        return None
    known_changes = sorted(change for code in others if (change := changes[code]) is not None)
    return TwoYears(period, changes[area.code], tuple(known_changes), is_similar) if known_changes else None


def _comparable(series: MeasureSeries) -> str | None:
    """The newest period that can be set beside the one two years before."""
    for point in reversed(series.known):
        before = moved(point.period, -MONTHS)
        if at(series, before) is not None and break_between(series, before, point.period) is None:
            return point.period
    return None


def _change(measure_id: str, code: str, period: str, rates: Rates) -> float | None:
    earlier = moved(period, -MONTHS)
    if break_among(queries.breaks(f"{measure_id}{RATE}", code), "rolling_year", earlier, period):
        return None
    now, before = rates.get((measure_id, code, period)), rates.get((measure_id, code, earlier))
    return now.rate / before.rate - 1 if now and before and before.rate else None
