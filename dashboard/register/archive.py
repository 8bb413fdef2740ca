"""Backup and restore: every row of the register in one checked file that either engine can take back.

A backup is complete: it holds drafts, accounts and password hashes, so it is written for its owner alone. Signed-in
browsers and counted guesses are left out: after a restore everyone signs in again.
"""

import gzip
import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import JSON, Column, Connection, Date, DateTime, MetaData, Table, select, text
from sqlalchemy.dialects.postgresql import JSONB

from dashboard.register.errors import ArchiveRejected
from dashboard.register.store import Register, migrate, newest_revision

FORMAT = "register backup 1"
_LEFT_OUT = ("alembic_version", "login_session", "guess")


@dataclass(frozen=True)
class Archive:
    """What a backup file holds."""

    revision: str
    made_at: datetime
    rows: int


def backup(register: Register, path: Path, *, now: datetime) -> Archive:
    """The backup just written, complete or not at all. People may go on working while it is made."""
    register.require_ready()
    partial = path.with_name(f".{path.name}.partial")
    digest, rows = hashlib.sha256(), 0
    with (
        _one_view(register) as connection,
        os.fdopen(os.open(partial, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "wb") as raw,
    ):
        with gzip.GzipFile(fileobj=raw, mode="wb", mtime=0) as packed:
            header = {"format": FORMAT, "revision": newest_revision(), "made_at": now.isoformat()}
            for line in _lines(connection, header):
                digest.update(line)
                packed.write(line)
                rows += 1
            rows -= 1  # the header is a line, not a row
            packed.write(_line({"rows": rows, "sha256": digest.hexdigest()}))
        raw.flush()
        os.fsync(raw.fileno())
    partial.replace(path)
    return Archive(newest_revision(), now, rows)


def restore(register: Register, path: Path) -> Archive:
    """The backup, put back into an empty register and brought up to date. A damaged file changes nothing.

    Raises:
        ArchiveRejected: the file is not a whole backup, or the register is not empty.
        SiteIsOpen: a site serves this register, and would go on with what was there.
    """
    header, lines = _checked(path)
    with register.without_site():
        return _restored(register, header, lines)


def _restored(register: Register, header: dict[str, Any], lines: list[dict[str, Any]]) -> Archive:
    _require_empty(register)
    migrate(register, header["revision"])
    with register.engine.execution_options(register_writes=True).begin() as connection:
        tables = {table.name: table for table in _tables(connection)}
        for name, table in tables.items():
            rows = [_decoded(table, line["row"]) for line in lines if line["table"] == name]
            if rows:
                connection.execute(table.insert(), rows)
        if connection.dialect.name == "postgresql":
            # The counter does not follow rows that bring their own number.
            connection.execute(
                text("SELECT setval(pg_get_serial_sequence('audit_entry', 'id'), (SELECT max(id) FROM audit_entry))")
            )
    migrate(register, "head")
    return Archive(header["revision"], datetime.fromisoformat(header["made_at"]), len(lines))


def _lines(connection: Connection, header: dict[str, Any]) -> Iterator[bytes]:
    yield _line(header)
    for table in _tables(connection):
        order = [table.c.created_at, table.c.id] if "created_at" in table.c else [table.c.id]
        for row in connection.execute(select(table).order_by(*order)).mappings():
            yield _line({"table": table.name, "row": {name: _encoded(value) for name, value in row.items()}})


def _line(content: dict[str, Any]) -> bytes:
    return json.dumps(content, ensure_ascii=False, sort_keys=True).encode() + b"\n"


def _checked(path: Path) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    try:
        with gzip.open(path, "rb") as packed:
            lines = packed.read().splitlines(keepends=True)
        content = [json.loads(line) for line in lines]
    except (OSError, EOFError, ValueError) as error:
        raise ArchiveRejected(f"{path.name} cannot be read as a backup: {error}") from error
    if len(content) < 2 or content[0].get("format") != FORMAT:
        raise ArchiveRejected(f"{path.name} is not a backup of a register.")
    actual = {"rows": len(content) - 2, "sha256": hashlib.sha256(b"".join(lines[:-1])).hexdigest()}
    if content[-1] != actual:
        raise ArchiveRejected(f"{path.name} is damaged or cut short: expected {content[-1]}, found {actual}.")
    return content[0], content[1:-1]


def _require_empty(register: Register) -> None:
    with register.engine.connect() as connection:
        filled_tables = [table.name for table in _tables(connection) if connection.execute(select(table.c.id).limit(1)).first()]
    if filled_tables:
        raise ArchiveRejected(f"The register is not empty ({', '.join(filled_tables)}): restore into a new one.")


def _tables(connection: Connection) -> list[Table]:
    """The register's tables as the database has them, parents first."""
    metadata = MetaData()
    metadata.reflect(connection)
    tables = [table for table in metadata.sorted_tables if table.name not in _LEFT_OUT]
    for table in tables:
        for column in table.columns:
            if isinstance(column.type, JSONB):
                column.type = JSONB(none_as_null=True)
            elif isinstance(column.type, JSON):
                column.type = JSON(none_as_null=True)
    return tables


def _encoded(value: object) -> object:
    if isinstance(value, datetime):
        return (value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)).isoformat()
    return value.isoformat() if isinstance(value, date) else value


def _decoded(table: Table, row: dict[str, Any]) -> dict[str, Any]:
    return {name: _typed(table.c[name], value) for name, value in row.items()}


def _typed(column: Column[Any], value: Any) -> Any:  # noqa: ANN401 - whatever the column holds
    if value is None:
        return None
    if isinstance(column.type, DateTime):
        return datetime.fromisoformat(value)
    return date.fromisoformat(value) if isinstance(column.type, Date) else value


def _one_view(register: Register) -> Connection:
    if register.engine.dialect.name == "postgresql":
        return register.engine.connect().execution_options(isolation_level="REPEATABLE READ")
    return register.engine.connect()
