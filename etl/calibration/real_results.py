"""What the judging does on real windows: fitted on earlier years, tested on later ones.

Coverage, interval score, power, flags, and whether what was forecast to last lasted.
"""

import numpy as np
import pandas as pd

from etl.calibration.real_fit import fit, record
from etl.calibration.real_windows import CHANGES, JUDGED_MONTHS, LATER, NOTHING, YEARS
from etl.core.grade import MoveState
from etl.judging.expectation_made import FORCE, Spread
from etl.judging.fitted import SHORT, Fitted
from etl.judging.move_scores import Scores
from etl.judging.move_states import Reading, in_list, is_proven, read, states
from etl.methods.conformal import Sum, is_outside
from etl.methods.persistence import tenths
from etl.methods.scoring import interval_score

COLUMNS = ("figure", "kind", "group", "windows", "value", "target", "is_met")
PLACES = {FORCE: "London", "borough": "boroughs"}
ENOUGH = 10.0
"""Power is stated for series expected to count at least so many a month."""
SURE = 0.95
EQUAL_ALARM = 0.05
LEAST_IN_GROUP = 20
TENTH_WINDOWS = 50
PLANTED_SHARE = 0.1
MOVES = (0.2, 0.3)
"""What persists of a move of this size is asked for."""
COVERAGE, SCORE, POWER, UNPROVOKED, FOUND, TENTH, CALLED_NOTHING = (
    "95% range holds", "interval score (95%)", "found at 5% equal alarm", "unprovoked flags with 10% planted",
    "planted changes flagged in the list", "forecast of lasting less what lasted", "moves of 20 to 30% called no clear change",
)  # fmt: skip
FORECAST, LASTED = "mean forecast of lasting", "share that lasted"
"""The two that `TENTH` is the difference of."""
SHORT_GROUP = "13 months of history"
SCORE_TARGET = {FORCE: 62.0, "borough": 23.0}
POWER_TARGET = {
    (FORCE, "-20%"): 0.55, ("borough", "-20%"): 0.50, (FORCE, "-20% from month 4"): 0.31, ("borough", "-20% from month 4"): 0.32,
}  # fmt: skip

Row = tuple[str, str, str, int, float, str, object]


def results(frame: pd.DataFrame, earlier: Fitted, whole: Fitted, seed: int) -> pd.DataFrame:
    """One row a figure with `COLUMNS`; `target` in words and whether it is met, empty where none is set.

    Args:
        frame: of `real_windows.windows`.
        earlier: fitted on the earlier years: what everything but power is tested with, on the later years.
        whole: fitted on all years: power is counted on the windows whose 5% make the alarm.
        seed: of which series have a change planted.
    """
    nine = frame[frame["months"] == JUDGED_MONTHS]
    later = nine[nine["year"].isin(LATER)]
    quiet = later[later["planted"] == NOTHING]
    rows: list[Row] = []
    for kind in PLACES:
        rows += _ranges(quiet[quiet["kind"] == kind], earlier, kind)
        few = quiet[quiet["kind"] == f"{kind}{SHORT}"]
        rows += [(*row[:2], SHORT_GROUP, *row[3:]) for row in _ranges(few, earlier, kind)[:2]] if len(few) else []
        rows += _each_year(nine[nine["kind"] == kind], earlier.spread, kind)
        rows += _power(nine[(nine["kind"] == kind)], whole, kind)
        rows += _lists(later[later["kind"] == kind], earlier, kind, seed)
        rows += _lasting(quiet[quiet["kind"] == kind], earlier, kind)
    return pd.DataFrame(rows, columns=list(COLUMNS))


def readings(frame: pd.DataFrame, fitted: Fitted) -> tuple[pd.DataFrame, Reading]:
    """(the windows in order of measure, what each reads as by its own measure's ranks)."""
    ordered = frame.sort_values(["measure", "year", "area", "planted"], kind="stable")
    parts = [_reading(rows, fitted, str(measure)) for measure, rows in ordered.groupby("measure")]
    return ordered, Reading(*(np.concatenate(fields) for fields in zip(*parts, strict=True)))


def grades(frame: pd.DataFrame, fitted: Fitted) -> dict[str, tuple[int, float]]:
    """By grade: later windows that leaned or were proven, and the share of them that lasted."""
    quiet = frame[(frame["months"] == JUDGED_MONTHS) & (frame["planted"] == NOTHING) & frame["year"].isin(LATER)]
    quiet = quiet[quiet["after"].notna() & quiet["kind"].isin(list(PLACES))]
    ordered, reading = readings(quiet, fitted)
    is_named = ~np.isin(states(reading), [MoveState.NO_CLEAR_CHANGE.value, MoveState.CANNOT_TELL.value])
    return record(reading.probability[is_named], _came(ordered)[is_named])


def _reading(rows: pd.DataFrame, fitted: Fitted, measure: str) -> Reading:
    column = {name: rows[name].to_numpy() for name in rows.columns}
    whole = Sum(column["root"], column["deviation"])
    nowhere = np.zeros(len(rows), dtype=np.int64)
    scores = Scores(
        whole, column["own"], column["beside"], column["newest"], column["own_search"], column["beside_search"],
        column["evidence"], nowhere, column["by_beside"].astype(np.bool_), column["without_peak"], nowhere,
    )  # fmt: skip
    return read(fitted, [str(kind) for kind in column["kind"]], measure, int(column["months"][0]), column["observed"], scores)


def _ranges(quiet: pd.DataFrame, fitted: Fitted, kind: str) -> list[Row]:
    ordered, r = readings(quiet, fitted)
    holds = ~is_outside(r.observed, r.lower, r.upper)
    place = PLACES[kind]
    score = interval_score(r.lower, r.upper, r.observed, SURE) / np.sqrt(np.maximum(r.observed, 0.5))
    target = SCORE_TARGET[kind]
    share, mean = float(holds.mean()), float(score.mean())
    rows: list[Row] = [
        (COVERAGE, place, "all", len(holds), share, "93 to 97%", 0.93 <= share <= 0.97),
        (SCORE, place, "all", len(holds), mean, f"at most {target:g}", mean <= target),
    ]
    sizes = ordered["size"].to_numpy()
    named = {f"{low:g} to {high:g} a month": (sizes >= low) & (sizes < high) for low, high in _bands()}
    named |= {str(measure): (ordered["measure"] == measure).to_numpy() for measure in ordered["measure"].unique()}
    for group, members in named.items():
        if members.sum() >= LEAST_IN_GROUP:
            held_share = float(holds[members].mean())
            rows.append((COVERAGE, place, group, int(members.sum()), held_share, "at least 90%", held_share >= 0.9))
    return rows


def _each_year(windows: pd.DataFrame, spread: Spread | None, kind: str) -> list[Row]:
    """The same when each year in turn is kept back and the ranges are fitted on all the others."""
    quiet = windows[windows["planted"] == NOTHING]
    holds, scores = [], []
    for year in quiet["year"].unique():
        others = fit(quiet[quiet["year"] != year], spread, YEARS)
        _, r = readings(quiet[quiet["year"] == year], others)
        holds.append(~is_outside(r.observed, r.lower, r.upper))
        scores.append(interval_score(r.lower, r.upper, r.observed, SURE) / np.sqrt(np.maximum(r.observed, 0.5)))
    share, mean = float(np.concatenate(holds).mean()), float(np.concatenate(scores).mean())
    number, group, target = sum(len(part) for part in holds), "each year kept back in turn", SCORE_TARGET[kind]
    return [
        (COVERAGE, PLACES[kind], group, number, share, "93 to 97%", 0.93 <= share <= 0.97),
        (SCORE, PLACES[kind], group, number, mean, f"at most {target:g}", mean <= target),
    ]


def _bands() -> list[tuple[float, float]]:
    edges = (0.0, 1.0, 3.0, 10.0, 30.0, 100.0, 300.0, 1000.0, float("inf"))
    return list(zip(edges, edges[1:], strict=False))


def _power(windows: pd.DataFrame, fitted: Fitted, kind: str) -> list[Row]:
    large = windows[windows["size"] >= ENOUGH]
    _, quiet = readings(large[large["planted"] == NOTHING], fitted)
    threshold = float(np.quantile(quiet.p, EQUAL_ALARM))
    rows: list[Row] = []
    for change in CHANGES:
        _, changed = readings(large[large["planted"] == change.name], fitted)
        share = float((changed.p <= threshold).mean())
        target = POWER_TARGET.get((kind, change.name))
        words = "" if target is None else f"at least {target:.0%}"
        rows.append((POWER, PLACES[kind], change.name, len(changed.p), share, words, "" if target is None else share >= target))
    return rows


def _lists(later: pd.DataFrame, fitted: Fitted, kind: str, seed: int) -> list[Row]:
    """A tenth of series with a change planted, each year's list looked at as one: flags among the others, and among them."""
    generator = np.random.default_rng(seed)
    series = later[later["planted"] == NOTHING][["measure", "area", "year"]].reset_index(drop=True)
    chosen = generator.random(len(series)) < PLANTED_SHARE
    names = [change.name for change in CHANGES if not change.begins and abs(change.share) >= MOVES[0]]
    series["planted"] = np.where(chosen, generator.choice(names, len(series)), NOTHING)
    mixed = later.merge(series, on=["measure", "area", "year", "planted"])
    ordered, reading = readings(mixed, fitted)
    flags = np.zeros(len(ordered), dtype=np.bool_)
    own = states(reading)
    for year in ordered["year"].unique():
        members = np.flatnonzero((ordered["year"] == year).to_numpy())
        flags[members] = is_proven(in_list(own[members], reading.probability[members]))
    is_quiet = (ordered["planted"] == NOTHING).to_numpy()
    quiet_share, planted_share = _mean(flags[is_quiet]), _mean(flags[~is_quiet])
    return [
        (UNPROVOKED, PLACES[kind], "all", int(is_quiet.sum()), quiet_share, "at most 2.5%", quiet_share <= 0.025),
        (FOUND, PLACES[kind], "20 and 30%", int((~is_quiet).sum()), planted_share, "", ""),
    ]


def _lasting(quiet: pd.DataFrame, fitted: Fitted, kind: str) -> list[Row]:
    known = quiet[quiet["after"].notna()]
    ordered, reading = readings(known, fitted)
    rows: list[Row] = []
    for tenth in tenths(reading.probability, _came(ordered)):
        is_counted = tenth.number >= TENTH_WINDOWS
        off = tenth.forecast - tenth.came
        group = f"{tenth.least:.1f} to {tenth.least + 0.1:.1f}"
        target = "within 5 points" if is_counted else ""
        rows.append((TENTH, PLACES[kind], group, tenth.number, off, target, abs(off) <= 0.05 if is_counted else ""))
        rows.append((FORECAST, PLACES[kind], group, tenth.number, tenth.forecast, "", ""))
        rows.append((LASTED, PLACES[kind], group, tenth.number, tenth.came, "", ""))
    everything, every = readings(quiet, fitted)
    size = np.abs(every.change)
    moved = (size >= MOVES[0]) & (size <= MOVES[1]) & (everything["size"].to_numpy() >= ENOUGH)
    if moved.any():
        share = float((states(every)[moved] == MoveState.NO_CLEAR_CHANGE.value).mean())
        rows.append((CALLED_NOTHING, PLACES[kind], "all", int(moved.sum()), share, "at most 25%", share <= 0.25))
    return rows


def _mean(flags: np.ndarray) -> float:
    """The share of flags raised; NaN without any series."""
    return float(flags.mean()) if flags.size else float("nan")


def _came(rows: pd.DataFrame) -> np.ndarray:
    came: np.ndarray = (np.sign(rows["after"]) == np.sign(rows["own"])).to_numpy(dtype=np.float64)
    return came


def kept(frame: pd.DataFrame, earlier: Fitted) -> Fitted:
    """What is kept: fitted on all years, with the spread and the record of grades that the earlier years gave the later ones."""
    on_all = fit(frame, earlier.spread, YEARS)
    return Fitted(on_all.factors, on_all.ranks, on_all.lasts, on_all.spread, grades(frame, earlier))
