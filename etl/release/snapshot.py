"""The published figures in our own tidy form (`data/series`): written from the live release, read by a build on a fresh clone.

One Parquet file an edition part,
with the columns of `observation` less its edition; three small CSV tables beside them hold the
editions, their checks and what was left out of them.
"""

import shutil
from datetime import date
from pathlib import Path

import duckdb

from etl.checks.edition_moves import WORKED_OUT, WORKED_OUT_APART
from etl.core.errors import SourceUnavailable
from etl.warehouse import quoted

SERIES = Path(__file__).parents[2] / "data" / "series"
SMALL_TABLES = ("edition", "check_result", "rejected_row")
# Worked out anew at every build, since it depends on which editions are held.
OBSERVATIONS = "series, area_code, breakdown, period, value, status, sheet_column, sheet_row"


def write(connection: duckdb.DuckDBPyConnection, folder: Path) -> int:
    """Write every edition of the release `connection` looks at; returns how many. What was in `folder` is replaced."""
    new = folder.with_name(folder.name + ".new")
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(parents=True)
    for table in SMALL_TABLES:
        kept = f"WHERE \"check\" NOT IN ('{WORKED_OUT}', '{WORKED_OUT_APART}')" if table == "check_result" else ""
        connection.execute(f"COPY (SELECT * FROM {table} {kept} ORDER BY ALL) TO {quoted(new / f'{table}.csv')} (HEADER)")
    editions = connection.execute("SELECT edition_id FROM edition ORDER BY 1").fetchall()
    for (edition_id,) in editions:
        path = new / f"{_file_name(edition_id)}.parquet"
        path.parent.mkdir(exist_ok=True)
        connection.execute(
            f"COPY (SELECT {OBSERVATIONS} FROM observation WHERE edition_id = $edition "
            "ORDER BY series, area_code, breakdown, period) "
            f"TO {quoted(path)} (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 19)",
            {"edition": edition_id},
        )
    for path in folder.glob("*.md"):
        shutil.copy(path, new / path.name)
    shutil.rmtree(folder, ignore_errors=True)
    new.rename(folder)
    return len(editions)


def read(connection: duckdb.DuckDBPyConnection, folder: Path, until: date | None) -> int:
    """Fill `edition`, `check_result`, `rejected_row` and `observation` from `folder`; returns how many editions were read.

    Args:
        connection: where the tables are, empty.
        folder: of figures in our own form.
        until: editions published later are left out, so that what was said on a day can be worked out again; None: all of them.

    Raises:
        SourceUnavailable: the folder or one of its files is not there, or no edition is as old as that.
    """
    if not (folder / "edition.csv").exists():
        raise SourceUnavailable(
            f"{folder}: no figures here (no edition.csv); add files with `python -m etl add` or write it with `snapshot`"
        )
    for table in SMALL_TABLES:
        kinds = dict(connection.execute(f"SELECT column_name, column_type FROM (DESCRIBE {table})").fetchall())
        connection.execute(
            f"INSERT INTO {table} BY NAME SELECT * FROM read_csv(?, header=true, auto_detect=false, columns=?, nullstr='', "
            "allow_quoted_nulls=false, delim=',', quote='\"', escape='\"')",
            [str(folder / f"{table}.csv"), kinds],
        )
    if until is not None:
        connection.execute("DELETE FROM edition WHERE published_on > ?", [until])
        for table in SMALL_TABLES[1:]:
            connection.execute(f"DELETE FROM {table} WHERE edition_id NOT IN (SELECT edition_id FROM edition)")
    editions = connection.execute("SELECT edition_id FROM edition ORDER BY 1").fetchall()
    if not editions:
        raise SourceUnavailable(f"{folder}: no edition here was published by {until}")
    for (edition_id,) in editions:
        path = folder / f"{_file_name(edition_id)}.parquet"
        if not path.exists():
            raise SourceUnavailable(f"{path}: the edition is listed in edition.csv and its figures are not there")
        connection.execute(
            f"INSERT INTO observation BY NAME SELECT ? AS edition_id, {OBSERVATIONS} FROM read_parquet(?)",
            [edition_id, str(path)],
        )
    return len(editions)


def _file_name(edition_id: str) -> str:
    source, rest = edition_id.split("/", 1)
    return f"{source}/{rest.replace('/', '-')}"
