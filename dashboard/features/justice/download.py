"""Every court figure, as a file."""

from dashboard.exports.figures_file import figures_file
from dashboard.features.justice.view_model import justice_figures
from dashboard.figures.records import MeasureSeries
from dashboard.figures.view import View
from dashboard.ui.page import Download


def justice_file(view: View) -> Download:
    """Every court figure of the page: London, other regions, England and Wales, each court."""
    figures = justice_figures()
    series_by_key = {
        (s.measure.id, s.area.code): s for s in figures.every_series if all(s is not court for _, court in figures.courts)
    }
    series: list[tuple[str, MeasureSeries]] = [*(("", s) for s in series_by_key.values()), *figures.courts]
    return figures_file(view, "Crown Court, London and other regions", ("justice",), (), series)
