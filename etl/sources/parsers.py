"""What reads a source's tables: its `parse.py`, or the layouts its definition states where those say it all."""

import importlib
from functools import cache
from typing import Protocol, cast

from etl.definitions import catalogue
from etl.definitions.quarter_table import QuarterTable
from etl.definitions.table_layouts import MonthColumns, RecordTable, YearTable
from etl.files.month_columns import MonthColumnsParser
from etl.files.quarter_table import QuarterTableParser
from etl.files.record_table import RecordTableParser
from etl.files.table import Reading, Table
from etl.files.year_table import YearTableParser


class Parser(Protocol):
    """Knows a source's tables by what is in them, and reads them."""

    def recognise(self, table: Table) -> str | None:
        """The form of a table of this source; None if it is none of them."""

    def read(self, table: Table, form: str) -> Reading:
        """The table's figures."""


@cache
def parser(source_id: str) -> Parser:
    """What reads a source's tables."""
    forms = catalogue.sources()[source_id].forms
    quarters = {name: form.table for name, form in forms.items() if isinstance(form.table, QuarterTable)}
    years = {name: form.table for name, form in forms.items() if isinstance(form.table, YearTable)}
    months = {name: (form, form.table) for name, form in forms.items() if isinstance(form.table, MonthColumns)}
    records = {name: form.table for name, form in forms.items() if isinstance(form.table, RecordTable)}
    if quarters:
        return QuarterTableParser(quarters)
    if years:
        return YearTableParser(years)
    if months:
        return MonthColumnsParser(months)
    if records:
        return RecordTableParser(records)
    return cast(Parser, importlib.import_module(f"etl.sources.{source_id}.parse"))
