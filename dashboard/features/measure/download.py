"""The figures of a measure's page as a file."""

from dashboard.exports.bundle import bundle, stem
from dashboard.exports.readme import Note, readme
from dashboard.exports.table import (
    EDITION_COLUMNS,
    SERIES_COLUMNS,
    csv_text,
    edition_rows,
    record_columns,
    record_row,
    series_rows,
)
from dashboard.figures import queries, queries_judgement
from dashboard.figures.judgement_records import AreaComparison, ExpectedMonth
from dashboard.figures.measure_in_place import MeasureInPlace, find_measure_in_place, revised
from dashboard.figures.records import Verdict
from dashboard.figures.view import View
from dashboard.kinds.telling import Section
from dashboard.ui.page import Download
from etl.core.written import any_period


def measure_file(view: View) -> Download:
    """Every figure the address of a measure shows: the series, what editions said of its newest periods, and a note.

    Raises:
        LookupError: no such measure, or it has no figures in the place asked for.
        NotUnderstood: it has no figures since the period asked for.
    """
    in_place = find_measure_in_place(view)
    release = queries.release()
    base, place = in_place.measure.base, in_place.area
    since = view.choice("since")
    chosen = ("rate" if in_place.is_rate else "", f"since-{since}" if since else "")
    name = stem("policing-london", base, place.code, *chosen, release.name)
    tables = (
        ("", "every figure drawn or tabled on the page", csv_text(SERIES_COLUMNS, series_rows(in_place.every_series))),
        (
            "_editions",
            "what each edition said of the periods followed on the page",
            csv_text(EDITION_COLUMNS, edition_rows(base, place.code, revised(in_place))),
        ),
        *_judged(in_place),
    )
    files = tuple((f"{name}{suffix}.csv", text) for suffix, _, text in tables)
    contents = tuple((f"{name}{suffix}.csv", what) for suffix, what, _ in tables)
    note = Note(f"{in_place.measure.title}, {place.name}", view.address, _chosen(in_place, since), contents)
    return bundle(name, (*files, ("README.txt", readme(note, in_place.every_series))), release.published_on)


def _judged(in_place: MeasureInPlace) -> tuple[tuple[str, str, str], ...]:
    """(end of the name, what it is, text) of the tables behind the verdicts: those that hold anything."""
    base, code = in_place.measure.base, in_place.area.code
    verdicts = [v for v in (in_place.verdict, *(p.verdict for p in in_place.places if p.area.code != code)) if v is not None]
    expected = queries_judgement.expected_months(base, code) if in_place.kind.is_judged_by_month else ()
    compared = queries_judgement.area_comparisons(base) if Section.FUNNEL in in_place.kind.sections else ()
    tables = (
        ("_verdicts", "every verdict on the page, with the numbers it rests on", Verdict, verdicts),
        ("_expected", "the range behind the verdict, month by month, for the place chosen", ExpectedMonth, expected),
        ("_boroughs", "each borough on the funnel, and beside the rest of London", AreaComparison, compared),
    )
    return tuple(
        (suffix, what, csv_text(record_columns(kind), (record_row(r) for r in records)))
        for suffix, what, kind, records in tables
        if records
    )


def _chosen(in_place: MeasureInPlace, since: str) -> tuple[tuple[str, str], ...]:
    form = "rate per 1,000 residents" if in_place.is_rate else in_place.kind.shown_as
    months = f"since {any_period(since)}" if since else "all that are held"
    return ("Place", in_place.area.name), ("Shown as", form), ("Periods", months)
