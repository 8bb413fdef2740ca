"""How to open a release, whatever has become of its file: to read it once, or for as long as a site runs."""

import contextlib
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import duckdb
from sqlalchemy import URL, Engine, create_engine

from etl.core.errors import Fault, ReleaseUnusable
from etl.warehouse.proof import MEND, Note, compare, is_older_kind, open_file, prove
from etl.warehouse.schema import tables

LOCK = re.compile(r"lock is held in (?P<program>.+?) \(PID (?P<process>\d+)\)")
COLUMNS = "SELECT table_name, column_name FROM duckdb_columns() WHERE NOT internal"
"""Asks a database for the (table, column)s it has."""
OPENING = ".opening"
"""How the copies of releases being opened end."""


def open_release(path: Path) -> Engine:
    """Read-only engine on one release file."""
    # threads=1: pages read small tables; the processes of the web server share the two cores between them.
    return create_engine(URL.create("duckdb", database=str(path)), connect_args={"read_only": True, "config": {"threads": 1}})


def attach(connection: duckdb.DuckDBPyConnection, release: Path, name: str) -> None:
    """Let `connection` read a release's tables as `<name>.<table>`, after the whole file has been proved.

    Raises:
        ReleaseUnusable: it is not there, damaged, altered, or another tool has it open.
    """
    if not is_older_kind(release):
        prove(release)
    try:
        connection.execute(f"ATTACH {quoted(release)} AS {name} (READ_ONLY)")
    except duckdb.Error as error:
        raise not_opened(release, error) from error
    if changes := left_beside(release):
        connection.execute(f"DETACH {name}")
        raise ReleaseUnusable(
            Fault.IN_USE,
            f"{release}: another tool has written changes to the release into {changes.name}; remove that file once no tool has "
            "the release open",
        )


def left_beside(release: Path) -> Path | None:
    """The file of changes that a tool which wrote to a release has left beside it, and DuckDB would read with it; else None."""
    changes = release.with_name(f"{release.name}.wal")
    return changes if os.path.lexists(changes) else None


def not_opened(release: Path, error: Exception) -> ReleaseUnusable:
    """Why DuckDB does not open a release, in a sentence."""
    sentence = " ".join(str(error).split())
    if holder := LOCK.search(sentence):
        who = f"{holder['program']}, process {holder['process']}"
        return ReleaseUnusable(
            Fault.IN_USE,
            f"{release}: another tool has the release open and may be changing it ({who}); close it there, or open a copy there, "
            "and run this again",
        )
    if "lock on file" in sentence:
        return ReleaseUnusable(Fault.IN_USE, f"{release}: another tool has the release open; close it there and run this again")
    return ReleaseUnusable(Fault.DAMAGED, f"{release}: the release cannot be opened ({str(error).splitlines()[0]}); {MEND}")


def is_whole(release: Path) -> bool:
    """Whether a release is as it was published, can be opened and has every table and column of this copy of the project."""
    if is_older_kind(release):
        return False
    with duckdb.connect(":memory:") as connection:
        try:
            attach(connection, release, "release_file")
        except ReleaseUnusable:
            return False
        columns = connection.execute(f"{COLUMNS} AND database_name = 'release_file'").fetchall()
        return not lacks_a_column(set(columns))


def lacks_a_column(columns: set[tuple[str, str]]) -> bool:
    """Whether a release, of whose tables these are the (table, column)s, lacks one of this copy of the project."""
    return any((table.name, column.name) not in columns for table in tables.sorted_tables for column in table.columns)


@contextlib.contextmanager
def proved_copy(release: Path, note: Note | None, file: Path | None = None) -> Iterator[Path]:
    """A copy of a release's file that nobody else knows of, gone again afterwards: open it inside.

    Whatever happens to the published file while the copy is open (altered, cut short, locked, replaced), it is read as it was.
    Without a note nothing is compared. `file`: what is copied, where that is not the published file.

    Raises:
        ReleaseUnusable: the release is not there, or not as noted.
        OSError: there is no room for the copy.
    """
    with open_file(file or release) as published:
        copy = _empty_file(release)
        try:
            with copy.open("wb") as stream:
                shutil.copyfileobj(published, stream, 1 << 20)
            if note is not None:
                with copy.open("rb") as stream:
                    compare(release, stream, note)
            yield copy
        finally:
            # Windows keeps what is open: then the next release to be published removes it.
            with contextlib.suppress(PermissionError, FileNotFoundError):
                copy.unlink()


def copies_in_use(release: Path) -> Iterator[Path]:
    """Copies of a release that processes of this user have open, by the names Linux has for them; none on other systems.

    The site's own copy has no name of its own any more, and is whole when the published file has been damaged.
    """
    beginning, end = f"{release.stem}.", f"{OPENING} (deleted)"
    for file in Path("/proc").glob("[0-9]*/fd/*"):
        # A process or a file may be gone by now, or be somebody else's.
        with contextlib.suppress(OSError):
            name = file.readlink().name
            if name.startswith(beginning) and name.endswith(end):
                yield file


def _empty_file(release: Path) -> Path:
    """A new file beside the release, where disks are large; where that folder may not be written to, among the system's."""
    try:
        descriptor, name = tempfile.mkstemp(OPENING, f"{release.stem}.", release.parent)
    except OSError:
        descriptor, name = tempfile.mkstemp(OPENING, f"{release.stem}.")
    os.close(descriptor)
    return Path(name)


def quoted(path: Path) -> str:
    """A path as SQL writes it, for the statements that take no parameters: a folder's name may hold an apostrophe."""
    return "'" + str(path).replace("'", "''") + "'"
