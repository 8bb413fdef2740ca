"""One measure in London and every borough, as a file."""

from dashboard.exports.figures_file import figures_file
from dashboard.figures.boroughs_compared import london_figures
from dashboard.figures.view import View
from dashboard.ui.page import Download


def london_file(view: View) -> Download:
    """One measure in London and every borough: counts, and the rates the tiles draw."""
    figures = london_figures(view)
    series = [figures.series, *(b.count for b in figures.boroughs), figures.line, *(b.line for b in figures.boroughs)]
    choices = (("Measure", figures.measure.title),)
    return figures_file(
        view,
        f"{figures.measure.title}, London and every borough",
        ("london", figures.measure.id),
        choices,
        [("", s) for s in series],
    )
