"""What reads a source's tables: its `parse.py`, or the layouts its definition states where those say it all."""

import importlib
from functools import cache
from typing import Protocol, cast

from etl.definitions import catalogue
from etl.files.quarter_table import QuarterTableParser
from etl.files.table import Reading, Table


class Parser(Protocol):
    """Knows a source's tables by what is in them, and reads them."""

    def recognise(self, table: Table) -> str | None:
        """The form of a table of this source; None if it is none of them."""

    def read(self, table: Table, form: str) -> Reading:
        """The table's figures."""


@cache
def parser(source_id: str) -> Parser:
    """What reads a source's tables."""
    layouts = {name: form.table for name, form in catalogue.sources()[source_id].forms.items() if form.table is not None}
    if layouts:
        return QuarterTableParser(layouts)
    return cast(Parser, importlib.import_module(f"etl.sources.{source_id}.parse"))
