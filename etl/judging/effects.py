"""What followed each dated operational change, for its places together and one by one: rows of the tables a page reads."""

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pandas as pd

from etl.core.period import moved
from etl.core.reason import stored
from etl.definitions import reference
from etl.definitions.did_it_work import (
    BEFORE_MONTHS,
    LEAST_AFTER,
    MOST_AFTER,
    Answer,
    BoroughCounts,
    Parting,
    Spreads,
    answer,
    months_compared,
    next_year_by_itself,
)
from etl.definitions.operational_changes import OperationalChange, operational_changes, touched_elsewhere
from etl.judging.fitted import CALIBRATION
from etl.judging.panel import Panel
from etl.methods.effect import Spread
from etl.methods.interrupted import LEAST_POINTS, interrupted_series

SPREAD = "effect_spread.csv"
PLACEBO = "effect_placebo.csv"
PLACEBO_TABLE = "effect_placebo"
MEASURES = (
    "total_recorded_crime", "violence_with_injury", "robbery_personal", "burglary", "theft_from_motor_vehicle",
    "theft_or_taking_of_motor_vehicle", "theft_from_person", "criminal_damage", "public_order", "drug_possession",
)  # fmt: skip
"""The measures an operational change is looked at on: volume crime, and what police look for."""
INTERRUPTED = ("total_recorded_crime", "burglary", "violence_with_injury")
"""Those whose step is also told from the place's own months alone."""
EARLIER_MONTHS = 48
YEAR = 12


def borough_counts(panel: Panel) -> BoroughCounts:
    """The boroughs of a panel, with what parts the months of each."""
    rows = [i for i, kind in enumerate(panel.kinds) if kind == "borough"]
    codes = tuple(panel.areas[i] for i in rows)
    partings = {
        code: tuple(
            Parting(b.begins or b.first, b.first, None if b.is_restart else b.last, b.what) for b in panel.breaks_of(code)
        )
        for code in codes
    }
    return BoroughCounts(panel.measure, codes, panel.months, panel.counts[rows], partings)


def spreads(folder: Path = CALIBRATION) -> Spreads:
    """What was measured on made-up dates; nothing where nothing has been measured yet."""
    path = folder / SPREAD
    return as_spreads(pd.read_csv(path, keep_default_na=False)) if path.exists() else Spreads({})


def as_spreads(table: pd.DataFrame) -> Spreads:
    """The rows of `effect_spread.csv` as they are looked up."""
    return Spreads(
        {
            (r["kind"], r["measure_id"], *(int(r[name]) for name in ("compared", "gap", "months"))): Spread(
                r["chance"], r["apart"], r["factor"]
            )
            for r in table.to_dict("records")
        }
    )


def calibration_tables(folder: Path = CALIBRATION) -> dict[str, pd.DataFrame]:
    """The tables measured on made-up dates, by their name in the warehouse; one not measured yet has no rows."""
    paths = {"effect_spread": folder / SPREAD, PLACEBO_TABLE: folder / PLACEBO}
    tables = {name: pd.read_csv(path, keep_default_na=False) for name, path in paths.items() if path.exists()}
    if PLACEBO_TABLE in tables:
        answers = {"True": True, "False": False}
        is_met = [answers.get(str(met)) for met in tables[PLACEBO_TABLE]["is_met"]]
        tables[PLACEBO_TABLE] = tables[PLACEBO_TABLE].assign(is_met=pd.array(is_met, dtype="boolean"))
    return tables


def effects(panels: Mapping[str, Panel]) -> pd.DataFrame:
    """Rows of `operational_effect`: each change and measure, its boroughs together and then each."""
    known = spreads()
    rows = []
    for measure in MEASURES:
        if measure not in panels:
            continue
        counts = borough_counts(panels[measure])
        for change in operational_changes():
            touched = touched_elsewhere(change, moved(change.begins, -BEFORE_MONTHS), moved(change.in_force, MOST_AFTER - 1))
            places = [(_together(change), change.areas), *((code, (code,)) for code in change.areas)]
            for place, members in places:
                worked = answer(counts, members, change.begins, change.in_force, known, touched=touched)
                own = _own_step(counts, change) if place == _together(change) and measure in INTERRUPTED else {}
                rows.append(_row(change.id, measure, place, worked) | own)
    return pd.DataFrame(rows)


def years_by_themselves(panels: Mapping[str, Panel]) -> pd.DataFrame:
    """Rows of `year_by_itself`: each measure in each borough where it can be told."""
    rows = [
        (measure, code, one.start, one.change, one.lower, one.upper)
        for measure, panel in panels.items()
        for code, one in next_year_by_itself(borough_counts(panel)).items()
    ]
    return pd.DataFrame(rows, columns=["measure_id", "area_code", "start", "change", "lower", "upper"])


def _together(change: OperationalChange) -> str:
    """The command whose boroughs these are; the only borough, or a name of its own, where there is none."""
    parents = {reference.areas()[code].parent for code in change.areas}
    parent = parents.pop() if len(parents) == 1 else ""
    return parent if set(reference.members(parent)) == set(change.areas) else "|".join(change.areas)


def _row(change: str, measure: str, place: str, worked: Answer) -> dict[str, object]:
    a = worked
    row: dict[str, object] = {
        "change_id": change, "measure_id": measure, "area_code": place, "outcome": a.outcome.value, "reason": stored(a.reasons),
        "before_first": a.before and a.before[0], "before_last": a.before and a.before[1],
        "after_first": a.after and a.after[0], "after_last": a.after and a.after[1],
        "compared_with": "|".join(a.compared_with), "months": a.months_after,
    }  # fmt: skip
    if a.change:
        row |= {
            "observed": a.change.observed, "expected": a.change.expected, "change": a.change.change,
            "change_lower": a.change.lower, "change_upper": a.change.upper,
        }  # fmt: skip
    if a.next_door:
        near = a.next_door
        row |= {
            "next_door": near.next_door, "together": near.together, "together_lower": near.lower, "together_upper": near.upper,
        }  # fmt: skip
    if a.anyway:
        row |= {
            "start": a.anyway.start, "anyway": a.anyway.change, "anyway_lower": a.anyway.lower, "anyway_upper": a.anyway.upper,
            "moved": a.anyway.observed,
        }  # fmt: skip
    return row


def _own_step(counts: BoroughCounts, change: OperationalChange) -> dict[str, object]:
    """The step told from the place's own months, with its trend, season and memory; nothing where there are too few."""
    before, after, refusal = months_compared(counts, change.areas, change.begins, change.in_force)
    if refusal is not None or after.size < max(LEAST_POINTS, LEAST_AFTER):
        return {}
    first, last = max(0, int(before[0]) - EARLIER_MONTHS + BEFORE_MONTHS), int(after[-1])
    rows = [counts.boroughs.index(code) for code in change.areas]
    series = counts.counts[rows, first : last + 1].sum(axis=0)
    # Months in which the change was being made are on neither side.
    series[int(before[-1]) + 1 - first : int(after[0]) - first] = np.nan
    phase = (np.arange(first, last + 1) % YEAR) / YEAR
    try:
        step = interrupted_series(series, int(after[0]) - first, phase=phase).step
    except ValueError:
        return {}
    return {"step": float(step.value) - 1, "step_lower": float(step.lower) - 1, "step_upper": float(step.upper) - 1}
