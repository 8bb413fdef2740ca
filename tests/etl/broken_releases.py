"""Every way a release, its note or the pointer was found broken: each changes the files of a warehouse folder."""

import os
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import duckdb

from etl.release import durable, publish
from etl.warehouse.pointer import current_release
from etl.warehouse.proof import note_path

Break = Callable[[Path], object]


def _write(path: Path, content: bytes) -> None:
    """Write over a file as another program would, in place."""
    path.chmod(0o644)
    path.write_bytes(content)


def _pointer(content: bytes) -> Break:
    return lambda folder: (folder / "current").write_bytes(content)


def _release(content: Callable[[bytes], bytes]) -> Break:
    def change(folder: Path) -> None:
        path = current_release(folder)
        _write(path, content(path.read_bytes()))

    return change


def _folder_instead(path_of: Callable[[Path], Path]) -> Break:
    def change(folder: Path) -> None:
        path = path_of(folder)
        path.unlink()
        path.mkdir()
        (path / "something").write_text("of somebody's")

    return change


def _without(path_of: Callable[[Path], Path]) -> Break:
    return lambda folder: path_of(folder).unlink()


def _pipe_instead(path_of: Callable[[Path], Path]) -> Break:
    def change(folder: Path) -> None:
        path_of(folder).unlink()
        os.mkfifo(path_of(folder))

    return change


def _loop_instead(folder: Path) -> None:
    path = current_release(folder)
    path.unlink()
    path.symlink_to(path.name)


def _another_database(folder: Path) -> None:
    path = current_release(folder)
    path.unlink()
    with duckdb.connect(str(path)) as connection:
        connection.execute("CREATE TABLE release AS SELECT 'x' AS name")


def _one_value_changed(folder: Path) -> None:
    """As a person does who means well."""
    path = current_release(folder)
    path.chmod(0o644)
    with duckdb.connect(str(path)) as connection:
        connection.execute("UPDATE measure_value SET value = value + 1 WHERE measure_id = 'burglary'")


def _changes_beside(folder: Path) -> None:
    """What a tool leaves that was killed while it wrote: the release itself is as it was."""
    path = current_release(folder)
    other = folder / "other.duckdb"
    shutil.copy(path, other)
    other.chmod(0o644)
    connection = duckdb.connect(str(other))
    connection.execute("SET checkpoint_threshold = '1GB'; SET wal_autocheckpoint = '1GB'")
    connection.execute("UPDATE measure_value SET value = value + 1 WHERE measure_id = 'burglary'")
    shutil.copy(other.with_name("other.duckdb.wal"), path.with_name(f"{path.name}.wal"))
    connection.close()
    other.unlink()


def _bit(content: bytes) -> bytes:
    middle = len(content) // 2
    return content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]


def _pointer_file(folder: Path) -> Path:
    return folder / "current"


def _note_file(folder: Path) -> Path:
    return note_path(current_release(folder))


POINTERS: Mapping[str, Break] = {
    "pointer empty": _pointer(b""),
    "pointer of blanks": _pointer(b" \n\t\n"),
    "pointer not text": _pointer(b"\xff\xfe\x00\x80" * 20),
    "pointer with NUL": _pointer(b"2025-06-01-x\x00.duckdb"),
    "pointer huge": _pointer(b"x" * 3_000_000),
    "pointer at nothing": _pointer(b"1999-01-01-nothing.duckdb"),
    "pointer outside": _pointer(b"../../etc/passwd"),
    "pointer to another folder": _pointer(b"../elsewhere/2025-06-01-x.duckdb"),
    "pointer absolute": _pointer(b"/etc/hosts.duckdb"),
    "pointer of two lines": _pointer(b"a.duckdb\nb.duckdb"),
    "pointer of no release's name": _pointer(b"current"),
    "pointer of a name too long": _pointer(b"a" * 300 + b".duckdb"),
    "pointer a folder": _folder_instead(_pointer_file),
    "pointer a pipe": _pipe_instead(_pointer_file),
    "pointer missing": _without(_pointer_file),
}
RELEASES: Mapping[str, Break] = {
    "release missing": lambda folder: current_release(folder).unlink(),
    "release empty": _release(lambda _: b""),
    "release cut short": _release(lambda content: content[: len(content) // 3]),
    "release of one byte less": _release(lambda content: content[:-1]),
    "release longer": _release(lambda content: content + b"\0" * 4096),
    "release of zero bytes": _release(lambda content: b"\0" * len(content)),
    "release of garbage": _release(lambda content: bytes(range(256)) * (len(content) // 256)),
    "release of text": _release(lambda _: b"not a database\n"),
    "release with one bit changed": _release(_bit),
    "release with one value changed": _one_value_changed,
    "release another database": _another_database,
    "release a folder": _folder_instead(current_release),
    "release a pipe": _pipe_instead(current_release),
    "release a link to itself": _loop_instead,
}
NOTES: Mapping[str, Break] = {
    "note missing": _without(_note_file),
    "note empty": lambda folder: _note_file(folder).write_bytes(b""),
    "note not text": lambda folder: _note_file(folder).write_bytes(b"\xff\x00\xfe"),
    "note cut short": lambda folder: _note_file(folder).write_bytes(_note_file(folder).read_bytes()[:40]),
    "note a list": lambda folder: _note_file(folder).write_bytes(b"[1, 2]"),
    "note of other names": lambda folder: _note_file(folder).write_bytes(b'{"sha1": "x"}'),
    "note of other kinds": lambda folder: _note_file(folder).write_bytes(
        b'{"sha256": 5, "bytes": "x", "published_at": null, "made_with": []}'
    ),
    "note very deep": lambda folder: _note_file(folder).write_bytes(b"[" * 9_000),
    "note a folder": _folder_instead(_note_file),
}
BESIDE: Mapping[str, Break] = {"changes beside": _changes_beside}
EVERY: Mapping[str, Break] = {**POINTERS, **RELEASES, **NOTES, **BESIDE}


def another_release(folder: Path, name: str, of: Path | None = None) -> Path:
    """Publish a release beside the live one, the same but for its name; what is live stays so. Returns its file."""
    building = folder / f"{name}.building"
    shutil.copy(of or current_release(folder), building)
    building.chmod(0o644)
    with duckdb.connect(str(building)) as connection:
        connection.execute("UPDATE release SET name = ?", [name])
    path = folder / f"{name}.duckdb"
    publish.seal(building, path)
    return path


def point_at(folder: Path, release: Path) -> None:
    """Move the pointer, as publishing does."""
    durable.put(folder / "current", release.name)
