"""The warehouse: its tables, declared once, and how to open one release of it.

A release is one immutable DuckDB file, `<release>.duckdb`, with a note beside it that holds its sha256; the file `current` names
the live one. Readers open it read-only. A new release is a new file, so readers never wait for a writer and a bad build never
reaches them.
"""

from etl.warehouse.held import (
    area,
    break_in_series,
    check_result,
    edition,
    edition_value,
    measure_value,
    observation,
    rejected_row,
    release,
    source,
)
from etl.warehouse.judged import (
    area_comparison,
    calibration_figure,
    calibration_made,
    change_ledger,
    contribution,
    effect_placebo,
    effect_spread,
    expected_month,
    expected_range,
    expected_total,
    long_run,
    operational_effect,
    settling,
    similarity,
    step_proposed,
    time_to_see,
    verdict,
    verdict_family,
    year_by_itself,
    year_change,
)
from etl.warehouse.opening import attach, open_release, quoted
from etl.warehouse.pointer import current_release
from etl.warehouse.schema import tables

__all__ = [
    "area",
    "area_comparison",
    "attach",
    "break_in_series",
    "calibration_figure",
    "calibration_made",
    "change_ledger",
    "check_result",
    "contribution",
    "current_release",
    "edition",
    "edition_value",
    "effect_placebo",
    "effect_spread",
    "expected_month",
    "expected_range",
    "expected_total",
    "long_run",
    "measure_value",
    "observation",
    "open_release",
    "operational_effect",
    "quoted",
    "rejected_row",
    "release",
    "settling",
    "similarity",
    "step_proposed",
    "source",
    "tables",
    "time_to_see",
    "verdict",
    "verdict_family",
    "year_by_itself",
    "year_change",
]
