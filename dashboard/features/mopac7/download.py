"""The retired targets in every place, as a file."""

from dashboard.exports.table import Value, csv_text
from dashboard.features.mopac7 import words as words
from dashboard.features.mopac7.view_model import YEARS, Targets, targets_by_borough, targets_in
from dashboard.figures.view import View
from dashboard.ui.page import Download
from etl.core.areas import LONDON

COLUMNS = (
    "measure", "crime", "area", "place", *(f"offences_{y.replace('/', '_')}" for y in YEARS), "change", "target",
    "range_says", "observed", "expected", "expected_lower", "expected_upper", "ratio", "ratio_lower", "ratio_upper", "editions",
)  # fmt: skip


def mopac7_file(_view: View) -> Download:
    """Every place and crime of the page, with the editions the counts were read from."""
    rows = [_line(t, i) for t in (targets_in(LONDON), *targets_by_borough()) for i in range(len(t.lines))]
    return Download("mopac-7-then-and-now.csv", "text/csv; charset=utf-8", csv_text(COLUMNS, rows).encode())


def _line(targets: Targets, index: int) -> tuple[Value, ...]:
    line = targets.lines[index]
    verdict = line.verdict
    verdict_values: tuple[Value, ...] = (None,) * 8
    if verdict is not None:
        verdict_values = (
            verdict.state,
            verdict.observed,
            verdict.expected,
            verdict.expected_lower,
            verdict.expected_upper,
            verdict.ratio,
            verdict.ratio_lower,
            verdict.ratio_upper,
        )
    return (
        line.measure_id, line.name, targets.area.code, targets.area.name, *line.counts, line.change, words.target_word(line),
        *verdict_values, "; ".join(c.edition for c in line.citations),
    )  # fmt: skip
