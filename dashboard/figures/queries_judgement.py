"""Questions about what was worked out of the series when the release was made: ranges, comparisons, likeness, calibration."""

from math import isnan

from sqlalchemy import select

from dashboard.figures.from_rows import record_of
from dashboard.figures.judgement_records import (
    AreaComparison,
    CalibrationFigure,
    CalibrationMade,
    Contribution,
    ExpectedMonth,
    ProposedStep,
    RangeMonth,
    RangeTotal,
    Settling,
    Similar,
    VerdictFamily,
)
from dashboard.figures.live_release import last_per_release, newest_per_release, per_release
from dashboard.figures.live_release import rows as rows_of
from dashboard.figures.queries import area, measure
from etl import warehouse
from etl.definitions.similar import Weight, neighbours, weights


@per_release
def verdict_families() -> tuple[VerdictFamily, ...]:
    """How many series each list of verdicts judged, how many moved or lean, and how many moves are expected not to last."""
    rows = rows_of(select(warehouse.verdict_family))
    return tuple(record_of(VerdictFamily, r) for r in rows)


@per_release
def proposed_steps() -> tuple[ProposedStep, ...]:
    """Every step of recording, or of crime, that is found in the figures and decided by nobody; oldest first."""
    t = warehouse.step_proposed
    return tuple(record_of(ProposedStep, r) for r in rows_of(select(t).order_by(t.c.month, t.c.measure_id)))


@newest_per_release
def expected_months(measure_id: str, area_code: str) -> tuple[ExpectedMonth, ...]:
    """The range of each month of a count, oldest first; () for surveys, courts, and series that could not be judged.

    Raises:
        LookupError: no such measure or area.
    """
    base, code = measure(measure_id).base, area(area_code).code
    t = warehouse.expected_month
    rows = rows_of(select(t).where(t.c.measure_id == base, t.c.area_code == code).order_by(t.c.period))
    return tuple(record_of(ExpectedMonth, r) for r in rows)


@last_per_release
def area_expected_months(area_code: str) -> dict[str, tuple[ExpectedMonth, ...]]:
    """The ranges of every count judged in an area, by base measure, oldest month first: one query for a page of measures.

    Raises:
        LookupError: no such area.
    """
    t = warehouse.expected_month
    rows = rows_of(select(t).where(t.c.area_code == area(area_code).code).order_by(t.c.measure_id, t.c.period))
    by_measure: dict[str, list[ExpectedMonth]] = {}
    for r in rows:
        by_measure.setdefault(r.measure_id, []).append(record_of(ExpectedMonth, r))
    return {measure_id: tuple(months) for measure_id, months in by_measure.items()}


@per_release
def settling(measure_id: str, kind: str = "force") -> tuple[Settling, ...]:
    """How far this measure's newest months have later moved in areas of a kind (force, borough, bcu), newest month first.

    Raises:
        LookupError: no such measure.
    """
    base = measure(measure_id).base
    t = warehouse.settling
    rows = rows_of(select(t).where(t.c.measure_id == base, t.c.kind == kind).order_by(t.c.lag))
    return tuple(record_of(Settling, r) for r in rows)


@per_release
def expected_range(measure_id: str, area_code: str) -> tuple[RangeMonth, ...]:
    """What the months after the newest may bring, next month first; () where none was worked out.

    Raises:
        LookupError: no such measure or area.
    """
    base, code = measure(measure_id).base, area(area_code).code
    t = warehouse.expected_range
    rows = rows_of(select(t).where(t.c.measure_id == base, t.c.area_code == code).order_by(t.c.period))
    return tuple(record_of(RangeMonth, r) for r in rows)


@per_release
def expected_totals(measure_id: str, area_code: str) -> tuple[RangeTotal, ...]:
    """What the months from each one to come to the end of its financial year may bring together, next month first.

    Raises:
        LookupError: no such measure or area.
    """
    base, code = measure(measure_id).base, area(area_code).code
    t = warehouse.expected_total
    rows = rows_of(select(t).where(t.c.measure_id == base, t.c.area_code == code).order_by(t.c.first))
    return tuple(record_of(RangeTotal, r) for r in rows)


@per_release
def area_comparisons(measure_id: str) -> tuple[AreaComparison, ...]:
    """Each borough's last 12 months of a measure against the rest of London, boroughs A to Z; () where there are no rates.

    Raises:
        LookupError: no such measure.
    """
    base = measure(measure_id).base
    t = warehouse.area_comparison
    rows = rows_of(select(t).where(t.c.measure_id == base))
    return tuple(sorted((record_of(AreaComparison, r) for r in rows), key=lambda comparison: area(comparison.area).name))


@per_release
def contributions(measure_id: str) -> tuple[Contribution, ...]:
    """What each borough adds to London's change of a measure, the largest fall first.

    Raises:
        LookupError: no such measure.
    """
    base = measure(measure_id).base
    t = warehouse.contribution
    rows = rows_of(select(t).where(t.c.measure_id == base).order_by(t.c.change, t.c.area_code))
    return tuple(record_of(Contribution, r) for r in rows)


@per_release
def months_to_see(measure_id: str, area_code: str) -> dict[float, int | None]:
    """Months until a fall or rise of 10, 20 or 30% (-0.1 is 10% fewer) is seen four times in five; None beyond a year.

    Raises:
        LookupError: no such measure or area.
    """
    base, code = measure(measure_id).base, area(area_code).code
    t = warehouse.time_to_see
    rows = rows_of(select(t).where(t.c.measure_id == base, t.c.area_code == code).order_by(t.c.change))
    return {r.change: r.months for r in rows}


def similar_weights() -> tuple[Weight, ...]:
    """What likeness of boroughs is worked out from, and how much each characteristic counts."""
    return weights()


@per_release
def similar(area_code: str, changed: tuple[tuple[str, float], ...] = ()) -> tuple[Similar, ...]:
    """The other boroughs, most similar first; () for areas that are not boroughs.

    Args:
        area_code: of the borough.
        changed: a reader's own weights, as (characteristic, weight) pairs; the others keep the published ones.

    Raises:
        LookupError: no such area.
        ValueError: a weight below nil, or all nil.
    """
    code = area(area_code).code
    if changed:
        return tuple(Similar(n.area, n.place, n.distance) for n in neighbours(code, dict(changed)))
    t = warehouse.similarity
    rows = rows_of(select(t).where(t.c.area_code == code).order_by(t.c.place))
    return tuple(record_of(Similar, r, area=r.other_code) for r in rows)


@per_release
def calibration_made() -> CalibrationMade | None:
    """What the calibration was made with; None where nothing has been measured."""
    rows = rows_of(select(warehouse.calibration_made))
    return record_of(CalibrationMade, rows[0]) if rows else None


@per_release
def calibration_figures() -> tuple[CalibrationFigure, ...]:
    """How well the judging does on real windows, by figure, places and group; () where nothing has been measured."""
    t = warehouse.calibration_figure
    rows = rows_of(select(t).order_by(t.c.figure, t.c.kind, t.c.group))
    return tuple(record_of(CalibrationFigure, r, value=_number(r.value)) for r in rows)


def _number(value: float | None) -> float | None:
    return None if value is None or isnan(value) else value
