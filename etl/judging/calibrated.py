"""The calibration tables kept with the project: what `python -m etl calibrate` last measured."""

from functools import cache
from pathlib import Path

import pandas as pd

from etl.judging.in_step import is_in_step
from etl.methods.scoring import NAIVE

CALIBRATION = Path(__file__).parent.parent.parent / "data" / "calibration"
TABLES = {
    "calibration_false_alarm": "false_alarms.csv",
    "calibration_power": "power.csv",
    "calibration_backtest": "backtest.csv",
    "calibration_range_score": "expected_range_scores.csv",
}
MADE = "made.csv"


@cache
def tables() -> dict[str, pd.DataFrame]:
    """Each calibration table by its name in the warehouse; one that has not been measured yet is not there."""
    return {
        name: pd.read_csv(CALIBRATION / file, keep_default_na=True)
        for name, file in TABLES.items()
        if (CALIBRATION / file).exists()
    }


def made() -> pd.DataFrame:
    """What the tables were measured with, as one row; none where nothing has been measured.

    `data_to` is the newest month simulated series were fitted to, `effort` full or quick, and `in_step` whether the
    judging and the table of breaks are still those it was done with.
    """
    if not (CALIBRATION / MADE).exists():
        return pd.DataFrame(columns=["data_to", "effort", "in_step"])
    stored = pd.read_csv(CALIBRATION / MADE, dtype={"data_to": str, "breaks": str})
    in_step = [is_in_step(int(methods), breaks) for methods, breaks in zip(stored["methods"], stored["breaks"], strict=True)]
    return stored.assign(in_step=in_step)[["data_to", "effort", "in_step"]]


def chosen_models() -> dict[tuple[str, str], tuple[str, bool]]:
    """By measure and kind of area: the model that foretold held-back months best, and whether its ranges may be shown."""
    scores = tables().get("calibration_range_score")
    if scores is None:
        return {}
    own = scores[scores["model"] != NAIVE].sort_values(["shown", "score95"], ascending=[False, True], kind="stable")
    best = own.drop_duplicates(["measure_id", "kind"])
    return {(str(r.measure_id), str(r.kind)): (str(r.model), bool(r.shown)) for r in best.itertuples(index=False)}
