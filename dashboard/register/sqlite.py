"""SQLite that is never more than its file: a file that was replaced, or is gone, is noticed before anything is read or kept."""

import os
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from sqlite3 import Cursor
from threading import Lock
from time import monotonic, sleep
from urllib.parse import quote

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import ConnectionPoolEntry

from dashboard.register.errors import NothingWritable
from dashboard.register.time_limits import TimeLimits, patience

TRY_AGAIN_SECONDS = 0.02
# The part of an SQLite error code that says what happened; the rest says where.
PRIMARY_CODE = 0xFF
POOL_SECONDS = 1.0
LEAST_ROOM = 256 * 1024
"""Bytes on the disk: some changes' worth of the log."""
FILE, WRITES = "register_file", "register_writes"
Stamp = tuple[int, ...] | None
"""Which file stands at a path, and in what state: None where there is none."""


class WatchedFile:
    """The register's file, as the connections to it know it.

    SQLite goes on writing into a file that was taken away or replaced, and nobody would ever read what it wrote.
    """

    def __init__(self, path: Path, engine: Engine, *, is_anchored: bool) -> None:
        """`is_anchored`: one connection stays open while the file is the same, so that its log stays where it is.

        Where all were closed it would have to be made anew to read anything, and a full disk takes no new file.
        """
        self.path = path
        self._is_anchored = is_anchored
        self._anchor: sqlite3.Connection | None = None
        self._engine = engine
        self._stamp: Stamp = None
        self._opened: Stamp = None
        self._lock = Lock()
        event.listen(engine, "connect", self._remember)
        event.listen(engine, "commit", self._require_same)

    def renew(self) -> None:
        """Lets go of every connection where the file is another one now, or was written over; the next opens what is there."""
        stamp = _stamp_of(self.path)
        with self._lock:
            if stamp == self._stamp:
                return
            before, self._stamp = self._stamp, stamp
            if before is not None:
                self._engine.dispose()
            if before is None or stamp is None or before[:2] != stamp[:2]:
                self.let_go()

    def let_go(self) -> None:
        """Closes what was kept open."""
        anchor, self._anchor = self._anchor, None
        if anchor is not None:
            anchor.close()

    def require(self, identity: Stamp) -> None:
        """Nothing, where the file is still the one of this identity.

        Raises:
            NothingWritable: it was replaced or taken away.
        """
        if identity != _identity_of(self.path):
            raise NothingWritable("its file was replaced or taken away meanwhile")

    def is_there(self) -> bool:
        """Whether the file that was opened last is still there."""
        return self._opened is not None and self._opened == _identity_of(self.path)

    def require_room(self) -> None:
        """Nothing, where the disk has room for more.

        Raises:
            NothingWritable: it has none.
        """
        try:
            disk = os.statvfs(self.path.parent)
        except (OSError, AttributeError):
            return
        if disk.f_bavail * disk.f_frsize < LEAST_ROOM:
            raise NothingWritable("its disk is full")

    def _remember(self, _connection: object, record: ConnectionPoolEntry) -> None:
        record.info[FILE] = self._opened = _identity_of(self.path)
        if self._is_anchored and self._anchor is None:
            address = f"file:{quote(str(self.path))}?mode=rw"
            with suppress(sqlite3.Error):
                self._anchor = sqlite3.connect(address, uri=True, timeout=0, check_same_thread=False)
                self._anchor.execute("SELECT count(*) FROM sqlite_master").fetchone()

    def _require_same(self, connection: Connection) -> None:
        if connection.get_execution_options().get(WRITES, False):
            self.require(connection.info.get(FILE))


def sqlite_engine(address: URL, limits: TimeLimits) -> Engine:
    """An engine over one file. It never makes the file: where it is gone, that is an error."""
    path = file_of(address)
    if path is None:
        engine = create_engine(address, connect_args={"timeout": limits.turn})
    else:
        engine = create_engine(address, creator=_opening(path, limits), pool_timeout=POOL_SECONDS)
    _prepare(engine, limits)
    return engine


def empty_log(engine: Engine) -> None:
    """Puts what is in the log into the file itself, where nobody is reading just now.

    Whoever replaces the file then finds no log beside it that belongs to another, and whoever copies it has everything.
    """
    with suppress(DBAPIError, sqlite3.Error), engine.connect() as connection:
        raw = connection.connection.driver_connection
        if isinstance(raw, sqlite3.Connection):
            raw.execute("PRAGMA busy_timeout=0")
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def file_of(address: URL) -> Path | None:
    """The register's file; None for one in memory, or given as SQLite's own kind of address."""
    name = address.database
    is_plain = name and name != ":memory:" and not name.startswith("file:")
    return Path(name) if name and is_plain else None


def make_file(path: Path) -> None:
    """An empty file where there is none: its owner's alone, since it holds password hashes and drafts."""
    path.parent.mkdir(parents=True, exist_ok=True)
    # SQLite gives its side files the same mode.
    path.touch(mode=0o600, exist_ok=True)


def _identity_of(path: Path) -> Stamp:
    """Which file stands there."""
    try:
        file = path.stat()
    except OSError:
        return None
    return file.st_dev, file.st_ino


def _stamp_of(path: Path) -> Stamp:
    """Which file stands there, and when its contents last changed."""
    try:
        file = path.stat()
    except OSError:
        return None
    return file.st_dev, file.st_ino, file.st_size, file.st_mtime_ns


def _opening(path: Path, limits: TimeLimits) -> Callable[[], sqlite3.Connection]:
    def connect() -> sqlite3.Connection:
        # mode=rw: a file that somebody took away is not made again, empty, in its place.
        address = f"file:{quote(str(path))}?mode=rw{_unwritable(path)}"
        return sqlite3.connect(address, uri=True, timeout=_seconds(limits), check_same_thread=False)

    return connect


def _unwritable(path: Path) -> str:
    """What lets a file be read that stands where nothing can be written: its log and its lock cannot be made there."""
    log, shared = (path.with_name(f"{path.name}{end}") for end in ("-wal", "-shm"))
    try:
        disk = os.statvfs(path.parent)
    except (OSError, AttributeError):
        return ""
    is_full = disk.f_bavail * disk.f_frsize < LEAST_ROOM and not shared.exists()
    is_sealed = bool(disk.f_flag & os.ST_RDONLY) or is_full
    return "&immutable=1" if is_sealed and not (log.exists() and log.stat().st_size) else ""


def _seconds(limits: TimeLimits) -> float:
    allowed = patience()
    return limits.turn if allowed is None else min(allowed.left, limits.turn)


def _prepare(engine: Engine, limits: TimeLimits) -> None:
    @event.listens_for(engine, "connect")
    def _connect(connection: sqlite3.Connection, _record: object) -> None:
        # The driver's own transactions start too late to protect a read followed by a write: we say BEGIN ourselves.
        connection.isolation_level = None
        cursor = connection.cursor()
        try:
            _write_ahead(cursor, min(_seconds(limits), limits.reading))
            # FULL, not NORMAL: a committed change must survive a power cut too.
            for pragma in ("synchronous=FULL", "foreign_keys=ON", "recursive_triggers=ON"):
                cursor.execute(f"PRAGMA {pragma}")
        except sqlite3.Error:
            connection.close()
            raise

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get(WRITES, False)
        connection.exec_driver_sql(f"PRAGMA busy_timeout={int(_seconds(limits) * 1000)}")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _write_ahead(cursor: Cursor, seconds: float) -> None:
    """Turn write-ahead logging on. Of several processes that open a new file at once SQLite lets one, and keeps none waiting."""
    given_up = monotonic() + seconds
    while True:
        try:
            cursor.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & PRIMARY_CODE != sqlite3.SQLITE_BUSY or monotonic() > given_up:
                raise
            sleep(TRY_AGAIN_SECONDS)
        else:
            return
