"""Recorded crime by borough: a wide file of months, in any of the forms and spellings the Metropolitan Police has used."""

from collections.abc import Sequence

import duckdb

from etl.core.errors import DataRejected
from etl.core.period import month_label, month_number
from etl.core.sql_text import sql
from etl.definitions.catalogue import Source
from etl.files import wide, wide_faults, wide_text
from etl.files.staged_rows import Staged
from etl.files.wide_file import WideFile
from etl.sources.mps_recorded_crime_borough import edition_checks, outliers
from etl.sources.mps_recorded_crime_borough.edition_checks import Months
from etl.sources.mps_recorded_crime_borough.recognise import (
    Roles,
    contradicting_places,
    find_areas,
    find_form,
    find_roles,
    find_series,
    other_place_columns,
    refuse_smaller_places,
)

HISTORICAL_MONTHS = 30
"""A file of more months than this is the historical part: it ends where the 24-month part of the same edition begins."""
LOADED, LONG, STAGED = "crime_wide", "crime_long", "crime_observation"


def read(connection: duckdb.DuckDBPyConnection, file: WideFile, source: Source) -> Staged:
    """The file's counts, staged in DuckDB with the cell of each.

    Raises:
        NotTaken: it is of another level or counts other things in the same shape.
        SourceChanged: it is of another force or another kind; the message says which.
        DataRejected: it is ours but broken; every reason is listed.
    """
    unreadable = wide.load(connection, file, LOADED)
    values = {c: {row[0] for row in wide.distinct(connection, file, LOADED, [c])} for c in file.keys}
    refuse_smaller_places(file, values)
    roles = find_roles(file, source, values)
    if not wide_faults.no_months(file):  # of a few months alone many a row is nothing but noughts
        edition_checks.refuse_outcomes(connection, file, LOADED)
    pairs = wide.distinct(connection, file, LOADED, [roles.group, roles.offence])
    form_id = find_form(source, pairs, file)

    def cells_holding(labels: Sequence[str], contents: Sequence[str]) -> str:
        return wide.cells_holding(connection, file, LOADED, labels, contents)

    areas, unknown_areas = find_areas(values[roles.area], roles.area, cells_holding)
    series, unknown_series = find_series(pairs, source.forms[form_id], form_id, [roles.group, roles.offence], cells_holding)
    failures = wide_faults.check(connection, file, roles.labels, LOADED, unreadable) + unknown_areas + unknown_series
    other_places = {c: wide.distinct(connection, file, LOADED, [roles.area, c]) for c in other_place_columns(file, roles, values)}
    failures += contradicting_places(other_places, roles.area, cells_holding)
    failures += _same_key_after_spelling(connection, file, roles, areas, series)
    cut_off_faults, notices = edition_checks.cut_off_row(
        connection, file, LOADED, ends_a_line=wide_text.scan(file.path).ends_a_line
    )
    failures += cut_off_faults
    _refuse(file, failures)
    wide.unpivot(connection, file, LOADED, LONG)
    _stage(connection, file, roles, areas, series)
    months = edition_checks.take_out_partial_month(connection, source, STAGED)
    _refuse(file, edition_checks.holes(connection, source.forms[form_id], STAGED))
    return _staged(connection, file, source, form_id, roles, months, notices)


def _refuse(file: WideFile, failures: Sequence[str]) -> None:
    if failures:
        raise DataRejected(f"{file.path.name}: rejected", failures)


def _same_key_after_spelling(
    connection: duckdb.DuckDBPyConnection, file: WideFile, roles: Roles, areas: dict[str, str], series: dict[tuple[str, ...], str]
) -> list[str]:
    """Rows that are the same area and offence once spellings are put aside: "Richmond upon" beside "Richmond Upon"."""
    if len(set(areas.values())) == len(areas) and len(set(series.values())) == len(series):
        return []
    listed = ", ".join(f"coalesce({file.column(label)}, '')" for label in roles.labels)
    rows = connection.execute(
        f"SELECT sheet_row, {listed} FROM {LOADED} t JOIN {LOADED}_row r ON r.row_id = t.rowid ORDER BY sheet_row"
    ).fetchall()
    first: dict[tuple[str, ...], tuple[int, tuple[str, ...]]] = {}
    sentences = []
    for number, *key_cells in rows:
        area, group, offence = key_cells
        number_before, first_cells = first.setdefault((areas.get(area, area), series[group, offence]), (number, tuple(key_cells)))
        if first_cells != tuple(key_cells):
            sentences.append(
                f"rows {number_before}, {number}: the same key in two spellings: {' / '.join(first_cells)} and "
                f"{' / '.join(key_cells)}"
            )
    return sentences


def _stage(
    connection: duckdb.DuckDBPyConnection, file: WideFile, roles: Roles, areas: dict[str, str], series: dict[tuple[str, ...], str]
) -> None:
    connection.execute("CREATE OR REPLACE TEMP TABLE area_of_spelling (spelling VARCHAR, area_code VARCHAR)")
    connection.executemany("INSERT INTO area_of_spelling VALUES (?, ?)", list(areas.items()))
    connection.execute("CREATE OR REPLACE TEMP TABLE series_of_pair (category VARCHAR, offence VARCHAR, series VARCHAR)")
    connection.executemany("INSERT INTO series_of_pair VALUES (?, ?, ?)", [(*pair, s) for pair, s in series.items()])
    area, category, offence = (f"coalesce(w.{file.column(label)}, '')" for label in roles.labels)
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE crime_key AS SELECT r.row_id, r.sheet_row, {area} AS area, {category} AS category, "
        f"{offence} AS offence FROM {LOADED} w JOIN {LOADED}_row r ON r.row_id = w.rowid"
    )
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {STAGED} AS {sql(__file__, 'observations')}")


def _staged(
    connection: duckdb.DuckDBPyConnection,
    file: WideFile,
    source: Source,
    form_id: str,
    roles: Roles,
    months: Months,
    notices: Sequence[str],
) -> Staged:
    all_notices, rejected = [*roles.notices, *notices], []
    if months.partial:
        partial, partial_words = months.partial
        all_notices.append(f"the first month is a part of a month and is left out: {partial_words}")
        rejected.append((f"column {next(c for c, p in file.months.items() if p == partial)}", partial_words, "part of a month"))
    if list(file.months.values()) != sorted(file.months.values()):
        all_notices.append("the months do not stand in order; each is read by its label")
    all_notices += outliers.months_without_a_borough(connection, source, STAGED)
    first, last = months.periods[0], months.periods[-1]
    historical = len(months.periods) > HISTORICAL_MONTHS
    basis = (
        "the historical part of an edition stops 24 months before the newest month"
        if historical
        else "an edition comes out the month after"
    )
    form = f"form {form_id}: {source.forms[form_id].title}"
    row = connection.execute(
        f"SELECT count(DISTINCT sheet_row), count(DISTINCT area_code), count(DISTINCT series) FROM {STAGED}"
    ).fetchone() or (0, 0, 0)
    return Staged(
        table=STAGED,
        form=form_id,
        first_period=first,
        last_period=last,
        edition_label=month_label(month_number(last) + (25 if historical else 1)),
        edition_basis=f"inferred from its last month, {last}: {basis}",
        part="historical" if historical else "recent",
        rows=row[0],
        areas=row[1],
        series=row[2],
        notices=tuple(all_notices),
        checks=tuple(edition_checks.passed_checks(connection, months, ", ".join(roles.labels), form, len(file.columns), STAGED)),
        rejected=tuple(rejected),
        needs_acceptance=tuple(_needs_a_reason(connection, source, months)),
    )


def _needs_a_reason(connection: duckdb.DuckDBPyConnection, source: Source, months: Months) -> list[str]:
    """What no ordinary edition shows, one sentence each; a newest month that is out of line is said once."""
    sentences = edition_checks.unusual_counts(connection, source, months, STAGED)
    if not any(sentence.startswith(f"{months.periods[-1]}:") for sentence in sentences):
        sentences += outliers.low_newest_month(source, months)
    return sentences + outliers.cells_out_of_line(connection, source, months)
