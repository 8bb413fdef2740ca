"""Every comparison of the page as a file."""

from dashboard.exports.table import Value, csv_text
from dashboard.figures import queries
from dashboard.figures.effects import operational_effects
from dashboard.figures.view import View
from dashboard.ui.page import Download
from etl.core.reason_words import in_sentences

COLUMNS = (
    "change", "measure", "area", "place", "outcome", "before_first", "before_last", "after_first", "after_last", "observed",
    "expected", "change_share", "lower", "upper", "together", "together_lower", "together_upper", "start", "start_alone_gives",
    "own_step", "own_step_lower", "own_step_upper", "compared_with", "why",
)  # fmt: skip


def effects_file(_view: View) -> Download:
    """A line for each change, measure and place, with its sentence."""
    rows: list[tuple[Value, ...]] = [
        (
            e.change_id, e.measure, e.area, queries.area(e.area).name, e.outcome.value, *e.before, *e.after, e.observed,
            e.expected, e.change, e.change_lower, e.change_upper,
            e.together, e.together_lower, e.together_upper, e.start, e.anyway, e.step,
            e.step_lower, e.step_upper, "; ".join(queries.area(c).name for c in e.compared_with), in_sentences(e.reasons),
        )
        for e in operational_effects()
    ]  # fmt: skip
    return Download("operational-changes.csv", "text/csv; charset=utf-8", csv_text(COLUMNS, rows).encode())
