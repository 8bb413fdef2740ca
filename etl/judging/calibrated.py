"""The calibration tables kept with the project: what `python -m etl calibrate` last measured."""

from functools import cache
from pathlib import Path

import pandas as pd

CALIBRATION = Path(__file__).parent.parent.parent / "data" / "calibration"
TABLES = {
    "calibration_false_alarm": "false_alarms.csv",
    "calibration_power": "power.csv",
    "calibration_backtest": "backtest.csv",
    "calibration_range_score": "expected_range_scores.csv",
}
NAIVE = "naive"


@cache
def tables() -> dict[str, pd.DataFrame]:
    """Each calibration table by its name in the warehouse; one that has not been measured yet is not there."""
    return {
        name: pd.read_csv(CALIBRATION / file, keep_default_na=True)
        for name, file in TABLES.items()
        if (CALIBRATION / file).exists()
    }


def chosen_models() -> dict[tuple[str, str], tuple[str, bool]]:
    """By measure and kind of area: the model that foretold held-back months best, and whether it beat last year's same month."""
    scores = tables().get("calibration_range_score")
    if scores is None:
        return {}
    own = scores[scores["model"] != NAIVE].sort_values("score95", kind="stable")
    best = own.drop_duplicates(["measure_id", "kind"])
    return {(str(r.measure_id), str(r.kind)): (str(r.model), bool(r.shown)) for r in best.itertuples(index=False)}
