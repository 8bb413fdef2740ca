"""The calibration kept with the project, as tables of a release: what `python -m etl calibrate` last measured on real windows."""

import pandas as pd

from etl.judging.fitted import CALIBRATION
from etl.judging.in_step import is_in_step

RESULTS, MADE = "real_results.csv", "real_made.csv"


def figures() -> pd.DataFrame:
    """Rows of `calibration_figure`; none where nothing has been measured."""
    if not (CALIBRATION / RESULTS).exists():
        return pd.DataFrame()
    return pd.read_csv(CALIBRATION / RESULTS, keep_default_na=True).astype({"is_met": "boolean"})


def made() -> pd.DataFrame:
    """The row of `calibration_made`: newest month, measures, and whether the judging and the breaks are still the same."""
    if not (CALIBRATION / MADE).exists():
        return pd.DataFrame()
    stored = pd.read_csv(CALIBRATION / MADE, dtype={"data_to": str, "breaks": str})
    in_step = [is_in_step(int(methods), breaks) for methods, breaks in zip(stored["methods"], stored["breaks"], strict=True)]
    return stored.assign(in_step=in_step)[["data_to", "measures", "in_step"]]
