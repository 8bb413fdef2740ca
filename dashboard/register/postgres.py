"""PostgreSQL with an end to all waiting: a server that is frozen neither answers nor closes, so it is the caller who gives up."""

from collections.abc import Iterator
from contextlib import contextmanager
from queue import Empty, SimpleQueue
from threading import Lock, Thread
from typing import Any, TypeVar

import psycopg
from psycopg.abc import PQGen
from sqlalchemy import URL, Engine, create_engine, event, func, select

from dashboard.register.errors import SiteIsOpen
from dashboard.register.time_limits import TimeLimits, at_most, patience

RV = TypeVar("RV")
POOL_SECONDS = 1.0
# The number of the lock that every connection of a serving site shares; any, as long as nothing else in that database uses it.
SITE_OPEN = 7_309_227
_NO_ANSWER = "no answer in the time allowed"
# The network's own limits, for a machine that has gone rather than frozen: looked for after ten seconds, given up after twenty.
_NETWORK = {
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 2,
    "tcp_user_timeout": 20_000,
    "connect_timeout": 2,
}


class PatientConnection(psycopg.Connection[Any]):
    """A connection that waits for an answer as long as its caller may, then closes itself."""

    def wait(self, gen: PQGen[RV], interval: float = 0.1, timeout: float | None = None) -> RV:
        """What the server answers.

        Raises:
            OperationalError: it did not in time. The connection is closed: a late answer would be taken for another's.
        """
        allowed = patience()
        if allowed is None:
            return super().wait(gen, interval, timeout)
        left = allowed.left if timeout is None else min(timeout, allowed.left)
        try:
            with allowed.waiting():
                return super().wait(gen, interval, left)
        except psycopg.errors._WaitTimeout as error:
            self.pgconn.finish()
            raise psycopg.OperationalError(_NO_ANSWER) from error


def postgres_engine(address: URL, limits: TimeLimits, *, is_serving: bool) -> Engine:
    """An engine whose connections, statements and locks all have an end; those of a serving site say that it is open."""
    engine = create_engine(address, pool_pre_ping=True, pool_timeout=POOL_SECONDS)

    @event.listens_for(engine, "do_connect")
    def _connect(_dialect: object, _record: object, positional: list[Any], named: dict[str, Any]) -> PatientConnection:
        return _connected(positional, {**_NETWORK, **named}, limits)

    @event.listens_for(engine, "connect")
    def _limit(connection: PatientConnection, _record: object) -> None:
        # By statements, not by options of the connection, which a pooler between would refuse.
        with connection.cursor() as cursor:
            settings = {
                "statement_timeout": limits.writing,
                "lock_timeout": limits.turn,
                "idle_in_transaction_session_timeout": limits.idle,
            }
            cursor.execute("; ".join(f"SET {name} = {int(seconds * 1000)}" for name, seconds in settings.items()).encode())
            if is_serving:
                cursor.execute("SELECT pg_advisory_lock_shared(%s)", (SITE_OPEN,))
        connection.commit()

    return engine


@contextmanager
def without_postgres_site(engine: Engine) -> Iterator[None]:
    """No connection of a site is open, nor will be, while this lasts.

    Raises:
        SiteIsOpen: one is.
    """
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if not connection.scalar(select(func.pg_try_advisory_lock(SITE_OPEN))):
            raise SiteIsOpen
        try:
            yield
        finally:
            connection.execute(select(func.pg_advisory_unlock(SITE_OPEN)))


def _connected(positional: list[Any], named: dict[str, Any], limits: TimeLimits) -> PatientConnection:
    """A connection.

    Raises:
        OperationalError: there is none in the time allowed.
    """
    with at_most(limits.writing) as allowed, allowed.waiting():
        return _Connecting(positional, named).in_time(allowed.left)


class _Connecting:
    """A connection under way in a thread of its own: looking up a name cannot be told to stop, and the driver's least is 2 s."""

    def __init__(self, positional: list[Any], named: dict[str, Any]) -> None:
        self._positional, self._named = positional, named
        self._done: SimpleQueue[PatientConnection | psycopg.Error] = SimpleQueue()
        self._lock = Lock()
        self._is_wanted = True
        Thread(target=self._connect, name="connecting", daemon=True).start()

    def in_time(self, seconds: float) -> PatientConnection:
        try:
            answer = self._done.get(timeout=seconds)
        except Empty as error:
            with self._lock:
                self._is_wanted = False
            raise psycopg.OperationalError(_NO_ANSWER) from error
        if isinstance(answer, psycopg.Error):
            raise answer
        return answer

    def _connect(self) -> None:
        try:
            connection = PatientConnection.connect(*self._positional, **self._named)
        except psycopg.Error as error:
            self._done.put(error)
            return
        with self._lock:
            if self._is_wanted:
                self._done.put(connection)
                return
        connection.close()
