"""The evidence sheet as a file, one measure a line."""

from dashboard.exports.bundle import stem
from dashboard.exports.table import Value, csv_text
from dashboard.features.evidence.view_model import borough_of
from dashboard.figures.evidence import Candidate, evidence
from dashboard.figures.view import View
from dashboard.ui.page import Download

COLUMNS = (
    "measure", "title", "harm", "period", "per_1000", "rest_of_london_per_1000", "ratio", "ratio_lower", "ratio_upper", "verdict",
    "window_first", "window_last", "observed", "expected_lower", "expected_upper", "two_years_to", "two_year_change_here",
    "others", "least", "lower_quarter", "middle", "upper_quarter", "greatest", "fell_by_a_fifth",
    "fifth_seen_after_months",
)  # fmt: skip


def evidence_file(view: View) -> Download:
    """The sheet as CSV, one measure a line."""
    area = borough_of(view)
    text = csv_text(COLUMNS, (_line(c) for c in evidence(area.code)))
    return Download(f"{stem('evidence', area.name)}.csv", "text/csv; charset=utf-8", text.encode())


def _line(candidate: Candidate) -> tuple[Value, ...]:
    level, verdict, two_years = candidate.level, candidate.verdict, candidate.two_years
    level_values: tuple[Value, ...] = (None,) * 6
    if level:
        level_values = (level.period, level.rate, level.rest, level.ratio, level.lower, level.upper)
    verdict_values: tuple[Value, ...] = (None,) * 6
    if verdict:
        verdict_values = (
            verdict.state,
            *(verdict.window or (None, None)),
            verdict.observed,
            verdict.expected_lower,
            verdict.expected_upper,
        )
    two_year_values: tuple[Value, ...] = (None,) * 9
    if two_years:
        two_year_values = (
            two_years.period,
            two_years.here,
            float(len(two_years.changes)),
            *two_years.spread,
            float(two_years.fell_by_a_fifth),
        )
    return (
        candidate.measure.id,
        candidate.measure.title,
        "high harm" if candidate.is_harm else "volume",
        *level_values,
        *verdict_values,
        *two_year_values,
        candidate.seen_after,
    )
