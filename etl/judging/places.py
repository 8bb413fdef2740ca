"""Boroughs beside each other: against the rest of London, on the funnel, in London's change, and which are alike."""

from collections.abc import Mapping

import duckdb
import numpy as np
import pandas as pd

from etl.core.areas import LONDON
from etl.definitions import catalogue, reference, similar
from etl.judging.panel import Panel, exposures_of, plan
from etl.methods.area_change import area_changes
from etl.methods.arrays import Bools, Floats
from etl.methods.comparison import against_rest
from etl.methods.drift import correlation, fit_drift
from etl.methods.funnel import overdispersion, transformed_scores, z_significance
from etl.methods.intervals import poisson_interval

YEAR = 12
SIDES = {"Higher": "above", "Lower": "below", "Similar": "similar"}
FUNNEL = {
    "high 99.8": "above 99.8%",
    "high 95": "above 95%",
    "not significant": "within",
    "low 95": "below 95%",
    "low 99.8": "below 99.8%",
}
LEAST_AREAS = 3
DRIFT_YEARS = 10


def comparisons(connection: duckdb.DuckDBPyConnection, values: str, wanders: Mapping[str, Mapping[str, float]]) -> pd.DataFrame:
    """Rows of `area_comparison`: each borough's newest 12 months of each measure, once a measure has three boroughs with rates.

    The interval against the rest of London allows for how far the year of an area wanders by itself, so that a borough is not
    called above for one good spell; the funnel for how much boroughs differ in any case.

    Args:
        connection: where `values` is visible.
        values: a table with the columns of `measure_value`.
        wanders: by measure and area, the variance of a year's rate beyond Poisson, as a share of the rate squared; from `wander`.
    """
    rows = connection.execute(
        f"""WITH newest AS (SELECT measure_id, max(period) AS period FROM {values}
                            WHERE ends_with(measure_id, '_rolling_year_rate') GROUP BY 1)
            SELECT v.measure_id, v.area_code, v.period, v.numerator, v.denominator
            FROM {values} v JOIN newest USING (measure_id, period)
            WHERE v.breakdown = '' AND v.numerator IS NOT NULL AND v.denominator > 0 ORDER BY 1, 2"""
    ).fetchall()
    boroughs = set(reference.members(LONDON))
    forms = catalogue.forms_by_id()
    by_measure: dict[str, list[tuple[str, str, float, float]]] = {}
    for measure_id, area, period, events, people in rows:
        if area in boroughs:
            by_measure.setdefault(forms[measure_id].base, []).append((area, period, events, people))
    frames = [_compared(base, areas, wanders.get(base, {})) for base, areas in by_measure.items() if len(areas) >= LEAST_AREAS]
    return pd.concat(frames, ignore_index=True) if frames else pd.DataFrame()


def _compared(measure: str, rows: list[tuple[str, str, float, float]], wander: Mapping[str, float]) -> pd.DataFrame:
    areas, periods, counts, people = zip(*rows, strict=True)
    events, exposure = np.array(counts), np.array(people) / catalogue.RATE_PER
    beyond = np.array([wander.get(area, 0.0) for area in areas])
    dispersion = 1 + beyond * events
    compared = against_rest(events, exposure, dispersion=dispersion)
    own = poisson_interval(events)
    funnel = overdispersion(*transformed_scores(events, exposure))
    return pd.DataFrame(
        {
            "measure_id": measure, "area_code": areas, "period": periods, "events": events, "population": np.array(people),
            "rate": events / exposure, "rate_lower": own.lower / exposure, "rate_upper": own.upper / exposure,
            "rest_rate": compared.rest_rate, "ratio": compared.ratio.value, "ratio_lower": compared.ratio.lower,
            "ratio_upper": compared.ratio.upper, "side": [SIDES[str(side)] for side in compared.side], "z": funnel.z,
            "adjusted_z": funnel.adjusted_z, "funnel": [FUNNEL[str(label)] for label in z_significance(funnel.adjusted_z)],
            "phi": funnel.phi, "tau2": funnel.tau2,
        }
    )  # fmt: skip


def wander(panel: Panel) -> dict[str, float]:
    """By area, how far twelve months together stray by themselves beyond Poisson: a variance as a share of the mean squared.

    From the ten years before the newest twelve months, months left out apart.
    """
    until = len(panel.months) - YEAR
    if until < YEAR:
        return {}
    shares: dict[str, float] = {}
    exposures = exposures_of(panel, panel.months[until])
    for kind in dict.fromkeys(panel.kinds):
        rows = [i for i, k in enumerate(panel.kinds) if k == kind]
        keep: Bools = np.asarray(plan(panel).keep[rows].all(axis=0), dtype=np.bool_)
        keep[: max(0, until - YEAR * DRIFT_YEARS)] = False
        keep[until:] = False
        breaks = panel.breaks_of(panel.areas[rows[0]])
        steps = tuple(panel.months.index(b.first) for b in breaks if b.is_restart and b.first in panel.months)
        drift = fit_drift(panel.counts[rows], exposures[rows[0]], keep, steps)
        together = float(correlation(YEAR, drift.memory).mean())
        shares |= {panel.areas[row]: float(own) * together for row, own in zip(rows, drift.own, strict=True)}
    return shares


def contributions(panel: Panel) -> pd.DataFrame:
    """Rows of `contribution`: the newest 12 months of each borough less the 12 before, where both are held whole and unbroken.

    A borough with a restart of its own is left out; none is given where London itself restarts.
    """
    last = int(np.flatnonzero(np.isfinite(panel.counts).any(axis=0))[-1])
    if last + 1 < 2 * YEAR:
        return pd.DataFrame()
    now: Floats = panel.counts[:, last - YEAR + 1 : last + 1].sum(axis=1)
    before: Floats = panel.counts[:, last - 2 * YEAR + 1 : last - YEAR + 1].sum(axis=1)
    span = panel.months[last - 2 * YEAR + 1], panel.months[last]
    whole_rows = [i for i, area in enumerate(panel.areas) if not any(b.parts(*span) for b in panel.breaks_of(area))]
    rows = [i for i in whole_rows if panel.kinds[i] == "borough" and np.isfinite(now[i] + before[i])]
    london = [i for i in whole_rows if panel.kinds[i] == "force"]
    if len(rows) < LEAST_AREAS or not london or not np.isfinite(now[london[0]] + before[london[0]]):
        return pd.DataFrame()
    changes = area_changes(before[rows], now[rows])
    whole = float(now[london[0]] - before[london[0]])
    is_told = changes.total_lower > 0 or changes.total_upper < 0
    return pd.DataFrame(
        {
            "measure_id": panel.measure, "area_code": [panel.areas[i] for i in rows], "period": panel.months[last],
            "before": before[rows], "now": now[rows], "change": changes.change, "change_lower": changes.lower,
            "change_upper": changes.upper, "london_change": whole,
            "share": changes.change / whole if is_told and whole else np.full(len(rows), np.nan),
        }
    )  # fmt: skip


def similarity() -> pd.DataFrame:
    """Rows of `similarity`: each borough's distance from each other one, with the published weights."""
    rows = [(area, n.area, n.distance, n.place) for area in similar.characteristics() for n in similar.neighbours(area)]
    return pd.DataFrame(rows, columns=["area_code", "other_code", "distance", "place"])
