"""A survey's point far from the quarter before it is told with its cell."""

import duckdb
import pytest

from etl.checks import quarterly_moves
from etl.release import assemble

CAMDEN, LONDON = "E09000007", "E12000007"
SOURCE = "mopac_public_attitude_survey"


def sentences(*editions: tuple[str, str, dict[str, float]], source: str = SOURCE, measure: str = "trust_mps") -> list[str]:
    """What is told of editions given as (month of publication, area, figure by period)."""
    with assemble.new_connection() as connection:
        for label, area, figures in editions:
            _edition(connection, label, area, figures, source, measure)
        return [stray.sentence for stray in quarterly_moves.large_moves(connection)]


def _edition(
    connection: duckdb.DuckDBPyConnection, label: str, area: str, figures: dict[str, float], source: str, measure: str
) -> None:
    connection.execute(
        "INSERT INTO edition VALUES (?, ?, ?, 'borough', 'whole', 'a.csv', '', ?, 'given', ?, ?, 1, 1, 1, NULL)",
        [label, source, label, f"{label}-01", min(figures), max(figures)],
    )
    for row, (period, value) in enumerate(figures.items(), start=2):
        failures = [measure, area, "", period, label, value, "final", f"E{row}"]
        connection.execute("INSERT INTO edition_value VALUES (?, ?, ?, ?, ?, ?, ?, ?)", failures)


@pytest.mark.parametrize(("area", "newest", "is_told"), [(CAMDEN, 0.42, False), (CAMDEN, 0.06, True), (LONDON, 0.45, True)])
def test_a_point_far_from_the_quarter_before_is_reported_with_its_cell(area: str, newest: float, is_told: bool) -> None:
    failures = sentences(("2024-02", area, {"2023-09": 0.55, "2023-12": 0.56, "2024-03": newest}))
    place = "Camden" if area == CAMDEN else "London"
    expected = f"E4: {place}, trust_mps, 2024-03: {newest:.0%}, where it was 56% in 2023-12; no point has moved as far"
    assert failures == ([expected] if is_told else [])


def test_a_quarter_without_a_figure_is_no_step() -> None:
    assert sentences(("2024-02", CAMDEN, {"2023-09": 0.55, "2024-03": 0.56})) == []


@pytest.mark.parametrize(("newest", "is_told"), [(900.0, False), (3010.0, True), (30.0, True)])
def test_a_court_figure_several_times_the_quarter_before_is_reported_with_its_cell(newest: float, is_told: bool) -> None:
    figures = {"2025-Q3": 299.0, "2025-Q4": 301.0, "2026-Q1": newest}
    failures = sentences(
        ("2026-06", "HMCTS-MIDLANDS", figures), source="moj_crown_timeliness_by_region", measure="offence_to_completion_mean"
    )
    stepped = f"{newest:,.0f}, where it was 301 in 2025-Q4 (expected a step of at most 3 times)"
    assert failures == ([f"E4: Midlands, offence_to_completion_mean, 2026-Q1: {stepped}"] if is_told else [])


def test_a_balance_that_may_be_negative_is_not_compared_by_its_factor() -> None:
    figures = {"2025-Q3": -50.0, "2025-Q4": 120.0, "2026-Q1": 2900.0}
    assert sentences(("2026-06", "K04000001", figures), source="moj_crown_caseload", measure="crown_net_flow") == []
