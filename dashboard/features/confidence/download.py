"""Every answer of the survey, as a file."""

from dashboard.exports.figures_file import figures_file
from dashboard.figures.survey import confidence_shown
from dashboard.figures.view import View
from dashboard.ui.page import Download


def confidence_file(view: View) -> Download:
    """Every question in London, and the chosen one in every borough, each share with the limits worked out here."""
    shown = confidence_shown(view)
    measure = shown.chosen.series.measure
    every = [*(a.series for a in shown.answers), *(b.series for b in shown.boroughs)]
    chosen = (("Question in every borough", measure.title),)
    return figures_file(
        view, "Public Attitude Survey, London and boroughs", ("confidence", measure.id), chosen, [("", s) for s in every]
    )
