"""Made-up dates: how far places part by themselves, and how often "did it work?" would find something where nothing was done.

Each borough and command is asked about as if something had been done there in April or October of every year, beside the boroughs
most like it. Windows across a break, or in months left out, are no windows.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from etl.core.period import moved
from etl.definitions import reference
from etl.definitions.compared_with import MOST_COMPARED, boroughs_around, most_alike
from etl.definitions.did_it_work import (
    BEFORE_MONTHS,
    FEW_COMPARED,
    GAPS,
    LENGTHS,
    POOLED,
    BoroughCounts,
    Outcome,
    Spreads,
    answer,
)
from etl.judging.effects import as_spreads, borough_counts
from etl.judging.panel import Panel
from etl.methods import effect
from etl.methods.arrays import Bools, Floats
from etl.methods.conformal import conformal_quantile
from etl.methods.effect import Spread, Totals

YEARS = tuple(range(2011, 2026))
EARLIER, LATER = tuple(range(2011, 2020)), (2022, 2023, 2024, 2025)
FIRST_MONTHS = ("04", "10")
SURE = 0.95
LEAST_WINDOWS = 100
SPREAD_COLUMNS = ("kind", "measure_id", "compared", "gap", "months", "chance", "apart", "factor", "windows")
PLACEBO_COLUMNS = ("figure", "kind", "months", "group", "windows", "excluded", "target", "is_met")
TARGET, LOWEST, HIGHEST = "3 to 7%", 0.03, 0.07
STEADY = 0.005
"""Added to a window's chance before it is weighed, so that no window rules the fit."""
OUTLYING = 0.98
ASKED_OF_ALL = 17
"""Of the later windows every so manieth is asked the whole question, as a page asks it."""


def windows(panels: Sequence[Panel]) -> pd.DataFrame:
    """One row a measure, place, made-up date, months after and number compared: log change, chance, and the total before."""
    frames = []
    for panel in panels:
        counts = borough_counts(panel)
        places = _places(counts)
        for year in YEARS:
            for month in FIRST_MONTHS:
                for gap in GAPS:
                    for months in LENGTHS:
                        frames += _window(counts, places, f"{year}-{month}", gap, months)
    frame = pd.concat(frames, ignore_index=True)
    return frame[(frame["before"] >= effect.LEAST_BEFORE) & (frame["expected"] >= effect.LEAST_EXPECTED)]


def fit(frame: pd.DataFrame) -> pd.DataFrame:
    """Rows of `effect_spread.csv`; measure "" is every measure together, for one that has too few windows of its own."""
    rows = []
    keys = ["kind", "compared", "gap", "months"]
    for key, part in frame.groupby(keys):
        for measure, own in [(POOLED, part), *((str(name), one) for name, one in part.groupby("measure"))]:
            if measure == POOLED or len(own) >= LEAST_WINDOWS:
                rows.append((key[0], measure, *key[1:], *_spread(own), len(own)))
    return pd.DataFrame(rows, columns=list(SPREAD_COLUMNS)).sort_values([*SPREAD_COLUMNS[:5]])


def results(frame: pd.DataFrame, panels: Sequence[Panel]) -> pd.DataFrame:
    """Rows of `effect_placebo.csv`: the share of made-up dates whose limits leave out no change."""
    earlier = as_spreads(fit(frame[frame["year"].isin(EARLIER)]))
    later = frame[frame["year"].isin(LATER)]
    rows = []
    for figure, part, is_out in (
        ("fitted to 2019, later years", later, _excludes(later, earlier)),
        ("each year kept back in turn", *_each_year(frame)),
    ):
        for kind in ("borough", "bcu"):
            for months in LENGTHS:
                group = part.assign(out=is_out)[(part["kind"] == kind) & (part["months"] == months)]
                rows.append(_row(figure, kind, months, "all", group["out"]))
        ten = part.assign(out=is_out)
        ten = ten[(ten["kind"] == "borough") & (ten["compared"] == MOST_COMPARED)]
        for measure, group in ten.groupby("measure"):
            rows.append(_row(figure, "borough", 0, str(measure), group["out"]))
    rows.append(_whole_question(later, panels, earlier))
    return pd.DataFrame(rows, columns=list(PLACEBO_COLUMNS))


def _places(counts: BoroughCounts) -> list[tuple[str, str, tuple[str, ...], tuple[str, ...]]]:
    """(kind, code, its boroughs, the others by likeness, those next door left out) of each borough and command."""
    codes = set(counts.boroughs)
    own: list[tuple[str, str, tuple[str, ...]]] = [("borough", code, (code,)) for code in counts.boroughs]
    own += [("bcu", a.code, reference.members(a.code)) for a in reference.areas().values() if a.kind == "bcu"]
    return [
        (kind, code, members, most_alike(members, codes - set(boroughs_around(members)), len(codes)))
        for kind, code, members in own
        if set(members) <= codes
    ]


def _window(
    counts: BoroughCounts, places: list[tuple[str, str, tuple[str, ...], tuple[str, ...]]], first: str, gap: int, months: int
) -> list[pd.DataFrame]:
    since, until = moved(first, -BEFORE_MONTHS), moved(first, gap + months - 1)
    if since not in counts.months or until not in counts.months:
        return []
    start = counts.months.index(first)
    before = counts.counts[:, start - BEFORE_MONTHS : start].sum(axis=1)
    after = counts.counts[:, start + gap : start + gap + months].sum(axis=1)
    usable = np.isfinite(before + after) & np.array([_is_whole(counts, code, since, until) for code in counts.boroughs])
    row_of = {code: i for i, code in enumerate(counts.boroughs)}
    rows = []
    for kind, code, members, alike in places:
        own = [row_of[m] for m in members]
        if not usable[own].all():
            continue
        others = [row_of[other] for other in alike if usable[row_of[other]]]
        for compared in (FEW_COMPARED, MOST_COMPARED):
            if len(others) >= compared:
                mine = Totals(float(before[own].sum()), float(after[own].sum()))
                theirs = Totals(float(before[others[:compared]].sum()), float(after[others[:compared]].sum()))
                change, chance = effect.log_change(mine, theirs)
                rows.append((kind, code, compared, change, chance, mine.before, effect.expected_after(mine, theirs)))
    frame = pd.DataFrame(rows, columns=["kind", "area", "compared", "change", "chance", "before", "expected"])
    return [frame.assign(measure=counts.measure, year=int(first[:4]), first=first, gap=gap, months=months)] if rows else []


def _is_whole(counts: BoroughCounts, code: str, since: str, until: str) -> bool:
    return not any(
        since < p.first and p.begins <= until if p.is_restart else p.first <= until and str(p.last) >= since
        for p in counts.partings.get(code, ())
    )


def _spread(part: pd.DataFrame) -> Spread:
    """By least squares of squared changes on chance, with a part that no size takes away; chance counts at least once."""
    chance, squares = part["chance"].to_numpy(), part["change"].to_numpy() ** 2
    weight = 1 / (chance + STEADY)
    ratio = np.minimum(squares * weight, np.quantile(squares * weight, OUTLYING))
    design = np.column_stack([chance * weight, weight])
    slope, apart = np.linalg.lstsq(design, ratio, rcond=None)[0]
    if apart < 0:
        slope, apart = float((ratio * design[:, 0]).sum() / (design[:, 0] ** 2).sum()), 0.0
    if slope < 1:
        slope, apart = 1.0, max(float((ratio - design[:, 0]).mean() / weight.mean()), 0.0)
    fitted = Spread(float(slope), float(apart), 1.0)
    scores = part["change"].to_numpy() / effect.deviation(chance, fitted)
    return fitted._replace(factor=conformal_quantile(scores, SURE))


def _excludes(frame: pd.DataFrame, known: Spreads) -> Bools:
    """Whether each window's limits leave out no change."""
    members = {"borough": 1, "bcu": 2}
    limits: Floats = np.full(len(frame), np.nan)
    places = frame.reset_index(drop=True)
    keys = ["kind", "measure", "compared", "gap", "months"]
    for key, rows in places.groupby(keys):
        kind, measure, compared, gap, months = key
        spread = known.of(members[str(kind)], str(measure), *(int(str(each)) for each in (compared, gap, months)))
        if spread is not None:
            limits[rows.index] = spread.factor * effect.deviation(rows["chance"].to_numpy(), spread)
    return np.asarray(np.abs(frame["change"].to_numpy()) > limits, dtype=np.bool_)


def _each_year(frame: pd.DataFrame) -> tuple[pd.DataFrame, Bools]:
    parts = [frame[frame["year"] == year] for year in sorted(frame["year"].unique())]
    out = [_excludes(part, as_spreads(fit(frame[frame["year"] != part["year"].iloc[0]]))) for part in parts]
    return pd.concat(parts), np.concatenate(out)


def _whole_question(later: pd.DataFrame, panels: Sequence[Panel], known: Spreads) -> tuple[object, ...]:
    """The whole question asked of some later made-up dates, as a page asks it; a date gives one answer, not one a length."""
    counts = {panel.measure: borough_counts(panel) for panel in panels}
    dates = later[later["gap"] == 0][["kind", "area", "measure", "first"]].drop_duplicates().iloc[::ASKED_OF_ALL]
    outcomes = []
    for row in dates.to_dict("records"):
        members = (row["area"],) if row["kind"] == "borough" else reference.members(row["area"])
        outcomes.append(answer(counts[row["measure"]], members, row["first"], row["first"], known).outcome)
    is_out = pd.Series([o in (Outcome.FEWER, Outcome.MORE) for o in outcomes if o is not Outcome.NOT_COMPARED], dtype=bool)
    return _row("the whole question, later years", "both", 0, "all", is_out)


def _row(figure: str, kind: str, months: int, group: str, is_out: pd.Series) -> tuple[object, ...]:
    share = float(is_out.mean()) if len(is_out) else float("nan")
    is_aim = group == "all"
    return figure, kind, months, group, len(is_out), share, TARGET if is_aim else "", LOWEST <= share <= HIGHEST if is_aim else ""
