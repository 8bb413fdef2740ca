"""One measure in London and every borough, as a file."""

from dashboard.exports.figures_file import figures_file
from dashboard.figures.boroughs_compared import london_shown
from dashboard.figures.view import View
from dashboard.ui.page import Download


def london_file(view: View) -> Download:
    """One measure in London and every borough: counts, and the rates the tiles draw."""
    shown = london_shown(view)
    every = [shown.series, *(b.count for b in shown.boroughs), shown.line, *(b.line for b in shown.boroughs)]
    chosen = (("Measure", shown.measure.title),)
    return figures_file(
        view, f"{shown.measure.title}, London and every borough", ("london", shown.measure.id), chosen, [("", s) for s in every]
    )
