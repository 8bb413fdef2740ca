"""What every test of a long source needs: a file read by its source, and its expected rows."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from etl.definitions import catalogue
from etl.files.table import Reading, load_tables
from etl.sources.parsers import parser

SOURCES = catalogue.SOURCES


@pytest.fixture(scope="session")
def read_as() -> Callable[[str, Path], Reading]:
    """Read the first table of a file as a source; fails if the source does not know it."""

    def read(source_id: str, path: Path) -> Reading:
        (table, *_) = load_tables(path)
        form = parser(source_id).recognise(table)
        assert form is not None, f"{source_id} does not know {path.name}"
        return parser(source_id).read(table, form)

    return read


@pytest.fixture(scope="session")
def form_of() -> Callable[[str, Path], str | None]:
    """The form a source sees in the first table of a file, or None."""

    def form(source_id: str, path: Path) -> str | None:
        return parser(source_id).recognise(load_tables(path)[0])

    return form


@pytest.fixture(scope="session")
def expected_rows() -> Callable[[Path], pd.DataFrame]:
    """The rows a sample becomes, as written beside it by hand."""

    def rows(path: Path) -> pd.DataFrame:
        text = pd.read_csv(path, dtype=str, keep_default_na=False)
        text["value"] = pd.to_numeric(text["value"])  # an empty cell is NaN: no number, and the status says why
        return text.sort_values(["series", "area_code", "breakdown", "period"], ignore_index=True)

    return rows
