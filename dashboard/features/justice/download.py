"""Every court figure, as a file."""

from dashboard.exports.figures_file import figures_file
from dashboard.features.justice.view_model import justice_shown
from dashboard.figures.records import MeasureSeries
from dashboard.figures.view import View
from dashboard.ui.page import Download


def justice_file(view: View) -> Download:
    """Every court figure of the page: London, other regions, England and Wales, each court."""
    shown = justice_shown()
    held = {(s.measure.id, s.area.code): s for s in shown.every_series if all(s is not court for _, court in shown.courts)}
    every: list[tuple[str, MeasureSeries]] = [*(("", s) for s in held.values()), *shown.courts]
    return figures_file(view, "Crown Court, London and other regions", ("justice",), (), every)
