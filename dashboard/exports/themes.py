"""The figures of the London, Confidence and Justice pages as files."""

from collections.abc import Sequence

from dashboard import queries
from dashboard.exports.bundle import bundle, stem
from dashboard.exports.readme import Note, readme
from dashboard.exports.table import SERIES_COLUMNS, csv_text, series_rows
from dashboard.page import Download
from dashboard.records import MeasureSeries
from dashboard.shown.justice import justice_shown
from dashboard.shown.london import london_shown
from dashboard.shown.survey import confidence_shown
from dashboard.url import View

Shown = Sequence[tuple[str, MeasureSeries]]


def london_file(view: View) -> Download:
    """One measure in London and every borough: counts, and the rates the tiles draw."""
    shown = london_shown(view)
    every = [shown.series, *(b.count for b in shown.boroughs), shown.line, *(b.line for b in shown.boroughs)]
    chosen = (("Measure", shown.measure.title),)
    return _file(
        view, f"{shown.measure.title}, London and every borough", ("london", shown.measure.id), chosen, [("", s) for s in every]
    )


def confidence_file(view: View) -> Download:
    """Every question in London, and the chosen one in every borough, each share with the limits worked out here."""
    shown = confidence_shown(view)
    measure = shown.chosen.series.measure
    every = [*(a.series for a in shown.answers), *(b.series for b in shown.boroughs)]
    chosen = (("Question in every borough", measure.title),)
    return _file(
        view, "Public Attitude Survey, London and boroughs", ("confidence", measure.id), chosen, [("", s) for s in every]
    )


def justice_file(view: View) -> Download:
    """Every court figure of the page: London, other regions, England and Wales, each court."""
    shown = justice_shown()
    held = {(s.measure.id, s.area.code): s for s in shown.every_series if all(s is not court for _, court in shown.courts)}
    every: list[tuple[str, MeasureSeries]] = [*(("", s) for s in held.values()), *shown.courts]
    return _file(view, "Crown Court, London and other regions", ("justice",), (), every)


def _file(view: View, title: str, name: tuple[str, ...], chosen: tuple[tuple[str, str], ...], shown: Shown) -> Download:
    release = queries.release()
    called = stem("policing-london", *name, release.name)
    csv_name = f"{called}.csv"
    note = Note(title, view.address, chosen, ((csv_name, "every figure drawn or tabled on the page"),))
    files = ((csv_name, csv_text(SERIES_COLUMNS, series_rows(shown))), ("README.txt", readme(note, shown)))
    return bundle(called, files, release.published_on)
