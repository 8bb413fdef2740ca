"""Directly and indirectly standardised rates, and the European standard population of 2013."""

import numpy as np

from etl.methods import checks
from etl.methods.arrays import ArrayLike, Floats, as_floats
from etl.methods.intervals import EXACT_BELOW, Estimate, poisson_interval

# Eurostat (2013), Revision of the European Standard Population: 0-4, 5-9 ... 85-89, 90+.
EUROPEAN_STANDARD_2013 = (
    5000.0,
    5500.0,
    5500.0,
    5500.0,
    6000.0,
    6000.0,
    6500.0,
    7000.0,
    7000.0,
    7000.0,
    7000.0,
    6500.0,
    6000.0,
    5500.0,
    5000.0,
    4000.0,
    2500.0,
    1500.0,
    1000.0,
)


def directly_standardised_rate(
    events: ArrayLike,
    population: ArrayLike,
    standard: ArrayLike,
    *,
    per: float,
    level: float = 0.95,
    event_variance: ArrayLike | None = None,
) -> Estimate:
    """Rate an area would have with the standard population's make-up, with Dobson's limits.

    Args:
        events: counts by stratum, strata last: (S,) or (N, S).
        population: people by stratum, same shape.
        standard: standard population by stratum, shape (S,).
        per: people the rate is stated for.
        level: two-sided.
        event_variance: variance of each stratum's count where events are not independent (one person counted
            several times): the sum of k^2 over people, k events each. None takes the counts themselves.

    Returns:
        Without the strata axis. NaN where any stratum is missing (missing is not nil) or the total is below
        10 events, where the limits do not hold.

    Raises:
        ValueError: a count or weight is below nil, a population not above zero, or the strata are not as many.

    Source:
        Dobson et al. (1991), Statistics in Medicine 10; the rule of 10 is PHEindicatormethods'.
    """
    x, n, weight = checks.counts(events), checks.sizes(population, "population"), checks.counts(standard, "standard")
    if x.shape[-1:] != weight.shape or n.shape[-1:] != weight.shape:
        raise ValueError(f"expected {weight.size} strata as in the standard, found {x.shape[-1:]} and {n.shape[-1:]}")
    if not weight.sum() > 0:
        raise ValueError("standard must be known in every stratum and not nil in all")
    variance_of_counts = x if event_variance is None else checks.counts(event_variance, "event_variance")
    total, whole = x.sum(axis=-1), weight.sum()
    value = (weight * x / n).sum(axis=-1) / whole
    variance = (weight**2 * variance_of_counts / n**2).sum(axis=-1) / whole**2
    enough = total >= EXACT_BELOW
    # Limits of a count of nil would divide by nil; those rows are blanked below in any case.
    safe = np.where(enough, total, float(EXACT_BELOW))
    limits = poisson_interval(safe, level)
    unit = np.sqrt(variance / safe)

    def shown(rate: Floats) -> Floats:
        return np.where(enough, rate * per, np.nan)

    return Estimate(shown(value), shown(value + unit * (limits.lower - safe)), shown(value + unit * (limits.upper - safe)))


def expected_events(population: ArrayLike, reference_events: ArrayLike, reference_population: ArrayLike) -> Floats:
    """Events an area would have at the reference rates; strata last, NaN where any stratum is missing.

    Raises:
        ValueError: a count or population is below nil, or a reference population is not above zero.
    """
    reference = checks.counts(reference_events, "reference_events") / checks.sizes(reference_population, "reference_population")
    expected: Floats = (checks.counts(population, "population") * reference).sum(axis=-1)
    return expected


def indirectly_standardised_ratio(observed: ArrayLike, expected: ArrayLike, *, per: float = 1.0, level: float = 0.95) -> Estimate:
    """Observed over expected events, times `per`, with Poisson limits (exact below 10 events, Byar's from 10).

    Args:
        observed: events counted, one number or one per area, NaN where missing.
        expected: events at the reference rates, same shape: see `expected_events`.
        per: 1 for a ratio, 100 for an index.
        level: two-sided.

    Raises:
        ValueError: an expected number is not above zero.
    """
    x, e = as_floats(observed), checks.sizes(expected, "expected events")
    limits = poisson_interval(x, level)
    return Estimate(x / e * per, limits.lower / e * per, limits.upper / e * per)


def indirectly_standardised_rate(
    observed: ArrayLike, expected: ArrayLike, reference_rate: ArrayLike, *, level: float = 0.95
) -> Estimate:
    """The standardised ratio times the crude reference rate (in whatever unit that rate is given)."""
    ratio = indirectly_standardised_ratio(observed, expected, level=level)
    crude = as_floats(reference_rate)
    return Estimate(ratio.value * crude, ratio.lower * crude, ratio.upper * crude)
