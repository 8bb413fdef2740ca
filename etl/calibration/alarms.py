"""False alarm rates of each way of judging, on series in which nothing changed."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from etl.calibration import unchanged_series
from etl.judging.counts import FALSE_DISCOVERIES, LEAST_EVENTS
from etl.judging.evidence import SIGNIFICANT, Evidence, gather
from etl.judging.panel import Panel
from etl.methods.arrays import Bools, Floats
from etl.methods.discovery import benjamini_hochberg
from etl.methods.spc import Rule, xmr

VERDICT = "verdict"
LEVEL = "verdict: changed level"
LATEST = "verdict: newest month"
IN_LIST = "verdict in its list"
SHUFFLED = "verdict on shuffled real series"
NHS_RAW = "NHS rules, counts as published"
NHS_SEASON = "NHS rules, season taken out"
ARROW = "arrow: 10% from last year"
PROMISED = (VERDICT, LEVEL, LATEST, IN_LIST, SHUFFLED)
FEW, MANY = "under 10", "10 and over"
PROMISE = {MANY: 0.025, FEW: 0.05}
ALL = "all measures"
MEAN_OF_BAND = 10
CHART_MONTHS = 24
YEAR = 12
ARROW_SIZE = 0.1
COLUMNS = ("method", "measure_id", "kind", "band", "series", "mean", "rate", "promise")


@dataclass
class _Count:
    series: int = 0
    alarms: int = 0
    total: float = 0.0


def false_alarm_rates(panels: Iterable[Panel], replicates: int, seed: int) -> pd.DataFrame:
    """One row per method, measure, kind of area and size band, with `COLUMNS`; "all measures" for the sum of them."""
    counts: dict[tuple[str, str, str, str], _Count] = {}
    lists: dict[tuple[int, str], list[tuple[str, str, float, float, bool]]] = {}
    for number, panel in enumerate(panels):
        generator = np.random.default_rng([seed, number])
        like = unchanged_series.fitted(panel)
        wide = unchanged_series.expanded(panel)
        rows = rows_behind(panel, wide)
        for replicate in range(replicates):
            simulated = unchanged_series.simulated(wide, like, rows, generator)
            evidence = gather(simulated)
            if evidence is None:
                continue
            _count_alarms(counts, simulated, like.level[rows], evidence, _all_methods(simulated, evidence))
            _collect_for_lists(lists, replicate, simulated, like.level[rows], evidence)
            shuffled = unchanged_series.shuffled(panel, like, generator)
            shuffled_evidence = gather(shuffled) if shuffled is not None else None
            if shuffled is not None and shuffled_evidence is not None:
                _count_alarms(counts, shuffled, like.level, shuffled_evidence, {SHUFFLED: shuffled_evidence.alarm})
    _judge_lists(counts, lists)
    return _frame(counts)


def _all_methods(panel: Panel, evidence: Evidence) -> dict[str, Bools]:
    return {
        VERDICT: evidence.alarm,
        LEVEL: evidence.stands,
        LATEST: evidence.rests_on_newest | evidence.latest_hit,
        **_simpler_methods(panel, evidence.exposure),
    }


def _simpler_methods(panel: Panel, exposure: Floats) -> dict[str, Bools]:
    """Alarms of simpler methods on the newest month: NHS rules on two years, and an arrow on last year."""
    recent = panel.counts[:, -CHART_MONTHS:]
    year_before = panel.counts[:, -1 - YEAR]
    moved = np.abs(panel.counts[:, -1] / np.where(year_before > 0, year_before, np.nan) - 1)
    return {
        NHS_RAW: np.asarray(xmr(recent).rule[:, -1] != Rule.NONE),
        NHS_SEASON: np.asarray(xmr(recent / exposure[:, -CHART_MONTHS:]).rule[:, -1] != Rule.NONE),
        ARROW: np.asarray(np.where(np.isfinite(moved), moved, 1.0) >= ARROW_SIZE),
    }


def _count_alarms(
    counts: dict[tuple[str, str, str, str], _Count], panel: Panel, level: Floats, evidence: Evidence, methods: dict[str, Bools]
) -> None:
    for row in np.flatnonzero(gets_verdict(evidence)):
        kind, band = panel.kinds[row].split()[0], MANY if level[row] >= MEAN_OF_BAND else FEW
        for method, alarm in methods.items():
            for measure in (panel.measure, ALL):
                cell = counts.setdefault((method, measure, kind, band), _Count())
                cell.series += 1
                cell.alarms += int(alarm[row])
                cell.total += float(level[row])


def _collect_for_lists(
    lists: dict[tuple[int, str], list[tuple[str, str, float, float, bool]]],
    replicate: int,
    panel: Panel,
    level: Floats,
    evidence: Evidence,
) -> None:
    """Keep p values for the list of their kind; of the copies of London one goes into each of so many lists."""
    for row in np.flatnonzero(gets_verdict(evidence)):
        kind, _, copy = panel.kinds[row].partition(" ")
        family = replicate * unchanged_series.LONDON_COPIES + int(copy or 0)
        lists.setdefault((family, kind), []).append(
            (panel.measure, kind, float(level[row]), float(evidence.change.p_value[row]), bool(evidence.stands[row]))
        )


def _judge_lists(
    counts: dict[tuple[str, str, str, str], _Count], lists: dict[tuple[int, str], list[tuple[str, str, float, float, bool]]]
) -> None:
    for members in lists.values():
        adjusted = benjamini_hochberg([p for _, _, _, p, _ in members], FALSE_DISCOVERIES).adjusted
        for (measure, kind, level, p, is_changed_level), q in zip(members, adjusted, strict=True):
            band = MANY if level >= MEAN_OF_BAND else FEW
            for name in (measure, ALL):
                cell = counts.setdefault((IN_LIST, name, kind, band), _Count())
                cell.series += 1
                cell.alarms += int(is_changed_level and q <= FALSE_DISCOVERIES and p <= SIGNIFICANT)
                cell.total += level


def gets_verdict(evidence: Evidence) -> Bools:
    """Whether each row gets a verdict at all."""
    larger = np.maximum(np.nan_to_num(evidence.change.observed), np.nan_to_num(evidence.change.expected))
    return np.asarray(~evidence.refused & (larger >= LEAST_EVENTS), dtype=np.bool_)


def rows_behind(panel: Panel, wide: Panel) -> np.ndarray:
    """Row of the real panel behind each row of one made from it."""
    place = {area: i for i, area in enumerate(panel.areas)}
    return np.array([place[area] for area in wide.areas])


def _frame(counts: dict[tuple[str, str, str, str], _Count]) -> pd.DataFrame:
    rows = [
        (
            *key,
            c.series,
            round(c.total / c.series, 2),
            round(c.alarms / c.series, 5),
            PROMISE[key[3]] if key[0] in PROMISED else np.nan,
        )
        for key, c in sorted(counts.items())
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS))
