"""The figures of one page as a zip: a CSV of every series in its charts and tables, and a README."""

from collections.abc import Sequence

from dashboard.exports.bundle import bundle, stem
from dashboard.exports.readme import Note, readme
from dashboard.exports.table import SERIES_COLUMNS, csv_text, series_rows
from dashboard.figures import queries
from dashboard.figures.records import MeasureSeries
from dashboard.figures.view import View
from dashboard.ui.page import Download

Shown = Sequence[tuple[str, MeasureSeries]]


def figures_file(view: View, title: str, name: tuple[str, ...], chosen: tuple[tuple[str, str], ...], series: Shown) -> Download:
    """The file of a view: `title` and `name` say what it is, `chosen` the choices made, `series` every (label, series) in it."""
    release = queries.release()
    file_stem = stem("policing-london", *name, release.name)
    csv_name = f"{file_stem}.csv"
    note = Note(title, view.address, chosen, ((csv_name, "every figure drawn or tabled on the page"),))
    files = ((csv_name, csv_text(SERIES_COLUMNS, series_rows(series))), ("README.txt", readme(note, series)))
    return bundle(file_stem, files, release.published_on)
