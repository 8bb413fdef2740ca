"""Every answer of the survey, as a file."""

from dashboard.exports.figures_file import figures_file
from dashboard.figures.survey import confidence_figures
from dashboard.figures.view import View
from dashboard.ui.page import Download


def confidence_file(view: View) -> Download:
    """Every question in London, and the chosen one in every borough, each share with the limits worked out here."""
    figures = confidence_figures(view)
    measure = figures.chosen.series.measure
    series = [*(a.series for a in figures.answers), *(b.series for b in figures.boroughs)]
    choices = (("Question in every borough", measure.title),)
    return figures_file(
        view, "Public Attitude Survey, London and boroughs", ("confidence", measure.id), choices, [("", s) for s in series]
    )
