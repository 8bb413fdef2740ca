"""How what came compares with the range that was fixed. Pure."""

from collections.abc import Mapping
from datetime import date
from typing import Literal

from dashboard.register.record_parts import ExpectedRange, Outturn, RangePoint

# Two-sided 95% range: each side may be missed one time in forty.
_ALPHA = 0.05

Better = Literal["lower", "higher", "neither"]
Verdict = Literal["inside", "better", "worse", "changed"]


def score_range(
    fixed: ExpectedRange,
    came: Mapping[date, float],
    *,
    better: Better,
    year_total: float | None,
    until: date | None,
    release_id: str,
    scored_on: date,
) -> Outturn:
    """The outturn of one fixed range.

    Args:
        fixed: the range; must have points.
        came: period start to value. A period that is missing is not scored, and never read as zero.
        better: which way is better for this measure.
        year_total: what the periods came to together, to set against `fixed.year`; None judges by the periods alone.
        until: the last day it was in force; a period that begins later is not scored. None: to the end of the range.
        release_id: the release the values came from.
        scored_on: today.

    Raises:
        ValueError: the range was refused, or no period of it has a value.

    Source:
        Interval score: Gneiting and Raftery (2007), Strictly Proper Scoring Rules, section 6.2.
    """
    if fixed.refused is not None:
        raise ValueError(f"no range was fixed for {fixed.measure_id}: {fixed.refused}")
    months_in_force = in_force(fixed, until)
    scored = [(point, came[point.period_start]) for point in months_in_force if point.period_start in came]
    if not scored:
        raise ValueError(f"no period of the range for {fixed.measure_id} has a value")
    below = sum(1 for point, value in scored if value < point.lower_95)
    above = sum(1 for point, value in scored if value > point.upper_95)
    return Outturn(
        measure_id=fixed.measure_id,
        release_id=release_id,
        scored_on=scored_on,
        periods=len(scored),
        expected_periods=len(months_in_force),
        total=year_total if fixed.year is not None else None,
        inside_80=sum(1 for point, value in scored if point.lower_80 <= value <= point.upper_80),
        inside_95=len(scored) - below - above,
        below_95=below,
        above_95=above,
        mean_interval_score=sum(interval_score(point, value) for point, value in scored) / len(scored),
        verdict=_verdict(fixed.year, year_total, below, above, len(scored), better),
    )


def in_force(fixed: ExpectedRange, until: date | None) -> tuple[RangePoint, ...]:
    """The points of a range that begin on or before a priority's last day."""
    return tuple(point for point in fixed.points if until is None or point.period_start <= until)


def interval_score(point: RangePoint, value: float) -> float:
    """Width of the 95% range plus forty times the distance by which a value misses it. Lower is better."""
    miss = max(point.lower_95 - value, value - point.upper_95, 0.0)
    return point.upper_95 - point.lower_95 + 2 / _ALPHA * miss


def _verdict(year: RangePoint | None, total: float | None, below: int, above: int, periods: int, better: Better) -> Verdict:
    if year is not None and total is not None:
        low, high = total < year.lower_95, total > year.upper_95
    else:
        # Without a range for the year: outside when most periods fall outside on the same side.
        low, high = below * 2 > periods, above * 2 > periods
    if not low and not high:
        return "inside"
    if better == "neither":
        return "changed"
    return "better" if low == (better == "lower") else "worse"
