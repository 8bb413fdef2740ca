"""The figures of the page of a borough or command as a file."""

from dashboard import queries
from dashboard.exports.bundle import bundle, stem
from dashboard.exports.readme import Note, readme
from dashboard.exports.table import SERIES_COLUMNS, csv_text, series_rows
from dashboard.format import any_period
from dashboard.page import Download
from dashboard.shown.place import first_month, place_of, place_series
from dashboard.url import View


def place_file(view: View) -> Download:
    """Every figure the address of a place shows, of the place, its command and London, and a note.

    Raises:
        LookupError: the address names no borough or command, or one with no figures here.
    """
    place, release = place_of(view), queries.release()
    shown = tuple(("", series) for series in place_series(view))
    show, first = view.choice("show"), first_month(view)
    name = stem("policing-london", place.name, place.code, show, f"since-{first}", release.name)
    csv_name = f"{name}.csv"
    form = "12 months per 1,000 residents, beside the command and London" if show == "rate" else "number of offences"
    note = Note(
        f"Recorded crime and confidence, {place.name}",
        view.address,
        (("Place", place.name), ("12 months drawn as", form), ("Months", f"since {any_period(first)}")),
        ((csv_name, "every figure drawn or tabled on the page"),),
    )
    files = ((csv_name, csv_text(SERIES_COLUMNS, series_rows(shown))), ("README.txt", readme(note, shown)))
    return bundle(name, files, release.published_on)
