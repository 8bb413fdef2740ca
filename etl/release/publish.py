"""Write one release and make it live, or leave the old one up."""

import datetime as dt
import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

import duckdb
from duckdb_sqlalchemy import Dialect
from sqlalchemy.schema import CreateTable

from etl.core.errors import CannotWrite
from etl.warehouse import quoted, tables
from etl.warehouse.made_with import fingerprint, made_with

REFUSALS = "refusals.jsonl"


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
    """Write the tables of `connection` as `<name>.duckdb`, out of sight, then make it live in one rename.

    A release of that name holds the same contents by construction: it is only pointed at.

    Raises:
        CannotWrite: the disk is full or the directory may not be written to; the live release is untouched.
    """
    path = warehouse_dir / f"{name}.duckdb"
    building = warehouse_dir / f"{name}.building"
    try:
        warehouse_dir.mkdir(parents=True, exist_ok=True)
        _clear_unfinished(warehouse_dir)
        if not path.exists():
            _write(connection, building)
            building.rename(path)
            made_with(path).write_text(fingerprint())
        pointer = warehouse_dir / "current.new"
        pointer.write_text(path.name)
        pointer.replace(warehouse_dir / "current")
    except (duckdb.IOException, duckdb.FatalException, OSError) as error:
        # What was half written would keep a full disk full.
        connection.close()
        _clear_unfinished(warehouse_dir)
        raise CannotWrite(f"{warehouse_dir}: the release cannot be written: {str(error).splitlines()[0]}") from error
    return path


def _clear_unfinished(warehouse_dir: Path) -> None:
    """Remove what a run that was stopped left half written; whoever calls holds the lock, so no run is writing it now."""
    for path in warehouse_dir.glob("*.building*"):
        path.unlink()


def _write(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    connection.execute(f"ATTACH {quoted(path)} AS release_file")
    create_tables(connection, "release_file")
    for table in tables.sorted_tables:
        keys = ", ".join(str(i + 1) for i in range(min(5, len(table.columns))))
        connection.execute(f"INSERT INTO release_file.{table.name} BY NAME SELECT * FROM {table.name} ORDER BY {keys}")
    connection.execute("DETACH release_file")


def note_refusal(warehouse_dir: Path, files: Sequence[Path], message: str, failures: Sequence[str]) -> None:
    """Add one refusal to the log beside the releases, so that the site can say what was refused; no release is touched."""
    warehouse_dir.mkdir(parents=True, exist_ok=True)
    line = {
        "when": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        "files": [f.name for f in files],
        "message": message.splitlines()[0],
        "reasons": list(failures)[:200],
    }
    with (warehouse_dir / REFUSALS).open("a", encoding="utf-8") as stream:
        stream.write(json.dumps(line, ensure_ascii=False) + "\n")
