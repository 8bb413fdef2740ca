"""A published file to rows staged in DuckDB: what it is (by what is in it), and what its source makes of it."""

import tempfile
from dataclasses import replace
from pathlib import Path

import duckdb

from etl.definitions import catalogue
from etl.definitions.table_layouts import MonthColumns
from etl.files import unknown_table
from etl.files.labels import fold
from etl.files.sniff import sniff
from etl.files.staged_rows import Staged, stage
from etl.files.table import Table, load_tables
from etl.files.wide_file import WideFile, wide_file, wide_sheet
from etl.sources.mps_recorded_crime_borough import parse as recorded_crime
from etl.sources.parsers import Parser, parser

RECORDED_CRIME = "mps_recorded_crime_borough"
TABLE_SUFFIXES = (".csv", ".txt", ".tsv", ".xlsx", ".xls", ".ods")


def is_a_table(path: Path) -> bool:
    """Whether a file met in a folder is one we would try to read: a table by its ending and not hidden."""
    return path.suffix.lower() in TABLE_SUFFIXES and not path.name.startswith((".", "~"))


def read(connection: duckdb.DuckDBPyConnection, path: Path) -> tuple[Staged, ...]:
    """Every edition part the file holds, staged as temporary tables of `connection`: one for a CSV, one a sheet for a workbook.

    Raises:
        SourceUnavailable: the file cannot be opened.
        NotTaken: a sound table of a kind no source takes.
        SourceChanged: not a table, or a table whose labels and contents match no source.
        DataRejected: ours, but broken; every reason is listed.
    """
    facts = sniff(path)
    wide = wide_file(path, facts) if facts.kind == "text" else None
    if wide is not None and not _may_be_another_grid(wide):
        return (_wide(connection, wide),)
    parts: list[Staged] = []
    tables = load_tables(path)
    for table in tables:
        part = _by_table(connection, table, f"long_{len(parts)}")
        if part is None and facts.kind == "workbook":
            part = _wide_of_a_workbook(connection, table, f"wide_{len(parts)}")
        parts += [part] if part else []
    if not parts and wide is not None:
        return (_wide(connection, wide),)
    if not parts:
        raise unknown_table.refusal(path, tables, RECORDED_CRIME)
    return tuple(parts)


def _by_table(connection: duckdb.DuckDBPyConnection, table: Table, name: str) -> Staged | None:
    """The table as the source that knows it reads it; None where none does."""
    for source_id, its_parser in _parsers().items():
        form = its_parser.recognise(table)
        if form is not None:
            return stage(connection, its_parser.read(table, form), form, name).of(source_id)
    return None


def _may_be_another_grid(wide: WideFile) -> bool:
    """Whether a source other than recorded crime has files of months with these key columns."""
    keys = {fold(label) for label in wide.keys if label}
    layouts = (form.table for source in catalogue.sources().values() for form in source.forms.values())
    return any(
        keys == {fold(label) for label in (layout.area, layout.group, layout.category)}
        for layout in layouts
        if isinstance(layout, MonthColumns)
    )


def _wide(connection: duckdb.DuckDBPyConnection, wide: WideFile) -> Staged:
    source = catalogue.sources()[RECORDED_CRIME]
    return recorded_crime.read(connection, wide, source).of(RECORDED_CRIME)


def _wide_of_a_workbook(connection: duckdb.DuckDBPyConnection, table: Table, name: str) -> Staged | None:
    """A sheet of recorded crime, staged under a name of its own, since a workbook may hold several; None for another kind."""
    with tempfile.TemporaryDirectory() as folder:
        wide = wide_sheet(table, Path(folder))
        if wide is None:
            return None
        staged = _wide(connection, wide)
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS FROM {staged.table}")
    return replace(staged, table=name)


def _parsers() -> dict[str, Parser]:
    """What reads tables one by one, by source id."""
    return {source.id: parser(source.id) for source in catalogue.sources().values() if source.is_read_by_table}
