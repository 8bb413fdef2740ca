"""The figures of a measure's page as a file."""

from dashboard import queries
from dashboard.exports.bundle import bundle, stem
from dashboard.exports.readme import Note, readme
from dashboard.exports.table import EDITION_COLUMNS, SERIES_COLUMNS, csv_text, edition_rows, series_rows
from dashboard.format import any_period
from dashboard.page import Download
from dashboard.shown.measure import MeasureShown, measure_shown, revised
from dashboard.url import View


def measure_file(view: View) -> Download:
    """Every figure the address of a measure shows: the series, what editions said of its newest periods, and a note.

    Raises:
        LookupError: no such measure, or it has no figures in the place asked for.
        NotUnderstood: it has no figures since the period asked for.
    """
    shown = measure_shown(view)
    release = queries.release()
    base, place = shown.measure.base, shown.area
    since = view.choice("since")
    chosen = ("rate" if shown.is_rate else "", f"since-{since}" if since else "")
    name = stem("policing-london", base, place.code, *chosen, release.name)
    files = (
        (f"{name}.csv", csv_text(SERIES_COLUMNS, series_rows(shown.every_series))),
        (f"{name}_editions.csv", csv_text(EDITION_COLUMNS, edition_rows(base, place.code, revised(shown)))),
    )
    what = ("every figure drawn or tabled on the page", "what each edition said of the periods followed on the page")
    note = Note(
        f"{shown.measure.title}, {place.name}",
        view.address,
        _chosen(shown, since),
        tuple(zip((f[0] for f in files), what, strict=True)),
    )
    return bundle(name, (*files, ("README.txt", readme(note, shown.every_series))), release.published_on)


def _chosen(shown: MeasureShown, since: str) -> tuple[tuple[str, str], ...]:
    form = "rate per 1,000 residents" if shown.is_rate else "as published" if shown.kind != "crime" else "number of offences"
    months = f"since {any_period(since)}" if since else "all that are held"
    return ("Place", shown.area.name), ("Shown as", form), ("Periods", months)
