"""Did it work? What followed each dated operational change, read; and what followed a priority, worked out once a release."""

from dataclasses import dataclass

import numpy as np
from sqlalchemy import String, cast, func, select

from dashboard.figures import queries
from dashboard.figures.from_rows import record_of
from dashboard.figures.live_release import newest_per_release, per_release
from dashboard.figures.live_release import rows as rows_of
from dashboard.figures.queries import area, measure
from etl import warehouse
from etl.core.period import every_month
from etl.core.reason import Reason, read_stored
from etl.definitions.did_it_work import Answer, BoroughCounts, Outcome, Parting, Spreads, answer, parting
from etl.methods.effect import Spread


@dataclass(frozen=True)
class OperationalEffect:
    """What followed one change in one measure, in its boroughs together (`area` is a command) or in one of them.

    Sizes are shares; None where nothing could be compared, or where that question has no answer. `together` is in offences,
    here and next door; `step` is told from the place's own months alone.
    """

    change_id: str
    measure: str
    area: str
    outcome: Outcome
    reasons: tuple[Reason, ...]
    compared_with: tuple[str, ...]
    before: tuple[str | None, str | None]
    after: tuple[str | None, str | None]
    observed: float | None
    expected: float | None
    change: float | None
    change_lower: float | None
    change_upper: float | None
    together: float | None
    together_lower: float | None
    together_upper: float | None
    start: float | None
    anyway: float | None
    step: float | None
    step_lower: float | None
    step_upper: float | None

    @property
    def is_clear(self) -> bool:
        """Whether more or fewer can be told."""
        return self.outcome in (Outcome.FEWER, Outcome.MORE)


@dataclass(frozen=True)
class PlaceboShare:
    """The share of made-up dates whose limits leave out no change. `months` 0: every length together."""

    figure: str
    kind: str
    months: int
    group: str
    windows: int
    excluded: float | None
    target: str | None
    is_met: bool | None


@dataclass(frozen=True)
class YearByItself:
    """How far above its two years before a borough's share of a crime stands, and what that alone gives in a year, as shares."""

    start: float
    change: float
    lower: float
    upper: float


@per_release
def operational_effects() -> tuple[OperationalEffect, ...]:
    """What followed each change on record, in the order of the changes and measures."""
    return tuple(
        record_of(
            OperationalEffect,
            row,
            measure=row.measure_id,
            area=row.area_code,
            outcome=Outcome(row.outcome),
            reasons=read_stored(row.reason),
            compared_with=tuple(row.compared_with.split("|")) if row.compared_with else (),
            before=(row.before_first, row.before_last),
            after=(row.after_first, row.after_last),
        )
        for row in rows_of(select(warehouse.operational_effect))
    )


@per_release
def placebo_shares() -> tuple[PlaceboShare, ...]:
    """How often an effect would be found on made-up dates; () where that was not measured."""
    return tuple(record_of(PlaceboShare, row) for row in rows_of(select(warehouse.effect_placebo)))


@per_release
def followed(measure_id: str, area_code: str, in_force: str, touched: tuple[str, ...]) -> Answer:
    """What followed a date in a borough, for one measure of recorded crime; kept for as long as the release is live.

    Args:
        measure_id: in its base form.
        area_code: a borough.
        in_force: the first whole month.
        touched: boroughs where the same was done, which are not compared with.

    Raises:
        LookupError: no such measure or area.
    """
    counts = _counts(measure(measure_id).base)
    return answer(counts, (area(area_code).code,), in_force, in_force, _spreads(), touched=touched)


@per_release
def by_itself(area_code: str) -> dict[str, YearByItself]:
    """What each crime in a borough would do in a year by itself, by base measure, where that can be told."""
    t = warehouse.year_by_itself
    return {row.measure_id: record_of(YearByItself, row) for row in rows_of(select(t).where(t.c.area_code == area_code))}


@newest_per_release
def _counts(measure_id: str) -> BoroughCounts:
    v = warehouse.measure_value
    boroughs = tuple(a.code for a in queries.areas("borough"))
    months_and_counts = func.string_agg(v.c.period + " " + cast(v.c.value, String), "|")
    rows = rows_of(
        select(v.c.area_code, months_and_counts.label("counts"))
        .where(v.c.measure_id == measure_id, v.c.breakdown == "", v.c.value.is_not(None), v.c.area_code.in_(boroughs))
        .group_by(v.c.area_code)
    )
    if not rows:
        return BoroughCounts(measure_id, (), (), np.empty((0, 0)), {})
    values = {row.area_code: dict(pair.split(" ") for pair in row.counts.split("|")) for row in rows}
    months = tuple(every_month(min(min(one) for one in values.values()), max(max(one) for one in values.values())))
    codes = tuple(code for code in boroughs if code in values)
    counts = np.array([[float(values[code].get(month, "nan")) for month in months] for code in codes])
    return BoroughCounts(measure_id, codes, months, counts, {code: _partings(measure_id, code) for code in codes})


def _partings(measure_id: str, area_code: str) -> tuple[Parting, ...]:
    breaks = queries.breaks(measure_id, area_code)
    parted = (parting(item.start, item.end, item.treatment, item.what) for item in breaks)
    return tuple(one for one in parted if one is not None)


@per_release
def _spreads() -> Spreads:
    rows = rows_of(select(warehouse.effect_spread))
    return Spreads({(r.kind, r.measure_id, r.compared, r.gap, r.months): Spread(r.chance, r.apart, r.factor) for r in rows})
