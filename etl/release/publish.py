"""Write one release, prove it and make it live, or leave the old one up."""

import datetime as dt
import hashlib
import time
from pathlib import Path

import duckdb
from duckdb_sqlalchemy import Dialect
from sqlalchemy.schema import CreateTable

from etl.core.errors import CannotWrite
from etl.release import durable
from etl.warehouse import quoted, tables
from etl.warehouse.made_with import fingerprint
from etl.warehouse.opening import OPENING, is_whole, left_beside
from etl.warehouse.pointer import POINTER
from etl.warehouse.proof import Note, note_path


def create_tables(connection: duckdb.DuckDBPyConnection, schema: str = "") -> None:
    """Make the warehouse's tables, empty, in `connection` (or in an attached database named `schema`)."""
    for table in tables.sorted_tables:
        statement = str(CreateTable(table).compile(dialect=Dialect()))
        connection.execute(
            statement.replace(f"CREATE TABLE {table.name}", f"CREATE TABLE {schema + '.' if schema else ''}{table.name}")
        )


def contents_sha256(connection: duckdb.DuckDBPyConnection) -> str:
    """Hash of all a release is made from: its editions and the definitions; the same whatever the order of adding."""
    digest = hashlib.sha256(fingerprint().encode())
    for row in connection.execute(
        "SELECT edition_id, sha256, published_on, published_basis, accepted_reason FROM edition ORDER BY edition_id"
    ).fetchall():
        digest.update(repr(row).encode())
    return digest.hexdigest()


def release_name(connection: duckdb.DuckDBPyConnection, sha256: str) -> str:
    """The release's name: the newest edition's date and the beginning of the hash of its contents."""
    row = connection.execute("SELECT max(published_on) FROM edition").fetchone()
    return f"{row[0] if row else 'empty'}-{sha256[:10]}"


def publish(connection: duckdb.DuckDBPyConnection, warehouse_dir: Path, name: str) -> Path:
    """Write the tables of `connection` as `<name>.duckdb`, out of sight, prove what was written, then make it live in one rename.

    A release of that name holds the same contents by construction: where it is whole it is only pointed at, else replaced.

    Raises:
        CannotWrite: the disk is full or the directory may not be written to, or what was written is not what should have been;
            the live release is untouched.
    """
    path = warehouse_dir / f"{name}.duckdb"
    building = warehouse_dir / f"{name}.building"
    try:
        warehouse_dir.mkdir(parents=True, exist_ok=True)
        _clear_unfinished(warehouse_dir)
        if not is_whole(path):
            _write(connection, building)
            seal(building, path)
        durable.put(warehouse_dir / POINTER, path.name)
    except (duckdb.Error, OSError, CannotWrite) as error:
        # What was half written would keep a full disk full.
        connection.close()
        _clear_unfinished(warehouse_dir)
        raise CannotWrite(f"{warehouse_dir}: the release cannot be written: {str(error).splitlines()[0]}") from error
    return path


def seal(building: Path, path: Path) -> None:
    """Give a finished file its place and name as a release: read-only, with its sha256 in the note beside it."""
    durable.flush(building)
    with building.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    now = dt.datetime.now(dt.UTC).isoformat()
    note = Note(digest, building.stat().st_size, now, fingerprint())
    durable.make_read_only(building)
    changes = left_beside(path)
    durable.move(building, path)
    # A tool that had the damaged file open may have left what would be read with the whole one.
    if changes:
        durable.remove(changes)
    durable.put(note_path(path), note.text())
    durable.remove(path.with_suffix(".made-with"))


def _clear_unfinished(warehouse_dir: Path) -> None:
    """Remove what a run that was stopped left half written; whoever calls holds the lock, so no run is writing it now."""
    an_hour_ago = time.time() - 3600
    for path in [*warehouse_dir.glob("*.building*"), *warehouse_dir.glob(f"*{OPENING}")]:
        # A site that opens a release at this moment is not stopped in it.
        if path.suffix != OPENING or path.stat().st_mtime < an_hour_ago:
            durable.remove(path)


def _write(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Write every table into a new file, and read there that it has them all with every row.

    Raises:
        CannotWrite: it has not.
    """
    connection.execute(f"ATTACH {quoted(path)} AS release_file")
    create_tables(connection, "release_file")
    for table in tables.sorted_tables:
        keys = ", ".join(str(i + 1) for i in range(min(5, len(table.columns))))
        connection.execute(f"INSERT INTO release_file.{table.name} BY NAME SELECT * FROM {table.name} ORDER BY {keys}")
    connection.execute("DETACH release_file")
    # Another database opens the file anew: it has nothing of it in memory.
    with duckdb.connect(":memory:") as reader:
        reader.execute(f"ATTACH {quoted(path)} AS release_file (READ_ONLY)")
        for table in tables.sorted_tables:
            written, there = (_rows(of, name) for of, name in ((connection, table.name), (reader, f"release_file.{table.name}")))
            if written != there:
                raise CannotWrite(f"the table {table.name} has {there:,} rows where {written:,} were written")


def _rows(connection: duckdb.DuckDBPyConnection, table: str) -> int:
    (count,) = connection.execute(f"SELECT count(*) FROM {table}").fetchone() or (0,)
    return int(count)
