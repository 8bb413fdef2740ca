"""Whether the register can be read, and written: since when not, and why. After a slow failure nobody waits for it again."""

import sqlite3
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from threading import Event, Lock, Thread
from types import MappingProxyType

import structlog
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as NoFreeConnection

from dashboard.register.errors import RegisterUnavailable
from etl.core import clock

log = structlog.get_logger()
SLOW_SECONDS = 0.3
LOOK_AGAIN_SECONDS = 1.0
UNKNOWN = "it reports a fault"
DAMAGED = "what it holds can't be understood: it is damaged"
LOCKED = "another program keeps it locked"
NO_ANSWER = "it does not answer"
OTHER_TABLES = "its tables are missing, or are those of an older or a newer program"
_OF_SQLITE = MappingProxyType(
    {
        sqlite3.SQLITE_BUSY: LOCKED,
        sqlite3.SQLITE_LOCKED: LOCKED,
        sqlite3.SQLITE_FULL: "its disk is full",
        sqlite3.SQLITE_IOERR: "its disk reports a fault, or is full",
        sqlite3.SQLITE_CORRUPT: "its file is damaged",
        sqlite3.SQLITE_NOTADB: "its file is damaged: it is no SQLite file",
        sqlite3.SQLITE_CANTOPEN: "its file is missing, or may not be opened",
        sqlite3.SQLITE_PERM: "its file may not be opened",
        sqlite3.SQLITE_READONLY: "its file may be read but not written",
        sqlite3.SQLITE_ERROR: OTHER_TABLES,
    }
)
_OF_POSTGRESQL = MappingProxyType(
    {
        "57014": "it answers too slowly",
        "55P03": LOCKED,
        "40P01": LOCKED,
        "3D000": "its database is gone",
        "53300": "it takes no more connections",
        "53100": "its disk is full",
        "25006": "it may be read but not written",
        "42P01": OTHER_TABLES,
        "42703": OTHER_TABLES,
        "28P01": "it refuses this site's password",
        "28000": "it refuses this site",
    }
)
# Raised by the register's own triggers, and by rows that must not be: a fault in what is written, not in the register.
_OF_THE_ENTRY = ("P0", "23")


@dataclass(frozen=True)
class Outage:
    """What can't be done, since when, and why."""

    since: datetime
    reason: str


class Availability:
    """Of one way to use the register: reading it, or writing it."""

    def __init__(self, what: str, try_it: Callable[[], object]) -> None:
        """`try_it`: does what was refused, cheaply; raises SQLAlchemyError or RegisterUnavailable where it is refused again."""
        self._what = what
        self._try_it = try_it
        self._lock = Lock()
        self._outage: Outage | None = None
        self._is_resting = False
        self._closed = Event()

    @property
    def outage(self) -> Outage | None:
        """What is out of order; None where nothing is."""
        return self._outage

    def require(self) -> None:
        """Nothing, where it is worth asking.

        Raises:
            RegisterUnavailable: it took long to fail, and has not answered since: whoever asks now is not kept waiting.
        """
        outage = self._outage
        if self._is_resting and outage is not None:
            raise RegisterUnavailable(outage.reason)

    def answered(self) -> None:
        """Notes that it works."""
        with self._lock:
            if self._outage is None:
                return
            log.info("register_available", what=self._what, out_since=self._outage.since.isoformat())
            self._outage, self._is_resting = None, False

    def failed(self, error: Exception, seconds: float) -> RegisterUnavailable:
        """Notes that it failed after so many seconds; the error to raise."""
        reason = reason_of(error)
        with self._lock:
            if self._outage is None:
                log.warning("register_unavailable", what=self._what, reason=reason, error=str(error)[:300])
            since = self._outage.since if self._outage else clock.now()
            self._outage = Outage(since, reason)
            if seconds >= SLOW_SECONDS and not self._is_resting and not self._closed.is_set():
                self._is_resting = True
                Thread(target=self._look_again, name=f"register {self._what}", daemon=True).start()
        return RegisterUnavailable(reason)

    def close(self) -> None:
        """Nobody looks again after this."""
        self._closed.set()

    def _look_again(self) -> None:
        while self._is_resting and not self._closed.wait(LOOK_AGAIN_SECONDS):
            with suppress(SQLAlchemyError, RegisterUnavailable):
                self._try_it()
                self.answered()
                return


def is_of_the_register(error: Exception) -> bool:
    """Whether the database is at fault: not what was to be written, and not this program."""
    if isinstance(error, NoFreeConnection):
        return True
    if not isinstance(error, DBAPIError) or isinstance(error, IntegrityError | DataError):
        return False
    return not str(getattr(error.orig, "sqlstate", None) or "").startswith(_OF_THE_ENTRY)


def reason_of(error: Exception) -> str:
    """Why, for a reader: without addresses, and without the database's own words."""
    if isinstance(error, RegisterUnavailable):
        return error.reason
    if isinstance(error, NoFreeConnection):
        return NO_ANSWER
    cause = getattr(error, "orig", None)
    if cause is None:
        return DAMAGED
    if isinstance(cause, sqlite3.Error):
        return _OF_SQLITE.get(getattr(cause, "sqlite_errorcode", 0) & 0xFF, UNKNOWN)
    state = getattr(cause, "sqlstate", None)
    return NO_ANSWER if state is None else _OF_POSTGRESQL.get(str(state), UNKNOWN)
