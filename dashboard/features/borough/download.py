"""The figures of the page of a borough or command as a file."""

from dashboard.exports.bundle import bundle, stem
from dashboard.exports.readme import Note, readme
from dashboard.exports.table import SERIES_COLUMNS, csv_text, record_columns, record_row, series_rows
from dashboard.features.borough.peers import Peers, own_weights, peers
from dashboard.features.borough.view_model import first_month, place_of, place_series
from dashboard.figures import queries, queries_judgement
from dashboard.figures.judgement_records import AreaComparison, Similar
from dashboard.figures.queries_ledger import LedgerChange, ledger
from dashboard.figures.records import Area, Verdict
from dashboard.figures.view import View
from dashboard.ui.page import Download
from etl.core.written import any_period


def place_file(view: View) -> Download:
    """Every figure the address of a place shows, of the place, its command and London, and a note.

    Raises:
        LookupError: the address names no borough or command, or one with no figures here.
    """
    place, release = place_of(view), queries.release()
    series = tuple(("", series) for series in place_series(view))
    form_choice, start = view.choice("show"), first_month(view)
    name = stem("policing-london", place.name, place.code, form_choice, f"since-{start}", release.name)
    place_peers = peers(view, place) if place.kind == "borough" else None
    tables = (
        ("", "every figure drawn or tabled on the page", csv_text(SERIES_COLUMNS, series_rows(series))),
        *_verdict_tables(place),
        *_ledger_tables(place),
        *(_peer_tables(place_peers) if place_peers else ()),
    )
    form = "12 months per 1,000 residents, beside the command and London" if form_choice == "rate" else "number of offences"
    note = Note(
        f"Recorded crime and confidence, {place.name}",
        view.address,
        (
            ("Place", place.name),
            ("12 months drawn as", form),
            ("Months", f"since {any_period(start)}"),
            *(_peer_notes(place_peers) if place_peers else ()),
        ),
        tuple((f"{name}{suffix}.csv", what) for suffix, what, _ in tables),
    )
    files = tuple((f"{name}{suffix}.csv", text) for suffix, _, text in tables)
    return bundle(name, (*files, ("README.txt", readme(note, series))), release.published_on)


def _verdict_tables(place: Area) -> tuple[tuple[str, str, str], ...]:
    """(end of the name, what it is, text) of the verdicts on the place; nothing before anything has been judged."""
    verdicts = [v for v in queries.verdicts() if v.area == place.code]
    text = csv_text(record_columns(Verdict), (record_row(v) for v in verdicts))
    return (("_verdicts", "every verdict on the page, with the numbers it rests on", text),) if verdicts else ()


def _ledger_tables(place: Area) -> tuple[tuple[str, str, str], ...]:
    """The same of the changes that entered the list here; nothing where none ever did."""
    changes = [change for change in ledger() if change.area == place.code]
    text = csv_text(record_columns(LedgerChange), (record_row(change) for change in changes))
    return (("_changes", "every change that entered the list here, and what became of it", text),) if changes else ()


def _peer_tables(place_peers: Peers) -> tuple[tuple[str, str, str], ...]:
    """The tables of boroughs against the rest of London, and of how alike they are, where likeness chose them."""
    rows = [record_row(c.comparison) for row in place_peers.rows for c in (row.here, *row.group, *row.others)]
    compared = csv_text(record_columns(AreaComparison), rows)
    tables = (("_boroughs", "each borough against the rest of London, 12 months of each headline measure", compared),)
    if not place_peers.is_similar or not place_peers.group:
        return tables
    similar_boroughs = queries_judgement.similar(place_peers.area.code, own_weights(place_peers))
    text = csv_text(record_columns(Similar), (record_row(s) for s in similar_boroughs))
    return (*tables, ("_similar", "how unlike each other borough is, by the weights named above; 0 is identical", text))


def _peer_notes(place_peers: Peers) -> tuple[tuple[str, str], ...]:
    group = ", ".join(area.name for area in place_peers.group)
    weights = ", ".join(f"{title} {weight}" for _, title, weight in place_peers.weights)
    return (("Compared with", group), *((("Weights of likeness", weights),) if place_peers.is_similar else ()))
